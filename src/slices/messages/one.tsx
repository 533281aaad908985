import { z } from 'zod'
import { Form, InsetText, LinkList, Quote, WarningCallout } from '#design/index.ts'
import { momentInWords } from '#kernel/calendar/words.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { optionalChoice } from '#platform/form/fields.ts'
import {
  errors,
  type Filled,
  form,
  type Load,
  refused,
  type Screen,
  type Visit,
} from '#platform/http/route.ts'
import { mayRead, mayWriteDown, sideOf } from './access.ts'
import { sayEnough, writeInThread } from './changes.ts'
import { byHand } from './messages.ts'
import { HowRadios, howField, Signpost, WantsAnswer, WordsField, wordsField } from './parts.tsx'
import { messagePaths } from './paths.ts'
import { type LoadedThread, loadThread, type WrittenWords } from './store.ts'
import { howWords, turnInWords, withWhom } from './words.ts'

type Here = Visit<LoadedThread>

const load: Load<LoadedThread> = (visit, { forChange }) => {
  const before = visit.query.get('before') ?? ''
  return loadThread(visit, visit.params.thread, {
    forChange,
    before: !forChange && /^\d{1,9}$/.test(before) ? Number(before) : undefined,
  })
}

const pathOf = (visit: Here) => messagePaths.one(visit.network.slug, visit.thing.id)

/** The thread, with the answer form under its last word. */
const threadRoute = form('/:network/messages/:thread', {
  who: mayRead,
  audit: 'message-written',
  load,
  fields: z.object({ words: wordsField, wants: optionalChoice(['yes', 'no']) }),
  screen: threadScreen,
  async submit(visit: Here, { words, wants }) {
    const asksBack = visit.thing.kind !== 'buddy' && sideOf(visit.me, visit.thing) === 'us'
    if (asksBack && !wants) return errors({ field: 'wants', message: 'Say whether you would like an answer' })
    const written = await writeInThread(visit, visit.thing, { words, wantsAnswer: wants === 'yes' })
    return written.accepted ? { to: pathOf(visit) } : refused(written)
  },
})

const enoughRoute = form('/:network/messages/:thread/enough', {
  who: mayRead,
  audit: 'message-enough',
  page: false,
  load,
  fields: z.object({}),
  screen: threadScreen,
  async submit(visit: Here) {
    const done = await sayEnough(visit, visit.thing)
    return done.accepted ? { to: pathOf(visit) } : refused(done)
  },
})

/** The team writes down what the person said to them about this. */
const saidRoute = form('/:network/messages/:thread/said', {
  who: mayWriteDown,
  audit: 'message-written-down',
  load,
  fields: z.object({ how: howField, words: wordsField }),
  screen: (visit: Here, filled) => ({
    title: `Write down what ${theirs(visit.thing.personName)} said`,
    back: { href: pathOf(visit), text: 'Back to the message' },
    body: (
      <>
        <Words list={visit.thing.words.slice(-3)} visit={visit} />
        <p>Use their own words. They hear them back, and can put them right.</p>
        <Form hidden={visit.hidden} button="Keep what they said">
          <HowRadios filled={filled} />
          <WordsField filled={filled} label="What they said" />
        </Form>
      </>
    ),
  }),
  async submit(visit: Here, { how, words }) {
    const written = await writeInThread(visit, visit.thing, { words, how })
    return written.accepted ? { to: pathOf(visit) } : refused(written)
  },
})

export const oneRoutes = [threadRoute, saidRoute, enoughRoute]

function threadScreen(visit: Here, filled: Filled): Screen {
  const { thing, me, network, today, hidden } = visit
  const turn = turnInWords(thing, me, today)
  const side = sideOf(me, thing)
  const first = thing.words[0]
  const answersForUs = side === 'us' && thing.kind !== 'buddy'
  return {
    title: theirs(thing.subject),
    caption: withWhom(thing, me),
    back: { href: messagePaths.list(network.slug), text: 'All messages' },
    body: (
      <>
        {turn.late ? (
          <WarningCallout title="This is late">{turn.words}</WarningCallout>
        ) : (
          <InsetText>{turn.words}</InsetText>
        )}
        <p>{whoReads(thing)}</p>
        <h2 className="nhsuk-heading-m">What was said</h2>
        {thing.earlier && first && (
          <p>
            <a href={`${pathOf(visit)}?before=${first.id}`}>Show what was said before this</a>
          </p>
        )}
        <Words list={thing.words} visit={visit} />
        {visit.query.has('before') ? (
          <p>
            <a href={pathOf(visit)}>Show the newest words</a>
          </p>
        ) : (
          <>
            <h2 className="nhsuk-heading-m">{thing.it.turn === side ? 'Your answer' : 'Write again'}</h2>
            {answersForUs && byHand(thing) && (
              <p>
                {theirs(thing.personName)} has chosen{' '}
                {thing.personChannel === 'phone' ? 'the phone' : 'letters'}. The team{' '}
                {thing.personChannel === 'phone' ? 'reads your words to them' : 'sends your words on paper'}.
              </p>
            )}
            <Form action={pathOf(visit)} hidden={hidden} button="Send">
              <WordsField filled={filled} />
              {answersForUs && <WantsAnswer filled={filled} />}
              <Signpost />
            </Form>
            {mayEnd(thing, side) && (
              <Form
                action={messagePaths.enough(network.slug, thing.id)}
                hidden={hidden}
                button={side === 'person' ? 'I do not need more' : 'We do not need an answer any more'}
              />
            )}
            {mayWriteDown.holds(me, thing) && (
              <LinkList
                links={[
                  {
                    href: messagePaths.said(network.slug, thing.id),
                    text: `Write down what ${theirs(thing.personName)} said`,
                  },
                ]}
              />
            )}
          </>
        )}
      </>
    ),
  }
}

const mayEnd = (thread: LoadedThread, side: 'person' | 'us' | undefined) =>
  thread.kind !== 'buddy' && thread.it.turn !== 'nobody' && !(thread.it.turn === 'us' && side === 'us')

function whoReads(thread: LoadedThread): string {
  if (thread.kind === 'team') return `${theirs(thread.personName)} and the team can read this.`
  if (thread.kind === 'chair')
    return `${theirs(thread.personName)} and who leads ${theirs(thread.groupName ?? '')} can read this. The team cannot.`
  return 'Only the two of you can read this. The team cannot.'
}

function Words({ list, visit }: { list: readonly WrittenWords[]; visit: Here }) {
  if (list.length === 0) return <p>Nothing was written yet. Say hello!</p>
  return list.map(each => (
    <Quote
      key={each.id}
      words={each.words}
      by={`${each.byId === visit.me.personId ? 'You' : theirs(each.byName)}, ${momentInWords(each.at)}${
        each.how === 'web'
          ? ''
          : each.how === 'text'
            ? ', by text message'
            : each.how === 'email'
              ? ', by e-mail'
              : `, said ${howWords[each.how]}; ${each.recordedBy ? theirs(each.recordedBy) : 'the team'} wrote it down`
      }`}
    />
  ))
}
