import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import {
  ButtonLink,
  Empty,
  Form,
  InsetText,
  LinkList,
  Pagination,
  PlainText,
  Quote,
  Radios,
  SearchBox,
  Select,
  StatusTag,
  SummaryList,
  TaskList,
  TextArea,
  Timeline,
} from '#design/index.ts'
import { dateInWords, dueInWords, momentInWords } from '#kernel/calendar/words.ts'
import { promisedBy } from '#kernel/clocks.ts'
import { shorten } from '#kernel/text/graphemes.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { askTogether, type Question, question } from '#platform/database/questions.ts'
import { choice, optionalId, text } from '#platform/form/fields.ts'
import {
  type AnyRoute,
  errors,
  form,
  page,
  refused,
  type Screen,
  show,
  type Visit,
} from '#platform/http/route.ts'
import { anInsider, isTeam, personRule, type Rule } from '#platform/permission.ts'
import { askSig, requestPaths } from '#slices/chair-requests/index.ts'
import { inductionPaths, SessionsAhead, sessionsOf } from '#slices/induction/index.ts'
import { shareWish, wishToKnow, withdrawWish } from './changes.ts'
import { WordsFound } from './found.tsx'
import { learningPaths as paths } from './paths.ts'
import { type LoadedWish, loadWish, wishesOf, wordList } from './queries.ts'
import { stateWords } from './wish.ts'
import { wordsIn } from './word.ts'

const most = 15

export const mayReadWish: Rule<LoadedWish> = personRule(
  'who asked, the team, and once both share it everybody with a place',
  (actor, it) =>
    it.personId === actor.personId || isTeam(actor) || (it.shared && anInsider.holds(actor, undefined)),
)

const whoAsked: Rule<LoadedWish> = personRule('who asked', (actor, it) => it.personId === actor.personId)

interface Shelf {
  readonly slug: string
  readonly name: string
  readonly count: number
}

/** Groups whose answers stand in their own library. */
const libraries: Question<readonly Shelf[]> = question(
  sql<Shelf>`select g.slug, g.name, count(*)::int as count from chair_request_answer a
    join network_group g on g.network_id = a.network_id and g.id = a.group_id
    where a.asker_consent_at is not null and a.group_consent_at is not null
    group by g.id, g.slug, g.name order by g.name limit 100`,
  rows => rows,
)

const front = page('/:network/learning', {
  who: anInsider,
  audit: 'nothing',
  async handler(visit) {
    const { tx, me, today, now, network, query } = visit
    const { slug } = network
    const words = (query.get('q') ?? '').slice(0, 200)
    const before = /^\d{1,9}$/.test(query.get('before') ?? '') ? Number(query.get('before')) : undefined
    const [own, library, shelves, sessions] = await askTogether(tx, [
      wishesOf({ of: me.personId }, { today, most: 10 }),
      wishesOf({ library: words }, { today, before, most: most + 1 }),
      libraries,
      sessionsOf(me.personId, { from: now, most: 20 }),
    ])
    const shown = library.slice(0, most)
    return show({
      title: 'Learning',
      body: (
        <>
          <p>Ask for what you would like to know more about. No question is too small.</p>
          <ButtonLink href={paths.new(slug)}>I would like to know more about something</ButtonLink>
          <LinkList
            links={[
              { href: paths.words(slug), text: 'Words explained', hint: 'What words in papers mean' },
              { href: inductionPaths.mine(slug), text: 'My induction' },
            ]}
          />
          {own.length > 0 && (
            <>
              <h2 className="nhsuk-heading-m">What I asked</h2>
              <TaskList
                items={own.map(each => {
                  const due = dueInWords(each.dueOn, today)
                  return {
                    title: theirs(shorten(each.title || each.words, 100)),
                    href: paths.one(slug, each.id),
                    status: {
                      words: stateWords[each.state],
                      tone: each.state === 'answered' ? 'good' : 'waiting',
                    },
                    ...(each.state === 'asked' ? { dueWords: due.words, late: due.late } : {}),
                  }
                })}
              />
            </>
          )}
          <SessionsAhead visit={visit} sessions={sessions} />
          <h2 className="nhsuk-heading-m" id="library">
            Library
          </h2>
          <p>Answers that everybody here may read. Who asked is not named.</p>
          <SearchBox action={paths.front(slug)} label="Search the library" value={words} />
          {shown.length === 0 ? (
            <Empty>{words === '' ? 'Nothing stands here yet.' : 'Nothing matches these words.'}</Empty>
          ) : (
            <LinkList
              links={shown.map(each => ({
                href: paths.one(slug, each.id),
                text: theirs(each.title || shorten(each.words, 100)),
              }))}
            />
          )}
          <Pagination
            next={
              library.length > most
                ? {
                    href: `${paths.front(slug)}?${new URLSearchParams({ ...(words ? { q: words } : {}), before: String(shown.at(-1)!.id) })}#library`,
                    label: 'Older answers',
                  }
                : undefined
            }
          />
          {shelves.length > 0 && (
            <>
              <h2 className="nhsuk-heading-m">What groups have answered</h2>
              <LinkList
                links={shelves.map(each => ({
                  href: requestPaths.library(slug, each.slug),
                  text: theirs(each.name),
                  hint: each.count === 1 ? '1 answer' : `${each.count} answers`,
                }))}
              />
            </>
          )}
        </>
      ),
    })
  },
})

export interface GroupChoice {
  readonly id: number
  readonly name: string
}

export const groupsToAsk: Question<readonly GroupChoice[]> = question(
  sql<GroupChoice>`select id, name from network_group where kind = 'sig' order by name limit 200`,
  rows => rows,
)

const wishFields = z.object({
  words: text('Write what you would like to know', { max: 2000, name: 'What you would like to know' }),
  to: choice('Choose whom you ask', ['team', 'group']),
  group: optionalId(),
})

const ask = form('/:network/learning/new', {
  who: anInsider,
  audit: 'learning-asked',
  fields: wishFields,
  async screen(visit, { values, errors: mistakes }): Promise<Screen> {
    const [groups] = await askTogether(visit.tx, [groupsToAsk])
    const by = promisedBy('learning', visit.today, visit.network.clocks)
    const back = paths.front(visit.network.slug)
    return {
      title: 'What would you like to know more about?',
      back: { href: back, text: 'Learning' },
      body: (
        <Form hidden={visit.hidden} button="Send it" secondary={{ text: 'Not now', href: back }}>
          <TextArea
            name="words"
            label="I would like to know more about…"
            hint="Please write nothing by which somebody could tell who a patient is."
            value={values.words}
            maxCharacters={2000}
            errors={mistakes}
          />
          <Radios
            name="to"
            label="Whom do you ask?"
            value={values.to}
            errors={mistakes}
            options={[
              {
                value: 'team',
                label: 'The team',
                hint: `By ${dateInWords(by)} you have an answer or the day of a session.`,
              },
              {
                value: 'group',
                label: 'A special interest group',
                hint: 'It knows its subject well. It becomes a request, which everyone in the group can read.',
                content: (
                  <Select
                    name="group"
                    label="Which group?"
                    empty="Choose a group"
                    value={values.group}
                    options={groups.map(each => ({ value: String(each.id), text: theirs(each.name) }))}
                    errors={mistakes}
                  />
                ),
              },
            ]}
          />
          <p>
            If somebody is in danger, ring 999. If you want to complain about care, the hospital’s Patient
            Advice and Liaison Service (PALS) helps.
          </p>
        </Form>
      ),
    }
  },
  async submit(visit, given) {
    const { slug } = visit.network
    if (given.to === 'team') {
      const { id } = await wishToKnow(visit, { personId: visit.me.personId, words: given.words, how: 'web' })
      return { to: paths.one(slug, id) }
    }
    if (given.group === undefined) return errors({ field: 'group', message: 'Choose a group' })
    const sent = await askSig(visit, {
      groupId: given.group,
      askerPersonId: visit.me.personId,
      kind: 'education',
      what: given.words,
      why: 'To know more about it.',
      neededBy: null,
      how: 'web',
    })
    return sent.accepted ? { to: requestPaths.one(slug, sent.reference) } : refused(sent, 'group')
  },
})

const load = (visit: Visit<undefined>, how: { forChange: boolean }) => loadWish(visit, visit.params.wish, how)
type Here = Visit<LoadedWish>

const one = page<LoadedWish>('/:network/learning/:wish', {
  who: mayReadWish,
  audit: 'nothing',
  load,
  async handler(visit) {
    const { thing, tx } = visit
    const [list] = await askTogether(tx, [wordList({ most: 500 })])
    return show(oneScreen(visit, wordsIn(`${thing.row.words} ${thing.row.answer}`, list)))
  },
})

function oneScreen(visit: Here, words: Parameters<typeof WordsFound>[0]['words']): Screen {
  const { thing, me, network, today } = visit
  const { slug } = network
  const mine = thing.personId === me.personId
  const team = isTeam(me)
  const { it, row } = thing
  const due = dueInWords(it.dueOn, today)
  return {
    title: theirs(shorten(row.title || row.words, 100)),
    caption: mine || team ? 'A wish to know more' : 'Library',
    back:
      team && !mine
        ? { href: paths.team(slug), text: 'Wishes to know more' }
        : { href: paths.front(slug), text: 'Learning' },
    body: (
      <>
        <Quote words={row.words} by={mine ? 'You' : team ? theirs(thing.personName) : 'The question'} />
        {(mine || team) && (
          <SummaryList
            rows={[
              {
                key: 'Where it is',
                value: (
                  <StatusTag tone={it.state === 'answered' ? 'good' : 'waiting'}>
                    {stateWords[it.state]}
                  </StatusTag>
                ),
              },
              ...(it.state === 'asked'
                ? [{ key: 'An answer or a day by', value: due.late ? due.words : dateInWords(it.dueOn) }]
                : []),
              ...(thing.session
                ? [
                    {
                      key: 'Session',
                      value: (
                        <a href={inductionPaths.session(slug, thing.session.id)}>
                          {theirs(thing.session.title)}, {momentInWords(thing.session.startsAt)}
                        </a>
                      ),
                    },
                  ]
                : []),
              ...(thing.recordedBy ? [{ key: 'Written down by', value: theirs(thing.recordedBy) }] : []),
            ]}
          />
        )}
        {it.state === 'answered' && (
          <>
            <h2 className="nhsuk-heading-m">The answer</h2>
            <PlainText text={row.answer} />
            {row.answered_at && (
              <p className="nhsuk-body-s">
                {thing.answeredBy && (mine || team) ? `${theirs(thing.answeredBy)}, ` : 'The team, '}
                {momentInWords(row.answered_at)}
              </p>
            )}
          </>
        )}
        <WordsFound words={words} />
        {mine && it.state === 'answered' && row.team_shares && (
          <InsetText>
            <p>
              {row.asker_shares
                ? 'Question and answer stand in the library, without your name.'
                : 'We would like to put question and answer into the library, without your name. You decide that.'}
            </p>
            <Form
              action={paths.share(slug, thing.id)}
              hidden={{ ...visit.hidden, shares: row.asker_shares ? 'no' : 'yes' }}
              button={row.asker_shares ? 'Take it out of the library' : 'Yes, put it into the library'}
            />
          </InsetText>
        )}
        {mine && (it.state === 'asked' || it.state === 'in-a-session') && (
          <Form
            action={paths.withdraw(slug, thing.id)}
            hidden={visit.hidden}
            button="I do not need this any more"
          />
        )}
        {team && it.state !== 'withdrawn' && (
          <LinkList
            links={[
              {
                href: paths.answer(slug, thing.id),
                text: it.state === 'answered' ? 'Change the answer' : 'Answer it',
              },
              ...(it.state === 'asked'
                ? [{ href: paths.session(slug, thing.id), text: 'Put it into a session' }]
                : []),
            ]}
          />
        )}
        {(mine || team) && (
          <>
            <h2 className="nhsuk-heading-m">What happened</h2>
            <Timeline
              entries={thing.history.map(each => ({
                when: momentInWords(Temporal.Instant.from(each.at)),
                dateTime: each.at,
                by: theirs(each.by_words),
                title: sentence(each.event, each.details as Record<string, unknown>),
              }))}
            />
          </>
        )}
      </>
    ),
  }
}

export function sentence(event: string, details: Readonly<Record<string, unknown>>): string {
  switch (event) {
    case 'asked':
      return details.recorded ? 'Asked, as told to the team' : 'Asked'
    case 'answered':
      return 'Answered'
    case 'answered-again':
      return 'The answer was changed'
    case 'in-a-session':
      return `Put into the session “${details.title}”`
    case 'withdrawn':
      return 'Taken back'
    case 'asker-shares':
      return 'Put into the library'
    case 'asker-shares-no-more':
      return 'Taken out of the library'
    default:
      return event
  }
}

const share = form('/:network/learning/:wish/share', {
  who: whoAsked,
  audit: 'learning-shared',
  page: false,
  load,
  fields: z.object({ shares: choice('Choose yes or no', ['yes', 'no']) }),
  screen: (visit: Here) => ({ title: theirs(visit.thing.row.title), body: null }),
  async submit(visit: Here, { shares }) {
    const no = await shareWish(visit, visit.thing, shares === 'yes')
    return no ? refused(no) : { to: paths.one(visit.network.slug, visit.thing.id) }
  },
})

const takeBack = form('/:network/learning/:wish/take-back', {
  who: whoAsked,
  audit: 'learning-withdrawn',
  page: false,
  load,
  fields: z.object({}),
  screen: (visit: Here) => ({ title: theirs(shorten(visit.thing.row.words, 100)), body: null }),
  async submit(visit: Here) {
    const done = await withdrawWish(visit, visit.thing)
    return done.accepted ? { to: paths.front(visit.network.slug) } : refused(done)
  },
})

export const wishRoutes: AnyRoute[] = [front, ask, one, share, takeBack]
