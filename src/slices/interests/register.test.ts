import { Temporal } from 'temporal-polyfill'
import { beforeAll, describe, expect, test } from 'vitest'
import { runDue } from '#platform/delivery/due.ts'
import { setSetting } from '#platform/network-settings.ts'
import { doingAs } from '#slices/actions/for-tests.ts'
import { anItem, meetingIs } from '#slices/votes/for-tests.ts'
import { aNetwork, type Someone, type TestNetwork } from '#tests/network.ts'
import { confirmInterests, declareInterest } from './changes.ts'
import { occasionOf } from './interest.ts'
import { monthsBetween, monthsShown } from './settings.ts'

let network: TestNetwork

beforeAll(async () => {
  network = await aNetwork()
})

const due = () => runDue(network.house.house, network.house.app.slices)
const told = async (person: Someone) => (await person.wasTold()).map(each => each.body).join('\n')
const day = (text: string) => Temporal.PlainDate.from(text)

const declares = (person: Someone, organisation: string, more: object = {}) =>
  doingAs(network, person, async doing => {
    const done = await declareInterest(doing, person.id, {
      type: 'financial',
      conflict: 'potential',
      organisation,
      what: 'I am paid for talks.',
      whose: '',
      otherNames: '',
      from: day('2026-06-01'),
      to: null,
      trustId: null,
      projectId: null,
      ...more,
    })
    if (!done.accepted) throw new Error(done.sentence)
    return done.state.id
  })

describe('PEOPLE-9 the register of interests', () => {
  test.each([
    [null, null, 'joining'],
    [null, '2026-06-01', 'joining'],
    ['2026-06-01', '2026-05-01', 'yearly'],
    ['2026-06-01', '2026-06-01', 'yearly'],
    ['2026-06-01', '2026-06-02', 'change-of-role'],
    ['2026-06-01', null, 'yearly'],
  ] as const)('PEOPLE-9 R20 said last on %s, newest role from %s: %s', (last, newest, occasion) => {
    expect(occasionOf(last && day(last), newest && day(newest))).toBe(occasion)
  })

  test('PEOPLE-9 R20 asked on joining, and again on a change of role; each statement says which it was', async () => {
    const { boardMember, slug, house } = network
    await due()
    expect(await told(boardMember)).toContain('please say what interests you have')
    const form = await boardMember.reads(`/${slug}/interests/confirm`)
    await form.choose('I have nothing to declare').press('Confirm')
    house.clock.daysOn(2)
    await network.inNetwork(tx =>
      tx
        .insertInto('membership')
        .values({
          network_id: network.id,
          person_id: boardMember.id,
          group_id: network.groups.mri,
          role: 'chair',
          voting: true,
          lay: false,
          from_on: house.clock.today(),
          to_on: null,
        })
        .execute(),
    )
    await due()
    expect(await told(boardMember)).toContain(
      'You have a new role: please say if your interests have changed.',
    )
    await boardMember.signsIn()
    const again = await boardMember.reads(`/${slug}/interests/confirm`)
    await again.choose('I have nothing to declare').press('Confirm')
    const rows = await house.owner.query(
      'select about, is_nil from interest_statement where person_id = $1 order by id',
      [boardMember.id],
    )
    expect(rows.rows).toEqual([
      { about: 'joining', is_nil: true },
      { about: 'change-of-role', is_nil: true },
    ])
  })

  test('PEOPLE-9 before a meeting everybody who votes is asked once if there is anything new', async () => {
    const { volunteer, secondVolunteer, sigMember, slug, house } = network
    await meetingIs(network, 'agenda-set')
    await due()
    expect(await told(volunteer)).not.toContain('is there anything new to declare?')
    house.clock.daysOn(11)
    for (const each of [volunteer, secondVolunteer]) await each.signsIn()
    const home = await volunteer.reads(`/${slug}/home`)
    const page = await home.follow('Is there anything new to declare?')
    await page.choose('No, nothing new').press('Go on')
    await due()
    await due()
    expect(await told(volunteer)).not.toContain('is there anything new to declare?')
    expect((await told(secondVolunteer)).match(/is there anything new to declare\?/g)).toHaveLength(1)
    expect(await told(sigMember)).not.toContain('is there anything new')
    expect((await volunteer.reads(`/${slug}/home`)).hasLink('Is there anything new to declare?')).toBe(false)
  })

  test('PEOPLE-9 what kind of body it is, a Trust by its code, and what is done about it stand in the public register', async () => {
    const { boardChair, coordinator, boardMember, visitor, slug } = network
    for (const each of [boardChair, coordinator, boardMember]) await each.signsIn()
    const form = await boardChair.reads(`/${slug}/interests/new`)
    expect(form.text).toContain('First Hospitals NHS Trust (RXX)')
    const one = await form
      .choose('Money')
      .fill('Which organisation?', 'Acme Imaging Ltd')
      .fill('What kind of organisation is it?', 'supplier')
      .fill('What is it?', 'I am paid for talks.')
      .choose('It could touch what we do')
      .fill('Day', '1')
      .fill('Month', '6')
      .fill('Year', '2026')
      .press('Declare it')
    expect(one.text).toContain('A supplier: a firm that sells to the NHS')
    // Nobody decides what is done about their own.
    expect((await boardChair.opens(`${one.path}/what-is-done`)).status).toBe(404)
    expect((await boardMember.opens(`${one.path}/what-is-done`)).status).toBe(404)
    const done = await (await coordinator.reads(`${one.path}/what-is-done`))
      .fill('What is done about it?', 'Leaves the room when scanners are bought.')
      .press('Save')
    expect(done.text).toContain('It was written down what is done about it')
    const shown = await visitor.reads(`/${slug}/interests`)
    expect(shown.text).toContain('What is done about it: Leaves the room when scanners are bought.')
    expect(shown.text).toContain('A supplier')
  })

  test('PEOPLE-9 R23 who fears for somebody’s safety is believed at once; the team decides with a reason', async () => {
    const { volunteer, secondVolunteer, coordinator, visitor, slug } = network
    for (const each of [volunteer, secondVolunteer]) await each.signsIn()
    const id = await declares(volunteer, 'Safe House Charity')
    expect((await visitor.reads(`/${slug}/interests`)).text).toContain('Safe House Charity')
    const page = await (await volunteer.reads(`/${slug}/interests/${id}`)).follow('Ask to keep it out')
    expect((await page.press('Ask the team')).errors).toEqual(['Say why'])
    await page.fill('Why must it not be public?', 'Somebody looks for me.').press('Ask the team')
    expect((await visitor.reads(`/${slug}/interests`)).text).not.toContain('Safe House Charity')
    expect((await secondVolunteer.opens(`/${slug}/interests/${id}/keep-out`)).status).toBe(404)
    const home = await coordinator.reads(`/${slug}/home`)
    const decide = await home.follow('Vera Volunteer asks to keep an interest out of the public register')
    await decide.fill('Why is it kept out?', 'There is a danger.').press('Save')
    expect((await coordinator.reads(`/${slug}/home`)).text).not.toContain('asks to keep an interest out')
    expect((await visitor.reads(`/${slug}/interests`)).text).not.toContain('Safe House Charity')
    // Declared with the wish from the beginning: never shown, and the team may say no.
    const second = await declares(volunteer, 'Second Charity', { withholdBecause: 'The same.' })
    expect((await visitor.reads(`/${slug}/interests`)).text).not.toContain('Second Charity')
    await (await coordinator.reads(`/${slug}/interests/${second}/withhold`))
      .choose('Show it in the public register')
      .press('Save')
    expect((await visitor.reads(`/${slug}/interests`)).text).toContain('Second Charity')
  })

  test('PEOPLE-9 R20 R22 the numbers are settings of the network', async () => {
    const { boardChair, visitor, director, slug, house } = network
    await house.owner.query(
      `update interest set from_on = '2025-01-01', to_on = '2025-10-01' where organisation = 'Acme Imaging Ltd'`,
    )
    expect((await visitor.reads(`/${slug}/interests`)).text).not.toContain('Acme')
    await doingAs(network, director, doing => setSetting(doing, monthsShown, 12, doing.today))
    const register = await visitor.reads(`/${slug}/interests`)
    expect(register.text).toContain('Acme')
    expect(register.text).toContain('stays here for 12 months')
    await doingAs(network, director, doing => setSetting(doing, monthsBetween, 3, doing.today))
    await doingAs(network, boardChair, doing =>
      confirmInterests(doing, boardChair.id, { isNil: false, about: 'own-wish', meetingId: null }),
    )
    await boardChair.signsIn()
    const last = house.clock.today()
    const mine = await boardChair.reads(`/${slug}/interests/mine`)
    expect(mine.text).toContain(`Next time by`)
    expect(mine.text).toContain(String(last.add({ months: 3 }).year))
    house.clock.daysOn(90)
    await due()
    expect(await told(boardChair)).toContain('as always after some time')
  })

  test('PEOPLE-9 R22 R59 what ended long ago is deleted; what was decided about it in a meeting stays', async () => {
    network = await aNetwork()
    const person = await network.aPerson({
      name: 'Old Interest',
      memberships: [{ group: 'board', role: 'member', voting: true }],
    })
    const old = await declares(person, 'Old Scanners Ltd', { from: day('2018-01-01'), to: day('2019-12-09') })
    const young = await declares(person, 'New Scanners Ltd', {
      from: day('2018-01-01'),
      to: day('2019-12-10'),
    })
    const item = await anItem(network)
    await network.house.owner.query(
      `insert into conflict (network_id, item_id, person_id, interest_id, found_by, why, found_at)
       values ($1, $2, $3, $4, 'match', 'Old Scanners Ltd', now())`,
      [network.id, item.id, person.id, old],
    )
    network.house.clock.set('2026-06-10T09:00:00Z')
    await due()
    const left = await network.house.owner.query('select id from interest where person_id = $1', [person.id])
    expect(left.rows).toEqual([{ id: young }])
    const conflict = await network.house.owner.query(
      'select why, interest_id from conflict where person_id = $1',
      [person.id],
    )
    expect(conflict.rows).toEqual([{ why: 'Old Scanners Ltd', interest_id: null }])
  })

  test('PEOPLE-9 a register of hundreds comes a page at a time, and an address names nobody', async () => {
    const big = await aNetwork()
    await big.inNetwork(async tx => {
      const made = await tx
        .insertInto('person')
        .values(
          Array.from({ length: 120 }, (_, n) => ({
            network_id: big.id,
            account_id: null,
            name: `Voter ${String(n).padStart(3, '0')}`,
            known_as: 'Voter',
            email: null,
            phone: null,
            postal_address: null,
            channel: 'post' as const,
            demo_key: null,
            created_at: big.house.clock.now(),
            left_on: null,
          })),
        )
        .returning('id')
        .execute()
      await tx
        .insertInto('membership')
        .values(
          made.map(({ id }) => ({
            network_id: big.id,
            person_id: id,
            group_id: big.groups.board,
            role: 'member' as const,
            voting: true,
            lay: false,
            from_on: day('2026-01-01'),
            to_on: null,
          })),
        )
        .execute()
    })
    const seen: string[] = []
    let page = await big.visitor.reads(`/${big.slug}/interests`)
    for (let pages = 0; pages < 5; pages++) {
      seen.push(
        ...page
          .$('main h2')
          .toArray()
          .map(each => page.$(each).text()),
      )
      if (!page.hasLink('Next page')) break
      expect(page.html).not.toContain('after=Voter')
      page = await page.follow('Next page')
    }
    const voters = seen.filter(each => each.startsWith('Voter'))
    expect(voters).toHaveLength(120)
    expect(new Set(voters).size).toBe(120)
  })
})
