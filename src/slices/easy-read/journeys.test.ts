import { beforeAll, expect, test } from 'vitest'
import { readability } from '#kernel/text/readability.ts'
import { aNetwork, type TestNetwork } from '#tests/network.ts'
import type { SeenPage } from '#tests/person.ts'
import { booklets } from './pages.tsx'
import { pictureNames } from './pictures.tsx'

let network: TestNetwork
beforeAll(async () => {
  network = await aNetwork()
  await network.inNetwork(tx =>
    tx
      .updateTable('network')
      .set({
        facts: JSON.stringify({
          phone: '0121 496 0001',
          contact: { email: 'hello@example.org', verified: true },
        }),
      })
      .where('id', '=', network.id)
      .execute(),
  )
})

const pages = ['', ...booklets.map(each => `/${each.at}`)]

interface SeenLine {
  readonly words: string
  readonly pictures: number
  readonly hard: string | undefined
}

/** Each line of the page: what it says, and how many pictures stand beside it. */
function linesOf({ $ }: SeenPage): SeenLine[] {
  return $('.loop-easy__line')
    .toArray()
    .map(line => ({
      words: $(line).find('.loop-easy__words').text().replaceAll(/\s+/g, ' ').trim(),
      pictures: $(line).find('svg[aria-hidden="true"]').length,
      hard: $(line).find('strong').text() || undefined,
    }))
}

test.each(pages)('REACH-11 one idea a line, with a picture: easy-read%s', async at => {
  const seen = await network.visitor.reads(`/${network.slug}/easy-read${at}`)
  const lines = linesOf(seen)
  expect(lines.length).toBeGreaterThan(8)
  for (const line of lines) {
    expect(line.pictures, line.words).toBe(1)
    // The choice of booklets has a title and a sentence.
    const sentences = line.words.split(/[.?!](?:\s|$)/).filter(each => each.trim() !== '')
    expect(sentences.length, line.words).toBe(1)
    expect(line.words.split(' ').length, line.words).toBeLessThanOrEqual(15)
    expect(line.words).not.toMatch(/[;()–]|,.*,/)
  }
  const text = lines.map(line => (/[.?!]$/.test(line.words) ? line.words : `${line.words}.`)).join(' ')
  expect(readability(text).readingAge, text).toBeLessThanOrEqual(9)
})

test('REACH-11 a hard word is bold, and the next line explains it', async () => {
  let hard = 0
  for (const at of pages) {
    const lines = linesOf(await network.visitor.reads(`/${network.slug}/easy-read${at}`))
    for (const [n, line] of lines.entries()) {
      if (!line.hard) continue
      hard += 1
      const next = lines[n + 1]?.words.toLowerCase() ?? ''
      expect(next.includes(line.hard.toLowerCase()), `${line.words} ${next}`).toBe(true)
    }
    // What is counted in working days says what they are.
    const text = lines.map(line => line.words).join(' ')
    if (/working day/.test(text)) expect(text).toContain('Working days are Monday to Friday.')
  }
  expect(hard).toBeGreaterThan(3)
})

test('REACH-11 it speaks of this network as it is today: its name, how to reach it, its clocks, its roles', async () => {
  const { slug, visitor, house } = network
  const before = await visitor.reads(`/${slug}/easy-read/what-happens`)
  expect(before.text).toContain('In 2 working days we tell you what comes next.')
  expect(before.text).toContain('You can ring us on 0121 496 0001.')
  expect((await visitor.reads(`/${slug}/easy-read`)).text).toContain('hello@example.org')
  await house.owner.query(
    `insert into clock_setting (network_id, from_on, clocks) values ($1, '2026-01-01', $2)`,
    [network.id, JSON.stringify({ acknowledge: 1, 'right-of-reply': 7 })],
  )
  expect((await visitor.reads(`/${slug}/easy-read/what-happens`)).text).toContain('In 1 working day we tell')
  expect((await visitor.reads(`/${slug}/easy-read/rights`)).text).toContain(
    'You have 7 working days to say it',
  )
  const other = await visitor.reads(`/${network.otherSlug}/easy-read/what-happens`)
  expect(other.text).toContain('In 2 working days we tell')
})

test('REACH-11 the pages that matter lead to their easy-read twin, and back; every footer leads to the list', async () => {
  const { slug, volunteer, visitor, stranger } = network
  for (const [path, person, h1] of [
    ['/how-this-works', visitor, 'What happens to what you tell us'],
    ['/contributions/new', volunteer, 'What happens to what you tell us'],
    ['/roles', visitor, 'Taking part'],
    ['/register', visitor, 'How to join us'],
    ['/privacy', visitor, 'Your rights'],
    ['/account/my-data', volunteer, 'Your rights'],
  ] as const) {
    const twin = await (await person.reads(`/${slug}${path}`)).follow('Easy read: the same with short words')
    expect(twin.h1).toBe(h1)
    expect((await twin.follow('Easy read')).h1).toBe('Easy read')
  }
  for (const { at, title, longer } of booklets) {
    const list = await visitor.reads(`/${slug}/easy-read`)
    const booklet = await list.follow(title)
    expect(booklet.h1, at).toBe(title)
    expect((await booklet.follow(longer.text)).h1).toContain(longer.text)
  }
  expect((await (await visitor.reads(`/${slug}`)).follow('Easy read')).h1).toBe('Easy read')
  // Public: somebody of another network reads it like anybody; what is not there is not found.
  expect((await stranger.opens(`/${slug}/easy-read/rights`)).status).toBe(200)
  expect((await stranger.opens(`/${slug}/easy-read/secrets`)).status).toBe(404)
})

test('REACH-11 each picture is used', async () => {
  const known = {
    slug: 'x',
    shortName: 'X',
    phone: '0121 496 0001',
    email: 'x@example.org',
    days: () => '2 working days',
    roles: [{ title: 'Role', href: '/x/roles/role' }],
  }
  const used = booklets.flatMap(booklet => [
    booklet.picture,
    ...[true, false].flatMap(paysCosts =>
      booklet.parts({ ...known, paysCosts }).flatMap(part => part.lines.map(([picture]) => picture)),
    ),
  ])
  expect(pictureNames.filter(name => !used.includes(name))).toEqual([])
})
