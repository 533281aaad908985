import type { TestHouse } from './house.ts'

/** A few of each kind and state, among what the walking volunteers have a place in; of others' things they find nothing. */
const sources: readonly (readonly [RegExp, string])[] = [
  [
    /\/papers\/:paper\/questions\/:question/,
    `select 'M-' || m.number as meeting, 'P-' || p.number as paper, q.id::text as question from paper_question q
     join paper p on p.id = q.paper_id join meeting m on m.id = p.meeting_id where q.network_id = $1`,
  ],
  [
    /\/papers\/:paper/,
    `select 'M-' || m.number as meeting, 'P-' || p.number as paper from paper p
     join meeting m on m.id = p.meeting_id where p.network_id = $1`,
  ],
  [
    /\/meetings\/:meeting\/items\/:item/,
    `select distinct on (m.state, i.state, i.handling, i.standing is null)
       'M-' || m.number as meeting, i.id::text as item from agenda_item i
     join meeting m on m.id = i.meeting_id join network_group g on g.id = m.group_id
     where i.network_id = $1 and g.slug = 'operational-board'
     order by m.state, i.state, i.handling, i.standing is null, i.id desc`,
  ],
  [
    /\/meetings\/:meeting/,
    `select distinct on (g.id, m.state) 'M-' || m.number as meeting from meeting m
     join network_group g on g.id = m.group_id
     where m.network_id = $1 and g.slug in ('operational-board', 'paediatric-sig') order by g.id, m.state, m.id desc`,
  ],
  [/\/motions\/:motion/, `select 'V-' || number as motion from motion where network_id = $1`],
  [/\/conflicts\/:conflict/, `select id::text as conflict from conflict where network_id = $1`],
  [/\/decisions\/:number/, `select number::text as number from board_decision where network_id = $1`],
  [
    /\/actions\/:reference/,
    `select distinct on (state) 'A-' || number as reference from action where network_id = $1 order by state, id`,
  ],
  [/\/interests\/:interest/, `select id::text as interest from interest where network_id = $1`],
]

export async function boardThings(house: TestHouse): Promise<(path: string) => Record<string, string>[]> {
  const network = (await house.owner.query<{ id: number }>("select id from network where slug = 'wmin'"))
    .rows[0]!.id
  const found = new Map<RegExp, Record<string, string>[]>()
  for (const [of, sql] of sources) found.set(of, (await house.owner.query(sql, [network])).rows)
  return path => found.get(sources.find(([of]) => of.test(path))?.[0] ?? /^$/) ?? []
}
