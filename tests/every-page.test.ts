import * as cheerio from 'cheerio'
import { beforeAll, expect, test } from 'vitest'
import { readability } from '#kernel/text/readability.ts'
import type { AnyRoute } from '#platform/http/route.ts'
import { openDemoHouse } from './house.ts'
import { NoScriptPerson } from './person.ts'
import { realThings } from './real-things.ts'
import { budget, weightOf } from './weight.ts'

// Every page of the route table, opened once by two who may, with the demonstration's life in it: what it costs, and
// how hard its own words are to read.

interface Opened {
  readonly pattern: string
  readonly path: string
  readonly who: string
  readonly statements: number
  readonly html: string
}

const opened: Opened[] = []
/** Pages of no network. */
const outside: Pick<Opened, 'path' | 'who' | 'html'>[] = []
let routes: readonly AnyRoute[] = []
/** Rooms where nothing may be kept of what happens there. */
let untraced: readonly string[] = []
/** What people of the demonstration were told, by the kind of message. */
const told = new Map<string, string[]>()

beforeAll(async () => {
  const house = await openDemoHouse()
  const things = await realThings(house, 'wmin')
  const rows = await house.owner.query<{ demo_key: string; account_id: string }>(
    `select p.demo_key, p.account_id from person p join network n on n.id = p.network_id
     where n.slug = 'wmin' and p.demo_key in ('co-ordinator', 'volunteer-1', 'board-chair', 'director', 'trust-contact',
       'administrator', 'applicant-1') order by p.demo_key = 'co-ordinator' desc, p.demo_key = 'volunteer-1' desc`,
  )
  const people = [new NoScriptPerson(house.app, 'a visitor')]
  for (const row of rows.rows) {
    const person = new NoScriptPerson(house.app, row.demo_key)
    const cookie = await house.house.sessions.start(row.account_id, { secondFactor: true })
    person.takesCookies(new Response(null, { headers: { 'set-cookie': cookie } }))
    people.push(person)
  }
  routes = house.app.slices.flatMap(slice => slice.routes)
  untraced = house.app.slices.flatMap(slice => (slice.untraced ? slice.routes.map(route => route.path) : []))
  for (const route of routes) {
    if (!route.path.startsWith('/:network') || route.kind === 'plain') continue
    if (route.kind === 'form' && route.page === false) continue
    for (const params of things.paramsOf(route.path)) {
      const path = route.path.replace(/:(\w+)(\{[^}]*\})?/g, (_, name: string) =>
        name === 'network' ? 'wmin' : encodeURIComponent(params[name] ?? ''),
      )
      let seen = 0
      for (const person of people) {
        const before = house.database.statements.count
        const response = await person.raw(path)
        // The transaction's begin and commit are no questions.
        const statements = house.database.statements.count - before - 2
        if (response.status !== 200) continue
        const isPage = response.headers.get('content-type')?.startsWith('text/html')
        const html = isPage ? await response.text() : ''
        if (!isPage) await response.body?.cancel()
        opened.push({ pattern: route.path, path, who: person.name, statements, html })
        // Two who may open it speak for the rest.
        if (++seen === 2) break
      }
    }
  }
  for (const path of ['/', '/sign-in', '/sign-in/passkey', '/account', '/privacy', '/cookies', '/help']) {
    for (const person of people.slice(0, 3)) {
      const seen = await person.opens(path)
      if (seen.status === 200) outside.push({ path, who: person.name, html: seen.html })
    }
  }
  const messages = await house.owner.query<{ kind: string; body: string }>(
    `select distinct on (kind, channel) kind, body from message order by kind, channel, id`,
  )
  for (const { kind, body } of messages.rows) told.set(kind, [...(told.get(kind) ?? []), body])
}, 900_000)

const most = 6

test('HOUSE-12 every page of the route table asks the database at most six times', () => {
  const tooMany = opened.filter(each => each.statements > most)
  expect(tooMany.map(each => `${each.path} (${each.who}): ${each.statements}`)).toEqual([])
  expect(opened.length).toBeGreaterThan(300)
})

test('REACH-14 every page of the route table shows in under five seconds the first time on a slow phone', () => {
  const pages = [...opened, ...outside].filter(each => each.html !== '')
  const weights = pages.map(each => ({ ...each, weight: weightOf(each.html) }))
  const heavy = weights.filter(
    ({ weight }) =>
      weight.page > budget.pageBytes ||
      weight.all > budget.allBytes ||
      weight.requests > budget.requests ||
      weight.seconds >= budget.seconds,
  )
  expect(heavy.map(each => `${each.path} (${each.who}): ${JSON.stringify(each.weight)}`)).toEqual([])
  expect(pages.length).toBeGreaterThan(300)
})

test('REACH-14 words are kept on a device where they are written at length, and never where nothing may be written down', () => {
  const wrong: string[] = []
  let kept = 0
  for (const { path, pattern, who, html } of opened) {
    const $ = cheerio.load(html)
    if ($('img').length > 0) wrong.push(`${path} needs a picture`)
    for (const form of $('main form[method="post"]').toArray()) {
      const to = $(form).attr('action') ?? path
      const at = routes.find(route => route.kind !== 'page' && fits(route.path, to))
      const never =
        untraced.includes(pattern) ||
        (at !== undefined && (untraced.includes(at.path) || (at.kind === 'form' && at.keepsWords === false)))
      const keeps = $(form).attr('data-keep') !== undefined
      if (never && keeps) wrong.push(`${path} (${who}) keeps what is written for ${to}`)
      if ($(form).find('textarea').length === 0) continue
      if (keeps) kept += 1
      else if (!never && at?.kind === 'form')
        wrong.push(`${path} (${who}) does not keep what is written for ${to}`)
    }
  }
  expect([...new Set(wrong)]).toEqual([])
  expect(kept).toBeGreaterThan(60)
})

const fits = (pattern: string, path: string): boolean =>
  new RegExp(`^${pattern.replaceAll(/:\w+(\{[^}]*\})?/g, '[^/]+')}$`).test(path.split(/[?#]/)[0]!)

/** What people wrote, names and titles: not ours to measure. A list of links is measured by its hints. */
const theirs =
  '.loop-quote, .loop-words, blockquote, bdi, [translate="no"], table, .loop-timeline, .nhsuk-task-list, dd, nav, .loop-links a'

/** Names of organisations that stand in our sentences: long by birth. */
const names =
  /\b(?:[A-Z][\w’']+ (?:of |and |the |for )?){1,8}(?:NHS (?:Foundation )?Trust|Imaging Network|Hospitals?|Special Interest Group)|Paediatric SIG|ODS/g

/** Harder than eleven, for a reason. */
const exceptions: Record<string, string> = {
  '/:network/new-network/people': 'Labels with the titles of posts, once for a name and once for an address.',
  '/:network/team/settings/trusts': 'A list of Trusts with their codes and places, and two short sentences.',
}

/** The page's own sentences: paragraphs, list items, hints and labels. */
function ownWords(html: string): string {
  const $ = cheerio.load(html)
  const main = $('main')
  main.find(theirs).remove()
  const blocks = main.find('p, li, .nhsuk-hint, label, legend').toArray()
  return (
    blocks
      .filter(block => $(block).find('p, li').length === 0)
      .map(block => $(block).text().replaceAll(/\s+/g, ' ').trim())
      .filter(text => text.split(' ').length >= 4)
      // A line of a list begins small, and is a sentence all the same.
      .map(text => text.charAt(0).toUpperCase() + text.slice(1))
      .map(text => (/[.?!:]$/.test(text) ? text : `${text}.`))
      .join(' ')
      .replaceAll(names, 'the Trust')
  )
}

test('REACH-12 R48 the own words of every page can be read at eleven', () => {
  const hard: string[] = []
  for (const each of opened) {
    const text = ownWords(each.html)
    const { readingAge, words } = readability(text)
    if (words < 40 || readingAge <= 11 || exceptions[each.pattern]) continue
    hard.push(`${readingAge} at ${each.pattern}: ${text.slice(0, 300)}`)
  }
  expect([...new Set(hard)]).toEqual([])
})

test('REACH-12 each exception is a page that is still too hard', () => {
  for (const pattern of Object.keys(exceptions)) {
    const pages = opened.filter(each => each.pattern === pattern)
    expect(
      pages.some(each => readability(ownWords(each.html)).readingAge > 11),
      pattern,
    ).toBe(true)
  }
})

test('REACH-12 R48 every kind of message can be read at eleven', () => {
  const hard: string[] = []
  for (const [kind, bodies] of told) {
    const text = bodies
      .join('\n')
      .split('\n')
      .filter(line => !/https?:|^(Dear|Yours sincerely)|^\d/.test(line))
      .map(line => line.replace(/^• /, '').trim())
      .filter(line => line.split(' ').length >= 4)
      .map(line => (/[.?!:]$/.test(line) ? line : `${line}.`))
      .join(' ')
      .replaceAll(names, 'the Trust')
    const { readingAge, words } = readability(text)
    if (words >= 30 && readingAge > 11) hard.push(`${readingAge} ${kind}: ${text.slice(0, 400)}`)
  }
  expect(hard).toEqual([])
  expect(told.size).toBeGreaterThan(40)
})
