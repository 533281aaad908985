import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { openAction } from '#slices/actions/index.ts'
import { aConcern } from '#slices/concerns/for-tests.ts'
import { aContribution, doingAs } from '#slices/contributions/for-tests.ts'
import { aMotion } from '#slices/votes/for-tests.ts'
import { castBallot, loadMotion } from '#slices/votes/index.ts'
import { aNetwork, type Someone, type TestNetwork } from '#tests/network.ts'
import type { SeenPage } from '#tests/person.ts'

/** Every text of every table, as the owner sees it: what a backup would hold. */
async function whereItStands(network: TestNetwork, words: readonly string[]): Promise<string[]> {
  const { owner } = network.house
  const tables = await owner.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  )
  const found: string[] = []
  for (const { name } of tables.rows) {
    for (const each of words) {
      const rows = await owner.query(
        `select 1 from ${name} t where strpos(lower(t::text), lower($1)) > 0 limit 1`,
        [each],
      )
      if (rows.rowCount) found.push(`${name}: ${each}`)
    }
  }
  return found
}

interface Wish {
  when?: string
  answers?: string
  views?: string
  thanks?: string
  remember?: boolean
  reason?: string
}

/** Both steps, by the words on the page. */
async function leaves(person: Someone, network: TestNetwork, wish: Wish = {}): Promise<SeenPage> {
  const page = await person.reads(`/${network.slug}/account/leave`)
  page.choose(wish.when ?? 'Now')
  page.choose(wish.answers ?? 'Yes, answer me')
  page.choose(wish.views ?? 'As I chose for each of them')
  page.choose(wish.thanks ?? 'Yes, once more')
  if (wish.remember) page.choose('The team may see that I was here before')
  if (wish.reason) page.fill('Would you like to tell us why?', wish.reason)
  const check = await page.press('Continue')
  expect(check.h1).toBe('Check before you leave')
  return await check.choose('Yes, I want to leave').press('Continue')
}

const aLeaver = (network: TestNetwork) =>
  network.aPerson({
    name: 'Lena Leaver',
    email: 'lena.leaver@example.org',
    phone: '07700 900777',
    postalAddress: '7 Goodbye Lane, Dudley',
    memberships: [{ group: 'board', role: 'volunteer', voting: true, lay: true }],
  })

test('PEOPLE-16 R8 somebody leaves in two steps, sees first what goes and stays, and is out at once', async () => {
  const network = await aNetwork()
  const { slug } = network
  const lena = await aLeaver(network)
  await aContribution(network, { by: lena, words: 'The waiting room is cold.' })
  const page = await (await lena.reads('/account')).follow('Leave the network')
  expect(page.text).toContain('What is deleted')
  expect(page.text).toContain('The e-mail address')
  expect(page.text).toContain('The place in Operational Board')
  expect(page.text).toContain('1 view is not answered yet')
  expect(page.text).toContain('Take a rest')
  // No reason is asked for; a no keeps them here.
  const check = await page.press('Continue')
  const stays = await check.choose('No, not now').press('Continue')
  expect(stays.h1).toBe('Leave the network')
  expect((await lena.reads(`/${slug}/home`)).status).toBe(200)
  const gone = await leaves(lena, network)
  expect(gone.h1).toBe('You have left')
  expect((await lena.opens(`/${slug}/home`)).status).toBe(404)
  expect((await network.coordinator.opens(`/${slug}/team/people/${lena.id}`)).status).toBe(404)
  const people = await network.boardMember.reads(`/${slug}/groups/board/people`)
  expect(people.text).toContain('Lena Leaver')
})

test('PEOPLE-16 R9 afterwards no table holds how to reach them, and the view keeps its words', async () => {
  const network = await aNetwork()
  const lena = await aLeaver(network)
  const view = await aContribution(network, { by: lena, words: 'The waiting room is cold.' })
  await network.house.runDue()
  const details = ['lena.leaver@example.org', '07700 900777', '7 Goodbye Lane']
  expect((await whereItStands(network, details)).length).toBeGreaterThan(2)
  await leaves(lena, network, {
    answers: 'No answers needed',
    thanks: 'No more messages',
    reason: 'I move to Wales.',
  })
  expect(await whereItStands(network, details)).toEqual([])
  const read = await network.coordinator.reads(view.path)
  expect(read.text).toContain('The waiting room is cold.')
  expect(read.text).toContain('Lena Leaver')
})

test('PEOPLE-16 R8 R9 one address is kept for answers and a thank-you, and goes when these are out', async () => {
  const network = await aNetwork()
  const { slug, coordinator, house } = network
  const lena = await aLeaver(network)
  await leaves(lena, network, { reason: 'I move to Wales.' })
  expect(await whereItStands(network, ['lena.leaver@example.org'])).toEqual([
    'last_address: lena.leaver@example.org',
  ])
  expect(await whereItStands(network, ['07700 900777'])).toEqual([])
  // Somebody of the team thanks them in their own words: asked on home, by a day.
  const home = await coordinator.reads(`/${slug}/home`)
  expect(home.text).toContain('Thank Lena Leaver')
  const one = await (await home.follow('Thank Lena Leaver')).follow('Thank Lena Leaver')
  expect((await one.press('Send it')).errors).toEqual(['Write a few words of your own'])
  const sent = await one.fill('Your words', 'You asked the question nobody dared to ask.').press('Send it')
  expect(sent.text).toContain('From Cora Ordinator')
  expect(sent.text).not.toContain('I move to Wales.')
  const told = await lena.wasTold()
  expect(told.at(-1)!.body).toContain('You asked the question nobody dared to ask.')
  expect(told.at(-1)!.body).not.toContain('/preferences/')
  await house.runDue()
  await house.runDue()
  expect(await whereItStands(network, ['lena.leaver@example.org', 'I move to Wales'])).toEqual([])
})

test('PEOPLE-16 an answer that was wished for still comes, and nothing else does', async () => {
  const network = await aNetwork()
  const { house } = network
  const lena = await aLeaver(network)
  const view = await aContribution(network, { by: lena, state: 'to-be-considered' })
  await leaves(lena, network, { thanks: 'No more messages' })
  await house.runDue()
  const before = (await lena.wasTold()).filter(each => each.subject !== 'Deleted').length
  await network.inNetwork(async tx => {
    await tx.updateTable('contribution').set({ title: 'Cold rooms' }).where('id', '=', view.id).execute()
  })
  await doingAs(network, network.coordinator, doing =>
    doing.tell(
      ...(['contribution', 'meeting', 'task'] as const).map(kind => ({
        key: `after-goodbye-${kind}`,
        personId: lena.id,
        kind,
        subject: `about ${kind}`,
        paragraphs: ['Some words.'],
        about: { kind, id: String(view.id) },
      })),
    ),
  )
  const after = (await lena.wasTold()).filter(each => each.subject !== 'Deleted')
  expect(after.length).toBe(before + 1)
  expect(after.at(-1)!.subject).toContain('about contribution')
  expect(after.at(-1)!.channel).toBe('email')
})

test('PEOPLE-16 what they had to do goes to whoever leads the group, who is told', async () => {
  const network = await aNetwork()
  const lena = await aLeaver(network)
  const made = await doingAs(network, network.boardChair, doing =>
    openAction(doing, {
      contributionId: null,
      considerationId: null,
      groupId: network.groups.board,
      what: 'Ask for a second chair in room 4',
      ownerPersonId: lena.id,
      dueOn: doing.today.add({ days: 20 }),
    }),
  )
  const page = await lena.reads(`/${network.slug}/account/leave`)
  expect(page.text).toContain('1 action goes to the chair of the group')
  await leaves(lena, network)
  const action = await network.boardChair.reads(`/${network.slug}/actions/A-${made.number}`)
  expect(action.text).toContain('Bea Chair')
  expect(action.text).toContain('Its owner has left the network')
  expect(
    (await network.boardChair.wasTold()).some(each => each.body.includes('Ask for a second chair')),
  ).toBe(true)
})

test('PEOPLE-16 in an open vote a ballot that was given counts, and who has not voted is not on the roll', async () => {
  const network = await aNetwork()
  const { slug, boardChair, boardMember } = network
  const lena = await aLeaver(network)
  const motion = await aMotion(network, { open: true, terms: { manner: 'written' } })
  await doingAs(network, lena, async doing => {
    const loaded = (await loadMotion(doing, motion.number, 'motion'))!
    await castBallot(doing, loaded, lena.id, ['for'])
  })
  expect((await lena.reads(`/${slug}/account/leave`)).text).toContain(
    `The vote given on V-${motion.number}, which is still open: it counts`,
  )
  const second = await network.secondVolunteer.reads(`/${slug}/account/leave`)
  expect(second.text).toContain(`The right to vote on V-${motion.number}`)
  await leaves(lena, network)
  await leaves(network.secondVolunteer, network)
  await doingAs(network, boardMember, async doing => {
    const loaded = (await loadMotion(doing, motion.number, 'nothing'))!
    const on = (id: number) => loaded.roll.find(each => each.personId === id)!
    expect(on(lena.id)).toMatchObject({ hasVoted: true, isVotingNow: false })
    expect(on(network.secondVolunteer.id)).toMatchObject({ hasVoted: false, isVotingNow: false })
  })
  expect((await boardChair.reads(motion.path)).status).toBe(200)
})

test('PEOPLE-16 the name goes from every view if somebody wishes so', async () => {
  const network = await aNetwork()
  const lena = await aLeaver(network)
  const view = await aContribution(network, { by: lena, naming: 'named', state: 'to-be-considered' })
  await leaves(lena, network, { views: 'Take the name away everywhere' })
  expect((await network.boardMember.opens(view.path)).html).not.toContain('Lena')
})

test('PEOPLE-16 the team writes it down from a call, for a day; until then the person can stay after all', async () => {
  const network = await aNetwork()
  const { slug, coordinator, house } = network
  const nora = await network.aPerson({
    name: 'Nora Phone',
    channel: 'phone',
    phone: '0121 496 0555',
    memberships: [{ group: 'board', role: 'volunteer' }],
  })
  const noted = async () => {
    const page = await (await coordinator.reads(`/${slug}/team/people/${nora.id}`)).follow(
      'They want to leave',
    )
    page.choose('By phone').choose('On a day that is still to come')
    page.fill('Day', '19').fill('Month', '6').fill('Year', '2026')
    page.choose('Yes').choose('As they chose for each')
    const check = await page.press('Continue')
    expect(check.text).toContain('19 June 2026')
    return await check.choose('Yes, they leave').press('Continue')
  }
  expect((await noted()).text).toContain('19 June 2026')
  expect((await nora.reads(`/${slug}/home`)).text).toContain('You leave the network')
  expect((await nora.wasTold()).at(-1)!.body).toContain('Until then you can stay after all')
  const stays = await (await nora.reads(`/${slug}/account/leave`)).press('Stay after all')
  expect(stays.h1).toBe('Leave the network')
  await noted()
  house.clock.daysOn(9)
  await house.runDue()
  expect((await nora.opens(`/${slug}/home`)).status).toBe(200)
  house.clock.daysOn(1)
  await house.runDue()
  expect((await nora.opens(`/${slug}/home`)).status).toBe(404)
  // A day on which the past lies is refused with a sentence.
  const vera = await network.volunteer.reads(`/${slug}/account/leave`)
  vera.choose('On a day that is still to come').fill('Day', '1').fill('Month', '1').fill('Year', '2026')
  const wrong = await vera.press('Continue')
  expect(wrong.status).toBe(422)
  expect(wrong.errors).toEqual(['Enter a day after today'])
  expect(wrong.valueOf('Day')).toBe('1')
})

test('PEOPLE-17 a note of the team alone ends no place: the person is told first, stays or leaves today, and the others see it', async () => {
  const network = await aNetwork()
  const { slug, coordinator, director, volunteer, stranger, house } = network
  const lena = await aLeaver(network)
  const noted = async () => {
    const page = await coordinator.reads(`/${slug}/team/people/${lena.id}/withdraw`)
    page.choose('By phone').choose('As soon as possible: 10 June 2026').choose('No answers needed')
    page.choose('As they chose for each').choose('No more messages')
    const check = await page.press('Continue')
    expect(check.text).toContain('They are told today')
    await check.choose('Yes, they leave').press('Continue')
  }
  // A day before they can have heard of it is refused, and what was typed is kept.
  const post = await network.aPerson({
    name: 'Paul Post',
    channel: 'post',
    postalAddress: '1 Example Road',
    memberships: [{ group: 'board', role: 'volunteer' }],
  })
  const soon = await coordinator.reads(`/${slug}/team/people/${post.id}/withdraw`)
  soon.choose('By post').choose('On a day that is still to come').choose('As they chose for each')
  soon.fill('Day', '12').fill('Month', '6').fill('Year', '2026').choose('No more messages')
  const refused = await soon.choose('No answers needed').press('Continue')
  expect(refused.errors).toEqual(['Enter 16 June 2026 or later, so that they have heard of it before'])
  expect(refused.valueOf('Day')).toBe('12')

  await noted()
  expect((await lena.reads(`/${slug}/home`)).status).toBe(200)
  expect((await lena.wasTold()).at(-1)!.body).toContain('Your last day here is 9 June 2026')
  expect((await director.reads(`/${slug}/home`)).text).toContain('Written down by one of the team')
  await (await lena.reads(`/${slug}/account/leave`)).press('Stay after all')
  house.clock.daysOn(7)
  await house.runDue()
  expect((await lena.reads(`/${slug}/home`)).status).toBe(200)

  for (const nobody of [volunteer, stranger]) {
    expect((await nobody.opens(`/${slug}/team/people/${lena.id}/withdraw`)).status).toBe(404)
  }
})

test('PEOPLE-16 R9 when the team writes it down, what only they could read is forgotten, too', async () => {
  const network = await aNetwork()
  const { slug, coordinator, portfolioManager } = network
  const lena = await aLeaver(network)
  const ref = await aConcern(network, { by: lena })
  await (await portfolioManager.reads(`/${slug}/concerns/${ref}/acknowledge`))
    .fill('A few words', 'It arrived.')
    .press('Say that it arrived')
  expect((await lena.wasTold()).map(each => each.kind)).toContain('concern')
  const page = await coordinator.reads(`/${slug}/team/people/${lena.id}/withdraw`)
  page.choose('By phone').choose('As soon as possible').choose('No answers needed')
  page.choose('As they chose for each').choose('No more messages')
  await (await page.press('Continue')).choose('Yes, they leave').press('Continue')
  network.house.clock.daysOn(7)
  await network.house.runDue()
  const { rows } = await network.house.owner.query(
    `select kind from message where person_id = $1 and kind <> 'leaving-planned' and (address <> '' or subject <> 'Deleted')`,
    [lena.id],
  )
  expect(rows).toEqual([])
})

test('PEOPLE-16 while somebody rests nothing is asked, the team sees it, and they come back', async () => {
  const network = await aNetwork()
  const { slug, volunteer, coordinator, house } = network
  const page = await (await volunteer.reads('/account')).follow('Take a rest')
  expect((await page.press('Save')).errors).toEqual(['Choose how long'])
  const resting = await page.choose('Until I say').press('Save')
  expect(resting.text).toContain('You rest since 9 June 2026, until you hear otherwise.')
  expect((await volunteer.reads(`/${slug}/home`)).text).toContain('You take a rest')
  expect((await coordinator.reads(`/${slug}/team/people/${volunteer.id}`)).text).toContain(
    'Rests since 9 June 2026',
  )
  const before = (await volunteer.wasTold()).length
  await doingAs(network, coordinator, doing =>
    doing.tell({
      key: 'an-invitation',
      personId: volunteer.id,
      kind: 'invitation',
      subject: 'a meeting',
      paragraphs: ['Come.'],
      about: { kind: 'meeting', id: 'M-1' },
    }),
  )
  expect(await volunteer.wasTold()).toHaveLength(before)
  await (await volunteer.reads(`/${slug}/account/rest`)).choose('I am back').press('Save')
  expect((await volunteer.reads(`/${slug}/home`)).text).not.toContain('You take a rest')
  // One with a day ends by itself.
  const noted = await coordinator.reads(`/${slug}/team/people/${volunteer.id}/rest`)
  noted.choose('Until a day').fill('Day', '12').fill('Month', '6').fill('Year', '2026')
  await noted.press('Save')
  house.clock.daysOn(4)
  await house.runDue()
  const row = await house.owner.query('select paused_from from person where id = $1', [volunteer.id])
  expect(row.rows[0].paused_from).toBeNull()
})

test('PEOPLE-16 who comes back is known again only if they had agreed to that', async () => {
  const network = await aNetwork()
  const { slug, coordinator } = network
  const lena = await aLeaver(network)
  const sam = network.secondVolunteer
  await leaves(lena, network, { remember: true })
  await leaves(sam, network)
  const again = await network.aPerson({ name: 'Lena Leaver', email: 'lena.leaver@example.org' })
  const samAgain = await network.aPerson({ name: 'Sam Second' })
  const page = await (await coordinator.reads(`/${slug}/team/people/${again.id}`)).follow('Was here before')
  await page.choose('Lena Leaver').press('This is the same person')
  expect((await coordinator.reads(`/${slug}/team/people/${again.id}/here-before`)).text).toContain(
    'Lena Leaver was here before, until 9 June 2026.',
  )
  expect((await coordinator.reads(`/${slug}/team/people/${samAgain.id}/here-before`)).text).toContain(
    'There is nobody like that',
  )
})

test('PEOPLE-16 a stranger and people without the right find nothing', async () => {
  const network = await aNetwork()
  const { slug, stranger, volunteer, administrator, coordinator } = network
  const lena = await aLeaver(network)
  await leaves(lena, network)
  const id = (await network.house.owner.query<{ id: number }>('select max(id) as id from leaving')).rows[0]!
    .id
  for (const path of [
    `/${slug}/team/leaving`,
    `/${slug}/team/leaving/${id}`,
    `/${slug}/team/people/${volunteer.id}/withdraw`,
    `/${slug}/team/people/${volunteer.id}/rest`,
    `/${slug}/team/people/${volunteer.id}/here-before`,
  ]) {
    for (const person of [stranger, volunteer, administrator])
      expect((await person.opens(path)).status, `${person.name} ${path}`).toBe(404)
    expect((await coordinator.opens(path)).status, path).toBe(200)
  }
  for (const path of [`/${slug}/account/leave`, `/${slug}/account/rest`])
    expect((await stranger.opens(path)).status).toBe(404)
})

test('PEOPLE-16 while somebody rests their loop does not end, and afterwards they have as many days as before', async () => {
  const network = await aNetwork()
  const { slug, volunteer, house } = network
  const view = await aContribution(network, { by: volunteer, state: 'fed-back' })
  const endsOn = async () =>
    (
      await house.owner.query<{ on: string }>(
        `select state_data ->> 'endsOn' as on from contribution where id = $1`,
        [view.id],
      )
    ).rows[0]!.on
  const before = await endsOn()
  await (await volunteer.reads(`/${slug}/account/rest`)).choose('Until I say').press('Save')
  house.clock.daysOn(60)
  await house.runDue()
  expect(await view.state()).toBe('fed-back')
  expect((await volunteer.wasTold()).some(each => each.kind === 'verdict-reminder')).toBe(false)
  await (await (await volunteer.signsIn()).reads(`/${slug}/account/rest`)).choose('I am back').press('Save')
  expect(await endsOn()).toBe(Temporal.PlainDate.from(before).add({ days: 60 }).toString())
  await house.runDue()
  expect(await view.state()).toBe('fed-back')
  house.clock.daysOn(40)
  await house.runDue()
  expect(await view.state()).toBe('ended-unanswered')
})
