import { getDocumentProxy } from 'unpdf'
import { beforeAll, describe, expect, test } from 'vitest'
import { doingOf } from '#platform/doing.ts'
import { readLetters, wordsOf } from '#tests/letters.ts'
import { aNetwork, type Someone, type TestNetwork } from '#tests/network.ts'

let network: TestNetwork
let counter = 0

beforeAll(async () => {
  network = await aNetwork()
})

const at = (rest: string) => `/${network.slug}/team/${rest}`

async function writesTo(name: string, about = 'contribution'): Promise<Someone> {
  const { house, slug } = network
  const person = await network.aPerson({
    name,
    channel: 'post',
    signsIn: false,
    postalAddress: `${name}\n1 Made-up Road\nWalsall\nWS1 1AA`,
  })
  await house.database.enter({ slug, accountId: undefined, today: house.clock.today() }, (tx, entry) =>
    doingOf(house.house, tx, entry!, undefined).tell({
      key: `pdf:${++counter}`,
      personId: person.id,
      kind: 'test',
      subject: 'there is an answer',
      paragraphs: ['Your view was agreed.'],
      about: { kind: about, id: '1' },
    }),
  )
  return person
}

async function textsOf(person: Someone, path: string): Promise<string[]> {
  const response = await person.raw(path)
  expect(response.status, path).toBe(200)
  expect(response.headers.get('content-type')).toBe('application/pdf')
  const pdf = await getDocumentProxy(new Uint8Array(await response.arrayBuffer()))
  const texts: string[] = []
  for (let n = 1; n <= pdf.numPages; n++) {
    const { items } = await (await pdf.getPage(n)).getTextContent()
    texts.push(items.map(each => ('str' in each ? each.str : '')).join(' '))
  }
  return texts
}

describe('REACH-6 letters as PDF', () => {
  test('REACH-6 the team opens one letter, or all of a day, as a PDF; two people mark them as posted once; a stranger finds nothing', async () => {
    const start = network.house.clock.now().toString()
    const { coordinator, director, stranger, volunteer, administrator } = network
    await writesTo('Amy Paper')
    await writesTo('Łucja Paper')
    await writesTo('Pia Private', 'data-complaint')
    const one = await (await coordinator.reads(at('letters'))).follow('Amy Paper')
    const pdfOfOne = one.$('a[href$="letter.pdf"]').attr('href')!
    expect((await textsOf(coordinator, pdfOfOne))[0]).toContain('Dear Amy Paper')
    network.house.clock.daysOn(5)
    for (const each of [coordinator, director, volunteer, administrator]) await each.signsIn()
    const batch = await coordinator.reads(at('letters/batch'))
    const [single, duplex] = batch
      .$('a[href*="letters.pdf"]')
      .map((_, each) => batch.$(each).attr('href')!)
      .get() as [string, string]
    const texts = await textsOf(coordinator, single)
    expect(texts).toHaveLength(2)
    expect(texts.join()).toContain('Łucja Paper')
    expect(texts.join()).not.toContain('Pia Private')
    expect(await textsOf(director, duplex)).toHaveLength(3)
    // One more comes in between: it is on nobody's sheet, and stays on the list.
    const ned = await writesTo('Ned Next')
    await network.inNetwork(tx =>
      tx
        .updateTable('message')
        .set({ due_on: network.house.clock.today() })
        .where('person_id', '=', ned.id)
        .execute(),
    )
    expect(await textsOf(coordinator, single)).toHaveLength(2)
    const other = await director.reads(at('letters/batch'))
    await coordinator.reads(at('letters/batch'))
    const done = await batch.press('2 letters posted: mark as done')
    expect(done.text).toContain('2 letters are marked as posted.')
    expect(done.text).toContain('Ned Next')
    expect((await other.press('3 letters posted: mark as done')).text).toContain(
      '1 letter is marked as posted.',
    )
    const all = await network.inNetwork(tx =>
      tx.selectFrom('message').select(['state', 'done_by_person_id']).where('channel', '=', 'post').execute(),
    )
    expect(
      all
        .filter(each => each.state === 'done')
        .map(each => each.done_by_person_id)
        .sort(),
    ).toEqual([coordinator.id, coordinator.id, director.id].sort())
    // Nothing waits any more: there is nothing to open.
    expect((await coordinator.raw(single)).status).toBe(404)
    for (const each of [stranger, volunteer, administrator, network.visitor]) {
      expect((await each.raw(single)).status, each.name).toBe(404)
      expect((await each.raw(pdfOfOne)).status, each.name).toBe(404)
    }
    expect((await coordinator.raw(at('letters/day/2026-02-31/letters.pdf'))).status).toBe(404)
    network.house.clock.set(start)
  })

  test('REACH-10 a letter in Urdu is printed in Urdu, as a PDF and from its page, whatever the language of who prints it', async () => {
    const { coordinator, stranger } = network
    const una = await writesTo('Una Urdu')
    const body =
      'محترم \u2068Una Urdu\u2069،\n\nآپ کی رائے \u2066C-1042\u2069 منظور ہوئی۔\n\nThe chairs are too low.\n\n\u2068First Network\u2069'
    await network.inNetwork(tx =>
      tx
        .updateTable('message')
        .set({
          body,
          layout: JSON.stringify({ lang: 'ur', parts: [] }),
          due_on: network.house.clock.today(),
        })
        .where('person_id', '=', una.id)
        .execute(),
    )
    const page = await (await coordinator.reads(at('letters'))).follow('Una Urdu')
    expect(page.html).not.toContain('characters that the PDF cannot show')
    const sheet = page.$('.loop-letter')
    expect([sheet.attr('lang'), sheet.attr('dir'), sheet.attr('translate')]).toEqual(['ur', 'rtl', 'no'])
    expect(sheet.find('.loop-letter__to').attr('dir')).toBe('ltr')
    const words = sheet.find('> .loop-words:not(.loop-letter__to)')
    expect(words.map((_, each) => page.$(each).text()).get()).toEqual(body.split('\n\n'))
    expect(words.map((_, each) => page.$(each).attr('dir')).get()).toEqual(['rtl', 'rtl', 'ltr', 'rtl'])
    expect(words.eq(2).attr('lang')).toBe('en-GB')
    const path = page.$('a[href$="letter.pdf"]').attr('href')!
    const pdf = await readLetters(new Uint8Array(await (await coordinator.raw(path)).arrayBuffer()))
    expect(pdf.language).toBe('ur')
    expect(wordsOf(pdf.pages[0]!)).toContain('منظور ہوئی۔')
    const day = (await coordinator.reads(at('letters/batch'))).$('a[href*="letters.pdf"]').attr('href')!
    const all = await readLetters(new Uint8Array(await (await coordinator.raw(day)).arrayBuffer()))
    expect(all.parts.filter(each => each.kind === 'Document').map(each => each.lang)).toContain('ur')
    expect((await stranger.raw(path)).status).toBe(404)
  })
})
