import { sql } from 'kysely'
import { appendAudit } from '#platform/audit.ts'
import type { Tx } from '#platform/database/tables.ts'
import type { House } from '#platform/house.ts'
import type { Post } from '#platform/permission.ts'
import { writeEmail } from './letters.ts'
import { signInPaths } from './paths.ts'

export const posts: readonly Post[] = ['co-ordinator', 'portfolio-manager', 'director', 'administrator']

export interface Invitation {
  readonly network: string
  readonly email: string
  readonly name: string
  readonly post: Post
}

/**
 * The first people of a network, and whoever lost every second factor: known by their e-mail address, holding a
 * post from today, told by e-mail where to sign in. Harmless when done twice.
 * @returns the address to sign in at, or undefined when there is no such network
 */
export async function invite(house: House, given: Invitation): Promise<string | undefined> {
  const today = house.clock.today()
  const where = signInPaths.signIn(`/${given.network}/home`)
  const done = await house.database.enter(
    { slug: given.network, accountId: undefined, today },
    async (tx, network) => {
      if (!network) return false
      await inviteInto(tx, house, network, given)
      return true
    },
  )
  return done ? house.publicUrl() + where : undefined
}

/** The same, inside the transaction in which the network is made or entered. */
export async function inviteInto(
  tx: Tx,
  house: House,
  network: { readonly id: number; readonly slug: string },
  given: Omit<Invitation, 'network'>,
): Promise<number> {
  const now = house.clock.now()
  const today = house.clock.today()
  const known = await tx
    .selectFrom('person')
    .select('id')
    .where(sql`lower(email)`, '=', given.email.toLowerCase())
    .executeTakeFirst()
  const { id } =
    known ??
    (await tx
      .insertInto('person')
      .values({
        network_id: network.id,
        account_id: null,
        name: given.name,
        known_as: given.name.split(' ')[0]!,
        email: given.email,
        phone: null,
        postal_address: null,
        channel: 'email',
        demo_key: null,
        created_at: now,
        left_on: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow())
  const holds = await tx
    .selectFrom('post_holding')
    .select('id')
    .where('person_id', '=', id)
    .where('post', '=', given.post)
    .where(({ or, eb }) => or([eb('to_on', 'is', null), eb('to_on', '>=', today)]))
    .executeTakeFirst()
  if (holds) return id
  await tx
    .insertInto('post_holding')
    .values({ network_id: network.id, person_id: id, post: given.post, from_on: today, to_on: null })
    .execute()
  await writeEmail(tx, house, id, given.email, {
    key: `invited:${id}:${given.post}:${today}`,
    kind: 'invited',
    subject: 'you can sign in',
    paragraphs: [
      'You have a post in this network now.',
      'Sign in with this e-mail address. You need no password. The first time you also set up a second proof: an app or a passkey.',
    ],
    link: { path: signInPaths.signIn(`/${network.slug}/home`), words: 'Sign in here', open: true },
  })
  await appendAudit(tx, {
    at: now,
    personId: null,
    action: 'invited',
    thingKind: 'person',
    thingId: String(id),
  })
  return id
}

/** Somebody lost app, passkeys and recovery codes: forgotten, so that the next sign-in sets up a new one. */
export async function forgetSecondFactors(house: House, email: string): Promise<boolean> {
  const { pool } = house.database
  const account = await pool
    .selectFrom('account')
    .select('id')
    .where(sql`lower(email)`, '=', email.toLowerCase())
    .executeTakeFirst()
  if (!account) return false
  await pool.deleteFrom('second_factor').where('account_id', '=', account.id).execute()
  await pool.deleteFrom('passkey').where('account_id', '=', account.id).execute()
  await house.sessions.endAll(account.id)
  return true
}
