import { sql } from 'kysely'
import { z } from 'zod'
import { Form, InsetText, Radios, TextArea } from '#design/index.ts'
import { addWorkingDays } from '#kernel/calendar/working-days.ts'
import { reference } from '#kernel/references.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { type Question, question } from '#platform/database/questions.ts'
import { choice, optionalText } from '#platform/form/fields.ts'
import { type DueWork, form, type Reminder, type Visit } from '#platform/http/route.ts'
import { personRule, type Rule } from '#platform/permission.ts'
import { type LoadedMeeting, loadMeeting, meetingPaths } from '#slices/meetings/index.ts'
import { needsPaths } from './paths.ts'
import { needRows } from './queries.ts'

interface Asked {
  readonly meeting: LoadedMeeting
  readonly wasThere: boolean
  readonly answer: { met: 'yes' | 'partly' | 'no'; words: string } | undefined
}

const wasThere: Rule<Asked> = personRule('somebody who was at the meeting', (_, it) => it.wasThere)

/** After a meeting: was what I need there? (R14) */
export const afterRoute = form('/:network/meetings/:meeting/needs-met', {
  who: wasThere,
  audit: 'needs-met-answered',
  guardsVersion: false,
  keepsWords: false,
  async load(visit: Visit<undefined>, how): Promise<Asked | undefined> {
    const meeting =
      visit.actor && (await loadMeeting(visit, visit.params.meeting, { ...how, forChange: false }))
    if (!meeting) return undefined
    const mine = await sql<{ there: boolean; answer: Asked['answer'] | null }>`
      select exists (select from attendance a where a.meeting_id = ${meeting.id}
          and a.person_id = ${visit.actor!.personId} and a.state = 'present') as there,
        (select jsonb_build_object('met', n.met, 'words', n.words) from need_answer n
          where n.meeting_id = ${meeting.id} and n.person_id = ${visit.actor!.personId}) as answer`.execute(
      visit.tx,
    )
    return { meeting, wasThere: mine.rows[0]!.there, answer: mine.rows[0]!.answer ?? undefined }
  },
  fields: z.object({
    met: choice('Choose whether what you need was there', ['yes', 'partly', 'no']),
    words: optionalText({ max: 2000, name: 'What you write' }),
  }),
  screen(visit: Visit<Asked>, { values, errors: mistakes }) {
    const { meeting, answer } = visit.thing
    return {
      title: 'Was what you need there?',
      caption: theirs(meeting.row.title),
      back: { href: meetingPaths.one(visit.network.slug, meeting.reference), text: 'The meeting' },
      body: (
        <>
          {answer && <InsetText>You have answered. Thank you. You can answer anew.</InsetText>}
          <Form hidden={visit.hidden} button="Send my answer">
            <p>
              Before the meeting you told us what you need to take part. Only the involvement team reads your
              answer.
            </p>
            <Radios
              name="met"
              label="Was it there?"
              value={values.met ?? answer?.met}
              options={[
                { value: 'yes', label: 'Yes' },
                { value: 'partly', label: 'Partly' },
                { value: 'no', label: 'No' },
              ]}
              errors={mistakes}
            />
            <TextArea
              name="words"
              label="What was missing?"
              optional
              rows={3}
              maxCharacters={2000}
              value={values.words ?? answer?.words ?? ''}
              errors={mistakes}
            />
          </Form>
        </>
      ),
    }
  },
  async submit(visit: Visit<Asked>, given) {
    const row = { ...given, answered_on: visit.today, by_person_id: visit.me.personId }
    await visit.tx
      .insertInto('need_answer')
      .values({
        network_id: visit.network.id,
        person_id: visit.me.personId,
        meeting_id: visit.thing.meeting.id,
        ...row,
      })
      .onConflict(on => on.columns(['network_id', 'person_id', 'meeting_id']).doUpdateSet(row))
      .execute()
    return { to: needsPaths.after(visit.network.slug, visit.thing.meeting.reference) }
  },
})

interface AskAfter {
  readonly person_id: number
  readonly meeting_id: number
  readonly number: number
}

/** Whoever was there and needs something is asked once, within ten working days of the meeting. */
export function toAskAfterMeetings({
  today,
  network,
  now,
}: Pick<DueWork, 'today' | 'network' | 'now'>): Question<readonly Reminder[]> {
  const since = addWorkingDays(today, -10).toZonedDateTime('Europe/London').toInstant()
  const there = sql`select a.person_id from attendance a join meeting m
      on m.network_id = a.network_id and m.id = a.meeting_id
    where a.state = 'present' and m.ended_at > ${since} and m.ended_at <= ${now}`
  return question(
    sql<AskAfter>`
    select distinct a.person_id, m.id as meeting_id, m.number
    from meeting m join attendance a on a.network_id = m.network_id and a.meeting_id = m.id and a.state = 'present'
    join ${needRows(there)} n on n."personId" = a.person_id and n."group" in ('professional', 'support', 'format')
    where m.ended_at > ${since} and m.ended_at <= ${now}
      and not exists (select from need_answer x where x.network_id = a.network_id
        and x.meeting_id = a.meeting_id and x.person_id = a.person_id)`,
    rows =>
      rows.map(each => ({
        key: `needs-met:${each.meeting_id}:${each.person_id}`,
        personId: each.person_id,
        sentence: `${reference('M', each.number)}: could you take part as you need to? Please tell us.`,
        path: needsPaths.after(network.slug, reference('M', each.number)),
      })),
  )
}
