import { sql } from 'kysely'
import type { ReactNode } from 'react'
import { Temporal } from 'temporal-polyfill'
import { LinkList } from '#design/index.ts'
import { dateInWords, dueInWords } from '#kernel/calendar/words.ts'
import { reference } from '#kernel/references.ts'
import { shorten } from '#kernel/text/graphemes.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { question } from '#platform/database/questions.ts'
import type { Visit } from '#platform/http/route.ts'
import { isMemberOf, isTeam } from '#platform/permission.ts'
import { actionPaths } from '#slices/actions/index.ts'
import {
  hasCome,
  type LoadedMeeting,
  type MeetingPart,
  mayRunMeeting,
  meetingPaths,
} from '#slices/meetings/index.ts'
import { minutesPaths } from './paths.ts'

const mostShown = 12

interface Shown {
  readonly last: { readonly number: number; readonly title: string } | null
  readonly lists: readonly number[]
  readonly agrees: readonly number[]
  readonly written: readonly number[]
  readonly open: readonly { number: number; what: string; owner: string; due: string }[]
}

const isInside = ({ me, thing }: Visit<LoadedMeeting>) => isMemberOf(me, thing.groupId) || isTeam(me)

const shownWith = ({ thing }: Visit<LoadedMeeting>, ids: number[]) => sql<Shown>`select
    (select jsonb_build_object('number', m.number, 'title', m.title) from meeting m
      where m.group_id = ${thing.groupId} and m.starts_at < ${thing.it.startsAt}
        and m.state in ('held', 'minutes-drafted', 'minutes-agreed', 'published')
      order by m.starts_at desc limit 1) as last,
    coalesce((select jsonb_agg(i.id) from agenda_item i where i.id = any(${ids}::integer[])
      and i.standing = 'matters-arising'), '[]') as lists,
    coalesce((select jsonb_agg(i.id) from agenda_item i where i.id = any(${ids}::integer[])
      and i.standing = 'minutes'), '[]') as agrees,
    coalesce((select jsonb_agg(n.item_id) from item_minutes n where n.item_id = any(${ids}::integer[])), '[]')
      as written,
    coalesce((select jsonb_agg(jsonb_build_object('number', a.number, 'what', a.what, 'owner', p.name,
        'due', a.due_on) order by a.due_on, a.id)
      from (select * from action where group_id = ${thing.groupId}
          and state in ('open', 'asked-for-another-date') order by due_on, id limit ${mostShown + 1}) a
      join person p on p.network_id = a.network_id and p.id = a.owner_person_id
      where exists (select from agenda_item i where i.id = any(${ids}::integer[])
        and i.standing = 'matters-arising')), '[]') as open`

/**
 * Under "Matters arising" the group's open actions, under "Minutes of last time" those minutes, and under every item
 * of a meeting that was held the way to its minutes (BOARD-19, BOARD-22).
 */
function ofItems(
  visit: Visit<LoadedMeeting>,
  ids: readonly number[],
  shown: Shown,
): ReadonlyMap<number, ReactNode> {
  const { thing, me, network, today } = visit
  const canWrite =
    mayRunMeeting.holds(me, thing) && hasCome(thing.it, 'held') && !hasCome(thing.it, 'minutes-agreed')
  return new Map(
    ids.map(id => [
      id,
      <>
        {shown.lists.includes(id) && shown.open.length > 0 && (
          <ul className="nhsuk-list">
            {shown.open.slice(0, mostShown).map(each => {
              const mark = reference('A', each.number)
              const due = dueInWords(Temporal.PlainDate.from(each.due), today)
              return (
                <li key={mark}>
                  <a href={actionPaths.one(network.slug, mark)}>{mark}</a>{' '}
                  <bdi>{shorten(each.what, 120)}</bdi>: {theirs(each.owner)},{' '}
                  {due.late ? due.words : `by ${dateInWords(Temporal.PlainDate.from(each.due))}`}
                </li>
              )
            })}
          </ul>
        )}
        {shown.agrees.includes(id) && shown.last && (
          <p>
            <a href={minutesPaths.one(network.slug, reference('M', shown.last.number))}>
              Minutes of {theirs(shown.last.title)}
            </a>
          </p>
        )}
        {/\/items\/\d+$/.test(visit.path) && (
          <p>
            <a href={meetingPaths.itemStep(network.slug, thing.reference, id, 'history')}>
              Everything that happened around this item
            </a>
          </p>
        )}
        {canWrite && (
          <p>
            <a href={minutesPaths.item(network.slug, thing.reference, id)}>
              {shown.written.includes(id) ? 'Change its minutes' : 'Write its minutes'}
            </a>
          </p>
        )}
      </>,
    ]),
  )
}

/** Once it was held, the way to its minutes. */
function ofMeeting(visit: Visit<LoadedMeeting>): ReactNode {
  const { thing, network } = visit
  if (!hasCome(thing.it, 'held')) return null
  if (!isInside(visit) && thing.it.state !== 'published') return null
  return (
    <>
      <h2 className="nhsuk-heading-m">Minutes</h2>
      <LinkList
        links={[
          {
            href: minutesPaths.one(network.slug, thing.reference),
            text: 'Minutes of this meeting',
            hint: wordsOf(thing),
          },
        ]}
      />
    </>
  )
}

function wordsOf({ it }: LoadedMeeting): string {
  switch (it.state) {
    case 'held':
      return 'Being written'
    case 'minutes-drafted':
      return 'A draft: the next meeting is asked to agree it'
    case 'minutes-agreed':
      return 'Agreed'
    default:
      return 'Published'
  }
}

export const minutesOfMeeting: MeetingPart = (visit, items) => {
  const ids = isInside(visit) ? [...items] : []
  return question(shownWith(visit, ids), ([shown]) => ({
    ofItems: ofItems(visit, ids, shown!),
    ofMeeting: ofMeeting(visit),
  }))
}
