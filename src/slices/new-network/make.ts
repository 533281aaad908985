import { sql } from 'kysely'
import { accept, type Decision, happened, refuse } from '#kernel/decision.ts'
import type { Tx } from '#platform/database/tables.ts'
import { type Doing, doingOf } from '#platform/doing.ts'
import type { House } from '#platform/house.ts'
import type { Slice } from '#platform/http/route.ts'
import { addGroup, bringIn, planPlaces, sayText } from '#slices/network-settings/index.ts'
import { inviteInto } from '#slices/sign-in/index.ts'
import type { NetworkPlan } from './plan.ts'

const enter = (tx: Tx, networkId: number) =>
  sql`select set_config('app.network', ${String(networkId)}, true)`.execute(tx)

/** Words that an address of the installation begins with: no network can be called so. */
export const reservedSlugs = (slices: readonly Slice[]): ReadonlySet<string> =>
  new Set([
    ...slices
      .flatMap(slice => slice.routes.map(route => route.path.split('/')[1] ?? ''))
      .filter(each => !each.startsWith(':')),
    'assets',
    'networks',
    'new',
  ])

export async function slugTaken(tx: Tx, slug: string): Promise<boolean> {
  return (
    (await tx.selectFrom('network').select('id').where('slug', '=', slug).executeTakeFirst()) !== undefined
  )
}

/**
 * Makes a network with its groups, Trusts and first people, and what each room begins with, in the transaction of the
 * administrator's page. Only here does one transaction step from one network into another: into the one that it has
 * just made, which has no other row yet, and back. The administrator gets no place in it.
 */
export async function makeNetwork(
  doing: Doing,
  house: House,
  slices: readonly Slice[],
  plan: NetworkPlan,
): Promise<Decision<{ id: number; slug: string }>> {
  const { tx, network: own } = doing
  const { name } = plan
  if (reservedSlugs(slices).has(name.slug))
    return refuse('reserved', 'Choose another address: this word is taken')
  const made = await tx
    .insertInto('network')
    .values({
      slug: name.slug,
      name: name.name,
      short_name: name.short,
      facts: JSON.stringify({
        ...(name.purpose ? { purpose: name.purpose } : {}),
        ...(name.phone ? { phone: name.phone } : {}),
        contact: { phoneDisplay: name.phone, email: name.email, website: name.website, verified: true },
        verified: true,
      }),
      is_demo: house.mode === 'demo',
    })
    // Two administrators at once: the second waits here, and then finds it taken.
    .onConflict(on => on.column('slug').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!made) return refuse('taken', 'There is a network with this address already. Choose another one')
  await enter(tx, made.id)
  const by = doing.actor?.name ?? 'The administrator'
  const there = doingOf(
    house,
    tx,
    {
      id: made.id,
      slug: name.slug,
      name: name.name,
      shortName: name.short,
      phone: name.phone || null,
      clocks: [],
      settings: {},
    },
    undefined,
    doing.now,
    // A person of another network stands in history by name only.
    { personId: null, words: by },
  )
  await there.happened({ kind: 'network', id: made.id }, [happened('network-made', { slug: name.slug })])
  for (const group of plan.groups) await addGroup(there, group)
  const places = await bringIn(there, planPlaces([], plan.trusts))
  if (!places.accepted) return places
  if (name.safeguarding) await sayText(there, 'safeguarding', name.safeguarding)
  for (const slice of slices) await slice.begins?.(there)
  for (const { post, name: called, email } of plan.people) {
    await inviteInto(tx, house, { id: made.id, slug: name.slug }, { post, name: called, email })
  }
  await enter(tx, own.id)
  await doing.happened({ kind: 'network', id: own.id }, [happened('other-network-made', { slug: name.slug })])
  return accept({ id: made.id, slug: name.slug })
}
