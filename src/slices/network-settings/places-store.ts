import { type SqlBool, sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { accept, type Decision, happened, refuse } from '#kernel/decision.ts'
import type { PlainDate, Tx } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import type { KnownTrust, PlaceSite, PlacesPlan, PlaceTrust } from './places.ts'
import { freeSlug } from './slug.ts'

export interface TrustInFull {
  readonly id: number
  readonly slug: string
  readonly name: string
  readonly shortName: string
  readonly ods: string | null
  readonly system: string
  readonly from: PlainDate | null
  readonly to: PlainDate | null
  readonly became: { readonly id: number; readonly name: string; readonly slug: string } | null
  readonly hospitals: readonly SiteInFull[]
  /** Guards a form against a stale one. */
  readonly version: number
}

export interface SiteInFull {
  readonly id: number
  readonly slug: string
  readonly name: string
  readonly town: string
  readonly ods: string | null
  readonly from: string | null
  readonly to: string | null
}

/** All Trusts of the network with their hospitals, or one of them, in one statement. */
export async function trustsOf(tx: Tx, slug?: string, forChange = false): Promise<TrustInFull[]> {
  if (forChange)
    await tx
      .selectFrom('trust')
      .select('id')
      .where('slug', '=', slug ?? '')
      .forUpdate()
      .execute()
  return await tx
    .selectFrom('trust as t')
    .select([
      't.id',
      't.slug',
      't.name',
      't.short_name as shortName',
      't.ods_code as ods',
      't.system_name as system',
    ])
    .select(['t.from_on as from', 't.to_on as to'])
    .select([
      sql<
        TrustInFull['became']
      >`(select jsonb_build_object('id', b.id, 'name', b.name, 'slug', b.slug) from trust b
        where b.network_id = t.network_id and b.id = t.became_trust_id)`.as('became'),
      sql<
        SiteInFull[]
      >`coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'slug', s.slug, 'name', s.name,
          'town', s.town, 'ods', s.ods_code, 'from', s.from_on, 'to', s.to_on) order by s.name, s.id)
        from site s where s.network_id = t.network_id and s.trust_id = t.id), '[]')`.as('hospitals'),
      sql<number>`abs(hashtext(t::text))`.as('version'),
    ])
    .$if(slug !== undefined, query => query.where('t.slug', '=', slug!))
    .orderBy('t.name')
    .orderBy('t.id')
    .limit(1000)
    .execute()
}

export const asKnown = (trusts: readonly TrustInFull[]): KnownTrust[] => trusts.map(({ ...each }) => each)

/** Slugs are never given twice, also where a name comes back. */
async function takenSlugs(tx: Tx, table: 'trust' | 'site'): Promise<Set<string>> {
  return new Set((await tx.selectFrom(table).select('slug').execute()).map(each => each.slug))
}

/** Who holds this code already: a code belongs to one Trust and to one hospital. */
async function codeTaken(tx: Tx, table: 'trust' | 'site', ods: string | null, butNot?: number) {
  if (ods === null) return undefined
  const found = await tx
    .selectFrom(table)
    .select('name')
    .where('ods_code', '=', ods)
    .$if(butNot !== undefined, query => query.where('id', '<>', butNot!))
    .executeTakeFirst()
  return found && refuse('code-taken', `The code ${ods} is the code of ${found.name}`)
}

export interface TrustWords {
  readonly name: string
  readonly shortName: string
  readonly ods: string | null
  readonly system: string
}

export async function addTrust(
  doing: Doing,
  given: TrustWords,
): Promise<Decision<{ id: number; slug: string }>> {
  const { tx, network } = doing
  const taken = await codeTaken(tx, 'trust', given.ods)
  if (taken) return taken
  const slug = freeSlug(given.name, 'trust', await takenSlugs(tx, 'trust'))
  const { id } = await tx
    .insertInto('trust')
    .values({
      network_id: network.id,
      slug,
      name: given.name,
      short_name: given.shortName || given.name,
      ods_code: given.ods,
      system_name: given.system,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await doing.happened({ kind: 'trust', id }, [happened('trust-added', { name: given.name, ods: given.ods })])
  return accept({ id, slug })
}

export async function changeTrust(
  doing: Doing,
  before: TrustInFull,
  to: TrustWords,
): Promise<Decision<true>> {
  const taken = await codeTaken(doing.tx, 'trust', to.ods, before.id)
  if (taken) return taken
  const changes = changed(
    { name: before.name, shortName: before.shortName, ods: before.ods, system: before.system },
    { ...to, shortName: to.shortName || to.name },
  )
  if (changes.length === 0) return accept(true)
  await doing.tx
    .updateTable('trust')
    .set({ name: to.name, short_name: to.shortName || to.name, ods_code: to.ods, system_name: to.system })
    .where('id', '=', before.id)
    .execute()
  await doing.happened({ kind: 'trust', id: before.id }, [
    happened('trust-changed', { name: to.name, changes }),
  ])
  return accept(true)
}

export async function addSite(
  doing: Doing,
  trust: { readonly id: number; readonly name: string },
  given: PlaceSite,
): Promise<Decision<{ id: number; slug: string }>> {
  const taken = await codeTaken(doing.tx, 'site', given.ods)
  if (taken) return taken
  const slug = freeSlug(given.name, 'hospital', await takenSlugs(doing.tx, 'site'))
  const { id } = await doing.tx
    .insertInto('site')
    .values({
      network_id: doing.network.id,
      trust_id: trust.id,
      slug,
      name: given.name,
      town: given.town,
      ods_code: given.ods,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await doing.happened({ kind: 'site', id }, [
    happened('site-added', { name: given.name, trust: trust.name, ods: given.ods }),
  ])
  return accept({ id, slug })
}

export async function changeSite(
  doing: Doing,
  before: SiteInFull,
  to: PlaceSite & { readonly closedOn: PlainDate | null },
): Promise<Decision<true>> {
  const taken = await codeTaken(doing.tx, 'site', to.ods, before.id)
  if (taken) return taken
  const closed = to.closedOn?.toString() ?? null
  const changes = changed(
    { name: before.name, town: before.town, ods: before.ods, closed: before.to },
    { name: to.name, town: to.town, ods: to.ods, closed },
  )
  if (changes.length === 0) return accept(true)
  await doing.tx
    .updateTable('site')
    .set({ name: to.name, town: to.town, ods_code: to.ods, to_on: to.closedOn })
    .where('id', '=', before.id)
    .execute()
  await doing.happened({ kind: 'site', id: before.id }, [
    happened('site-changed', { name: to.name, changes }),
  ])
  return accept(true)
}

function changed<Of extends Record<string, string | null>>(before: Of, after: Of) {
  return Object.keys(before)
    .filter(each => before[each] !== after[each])
    .map(what => ({ what, from: before[what], to: after[what] }))
}

/**
 * From `on` this Trust is part of another: on that day its hospitals, its people and its contact go there; the Trust
 * itself stays, with its code and its days, for whatever names it (R69).
 */
export async function mergeTrust(
  doing: Doing,
  trust: TrustInFull,
  into: TrustInFull,
  on: PlainDate,
): Promise<Decision<true>> {
  if (into.id === trust.id) return refuse('same', 'A Trust cannot become part of itself')
  if (trust.to !== null) return refuse('ended', `${trust.name} has ended already`)
  if (into.to !== null) return refuse('into-ended', `${into.name} ends itself. Choose another Trust`)
  await doing.tx
    .updateTable('trust')
    .set({ to_on: on.subtract({ days: 1 }), became_trust_id: into.id })
    .where('id', '=', trust.id)
    .execute()
  await doing.happened({ kind: 'trust', id: trust.id }, [
    happened('trust-merged', { name: trust.name, into: into.name, on: on.toString() }),
  ])
  await moveMerged(doing)
  return accept(true)
}

/** A merger that has not come yet can be taken back. */
export async function takeMergerBack(doing: Doing, trust: TrustInFull): Promise<Decision<true>> {
  if (trust.to === null || trust.became === null) return refuse('none', 'There is no merger to take back')
  if (trust.to.toString() < doing.today.toString()) {
    return refuse('happened', 'The merger has happened. Put each hospital right by hand')
  }
  await doing.tx
    .updateTable('trust')
    .set({ to_on: null, became_trust_id: null })
    .where('id', '=', trust.id)
    .execute()
  await doing.happened({ kind: 'trust', id: trust.id }, [happened('merger-taken-back', { name: trust.name })])
  return accept(true)
}

/** Each night: mergers whose day has come. Done once; harmless when run again. */
export async function moveMerged(doing: Doing): Promise<void> {
  const { tx, today } = doing
  const due = await tx
    .selectFrom('trust as t')
    .select(['t.id', 't.name', 't.became_trust_id as into', 't.to_on as to'])
    .where('t.to_on', '<', today)
    .where('t.became_trust_id', 'is not', null)
    .where(
      sql<SqlBool>`(exists (select from site s where s.network_id = t.network_id and s.trust_id = t.id)
        or exists (select from person p where p.network_id = t.network_id and p.trust_id = t.id)
        or exists (select from trust_contact c where c.network_id = t.network_id and c.trust_id = t.id
          and (c.to_on is null or c.to_on > t.to_on)))`,
    )
    .orderBy('t.to_on')
    .orderBy('t.id')
    .execute()
  for (const { id, name, into, to } of due) {
    const sites = await tx
      .updateTable('site')
      .set({ trust_id: into! })
      .where('trust_id', '=', id)
      .executeTakeFirst()
    await tx.updateTable('person').set({ trust_id: into }).where('trust_id', '=', id).execute()
    // Whoever was the contact goes on in the new Trust, unless they are its contact already.
    await sql`insert into trust_contact (network_id, person_id, trust_id, from_on, to_on)
      select c.network_id, c.person_id, ${into}, ${to!.add({ days: 1 })}::date, c.to_on from trust_contact c
      where c.trust_id = ${id} and (c.to_on is null or c.to_on > ${to}) and not exists (
        select from trust_contact o where o.network_id = c.network_id and o.person_id = c.person_id
          and o.trust_id = ${into} and (o.to_on is null or o.to_on > ${to}))`.execute(tx)
    await sql`update trust_contact set to_on = greatest(${to}::date, from_on)
      where trust_id = ${id} and (to_on is null or to_on > ${to})`.execute(tx)
    await doing.happened({ kind: 'trust', id }, [
      happened('trust-moved', { name, hospitals: Number(sites.numUpdatedRows) }),
    ])
  }
}

/** What a dry run showed, done: every line through the same steps as by hand. */
export async function bringIn(doing: Doing, plan: PlacesPlan): Promise<Decision<true>> {
  const full = new Map((await trustsOf(doing.tx)).map(each => [each.id, each]))
  for (const { id, to } of plan.changedTrusts) {
    const before = full.get(id)
    const done = before && (await changeTrust(doing, before, { ...before, ...words(to) }))
    if (done && !done.accepted) return done
  }
  const sites = new Map([...full.values()].flatMap(trust => trust.hospitals.map(site => [site.id, site])))
  for (const { id, to } of plan.changedSites) {
    const before = sites.get(id)
    const done =
      before &&
      (await changeSite(doing, before, {
        ...to,
        closedOn: before.to === null ? null : Temporal.PlainDate.from(before.to),
      }))
    if (done && !done.accepted) return done
  }
  for (const trust of plan.newTrusts) {
    const made = await addTrust(doing, { ...words(trust), shortName: '' })
    if (!made.accepted) return made
    for (const site of trust.hospitals) {
      const added = await addSite(doing, { id: made.state.id, name: trust.name }, site)
      if (!added.accepted) return added
    }
  }
  for (const { trust, trustId, site } of plan.newSites) {
    const added = await addSite(doing, { id: trustId, name: trust }, site)
    if (!added.accepted) return added
  }
  return accept(true)
}

const words = ({ name, ods, system }: PlaceTrust) => ({ name, ods, system })
