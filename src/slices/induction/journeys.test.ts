import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { beforeAll, describe, expect, test } from 'vitest'
import { runDue } from '#platform/delivery/due.ts'
import { doingAs } from '#slices/actions/for-tests.ts'
import { votersOn } from '#slices/meetings/index.ts'
import { aMotion, anItem } from '#slices/votes/for-tests.ts'
import { aNetwork, type Someone, type TestNetwork } from '#tests/network.ts'
import { signModule } from './changes.ts'

let network: TestNetwork

beforeAll(async () => {
  network = await aNetwork()
})

const due = () => runDue(network.house.house, network.house.app.slices)
const voters = async () =>
  (await network.inNetwork(tx => votersOn(tx, network.groups.board, network.house.clock.today()))).map(
    each => each.name,
  )
const finishes = (person: Someone, module: string) =>
  doingAs(network, network.coordinator, async doing => {
    await signModule(doing, person.id, module, { by: 'person', how: 'told' })
    await signModule(doing, person.id, module, { by: 'team', how: 'told' })
  })

describe('PEOPLE-6 induction', () => {
  test('PEOPLE-6 the team begins with ready-made parts; nobody loses a vote by that', async () => {
    const { coordinator, volunteer, slug } = network
    expect((await volunteer.reads(`/${slug}/induction`)).text).toContain('You have all that you need.')
    const list = await coordinator.reads(`/${slug}/team/induction/modules`)
    const ready = await list.follow('Look at ready-made parts')
    expect((await ready.press('Use these parts')).text).toContain('What stays in the room')
    expect(await voters()).toEqual(['Bea Chair', 'Mo Member', 'Sam Second', 'Vera Volunteer'])
    const mine = await volunteer.reads(`/${slug}/induction`)
    expect(mine.text).toContain('You have all that you need to vote.')
    expect(mine.text).toContain('Still to do')
  })

  test('PEOPLE-6 one reads, answers, is told why an answer is wrong, tries again, and both sign', async () => {
    const { coordinator, volunteer, slug } = network
    const one = await (await volunteer.reads(`/${slug}/induction`)).follow('Conflicts of interest')
    const form = await one.follow('Answer the questions')
    expect((await form.press('I have done this, and it is clear to me')).errors).toEqual(['Choose an answer'])
    const wrong = await form
      .choose('No, because it is not my own job')
      .press('I have done this, and it is clear to me')
    expect(wrong.status).toBe(422)
    expect(wrong.errors[0]).toContain('Not quite. What somebody close to you has a stake in counts, too.')
    expect(wrong.valueOf('No, because it is not my own job')).toBe('chosen')
    const signed = await wrong
      .choose('Yes, through somebody close to me')
      .press('I have done this, and it is clear to me')
    expect(signed.text).toContain(
      'You signed this on 9 June 2026. Somebody from the team looks at it with you',
    )
    expect((await coordinator.reads(`/${slug}/home`)).text).toContain(
      'Vera Volunteer has done a part of the induction',
    )
    const person = await coordinator.reads(`/${slug}/team/induction/people/${volunteer.id}`)
    expect((await person.press('Save')).errors).toEqual(['Choose at least one part'])
    const after = await person.choose('Conflicts of interest').press('Save')
    expect(after.text).toContain('Finished “Conflicts of interest”')
    expect((await volunteer.wasTold()).at(-1)!.subject).toContain('a module of your induction is finished')
  })

  test('PEOPLE-6 voting needs what the network says, from its day on; roll and quorum follow, and the person sees why', async () => {
    const { coordinator, volunteer, secondVolunteer, boardMember, boardChair, slug, house } = network
    await finishes(boardMember, 'confidentiality')
    await finishes(boardChair, 'confidentiality')
    const rules = await coordinator.reads(`/${slug}/team/induction/modules/confidentiality/rules`)
    expect(rules.text).toContain('Sam Second, Vera Volunteer')
    const past = await rules.fill('Day', '1').fill('Month', '6').fill('Year', '2026').press('Save')
    expect(past.errors).toEqual(['The day must be today or later'])
    await past.fill('Day', '10').press('Save')
    expect((await secondVolunteer.wasTold()).at(-1)!.subject).toContain('something to finish before you vote')
    // Until that day everybody votes.
    expect(await voters()).toContain('Sam Second')
    expect((await volunteer.reads(`/${slug}/induction`)).text).toContain('From 10 June 2026 on you need this')
    house.clock.daysOn(1)
    for (const each of [volunteer, secondVolunteer, coordinator]) await each.signsIn()
    expect(await voters()).toEqual(['Bea Chair', 'Mo Member'])
    const item = await anItem(network)
    const motion = await aMotion(network, { itemId: item.id })
    const page = await volunteer.reads(motion.path)
    expect(page.text).toContain('You can vote after you have finished: What stays in the room')
    expect((await volunteer.reads(`/${slug}/home`)).text).toContain(
      'You can vote after you have finished this.',
    )
    await finishes(volunteer, 'confidentiality')
    expect(await voters()).toEqual(['Bea Chair', 'Mo Member', 'Vera Volunteer'])
    expect((await volunteer.reads(motion.path)).text).not.toContain('You can vote after')
    // Of the day of the vote: what was finished later did not count then.
    const before = await network.inNetwork(tx =>
      votersOn(tx, network.groups.board, Temporal.PlainDate.from('2026-06-09')),
    )
    expect(before.map(each => each.name)).toContain('Sam Second')
  })

  test('PEOPLE-6 PEOPLE-8 a missing agreement keeps from voting only where the network has set it so', async () => {
    const { secondVolunteer, volunteer, slug, house } = network
    await finishes(secondVolunteer, 'confidentiality')
    await (await network.coordinator.reads(`/${slug}/team/agreements/ready-made`)).press(
      'Use these agreements',
    )
    await due()
    house.clock.daysOn(60)
    for (const each of [volunteer, secondVolunteer]) await each.signsIn()
    expect(await voters()).toContain('Vera Volunteer')
    await network.inNetwork(tx =>
      sql`insert into network_setting (network_id, name, from_on, value, at)
        values (${network.id}, 'agreement-missing', '2026-01-01', '"no-vote"', now())`.execute(tx),
    )
    expect(await voters()).toEqual([])
    expect((await volunteer.reads(`/${slug}/induction`)).text).toContain(
      'You can vote after you have finished: ',
    )
    for (const each of ['role', 'confidentiality', 'conduct']) {
      const page = await volunteer.reads(`/${slug}/agreements/${each}/answer`)
      await page.choose('Yes, I have read it and I agree').press('Send')
    }
    expect(await voters()).toEqual(['Vera Volunteer'])
  })

  test('PEOPLE-6 a session with a date: a place by web or as told, a reminder, who came, and signing by phone', async () => {
    const { coordinator, volunteer, sigMember, slug, house } = network
    await coordinator.signsIn()
    const plan = await coordinator.reads(`/${slug}/team/induction/sessions/new`)
    expect((await plan.press('Plan it')).errors).toEqual([
      'Enter the day',
      'Enter when it begins',
      'Say where it is',
    ])
    const on = house.clock.today().add({ days: 3 })
    const planned = await plan
      .fill('Which part of the induction?', 'meetings')
      .fill('Day', String(on.day))
      .fill('Month', String(on.month))
      .fill('Year', String(on.year))
      .fill('When does it begin?', '10:30')
      .fill('Where is it?', 'By phone')
      .press('Plan it')
    expect(planned.h1).toBe('How meetings run')
    const withPlace = await planned.choose('Meg Member').press('Give them a place')
    expect(withPlace.text).toContain('Meg Member')
    await volunteer.signsIn()
    const session = await (await volunteer.reads(`/${slug}/induction`)).follow('How meetings run')
    const sessions = await volunteer.reads(`/${slug}/induction/sessions`)
    const one = await sessions.follow('How meetings run')
    expect(session.status).toBe(200)
    expect((await one.press('I would like to come')).text).toContain('You have a place.')
    house.clock.daysOn(4)
    for (const each of [volunteer, coordinator, sigMember]) await each.signsIn()
    const came = await coordinator.reads(planned.path)
    const done = await came.press('Write down who came')
    expect(done.status).toBe(200)
    expect((await volunteer.wasTold()).at(-1)!.subject).toContain('was it clear?')
    expect((await sigMember.reads(`/${slug}/induction`)).text).toContain('The team has signed, you sign next')
    const told = await coordinator.reads(`/${slug}/team/induction/people/${sigMember.id}`)
    expect((await told.choose('How meetings run').press('Save')).text).toContain('as told to the team')
  })

  test('PEOPLE-6 somebody new has a plan with its day, is reminded, and is late after it', async () => {
    const { coordinator, slug, house } = network
    const newcomer = await network.aPerson({ name: 'Nell Newcomer' })
    await network.inNetwork(tx =>
      tx
        .insertInto('membership')
        .values({
          network_id: network.id,
          person_id: newcomer.id,
          group_id: network.groups.board,
          role: 'volunteer',
          voting: true,
          lay: true,
          from_on: house.clock.today(),
          to_on: null,
        })
        .execute(),
    )
    await due()
    expect((await newcomer.wasTold()).map(each => each.body).join()).toContain(
      'Your induction is there for you',
    )
    expect((await newcomer.reads(`/${slug}/home`)).text).toContain('Part of your induction')
    house.clock.daysOn(57)
    await due()
    await coordinator.signsIn()
    const list = await coordinator.reads(`/${slug}/team/induction?show=open`)
    expect(list.text).toContain('Nell Newcomer')
    expect(list.text).toContain('late')
    // Those who were there before were not asked for anything.
    const plans = await network.house.owner.query('select person_id from induction_plan')
    expect(plans.rows.map(each => each.person_id)).toEqual([newcomer.id])
  })

  test('PEOPLE-6 strangers find nothing, and nobody sees how far somebody else is', async () => {
    const { slug, stranger, visitor, applicant, administrator, volunteer, boardMember } = network
    const own = ['induction', 'induction/modules/meetings', 'induction/modules/meetings/questions']
    const team = [
      'team/induction',
      `team/induction/people/${volunteer.id}`,
      'team/induction/modules',
      'team/induction/modules/meetings',
      'team/induction/modules/meetings/rules',
      'team/induction/sessions/new',
    ]
    for (const person of [stranger, applicant, administrator, boardMember]) await person.signsIn()
    for (const path of [...own, ...team]) {
      for (const person of [stranger, applicant, administrator, visitor])
        expect((await person.opens(`/${slug}/${path}`)).status, path).toBe(404)
    }
    for (const path of team) expect((await boardMember.opens(`/${slug}/${path}`)).status, path).toBe(404)
  })
})
