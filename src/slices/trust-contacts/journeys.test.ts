import { beforeAll, expect, test } from 'vitest'
import { aContribution } from '#slices/contributions/for-tests.ts'
import { aNetwork, type TestNetwork } from '#tests/network.ts'

let network: TestNetwork
const trust = () => `/${network.slug}/trusts/first-trust`

beforeAll(async () => {
  network = await aNetwork()
})

async function agrees(): Promise<void> {
  const page = await network.volunteer.reads(`/${network.slug}/account/trust`)
  await page
    .fill('Which Trust runs the hospitals that you know best?', 'First Hospitals NHS Trust')
    .choose('Yes: my name')
    .press('Save')
}

/** Ticks nothing. */
async function takesItBack(): Promise<void> {
  const page = await network.volunteer.reads(`/${network.slug}/account/trust`)
  const { to, body } = page.wouldSend('Save')
  body.delete('know')
  await network.volunteer.posts(to, body)
}

test('PEOPLE-14 a Trust’s contact sees only those who agreed: their name and nothing else', async () => {
  const { trustContact, volunteer, slug } = network
  const before = await trustContact.reads(trust())
  expect(before.text).not.toContain(volunteer.fullName)
  const account = await volunteer.reads('/account')
  expect(account.hasLink('Your hospitals')).toBe(true)
  const page = await volunteer.reads(`/${slug}/account/trust`)
  const without = await page.choose('Yes: my name').press('Save')
  expect(without.status).toBe(422)
  expect(without.errors).toEqual(['Choose a Trust first, or leave the box empty'])

  // To know a Trust is not to agree.
  const again = await volunteer.reads(`/${slug}/account/trust`)
  await again.fill('Which Trust runs', 'First Hospitals NHS Trust').press('Save')
  const one = `${trust()}/volunteers/${volunteer.id}`
  expect((await trustContact.reads(trust())).text).not.toContain(volunteer.fullName)
  expect((await trustContact.opens(one)).status).toBe(404)

  await agrees()
  const home = await trustContact.reads(`/${slug}/home`)
  const list = await home.follow('Your Trust')
  const seen = await list.follow(volunteer.fullName)
  expect(seen.h1).toBe(volunteer.fullName)
  expect(seen.text).not.toMatch(/07700|@example|Example Street/)

  await takesItBack()
  expect((await trustContact.reads(trust())).text).not.toContain(volunteer.fullName)
  expect((await trustContact.opens(one)).status).toBe(404)
})

test('PEOPLE-14 what would help is shown only as far as it is shared, and each look is logged', async () => {
  const { trustContact, volunteer, slug } = network
  await agrees()
  await network.inNetwork(tx =>
    tx
      .updateTable('person')
      .set({ help_words: 'Speak slowly, please.' })
      .where('id', '=', volunteer.id)
      .execute(),
  )
  const path = `${trust()}/volunteers/${volunteer.id}`
  expect((await trustContact.reads(path)).text).not.toContain('Speak slowly')
  await network.inNetwork(tx =>
    tx
      .insertInto('needs_sheet')
      .values({
        network_id: network.id,
        person_id: volunteer.id,
        shared: ['trust-contact'],
        asked_on: network.house.clock.today(),
        asked_by_person_id: null,
        asked_how: 'self',
        reviewed_on: network.house.clock.today(),
        review_due_on: network.house.clock.today().add({ years: 1 }),
      })
      .execute(),
  )
  expect((await trustContact.reads(path)).text).toContain('Speak slowly, please.')
  const needs = await volunteer.reads(`/${slug}/account/needs`)
  expect(needs.text).toContain('Your Trust’s contact saw what would help')
})

test('PEOPLE-14 a contact says thank you in own words; it is read again later', async () => {
  const { trustContact, volunteer, slug } = network
  await agrees()
  const page = await trustContact.reads(`${trust()}/volunteers/${volunteer.id}`)
  const empty = await page.press('Send your thanks')
  expect(empty.errors).toEqual(['Write your thanks'])
  const sent = await empty
    .fill('Your thanks', 'Your idea made the waiting room kinder.')
    .press('Send your thanks')
  expect(sent.h1).toBe('Your thanks were sent')
  expect((await volunteer.wasTold()).at(-1)?.body).toContain('Your idea made the waiting room kinder.')
  const thanks = await volunteer.reads(`/${slug}/account/thanks`)
  expect(thanks.text).toContain('Your idea made the waiting room kinder.')
  expect((await network.secondVolunteer.reads(`/${slug}/account/thanks`)).text).not.toContain('kinder')
})

test('PEOPLE-14 the Trust’s actions and what is late; thanks to who does them', async () => {
  const { trustContact } = network
  const view = await aContribution(network, { by: network.volunteer, state: 'agreed' })
  await network.inNetwork(async tx => {
    await tx
      .updateTable('contribution')
      .set({ site_id: network.siteId })
      .where('number', '=', view.number)
      .execute()
    await tx
      .updateTable('action')
      .set({ due_on: network.house.clock.today().subtract({ days: 8 }) })
      .where(
        'contribution_id',
        'in',
        tx.selectFrom('contribution').select('id').where('number', '=', view.number),
      )
      .execute()
  })
  const what = await network.inNetwork(tx =>
    tx
      .selectFrom('action')
      .innerJoin('person', join => join.onRef('person.id', '=', 'action.owner_person_id'))
      .select(['action.what', 'action.number', 'person.name'])
      .orderBy('action.id', 'desc')
      .executeTakeFirstOrThrow(),
  )
  const home = await trustContact.reads(`/${network.slug}/home`)
  expect(home.text).toMatch(/actions? (is|are) late/)
  const page = await trustContact.reads(trust())
  expect(page.text).toContain(what.what)
  expect(page.text).toContain('First Hospital')
  const list = await page.follow('All actions of First Hospitals NHS Trust')
  expect(list.text).toContain(what.what)
  const thanks = await list.follow('Say thank you')
  expect(thanks.h1).toBe(`Thank ${what.name}`)
  expect((await thanks.fill('Your thanks', 'It works.').press('Send your thanks')).h1).toBe(
    'Your thanks were sent',
  )
  expect((await trustContact.reads(`${trust()}/actions?show=over`)).text).not.toContain(what.what)
})

test('PEOPLE-14 to everybody else, another Trust’s contact among them, these pages do not exist', async () => {
  await agrees()
  const other = await network.inNetwork(tx =>
    tx
      .insertInto('trust')
      .values({
        network_id: network.id,
        slug: 'second',
        name: 'Second Trust',
        short_name: 'Second',
        ods_code: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow(),
  )
  const theirs = await network.aPerson()
  await network.inNetwork(tx =>
    tx
      .insertInto('trust_contact')
      .values({
        network_id: network.id,
        person_id: theirs.id,
        trust_id: other.id,
        from_on: network.house.clock.today(),
        to_on: null,
      })
      .execute(),
  )
  await theirs.signsIn()
  expect((await theirs.reads(`/${network.slug}/trusts/second`)).h1).toBe('Second Trust')
  for (const person of [
    theirs,
    network.coordinator,
    network.director,
    network.administrator,
    network.volunteer,
    network.boardChair,
    network.applicant,
    network.stranger,
  ]) {
    for (const path of [trust(), `${trust()}/actions`, `${trust()}/volunteers/${network.volunteer.id}`]) {
      expect([person.fullName, path, (await person.opens(path)).status]).toEqual([person.fullName, path, 404])
    }
  }
})

test('PEOPLE-14 somebody says it on the phone, and the team writes it down', async () => {
  const { coordinator, trustContact, slug } = network
  const caller = await network.aPerson({
    name: 'Hannah Bell',
    channel: 'phone',
    signsIn: false,
    memberships: [{ group: 'mri', role: 'volunteer', lay: true }],
  })
  const person = await coordinator.reads(`/${slug}/team/people/${caller.id}`)
  const page = await person.follow('Hospitals they know')
  await page
    .fill('Which Trust runs the hospitals that they know best?', 'First Hospitals NHS Trust')
    .choose('Yes, they said so')
    .press('Save')
  expect((await trustContact.reads(trust())).text).toContain('Hannah Bell')
})
