import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import {
  Checkboxes,
  Details,
  Empty,
  Filters,
  Form,
  LinkList,
  Pagination,
  StatusTag,
  SummaryList,
  Table,
  Timeline,
} from '#design/index.ts'
import { dateInWords, dueInWords, momentInWords } from '#kernel/calendar/words.ts'
import { type AsJson, askTogether } from '#platform/database/questions.ts'
import { several } from '#platform/form/fields.ts'
import type { HistoryEntry } from '#platform/history.ts'
import {
  type AnyRoute,
  type Filled,
  form,
  page,
  refused,
  type Screen,
  show,
  type Visit,
} from '#platform/http/route.ts'
import { type Rule, theTeam } from '#platform/permission.ts'
import { beginModuleAgain, signModule } from './changes.ts'
import { moduleState, stateWords } from './module.ts'
import { inductionPaths as paths } from './paths.ts'
import { tones } from './person.tsx'
import { type ModuleOfPerson, modulesOf, type SessionLine, sessionsOf } from './queries.ts'
import type { ForRole } from './tables.ts'
import { type PersonLine, peopleOf, type Show } from './team-queries.ts'

const most = 25
const shows: readonly { value: Show; text: string }[] = [
  { value: 'open', text: 'Those who are not through yet' },
  { value: 'to-sign', text: 'Those who wait for the team to sign' },
  { value: 'all', text: 'Everybody' },
]

const front = page('/:network/team/induction', {
  who: theTeam,
  audit: 'nothing',
  async handler(visit) {
    const { query, tx, today, now } = visit
    const wish = {
      show: shows.find(each => each.value === query.get('show'))?.value ?? 'open',
      after: /^\d{1,9}$/.test(query.get('after') ?? '') ? Number(query.get('after')) : 0,
    }
    const [people, sessions] = await askTogether(tx, [
      peopleOf(today, { ...wish, most: most + 1 }),
      sessionsOf(visit.me.personId, { from: now.subtract({ hours: 24 * 14 }), most: 20 }),
    ])
    return show(frontScreen(visit, wish, people, sessions))
  },
})

function frontScreen(
  visit: Visit,
  wish: { show: Show; after: number },
  people: readonly PersonLine[],
  sessions: readonly SessionLine[],
): Screen {
  const { slug } = visit.network
  const here = paths.team(slug)
  const shown = people.slice(0, most)
  const last = shown.at(-1)
  return {
    title: 'Induction',
    wide: true,
    back: { href: `/${slug}/team`, text: 'The team’s work' },
    body: (
      <>
        <LinkList
          links={[
            {
              href: paths.modules(slug),
              text: 'Parts of the induction',
              hint: 'Their words, and what voting needs',
            },
            { href: paths.newSession(slug), text: 'Plan a session' },
          ]}
        />
        <h2 className="nhsuk-heading-m">People</h2>
        <Filters
          action={here}
          clear={wish.show === 'open' ? undefined : here}
          filters={[{ name: 'show', label: 'Which', value: wish.show, options: shows }]}
        />
        {shown.length === 0 ? (
          <Empty>{wish.show === 'all' ? 'Nobody has a plan yet.' : 'Nobody. All is done.'}</Empty>
        ) : (
          <Table
            caption="People and their induction"
            captionHidden
            columns={[
              { title: 'Name' },
              { title: 'Finished', numeric: true },
              { title: 'Waits for the team' },
              { title: 'By' },
            ]}
            rows={shown.map(each => {
              const due =
                each.dueOn && each.finished < each.all ? dueInWords(each.dueOn, visit.today) : undefined
              return [
                <a href={paths.person(slug, each.id)} key="name">
                  {each.name}
                </a>,
                `${each.finished} of ${each.all}`,
                each.toSign > 0 ? (
                  <StatusTag tone="waiting" key="sign">
                    {each.toSign} to sign
                  </StatusTag>
                ) : (
                  'Nothing'
                ),
                due ? (
                  <span className={due.late ? 'loop-due loop-due--late' : 'loop-due'} key="due">
                    {due.late ? due.words : dateInWords(each.dueOn!)}
                  </span>
                ) : (
                  'No day'
                ),
              ]
            })}
          />
        )}
        <Pagination
          previous={
            wish.after > 0 ? { href: `${here}?show=${wish.show}`, label: 'From the beginning' } : undefined
          }
          next={
            people.length > most && last ? { href: `${here}?show=${wish.show}&after=${last.id}` } : undefined
          }
        />
        <h2 className="nhsuk-heading-m">Sessions</h2>
        {sessions.length === 0 ? (
          <Empty>No session is planned.</Empty>
        ) : (
          <LinkList
            links={sessions.map(each => ({
              href: paths.whoCame(slug, each.id),
              text: each.title,
              hint: `${momentInWords(each.startsAt)}, ${each.place}. ${each.booked === 1 ? '1 person has' : `${each.booked} people have`} a place`,
            }))}
          />
        )}
      </>
    ),
  }
}

interface Told {
  readonly personId: number
  readonly name: string
  readonly roles: readonly ForRole[]
  readonly history: readonly AsJson<HistoryEntry>[]
}

const one = form('/:network/team/induction/people/:person', {
  who: theTeam as Rule<Told>,
  audit: 'induction-signed',
  guardsVersion: false,
  async load(visit): Promise<Told | undefined> {
    const id = /^\d{1,9}$/.test(visit.params.person ?? '') ? Number(visit.params.person) : -1
    const found = await visit.tx
      .selectFrom('person as p')
      .select([
        'p.id',
        'p.name',
        sql<ForRole[]>`(select coalesce(jsonb_agg(distinct m.role), '[]') from membership m
          where m.network_id = p.network_id and m.person_id = p.id and m.from_on <= ${visit.today}
            and (m.to_on is null or m.to_on >= ${visit.today}))`.as('roles'),
        sql<AsJson<HistoryEntry>[]>`coalesce((select jsonb_agg(h order by h.id) from history h
          where h.network_id = p.network_id and h.thing_kind = 'induction-of' and h.thing_id = p.id), '[]')`.as(
          'history',
        ),
      ])
      .where('p.id', '=', id)
      .where('p.left_on', 'is', null)
      .executeTakeFirst()
    return found && { personId: found.id, name: found.name, roles: found.roles, history: found.history }
  },
  fields: z.object({ sign: several(), told: several(), again: several() }),
  async screen(visit: Visit<Told>, filled): Promise<Screen> {
    const [modules] = await askTogether(visit.tx, [modulesOf(visit.tx, visit.thing.personId, visit.today)])
    return personScreen(visit, filled, modules)
  },
  async submit(visit: Visit<Told>, { sign, told, again }) {
    const { personId } = visit.thing
    if (sign.length + told.length + again.length === 0)
      return refused({ sentence: 'Choose at least one part' }, 'sign')
    for (const slug of again) {
      const done = await beginModuleAgain(visit, personId, slug)
      if (!done.accepted) return refused(done, 'again')
    }
    for (const slug of told) {
      const done = await signModule(visit, personId, slug, { by: 'person', how: 'told' })
      if (!done.accepted) return refused(done, 'told')
    }
    for (const slug of sign) {
      const done = await signModule(visit, personId, slug, { by: 'team', how: 'told' })
      if (!done.accepted) return refused(done, 'sign')
    }
    return { to: paths.person(visit.network.slug, personId) }
  },
})

function personScreen(visit: Visit<Told>, filled: Filled, modules: readonly ModuleOfPerson[]): Screen {
  const { thing, network } = visit
  const own = modules.filter(each => each.roles.some(role => thing.roles.includes(role)))
  const options = (list: readonly ModuleOfPerson[]) =>
    list.map(each => ({ value: each.slug, label: each.title }))
  const toSign = own.filter(each => each.progress.teamOn === null)
  const toTell = own.filter(each => each.progress.personOn === null)
  const begun = own.filter(each => each.progress.personOn ?? each.progress.teamOn)
  const back = paths.team(network.slug)
  return {
    title: `Induction of ${thing.name}`,
    back: { href: back, text: 'Induction' },
    body: (
      <>
        {own.length === 0 ? (
          <Empty>They have no place in a group, so there is no plan for them.</Empty>
        ) : (
          <SummaryList
            rows={own.map(each => {
              const state = moduleState(each.progress)
              return {
                key: each.title,
                value: (
                  <>
                    <StatusTag tone={tones[state]}>{teamWords[state]}</StatusTag>
                    {each.progress.personOn && ` Signed by them on ${dateInWords(each.progress.personOn)}.`}
                    {each.progress.teamOn && ` Signed by the team on ${dateInWords(each.progress.teamOn)}.`}
                    {each.votingFrom && ' Needed for voting.'}
                  </>
                ),
              }
            })}
          />
        )}
        {own.length > 0 && (
          <Form hidden={visit.hidden} button="Save" secondary={{ text: 'Not now', href: back }}>
            {toSign.length > 0 && (
              <Checkboxes
                name="sign"
                label="Sign for the team"
                hint="You have spoken with them, and they have what they need."
                values={filled.lists.sign ?? []}
                errors={filled.errors}
                options={options(toSign)}
              />
            )}
            {toTell.length > 0 && (
              <Checkboxes
                name="told"
                label="They told you that it is clear to them"
                hint="For those who do it by phone, by post or in person. You sign for them, as told."
                values={filled.lists.told ?? []}
                errors={filled.errors}
                options={options(toTell)}
              />
            )}
            {begun.length > 0 && (
              <Details summary="Begin a part again" open={(filled.lists.again ?? []).length > 0}>
                <Checkboxes
                  name="again"
                  label="These begin again"
                  hint="If something is not clear after all. If voting needs the part, they do not vote until it is finished."
                  values={filled.lists.again ?? []}
                  errors={filled.errors}
                  options={options(begun)}
                />
              </Details>
            )}
          </Form>
        )}
        {thing.history.length > 0 && (
          <Details summary="What happened">
            <Timeline
              headingLevel={2}
              entries={thing.history.map(each => ({
                when: momentInWords(Temporal.Instant.from(each.at)),
                dateTime: each.at,
                by: each.by_words,
                title: sentence(each.event, each.details as Record<string, unknown>),
              }))}
            />
          </Details>
        )}
      </>
    ),
  }
}

const teamWords = {
  ...stateWords,
  'waits-for-team': 'Waits for the team to sign',
  'waits-for-person': 'Waits for them to sign',
} as const

const hows: Record<string, string> = { session: ' after a session', told: ' as told to the team', self: '' }

export function sentence(event: string, details: Readonly<Record<string, unknown>>): string {
  const title = String(details.title ?? '')
  switch (event) {
    case 'signed':
      return details.by === 'team'
        ? `The team signed “${title}”`
        : `Signed “${title}”${hows[String(details.how)] ?? ''}`
    case 'finished':
      return `Finished “${title}”`
    case 'begins-again':
      return `“${title}” begins again`
    default:
      return event
  }
}

export const teamRoutes: AnyRoute[] = [front, one]
