import { beforeAll, expect, test } from 'vitest'
import { aNetwork, type TestNetwork } from '#tests/network.ts'
import { mayRead, readable } from './access.ts'
import { loadThread } from './store.ts'

let network: TestNetwork

beforeAll(async () => {
  network = await aNetwork()
})

const last = async (person: { wasTold(): Promise<{ subject: string; body: string; state: string }[]> }) =>
  (await person.wasTold()).at(-1)!

async function writesToTheTeam(words: string): Promise<string> {
  const page = await network.volunteer.reads(`/${network.slug}/messages/new`)
  const sent = await page
    .choose('The team')
    .fill('What is it about?', 'A lift to the meeting')
    .fill('Your message', words)
    .press('Send')
  expect(sent.status).toBe(200)
  return sent.path
}

test('PEOPLE-13 a volunteer writes to the team, sees whose turn it is, is answered and says that is enough', async () => {
  const { volunteer, coordinator, slug } = network
  const home = await volunteer.reads(`/${slug}/home`)
  const list = await home.follow('Messages')
  const start = await list.follow('Write a message')
  const empty = await start.press('Send')
  expect(empty.status).toBe(422)
  expect(empty.errors).toEqual(['Choose who it is for', 'Write what it is about', 'Write your message'])
  const sent = await empty
    .choose('The team')
    .fill('What is it about?', 'Parking')
    .fill('Your message', 'Is there a place to park near the door?')
    .press('Send')
  expect(sent.h1).toBe('Parking')
  expect(sent.text).toContain('It is the turn of the team to answer. By 12 June 2026.')

  // What was written waits behind the sign-in.
  const told = await last(coordinator)
  expect(told.body).toContain('wrote to you')
  expect(told.body).not.toContain('park near the door')
  const inbox = await coordinator.reads(`/${slug}/messages?show=to-answer`)
  const thread = await inbox.follow('Parking')
  expect(thread.text).toContain('Is there a place to park near the door?')
  const unsaid = await thread.fill('Your message', 'Yes, behind the main house.').press('Send')
  expect(unsaid.errors).toEqual(['Say whether you would like an answer'])
  expect(unsaid.valueOf('Your message')).toBe('Yes, behind the main house.')
  const answered = await unsaid.choose('Yes, I would like an answer').press('Send')
  expect(answered.text).toContain('It is the turn of')
  expect((await last(volunteer)).body).toContain('Yes, behind the main house.')

  const mine = await volunteer.reads(sent.path)
  expect(mine.text).toContain('You were asked something')
  const done = await mine.press('I do not need more')
  expect(done.text).toContain('Nobody waits for an answer')
  const kept = await network.inNetwork(tx =>
    tx.selectFrom('promise_kept').selectAll().where('kind', '=', 'message-answer').execute(),
  )
  expect(kept).toHaveLength(1)
})

test('PEOPLE-13 nothing of a message is in anybody else’s inbox', async () => {
  const { slug, volunteer } = network
  const toTeam = await writesToTheTeam('Could somebody give me a lift on Tuesday?')
  const page = await network.sigMember.reads(`/${slug}/messages/new`)
  expect(page.text).toContain('Who leads Paediatric Special Interest Group')
  expect(page.text).not.toContain('Who leads MRI')
  const toChair = (
    await page
      .choose('Who leads Paediatric Special Interest Group')
      .fill('What is it about?', 'A quiet word')
      .fill('Your message', 'The room echoes so much.')
      .press('Send')
  ).path
  const readers = {
    [toTeam]: [volunteer, network.coordinator, network.portfolioManager, network.director],
    [toChair]: [network.sigMember, network.sigChair, network.sigDeputy],
  }
  const everybody = [
    volunteer,
    network.secondVolunteer,
    network.coordinator,
    network.portfolioManager,
    network.director,
    network.boardChair,
    network.boardMember,
    network.sigChair,
    network.sigDeputy,
    network.sigMember,
    network.administrator,
    network.trustContact,
    network.applicant,
    network.stranger,
  ]
  for (const [path, may] of Object.entries(readers)) {
    const missing = (await network.stranger.opens(`/${slug}/messages/999999`)).text
    for (const person of everybody) {
      const seen = await person.opens(path)
      expect([person.fullName, seen.status]).toEqual([person.fullName, may.includes(person) ? 200 : 404])
      if (!may.includes(person)) {
        expect(seen.text).toBe(missing)
        const list = await person.opens(`/${slug}/messages`)
        expect(list.text).not.toContain(path === toTeam ? 'A lift to the meeting' : 'A quiet word')
        expect((await person.wasTold()).filter(each => /give me a lift|echoes/.test(each.body))).toEqual([])
      }
    }
  }
  // A guessed address of a step answers as one that does not exist.
  const form = (await network.secondVolunteer.reads(`/${slug}/messages/new`)).wouldSend('Send')
  expect((await network.secondVolunteer.posts(`${toTeam}/enough`, form.body)).status).toBe(404)
})

test('PEOPLE-13 the rule of one message and the rule of lists are one', async () => {
  await writesToTheTeam('One more.')
  const people = [
    network.volunteer,
    network.secondVolunteer,
    network.coordinator,
    network.sigChair,
    network.boardChair,
  ]
  for (const person of people) {
    await network.house.house.database.enter(
      { slug: network.slug, accountId: person.accountId, today: network.house.clock.today() },
      async (tx, entry) => {
        const { id, ...rest } = entry!.person!
        const actor = { ...rest, personId: id, networkId: entry!.id }
        const all = await tx.selectFrom('message_thread').select('id').execute()
        const listed = await tx
          .selectFrom('message_thread')
          .select('id')
          .where(eb => readable(eb, actor))
          .execute()
        const allowed: number[] = []
        for (const each of all) {
          const loaded = await loadThread({ tx, today: network.house.clock.today() }, each.id, {
            forChange: false,
          })
          if (loaded && mayRead.holds(actor, loaded)) allowed.push(each.id)
        }
        expect(listed.map(each => each.id).sort()).toEqual(allowed.sort())
      },
    )
  }
})

test('PEOPLE-13 somebody with only a telephone: said, written down, read back, and the answer goes out by phone', async () => {
  const { coordinator, slug } = network
  const caller = await network.aPerson({
    name: 'Ada Ring',
    channel: 'phone',
    email: null,
    signsIn: false,
    memberships: [{ group: 'mri', role: 'volunteer', lay: true }],
  })
  const person = await coordinator.reads(`/${slug}/team/people/${caller.id}`)
  const page = await person.follow('Write down a message from them')
  const sent = await page
    .choose('On the phone')
    .choose('The team')
    .fill('What is it about?', 'Large print')
    .fill('What they said', 'The letter was too small to read.')
    .press('Send it for them')
  expect(sent.text).toContain('said on the phone')
  const readBack = await last(caller)
  expect(readBack).toMatchObject({ channel: 'phone', state: 'by-hand' })
  expect(readBack.body).toContain('The letter was too small to read.')
  await sent
    .fill('Your message', 'We send it again in large type.')
    .choose('No, this answers it')
    .press('Send')
  expect((await last(caller)).body).toContain('Say: We send it again in large type.')
  // They ring again about the same.
  const said = await (await coordinator.reads(sent.path)).follow('Write down what Ada Ring said')
  const again = await said
    .choose('On the phone')
    .fill('What they said', 'Thank you, it came.')
    .press('Keep what they said')
  expect(again.text).toContain('Thank you, it came.')
})

test('PEOPLE-13 a chair writes to a volunteer of the group and to nobody else; the team does not see it', async () => {
  const { sigChair, sigMember, coordinator, volunteer, slug } = network
  const page = await sigChair.reads(`/${slug}/messages/to/${sigMember.id}`)
  const sent = await page
    .fill('What is it about?', 'Your idea')
    .fill('Your message', 'Would you show it to the group?')
    .choose('Yes, I would like an answer')
    .press('Send')
  expect(sent.status).toBe(200)
  const told = await last(sigMember)
  expect(told.body).not.toContain('show it to the group')
  expect((await coordinator.opens(sent.path)).status).toBe(404)
  const outside = await network.aPerson({ memberships: [{ group: 'mri', role: 'volunteer', lay: true }] })
  expect((await sigChair.opens(`/${slug}/messages/to/${outside.id}`)).status).toBe(404)
  expect((await volunteer.opens(`/${slug}/messages/to/${sigMember.id}`)).status).toBe(404)
})

test('PEOPLE-13 a late answer: its answerers hear it once, home and list show it', async () => {
  const other = await aNetwork()
  const page = await other.volunteer.reads(`/${other.slug}/messages/new`)
  await page
    .choose('The team')
    .fill('What is it about?', 'Forgotten')
    .fill('Your message', 'Hello?')
    .press('Send')
  other.house.clock.daysOn(10)
  for (let n = 0; n < 2; n++) await other.house.runDue()
  const told = (await other.coordinator.wasTold()).filter(each => each.body.includes('It is late'))
  expect(told).toHaveLength(1)
  expect(told[0]!.body).not.toContain('Hello?')
  await other.coordinator.signsIn()
  const list = await other.coordinator.reads(`/${other.slug}/messages?show=late`)
  expect(list.text).toContain('Forgotten')
})
