import { sql } from 'kysely'
import { z } from 'zod'
import type { ApiList } from '#platform/api.ts'
import { anyone } from '#platform/permission.ts'
import { networkPaths } from './paths.ts'

interface Row {
  slug: string
  name: string
  kind: string
  about: string
  cadenceWeeks: number | null
  voting: number
  lay: number
  volunteers: number
}

/** Groups as the public page of governance has them. */
export const groupsForPrograms: ApiList = {
  name: 'groups',
  title: 'Groups',
  about: 'Boards, special interest groups and workstreams, and how many people of each kind decide in them.',
  who: anyone,
  item: z.object({
    name: z.string(),
    url: z.url(),
    kind: z.enum(['board', 'sig', 'workstream']),
    about: z.string(),
    cadenceWeeks: z.int().nullable().describe('How many weeks apart it means to meet'),
    votingMembers: z.int(),
    layVotingMembers: z.int(),
    volunteers: z.int(),
  }),
  async read(visit) {
    const found = await sql<Row>`
      select g.slug, g.name, g.kind, g.about, g.cadence_weeks as "cadenceWeeks",
        count(m.id) filter (where m.voting)::integer as voting,
        count(m.id) filter (where m.voting and m.lay)::integer as lay,
        count(m.id) filter (where m.role = 'volunteer')::integer as volunteers
      from network_group g left join membership m on m.network_id = g.network_id and m.group_id = g.id
        and m.from_on <= ${visit.today} and (m.to_on is null or m.to_on >= ${visit.today})
      group by g.network_id, g.id order by g.kind, g.name`.execute(visit.tx)
    return {
      items: found.rows.map(each => ({
        name: each.name,
        url: visit.publicUrl + networkPaths.group(visit.network.slug, each.slug),
        kind: each.kind,
        about: each.about,
        cadenceWeeks: each.cadenceWeeks,
        votingMembers: each.voting,
        layVotingMembers: each.lay,
        volunteers: each.volunteers,
      })),
    }
  },
}
