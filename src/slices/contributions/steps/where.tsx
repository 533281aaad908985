import { Temporal } from 'temporal-polyfill'
import { DateField, Select } from '#design/index.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import { dayOf } from '#kernel/calendar/working-days.ts'
import type { Instant } from '#platform/database/tables.ts'
import { optionalId, pickedId } from '#platform/form/fields.ts'
import type { Filled } from '#platform/http/route.ts'
import type { Where } from '../changes/routing.ts'
import { dateTyped, type FieldReader, type StepVisit } from './step.tsx'

/** Group, and a meeting of that group or a day: the same three questions before and after a meeting. */
export async function WhereFields(
  visit: StepVisit,
  filled: Filled,
  ask: { when: 'to-come' | 'past'; meeting: string; date: string },
) {
  const groups = await visit.tx
    .selectFrom('network_group')
    .select(['id', 'name'])
    .orderBy('kind')
    .orderBy('name')
    .execute()
  const now = visit.now
  const meetings = await visit.tx
    .selectFrom('meeting')
    .innerJoin('network_group as g', 'g.id', 'meeting.group_id')
    .select(['meeting.id', 'meeting.title', 'meeting.starts_at', 'g.name', 'g.short_name'])
    .$if(ask.when === 'to-come', query => query.where('starts_at', '>=', now.subtract({ hours: 24 })))
    .$if(ask.when === 'past', query =>
      query.where('starts_at', '<=', now).where('starts_at', '>', now.subtract({ hours: 24 * 200 })),
    )
    .orderBy('starts_at', ask.when === 'to-come' ? 'asc' : 'desc')
    .limit(60)
    .execute()
  const { row } = visit.thing
  const { values, errors } = filled
  const { it } = visit.thing.thread
  // What was to be looked at by a day, and not at a meeting, was most likely looked at on it.
  const likely =
    ask.when === 'past' &&
    it.state === 'to-be-considered' &&
    it.meetingId === null &&
    values['on-day'] === undefined
      ? it.on
      : undefined
  const before = row.group_id ?? row.wished_group_id
  return (
    <>
      <Select
        name="group"
        label="Which group?"
        empty="Choose a group"
        errors={errors}
        value={values.group ?? (before === null ? undefined : String(before))}
        options={groups.map(each => ({ value: String(each.id), text: each.name }))}
      />
      <Select
        name="meeting"
        label={ask.meeting}
        hint="Choose a meeting of that group, or give a date below."
        empty="Not at a meeting"
        errors={errors}
        value={values.meeting ?? (row.meeting_id === null ? undefined : String(row.meeting_id))}
        options={meetings.map(each => ({
          value: String(each.id),
          text: meetingInWords(each),
        }))}
      />
      <DateField
        name="on"
        label={ask.date}
        hint={`For example, ${visit.today.day} ${visit.today.month} ${visit.today.year}`}
        errors={errors}
        value={
          likely && Temporal.PlainDate.compare(likely, visit.today) <= 0
            ? { day: String(likely.day), month: String(likely.month), year: String(likely.year) }
            : dateTyped(values, 'on')
        }
      />
    </>
  )
}

/** Titles often have the group and the date in them already. */
function meetingInWords(meeting: { title: string; starts_at: Instant; name: string; short_name: string }) {
  const { title, name, short_name: shortName } = meeting
  const on = dateInWords(dayOf(meeting.starts_at))
  return [
    title,
    ...(title.includes(on) ? [] : [on]),
    ...(title.includes(name) || title.includes(shortName) ? [] : [name]),
  ].join(', ')
}

export function readWhere(reader: FieldReader): Where {
  const groupId = reader.read('group', pickedId('Choose a group')) ?? 0
  const meetingId = reader.read('meeting', optionalId()) ?? null
  const on = reader.readDate('on') ?? null
  const typedDate = ['day', 'month', 'year'].some(part => (reader.typed[`on-${part}`] ?? '').trim() !== '')
  if (meetingId === null && !typedDate) reader.wrong('meeting', 'Choose a meeting, or give a date')
  if (meetingId !== null && on !== null) {
    reader.wrong('on', 'Choose a meeting or give a date, not both')
  }
  return { groupId, meetingId, on: meetingId === null ? on : null }
}
