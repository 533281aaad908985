import * as cheerio from 'cheerio'
import { beforeAll, expect, test } from 'vitest'
import { aContribution, doingAs } from '#slices/contributions/for-tests.ts'
import { aNetwork, type TestNetwork } from '#tests/network.ts'
import { proposePublication } from './changes.ts'
import { anAnsweredContribution, aPublishedContribution, somePublicText } from './for-tests.ts'
import { publishedNear } from './near.ts'
import { publishedOf } from './queries.ts'

let network: TestNetwork
beforeAll(async () => {
  network = await aNetwork()
})

const listed = async (path: string) => (await network.visitor.reads(path)).text
const raw = async (path: string) => await (await network.visitor.raw(path)).text()

/** Everywhere that a published view can be read. */
async function everywhere(reference: string): Promise<Record<string, boolean>> {
  const { slug, visitor, house } = network
  const base = `/${slug}/you-said-we-did`
  return {
    page: (await visitor.opens(`${base}/${reference}`)).status === 200,
    list: (await raw(base)).includes(reference),
    atom: (await raw(`${base}/feed.atom`)).includes(reference),
    json: (await raw(`${base}/feed.json`)).includes(reference),
    csv: (await raw(`${base}.csv`)).includes(reference),
    near: (
      await house.database.network(network.stranger.networkId, tx =>
        publishedNear(tx, 'letters about how long a scan takes', 20),
      )
    ).some(each => each.reference === reference),
    search: (await raw(`/${slug}/search?q=${reference}`)).includes(`/you-said-we-did/${reference}`),
  }
}

const all = (out: boolean) => ({
  page: out,
  list: out,
  atom: out,
  json: out,
  csv: out,
  near: out,
  search: out,
})

test('LOOP-18 a view goes out when its contributor agreed to exactly its text, and is gone at once when they take it back', async () => {
  const { volunteer, coordinator, slug, stranger, visitor, boardMember } = network
  const view = await anAnsweredContribution(network, { by: volunteer })
  const publish = view.step('publish')
  const agree = view.step('publication')

  expect((await volunteer.opens(agree)).status).toBe(404)
  let page = await coordinator.reads(publish)
  expect(page.valueOf('You said')).toBe('Letters should say how long it takes.')
  expect(page.valueOf('We did, or did not because')).toBe('We cannot pay for new letters this year.')
  page = await page.fill('Title', 'Letters that say how long a scan takes').press('Ask if they agree')
  expect(page.text).toContain('Has not answered yet')
  expect(page.hasButton('Publish it now')).toBe(false)
  expect(await everywhere(view.reference)).toEqual(all(false))

  const told = (await volunteer.wasTold()).find(each => each.kind === 'publication-asked')!
  expect(told.body).toContain('We cannot pay for new letters this year.')
  expect(told.body).toContain(agree)

  // Nobody else can answer for them, nor see it; the same 404 as for nothing at all.
  const nothing = await stranger.opens(`/${slug}/nothing-here`)
  for (const path of [agree, publish, `${agree}/take-back`, view.step('publish/as-said')]) {
    expect((await stranger.opens(path)).html).toBe(nothing.html)
    expect((await visitor.opens(path)).status).toBe(404)
    expect((await boardMember.opens(path)).status).toBe(404)
  }
  expect((await coordinator.opens(agree)).status).toBe(404)

  page = await (await volunteer.reads(agree)).choose('Yes, publish exactly this').press('Send my answer')
  expect(page.text).toContain('You agreed to exactly this on 9 June 2026')
  expect(await everywhere(view.reference)).toEqual(all(false))

  page = await (await coordinator.reads(publish)).press('Publish it now')
  expect(page.path).toBe(`/${slug}/you-said-we-did/${view.reference}`)
  expect(await everywhere(view.reference)).toEqual(all(true))
  expect((await listed(`/${slug}/you-said-we-did/${view.reference}`)).toString()).toContain('Vera Volunteer')
  expect((await volunteer.wasTold()).some(each => each.kind === 'publication-out')).toBe(true)

  // While it is out, nothing of it can be changed beneath it.
  const row = await network.inNetwork(tx =>
    tx.selectFrom('contribution').select('published_at').where('id', '=', view.id).executeTakeFirstOrThrow(),
  )
  expect(row.published_at).not.toBeNull()

  const back = await (await volunteer.reads(agree)).follow('Take it back')
  const twice = back.wouldSend('Take it back now')
  page = await back.press('Take it back now')
  expect(page.h1).toBe('This is not published')
  expect(await everywhere(view.reference)).toEqual(all(false))
  expect((await visitor.opens(`/${slug}/you-said-we-did/${view.reference}`)).html).toBe(
    (await visitor.opens(`/${slug}/you-said-we-did/C-999999`)).html,
  )
  // A second click of the same button does no harm.
  expect((await volunteer.posts(twice.to, twice.body)).h1).toBe('This is not published')
  const after = await network.inNetwork(tx =>
    tx.selectFrom('contribution').select('published_at').where('id', '=', view.id).executeTakeFirstOrThrow(),
  )
  expect(after.published_at).toBeNull()
})

test('LOOP-18 a changed text asks again, and an answer to the old one does not count', async () => {
  const { secondVolunteer, coordinator } = network
  const view = await anAnsweredContribution(network, { by: secondVolunteer })
  const ask = await coordinator.reads(view.step('publish'))
  await ask.fill('Title', 'First title').press('Ask if they agree')
  const old = await secondVolunteer.reads(view.step('publication'))
  old.choose('Yes, publish exactly this')

  const again = await coordinator.reads(view.step('publish'))
  await again.fill('Title', 'Another title').press('Ask again with this text')
  const refused = await old.press('Send my answer')
  expect(refused.status).toBe(422)
  expect(refused.errors.join()).toContain('The text has changed since you opened this page')
  expect(refused.text).toContain('Another title')
  expect((await coordinator.reads(view.step('publish'))).hasButton('Publish it now')).toBe(false)

  const different = await secondVolunteer.reads(view.step('publication'))
  different.choose('It should be different')
  const missing = await different.press('Send my answer')
  expect(missing.status).toBe(422)
  expect(missing.errors).toEqual(['Enter what should be different'])
  await missing
    .choose('It should be different')
    .fill('What should be different?', 'Say <b>scan</b>')
    .press('Send my answer')
  const seen = await coordinator.reads(view.step('publish'))
  expect(seen.text).toContain('Wants it to be different')
  expect(seen.text).toContain('Say <b>scan</b>')
})

test('LOOP-18 several people raised it: all of them agree, and staff write down what one said on the phone', async () => {
  const { coordinator, volunteer, boardChair, slug, visitor } = network
  const phones = await network.aPerson({ name: 'Phil Phone', channel: 'phone', signsIn: false })
  const view = await anAnsweredContribution(network, { by: volunteer, naming: 'first-name' })
  await network.inNetwork(tx =>
    tx
      .insertInto('contributor')
      .values({
        network_id: network.id,
        contribution_id: view.id,
        person_id: phones.id,
        is_first: false,
        words: 'Me too',
        naming: 'anonymous',
        joined_at: network.house.clock.now(),
        withdrawn_at: null,
        verdict: null,
        verdict_words: null,
        verdict_at: null,
        verdict_how: null,
        verdict_recorded_by_person_id: null,
      })
      .execute(),
  )
  // The chair of the group may write the text; only the team publishes and records.
  const chair = await boardChair.reads(view.step('publish'))
  await chair.fill('Title', 'Two people asked').press('Ask if they agree')
  expect((await boardChair.opens(view.step('publish/as-said'))).status).toBe(404)
  const script = (await phones.wasTold()).find(each => each.kind === 'publication-asked')!
  expect(script.state).toBe('by-hand')
  expect(script.body).toContain('Say: We did: We cannot pay for new letters this year.')

  await (await volunteer.reads(view.step('publication')))
    .choose('Yes, publish exactly this')
    .press('Send my answer')
  expect((await coordinator.reads(view.step('publish'))).hasButton('Publish it now')).toBe(false)
  const forged = await coordinator.posts(view.step('publish/now'), {
    ...Object.fromEntries(
      [...(await coordinator.reads(view.step('publish'))).wouldSend('Ask again with this text').body].map(
        ([name, value]) => [name, String(value)],
      ),
    ),
  })
  expect(forged.status).toBe(422)
  expect(forged.errors).toEqual(['One person has not agreed to exactly this text yet'])

  const record = await coordinator.reads(view.step('publish/as-said'))
  const nothingChosen = await record.press('Write it down')
  expect(nothingChosen.errors).toEqual([
    'Choose who told you',
    'Choose what they said',
    'Choose how they told you',
  ])
  await nothingChosen
    .choose('Phil Phone')
    .choose('Yes, publish exactly this')
    .choose('On the phone')
    .press('Write it down')
  const ready = await coordinator.reads(view.step('publish'))
  expect(ready.text).toContain('on the phone')
  await ready.press('Publish it now')
  const out = await visitor.reads(`/${slug}/you-said-we-did/${view.reference}`)
  expect(out.text).toContain('Vera and a volunteer who is not named')
  expect(out.html).not.toContain('Phil')
  expect(out.html).not.toContain('Vera Volunteer')

  // A person who now wants to be anonymous is so at once.
  await network.inNetwork(tx =>
    tx
      .updateTable('contributor')
      .set({ naming: 'anonymous' })
      .where('contribution_id', '=', view.id)
      .execute(),
  )
  expect(await raw(`/${slug}/you-said-we-did/feed.json`)).not.toContain('Vera and')

  // Taken back on the phone: gone.
  const taken = await coordinator.reads(view.step('publish/as-said'))
  await taken
    .choose('Phil Phone')
    .choose('They take their agreement back')
    .choose('On the phone')
    .press('Write it down')
  expect((await visitor.opens(`/${slug}/you-said-we-did/${view.reference}`)).status).toBe(404)
})

test('LOOP-18 nothing is published of what was never considered, nor by a stranger’s network', async () => {
  const { volunteer, coordinator } = network
  const view = await aContribution(network, { by: volunteer })
  const early = await coordinator.reads(view.step('publish'))
  const refused = await early
    .fill('You said', 'x')
    .fill('We did, or did not because', 'y')
    .press('Ask if they agree')
  expect(refused.status).toBe(422)
  expect(refused.errors).toEqual(['There is nothing to publish yet: it has to be considered first'])
  expect(refused.valueOf('You said')).toBe('x')
})

test('LOOP-18 the team takes it down with a reason, which stays in the history', async () => {
  const { volunteer, coordinator, slug, visitor } = network
  const view = await aPublishedContribution(network, { by: volunteer })
  const page = await (await coordinator.reads(view.step('publish'))).follow('Take it down')
  const empty = await page.press('Take it down')
  expect(empty.status).toBe(422)
  expect(empty.errors).toEqual(['Enter why it is taken down'])
  await empty.fill('Why is it taken down?', 'A name was in it').press('Take it down')
  expect((await visitor.opens(`/${slug}/you-said-we-did/${view.reference}`)).status).toBe(404)
  const history = await network.inNetwork(tx =>
    tx
      .selectFrom('history')
      .select(['event', 'details'])
      .where('thing_id', '=', view.id)
      .orderBy('id')
      .execute(),
  )
  expect(history.at(-1)).toMatchObject({
    event: 'publication-taken-down',
    details: { because: 'A name was in it' },
  })
})

test('LOOP-18 list, feeds and table are narrowed by group, priority, Trust and year alike', async () => {
  const { volunteer, slug, groups, priorityId, siteId, visitor } = network
  const mri = await aPublishedContribution(network, {
    by: volunteer,
    groupId: groups.mri,
    about: { priorityId },
    text: { title: 'Louder headphones' },
  })
  const child = await aPublishedContribution(network, {
    by: volunteer,
    groupId: groups.paediatric,
    about: { siteId },
    text: { title: 'Toys in the waiting room' },
  })
  const base = `/${slug}/you-said-we-did`
  for (const [query, yes, no] of [
    ['group=mri', mri, child],
    ['group=paediatric', child, mri],
    ['priority=training', mri, child],
    ['trust=first-trust', child, mri],
    ['group=mri&priority=training&year=2026', mri, child],
  ] as const) {
    for (const path of [base, `${base}/feed.atom`, `${base}/feed.json`, `${base}.csv`]) {
      const text = await raw(`${path}?${query}`)
      expect(text, `${path} ${query}`).toContain(yes.reference)
      expect(text, `${path} ${query}`).not.toContain(no.reference)
    }
  }
  for (const odd of [
    "group=';--",
    'year=abc',
    'year=99999999999',
    'after=1-1',
    'after=%00',
    'trust=%F0%9F%98%80',
    'after=99999999999999999-999999999',
  ]) {
    expect((await visitor.opens(`${base}?${odd}`)).status, odd).toBe(200)
    expect((await visitor.raw(`${base}.csv?${odd}`)).status, odd).toBe(200)
  }
  const of = await network.inNetwork(tx => publishedOf(tx, { groupId: groups.mri }))
  expect(of.count).toBe(1)
  expect(of.newest[0]?.reference).toBe(mri.reference)
  // Another network shows nothing of it.
  expect(await raw(`/${network.otherSlug}/you-said-we-did`)).not.toContain(mri.reference)
  expect(await raw(`/${network.otherSlug}/you-said-we-did?group=mri`)).toContain(
    'Nothing is published here yet',
  )
})

test('LOOP-18 R72 hostile words are harmless in page, feeds and table', async () => {
  const { volunteer, slug } = network
  const nasty = '=HYPERLINK("http://x","y") <script>alert(1)</script> & ]]> ‮شكرا‬ 👩‍👩‍👧 é'
  const view = await aPublishedContribution(network, {
    by: volunteer,
    text: { title: nasty, youSaid: `${nasty}\nsecond line`, weDid: '-1+1', next: '@x' },
  })
  const base = `/${slug}/you-said-we-did`
  const page = await network.visitor.reads(`${base}/${view.reference}`)
  expect(page.h1).toContain('<script>alert(1)</script>')
  expect(page.$('main script').length).toBe(0)
  const table = await network.visitor.raw(`${base}.csv`)
  expect(table.headers.get('content-type')).toContain('text/csv')
  expect(table.headers.get('content-disposition')).toContain('attachment')
  const text = await table.text()
  expect(text).toContain(`"'=HYPERLINK(""http://x"",""y"")`)
  expect(text).toContain(`"'-1+1","'@x"`)
  const atom = await network.visitor.raw(`${base}/feed.atom`)
  expect(atom.headers.get('content-type')).toContain('application/atom+xml')
  const $ = cheerio.load(await atom.text(), { xml: true })
  expect(
    $('entry title')
      .toArray()
      .map(each => $(each).text()),
  ).toContain(nasty)
  const json = JSON.parse(await raw(`${base}/feed.json`)) as { items: { title: string }[] }
  expect(json.items.map(each => each.title)).toContain(nasty)
})

test('LOOP-18 nothing stale is served: feeds ask again each time, pages are not kept at all', async () => {
  const { slug, visitor } = network
  const base = `/${slug}/you-said-we-did`
  expect((await visitor.raw(base)).headers.get('cache-control')).toBe('no-store')
  for (const path of [`${base}/feed.atom`, `${base}/feed.json`, `${base}.csv`]) {
    const first = await visitor.raw(path)
    expect(first.headers.get('cache-control')).toBe('no-cache')
    const etag = first.headers.get('etag')
    expect(etag, path).toMatch(/^W\/"/)
    const second = await visitor.raw(path, { headers: { 'if-none-match': etag! } })
    expect(second.status).toBe(304)
    expect(await second.text()).toBe('')
  }
  const etag = (await visitor.raw(`${base}/feed.atom`)).headers.get('etag')!
  await aPublishedContribution(network, { by: network.volunteer })
  expect((await visitor.raw(`${base}/feed.atom`, { headers: { 'if-none-match': etag } })).status).toBe(200)
})

test('LOOP-18 the list is paged by key and does not slip', async () => {
  const fresh = await aNetwork(network.house)
  const made: string[] = []
  for (let n = 0; n < 23; n++) {
    const view = await aPublishedContribution(fresh, { by: fresh.volunteer, text: { title: `Number ${n}` } })
    made.unshift(view.reference)
  }
  const onPage = (page: { $: cheerio.CheerioAPI }) =>
    page
      .$('main .nhsuk-card__link')
      .toArray()
      .map(each => page.$(each).attr('href')!.split('/').pop()!)
  const first = await fresh.visitor.reads(`/${fresh.slug}/you-said-we-did`)
  const next = await first.follow('Next')
  expect([...onPage(first), ...onPage(next)]).toEqual(made)
  expect(next.hasLink('Next')).toBe(false)
})

test('LOOP-18 every form meets bad input with a sentence beside its field', async () => {
  const { volunteer, coordinator } = network
  const view = await anAnsweredContribution(network, { by: volunteer })
  const page = await coordinator.reads(view.step('publish'))
  const wrong = await page
    .fill('Title', '👩‍👩‍👧'.repeat(121))
    .fill('You said', 'w'.repeat(10_000))
    .fill('We did, or did not because', '')
    .fill('What happens next', 'x'.repeat(1_001))
    .press('Ask if they agree')
  expect(wrong.status).toBe(422)
  expect(wrong.errors).toEqual([
    'Title must be 120 characters or fewer',
    'What they said must be 2,000 characters or fewer',
    'Enter what was done, or why not',
    'What happens next must be 1,000 characters or fewer',
  ])
  expect(wrong.valueOf('You said')).toBe('w'.repeat(10_000))
  await doingAs(network, coordinator, doing => proposePublication(doing, view.number, somePublicText))
  const answer = await volunteer.reads(view.step('publication'))
  expect((await answer.press('Send my answer')).errors).toEqual(['Choose if we may publish this'])
  // An id of another network is nobody here.
  const record = await coordinator.reads(view.step('publish/as-said'))
  const sent = record.choose('Yes, publish exactly this').choose('By post').wouldSend('Write it down')
  sent.body.set('person', String(network.stranger.id))
  const refused = await coordinator.posts(sent.to, sent.body)
  expect(refused.status).toBe(422)
  expect(refused.errors).toEqual(['Only those who raised this can say whether it is published'])
})
