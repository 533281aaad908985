import { sql } from 'kysely'
import type { ReactNode } from 'react'
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import {
  ButtonLink,
  DateField,
  Empty,
  Form,
  InsetText,
  LinkList,
  Pagination,
  Quote,
  Radios,
  StatusTag,
  SummaryList,
  TaskList,
  TextArea,
} from '#design/index.ts'
import { dateInWords, dueInWords } from '#kernel/calendar/words.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { PlainDate } from '#platform/database/tables.ts'
import { choice, dateFields, readDateFields, text } from '#platform/form/fields.ts'
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
import { personRule } from '#platform/permission.ts'
import { leads, mayReadEnding, thePerson, whoLeads } from './access.ts'
import { decideEnding, openEnding, placesInWords, replyToEnding, takeEndingBack } from './changes.ts'
import { decide, mayBeDecided, postWords, type State, stateWords } from './ending.ts'
import { endingPaths } from './paths.ts'
import { type LoadedEnding, loadEnding, type Place, placesOf } from './store.ts'

type Here = Visit<LoadedEnding>
const load = (visit: Visit<undefined>, how: { forChange: boolean }) =>
  loadEnding(visit, visit.params.ending, how)

interface WhoseEnding {
  readonly id: number
  readonly name: string
  readonly places: readonly Place[]
  /** One that waits for a reply or a decision. */
  readonly open: number | null
}

async function loadPerson(visit: Visit<undefined>): Promise<WhoseEnding | undefined> {
  if (!/^\d{1,9}$/.test(visit.params.person ?? '')) return undefined
  const found = await visit.tx
    .selectFrom('person as p')
    .select([
      'p.id',
      'p.name',
      placesOf(sql`p.id`, visit.today).as('places'),
      sql<number | null>`(select e.id from ending e where e.network_id = p.network_id and e.person_id = p.id
        and e.state in ('reply', 'replied') limit 1)`.as('open'),
    ])
    .where('p.id', '=', Number(visit.params.person))
    .where('p.left_on', 'is', null)
    .executeTakeFirst()
  return found
}

const backToPerson = (visit: Visit<WhoseEnding>) => ({
  href: `/${visit.network.slug}/team/people/${visit.thing.id}`,
  text: visit.thing.name,
})

/** Not a button: a reason that the person reads, a time to reply, and somebody else's decision. */
const openForm = form('/:network/team/people/:person/ending', {
  who: personRule<WhoseEnding>(whoLeads.name, (actor, thing) => leads(actor) && thing.id !== actor.personId),
  audit: 'ending-opened',
  load: loadPerson,
  fields: z.object({
    place: z.string({ error: 'Choose which place' }).regex(/^(all|\d{1,9})$/, 'Choose which place'),
    reason: text('Write the reason', { max: 5000, name: 'The reason' }),
  }),
  screen: (visit: Visit<WhoseEnding>, filled): Screen => {
    const { thing, network } = visit
    const withdraw = `/${network.slug}/team/people/${thing.id}/withdraw`
    return {
      title: `End a place of ${thing.name}`,
      back: backToPerson(visit),
      body: (
        <>
          {thing.open !== null ? (
            <>
              <Empty>Their reply is asked for already.</Empty>
              <ButtonLink href={endingPaths.one(network.slug, thing.open)}>See where it is</ButtonLink>
            </>
          ) : thing.places.length === 0 ? (
            <Empty>{thing.name} has no place as a volunteer.</Empty>
          ) : (
            <>
              <InsetText>
                Do they want to leave themselves? Then <a href={withdraw}>write down that they leave</a>{' '}
                instead.
              </InsetText>
              <p>
                Nothing ends when you send this. {thing.name} reads your reason with your name and post, and
                has time to reply. Then somebody else decides, if there is somebody.
              </p>
              <Form hidden={visit.hidden} button="Send the reason and ask for a reply" warning>
                <Radios
                  name="place"
                  label="Which place?"
                  value={filled.values.place ?? visit.query.get('place') ?? undefined}
                  errors={filled.errors}
                  options={[
                    ...thing.places.map(each => ({ value: String(each.id), label: each.group })),
                    ...(thing.places.length > 1
                      ? [{ value: 'all', label: 'All their places', divider: 'or' }]
                      : []),
                  ]}
                />
                <TextArea
                  name="reason"
                  label="The reason"
                  hint="They read this word for word. Say what happened and when, and what was tried before."
                  value={filled.values.reason}
                  maxCharacters={5000}
                  rows={8}
                  errors={filled.errors}
                />
              </Form>
            </>
          )}
        </>
      ),
    }
  },
  async submit(visit: Visit<WhoseEnding>, { place, reason }) {
    const { thing, network } = visit
    if (place !== 'all' && !thing.places.some(each => String(each.id) === place)) {
      return errors({ field: 'place', message: 'Choose which place' })
    }
    const done = await openEnding(visit, {
      personId: thing.id,
      membershipId: place === 'all' ? null : Number(place),
      reason,
    })
    return done.accepted ? { to: endingPaths.one(network.slug, done.id) } : refused(done)
  },
})

const one = page<LoadedEnding>('/:network/endings/:ending', {
  who: mayReadEnding,
  audit: 'ending-opened-to-read',
  load,
  handler(visit) {
    const { thing, me, network, today } = visit
    const { row, it, person } = thing
    const own = me.personId === person.id
    const open = it.state === 'reply' || it.state === 'replied'
    const step = (which: 'reply' | 'decide' | 'take-back') => endingPaths.step(network.slug, thing.id, which)
    const due = dueInWords(it.replyBy, today)
    const mine = row.opened_by_person_id === me.personId
    return show({
      title: own ? 'About your place' : `About the place of ${person.name}`,
      back: own
        ? { href: `/${network.slug}/home`, text: 'Home' }
        : { href: endingPaths.list(network.slug), text: 'Endings' },
      body: (
        <>
          {own && open && (
            <>
              <p>
                {theirs(thing.openedByName)} means to end your place. Nothing is decided yet. Read the reason,
                and say what you think.
              </p>
              <ButtonLink href={step('reply')}>
                {it.state === 'reply' ? 'Write your reply' : 'Write your reply anew'}
              </ButtonLink>
            </>
          )}
          {!own && mayBeDecided(it, today) && <DecideLink visit={visit} href={step('decide')} />}
          <SummaryList
            rows={[
              {
                key: 'Where it is',
                value: <StatusTag tone={open ? 'waiting' : 'plain'}>{stateWords[it.state]}</StatusTag>,
              },
              { key: 'Which place', value: theirs(placesInWords(thing.places)) },
              {
                key: 'Who asks for it',
                value: `${theirs(thing.openedByName)}, ${postWords[row.opened_by_post]}, on ${dateInWords(row.opened_on)}`,
              },
              {
                key: 'The reason',
                value: row.reason ? <Quote words={row.reason} /> : 'Deleted after its time',
              },
              {
                key: own ? 'Your reply' : 'Their reply',
                value: row.reply ? (
                  <>
                    <Quote words={row.reply} />
                    {row.replied_on && dateInWords(row.replied_on)}
                    {thing.notedByName && `, written down by ${theirs(thing.notedByName)}`}
                  </>
                ) : it.state === 'reply' ? (
                  due.late ? (
                    `None, and the time is over since ${dateInWords(it.replyBy)}`
                  ) : (
                    `Time to reply ${due.words}`
                  )
                ) : (
                  'None'
                ),
              },
              ...(row.decided_on && row.decided_by_post
                ? [
                    {
                      key: 'Decided',
                      value: (
                        <>
                          {stateWords[it.state]}, by {theirs(thing.decidedByName ?? '')},{' '}
                          {postWords[row.decided_by_post]}, on {dateInWords(row.decided_on)}
                          {row.last_day && `. The last day is ${dateInWords(row.last_day)}`}
                          {row.decision && <Quote words={row.decision} />}
                        </>
                      ),
                    },
                  ]
                : []),
            ]}
          />
          {own && (
            <InsetText>
              You can ask anybody you trust to help you. If you think that this is not right, you can{' '}
              <a href={`/${network.slug}/concerns`}>raise a concern</a> with somebody else.
            </InsetText>
          )}
          {!own && open && (
            <LinkList
              links={[
                {
                  href: step('reply'),
                  text: `Write down what ${person.name} replies`,
                  hint: 'By phone, by letter or face to face.',
                },
                ...(mine ? [{ href: step('take-back'), text: 'Take it back: the place stays' }] : []),
              ]}
            />
          )}
        </>
      ),
    })
  },
})

function DecideLink({ visit, href }: { visit: Here; href: string }): ReactNode {
  const { thing, me } = visit
  if (thing.row.opened_by_person_id === me.personId && thing.others.length > 0) {
    return (
      <InsetText>
        You asked for this, so somebody else decides: {thing.others.map(each => each.name).join(' or ')}.
      </InsetText>
    )
  }
  return <ButtonLink href={href}>Decide</ButtonLink>
}

const backToOne = (visit: Here) => ({
  href: endingPaths.one(visit.network.slug, visit.thing.id),
  text:
    visit.me.personId === visit.thing.person.id
      ? 'About your place'
      : `About the place of ${visit.thing.person.name}`,
})
const isOver = (thing: LoadedEnding) => thing.it.state !== 'reply' && thing.it.state !== 'replied'
const over = <Empty>This is over already. Nothing more can be done here.</Empty>

const replyForm = form('/:network/endings/:ending/reply', {
  who: mayReadEnding,
  audit: 'ending-replied',
  load,
  fields: z.object({ words: text('Write the reply', { max: 10_000, name: 'The reply' }) }),
  screen: (visit: Here, filled): Screen => {
    const own = visit.me.personId === visit.thing.person.id
    return {
      title: own ? 'Your reply' : `What ${visit.thing.person.name} replies`,
      back: backToOne(visit),
      body:
        isOver(visit.thing) && filled.errors.length === 0 ? (
          over
        ) : (
          <Form hidden={visit.hidden} button={own ? 'Send your reply' : 'Save their reply'}>
            <TextArea
              name="words"
              label={own ? 'What do you want to say?' : 'What they said, in their words'}
              hint={
                own
                  ? 'Whoever decides reads it. Say what happened from your side, and what you would like.'
                  : 'Read it back to them before you save it.'
              }
              value={filled.values.words ?? visit.thing.row.reply ?? undefined}
              maxCharacters={10_000}
              rows={10}
              errors={filled.errors}
            />
          </Form>
        ),
    }
  },
  async submit(visit: Here, { words }) {
    const done = await replyToEnding(visit, visit.thing, words)
    return done.accepted ? { to: endingPaths.one(visit.network.slug, visit.thing.id) } : refused(done)
  },
})

const theOthers = personRule<LoadedEnding>(
  'the portfolio manager or the director, but not about their own place',
  (actor, ending) => leads(actor) && !thePerson.holds(actor, ending),
)

const decideForm = form('/:network/endings/:ending/decide', {
  who: theOthers,
  audit: 'ending-decided',
  load,
  fields: z.object({
    outcome: choice('Choose what you decide', ['stays', 'ends']),
    words: text('Say why', { max: 5000, name: 'Your reason' }),
    ...dateFields('last'),
  }),
  screen: (visit: Here, filled): Screen => {
    const { thing, me, today } = visit
    // Asked of the rule itself, with a day that is never refused.
    const could = decide(
      thing.it,
      { personId: me.personId, post: 'director' },
      { personId: thing.person.id, others: thing.others.map(each => each.personId) },
      'stays',
      null,
      { today },
    )
    return {
      title: `Decide about the place of ${thing.person.name}`,
      back: backToOne(visit),
      body:
        !could.accepted && filled.errors.length === 0 ? (
          <Empty>{could.sentence}</Empty>
        ) : (
          <>
            <SummaryList
              rows={[
                { key: 'Which place', value: theirs(placesInWords(thing.places)) },
                { key: `The reason of ${thing.openedByName}`, value: <Quote words={thing.row.reason} /> },
                {
                  key: `The reply of ${thing.person.name}`,
                  value: thing.row.reply ? <Quote words={thing.row.reply} /> : 'None',
                },
              ]}
            />
            <Form hidden={visit.hidden} button="Decide and tell them">
              <Radios
                name="outcome"
                label="What do you decide?"
                value={filled.values.outcome}
                errors={filled.errors}
                options={[
                  { value: 'stays', label: 'The place stays' },
                  { value: 'ends', label: 'The place ends', hint: 'Say the last day below.' },
                ]}
              />
              <TextArea
                name="words"
                label="Why?"
                hint="They read this word for word. Say how you took their reply into account."
                value={filled.values.words}
                maxCharacters={5000}
                rows={6}
                errors={filled.errors}
              />
              <DateField
                name="last"
                label="The last day, if it ends"
                optional
                value={{
                  day: filled.values['last-day'],
                  month: filled.values['last-month'],
                  year: filled.values['last-year'],
                }}
                errors={filled.errors}
              />
            </Form>
          </>
        ),
    }
  },
  async submit(visit: Here, given) {
    let lastDay: PlainDate | null = null
    if (given.outcome === 'ends') {
      const read = readDateFields(given, 'last')
      if (!read.ok) {
        return errors({
          field: `last-${read.part}`,
          message: read.nothing ? 'Enter the last day' : read.sentence,
        })
      }
      lastDay = read.date
    }
    const done = await decideEnding(visit, visit.thing, {
      outcome: given.outcome,
      words: given.words,
      lastDay,
    })
    if (done.accepted) return { to: endingPaths.one(visit.network.slug, visit.thing.id) }
    return refused(done, done.reason === 'last-day' ? 'last-day' : undefined)
  },
})

const takeBackForm = form('/:network/endings/:ending/take-back', {
  who: personRule<LoadedEnding>(
    'the portfolio manager or the director who asked for it',
    (actor, ending) => leads(actor) && ending.row.opened_by_person_id === actor.personId,
  ),
  audit: 'ending-taken-back',
  load,
  fields: z.object({}),
  screen: (visit: Here, filled): Screen => ({
    title: 'Take it back?',
    back: backToOne(visit),
    body:
      isOver(visit.thing) && filled.errors.length === 0 ? (
        over
      ) : (
        <>
          <p>The place stays, and {visit.thing.person.name} is told so.</p>
          <Form hidden={visit.hidden} button="Take it back" />
        </>
      ),
  }),
  async submit(visit: Here) {
    const done = await takeEndingBack(visit, visit.thing)
    return done.accepted ? { to: endingPaths.one(visit.network.slug, visit.thing.id) } : refused(done)
  },
})

const aPage = 25

const list = page('/:network/endings', {
  who: whoLeads,
  audit: 'nothing',
  async handler(visit) {
    const { tx, network, query, today, me } = visit
    const given = Number(query.get('before') ?? '')
    const before = Number.isSafeInteger(given) && given > 0 && given < 2 ** 31 ? given : 2 ** 31 - 1
    const rows = await tx
      .selectFrom('ending as e')
      .innerJoin('person as p', join =>
        join.onRef('p.network_id', '=', 'e.network_id').onRef('p.id', '=', 'e.person_id'),
      )
      .select(['e.id', 'e.state', 'e.reply_by', 'e.opened_on', 'e.opened_by_post', 'p.name'])
      .where('e.id', '<', before)
      .where('e.person_id', '<>', me.personId)
      .orderBy('e.id', 'desc')
      .limit(aPage + 1)
      .execute()
    const shown = rows.slice(0, aPage)
    return show({
      title: 'Endings',
      back: { href: `/${network.slug}/team`, text: 'The team’s page' },
      body: (
        <>
          <p>
            Where the network means to end a place. It begins on a person’s page, never with a button alone: a
            reason, a time to reply, and a decision by somebody else.
          </p>
          {shown.length === 0 ? (
            <Empty>There is none.</Empty>
          ) : (
            <TaskList
              items={shown.map(each => {
                const open = each.state === 'reply' || each.state === 'replied'
                const late = each.state === 'reply' && Temporal.PlainDate.compare(today, each.reply_by) > 0
                return {
                  title: each.name,
                  href: endingPaths.one(network.slug, each.id),
                  hint: `Asked for by the ${postWords[each.opened_by_post]} on ${dateInWords(each.opened_on)}`,
                  status: {
                    words: late
                      ? 'To be decided'
                      : each.state === 'replied'
                        ? 'Replied: to be decided'
                        : stateWords[each.state as State],
                    tone: open ? ('waiting' as const) : ('plain' as const),
                  },
                  dueWords:
                    each.state === 'reply' && !late ? `reply by ${dateInWords(each.reply_by)}` : undefined,
                }
              })}
            />
          )}
          <Pagination
            next={
              rows.length > aPage
                ? { href: `${endingPaths.list(network.slug)}?before=${shown.at(-1)!.id}`, label: 'earlier' }
                : undefined
            }
          />
        </>
      ),
    })
  },
})

export const endingRoutes: AnyRoute[] = [openForm, list, one, replyForm, decideForm, takeBackForm]
