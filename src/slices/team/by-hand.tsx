import { z } from 'zod'
import {
  Empty,
  Form,
  InsetText,
  Pagination,
  Quote,
  Radios,
  Table,
  TextArea,
  telephone,
} from '#design/index.ts'
import { dateInWords, momentInWords } from '#kernel/calendar/words.ts'
import { choice, optionalText } from '#platform/form/fields.ts'
import {
  type AnyRoute,
  errors,
  type Filled,
  form,
  page,
  type Screen,
  show,
  type Visit,
} from '#platform/http/route.ts'
import { theTeam } from '#platform/permission.ts'
import { markDone, noteCall } from './changes.ts'
import { channelWords, idIn, loadMessage, Notes, subjectOf, toWhom } from './messages.tsx'
import { teamPaths as paths } from './paths.ts'
import { isPrivate, withoutKeys } from './private-words.ts'
import { type ListedMessage, listMessages, type OneMessage, pageLength } from './queries.ts'

const already = 'This was marked as done already'

const letterOnly = async (visit: Visit, how: { forChange: boolean }) => {
  const message = await loadMessage(visit, how)
  return message?.channel === 'post' && !isPrivate(message) ? message : undefined
}
const callOnly = async (visit: Visit, how: { forChange: boolean }) => {
  const message = await loadMessage(visit, how)
  return (message?.channel === 'phone' || message?.channel === 'text') && !isPrivate(message)
    ? message
    : undefined
}

/** Calls and letters: the same message for those who do not read e-mail, made by a person. */
export const byHandRoutes: AnyRoute[] = [
  page('/:network/team/calls', {
    who: theTeam,
    audit: 'nothing',
    async handler(visit) {
      const from = idIn(visit.query.get('after'))
      const found = await listMessages(visit.tx, {
        state: 'by-hand',
        channels: ['phone', 'text'],
        from,
        oldestFirst: true,
      })
      return show(
        list(visit, found, {
          title: 'Calls to make',
          empty: 'There is nobody to ring. Everybody who wants a call has had it.',
          href: id => paths.call(visit.network.slug, id),
        }),
      )
    },
  }),
  page('/:network/team/letters', {
    who: theTeam,
    audit: 'nothing',
    async handler(visit) {
      const from = idIn(visit.query.get('after'))
      const found = await listMessages(visit.tx, {
        state: 'by-hand',
        channels: ['post'],
        from,
        oldestFirst: true,
      })
      return show(
        list(visit, found, {
          title: 'Letters to post',
          empty: 'There is no letter to post.',
          href: id => paths.letter(visit.network.slug, id),
        }),
      )
    },
  }),
  form('/:network/team/calls/:message', {
    who: theTeam,
    audit: 'call-noted',
    load: callOnly,
    fields: z.object({
      reached: choice('Choose whether you talked with them', ['yes', 'no']),
      words: optionalText({ max: 5000, name: 'What they said' }),
    }),
    screen: callScreen,
    async submit(visit, { reached, words }) {
      const { slug } = visit.network
      if (visit.thing.state !== 'by-hand') return errors({ message: already })
      const done = await noteCall(visit, visit.thing.id, { reached: reached === 'yes', words })
      return done ? { to: paths.calls(slug) } : errors({ message: already })
    },
  }),
  form('/:network/team/letters/:message', {
    who: theTeam,
    audit: 'letter-posted',
    load: letterOnly,
    fields: z.object({}),
    screen: letterScreen,
    submit: async visit =>
      (await markDone(visit, visit.thing.id))
        ? { to: paths.letters(visit.network.slug) }
        : errors({ message: already }),
  }),
]

function list(
  visit: Visit,
  found: readonly ListedMessage[],
  words: { title: string; empty: string; href: (id: number) => string },
): Screen {
  const shown = found.slice(0, pageLength)
  return {
    title: words.title,
    back: { href: paths.front(visit.network.slug), text: 'The team’s work' },
    wide: true,
    body:
      shown.length === 0 ? (
        <Empty>{words.empty}</Empty>
      ) : (
        <>
          <Table
            caption="Oldest first"
            columns={[{ title: 'To' }, { title: 'About' }, { title: 'Waits since' }]}
            rows={shown.map(each => [
              <a href={words.href(each.id)} key="to">
                <bdi>{toWhom(each)}</bdi>
              </a>,
              subjectOf(each),
              momentInWords(each.created_at),
            ])}
          />
          <Pagination next={found.length > pageLength ? { href: `?after=${shown.at(-1)!.id}` } : undefined} />
        </>
      ),
  }
}

function callScreen(visit: Visit<OneMessage>, filled: Filled): Screen {
  const message = visit.thing
  const { slug } = visit.network
  const waits = message.state === 'by-hand'
  return {
    title: message.channel === 'text' ? `Send a text to ${toWhom(message)}` : `Ring ${toWhom(message)}`,
    caption: message.subject,
    back: { href: paths.calls(slug), text: 'Calls to make' },
    body: (
      <>
        <p className="nhsuk-heading-l">
          {message.address ? <a href={telephone(message.address)}>{message.address}</a> : 'We have no number'}
        </p>
        {!waits && <Done message={message} />}
        <h2 className="nhsuk-heading-m">What to say</h2>
        <Quote words={withoutKeys(message.body)} by={channelWords[message.channel]} />
        <Notes message={message} />
        {waits && (
          <Form hidden={visit.hidden} button="Save">
            <Radios
              name="reached"
              label="Did you talk with them?"
              value={filled.values.reached}
              options={[
                { value: 'yes', label: 'Yes', hint: 'This call is done' },
                { value: 'no', label: 'No', hint: 'It stays on the list' },
              ]}
              errors={filled.errors}
            />
            <TextArea
              optional
              name="words"
              label="What did they say?"
              hint="In their own words. Only the team sees it. Do not write anything that shows who another patient is."
              maxCharacters={5000}
              value={filled.values.words}
              errors={filled.errors}
            />
            {message.person_id !== null && (
              <p>
                Did they tell you their view of something?{' '}
                <a href={`/${slug}/contributions/on-behalf/${message.person_id}`}>Write it down for them</a>.
              </p>
            )}
            <p>Is somebody in danger? Ring 999. For medical help that cannot wait, ring 111.</p>
          </Form>
        )}
      </>
    ),
  }
}

function Done({ message }: { message: OneMessage }) {
  return (
    <InsetText>
      {`Marked as done${message.doneBy ? ` by ${message.doneBy}` : ''}${message.sent_at ? `, ${momentInWords(message.sent_at)}` : ''}.`}
    </InsetText>
  )
}

function letterScreen(visit: Visit<OneMessage>): Screen {
  const message = visit.thing
  const { slug } = visit.network
  // The line for whoever prints is not for the reader.
  const words = message.body.replace(/^\[Print in large type[^\]]*\]\s*/, '')
  return {
    title: `Letter to ${toWhom(message)}`,
    caption: message.subject,
    back: { href: paths.letters(slug), text: 'Letters to post' },
    body: (
      <>
        <div className="loop-not-on-paper">
          {message.state === 'by-hand' ? (
            <>
              <p>
                Print this page: only the letter comes out.
                {message.largePrint && <strong> It is in large print, as this person asked.</strong>}
              </p>
              <Form hidden={visit.hidden} button="It is posted: mark it as done" />
            </>
          ) : (
            <Done message={message} />
          )}
        </div>
        <div className={message.largePrint ? 'loop-letter loop-letter--large' : 'loop-letter'} dir="auto">
          <p className="loop-words">{message.address || 'We have no address'}</p>
          <p>{dateInWords(visit.today)}</p>
          <p className="loop-words">{words}</p>
        </div>
      </>
    ),
  }
}
