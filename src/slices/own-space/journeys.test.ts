import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { aNetwork, type Someone, type TestNetwork } from '#tests/network.ts'

let network: TestNetwork
let space: string
let spaceId: number
const secret = 'The chair talks over us, said quietly'
const lay = { memberships: [{ group: 'board', role: 'volunteer' as const, lay: true }] }

beforeAll(async () => {
  network = await aNetwork()
  const home = await network.volunteer.reads(`/${network.slug}/home`)
  const list = await home.follow('Volunteers’ own space')
  const opened = await list.press('Open a space: All volunteers')
  space = opened.path
  spaceId = Number(space.split('/').at(-1))
})

async function begins(by: Someone, title: string, words: string): Promise<string> {
  const page = await by.reads(`${space}/topics/new`)
  const done = await page
    .fill('What is it about?', title)
    .fill('What you want to say', words)
    .press('Post it')
  expect(done.status).toBe(200)
  return done.path
}

/** All rows of all tables of the space, as the database shows them to somebody. */
async function rowsFor(
  person: Someone | undefined,
  day = network.house.clock.today().toString(),
): Promise<number> {
  return await network.inNetwork(async tx => {
    await sql`select set_config('app.person', ${person ? String(person.id) : ''}, true),
      set_config('app.today', ${day}, true)`.execute(tx)
    const found = await sql<{
      n: number
    }>`select (select count(*) from own_space_topic) + (select count(*) from own_space_post)
      + (select count(*) from own_space_report) + (select count(*) from own_space_election)
      + (select count(*) from own_space_candidate) + (select count(*) from own_space_vote)
      + (select count(*) from own_space_bringing) + (select count(*) from own_space_signing) as n`.execute(tx)
    return Number(found.rows[0]!.n)
  })
}

describe('PEOPLE-12 nobody but volunteers', () => {
  test('PEOPLE-12 no post, chair, professional member, Trust’s contact or administrator reads it: no page, no row, no message', async () => {
    const topic = await begins(network.volunteer, 'How meetings feel', secret)
    const withPost = await network.aPerson({ ...lay, name: 'Both', posts: ['co-ordinator'] })
    const withChair = await network.aPerson({
      memberships: [...lay.memberships, { group: 'mri', role: 'chair' }],
    })
    const withAdministration = await network.aPerson({ ...lay, posts: ['administrator'] })
    const withTrust = await network.aPerson({ ...lay, trustContactOf: 'first-trust' })
    const outside = [
      network.coordinator,
      network.portfolioManager,
      network.director,
      network.administrator,
      network.boardChair,
      network.sigChair,
      network.sigDeputy,
      network.boardMember,
      network.trustContact,
      network.applicant,
      withPost,
      withChair,
      withAdministration,
      withTrust,
      network.stranger,
    ]
    expect(await rowsFor(network.volunteer)).toBeGreaterThan(1)
    expect(await rowsFor(network.secondVolunteer)).toBe(await rowsFor(network.volunteer))
    expect(await rowsFor(undefined)).toBe(0)
    // Without the day of the visit the door stays shut as well.
    expect(await rowsFor(network.volunteer, '')).toBe(0)
    for (const person of outside) {
      for (const path of [
        space,
        topic,
        `${space}/rules`,
        `${space}/reports`,
        `${space}/moderator`,
        `${space}/bring`,
      ]) {
        expect([person.fullName, path, (await person.opens(path)).status]).toEqual([
          person.fullName,
          path,
          404,
        ])
      }
      const home = await person.opens(`/${network.slug}/home`)
      expect(home.hasLink('Volunteers’ own space')).toBe(false)
      const found = await person.opens(`/${network.slug}/search?q=chair+talks+over`)
      expect(found.text).not.toContain('said quietly')
      if (person !== network.stranger) {
        expect([person.fullName, await rowsFor(person)]).toEqual([person.fullName, 0])
      }
      expect(
        (await person.wasTold()).filter(each => /said quietly|How meetings feel/.test(each.body)),
      ).toEqual([])
    }
    // Nor does history, the audit log, a draft or a message hold a word of it.
    for (const table of ['history', 'audit', 'draft', 'message', 'submission']) {
      const { rows } = await network.house.owner.query(
        `select count(*)::integer as n from ${table} t where t::text like '%said quietly%' or t::text like '%How meetings feel%'`,
      )
      expect([table, rows[0].n]).toEqual([table, 0])
    }
  })

  test('PEOPLE-12 who takes a post is out that day, and out of the moderator’s chair', async () => {
    const person = await network.aPerson(lay)
    expect((await person.opens(space)).status).toBe(200)
    await network.inNetwork(async tx => {
      await tx
        .insertInto('post_holding')
        .values({
          network_id: network.id,
          person_id: person.id,
          post: 'co-ordinator',
          from_on: network.house.clock.today(),
          to_on: null,
        })
        .execute()
      await tx
        .updateTable('own_space')
        .set({ moderator_person_id: person.id, moderator_since: network.house.clock.today() })
        .where('id', '=', spaceId)
        .execute()
    })
    expect((await person.opens(space)).status).toBe(404)
    expect(await rowsFor(person)).toBe(0)
    await network.house.runDue()
    expect((await network.volunteer.reads(`${space}/moderator`)).text).toContain('There is no moderator now.')
  })

  test('PEOPLE-12 a group’s space is for the volunteers of that group', async () => {
    const page = await network.aPerson({ memberships: [{ group: 'mri', role: 'volunteer', lay: true }] })
    const list = await page.reads(`/${network.slug}/own-space`)
    const opened = await list.press('Open a space: Volunteers of MRI Special Interest Group')
    expect(opened.status).toBe(200)
    expect((await network.volunteer.opens(opened.path)).status).toBe(404)
  })
})

test('PEOPLE-12 somebody answers, writes down what another said on the phone, and takes their own words away', async () => {
  const { volunteer, secondVolunteer } = network
  const topic = await begins(volunteer, 'Buses', 'Which bus goes there?')
  const page = await secondVolunteer.reads(topic)
  const empty = await page.press('Post it')
  expect(empty.errors).toEqual(['Write what you want to say'])
  const caller = await network.aPerson({ ...lay, name: 'Cora Phone', signsIn: false })
  const read = await secondVolunteer.reads(topic)
  const posted = await read
    .fill('What you want to say', 'The 14, says Cora.')
    .fill('Whose words are these?', String(caller.id))
    .press('Post it')
  expect(posted.text).toContain('Cora Phone, written down by you')
  const gone = await (await posted.follow('Take it away')).press('Take it away')
  expect(gone.status).toBe(200)
  expect((await volunteer.reads(topic)).text).not.toContain('The 14')
  // Nobody takes away the words of another.
  const id = await network.house.owner.query(
    'select id from own_space_post where by_person_id = $1 order by id desc limit 1',
    [volunteer.id],
  )
  expect((await secondVolunteer.opens(`${space}/posts/${id.rows[0].id}/take-away`)).status).toBe(404)
})

test('PEOPLE-12 a moderator is elected, looks at a report in time, hides a post with a reason, and messages say nothing of it', async () => {
  const { volunteer, secondVolunteer, house } = network
  const third = await network.aPerson({ ...lay, name: 'Tess Third' })
  const begun = await (await volunteer.reads(`${space}/moderator`)).press('Begin an election')
  await begun.fill('Why you stand', 'I listen first.').press('I stand for moderator')
  await (await secondVolunteer.reads(`${space}/moderator`)).press('I stand for moderator')
  house.clock.daysOn(8)
  for (const person of [volunteer, secondVolunteer, third]) await person.signsIn()
  const vote = await (await third.reads(`/${network.slug}/home`)).follow('Vote for a moderator')
  const none = await vote.press('Vote')
  expect(none.errors).toEqual(['Tick at least one name'])
  await none.choose(volunteer.fullName).press('Vote')
  const changed = await third.reads(`${space}/moderator`)
  await changed.choose(volunteer.fullName).press('Change my vote')
  house.clock.daysOn(10)
  await house.runDue()
  for (const person of [volunteer, secondVolunteer, third]) await person.signsIn()
  const over = await third.reads(`${space}/moderator`)
  expect(over.text).toContain(`${volunteer.fullName} was elected moderator.`)
  const votes = await network.house.owner.query('select count(*)::integer as n from own_space_vote')
  expect(votes.rows[0].n).toBe(0)

  const topic = await begins(secondVolunteer, 'Names', 'Something unkind about somebody.')
  const post = await third.reads(topic)
  const report = await post.follow('Report it')
  await report.fill('What troubles you about it?', 'It is unkind.').press('Report it')
  const again = await (await third.reads(topic)).follow('Report it')
  const twice = await again.fill('What troubles you about it?', 'Still.').press('Report it')
  expect(twice.errors).toEqual(['You have reported this already. It is being looked at'])
  const told = (await volunteer.wasTold()).at(-1)!
  expect(told.body).not.toContain('unkind')
  expect((await third.reads(`${space}/reports`)).text).toContain('Nothing waits for you.')
  const needs = await volunteer.reads(`/${network.slug}/home`)
  const reports = await needs.follow('Look at a reported post')
  const decide = await reports.follow(`A post of ${secondVolunteer.fullName}`)
  const path = decide.path
  expect((await third.opens(path)).status).toBe(404)
  await decide.choose('It is hidden').fill('Why?', 'Our rule: be kind.').press('Decide')
  expect((await third.reads(topic)).text).not.toContain('Something unkind')
  expect((await third.reads(topic)).text).toContain('Our rule: be kind.')
  expect((await secondVolunteer.reads(topic)).text).toContain('Something unkind')
  expect((await secondVolunteer.wasTold()).at(-1)!.body).not.toMatch(/unkind|be kind/)

  // Who reported whose words, and who decided, is on no list of the team.
  for (const person of [network.coordinator, network.portfolioManager, network.director]) {
    await person.signsIn()
    const list = await person.reads(`/${network.slug}/team/messages`)
    expect(list.text).not.toMatch(
      /something in the volunteers’ own space needs you|news from the volunteers’/,
    )
  }
  const { rows: sent } = await network.house.owner.query<{ kind: string }>(
    `select distinct kind from message where about_kind = 'own-space-private' order by kind`,
  )
  expect(sent.map(each => each.kind)).toEqual(['own-space-decided', 'own-space-report'])

  // The rules are the moderator’s to change.
  const rules = await volunteer.reads(`${space}/rules`)
  const saved = await rules.fill('Change the rules', 'Be kind.\nBe brief.').press('Save the rules')
  expect(saved.text).toContain('Be brief.')
  expect((await third.reads(`${space}/rules`)).hasButton('Save the rules')).toBe(false)
})

test('PEOPLE-12 a report that nobody looked at: who decides is reminded, and only they', async () => {
  const other = await aNetwork()
  const list = await other.volunteer.reads(`/${other.slug}/own-space`)
  const opened = (await list.press('Open a space: All volunteers')).path
  const page = await other.volunteer.reads(`${opened}/topics/new`)
  const topic = await page
    .fill('What is it about?', 'A')
    .fill('What you want to say', 'Words')
    .press('Post it')
  const third = await other.aPerson(lay)
  const report = await (await third.reads(topic.path)).follow('Report it')
  await report.fill('What troubles you about it?', 'Hm.').press('Report it')
  other.house.clock.daysOn(9)
  for (let n = 0; n < 2; n++) await other.house.runDue()
  const reminded = async (person: Someone) =>
    (await person.wasTold()).filter(each => each.body.includes('own space')).length
  expect(await reminded(other.secondVolunteer)).toBe(1)
  for (const person of [third, other.volunteer, other.coordinator, other.director, other.boardChair])
    expect(await reminded(person)).toBe(0)
})

test('PEOPLE-12 a moderator who is told by phone: the team rings, and learns only that something waits', async () => {
  const other = await aNetwork()
  const rung = await other.aPerson({ ...lay, name: 'Rita Rung', channel: 'phone' })
  const list = await other.volunteer.reads(`/${other.slug}/own-space`)
  const opened = (await list.press('Open a space: All volunteers')).path
  await other.house.owner.query('update own_space set moderator_person_id = $1 where id = $2', [
    rung.id,
    Number(opened.split('/').at(-1)),
  ])
  const page = await other.volunteer.reads(`${opened}/topics/new`)
  const topic = await page
    .fill('What is it about?', 'A')
    .fill('What you want to say', 'Words')
    .press('Post it')
  const report = await (await other.secondVolunteer.reads(topic.path)).follow('Report it')
  await report.fill('What troubles you about it?', 'Hm.').press('Report it')
  const told = (await rung.wasTold()).at(-1)!
  expect(told).toMatchObject({ channel: 'phone', state: 'by-hand' })
  expect(`${told.kind} ${told.subject} ${told.body}`).not.toMatch(/space|report|moderator/)
  const calls = await other.coordinator.reads(`/${other.slug}/team/calls`)
  expect(calls.text).toContain('Rita Rung')
})

test('PEOPLE-12 something is brought out as one contribution of all who put their name to exactly these words', async () => {
  const other = await aNetwork()
  const { volunteer, secondVolunteer, slug } = other
  const third = await other.aPerson({ ...lay, name: 'Tom Three' })
  const list = await volunteer.reads(`/${slug}/own-space`)
  const opened = (await list.press('Open a space: All volunteers')).path
  const page = await volunteer.reads(`${opened}/bring`)
  const begun = await page
    .fill('What should the network hear?', 'Meetings should end by four.')
    .choose('An idea')
    .choose('With my name')
    .press('Show it to the others')
  const signs = async (person: Someone, naming: string) =>
    await (await person.reads(begun.path)).choose(naming).press('Put my name to these words')
  await signs(third, 'With my name')
  // A form from before the words changed signs nothing.
  const before = await secondVolunteer.reads(begun.path)
  await (await volunteer.reads(begun.path))
    .fill('Other words', 'Meetings should end by four, so that we can catch the bus.')
    .press('Change the words')
  const stale = await before.choose('With my name').press('Put my name to these words')
  expect(stale.status).toBe(422)
  await signs(secondVolunteer, 'Without my name')
  const sent = await (await volunteer.reads(begun.path)).press('Send it to the network')
  const view = await sent.follow('C-1001')
  expect(view.text).toContain('so that we can catch the bus')
  const contributors = await other.inNetwork(tx =>
    tx
      .selectFrom('contributor')
      .select(['person_id', 'naming', 'is_first'])
      .orderBy('is_first', 'desc')
      .execute(),
  )
  // Tom had put his name to other words, and is not in it.
  expect(contributors).toEqual([
    { person_id: volunteer.id, naming: 'named', is_first: true },
    { person_id: secondVolunteer.id, naming: 'anonymous', is_first: false },
  ])
  expect((await secondVolunteer.wasTold()).at(-1)?.subject).toMatch(/C-\d+/)
  expect((await third.opens(begun.path)).text).toContain('This was sent.')
  expect((await volunteer.opens(begun.path)).hasButton('Send it to the network')).toBe(false)
})

test('PEOPLE-12 PEOPLE-18 what somebody wrote goes with them, is in their own data, and ends after its time', async () => {
  const person = await network.aPerson(lay)
  await begins(person, 'Mine', 'Words that are mine alone')
  const left = async () =>
    (
      await network.house.owner.query(
        `select count(*)::integer as n from own_space_post where words like '%mine alone%'`,
      )
    ).rows[0].n
  expect(await left()).toBe(1)
  const own = await network.inNetwork(async tx => {
    await sql`select set_config('app.person', ${String(person.id)}, true)`.execute(tx)
    return (await sql<{ words: string }>`select words from own_space_mine()`.execute(tx)).rows
  })
  expect(own).toEqual([{ words: 'Words that are mine alone' }])
  const { ownSpace } = await import('./index.ts')
  await network.inNetwork(tx =>
    ownSpace.leaving!.leave({ tx } as never, person.id, { answersWanted: false, views: 'as-they-are' }),
  )
  expect(await left()).toBe(0)
  const ends = await network.inNetwork(tx =>
    ownSpace.kept![0]!.end({ tx } as never, network.house.clock.today().add({ years: 1 })),
  )
  expect(ends).toBeGreaterThan(0)
  expect(await rowsFor(network.volunteer)).toBeGreaterThan(0)
})
