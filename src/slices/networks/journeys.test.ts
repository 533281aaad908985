import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { cookieNames } from '#platform/session.ts'
import { aNetwork, type TestNetwork } from '#tests/network.ts'

let it: TestNetwork

beforeAll(async () => {
  it = await aNetwork()
})

const open = [
  '',
  '/governance',
  '/priorities',
  '/groups/paediatric',
  '/how-this-works',
  '/help',
  '/privacy',
  '/accessibility',
  '/cookies',
  '/data-protection-complaint',
]

test.each(open)(
  'HOUSE-9 anybody reads /:network%s, with one heading and a title that begins with it',
  async at => {
    for (const person of [it.visitor, it.volunteer, it.stranger]) {
      const seen = await person.reads(`/${it.slug}${at}`)
      expect(seen.$('h1').length).toBe(1)
      expect(seen.title.startsWith(seen.h1)).toBe(true)
    }
  },
)

test('HOUSE-9 what every footer links to is there, with a network and without', async () => {
  for (const start of [`/${it.slug}`, '/']) {
    const seen = await it.visitor.reads(start)
    const links = seen
      .$('footer a')
      .toArray()
      .map(each => seen.$(each).attr('href')!)
      .filter(href => href.startsWith('/'))
    expect(links.length).toBeGreaterThanOrEqual(6)
    for (const href of links) expect((await it.visitor.opens(href)).status, href).toBe(200)
  }
})

test('HOUSE-9 R64 the page about cookies lists each cookie that is ever set, by its name', async () => {
  const seen = await it.visitor.reads(`/${it.slug}/cookies`)
  const listed = seen
    .$('main tbody tr')
    .toArray()
    .map(row => seen.$(row).find('td, th').first().text().replace('Name ', '').trim())
  expect(listed).toEqual([
    '__Host-loop (in a demonstration: loop)',
    '__Host-loop-sign-in (in a demonstration: loop-sign-in)',
    '__Host-loop-passkey (in a demonstration: loop-passkey)',
    '__Host-loop-kept (in a demonstration: loop-kept)',
    'loop-registration',
    'loop-concern',
    '__Host-loop-sent (in a demonstration: loop-sent)',
    '__Host-loop-needs (in a demonstration: loop-needs)',
    '__Host-loop-elsewhere (in a demonstration: loop-elsewhere)',
    '__Host-loop-device (in a demonstration: loop-device)',
    '__Host-loop-language (in a demonstration: loop-language)',
  ])
  expect(cookieNames.every((name, n) => listed[n]!.includes(name))).toBe(true)
  // A cookie that is set elsewhere would escape that list.
  const src = join(import.meta.dirname, '../..')
  const setters = globSync('**/*.{ts,tsx}', { cwd: src }).filter(
    each => !/test/.test(each) && /SameSite=/.test(readFileSync(join(src, each), 'utf8')),
  )
  expect(setters.sort()).toEqual([
    'platform/session.ts',
    'slices/concerns/return-code.ts',
    'slices/registration/draft.ts',
  ])
})

test('LOOP-17 who may read a group’s library finds it on the group’s page', async () => {
  const at = `/${it.slug}/groups/paediatric`
  for (const person of [it.volunteer, it.sigMember, it.coordinator, it.trustContact]) {
    const library = await (await person.reads(at)).follow('Library of the Paediatric SIG')
    expect(library.h1).toBe('Library of Paediatric Special Interest Group')
  }
  for (const person of [it.visitor, it.applicant, it.stranger])
    expect((await person.reads(at)).hasLink('Library of the Paediatric SIG')).toBe(false)
  expect((await it.volunteer.reads(`/${it.slug}/groups/board`)).text).not.toContain('Library')
})

test('M1 a visitor reads what the network is, its hospitals and its groups, and how to have a say', async () => {
  const seen = await it.visitor.reads(`/${it.slug}`)
  expect(seen.h1).toBe('First Imaging Network')
  expect(seen.text).toContain('First Hospital, Birmingham')
  expect(seen.hasLink('Operational Board')).toBe(true)
  expect(seen.$(`main a[href="/${it.slug}/register"]`).length).toBe(1)
})

test('M16 who decides what, and how a view travels', async () => {
  const seen = await it.visitor.reads(`/${it.slug}/governance`)
  for (const word of ['Documented', 'Considered', 'Actioned', 'Closed', 'vote'])
    expect(seen.text).toContain(word)
  const group = await seen.follow('Paediatric Special Interest Group')
  expect(group.h1).toBe('Paediatric Special Interest Group')
})

test('R23 the public reads how many volunteers a group has; who they are is for its people', async () => {
  const outside = await it.visitor.reads(`/${it.slug}/groups/board`)
  expect(outside.text).toContain('2 members of the public')
  expect(outside.html).not.toContain('Vera Volunteer')
  expect(outside.text).toContain('Bea Chair')
  expect((await it.stranger.reads(`/${it.slug}/groups/board`)).html).not.toContain('Vera Volunteer')
  expect((await it.boardMember.reads(`/${it.slug}/groups/board`)).text).toContain('Vera Volunteer')
  expect((await it.visitor.opens(`/${it.slug}/groups/nothing`)).status).toBe(404)
  expect((await it.visitor.opens(`/${it.otherSlug}/groups/paediatric`)).html).not.toContain('Sid Chair')
})

async function complains(words = 'My letter went to my neighbour.') {
  const page = await it.visitor.reads(`/${it.slug}/data-protection-complaint`)
  page.fill('What went wrong?', words).fill('Your name', 'Ola Outside')
  return page.choose('By e-mail').fill('E-mail address', 'ola@example.org')
}

test('R1 anybody can complain about data, gets a number at once, and only the contact can read it', async () => {
  const done = await (await complains()).press('Send')
  expect(done.h1).toBe('We have it')
  const number = /D-\d+/.exec(done.text)![0]
  // 30 days, counted from the day after it came.
  expect(done.text).toContain('9 July 2026')
  const letters = await it.inNetwork(tx =>
    tx.selectFrom('message').selectAll().where('kind', '=', 'data-complaint').execute(),
  )
  expect(letters.at(-1)).toMatchObject({ address: 'ola@example.org', person_id: null, state: 'waiting' })
  expect(letters.at(-1)!.body).toContain(number)
  expect(letters.at(-1)!.body).not.toContain('neighbour')

  const at = `/${it.slug}/team/data-complaints`
  for (const person of [
    it.visitor,
    it.volunteer,
    it.coordinator,
    it.portfolioManager,
    it.administrator,
    it.boardChair,
    it.stranger,
  ]) {
    expect((await person.opens(at)).status, person.name).toBe(404)
    expect((await person.opens(`${at}/${number}`)).status, person.name).toBe(404)
    expect((await person.opens(`${at}/${number}/outcome`)).status, person.name).toBe(404)
  }
  const list = await it.director.reads(at)
  const complaint = await list.follow(number)
  expect(complaint.text).toContain('My letter went to my neighbour.')
  // Each look is logged (R58).
  const looks = await it.inNetwork(tx =>
    tx
      .selectFrom('audit')
      .select('thing_id')
      .where('action', '=', 'data-complaint-opened')
      .where('by_person_id', '=', it.director.id)
      .execute(),
  )
  expect(looks.map(each => each.thing_id)).toContain(number)
})

test('R1 the receipt is shown to who sent it, and a guessed one to nobody', async () => {
  const done = await (await complains()).press('Send')
  expect((await it.visitor.opens(done.path)).status).toBe(200)
  expect((await it.visitor.opens(`${done.path}x`)).status).toBe(404)
  expect((await it.visitor.opens(`/${it.slug}/data-protection-complaint/received/1-guess`)).status).toBe(404)
  expect((await it.visitor.opens(done.path.replace(it.slug, it.otherSlug))).status).toBe(404)
})

test('R1 a second click makes one complaint', async () => {
  const page = await complains('Pressed twice.')
  const { to, body } = page.wouldSend('Send')
  const first = await it.visitor.posts(to, body)
  const second = await it.visitor.posts(to, body)
  expect(second.path).toBe(first.path)
  const rows = await it.inNetwork(tx =>
    tx.selectFrom('data_complaint').select('id').where('words', '=', 'Pressed twice.').execute(),
  )
  expect(rows.length).toBe(1)
})

test('R45 each mistake has its sentence, and what was typed is kept', async () => {
  const page = await it.visitor.reads(`/${it.slug}/data-protection-complaint`)
  const back = await page.fill('What went wrong?', '<b>"Robert"); drop table person;--').press('Send')
  expect(back.status).toBe(422)
  expect(back.errors).toEqual(['Enter your name', 'Choose how we can answer you'])
  expect(back.valueOf('What went wrong?')).toBe('<b>"Robert"); drop table person;--')
  const again = await back
    .fill('Your name', 'Ola')
    .choose('By phone')
    .fill('Phone number', 'ring me')
    .press('Send')
  expect(again.errors).toEqual(['Enter a phone number, like 0121 496 0000'])
})

test('R3 news every 20 working days until the answer, which names the ICO', async () => {
  const done = await (await complains('Wrong address kept.')).press('Send')
  const number = /D-\d+/.exec(done.text)![0]
  const at = `/${it.slug}/team/data-complaints/${number}`
  const news = await (await it.director.reads(`${at}/news`))
    .fill('What do you want to tell them?', 'We ask the hospital now.')
    .press('Send the news')
  expect(news.text).toContain('We ask the hospital now.')
  const page = await it.director.reads(`${at}/outcome`)
  const leftOpen = await it.director.reads(`${at}/outcome`)
  const answered = await page
    .fill('What did you find, and what did you do?', 'We put your address right.')
    .press('Send the answer')
  expect(answered.text).toContain('We put your address right.')
  const sent = await it.inNetwork(tx =>
    tx.selectFrom('message').select(['body']).where('about_id', '=', number).orderBy('id').execute(),
  )
  expect(sent.length).toBe(3)
  expect(sent[1]!.body).toContain('We ask the hospital now.')
  expect(sent[2]!.body).toContain('ico.org.uk')
  // Answered is answered: a second answer from a page left open is refused with a sentence.
  const late = await leftOpen
    .fill('What did you find, and what did you do?', 'Something else.')
    .press('Send the answer')
  expect(late.status).toBe(422)
  expect(late.valueOf('What did you find, and what did you do?')).toBe('Something else.')
})

test('R1 staff write down what somebody told them, and cannot read it again', async () => {
  const page = await it.coordinator.reads(`/${it.slug}/data-protection-complaint`)
  const done = await page
    .fill('How did it reach you?', 'By phone')
    .fill('What went wrong, in their words?', 'They rang me at work.')
    .fill('Their name', 'Pat Phone')
    .choose('By post')
    .fill('Postal address', '2 Example Street')
    .press('Send')
  const number = /D-\d+/.exec(done.text)![0]
  expect((await it.coordinator.opens(`/${it.slug}/team/data-complaints/${number}`)).status).toBe(404)
  const seen = await it.director.reads(`/${it.slug}/team/data-complaints/${number}`)
  expect(seen.text).toContain('By phone')
  // A letter would land on the whole team's list: the contact writes it.
  expect(seen.text).toContain('Please do it yourself')
  const onList = await it.inNetwork(tx =>
    tx.selectFrom('message').select('id').where('about_id', '=', number).execute(),
  )
  expect(onList).toEqual([])
})

test('R3 the contact is reminded when news is due, once', async () => {
  const before = (await it.director.wasTold()).length
  await (await complains('Clock.')).press('Send')
  it.house.clock.daysOn(35)
  await it.house.runDue()
  await it.house.runDue()
  const told = (await it.director.wasTold()).slice(before)
  expect(told.filter(each => each.kind === 'digest').length).toBe(1)
})

test('R64 the cookies page names every cookie that is set', async () => {
  const page = await it.visitor.reads(`/${it.slug}/cookies`)
  for (const name of ['loop', 'loop-kept']) expect(page.text).toContain(name)
})
