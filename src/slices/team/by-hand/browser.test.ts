import { expect, test } from 'vitest'
import { doingOf } from '#platform/doing.ts'
import { addressOf, browserOf, openBrowser } from '#tests/browser.ts'
import { aNetwork } from '#tests/network.ts'

const mm = (pixels: number) => (pixels * 25.4) / 96

/** A letter in large print, on its page, as a browser prints it. */
async function onPaper(words?: { body: string; lang: string }) {
  const network = await aNetwork()
  const { house, slug } = network
  const lea = await network.aPerson({
    name: 'Lea Letter',
    channel: 'post',
    signsIn: false,
    postalAddress: 'Lea Letter\n1 Made-up Road\nWillenhall\nWalsall\nWS1 1AA',
  })
  await network.inNetwork(tx =>
    tx.updateTable('person').set({ large_print: true }).where('id', '=', lea.id).execute(),
  )
  await house.database.enter({ slug, accountId: undefined, today: house.clock.today() }, (tx, entry) =>
    doingOf(house.house, tx, entry!, undefined).tell({
      key: 'print',
      personId: lea.id,
      kind: 'test',
      subject: 'news',
      paragraphs: ['Your view was agreed.'],
      about: { kind: 'contribution', id: '1' },
    }),
  )
  const message = await network.inNetwork(tx =>
    tx.selectFrom('message').select('id').where('person_id', '=', lea.id).executeTakeFirstOrThrow(),
  )
  if (words)
    await network.inNetwork(tx =>
      tx
        .updateTable('message')
        .set({ body: words.body, layout: JSON.stringify({ lang: words.lang, parts: [] }) })
        .where('id', '=', message.id)
        .execute(),
    )
  const browser = await openBrowser()
  const url = await addressOf(house)
  const context = await browserOf(browser, network.coordinator, url)
  const page = await context.newPage()
  await page.goto(`${url}/${slug}/team/letters/${message.id}`)
  // A4 without its margins of 20 mm.
  await page.setViewportSize({ width: Math.round((170 / 25.4) * 96), height: 970 })
  await page.emulateMedia({ media: 'print' })
  return page
}

async function boxInWindow(page: Awaited<ReturnType<typeof onPaper>>) {
  const box = (await page.locator('.loop-letter__to').boundingBox())!
  // With the margin: the window is 20 to 110 mm from the left and 50 to 85 from the top.
  expect(mm(box.x) + 20).toBeGreaterThanOrEqual(20)
  expect(mm(box.x + box.width) + 20).toBeLessThanOrEqual(110)
  expect(mm(box.y) + 20).toBeGreaterThanOrEqual(50)
  expect(mm(box.y + box.height) + 20).toBeLessThanOrEqual(86)
  return box
}

test('PEOPLE-20 on paper only the letter comes out, with the address where a window envelope shows it', async () => {
  const page = await onPaper()
  for (const hidden of ['h1', '.nhsuk-header', '.nhsuk-footer', '.loop-not-on-paper'])
    expect(await page.locator(hidden).first().isVisible(), hidden).toBe(false)
  const box = await boxInWindow(page)
  const body = (await page.locator('.loop-letter > .loop-words').last().boundingBox())!
  expect(body.y).toBeGreaterThan(box.y + box.height)
  const size = await page.evaluate<number>(
    "parseFloat(getComputedStyle(document.querySelector('.loop-letter > .loop-words:last-child')).fontSize)",
  )
  // 18 point.
  expect(size).toBeGreaterThanOrEqual(24)
}, 60_000)

test('REACH-10 on paper a letter in Urdu runs from the right, and its address stands in the window on the left', async () => {
  const page = await onPaper({
    lang: 'ur',
    body: 'محترم \u2068Lea Letter\u2069،\n\nآپ کی رائے \u2066C-1042\u2069 منظور ہوئی۔\n\nThe chairs are too low.',
  })
  await boxInWindow(page)
  const edges = await page.evaluate<{ left: number; right: number; begins: number; ends: number }[]>(
    `[...document.querySelectorAll('.loop-letter > p')].map(each => {
      const words = document.createRange()
      words.selectNodeContents(each)
      const { left, right } = words.getBoundingClientRect()
      const box = each.getBoundingClientRect()
      return { left, right, begins: box.left, ends: box.right }
    })`,
  )
  const [from, to, day, greeting, words, quote] = edges
  for (const each of [from, day, greeting, words]) expect(Math.abs(each!.right - each!.ends)).toBeLessThan(2)
  for (const each of [to, quote]) expect(Math.abs(each!.left - each!.begins)).toBeLessThan(2)
  expect(day!.left).toBeGreaterThan(day!.begins + 50)
  // The sender is clear of the window.
  expect(from!.left).toBeGreaterThan(to!.right)
}, 60_000)
