import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { appendAudit } from '#platform/audit.ts'
import type { Tx } from '#platform/database/tables.ts'
import { worksAgain } from '#platform/delivery/came-back.ts'
import { doingOf } from '#platform/doing.ts'
import type { House } from '#platform/house.ts'
import { otherLanguages } from '#platform/languages/words.ts'
import type { Telling } from '#platform/outbox.ts'
import { shaped } from '#platform/shaping.ts'

export type Letter = Pick<Telling, 'key' | 'kind' | 'subject' | 'paragraphs' | 'link'>

/**
 * Writes an e-mail to one address, whatever channel the person chose for everything else: who asks for a code at
 * an e-mail address needs it there. The same statements whether there is such a person or not, so that neither
 * the answer nor its time tells (R66).
 */
export async function writeEmail(
  tx: Tx,
  house: House,
  personId: number,
  address: string,
  letter: Letter,
): Promise<void> {
  const found = await tx
    .selectFrom('person')
    .innerJoin('network', 'network.id', 'person.network_id')
    .leftJoin('preference', join =>
      join
        .onRef('preference.network_id', '=', 'person.network_id')
        .onRef('preference.person_id', '=', 'person.id'),
    )
    .select([
      'person.name',
      'person.known_as',
      'person.large_print',
      'preference.language',
      'network.id',
      'network.name as network',
      'network.short_name',
      sql<string | null>`network.facts ->> 'phone'`.as('phone'),
      sql<Record<string, unknown>>`coalesce((select jsonb_object_agg(s.name, s.value) from (
        select distinct on (name) name, value from network_setting where from_on <= ${house.clock.today()}
        order by name, from_on desc, id desc) s), '{}')`.as('settings'),
    ])
    .where('person.id', '=', personId)
    .executeTakeFirst()
  const from = {
    publicUrl: house.publicUrl(),
    network: {
      id: found?.id ?? 0,
      name: found?.network ?? '',
      shortName: found?.short_name ?? '',
      phone: found?.phone ?? null,
      settings: found?.settings ?? {},
    },
    missing: house.missingTexts,
  }
  const person = found ?? { name: '', known_as: '', large_print: false }
  const now = house.clock.now()
  // In each language, so that the time it takes is the same for everybody.
  const [words, ...others] = ([null, ...otherLanguages] as const).map(language => ({
    language,
    ...shaped('email', { ...person, language }, letter, from),
  }))
  const { subject, body, layout, english } = others.find(each => each.language === found?.language) ?? words!
  await sql`
    insert into message (network_id, key, person_id, address, channel, kind, subject, body, layout, english, about_kind, about_id,
                         next_try_at, created_at)
    select network_id, ${letter.key}, id, ${address}, 'email', ${letter.kind},
           ${subject}, ${body}, ${layout}::jsonb, ${english}::jsonb,
           'account', '', ${now}, ${now}
    from person where id = ${personId} and left_on is null`.execute(tx)
}

interface Place {
  network_id: number
  slug: string
  name: string
  person_id: number
}

/** Where this account belongs: through the one named door across networks. */
export async function placesOf(house: House, accountId: string): Promise<readonly Place[]> {
  const found = await sql<Place>`
    select network_id, slug, name, person_id from networks_of_account(${accountId})`.execute(
    house.database.pool,
  )
  return found.rows
}

/** What happened to somebody's way of signing in is in the audit log of each of their networks (R58). */
export async function auditAccount(house: House, accountId: string, action: string): Promise<void> {
  for (const place of await placesOf(house, accountId)) {
    await house.database.network(place.network_id, tx =>
      appendAudit(tx, {
        at: house.clock.now(),
        personId: place.person_id,
        action,
        thingKind: 'account',
        thingId: accountId,
      }),
    )
  }
}

/** Whoever types a code that we sent to an address has shown that it works. */
export async function codeArrived(house: House, accountId: string, address: string): Promise<void> {
  for (const { slug, person_id } of await placesOf(house, accountId)) {
    await house.database.enter(
      { slug, accountId: undefined, today: house.clock.today() },
      async (tx, entry) => {
        if (entry) await worksAgain(doingOf(house, tx, entry, undefined), person_id, address)
      },
    )
  }
}

/** The way in was changed: whoever did not do it themselves hears of it, at the address that the account has. */
export async function tellOfChange(
  house: House,
  accountId: string,
  what: string,
  address?: string,
): Promise<void> {
  const [place] = await placesOf(house, accountId)
  const account = await house.database.pool
    .selectFrom('account')
    .select('email')
    .where('id', '=', accountId)
    .executeTakeFirst()
  if (!place || !account) return
  await house.database.network(place.network_id, tx =>
    writeEmail(tx, house, place.person_id, address ?? account.email, {
      key: `account-changed:${accountId}:${randomUUID()}`,
      kind: 'account-changed',
      subject: 'how you sign in was changed',
      paragraphs: [what, 'If this was you, there is nothing to do. If it was not, ring us at once.'],
      link: { path: '/account', words: 'See your account' },
    }),
  )
  house.wakeWorker()
}
