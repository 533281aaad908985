import { expect, test } from 'vitest'
import { settingOf } from '#platform/network-settings.ts'
import { aNetwork, type TestNetwork } from '#tests/network.ts'
import { decideEnding, openEnding } from './changes.ts'
import { as } from './for-tests.ts'
import { endingsKept, leaveEndings } from './hooks.ts'
import { loadEnding } from './store.ts'

async function anEnding(network: TestNetwork): Promise<number> {
  const done = await as(network, network.portfolioManager, doing =>
    openEnding(doing, {
      personId: network.volunteer.id,
      membershipId: null,
      reason: 'You told a newspaper what a patient said in the room.',
    }),
  )
  if (!done.accepted) throw new Error(done.sentence)
  return done.id
}

test('PEOPLE-17 a reason from a named post, a reply, and a decision by somebody else; no button alone', async () => {
  const network = await aNetwork()
  const { volunteer, portfolioManager, director, coordinator, slug } = network
  const file = `/${slug}/team/people/${volunteer.id}`
  // The co-ordinator has no way to it, and the old address is gone for a volunteer’s place.
  const seen = await coordinator.reads(file)
  expect(seen.text).toContain('Only the portfolio manager or the director')
  expect((await coordinator.opens(`${file}/ending`)).status).toBe(404)
  const place = await network.inNetwork(tx =>
    tx.selectFrom('membership').select('id').where('person_id', '=', volunteer.id).executeTakeFirstOrThrow(),
  )
  for (const each of [coordinator, portfolioManager]) {
    expect((await each.opens(`${file}/places/${place.id}/end`)).status).toBe(404)
    const post = await each.posts(`${file}/places/${place.id}/end`, {
      'last-day': '9',
      'last-month': '6',
      'last-year': '2026',
    })
    expect(post.status).toBe(404)
  }

  const start = await (await portfolioManager.reads(file)).follow('End the place in Operational Board')
  expect(start.hasLink('write down that they leave')).toBe(true)
  const wrong = await start.press('Send the reason and ask for a reply')
  expect(wrong.errors).toEqual(['Write the reason'])
  const opened = await wrong
    .fill('The reason', 'You told a newspaper what a patient said.')
    .press('Send the reason and ask for a reply')
  expect(opened.text).toContain('Petra Manager, Network Portfolio Manager')
  const told = (await volunteer.wasTold()).at(-1)!
  expect(told.body).toContain('Petra Manager, Network Portfolio Manager, means to end your place')
  expect(told.body).toContain('until 23 June 2026')
  expect(told.body).not.toContain('newspaper')
  // Nothing has ended.
  expect((await volunteer.reads(`/${slug}/home`)).text).toContain('Your reply is asked for')
  expect((await portfolioManager.reads(`${file}/ending`)).text).toContain('Their reply is asked for already')

  const path = opened.path
  expect((await director.reads(`${path}/decide`)).text).toContain('They still have time to reply')
  const mine = await volunteer.reads(path)
  expect(mine.text).toContain('You told a newspaper what a patient said.')
  const replied = await (await mine.follow('Write your reply'))
    .fill('What do you want to say?', 'It was my own story.')
    .press('Send your reply')
  expect(replied.text).toContain('It was my own story.')
  expect((await portfolioManager.reads(path)).text).toContain('somebody else decides: Dora Director')
  expect((await portfolioManager.reads(`${path}/decide`)).text).toContain('somebody else decides it')

  let decides = await (await director.reads(`/${slug}/home`)).follow('About the place of Vera Volunteer')
  decides = await decides.follow('Decide')
  expect(decides.text).toContain('It was my own story.')
  decides = await decides
    .choose('The place ends')
    .fill('Why?', 'You could not know, but it is the rule.')
    .press('Decide and tell them')
  expect(decides.errors).toEqual(['Enter the last day'])
  decides = await decides
    .fill('Day', '8')
    .fill('Month', '6')
    .fill('Year', '2026')
    .press('Decide and tell them')
  expect(decides.errors).toEqual(['The last day must be today or later.'])
  decides = await decides.fill('Day', '30').press('Decide and tell them')
  expect(decides.text).toContain('The last day is 30 June 2026')
  expect((await volunteer.wasTold()).at(-1)!.body).toContain('Your last day is 30 June 2026')
  const after = await network.inNetwork(tx =>
    tx.selectFrom('membership').select('to_on').where('id', '=', place.id).executeTakeFirstOrThrow(),
  )
  expect(after.to_on?.toString()).toBe('2026-06-30')

  for (const each of [
    network.secondVolunteer,
    coordinator,
    network.administrator,
    network.boardChair,
    network.stranger,
  ]) {
    for (const step of ['', '/reply', '/decide', '/take-back']) {
      expect((await each.opens(`${path}${step}`)).status, `${each.fullName} ${step}`).toBe(404)
    }
  }
  expect((await network.stranger.opens(`/${slug}/endings`)).status).toBe(404)
  expect((await volunteer.opens(`${path}/decide`)).status).toBe(404)
  expect((await director.reads(`/${slug}/endings`)).text).toContain('Vera Volunteer')
})

test('PEOPLE-17 somebody who has a telephone only hears the reason, and their reply is written down', async () => {
  const network = await aNetwork()
  const { portfolioManager, director, slug } = network
  const rung = await network.aPerson({
    name: 'Phil Phone',
    channel: 'phone',
    signsIn: false,
    memberships: [
      { group: 'board', role: 'volunteer', voting: true, lay: true },
      { group: 'mri', role: 'volunteer', lay: true },
    ],
  })
  const opened = await (await portfolioManager.reads(`/${slug}/team/people/${rung.id}/ending`))
    .choose('All their places')
    .fill('The reason', 'You never came in two years.')
    .press('Send the reason and ask for a reply')
  const call = (await rung.wasTold()).at(-1)!
  expect(call.body).toContain('You never came in two years.')
  const noted = await (await director.reads(`${opened.path}/reply`))
    .fill('What they said', 'I was in hospital.')
    .press('Save their reply')
  expect(noted.text).toContain('written down by Dora Director')
  const decided = await (await director.reads(`${opened.path}/decide`))
    .choose('The place stays')
    .fill('Why?', 'We did not know. Please stay.')
    .press('Decide and tell them')
  expect(decided.text).toContain('The place stays')
  expect((await rung.wasTold()).at(-1)!.body).toContain('your place stays')
  const held = await network.inNetwork(tx =>
    tx.selectFrom('membership').select('to_on').where('person_id', '=', rung.id).execute(),
  )
  expect(held).toEqual([{ to_on: null }, { to_on: null }])
})

test('PEOPLE-17 with the other post vacant whoever asked for it decides, after the time to reply', async () => {
  const network = await aNetwork()
  const { house, portfolioManager, slug } = network
  const id = await anEnding(network)
  await network.inNetwork(tx =>
    tx
      .updateTable('post_holding')
      .set({ to_on: house.clock.today() })
      .where('post', '=', 'director')
      .execute(),
  )
  house.clock.daysOn(20)
  await house.runDue()
  expect((await portfolioManager.wasTold()).at(-1)!.body).toContain('a decision about a place waits')
  await portfolioManager.signsIn()
  const decide = await portfolioManager.reads(`/${slug}/endings/${id}/decide`)
  expect(
    (await decide.choose('The place stays').fill('Why?', 'I think again.').press('Decide and tell them'))
      .text,
  ).toContain('The place stays')
})

test('PEOPLE-17 whoever asked takes it back; whoever leaves themself needs no decision; the words go after their time', async () => {
  const network = await aNetwork()
  const { portfolioManager, director, slug, house } = network
  const first = await anEnding(network)
  expect((await director.opens(`/${slug}/endings/${first}/take-back`)).status).toBe(404)
  const back = await (await portfolioManager.reads(`/${slug}/endings/${first}`)).follow(
    'Take it back: the place stays',
  )
  expect((await back.press('Take it back')).text).toContain('Taken back')
  const second = await anEnding(network)
  await as(network, network.volunteer, doing => leaveEndings(doing, network.volunteer.id))
  const late = await as(network, director, async doing =>
    decideEnding(doing, (await loadEnding(doing, String(second), { forChange: true }))!, {
      outcome: 'stays',
      words: 'x',
      lastDay: null,
    }),
  )
  expect(late).toMatchObject({ accepted: false, reason: 'decided' })
  const months = await as(network, director, async doing => settingOf(doing.network, endingsKept.months))
  expect(months).toBe(72)
  const gone = await as(network, director, doing =>
    endingsKept.end(doing, house.clock.today().add({ days: 60 })),
  )
  expect(gone).toBe(2)
  expect((await portfolioManager.reads(`/${slug}/endings/${first}`)).text).toContain('Deleted after its time')
})
