import * as cheerio from 'cheerio'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDemoHouse, type TestHouse } from './house.ts'
import { NoScriptPerson } from './person.ts'
import { type RealThings, realThings } from './real-things.ts'

// "Bad input": every form of the product, as everybody who may open it, filled with what nobody should type.
// None may break, and what was typed comes back beside a sentence.

const long = `${'x'.repeat(10_000)}`
const strange = `Robert'); drop table person;-- <script>alert(1)</script> "&quot; שלום عربي e\u0301\u0301\u0301 👨‍👩‍👧‍👦 \u202e %s \\ \u0007`

interface Badness {
  readonly name: string
  value(field: { name: string; type: string; given: string }): string | undefined
}

const badnesses: readonly Badness[] = [
  { name: 'empty', value: () => '' },
  { name: '10,000-character words', value: field => (isText(field) ? long : field.given) },
  { name: 'right-to-left, SQL, HTML', value: field => (isText(field) ? strange : field.given) },
  {
    name: 'ids of another network',
    value: field =>
      isText(field)
        ? 'Some ordinary words'
        : /^(.*-)?\d+$/.test(field.given)
          ? field.given.replace(/\d+$/, '99999999')
          : 'no-such-choice',
  },
  {
    name: 'impossible dates',
    value: field =>
      /-day$/.test(field.name)
        ? '31'
        : /-month$/.test(field.name)
          ? '2'
          : /-year$/.test(field.name)
            ? '2026'
            : isText(field)
              ? 'Words'
              : field.given,
  },
]
const isText = (field: { type: string }) =>
  ['text', 'textarea', 'search', 'email', 'tel'].includes(field.type)

let house: TestHouse
let things: RealThings
const people: NoScriptPerson[] = []

beforeAll(async () => {
  house = await openDemoHouse()
  things = await realThings(house, 'wmin')
  for (const key of ['volunteer-1', 'board-chair', 'sig-chair', 'director', 'applicant-1']) {
    const row = await house.owner.query<{ account_id: string }>(
      'select account_id from person where demo_key = $1',
      [key],
    )
    const person = new NoScriptPerson(house.app, key)
    const cookie = await house.house.sessions.start(row.rows[0]!.account_id, { secondFactor: true })
    person.takesCookies(new Response(null, { headers: { 'set-cookie': cookie } }))
    people.push(person)
  }
  people.push(new NoScriptPerson(house.app, 'a visitor'))
}, 120_000)

afterAll(() => house?.close())

test.each(badnesses)(
  'HOUSE-9 R45 bad input in every form gives a sentence and keeps what was typed: $name',
  async bad => {
    const wrong: string[] = []
    const sent = new Set<string>()
    for (const path of formPaths()) {
      for (const person of people) {
        const page = await person.raw(path)
        if (page.status !== 200) continue
        const $ = cheerio.load(await page.text())
        for (const form of $('main form[method="post"]').toArray()) {
          const to = $(form).attr('action') ?? path
          if (to.startsWith('/sign-out') || sent.has(to)) continue
          sent.add(to)
          await house.owner.query('truncate rate_window')
          const { body, typed } = filledWith($, form, bad)
          const answer = await person.raw(to, {
            method: 'POST',
            body,
            headers: { origin: 'http://loop.test' },
          })
          const said = `${person.name} ${to}: ${answer.status}`
          if (answer.status >= 500) wrong.push(`${said}, broken`)
          if (answer.status !== 422) continue
          const back = cheerio.load(await answer.text())
          if (!back('title').text().startsWith('Error: ')) wrong.push(`${said}, the title does not say so`)
          if (back('.nhsuk-error-summary li').length === 0) wrong.push(`${said}, no summary`)
          for (const [name, value] of typed) {
            const field = back(`[name="${name}"]`).first()
            if (field.length === 0) wrong.push(`${said}, lost the field ${name}`)
            else if (
              shown(field.is('textarea') ? field.text().replace(/^\n/, '') : (field.attr('value') ?? '')) !==
              value
            ) {
              wrong.push(`${said}, lost what was typed in ${name}`)
            }
          }
          for (const link of back('.nhsuk-error-summary a').toArray()) {
            const id = back(link).attr('href')!.slice(1)
            if (back(`[id="${id}"]`).length === 0)
              wrong.push(`${said}, the summary's link #${id} leads nowhere`)
          }
        }
      }
    }
    expect(wrong.slice(0, 30)).toEqual([])
    expect(sent.size).toBeGreaterThan(30)
  },
  900_000,
)

function formPaths(): string[] {
  const routes = house.app.slices.flatMap(slice => slice.routes)
  return routes
    .filter(route => route.kind !== 'plain' && !/\/files\/|feed|\.csv/.test(route.path))
    .flatMap(route =>
      things
        .paramsOf(route.path)
        .map(params =>
          route.path.replace(/:(\w+)(\{[^}]*\})?/g, (_, name: string) =>
            name === 'network' ? 'wmin' : encodeURIComponent(params[name] ?? ''),
          ),
        ),
    )
}

function filledWith($: cheerio.CheerioAPI, form: Parameters<cheerio.CheerioAPI>[0], bad: Badness) {
  const body = new FormData()
  const typed = new Map<string, string>()
  const chosen = new Set<string>()
  $(form as never)
    .find('input, textarea, select, button')
    .each((_, element) => {
      const node = $(element)
      const name = node.attr('name')
      const type = element.tagName === 'input' ? (node.attr('type') ?? 'text') : element.tagName
      if (!name || type === 'file') return
      const given =
        type === 'select' ? (node.find('option').last().attr('value') ?? '') : (node.attr('value') ?? '')
      if (type === 'hidden' || type === 'button') {
        body.append(name, given)
        return
      }
      if (type === 'radio' || type === 'checkbox') {
        if (chosen.has(name)) return
        chosen.add(name)
      }
      if (name === 'website') return void body.append(name, '')
      const value = bad.value({ name, type, given })
      if (value === undefined) return
      body.append(name, value)
      // Control characters are taken out; everything else comes back as it was typed.
      // A code that is good once is not shown again.
      if (isText({ type }) && name !== 'code') typed.set(name, shown(value))
    })
  return { body, typed }
}

/** Control characters may be taken out, and letters with marks composed: a person sees no difference. */
const shown = (text: string) => text.replaceAll('\u0007', '').normalize('NFC')
