import { beforeAll, describe, expect, test } from 'vitest'
import { runDue } from '#platform/delivery/due.ts'
import { aNetwork, type TestNetwork } from '#tests/network.ts'

let network: TestNetwork

beforeAll(async () => {
  network = await aNetwork()
})

describe('PEOPLE-7 learning', () => {
  let wish = ''

  test('PEOPLE-7 a volunteer asks the team, has a day, is answered, and puts it into the library', async () => {
    const { volunteer, coordinator, boardMember, slug } = network
    const front = await volunteer.reads(`/${slug}/learning`)
    const form = await front.follow('I would like to know more about something')
    expect((await form.press('Send it')).errors).toEqual([
      'Write what you would like to know',
      'Choose whom you ask',
    ])
    const sent = await form
      .fill('I would like to know more about…', 'What an ICS does with what we say')
      .choose('The team')
      .press('Send it')
    wish = sent.path
    expect(sent.text).toContain('23 June 2026')
    expect((await volunteer.wasTold()).at(-1)!.body).toContain('By 23 June 2026 you have an answer')
    // Nobody else sees it yet.
    expect((await boardMember.opens(wish)).status).toBe(404)
    expect((await coordinator.reads(`/${slug}/home`)).text).toContain(
      'Vera Volunteer would like to know more',
    )
    const answer = await (await coordinator.reads(wish)).follow('Answer it')
    const untitled = await answer
      .fill('The answer, in plain English', 'It reads it, and says what it will do.')
      .choose('Offer it for the library')
      .press('Send the answer')
    expect(untitled.errors).toEqual(['Give it a title for the library'])
    await untitled
      .choose('Offer it for the library')
      .fill('Title for the library', 'What an ICS does')
      .press('Send the answer')
    expect((await volunteer.wasTold()).at(-1)!.body).toContain('It reads it')
    // The team alone cannot publish it.
    expect((await boardMember.opens(wish)).status).toBe(404)
    await (await volunteer.reads(wish)).press('Yes, put it into the library')
    const library = await boardMember.reads(`/${slug}/learning?q=ICS`)
    const entry = await library.follow('What an ICS does')
    expect(entry.text).toContain('It reads it')
    expect(entry.text).not.toContain('Vera')
    expect((await boardMember.reads(`/${slug}/search?q=ICS`)).text).toContain('What an ICS does')
    await (await volunteer.reads(wish)).press('Take it out of the library')
    expect((await boardMember.opens(wish)).status).toBe(404)
    const kept = await network.house.owner.query(`select kind, due_on::text, kept_on::text from promise_kept`)
    expect(kept.rows).toEqual([{ kind: 'learning', due_on: '2026-06-23', kept_on: '2026-06-09' }])
  })

  test('PEOPLE-7 to a special interest group it is a request of the kind education', async () => {
    const { volunteer, slug } = network
    const form = await volunteer.reads(`/${slug}/learning/new`)
    const group = form
      .fill('I would like to know more about…', 'How a magnet makes an image')
      .choose('A special interest group')
    expect((await group.press('Send it')).errors).toEqual(['Choose a group'])
    const sent = await group.fill('Which group?', 'MRI Special Interest Group').press('Send it')
    expect(sent.path).toMatch(/\/requests\/R-\d+$/)
    expect(sent.text).toContain('Education')
  })

  test('PEOPLE-7 by phone: the team writes it down, and a session gives it a day', async () => {
    const { coordinator, slug, house } = network
    const nell = await network.aPerson({
      name: 'Nell Phone',
      channel: 'phone',
      memberships: [{ group: 'mri', role: 'volunteer' }],
    })
    const form = await coordinator.reads(`/${slug}/team/learning/on-behalf`)
    const made = await form
      .fill('Who asks?', 'Nell Phone')
      .choose('On the phone')
      .fill('What would they like to know, in their own words?', 'Why is the scanner so loud?')
      .press('Write it down')
    expect((await nell.wasTold()).at(-1)).toMatchObject({ channel: 'phone', state: 'by-hand' })
    const on = house.clock.today().add({ days: 5 })
    const plan = await coordinator.reads(`/${slug}/team/induction/sessions/new`)
    await plan
      .fill('Title, if it is about something else', 'Scanners for beginners')
      .fill('Day', String(on.day))
      .fill('Month', String(on.month))
      .fill('Year', String(on.year))
      .fill('When does it begin?', '14:00')
      .fill('Where is it?', 'By phone')
      .press('Plan it')
    const into = await coordinator.reads(`${made.path.replace('/learning/', '/team/learning/')}/session`)
    expect((await into.press('Give them a place and tell them')).errors).toEqual(['Choose a session'])
    const done = await into.choose('Scanners for beginners').press('Give them a place and tell them')
    expect(done.text).toContain('In a session')
    expect((await nell.wasTold()).at(-1)!.body).toContain('You have a place')
  })

  test('PEOPLE-7 late wishes are told to the team', async () => {
    const { volunteer, portfolioManager, slug, house } = network
    const form = await volunteer.reads(`/${slug}/learning/new`)
    await form
      .fill('I would like to know more about…', 'How dose is measured')
      .choose('The team')
      .press('Send it')
    house.clock.daysOn(20)
    await runDue(house.house, house.app.slices)
    expect((await portfolioManager.wasTold()).map(each => each.body).join()).toContain('It is late.')
    await network.coordinator.signsIn()
    const list = await network.coordinator.reads(`/${slug}/team/learning?show=late`)
    expect(list.text).toContain('How dose is measured')
    expect(list.text).not.toContain('Why is the scanner so loud?')
  })
})

describe('PEOPLE-7 the word list', () => {
  test('PEOPLE-7 anybody reads it and asks for a missing word; the team explains it, and who asked hears', async () => {
    const { visitor, volunteer, coordinator, slug } = network
    for (const each of [volunteer, coordinator]) await each.signsIn()
    const ready = await coordinator.reads(`/${slug}/team/words/ready-made`)
    await ready.press('Use this list')
    expect((await visitor.reads(`/${slug}/words`)).text).toContain('How many members must be there')
    const empty = await visitor.reads(`/${slug}/words?q=elastography`)
    expect(empty.text).toContain('“elastography” is not in the list yet.')
    const form = await empty.follow('Ask for a word')
    expect(form.valueOf('Which word?')).toBe('elastography')
    const own = await volunteer.reads(`/${slug}/words/ask`)
    const thanks = await own
      .fill('Which word?', 'Elastography')
      .fill('Where did you see', 'In P-1')
      .press('Ask for it')
    expect(thanks.h1).toBe('Thank you for asking')
    const list = await coordinator.reads(`/${slug}/team/words`)
    const one = await list.follow('Elastography')
    expect((await one.press('Save')).errors).toEqual([
      'Say what it means, or why it is not put into the list',
    ])
    await one
      .fill('What it means, in plain English', 'A scan that shows how stiff something is.')
      .press('Save')
    expect((await visitor.reads(`/${slug}/words?q=elasto`)).text).toContain('how stiff something is')
    expect((await volunteer.wasTold()).at(-1)!.body).toContain('others did not know it either')
    expect((await visitor.reads(`/${slug}/search?q=elastography`)).status).toBeLessThan(500)
  })

  test('PEOPLE-7 a meaning is never lost: changed, taken out, with who wrote it', async () => {
    const { coordinator, visitor, slug } = network
    const list = await coordinator.reads(`/${slug}/team/words?q=quorum`)
    const one = await list.follow('Change')
    await one
      .fill('What it means, in plain English', 'How many people a group needs to decide.')
      .press('Save')
    expect((await visitor.reads(`/${slug}/words?q=quorum`)).text).toContain('How many people a group needs')
    const again = await (await coordinator.reads(`/${slug}/team/words?q=quorum`)).follow('Change')
    expect(again.text).toContain('How many members must be there')
    await again.choose('It is not in the list any more').press('Save')
    expect((await visitor.reads(`/${slug}/words?q=quorum`)).text).toContain('is not in the list yet')
  })

  test('PEOPLE-7 a link to the words stands in the foot of each page', async () => {
    const { visitor, slug } = network
    const page = await visitor.reads(`/${slug}/help`)
    expect((await page.follow('Words explained')).h1).toBe('Words explained')
  })

  test('PEOPLE-7 strangers and those without a place find no wish and no list of the team', async () => {
    const { slug, stranger, visitor, applicant, administrator, boardMember } = network
    for (const each of [stranger, applicant, administrator, boardMember]) await each.signsIn()
    for (const path of [
      'learning',
      'learning/new',
      'learning/1',
      'team/learning',
      'team/words',
      'team/words/new',
    ]) {
      for (const each of [stranger, visitor, applicant, administrator])
        expect((await each.opens(`/${slug}/${path}`)).status, path).toBe(404)
    }
    for (const path of ['learning/1', 'team/learning', 'team/words', 'team/learning/1/answer'])
      expect((await boardMember.opens(`/${slug}/${path}`)).status, path).toBe(404)
  })
})
