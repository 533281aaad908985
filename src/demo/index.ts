import { sql } from 'kysely'
import type { Tx } from '#platform/database/tables.ts'
import type { House } from '#platform/house.ts'
import type { Slice } from '#platform/http/route.ts'
import { exampleMeetings, wminMeetings } from './calendar.ts'
import { tellLife } from './life/index.ts'
import { examplePeople, wminPeople } from './people.ts'
import { type Settlement, settle } from './settle.ts'
import { type NetworkSource, sources } from './source.ts'
import { examplePriorities, exampleProjects, wminPriorities, wminProjects } from './topics.ts'

const settlements: readonly Settlement[] = [
  {
    source: sources.wmin,
    priorities: wminPriorities,
    projects: wminProjects,
    people: wminPeople,
    meetings: wminMeetings,
  },
  {
    source: sources.example,
    priorities: examplePriorities,
    projects: exampleProjects,
    people: examplePeople,
    meetings: exampleMeetings,
  },
]

/**
 * Fills an empty installation with the demonstration's networks, people and months of life. Each network comes in
 * one transaction: a crash in the middle leaves nothing half, and a second start finds what is there.
 * @returns what the product's own rules refused of the story: nothing
 */
export async function fillDemo(house: House, slices: readonly Slice[]): Promise<readonly string[]> {
  const now = house.clock.now()
  const refusals: string[] = []
  for (const settlement of settlements) {
    await house.database.pool.transaction().execute(async tx => {
      const networkId = await makeNetwork(tx, settlement.source)
      if (networkId === undefined) return
      refusals.push(...(await tellLife(house, slices, tx, await settle(tx, networkId, settlement, now))))
    })
  }
  return refusals
}

/** @returns undefined when the network is there already */
async function makeNetwork(tx: Tx, source: NetworkSource): Promise<number | undefined> {
  const { network, groups, principles, asks, commitments } = source
  const made = await tx
    .insertInto('network')
    .values({
      slug: network.slug,
      name: network.name,
      short_name: network.short,
      facts: JSON.stringify({
        ...network,
        phone: network.contact.phoneDisplay,
        principles,
        asks,
        commitments,
        groups: groups.map(({ id, firstMeeting, cadence, verified }) => ({
          slug: id,
          firstMeeting,
          cadence,
          verified,
        })),
      }),
      is_demo: true,
    })
    // A second process that starts in the same moment waits here, and then finds it there.
    .onConflict(on => on.column('slug').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (made) await sql`select set_config('app.network', ${String(made.id)}, true)`.execute(tx)
  return made?.id
}
