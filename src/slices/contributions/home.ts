import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { reference } from '#kernel/references.ts'
import { type AsJson, type Question, question } from '#platform/database/questions.ts'
import type { Instant, PlainDate } from '#platform/database/tables.ts'
import type { HomeLine, HomePart, Visit } from '#platform/http/route.ts'
import { waysToRead } from './access.ts'
import type { State } from './contribution.ts'
import { stateWords } from './contribution.ts'
import { waitsForThem } from './list.ts'
import { listWords } from './list-page.tsx'
import { contributionPaths } from './paths.ts'

const most = 20

interface Line {
  part: 'needs' | 'moved' | 'waiting'
  number: number
  title: string
  state: State
  due: PlainDate | null
  since: Instant
  theirs: boolean
}

/** What needs this person, what moved, and what they wait for (LOOP-19). */
export function contributionsAtHome(visit: Visit, since: Instant | null): Question<HomePart>[] {
  const { tx, me } = visit
  const base = () => tx.selectFrom('contribution').select(['contribution.id'])
  const needs = base()
    // What an action's owner has to do is told by the actions themselves.
    .where(eb => eb.and([waitsForThem(eb, me), eb('contribution.waits_for', '<>', 'action-owners')]))
    .orderBy('due_on')
    .orderBy('id')
    .limit(most)
  const moved = waysToRead(me).map(
    way =>
      sql`(${base()
        .where(way)
        .where('state_since', '>', since ?? visit.now)
        .orderBy('state_since', 'desc')
        .limit(most)})`,
  )
  const waiting = base()
    .where(eb =>
      eb(
        'contribution.id',
        'in',
        eb
          .selectFrom('contributor as mine')
          .select('mine.contribution_id')
          .where('mine.person_id', '=', me.personId)
          .where('mine.withdrawn_at', 'is', null),
      ),
    )
    .where('waits_for', 'not in', ['contributor', 'nobody'])
    .orderBy('id', 'desc')
    .limit(most)
  const lines = sql<Line>`
    with part as (
      (select id, 'needs' as part from (${needs}) n)
      union all (select id, 'moved' from (${sql.join(moved, sql` union `)}) m)
      union all (select id, 'waiting' from (${waiting}) w))
    select p.part, c.number, c.title, c.state, c.due_on as due, c.state_since as since,
      exists (select 1 from contributor b where b.network_id = c.network_id and b.contribution_id = c.id
        and b.person_id = ${me.personId} and b.withdrawn_at is null) as theirs
    from part p join contribution c on c.id = p.id
    order by c.due_on nulls last, c.state_since desc`
  const line = (row: AsJson<Line>): HomeLine => ({
    title: row.title,
    href: contributionPaths.one(visit.network.slug, reference('C', row.number)),
    status: row.theirs ? stateWords[row.state] : listWords[row.state],
    hint: reference('C', row.number),
    due: row.part === 'moved' || row.due === null ? null : Temporal.PlainDate.from(row.due),
    at: Temporal.Instant.from(row.since),
  })
  return [
    question(lines, rows => {
      const of = (part: Line['part']) => rows.filter(row => row.part === part).map(line)
      return { needs: of('needs'), moved: of('moved').slice(0, most), waiting: of('waiting') }
    }),
  ]
}
