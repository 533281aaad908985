import { sql } from 'kysely'
import type { Doing } from '#platform/doing.ts'
import { type LoadedItem, loadItem } from '#slices/meetings/index.ts'
import { aPdf } from '#slices/papers/files-for-tests.ts'
import { addRealPapers } from '#slices/papers/for-tests.ts'

/** Papers for the demonstration's next meeting: one that anybody reads, one in the making; ids for their addresses. */
export async function addPapers(doing: Doing): Promise<Record<string, Record<string, string>[]>> {
  const next = await doing.tx
    .selectFrom('agenda_item as i')
    .innerJoin('meeting as m', join =>
      join.onRef('m.network_id', '=', 'i.network_id').onRef('m.id', '=', 'i.meeting_id'),
    )
    .innerJoin('network_group as g', join =>
      join.onRef('g.network_id', '=', 'm.network_id').onRef('g.id', '=', 'm.group_id'),
    )
    .select(['i.id', 'm.number', 'm.group_id'])
    .where('m.state', 'in', ['planned', 'agenda-open', 'agenda-set', 'papers-out'])
    .where('i.state', '=', 'on-agenda')
    .where('m.starts_at', '>', doing.now)
    // The board has every kind of person who signs in to the demonstration.
    .orderBy(sql`g.kind = 'board'`, 'desc')
    .orderBy('m.starts_at')
    .orderBy('i.id')
    .executeTakeFirst()
  if (!next) return {}
  const author = await doing.tx
    .selectFrom('membership as m')
    .innerJoin('person as p', join =>
      join.onRef('p.network_id', '=', 'm.network_id').onRef('p.id', '=', 'm.person_id'),
    )
    .select(['p.id', 'p.name', 'p.known_as'])
    .where('m.group_id', '=', next.group_id)
    .where('m.role', '=', 'chair')
    .executeTakeFirst()
  if (!author) return {}
  const as: Doing = {
    ...doing,
    actor: {
      networkId: doing.network.id,
      personId: author.id,
      name: author.name,
      knownAs: author.known_as,
      posts: [],
      memberships: [{ groupId: next.group_id, role: 'chair', voting: true, lay: false }],
      trustIds: [],
    },
  }
  const item = await loadItem(as, { meeting: `M-${next.number}`, item: next.id }, { forChange: true })
  const file = {
    name: 'paper.pdf',
    type: 'application/pdf',
    bytes: await aPdf([['Words of a paper that everybody may read.']]),
  }
  return await addRealPapers(as, item as LoadedItem, file)
}
