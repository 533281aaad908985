import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { aNetwork, type Someone, type TestNetwork } from '#tests/network.ts'
import { end, offered, sayNo, sayYes } from './pair.ts'

let network: TestNetwork
const at = (path = '') => `/${network.slug}/buddies${path}`
const lay = (group: string) => ({ memberships: [{ group, role: 'volunteer' as const, lay: true }] })

beforeAll(async () => {
  network = await aNetwork()
})

async function offersTo(one: Someone, other: Someone): Promise<void> {
  const page = await network.coordinator.reads(`/${network.slug}/team/buddies/offer`)
  const sent = await page
    .fill('Who would like a buddy?', String(one.id))
    .fill('Who could be their buddy?', String(other.id))
    .press('Ask both of them')
  expect(sent.h1).toBe('Buddies')
}

async function saysYes(person: Someone, other: Someone) {
  const page = await (await person.reads(at())).follow(other.fullName)
  return await page.choose('Yes').press('Send my answer')
}

test('PEOPLE-13 a pair begins when both have said yes, ends when one says so, and each step only in its place', () => {
  const one = sayYes(offered, 'one', false)
  expect(one).toMatchObject({ accepted: true, state: { state: 'offered' } })
  if (!one.accepted) return
  expect(sayYes(one.state, 'one', false)).toMatchObject({ accepted: false, reason: 'said' })
  expect(end(one.state)).toMatchObject({ accepted: false, reason: 'not-yet' })
  const both = sayYes(one.state, 'other', false)
  expect(both).toMatchObject({ accepted: true, state: { state: 'together' } })
  if (!both.accepted) return
  expect(sayNo(both.state)).toMatchObject({ accepted: false, reason: 'together' })
  const over = end(both.state)
  expect(over).toMatchObject({ accepted: true, state: { state: 'ended' } })
  expect(over.accepted && sayYes(over.state, 'one', false)).toMatchObject({
    accepted: false,
    reason: 'ended',
  })
  expect(sayNo(one.state)).toMatchObject({ accepted: true, state: { state: 'declined' } })
})

describe('PEOPLE-13 a buddy', () => {
  test('PEOPLE-13 asked for, offered, accepted by both, written to, ended by one', async () => {
    const { volunteer, secondVolunteer, coordinator, slug } = network
    const home = await volunteer.reads(`/${slug}/home`)
    const mine = await home.follow('Buddies')
    const asked = await mine
      .fill('What would help you', 'Somebody who knows the bus.')
      .press('I would like a buddy')
    expect(asked.text).toContain('You asked for a buddy. The team answers by 12 June 2026.')
    const team = await coordinator.reads(`/${slug}/team/buddies`)
    expect(team.text).toContain('Somebody who knows the bus.')
    const offer = await team.follow('Find a buddy')
    await offer.fill('Who could be their buddy?', String(secondVolunteer.id)).press('Ask both of them')
    expect((await volunteer.wasTold()).at(-1)?.body).toContain(
      `${secondVolunteer.fullName} could be your buddy`,
    )

    const waits = await saysYes(volunteer, secondVolunteer)
    expect(waits.text).toContain(`You said yes. We wait for ${secondVolunteer.fullName}.`)
    const offered = await (await secondVolunteer.reads(`/${slug}/home`)).follow(
      `Would you like ${volunteer.fullName} as your buddy?`,
    )
    const unsaid = await offered.press('Send my answer')
    expect(unsaid.errors).toEqual(['Say yes or no'])
    const together = await unsaid.choose('Yes').choose('Yes, show my phone number').press('Send my answer')
    expect(together.text).toContain('Your buddy since')
    const seen = await volunteer.reads(together.path)
    expect(seen.text).toContain('07700')
    expect(together.text).toContain('Not shared with you')

    const thread = await seen.follow(`Write to ${secondVolunteer.fullName}`)
    const written = await thread.fill('Your message', 'Shall we take the 14 together?').press('Send')
    expect(written.text).toContain('Only the two of you can read this.')
    const told = (await secondVolunteer.wasTold()).at(-1)!
    expect(told.subject).toContain('your buddy wrote to you')
    expect(told.body).not.toContain('the 14')
    expect((await secondVolunteer.reads(written.path)).text).toContain('Shall we take the 14 together?')

    // Nobody else, neither on a page nor in the database.
    for (const person of [
      coordinator,
      network.director,
      network.portfolioManager,
      network.administrator,
      network.boardChair,
      network.stranger,
    ]) {
      expect((await person.opens(written.path)).status).toBe(404)
      expect((await person.opens(at(`/${together.path.split('/').at(-1)}`))).status).toBe(404)
    }
    const seenBy = async (person: Someone | undefined) =>
      await network.inNetwork(async tx => {
        await sql`select set_config('app.person', ${person ? String(person.id) : ''}, true)`.execute(tx)
        const rows = await tx
          .selectFrom('message_written')
          .select('words')
          .where('one_person_id', 'is not', null)
          .execute()
        return rows.length
      })
    expect(await seenBy(volunteer)).toBe(1)
    expect(await seenBy(secondVolunteer)).toBe(1)
    for (const person of [undefined, coordinator, network.director, network.administrator, network.sigMember])
      expect(await seenBy(person)).toBe(0)

    const ending = await (await secondVolunteer.reads(together.path)).follow('End it')
    expect(ending.text).toContain('You need not give a reason.')
    await ending.press('End it')
    expect((await volunteer.opens(written.path)).status).toBe(404)
    expect((await volunteer.wasTold()).at(-1)?.body).toContain('are not buddies any more')
    expect(await seenBy(volunteer)).toBe(0)
  })

  test('PEOPLE-13 a no needs no reason, and nobody hears whose it was', async () => {
    const { slug } = network
    const one = await network.aPerson(lay('mri'))
    const other = await network.aPerson(lay('mri'))
    await offersTo(one, other)
    const page = await (await one.reads(`/${slug}/buddies`)).follow(other.fullName)
    await page.choose('No, thank you').press('Send my answer')
    const told = (await other.wasTold()).at(-1)!
    expect(told.body).toContain('This time it did not come about.')
    expect(told.body).not.toContain(one.fullName)
    expect((await other.reads(`/${slug}/buddies`)).text).not.toContain(one.fullName)
    // The same two twice at the same time is one offer.
    await offersTo(one, other)
    const again = await network.coordinator.reads(`/${slug}/team/buddies/offer`)
    const refused = await again
      .fill('Who would like a buddy?', String(other.id))
      .fill('Who could be their buddy?', String(one.id))
      .press('Ask both of them')
    expect(refused.errors).toEqual(['These two were offered each other already'])
  })

  test('PEOPLE-13 by phone: the team writes down the wish and each answer, and may never read a word between the two', async () => {
    const { coordinator, slug } = network
    const caller = await network.aPerson({
      ...lay('mri'),
      name: 'Ivy Caller',
      channel: 'phone',
      signsIn: false,
    })
    const other = await network.aPerson({ ...lay('mri'), name: 'Otto Other' })
    const person = await coordinator.reads(`/${slug}/team/people/${caller.id}`)
    const wish = await person.follow('They would like a buddy')
    await wish.choose('On the phone').press('Write it down')
    await offersTo(caller, other)
    await saysYes(other, caller)
    const list = await coordinator.reads(`/${slug}/team/buddies`)
    const answer = await list
      .follow('Write down what they said : Ivy Caller and Otto Other')
      .catch(async () => {
        const id = await network.inNetwork(tx =>
          tx
            .selectFrom('buddy_pair')
            .select('id')
            .where('one_person_id', '=', caller.id)
            .executeTakeFirstOrThrow(),
        )
        return await coordinator.reads(`/${slug}/team/buddies/${id.id}`)
      })
    const done = await answer.choose('Ivy Caller').choose('Yes').press('Write it down')
    expect(done.text).toContain('Buddies')
    const page = await (await other.reads(`/${slug}/buddies`)).follow('Ivy Caller')
    expect(page.text).toContain('It is best to ring.')
    const thread = await page.follow('Write to Ivy Caller')
    await thread.fill('Your message', 'See you on Tuesday.').press('Send')
    expect((await caller.wasTold()).at(-1)?.body).not.toContain('Tuesday')
    expect((await coordinator.opens(thread.path)).status).toBe(404)
  })

  test('PEOPLE-13 who rests is not offered', async () => {
    const resting = await network.aPerson({ ...lay('mri'), name: 'Rita Rest' })
    await network.inNetwork(tx =>
      tx
        .updateTable('person')
        .set({ paused_from: network.house.clock.today(), paused_until: null })
        .where('id', '=', resting.id)
        .execute(),
    )
    const page = await network.coordinator.reads(`/${network.slug}/team/buddies/offer`)
    expect(page.text).not.toContain('Rita Rest')
    expect((await network.sigChair.opens(`/${network.slug}/team/buddies`)).status).toBe(404)
  })
})
