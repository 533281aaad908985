import { beforeAll, expect, test } from 'vitest'
import { languageSettings } from '#platform/languages/offered.ts'
import { setSetting } from '#platform/network-settings.ts'
import { aRequest } from '#slices/chair-requests/for-tests.ts'
import { aContribution, doingAs, type MadeContribution } from '#slices/contributions/for-tests.ts'
import { hideWords, loadThread } from '#slices/contributions/index.ts'
import { aNetwork, type Someone, type TestNetwork } from '#tests/network.ts'
import type { SeenPage } from '#tests/person.ts'

const urdu = 'ہسپتال کا خط بہت مشکل تھا۔ میں گھر پر رہا۔'
const english = 'The hospital’s letter was very hard. I stayed at home.'

let network: TestNetwork

beforeAll(async () => {
  network = await aNetwork()
})

const theTranslations = (page: SeenPage) => page.$('.loop-translation')
const quotes = (page: SeenPage, lang: string) =>
  page
    .$(`blockquote[lang="${lang}"]`)
    .toArray()
    .map(each => page.$(each).text())

interface Filling {
  readonly words?: string
  readonly name?: string
  readonly from?: string
  readonly language?: string
  readonly languageFrom?: string
}

async function adds(who: Someone, path: string, part: string, given: Filling = {}): Promise<SeenPage> {
  const page = await who.reads(`${path}/translate/${part}`)
  return await page
    .fill('In which language was it said?', given.languageFrom ?? 'Urdu')
    .fill('In which language is the translation?', given.language ?? 'English')
    .fill('The translation', given.words ?? english)
    .choose('Somebody else')
    .fill('Name of the translator', given.name ?? 'Amina Khan')
    .fill('What they are, or where they are from', given.from ?? 'community interpreter')
    .choose('No')
    .press('Add the translation')
}

const inUrdu = (wish: { by?: Someone; state?: 'received' | 'to-be-considered' | 'fed-back' } = {}) =>
  aContribution(network, { by: wish.by ?? network.volunteer, words: urdu, state: wish.state ?? 'received' })

const count = async (sql: string) =>
  Number((await network.house.owner.query<{ count: string }>(sql)).rows[0]!.count)

/** A volunteer who has asked for this language. */
async function readsIn(language: string): Promise<Someone> {
  const reader = await network.aPerson({
    name: `Reader of ${language}`,
    memberships: [{ group: 'board', role: 'volunteer', lay: true }],
  })
  await network.inNetwork(tx =>
    tx
      .insertInto('preference')
      .values({
        network_id: network.id,
        person_id: reader.id,
        channels: '{}',
        quiet_from: null,
        quiet_until: null,
        digest: 'as-it-comes',
        language,
        easy_read: false,
        version: 1,
      })
      .execute(),
  )
  return reader
}

async function feedbackOf(view: MadeContribution): Promise<string> {
  const found = await network.house.owner.query<{ id: number }>(
    'select id from feedback where network_id = $1 and contribution_id = $2',
    [network.id, view.id],
  )
  return `feedback-${found.rows[0]!.id}`
}

test('REACH-10 what is said in Urdu is kept as it is, and English by a named person stands beside it for whoever reads it', async () => {
  const { volunteer, coordinator, boardChair, stranger, visitor, sigMember, applicant } = network
  const view = await inUrdu({ state: 'to-be-considered' })
  const kept = await network.inNetwork(tx =>
    tx.selectFrom('contribution').select('words').where('id', '=', view.id).executeTakeFirstOrThrow(),
  )
  expect(kept.words).toBe(urdu)
  // Its letters leave no doubt, so it is read aloud as Urdu before anybody says so.
  expect(quotes(await boardChair.reads(view.path), 'ur')).toContain(urdu)

  const part = `said-${volunteer.id}`
  const choose = await (await coordinator.reads(view.path)).follow('Add a translation')
  const form = await choose.press('Continue')
  expect(form.path).toBe(`${view.path}/translate/${part}`)
  expect(form.$('select[name="language-from"] option[selected]').text()).toBe('Urdu')

  const empty = await form.fill('In which language was it said?', 'Urdu').press('Add the translation')
  expect(empty.status).toBe(422)
  for (const each of ['Enter the translation', 'Choose who translated it', 'Choose yes or no'])
    expect(empty.errors).toContain(each)
  const nameless = await empty
    .fill('In which language is the translation?', 'English')
    .fill('The translation', english)
    .choose('Somebody else')
    .choose('No')
    .press('Add the translation')
  expect(nameless.errors).toEqual(['Enter the name of who translated it'])
  expect(nameless.valueOf('The translation')).toBe(english)
  await nameless
    .fill('Name of the translator', 'Amina Khan')
    .fill('What they are, or where they are from', 'community interpreter')
    .press('Add the translation')

  for (const reader of [volunteer, coordinator, boardChair, network.secondVolunteer]) {
    const page = await reader.reads(view.path)
    expect(quotes(page, 'ur')).toContain(urdu)
    expect(quotes(page, 'en-GB')).toContain(english)
    expect(theTranslations(page).text()).toContain(
      'In English. Translated by Amina Khan, community interpreter, 9 June 2026. Not by a professional translator.',
    )
    // The original comes first.
    expect(page.html.indexOf(urdu.slice(0, 20))).toBeLessThan(page.html.indexOf(english))
    expect(page.text).toContain('A translation was put beside the words')
  }
  const [made] = (
    await network.house.owner.query('select id from translation where about_id = $1', [view.id])
  ).rows
  const addresses = [
    'translate',
    `translate/${part}`,
    `translations/${made.id}`,
    `translations/${made.id}/take-back`,
  ]
  for (const nobody of [stranger, visitor, sigMember, applicant])
    for (const address of addresses) {
      expect((await nobody.opens(`${view.path}/${address}`)).status).not.toBe(200)
      expect((await nobody.posts(`${view.path}/${address}`, { words: 'x' })).text).not.toContain(english)
    }
  for (const address of addresses) {
    expect((await stranger.opens(`${view.path}/${address}`)).status).toBe(404)
    expect((await sigMember.opens(`${view.path}/${address}`)).status).toBe(404)
    // Who may read it, and has no say in these words.
    expect((await network.secondVolunteer.opens(`${view.path}/${address}`)).status).toBe(404)
    expect((await boardChair.opens(`${view.path}/${address}`)).status).toBe(404)
  }
  expect(
    await network.house.owner.query('select * from audit where thing_id like $1', ['%hard%']),
  ).toHaveProperty('rowCount', 0)
  const trace = await network.house.owner.query(
    `select details::text as d from history where event like 'translation-%'`,
  )
  for (const { d } of trace.rows) expect(d).not.toMatch(/Amina|hospital/)
})

test('REACH-10 whoever answers sees the translation beside the words', async () => {
  const view = await aContribution(network, { by: network.volunteer, words: urdu, state: 'not-agreed' })
  await adds(network.coordinator, view.path, `said-${network.volunteer.id}`)
  const page = await network.boardChair.reads(view.step('feedback'))
  expect(quotes(page, 'ur')).toContain(urdu)
  expect(quotes(page, 'en-GB')).toContain(english)
})

test('REACH-10 a bilingual volunteer translates their own words, and is not named where they are not', async () => {
  const { volunteer, boardChair, secondVolunteer } = network
  const view = await aContribution(network, {
    by: volunteer,
    words: urdu,
    naming: 'anonymous',
    state: 'to-be-considered',
  })
  const form = await (await (await volunteer.reads(view.path)).follow('Add a translation')).press('Continue')
  await form
    .fill('In which language is the translation?', 'English')
    .fill('The translation', english)
    .choose('I did')
    .choose('No')
    .press('Add the translation')
  const page = await boardChair.reads(view.path)
  expect(page.text).toContain('Translated by the person who said it, 9 June 2026.')
  expect(page.html).not.toContain(volunteer.fullName)
  expect((await secondVolunteer.reads(view.path)).html).not.toContain(volunteer.fullName)
})

test('REACH-10 a corrected translation keeps what it said before; taken back, all of it is gone but that it was there', async () => {
  const { coordinator, volunteer } = network
  const view = await inUrdu()
  await adds(coordinator, view.path, `said-${volunteer.id}`)
  const first = await (await coordinator.reads(view.path)).follow('Correct this translation')
  const second = await coordinator.reads(first.path)
  await first
    .fill('The translation', 'The letter was hard, so I stayed at home.')
    .press('Correct the translation')
  // The other window still shows what it said before.
  const late = await second.fill('The translation', 'Something else.').press('Correct the translation')
  expect(late.status).not.toBe(200)
  expect(late.html).toContain('Something else.')
  const page = await volunteer.reads(view.path)
  expect(quotes(page, 'en-GB')).toEqual(['The letter was hard, so I stayed at home.', english])
  expect(page.text).toContain('The translation as it was before')
  expect(page.text).toContain('A translation was corrected')
  const same = await (await (await volunteer.reads(view.path)).follow('Correct this translation')).press(
    'Correct the translation',
  )
  expect(same.errors).toEqual(['This is the translation that is there already. Change what is wrong in it'])

  const back = await same.follow('Take this translation back')
  expect((await back.press('Take it back')).errors).toEqual(['Choose why you take it back'])
  await back.choose('It says something private about somebody').press('Take it back')
  const after = await coordinator.reads(view.path)
  expect(theTranslations(after).length).toBe(0)
  expect(after.text).toContain('A translation was taken back: something in it was private')
  expect(await count(`select count(*) from translation_before where words like 'The hospital%hard%'`)).toBe(
    await count(`select count(*) from translation_before b join translation t on t.id = b.translation_id`),
  )
  expect(await count(`select count(*) from translation where about_id = ${view.id}`)).toBe(0)
})

test('REACH-10 once the words are corrected, the translation says that it is of the words as they were', async () => {
  const { coordinator, volunteer, boardChair } = network
  const view = await inUrdu({ state: 'to-be-considered' })
  await adds(coordinator, view.path, `said-${volunteer.id}`)
  const open = await coordinator.reads(`${view.path}/translate/said-${volunteer.id}`)
  await (await volunteer.reads(view.step('correct')))
    .fill('The words as they should be', `${urdu} دو دن۔`)
    .press('Keep this wording')
  const page = await boardChair.reads(view.path)
  expect(theTranslations(page).text()).toContain(
    'These are the words as they were on 9 June 2026. They have been changed since.',
  )
  // What was opened before the words changed is not taken for the new ones.
  const stale = await open
    .fill('In which language was it said?', 'Urdu')
    .fill('In which language is the translation?', 'Welsh')
    .fill('The translation', 'Roedd y llythyr yn anodd.')
    .choose('I did')
    .choose('No')
    .press('Add the translation')
  expect(stale.status).not.toBe(200)
  expect(stale.html).toContain('Roedd y llythyr yn anodd.')
  // Looked at again, it may be right as it is.
  await (await (await coordinator.reads(view.path)).follow('Correct this translation')).press(
    'Correct the translation',
  )
  expect(theTranslations(await boardChair.reads(view.path)).text()).not.toContain('changed since')
})

test('REACH-10 what is withdrawn or hidden takes its translation along', async () => {
  const { coordinator, volunteer } = network
  const gone = await inUrdu()
  await adds(coordinator, gone.path, `said-${volunteer.id}`)
  const withdraw = await volunteer.reads(gone.step('withdraw'))
  await withdraw.choose('Yes, withdraw it').press('Withdraw it')
  expect(await count(`select count(*) from translation where about_id = ${gone.id}`)).toBe(0)
  expect((await coordinator.opens(`${gone.path}/translate/said-${volunteer.id}`)).status).toBe(404)
  expect((await coordinator.reads(gone.path)).html).not.toContain(english)

  const named = await inUrdu()
  await adds(coordinator, named.path, `said-${volunteer.id}`, { words: 'Nurse Joy wrote the letter.' })
  const done = await doingAs(network, coordinator, async doing => {
    const loaded = await loadThread(doing.tx, named.number, { forChange: true })
    return await hideWords(doing, loaded!, { phrase: 'Nurse Joy', reason: 'a name' })
  })
  expect(done).toEqual({ accepted: true })
  expect((await volunteer.reads(named.path)).html).not.toContain('Nurse Joy')
})

test('REACH-10 search finds the words of a translation, for whoever may read what they are of', async () => {
  const { coordinator, volunteer, sigMember, stranger, boardChair } = network
  const view = await inUrdu({ state: 'to-be-considered' })
  await adds(coordinator, view.path, `said-${volunteer.id}`, {
    words: 'A marzipan elephant stood in the ward.',
  })
  for (const reader of [coordinator, volunteer, boardChair]) {
    const page = await reader.reads(`/${network.slug}/search?q=marzipan`)
    expect(page.text).toContain('The words of a translation match')
    expect(page.text).toContain(view.reference)
    expect(page.text).toContain('A marzipan elephant')
  }
  for (const nobody of [sigMember, stranger])
    expect((await nobody.opens(`/${network.slug}/search?q=marzipan`)).text).not.toContain(view.reference)
})

test('REACH-10 the answer in the contributor’s language is told to them once', async () => {
  const { coordinator, boardChair } = network
  const reader = await readsIn('ur')
  const view = await inUrdu({ by: reader, state: 'fed-back' })
  const part = await feedbackOf(view)
  const told = async () => (await reader.wasTold()).filter(each => each.kind === 'answer-translated')
  await adds(coordinator, view.path, part, { languageFrom: 'English', language: 'Welsh', words: 'Diolch.' })
  expect(await told()).toHaveLength(0)
  // The chair answers, so the chair may put it into another language, too.
  await adds(boardChair, view.path, part, {
    languageFrom: 'English',
    language: 'Urdu',
    words: 'ہم نے خط بدل دیا۔',
  })
  expect(await told()).toHaveLength(1)
  const page = await reader.reads(view.path)
  expect(quotes(page, 'ur')).toContain('ہم نے خط بدل دیا۔')
  expect(page.text).toContain('A translation was put beside the answer')
  const correct = page.$('.loop-translation a').length
  expect(correct).toBe(0)
  // Where they say whether it closes the loop, they read it too.
  expect(quotes(await reader.reads(view.step('verdict')), 'ur')).toContain('ہم نے خط بدل دیا۔')
  const again = await (await boardChair.reads(view.path)).follow('Correct this translation')
  await again.fill('The translation', 'ہم نے خط بدل دیا ہے۔').press('Correct the translation')
  expect(await told()).toHaveLength(1)
})

test('REACH-10 a request and its answer can have translations; the library and other groups do not see them', async () => {
  const { volunteer, coordinator, sigChair, boardChair, stranger } = network
  const request = await aRequest(network, { what: urdu, why: 'میٹنگ کے لیے۔' })
  await adds(coordinator, request.path, 'asked')
  for (const reader of [volunteer, sigChair]) {
    const page = await reader.reads(request.path)
    expect(quotes(page, 'ur')).toContain(urdu)
    expect(quotes(page, 'en-GB')).toContain(english)
    expect(page.text).toContain('A translation was put beside the words')
  }
  expect(quotes(await sigChair.reads(request.step('ask')), 'en-GB')).toContain(english)
  for (const nobody of [boardChair, stranger]) {
    expect((await nobody.opens(request.path)).status).toBe(404)
    expect((await nobody.opens(`${request.path}/translate`)).status).toBe(404)
    expect((await nobody.opens(`${request.path}/translate/asked`)).status).toBe(404)
  }
  expect((await sigChair.opens(`${request.path}/translate/asked`)).status).toBe(404)
  await (await sigChair.reads(request.path)).fill('Your answer', 'Six weeks.').press('Send the answer')
  const choose = await (await sigChair.reads(request.path)).follow('Add a translation')
  expect(choose.text).toContain('Six weeks.')
  const [answer] = (
    await network.house.owner.query('select max(id) as id from chair_request_answer where network_id = $1', [
      network.id,
    ])
  ).rows
  await adds(sigChair, request.path, `answer-${answer.id}`, {
    languageFrom: 'English',
    language: 'Urdu',
    words: 'چھ ہفتے۔',
  })
  expect(quotes(await volunteer.reads(request.path), 'ur')).toContain('چھ ہفتے۔')
  expect((await sigChair.reads(`/${network.slug}/search?q=hard`)).text).toContain(
    'The words of a translation match',
  )
})

test('REACH-10 somebody’s copy of their data has the translations of what they said', async () => {
  const page = await network.volunteer.reads(`/${network.slug}/account/my-data`)
  expect(page.text).toContain('Translations of what you said')
  expect(page.text).toContain('community interpreter')
  expect(page.text).toContain('A marzipan elephant stood in the ward.')
})

test('REACH-10 its pages ask the database at most six times', async () => {
  const view = await inUrdu()
  const { coordinator, volunteer } = network
  await adds(coordinator, view.path, `said-${volunteer.id}`)
  const [made] = (
    await network.house.owner.query('select id from translation where about_id = $1', [view.id])
  ).rows
  for (const path of ['', '/translate', `/translate/said-${volunteer.id}`, `/translations/${made.id}`]) {
    const before = network.house.database.statements.count
    await coordinator.reads(`${view.path}${path}`)
    // Six, and the transaction's begin and commit.
    expect(network.house.database.statements.count - before, path).toBeLessThanOrEqual(8)
  }
})

test.each(['cy', 'ur'])(
  'REACH-10 a volunteer reads box, history and forms in their language: %s',
  async language => {
    const { volunteer, coordinator } = network
    await doingAs(network, coordinator, async doing => {
      for (const setting of languageSettings) await setSetting(doing, setting, true, doing.today)
    })
    const view = await inUrdu({ state: 'fed-back' })
    await adds(coordinator, view.path, `said-${volunteer.id}`)
    await adds(coordinator, view.path, await feedbackOf(view), { languageFrom: 'English', language: 'Urdu' })
    const [made] = (
      await network.house.owner.query('select min(id) as id from translation where about_id = $1', [view.id])
    ).rows
    const pages = ['', '/translate', `/translate/said-${volunteer.id}`, `/translations/${made.id}`]
    for (const path of [...pages, `/translations/${made.id}/take-back`]) {
      const page = await volunteer.reads(`${view.path}${path}?language=${language}`)
      expect(page.$('html').attr('lang'), path).toBe(language)
      expect(page.html.match(/⟦[^⟧]*⟧/g) ?? [], path).toEqual([])
      // The original and its translation keep their own language.
      if (path === '') expect(quotes(page, 'en-GB')).toContain(english)
    }
    await volunteer.reads(`${view.path}?language=en`)
  },
)

test.each([
  ['Welsh', 'cy', /Gallwch nawr ddarllen ein hateb i \S+ yn eich iaith chi\./],
  ['Urdu', 'ur', /ہمارا جواب اپنی زبان میں پڑھ سکتے ہیں/],
])('REACH-10 that the answer can be read in %s is told in it', async (language, code, sentence) => {
  const reader = await readsIn(code)
  const view = await inUrdu({ by: reader, state: 'fed-back' })
  await adds(network.coordinator, view.path, await feedbackOf(view), { languageFrom: 'English', language })
  const told = (await reader.wasTold()).filter(each => each.kind === 'answer-translated')
  expect(told).toHaveLength(1)
  expect(told[0]!.body).toMatch(sentence)
  expect(told[0]!.body).not.toContain('You can now read')
})
