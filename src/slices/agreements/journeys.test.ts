import { beforeAll, describe, expect, test } from 'vitest'
import { runDue } from '#platform/delivery/due.ts'
import { setSetting } from '#platform/network-settings.ts'
import type { Actor } from '#platform/permission.ts'
import { doingAs } from '#slices/actions/for-tests.ts'
import { mayReadPaper } from '#slices/meetings/index.ts'
import { aNetwork, type TestNetwork } from '#tests/network.ts'
import { withoutAgreement } from './settings.ts'

let network: TestNetwork

beforeAll(async () => {
  network = await aNetwork()
})

const due = () => runDue(network.house.house, network.house.app.slices)

describe('PEOPLE-8 agreements', () => {
  test('PEOPLE-8 the team starts with ready-made texts; a volunteer reads and agrees; the day stays', async () => {
    const { coordinator, volunteer, slug } = network
    const front = await coordinator.reads(`/${slug}/team/agreements`)
    const ready = await front.follow('Look at ready-made agreements')
    expect(ready.text).toContain('Confidentiality')
    const list = await ready.press('Use these agreements')
    expect(list.text).toContain('Code of conduct')
    // Only once.
    expect((await ready.press('Use these agreements')).status).toBeLessThan(500)
    await due()
    const asked = await volunteer.wasTold()
    expect(asked.at(-1)!.subject).toContain('things need you')
    const mine = await volunteer.reads(`/${slug}/agreements`)
    expect(mine.text).toContain('What a volunteer does')
    const one = await mine.follow('Code of conduct')
    const form = await one.follow('Say if you agree')
    expect((await form.press('Send')).errors).toEqual(['Say if you agree'])
    const done = await form.choose('Yes, I have read it and I agree').press('Send')
    expect(done.text).toContain('You agreed to this version on 9 June 2026')
    const people = await coordinator.reads(`/${slug}/team/agreements/conduct?show=all`)
    expect(people.text).toContain('Agreed on 9 June 2026')
    expect((await coordinator.reads(`/${slug}/team/agreements/conduct`)).text).not.toContain('Vera Volunteer')
  })

  test('PEOPLE-8 who would like to talk first is not pressed; the team writes down a yes by phone', async () => {
    const { coordinator, secondVolunteer, slug } = network
    const form = await secondVolunteer.reads(`/${slug}/agreements/conduct/answer`)
    const said = await form
      .choose('I would like to talk about it first')
      .fill('What would you like to talk about?', 'What is a concern?')
      .press('Send')
    expect(said.text).toContain('The team will be in touch')
    expect((await coordinator.reads(`/${slug}/home`)).text).toContain('Sam Second would like to talk')
    const page = await coordinator.reads(`/${slug}/team/agreements/of/${secondVolunteer.id}`)
    await page
      .fill('Which agreement?', 'conduct')
      .choose('They agree')
      .choose('On the phone')
      .press('Write it down')
    const people = await coordinator.reads(`/${slug}/team/agreements/conduct?show=all`)
    expect(people.text).toContain('by phone, written down by Cora Ordinator')
    expect((await coordinator.reads(`/${slug}/home`)).text).not.toContain('Sam Second would like to talk')
  })

  test('PEOPLE-8 a new version asks again by its day; what was agreed to is shown as it was', async () => {
    const { coordinator, volunteer, slug, house } = network
    const form = await coordinator.reads(`/${slug}/team/agreements/conduct/new-version`)
    expect((await form.press('Publish this version')).errors).toEqual(['Nothing in the text has changed'])
    const changed = form.fill('What people agree to', 'We listen. We also switch phones off.')
    expect((await changed.press('Publish this version')).errors).toEqual(['Say in a sentence what changed'])
    changed.fill('What changed', 'Phones are off.').fill('Day', '10')
    // The first date of the form is the day from which it holds.
    const published = await changed.press('Publish this version')
    expect(published.status).toBe(200)
    house.clock.daysOn(1)
    await Promise.all([volunteer.signsIn(), coordinator.signsIn()])
    await due()
    const again = await volunteer.reads(`/${slug}/agreements/conduct`)
    expect(again.text).toContain('Phones are off.')
    expect(again.hasLink('Say if you agree')).toBe(true)
    const before = await again.follow('Version 1')
    expect(before.text).toContain('We listen, and let people finish.')
    expect(before.text).toContain('There is a newer version of this.')
    // A form of the old version that was still open agrees to nothing.
    const answer = await volunteer.reads(`/${slug}/agreements/conduct/answer`)
    const { to, body } = answer.choose('Yes, I have read it and I agree').wouldSend('Send')
    body.set('number', '1')
    expect((await volunteer.posts(to, body)).errors).toEqual([
      'There is a newer version of this. Please read that one',
    ])
  })

  test('PEOPLE-8 what happens without is a setting: late is said, no papers are sent, with the reason', async () => {
    const { volunteer, slug, house } = network
    house.clock.daysOn(60)
    await due()
    await volunteer.signsIn()
    expect((await volunteer.reads(`/${slug}/agreements`)).text).toContain('late')
    await doingAs(network, network.director, doing =>
      setSetting(doing, withoutAgreement, 'no-papers', doing.today),
    )
    const entered = await house.database.enter(
      { slug, accountId: volunteer.accountId, today: house.clock.today() },
      async (_, entry) => entry,
    )
    expect(entered!.person!.withoutPapers).toBe(true)
    expect((await volunteer.reads(`/${slug}/home`)).text).toContain('Until then you get no papers.')
    const meeting = `/${slug}/meetings/M-1`
    expect((await volunteer.reads(meeting)).text).toContain('You get no papers of this meeting yet')
    const actor = {
      networkId: network.id,
      personId: volunteer.id,
      name: '',
      knownAs: '',
      posts: [],
      trustIds: [],
      memberships: [{ groupId: 1, role: 'volunteer', voting: true, lay: true }],
      withoutPapers: true,
    } satisfies Actor
    const paper = { groupId: 1, authorId: 0, out: true, readerIds: [], excludedIds: [] }
    expect(mayReadPaper.holds(actor, { ...paper, handling: 'board' })).toBe(false)
    expect(mayReadPaper.holds({ ...actor, withoutPapers: false }, { ...paper, handling: 'board' })).toBe(true)
    expect(mayReadPaper.holds(actor, { ...paper, handling: 'public' })).toBe(true)
    // With the word given the papers are there at once.
    for (const each of ['role', 'confidentiality', 'conduct']) {
      const page = await volunteer.reads(`/${slug}/agreements/${each}/answer`)
      await page.choose('Yes, I have read it and I agree').press('Send')
    }
    expect((await volunteer.reads(meeting)).text).not.toContain('You get no papers')
  })

  test('PEOPLE-8 strangers, visitors and those without a place find nothing', async () => {
    const { slug, stranger, visitor, applicant, administrator, boardMember } = network
    for (const path of [
      'agreements',
      'agreements/conduct',
      'agreements/conduct/answer',
      'agreements/conduct/versions/1',
      'team/agreements',
      'team/agreements/conduct',
      `team/agreements/of/${network.volunteer.id}`,
    ]) {
      for (const person of [stranger, applicant, administrator]) {
        await person.signsIn()
        expect((await person.opens(`/${slug}/${path}`)).status, `${person.fullName} ${path}`).toBe(404)
      }
      expect((await visitor.opens(`/${slug}/${path}`)).status, path).toBe(404)
    }
    await boardMember.signsIn()
    expect((await boardMember.opens(`/${slug}/team/agreements`)).status).toBe(404)
  })
})
