import { beforeAll, expect, test } from 'vitest'
import { aNetwork, type Someone, type TestNetwork } from '#tests/network.ts'
import type { SeenPage } from '#tests/person.ts'
import { aContribution } from '../for-tests.ts'

let network: TestNetwork
let start: string
beforeAll(async () => {
  network = await aNetwork()
  start = `/${network.slug}/contributions/new`
})

const pdf = (name = 'letter.pdf') => new File(['%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF'], name)

/** Everything up to the answers, as short as it can be. */
async function writes(who: Someone, words: string): Promise<SeenPage> {
  let at = await who.reads(`${start}/kind`)
  at = await at.choose('An idea').press('Carry on')
  at = await at.fill('In your own words', words).press('Carry on')
  if (at.path.endsWith('raised-before')) at = await at.follow('Mine is different: carry on')
  at = await at.press('Carry on')
  at = await at.choose('I do not know').press('Carry on')
  at = await at.choose('With my name').press('Carry on')
  return await at.press('Carry on')
}

test('LOOP-2 a volunteer writes a contribution, one thing a page, and sends it after checking', async () => {
  const { volunteer, slug } = network
  let at = await volunteer.reads(start)
  expect(at.text).toContain('111')
  at = await at.follow('Start now')
  expect(at.h1).toBe('What do you want to share?')
  at = await at.choose('An experience').press('Carry on')
  expect(at.text).toContain('PALS')
  at = await at
    .fill('In your own words', 'Nobody told me that the contrast feels warm.\nI was afraid.')
    .press('Carry on')
  if (at.path.endsWith('raised-before')) at = await at.follow('Mine is different: carry on')
  expect(at.h1).toBe('What is it about?')
  at = await at.fill('What is it about?', 'Hospital: First Hospital').press('Carry on')
  expect(at.h1).toBe('Which group is it for?')
  at = await at.choose('Paediatric Special Interest Group').press('Carry on')
  expect(at.text).toContain('Only the team knows that it was you')
  at = await at.choose('With my first name only').press('Carry on')
  expect(at.h1).toBe('Do you want to add photos or papers?')
  at = await at.press('Carry on')
  expect(at.h1).toBe('Check what you want to send')
  expect(at.text).toContain('Nobody told me that the contrast feels warm. I was afraid.')
  expect(at.text).toContain('Hospital: First Hospital')
  expect(at.text).toContain('Paediatric Special Interest Group')
  at = await at.press('Send it')
  expect(at.h1).toBe('We have what you sent')
  const reference = /C-\d+/.exec(at.text)![0]
  expect(at.path).toBe(`/${slug}/contributions/${reference}/received`)
  expect(at.text).toContain('By 11 June 2026 we tell you which group')
  const saved = await network.inNetwork(tx =>
    tx
      .selectFrom('contribution')
      .selectAll()
      .where('number', '=', Number(reference.slice(2)))
      .executeTakeFirstOrThrow(),
  )
  expect(saved).toMatchObject({
    kind: 'experience',
    words: 'Nobody told me that the contrast feels warm.\nI was afraid.',
    title: 'Nobody told me that the contrast feels warm. I was afraid.',
    how: 'web',
    site_id: network.siteId,
    priority_id: null,
    wished_group_id: network.groups.paediatric,
    state: 'received',
  })
  expect((await volunteer.wasTold()).at(-1)!.body).toContain(reference)
  for (const other of [network.stranger, network.visitor, network.secondVolunteer, network.administrator]) {
    expect((await other.opens(at.path)).status).toBe(404)
  }
})

test('LOOP-2 change links come back to the answers', async () => {
  const who = await network.aPerson({ memberships: [{ group: 'board', role: 'member' }] })
  let at = await writes(who, 'More chairs in the waiting room, please.')
  at = await at.follow('Change your words')
  expect(at.valueOf('In your own words')).toBe('More chairs in the waiting room, please.')
  at = await at.fill('In your own words', 'More chairs with arms, please.').press('Carry on')
  expect(at.h1).toBe('Check what you want to send')
  expect(at.text).toContain('More chairs with arms, please.')
  at = await (await at.follow('Change files')).attach('Add files', pdf()).press('Carry on')
  at = await at.press('Carry on')
  expect(at.h1).toBe('Check what you want to send')
  expect(at.text).toContain('letter.pdf')
})

test('LOOP-2 somebody can leave and come back later, or start again', async () => {
  const who = await network.aPerson({ memberships: [{ group: 'mri', role: 'volunteer' }] })
  let at = await who.reads(`${start}/kind`)
  at = await at.choose('A question').press('Carry on')
  at = await at.fill('In your own words', 'Why is').press('Save and come back later')
  expect(at.text).toContain('We have kept what you wrote')
  network.house.clock.daysOn(3)
  at = await who.reads(start)
  expect(at.text).toContain('You last wrote on 9 June 2026')
  at = await at.follow('Carry on where you were')
  expect(at.h1).toBe('What is it about?')
  expect((await who.reads(`${start}/words`)).valueOf('In your own words')).toBe('Why is')
  at = await (await who.reads(start)).press('Start again')
  expect(at.h1).toBe('What do you want to share?')
  expect((await who.reads(`${start}/words`)).valueOf('In your own words')).toBe('')
  // Nobody else has it.
  expect((await network.secondVolunteer.reads(`${start}/words`)).valueOf('In your own words')).toBe('')
  network.house.clock.set('2026-06-09T09:00:00Z')
})

test('LOOP-2 the answers cannot be reached with one missing', async () => {
  const who = await network.aPerson({ memberships: [{ group: 'mri', role: 'volunteer' }] })
  expect((await who.opens(`${start}/check`)).h1).toBe('What do you want to share?')
})

test('LOOP-2 only people with a place in the network write; strangers find nothing', async () => {
  const ends = ['', '/kind', '/words', '/raised-before', '/about', '/group', '/naming', '/files', '/check']
  for (const end of ends) {
    for (const who of [network.stranger, network.visitor, network.applicant, network.administrator]) {
      expect((await who.opens(start + end)).status).toBe(404)
    }
    for (const who of [network.trustContact, network.coordinator, network.sigMember]) {
      expect((await who.opens(start + end)).status).toBe(200)
    }
  }
})

test('LOOP-2 bad input gets a sentence beside the field, what was typed is kept, and nothing is half-written', async () => {
  const who = await network.aPerson({ memberships: [{ group: 'board', role: 'volunteer' }] })
  let at = await (await who.reads(`${start}/kind`)).press('Carry on')
  expect([at.status, at.errors]).toEqual([422, ['Choose what you want to share']])
  at = await who.posts(`${start}/kind`, { ...hiddenOf(at), kind: 'concern' })
  expect(at.status).toBe(422)
  at = await (await who.reads(`${start}/words`)).fill('In your own words', '  \n ').press('Carry on')
  expect([at.status, at.errors]).toEqual([422, ['Enter what you want to say']])
  const family = '👨‍👩‍👧‍👦'
  at = await (await who.reads(`${start}/words`))
    .fill('In your own words', family.repeat(5_001))
    .press('Carry on')
  expect([at.status, at.errors]).toEqual([422, ['What you want to say must be 5,000 characters or fewer']])
  expect(at.valueOf('In your own words')).toBe(family.repeat(5_001))
  at = await (await who.reads(`${start}/words`))
    .fill('In your own words', 'word '.repeat(2_000))
    .press('Carry on')
  expect(at.status).toBe(422)
  for (const about of ['site-999999', 'priority-0', 'site-1; drop table site', `site-${await otherSite()}`]) {
    at = await who.posts(`${start}/about`, { ...hiddenOf(await who.reads(`${start}/about`)), about })
    expect([at.status, at.errors]).toEqual([422, ['Choose what it is about, or “Nothing in particular”']])
  }
  at = await who.posts(`${start}/group`, { ...hiddenOf(await who.reads(`${start}/group`)), group: '999999' })
  expect([at.status, at.errors]).toEqual([422, ['Choose a group, or “I do not know”']])
  at = await who.posts(`${start}/naming`, {
    ...hiddenOf(await who.reads(`${start}/naming`)),
    naming: 'nobody',
  })
  expect(at.status).toBe(422)
  const draft = await network.inNetwork(tx =>
    tx.selectFrom('draft').selectAll().where('person_id', '=', who.id).execute(),
  )
  expect(draft).toEqual([])
})

async function otherSite(): Promise<number> {
  const found = await network.house.owner.query('select id from site where network_id <> $1 limit 1', [
    network.id,
  ])
  return found.rows[0].id
}

const hiddenOf = (at: SeenPage): Record<string, string> =>
  Object.fromEntries(
    at
      .$('main form input[type=hidden]')
      .toArray()
      .map(each => [at.$(each).attr('name')!, at.$(each).attr('value') ?? '']),
  )

test('LOOP-2 words from right to left, with marks, HTML or SQL in them are words', async () => {
  const who = await network.aPerson({ memberships: [{ group: 'board', role: 'volunteer' }] })
  const words = `مرحبا <script>alert(1)</script> '); drop table contribution; -- é̂ 🏳️‍🌈 {{7*7}}`
  const at = await writes(who, words)
  expect(at.html).not.toContain('<script>alert')
  expect(at.text).toContain(words)
  const sent = await at.press('Send it')
  const number = Number(/C-(\d+)/.exec(sent.text)![1])
  const row = await network.inNetwork(tx =>
    tx.selectFrom('contribution').select('words').where('number', '=', number).executeTakeFirstOrThrow(),
  )
  expect(row.words).toBe(words)
})

test('LOOP-2 a double click sends once, and a second window cannot send it again', async () => {
  const who = await network.aPerson({ memberships: [{ group: 'board', role: 'volunteer' }] })
  const at = await writes(who, 'Please open on Saturdays.')
  const second = await who.reads(`${start}/check`)
  const { to, body } = at.wouldSend('Send it')
  const [one, two] = await Promise.all([who.posts(to, body), who.posts(to, body)])
  expect(one.path).toBe(two.path)
  expect(one.h1).toBe('We have what you sent')
  const late = await second.press('Send it')
  expect([late.status, late.errors.join()]).toEqual([
    422,
    expect.stringContaining('You have sent this already'),
  ])
  const mine = await network.inNetwork(tx =>
    tx.selectFrom('contributor').select('contribution_id').where('person_id', '=', who.id).execute(),
  )
  expect(mine.length).toBe(1)
  expect((await who.wasTold()).length).toBe(1)
})

test('LOOP-2 what is sent is what was shown: answers changed in another window are shown again first', async () => {
  const who = await network.aPerson({ memberships: [{ group: 'board', role: 'volunteer' }] })
  const at = await writes(who, 'A clock in each room.')
  network.house.clock.set('2026-06-09T09:05:00Z')
  await (await who.reads(`${start}/words?change`)).fill('In your own words', 'A big clock.').press('Carry on')
  const again = await at.press('Send it')
  expect(again.status).toBe(422)
  expect(again.text).toContain('A big clock.')
  expect((await again.press('Send it')).h1).toBe('We have what you sent')
})

test('LOOP-2 chosen files wait until it is sent, can be removed, and go out only to those who may read it', async () => {
  const who = await network.aPerson({ memberships: [{ group: 'mri', role: 'volunteer' }] })
  await writes(who, 'Here is the letter I got.')
  let at = await who.reads(`${start}/files`)
  at = await at.attach('Add files', pdf('one.pdf'), pdf('two.pdf')).press('Carry on')
  expect(at.text).toContain('one.pdf')
  at = await at.press('Remove two.pdf')
  expect(at.text).not.toContain('two.pdf')
  at = await at.attach('Add another file', new File(['not a pdf'], 'three.pdf')).press('Carry on')
  expect([at.status, at.errors.join()]).toEqual([422, expect.stringContaining('three.pdf is not a photo')])
  expect(at.text).toContain('one.pdf')
  const five = ['a', 'b', 'c', 'd', 'e'].map(name => pdf(`${name}.pdf`))
  at = await at.attach('Add another file', ...five).press('Carry on')
  expect([at.status, at.errors]).toEqual([422, ['You can add 5 files in all. You have 1 already']])
  at = await (await who.reads(`${start}/check`)).press('Send it')
  const reference = /C-\d+/.exec(at.text)![0]
  const [file, ...more] = await network.inNetwork(tx =>
    tx.selectFrom('stored_file').selectAll().where('by_person_id', '=', who.id).execute(),
  )
  expect(more).toEqual([])
  expect(file).toMatchObject({ thing_kind: 'contribution', name: 'one.pdf', type: 'application/pdf' })
  const address = `/${network.slug}/contributions/${reference}/files/${file!.id}`
  const got = await who.raw(address)
  expect(got.status).toBe(200)
  expect(got.headers.get('content-disposition')).toContain('attachment; filename="one.pdf"')
  expect(got.headers.get('content-type')).toBe('application/pdf')
  expect(got.headers.get('content-security-policy')).toContain('sandbox')
  expect(got.headers.get('x-content-type-options')).toBe('nosniff')
  expect(await got.text()).toContain('%PDF-1.7')
  for (const other of [network.stranger, network.visitor, network.secondVolunteer, network.sigChair]) {
    expect((await other.opens(address)).status).toBe(404)
  }
  // Neither by the address of another contribution, which they may read.
  const own = await aContribution(network, { by: network.secondVolunteer })
  expect((await network.secondVolunteer.opens(`${own.path}/files/${file!.id}`)).status).toBe(404)
})

test('LOOP-2 a draft that nobody came back to is gone after 30 days, its files too', async () => {
  const who = await network.aPerson({ memberships: [{ group: 'mri', role: 'volunteer' }] })
  const other = await network.aPerson({ memberships: [{ group: 'mri', role: 'volunteer' }] })
  await writes(who, 'I will finish this tomorrow.')
  await (await who.reads(`${start}/files`)).attach('Add files', pdf()).press('Carry on')
  const left = () =>
    network.inNetwork(async tx => ({
      drafts: (
        await tx
          .selectFrom('draft')
          .select('person_id')
          .where('person_id', 'in', [who.id, other.id])
          .execute()
      ).length,
      files: (
        await tx
          .selectFrom('stored_file')
          .select('id')
          .where('thing_kind', '=', 'draft')
          .where('thing_id', '=', who.id)
          .execute()
      ).length,
    }))
  network.house.clock.daysOn(29)
  await writes(other, 'I began later.')
  await network.house.runDue()
  expect(await left()).toEqual({ drafts: 2, files: 1 })
  network.house.clock.daysOn(2)
  await network.house.runDue()
  expect(await left()).toEqual({ drafts: 1, files: 0 })
  network.house.clock.set('2026-06-09T09:00:00Z')
})
