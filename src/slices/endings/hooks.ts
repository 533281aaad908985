import { type Expression, sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { dateInWords } from '#kernel/calendar/words.ts'
import { type Question, question } from '#platform/database/questions.ts'
import type { PlainDate } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import type {
  DueWork,
  Held,
  HomeLine,
  HomePart,
  Kept,
  Visit,
  WeekRow,
  WhatLeavingMeans,
} from '#platform/http/route.ts'
import { numberSetting } from '#platform/network-settings.ts'
import { idsOf, postHolders } from '#platform/who-today.ts'
import { leads } from './access.ts'
import { type LeadingPost, postWords, type State, stateWords } from './ending.ts'
import { endingPaths } from './paths.ts'

interface HomeRow {
  readonly id: number
  readonly person_id: number
  readonly name: string
  readonly state: State
  readonly reply_by: string
  readonly opened_by_person_id: number
}

/** Of the person: a reply is asked for. Of whoever leads: a decision waits. */
export function endingsAtHome(visit: Visit): Question<HomePart>[] {
  const { actor, network, today } = visit
  if (!actor) return []
  const me = actor.personId
  return [
    question<HomeRow, HomePart>(
      sql<HomeRow>`select e.id, e.person_id, p.name, e.state, e.reply_by, e.opened_by_person_id from ending e
        join person p on p.network_id = e.network_id and p.id = e.person_id
        where e.state in ('reply', 'replied') and (e.person_id = ${me} or ${leads(actor)}) order by e.reply_by, e.id limit 20`,
      rows => {
        const needs: HomeLine[] = []
        const waiting: HomeLine[] = []
        for (const row of rows) {
          const by = Temporal.PlainDate.from(row.reply_by)
          const href = endingPaths.one(network.slug, row.id)
          const ripe = row.state === 'replied' || Temporal.PlainDate.compare(today, by) > 0
          if (row.person_id === me) {
            const line = {
              title: 'About your place',
              href,
              hint: 'The network means to end it. Say what you think.',
            }
            if (row.state === 'reply') needs.push({ ...line, status: 'Your reply is asked for', due: by })
            else waiting.push({ ...line, status: 'You have replied' })
          } else {
            const line = { title: `About the place of ${row.name}`, href }
            if (ripe && row.opened_by_person_id !== me) needs.push({ ...line, status: 'To be decided' })
            else waiting.push({ ...line, status: ripe ? 'To be decided' : stateWords.reply })
          }
        }
        return { needs, waiting }
      },
    ),
  ]
}

/** A decision that waits is said to those who may take it, once. */
export async function endingsDue(work: DueWork): Promise<void> {
  const ripe = await work.tx
    .selectFrom('ending')
    .select(['id', 'person_id', 'opened_by_person_id'])
    .where(eb =>
      eb.or([
        eb('state', '=', 'replied'),
        eb.and([eb('state', '=', 'reply'), eb('reply_by', '<', work.today)]),
      ]),
    )
    .orderBy('id')
    .limit(500)
    .execute()
  if (ripe.length === 0) return
  const { managers, directors } = await postHolders(work.tx, work.today)
  const leaders = [...new Set(idsOf([...managers, ...directors]))]
  for (const each of ripe) {
    const possible = leaders.filter(id => id !== each.person_id)
    const others = possible.filter(id => id !== each.opened_by_person_id)
    for (const personId of others.length > 0 ? others : possible) {
      await work.remind({
        key: `ending:${each.id}:decide:${personId}`,
        personId,
        sentence: 'Somebody’s right of reply is over or used: a decision about a place waits for you.',
        path: endingPaths.one(work.network.slug, each.id),
      })
    }
  }
}

/** Only in the week of those who may open it. */
export const endingsInTheWeek = (visit: Visit): readonly Expression<WeekRow>[] =>
  visit.actor && leads(visit.actor)
    ? [
        sql<WeekRow>`select 'Decide about a place'::text as promise, ('ending:' || e.id || ':decide')::text as key,
          ('About the place of ' || p.name)::text as title, ('/endings/' || e.id)::text as path,
          null::int as person_id, e.reply_by as due_on
        from ending e join person p on p.network_id = e.network_id and p.id = e.person_id
        where e.state in ('reply', 'replied') and e.person_id <> ${visit.actor.personId}`,
      ]
    : []

interface HeldRow {
  readonly opened_on: string
  readonly opened_by_post: LeadingPost
  readonly state: State
  readonly reason: string
  readonly reply: string | null
  readonly decision: string | null
  readonly last_day: string | null
}

const day = (text: string | null): string | null => text && dateInWords(Temporal.PlainDate.from(text))

export const endingsHeld = (personId: number): Question<Held>[] => [
  question<HeldRow, Held>(
    sql`select opened_on, opened_by_post, state, reason, reply, decision, last_day from ending
      where person_id = ${personId} order by id limit 500`,
    rows => ({
      title: 'When the network meant to end a place of yours',
      rows: rows.map(row => ({
        'Asked for on': day(row.opened_on),
        'Asked for by': postWords[row.opened_by_post],
        'Where it is': stateWords[row.state],
        Reason: row.reason,
        'Your reply': row.reply,
        Decision: row.decision,
        'Last day': day(row.last_day),
      })),
    }),
  ),
]

export const whatLeavingMeans = (personId: number): Question<WhatLeavingMeans> =>
  question<{ open: number; all: number }, WhatLeavingMeans>(
    sql`select count(*) filter (where state in ('reply', 'replied')) as open, count(*) as all
      from ending where person_id = ${personId}`,
    ([row]) =>
      Number(row?.all ?? 0) === 0
        ? {}
        : {
            stays: ['What was written when the network meant to end your place, until its time is over'],
            ...(Number(row?.open ?? 0) > 0
              ? { handedOver: ['The open question about your place ends with that'] }
              : {}),
          },
  )

/** Whoever leaves themself needs no decision any more. */
export async function leaveEndings(doing: Doing, personId: number): Promise<void> {
  await doing.tx
    .updateTable('ending')
    .set(eb => ({ state: 'taken-back', version: eb('version', '+', 1) }))
    .where('person_id', '=', personId)
    .where('state', 'in', ['reply', 'replied'])
    .execute()
}

const months = numberSetting({
  name: 'endings-kept',
  title: 'How long the words about an ended place are kept',
  hint: 'Reason, reply and decision. That there was one, and when, stays in the history.',
  usual: 72,
  least: 6,
  most: 240,
  unit: 'months',
})

const isOver = (before: PlainDate) => sql<boolean>`state in ('ends', 'stays', 'taken-back') and reason <> ''
  and coalesce(decided_on, reply_by) < ${before}`

export const endingsKept: Kept = {
  name: 'endings',
  title: 'Words about ended places',
  source: 'A dispute about it can be brought for six years (Limitation Act 1980)',
  months,
  count: before =>
    question<{ n: number }, number>(sql`select count(*) as n from ending where ${isOver(before)}`, ([row]) =>
      Number(row?.n ?? 0),
    ),
  async end({ tx }, before) {
    const done = await tx
      .updateTable('ending')
      .set({ reason: '', reply: null, decision: null })
      .where(isOver(before))
      .executeTakeFirst()
    return Number(done.numUpdatedRows)
  },
}
