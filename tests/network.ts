import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import type { Channel, Tx } from '#platform/database/tables.ts'
import type { Post, Role } from '#platform/permission.ts'
import { openTestHouse, type TestHouse } from './house.ts'
import { NoScriptPerson } from './person.ts'

/** Somebody of a network, signed in, with a no-script browser in hand. */
export class Someone extends NoScriptPerson {
  constructor(
    private readonly house: TestHouse,
    readonly id: number,
    readonly accountId: string | undefined,
    readonly fullName: string,
    readonly networkId: number,
    readonly slug: string,
  ) {
    super(house.app, fullName)
  }

  async signsIn(): Promise<this> {
    if (!this.accountId) throw new Error(`${this.fullName} cannot sign in`)
    const cookie = await this.house.house.sessions.start(this.accountId, { secondFactor: true })
    this.takesCookies(new Response(null, { headers: { 'set-cookie': cookie } }))
    return this
  }

  /** What this person was told, newest last: `subject` and `body` as written for their channel. */
  async wasTold(): Promise<
    { subject: string; body: string; channel: Channel; kind: string; state: string }[]
  > {
    return await this.house.database.network(this.networkId, tx =>
      tx
        .selectFrom('message')
        .select(['subject', 'body', 'channel', 'kind', 'state'])
        .where('person_id', '=', this.id)
        .orderBy('id')
        .execute(),
    )
  }
}

export interface PersonWish {
  name?: string
  channel?: Channel
  email?: string | null
  phone?: string | null
  postalAddress?: string | null
  memberships?: { group: string; role: Role; voting?: boolean; lay?: boolean }[]
  posts?: Post[]
  trustContactOf?: string
  /** False: known to the network, without an account. */
  signsIn?: boolean
}

export interface TestNetwork {
  readonly house: TestHouse
  readonly id: number
  readonly slug: string
  readonly groups: Record<'board' | 'paediatric' | 'mri', number>
  readonly trustId: number
  readonly siteId: number
  readonly priorityId: number
  readonly projectId: number
  /** Next meeting of the board, 15 days on. */
  readonly meetingId: number
  readonly volunteer: Someone
  readonly secondVolunteer: Someone
  readonly coordinator: Someone
  readonly portfolioManager: Someone
  readonly director: Someone
  readonly boardChair: Someone
  readonly boardMember: Someone
  readonly sigChair: Someone
  readonly sigDeputy: Someone
  readonly sigMember: Someone
  readonly administrator: Someone
  readonly trustContact: Someone
  /** Has no membership yet. */
  readonly applicant: Someone
  /** A volunteer of another network in the same installation. */
  readonly stranger: Someone
  readonly visitor: NoScriptPerson
  readonly otherSlug: string
  aPerson(wish?: PersonWish): Promise<Someone>
  inNetwork<T>(work: (tx: Tx) => Promise<T>): Promise<T>
}

let counter = 0

/** Two networks on one clean database; everyone of the first signed in. */
export async function aNetwork(given?: TestHouse): Promise<TestNetwork> {
  const house = given ?? (await openTestHouse())
  const mark = ++counter
  const first = await makeNetwork(house, `first-${mark}`, 'First Imaging Network')
  const other = await makeNetwork(house, `other-${mark}`, 'Other Imaging Network')
  const make = (wish: PersonWish) => makePerson(house, first, wish)
  const inGroup = (group: string, role: Role, more: { voting?: boolean; lay?: boolean } = {}) => [
    { group, role, ...more },
  ]
  return {
    house,
    id: first.id,
    slug: first.slug,
    otherSlug: other.slug,
    groups: { board: first.groups.board!, paediatric: first.groups.paediatric!, mri: first.groups.mri! },
    trustId: first.trustId,
    siteId: first.siteId,
    priorityId: first.priorityId,
    projectId: first.projectId,
    meetingId: first.meetingId,
    volunteer: await make({
      name: 'Vera Volunteer',
      memberships: inGroup('board', 'volunteer', { voting: true, lay: true }),
    }),
    secondVolunteer: await make({
      name: 'Sam Second',
      memberships: inGroup('board', 'volunteer', { voting: true, lay: true }),
    }),
    coordinator: await make({ name: 'Cora Ordinator', posts: ['co-ordinator'] }),
    portfolioManager: await make({ name: 'Petra Manager', posts: ['portfolio-manager'] }),
    director: await make({ name: 'Dora Director', posts: ['director'] }),
    boardChair: await make({ name: 'Bea Chair', memberships: inGroup('board', 'chair', { voting: true }) }),
    boardMember: await make({ name: 'Mo Member', memberships: inGroup('board', 'member', { voting: true }) }),
    sigChair: await make({ name: 'Sid Chair', memberships: inGroup('paediatric', 'chair') }),
    sigDeputy: await make({ name: 'Di Deputy', memberships: inGroup('paediatric', 'deputy') }),
    sigMember: await make({ name: 'Meg Member', memberships: inGroup('paediatric', 'member') }),
    administrator: await make({ name: 'Ada Ministrator', posts: ['administrator'] }),
    trustContact: await make({ name: 'Tina Trust', trustContactOf: 'first-trust' }),
    applicant: await make({ name: 'Abe Applicant' }),
    stranger: await makePerson(house, other, {
      name: 'Stan Stranger',
      memberships: inGroup('board', 'volunteer', { voting: true, lay: true }),
    }),
    visitor: new NoScriptPerson(house.app),
    aPerson: (wish = {}) => make(wish),
    inNetwork: work => house.database.network(first.id, work),
  }
}

interface MadeNetwork {
  id: number
  slug: string
  groups: Record<string, number>
  trustId: number
  siteId: number
  priorityId: number
  projectId: number
  meetingId: number
}

async function makeNetwork(house: TestHouse, slug: string, name: string): Promise<MadeNetwork> {
  const { id } = await house.database.pool
    .insertInto('network')
    .values({
      slug,
      name,
      short_name: name.replace(' Imaging Network', ''),
      facts: JSON.stringify({ phone: '0121 496 0001' }),
      is_demo: true,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return await house.database.network(id, async tx => {
    const groups: Record<string, number> = {}
    for (const [key, groupName, kind] of [
      ['board', 'Operational Board', 'board'],
      ['paediatric', 'Paediatric Special Interest Group', 'sig'],
      ['mri', 'MRI Special Interest Group', 'sig'],
    ] as const) {
      const made = await tx
        .insertInto('network_group')
        .values({
          network_id: id,
          slug: key,
          name: groupName,
          short_name: groupName.replace('Special Interest Group', 'SIG'),
          kind,
          about: 'A group for tests.',
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      groups[key] = made.id
    }
    const trust = await tx
      .insertInto('trust')
      .values({
        network_id: id,
        slug: 'first-trust',
        name: 'First Hospitals NHS Trust',
        short_name: 'First Hospitals',
        ods_code: 'RXX',
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    const site = await tx
      .insertInto('site')
      .values({
        network_id: id,
        trust_id: trust.id,
        slug: 'first-hospital',
        name: 'First Hospital',
        town: 'Birmingham',
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    const priority = await tx
      .insertInto('priority')
      .values({ network_id: id, slug: 'training', title: 'Training staff', about: 'How staff learn.' })
      .returning('id')
      .executeTakeFirstOrThrow()
    const project = await tx
      .insertInto('project')
      .values({ network_id: id, slug: 'letters', title: 'Better letters', about: 'Letters people can read.' })
      .returning('id')
      .executeTakeFirstOrThrow()
    const meeting = await tx
      .insertInto('meeting')
      .values({
        network_id: id,
        group_id: groups.board!,
        number: 1,
        title: 'Operational Board, June',
        starts_at: house.clock.now().add({ hours: 24 * 15 }),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    // The next one that is planned is numbered after it.
    await tx.insertInto('counter').values({ network_id: id, kind: 'meeting', last: 1 }).execute()
    return {
      id,
      slug,
      groups,
      trustId: trust.id,
      siteId: site.id,
      priorityId: priority.id,
      projectId: project.id,
      meetingId: meeting.id,
    }
  })
}

async function makePerson(house: TestHouse, network: MadeNetwork, wish: PersonWish): Promise<Someone> {
  const mark = ++counter
  const name = wish.name ?? `Person ${mark}`
  const email = wish.email === undefined ? `person-${mark}@example.org` : wish.email
  const accountId = wish.signsIn === false ? undefined : `account-${mark}`
  if (accountId) {
    await sql`insert into account (id, name, email, email_verified)
              values (${accountId}, ${name}, ${email ?? `account-${mark}@example.org`}, true)`.execute(
      house.database.pool,
    )
  }
  const from = Temporal.PlainDate.from('2025-01-01')
  const id = await house.database.network(network.id, async tx => {
    const person = await tx
      .insertInto('person')
      .values({
        network_id: network.id,
        account_id: accountId ?? null,
        name,
        known_as: name.split(' ')[0]!,
        email,
        phone: wish.phone === undefined ? '07700 900123' : wish.phone,
        postal_address:
          wish.postalAddress === undefined ? '1 Example Street, Birmingham' : wish.postalAddress,
        channel: wish.channel ?? 'email',
        demo_key: null,
        created_at: house.clock.now(),
        left_on: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    for (const each of wish.memberships ?? []) {
      await tx
        .insertInto('membership')
        .values({
          network_id: network.id,
          person_id: person.id,
          group_id: network.groups[each.group]!,
          role: each.role,
          voting: each.voting ?? false,
          lay: each.lay ?? false,
          from_on: from,
          to_on: null,
        })
        .execute()
    }
    for (const post of wish.posts ?? []) {
      await tx
        .insertInto('post_holding')
        .values({ network_id: network.id, person_id: person.id, post, from_on: from, to_on: null })
        .execute()
    }
    if (wish.trustContactOf) {
      await tx
        .insertInto('trust_contact')
        .values({
          network_id: network.id,
          person_id: person.id,
          trust_id: network.trustId,
          from_on: from,
          to_on: null,
        })
        .execute()
    }
    return person.id
  })
  const someone = new Someone(house, id, accountId, name, network.id, network.slug)
  return accountId ? await someone.signsIn() : someone
}
