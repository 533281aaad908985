import { strFromU8, unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { aContribution, doingAs } from '#slices/contributions/for-tests.ts'
import { aMotion } from '#slices/votes/for-tests.ts'
import { castBallot, loadMotion } from '#slices/votes/index.ts'
import { aNetwork, type TestNetwork } from '#tests/network.ts'

async function archiveOf(network: TestNetwork): Promise<Record<string, Uint8Array>> {
  const response = await network.volunteer.raw(`/${network.slug}/account/my-data/archive.zip`)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('application/zip')
  return unzipSync(new Uint8Array(await response.arrayBuffer()))
}

test('PEOPLE-18 R5 somebody reads at once all that is held about them, and nothing of anybody else', async () => {
  const network = await aNetwork()
  const { volunteer, secondVolunteer } = network
  await aContribution(network, { by: volunteer, words: 'The blue chairs are too low.' })
  await aContribution(network, { by: secondVolunteer, words: 'The lift smells of paint.' })
  const page = await (await volunteer.reads('/account')).follow('What we hold about you')
  expect(page.h1).toBe('What we hold about you')
  expect(page.text).toContain('Vera Volunteer')
  expect(page.text).toContain('07700 900123')
  expect(page.text).toContain('The blue chairs are too low.')
  expect(page.text).toContain('Operational Board')
  expect(page.text).not.toContain('The lift smells of paint.')
  expect(page.text).not.toContain('Sam Second')
  expect(page.text).toContain('What is left out')
})

test('PEOPLE-18 R5 it can be taken along as data, and in one file with a page and the own files', async () => {
  const network = await aNetwork()
  const { slug, volunteer } = network
  const view = await aContribution(network, { by: volunteer, words: 'The blue chairs are too low.' })
  await doingAs(network, volunteer, doing =>
    doing.files.keep(
      doing.tx,
      network.id,
      { kind: 'contribution', id: view.id },
      [{ name: 'chair.png', type: 'image/png', bytes: new Uint8Array([1, 2, 3]) }],
      volunteer.id,
      doing.now,
    ),
  )
  const json = await volunteer.raw(`/${slug}/account/my-data/data.json`)
  expect(json.headers.get('content-disposition')).toContain('attachment')
  const data = (await json.json()) as {
    person: string
    leftOut: string[]
    data: { title: string; rows: Record<string, unknown>[] }[]
  }
  expect(data.person).toBe('Vera Volunteer')
  expect(data.leftOut.join(' ')).toContain('secret votes')
  expect(data.data.find(each => each.title === 'What you said')?.rows[0]).toMatchObject({
    Number: view.reference,
    'Your words': 'The blue chairs are too low.',
  })
  const parts = await archiveOf(network)
  expect(strFromU8(parts['index.html']!)).toContain('The blue chairs are too low.')
  expect(JSON.parse(strFromU8(parts['data.json']!)).network).toBe('First Imaging Network')
  const file = Object.keys(parts).find(each => each.startsWith('files/'))!
  expect(file).toContain('chair.png')
  expect([...parts[file]!]).toEqual([1, 2, 3])
})

test('PEOPLE-18 R5 a secret ballot is in nobody’s data, an open one is', async () => {
  const network = await aNetwork()
  const { volunteer } = network
  for (const isSecret of [true, false]) {
    const motion = await aMotion(network, {
      open: true,
      terms: { manner: 'written', isSecret, text: isSecret ? 'In secret' : 'In the open' },
    })
    await doingAs(network, volunteer, async doing => {
      const loaded = (await loadMotion(doing, motion.number, 'motion'))!
      await castBallot(doing, loaded, volunteer.id, ['against'])
    })
  }
  const parts = await archiveOf(network)
  const { data } = JSON.parse(strFromU8(parts['data.json']!)) as {
    data: { title: string; rows: Record<string, string>[] }[]
  }
  const rows = data.find(each => each.title === 'Votes')!.rows
  const choice = (text: string) => rows.find(each => each['Put to the vote'] === text)!['Your choice']
  expect(choice('In the open')).toContain('against')
  expect(choice('In secret')).toBe('Secret: nobody can join it to you, we neither')
})

test('PEOPLE-18 R58 somebody sees who opened their details, and nobody else sees that list', async () => {
  const network = await aNetwork()
  const { slug, volunteer, coordinator, secondVolunteer } = network
  expect((await volunteer.reads(`/${slug}/account/my-data/looks`)).text).toContain(
    'Nobody has opened your details',
  )
  await coordinator.reads(`/${slug}/team/people/${volunteer.id}`)
  await coordinator.reads(`/${slug}/team/people/${secondVolunteer.id}`)
  const page = await (await volunteer.reads(`/${slug}/account/my-data`)).follow(
    'Who has looked at your details',
  )
  expect(page.text).toContain('Cora Ordinator')
  expect(page.text).toContain('Opened your page')
  expect(page.html.match(/Cora Ordinator/g)).toHaveLength(1)
})

test('PEOPLE-18 R6 a wish is followed to its answer, with the law’s last day, a question and more time', async () => {
  const network = await aNetwork()
  const { slug, volunteer, coordinator, house } = network
  const form = await (await volunteer.reads(`/${slug}/account/my-data`)).follow(
    'Ask us to correct, stop or erase',
  )
  const empty = await form.press('Send it')
  expect(empty.errors).toEqual(['Choose what we should do', 'Tell us what it is about'])
  form.choose('Erase something').fill('What is it about?', 'My old phone number in a letter.')
  const mine = await form.press('Send it')
  expect(mine.text).toContain('9 July 2026')
  expect((await volunteer.wasTold()).at(-1)!.body).toContain('By law the last day is 9 July 2026')
  expect((await coordinator.reads(`/${slug}/home`)).text).toContain('Wish 1 about data, from Vera Volunteer')
  const wish = await coordinator.reads(`/${slug}/team/data-wishes/1`)
  const paused = await (await wish.follow('Ask them something first'))
    .fill('What do you need to know, and why?', 'Which letter do you mean?')
    .press('Send it, and stop the clock')
  expect(paused.text).toContain('Which letter do you mean?')
  expect((await volunteer.reads(`/${slug}/home`)).text).toContain('We need something from you')
  house.clock.daysOn(7)
  const on = await (await coordinator.signsIn()).reads(`/${slug}/team/data-wishes/1`)
  const back = await on.press('They answered: go on')
  expect(back.text).toContain('16 July 2026')
  const more = await (await back.follow('Take more time'))
    .choose('1 month')
    .fill('Why does it take longer?', 'The letter is in an old box.')
    .press('Send the reason, and take more time')
  expect(more.text).toContain('10 August 2026')
  const answered = await (await more.follow('Answer this wish'))
    .choose('Yes, it is done')
    .fill('Your answer', 'We took it out of the letter.')
    .press('Send the answer')
  expect(answered.text).toContain('We took it out of the letter.')
  const told = (await volunteer.wasTold()).map(each => each.body)
  expect(told.some(each => each.includes('The letter is in an old box.'))).toBe(true)
  expect(told.at(-1)).toContain('Information Commissioner')
})

test('PEOPLE-18 R6 a wish on the phone of somebody we do not know is written down with its own day and answered there', async () => {
  const network = await aNetwork()
  const { slug, coordinator, house } = network
  const form = await (await coordinator.reads(`/${slug}/team/data-wishes`)).follow('Write down a wish')
  form
    .fill('Whose wish is it?', 'Hugo Unknown')
    .choose('Send me a copy in another way')
    .fill('What did they say, in their own words?', 'What do you have about me?')
    .choose('By phone')
    .fill('Day', '1')
    .choose('They are a person of the network')
  expect((await form.press('Save, and tell them')).errors).toEqual([
    'We know nobody by this name. Check it, or choose another way to answer',
  ])
  form.choose('Post').fill('Where does the answer go?', '2 Far Street, Dudley')
  const saved = await form.press('Save, and tell them')
  expect(saved.text).toContain('1 July 2026')
  const letters = await house.owner.query<{ body: string; address: string }>(
    `select body, address from message where about_kind = 'data-wish'`,
  )
  expect(letters.rows[0]!.address).toBe('2 Far Street, Dudley')
  house.clock.daysOn(20)
  await house.runDue()
  expect(
    (await network.portfolioManager.wasTold()).some(each => each.body.includes('Wish 1 about data is late')),
  ).toBe(true)
})

test('PEOPLE-18 a wish can be taken back; strangers and others find none of it', async () => {
  const network = await aNetwork()
  const { slug, volunteer, secondVolunteer, stranger, administrator, coordinator } = network
  const form = await volunteer.reads(`/${slug}/account/my-data/ask`)
  const mine = await form.choose('Something is wrong').fill('What is it about?', 'My name.').press('Send it')
  for (const person of [secondVolunteer, stranger, administrator, coordinator])
    expect((await person.opens(`/${slug}/account/my-data/wishes/1`)).status, person.name).toBe(404)
  for (const person of [volunteer, stranger, administrator])
    for (const path of ['/team/data-wishes', '/team/data-wishes/1', '/team/data-wishes/1/answer'])
      expect((await person.opens(`/${slug}${path}`)).status, person.name).toBe(404)
  for (const path of [
    '/account/my-data',
    '/account/my-data/data.json',
    '/account/my-data/archive.zip',
    '/account/my-data/looks',
  ])
    expect((await stranger.opens(`/${slug}${path}`)).status).toBe(404)
  expect((await mine.press('Take this wish back')).text).toContain('Taken back')
  expect((await coordinator.reads(`/${slug}/team/data-wishes`)).text).toContain('Nothing waits')
})
