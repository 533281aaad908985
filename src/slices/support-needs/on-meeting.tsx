import { sql } from 'kysely'
import { Empty, LinkList, Table } from '#design/index.ts'
import { question } from '#platform/database/questions.ts'
import { page, show, type Visit } from '#platform/http/route.ts'
import { isTeam, type Rule } from '#platform/permission.ts'
import {
  hasCome,
  type LoadedMeeting,
  loadMeeting,
  type MeetingPart,
  mayRunMeeting,
  meetingPaths,
} from '#slices/meetings/index.ts'
import { labelOf, type Need, ownWords } from './need.ts'
import { needsPaths } from './paths.ts'
import { needRows } from './queries.ts'

/** Who is expected: the group's people of today, without those who said that they cannot come. */
export const expectedAt = (meetingId: number, groupId: number, today: { toString(): string }) => sql`
  select m.person_id from membership m join person p on p.network_id = m.network_id and p.id = m.person_id
  where m.group_id = ${groupId}::integer and p.left_on is null
    and m.from_on <= ${today.toString()}::date and (m.to_on is null or m.to_on >= ${today.toString()}::date)
    and not exists (select from attendance a where a.network_id = m.network_id
      and a.meeting_id = ${meetingId}::integer and a.person_id = m.person_id and a.state = 'apologies')`

/** What the room itself must have: the papers' form and how to get in touch are other people's work. */
const ofTheRoom = (need: Need) => need.group === 'professional' || need.group === 'support'

const counted = (needs: readonly Need[]): { label: string; people: number }[] => {
  const found = new Map<string, number>()
  for (const need of needs) {
    // Somebody's own words are not for a list that others read.
    const label = need.option === ownWords ? 'Something else, in their own words' : labelOf(need)
    found.set(label, (found.get(label) ?? 0) + 1)
  }
  return [...found]
    .map(([label, people]) => ({ label, people }))
    .sort((a, b) => a.label.localeCompare(b.label))
}

const people = (n: number) => (n === 1 ? '1 person' : `${n} people`)

/** On the meeting's page, for those who run it: what the room must have, in numbers and without names (step three). */
export const needsOfMeeting: MeetingPart = (visit: Visit<LoadedMeeting>) => {
  const { thing, me, network, today } = visit
  const runs = mayRunMeeting.holds(me, thing)
  const ahead = thing.it.state !== 'cancelled' && !hasCome(thing.it, 'minutes-drafted')
  const rows = needRows(expectedAt(thing.id, thing.groupId, today))
  return question(
    sql<Need>`select * from ${rows} n where ${runs && ahead && /\/meetings\/[^/]+$/.test(visit.path)}`,
    found => {
      const room = counted(found.filter(ofTheRoom))
      const papers = counted(found.filter(each => each.group === 'format'))
      return {
        ofItems: new Map(),
        ofMeeting:
          room.length + papers.length === 0 ? null : (
            <>
              <h2 className="nhsuk-heading-m">What people need to take part</h2>
              <ul className="nhsuk-list nhsuk-list--bullet">
                {room.map(each => (
                  <li key={each.label}>
                    {each.label}: {people(each.people)}
                  </li>
                ))}
                {papers.map(each => (
                  <li key={each.label}>
                    Papers in {each.label.toLowerCase()}: {people(each.people)}
                  </li>
                ))}
              </ul>
              <LinkList
                links={[
                  {
                    href: needsPaths.ofMeeting(network.slug, thing.reference),
                    text: 'Who needs what at this meeting',
                  },
                ]}
              />
            </>
          ),
      }
    },
  )
}

interface Named extends Need {
  readonly name: string
}

/** Who needs what: all of it for the team, for the chair what was shared with them. Each look is logged (R58). */
export const meetingNeedsRoute = page<LoadedMeeting>('/:network/meetings/:meeting/needs', {
  who: mayRunMeeting as Rule<LoadedMeeting>,
  audit: 'nothing',
  load: (visit, how) => loadMeeting(visit, visit.params.meeting, how),
  async handler(visit) {
    const { thing, me, network, today, tx } = visit
    const all = isTeam(me)
    const expected = expectedAt(thing.id, thing.groupId, today)
    const found = await sql<Named>`
      select n.*, p.name from ${needRows(expected)} n
      join person p on p.id = n."personId"
      left join needs_sheet s on s.network_id = p.network_id and s.person_id = p.id
      where ${all} or 'chair' = any(s.shared)
      order by p.name, p.id limit 500`.execute(tx)
    const byPerson = new Map<number, { name: string; labels: string[] }>()
    for (const each of found.rows) {
      if (each.group === 'contact') continue
      const its = byPerson.get(each.personId) ?? { name: each.name, labels: [] }
      its.labels.push(labelOf(each))
      byPerson.set(each.personId, its)
    }
    // One entry for each person, in one statement.
    await sql`select audit_append(${visit.now}, ${me.personId}, 'needs-seen-meeting', 'person', id::text)
      from unnest(${[...byPerson.keys()].filter(id => id !== me.personId)}::integer[]) as id`.execute(tx)
    return show({
      title: 'Who needs what at this meeting',
      caption: thing.row.title,
      back: { href: meetingPaths.one(network.slug, thing.reference), text: 'Back to the meeting' },
      body: (
        <>
          <p>
            {all
              ? 'Each look is logged, and each of them can read who looked.'
              : 'These people chose to share it with you. Each look is logged, and they can read who looked.'}
          </p>
          {byPerson.size === 0 ? (
            <Empty>{all ? 'Nobody needs anything that we know of.' : 'Nobody shares a need with you.'}</Empty>
          ) : (
            <Table
              caption="Those who are expected"
              columns={[{ title: 'Who' }, { title: 'What they need' }]}
              rows={[...byPerson].map(([id, each]) => [
                <bdi key="who">{each.name}</bdi>,
                <ul className="nhsuk-list" key={id}>
                  {each.labels.map(label => (
                    <li className="loop-words" dir="auto" key={label}>
                      {label}
                    </li>
                  ))}
                </ul>,
              ])}
            />
          )}
        </>
      ),
    })
  },
})
