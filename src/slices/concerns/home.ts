import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { dateInWords } from '#kernel/calendar/words.ts'
import { type Question, question } from '#platform/database/questions.ts'
import type { Held, HomeLine, HomePart, Visit, WhatLeavingMeans } from '#platform/http/route.ts'
import { type Concern, stateWords, waitsFor } from './concern.ts'
import { concernPaths } from './paths.ts'
import { stillReads } from './start.tsx'

interface Row {
  readonly ref: string
  readonly mine: boolean
  readonly raised_on: string
  readonly state: Concern['state']
  readonly acknowledge_by: string
  readonly plan_by: string
  readonly word_by: string | null
  readonly unread: boolean
}

/**
 * What waits, for whoever raised it and whoever reads it. Without a word of it: a first page is read over shoulders.
 */
export function concernsAtHome(visit: Visit): Question<HomePart>[] {
  const { actor, network, today } = visit
  if (!actor) return []
  const me = actor.personId
  return [
    question<Row, HomePart>(
      sql<Row>`select c.ref, c.raiser_person_id is not distinct from ${me} as mine, c.state,
          (c.raised_at at time zone 'Europe/London')::date as raised_on, c.acknowledge_by, c.plan_by, c.word_by,
          not exists (select from concern_reader r where r.network_id = c.network_id and r.concern_id = c.id
            and r.until_at is null and ${stillReads(today)}) as unread
        from concern c where c.state <> 'ended' and (c.raiser_person_id = ${me} or exists (
          select from concern_reader r where r.network_id = c.network_id and r.concern_id = c.id
            and r.person_id = ${me} and r.until_at is null and ${stillReads(today)}))
        order by c.id limit 20`,
      rows => {
        const needs: HomeLine[] = []
        const waiting: HomeLine[] = []
        for (const row of rows) {
          const day = (text: string | null) => (text === null ? null : Temporal.PlainDate.from(text))
          const turn = waitsFor({
            state: row.state,
            acknowledgeBy: day(row.acknowledge_by)!,
            planBy: day(row.plan_by)!,
            wordBy: day(row.word_by),
          } as Concern)
          const line: HomeLine = {
            title: row.mine ? 'Something private that you raised' : 'Something private for you to read',
            href: concernPaths.one(network.slug, row.ref),
            status:
              row.mine && row.unread ? 'Nobody reads it now' : row.mine ? stateWords[row.state] : turn.what,
            hint: `Since ${dateInWords(day(row.raised_on)!)}`,
            due: turn.by,
          }
          const myTurn = row.mine ? turn.side === 'raiser' || row.unread : turn.side === 'reader'
          ;(myTurn ? needs : waiting).push(line)
        }
        return { needs, waiting }
      },
    ),
  ]
}

/** Of one's own concerns the days; the words stay locked, and are on their page. */
export const concernsHeld = (personId: number): Question<Held>[] => [
  question<{ raised_on: string; state: Concern['state'] }, Held>(
    sql`select (raised_at at time zone 'Europe/London')::date as raised_on, state from concern
      where raiser_person_id = ${personId} order by id limit 500`,
    rows => ({
      title: 'Concerns that you raised with your name',
      note: 'Their words are locked and only open on their own page, where you can save a copy. Concerns of others, and what was raised without a name, are left out.',
      rows: rows.map(row => ({
        'Raised on': dateInWords(Temporal.PlainDate.from(row.raised_on)),
        'Where it is': stateWords[row.state],
      })),
    }),
  ),
]

/** Seen only when the person looks themself: for anybody who records it for them there is nothing here. */
export const whatLeavingMeans = (personId: number): Question<WhatLeavingMeans> =>
  question<{ mine: number; read: number }, WhatLeavingMeans>(
    sql`select count(*) filter (where raiser_person_id = ${personId}) as mine,
      count(*) filter (where ${personId} = any (reader_ids)) as read
      from concern where state <> 'ended'`,
    ([row]) => ({
      ...(Number(row?.mine ?? 0) > 0
        ? {
            stays: [
              'Concerns that you raised with your name go on. Get a return code on their page first: with it you follow them without signing in',
            ],
          }
        : {}),
      ...(Number(row?.read ?? 0) > 0
        ? { handedOver: ['Concerns that you read: whoever raised them chooses who reads them next'] }
        : {}),
    }),
  )
