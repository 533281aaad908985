import { readdirSync, readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { routeTable } from '#platform/http/route.ts'
import { catalogue, catalogueOf, samePlaces, textsOf } from '#platform/languages/catalogue.ts'
import { pageIn } from '#platform/languages/page.ts'
import { otherLanguages } from '#platform/languages/words.ts'
import { openDemoHouse, type TestHouse } from './house.ts'
import { NoScriptPerson } from './person.ts'
import { realThings } from './real-things.ts'
import {
  isForPrograms,
  isOf,
  isWalked,
  type Walk,
  walkTranslated,
  wordsOfPeople,
} from './translated-pages.ts'
import { budget, weightOf } from './weight.ts'

describe('the message files', () => {
  test('REACH-10 every translation has the place-holders of its English, in any order', () => {
    for (const language of otherLanguages) {
      const texts = textsOf(language)
      const wrong = Object.entries(texts).filter(
        ([english, translation]) => !samePlaces(english, translation),
      )
      expect(wrong, language).toEqual([])
      expect(catalogue(language).refused).toEqual([])
      expect(Object.keys(texts).length).toBeGreaterThan(1_000)
    }
  })

  test('REACH-10 both languages have the same texts', () => {
    const [one, other] = otherLanguages.map(each => Object.keys(textsOf(each)).sort())
    expect(one).toEqual(other)
  })

  test('REACH-10 no text stands in two files of a language', () => {
    for (const language of otherLanguages) {
      const folder = new URL(`../src/platform/languages/texts/${language}/`, import.meta.url)
      const all = readdirSync(folder).flatMap(name =>
        Object.keys(JSON.parse(readFileSync(new URL(name, folder), 'utf8'))),
      )
      expect(all.filter((each, n) => all.indexOf(each) !== n)).toEqual([])
    }
  })

  test('REACH-10 a translation with a missing place-holder is refused when it is loaded, and falls back to English', () => {
    const texts = catalogueOf('cy', {
      'by {date}': 'erbyn',
      'Ring <1>{phone}</1>': 'Ffoniwch <1>{phone}',
      'Sign in': 'Mewngofnodi',
    })
    expect(texts.refused).toEqual(['by {date}', 'Ring <1>{phone}</1>'])
    expect(texts.say('Sign in')).toBe('Mewngofnodi')
    expect(texts.say('by 3 March 2027')).toBeUndefined()
  })

  test('REACH-10 dates, times and numbers are said as the language says them', () => {
    expect(catalogue('cy').say('by 3 March 2027')).toBe('erbyn 3 Mawrth 2027')
    expect(catalogue('ur').say('by 3 March 2027')).toBe('3 مارچ 2027 تک')
    expect(catalogue('ur').say('3 March 2027, 2:30pm')).toBe('3 مارچ 2027، دوپہر 2:30 بجے')
    expect(catalogue('cy').say('4 working days late')).toBe('4 diwrnod gwaith yn hwyr')
    expect(catalogue('cy').say('3 March 2027, midday to 2pm')).toBe('3 Mawrth 2027, hanner dydd i 2pm')
  })

  test('REACH-10 a network’s name can have any sign in it', () => {
    const known = { network: 'North-East (Imaging) / Network+' }
    expect(catalogue('cy').say('The groups of North-East (Imaging) / Network+', known)).toBe(
      'Grwpiau North-East (Imaging) / Network+',
    )
    expect(catalogueOf('cy', { '{a}, by e-mail': '{a}, drwy e-bost' }).say('Sam, by e-mail')).toBe(
      'Sam, drwy e-bost',
    )
  })
})

describe('a page in another language', () => {
  const page = (body: string) =>
    `<!doctype html><html lang="en-GB"><head><title>Sign in</title></head><body>${body}</body></html>`

  test('REACH-10 a missing text is English and says so in production, and shows in a test', () => {
    const html = page('<p>Sign in</p><p>No catalogue has this</p>')
    const inProduction = pageIn(html, { language: 'ur', known: {} })
    expect(inProduction).toContain('<html lang="ur" dir="rtl">')
    expect(inProduction).toContain('<p><span lang="en-GB" dir="ltr">No catalogue has this</span></p>')
    expect(inProduction).not.toContain('⟦')
    const heard: string[] = []
    const inTest = pageIn(html, { language: 'ur', known: {}, missing: text => heard.push(text) })
    expect(inTest).toContain('⟦No catalogue has this⟧')
    expect(heard).toEqual(['No catalogue has this'])
  })

  test('REACH-10 what people wrote stays as they wrote it, even where it is a word of ours', () => {
    const html = page(
      '<blockquote dir="auto">Sign in</blockquote><p><bdi>Sign in</bdi></p><p translate="no">Sign in</p><textarea dir="auto">Sign in</textarea>',
    )
    const shown = pageIn(html, { language: 'cy', known: {} })
    expect(shown.match(/Sign in/g)).toHaveLength(4)
    expect(shown).toContain('<title>Mewngofnodi</title>')
  })

  test('REACH-10 the links of a sentence go where the language puts them', () => {
    const shown = pageIn(
      page(
        '<p>You may need to sign in to see it. <a href="/a">Sign in</a>, or <a href="/b">go to the front page</a>.</p>',
      ),
      { language: 'ur', known: {} },
    )
    expect(shown).toContain('<a href="/a">سائن اِن کریں</a>')
    expect(shown).toContain('<a href="/b">پہلے صفحے پر جائیں</a>')
  })
})

describe('a sentence that no language has as a whole', () => {
  const shown = (body: string) =>
    pageIn(`<!doctype html><html><head><title>Home</title></head><body>${body}</body></html>`, {
      language: 'cy',
      known: {},
    })

  test('REACH-10 is read line by line, and without the tags at its end and beginning', () => {
    expect(shown('<p>14 May 2027 <strong class="nhsuk-tag">Withdrawn</strong></p>')).toContain(
      '<p>14 Mai 2027 <strong class="nhsuk-tag">Tynnwyd yn ôl</strong></p>',
    )
    expect(shown('<p>Home<br>The motion is carried.</p>')).toContain('<p>Hafan<br>Derbyniwyd y cynnig.</p>')
  })
})

describe('the pages that are whole', () => {
  const walks = new Map<string, Walk>()
  const missing = new Map<string, string>()
  let house: TestHouse

  beforeAll(async () => {
    let at = ''
    let theirs: ReadonlySet<string> = new Set()
    house = await openDemoHouse({
      missingTexts: (language, text) => {
        if (!isOf(theirs, text)) missing.set(`${language}: ${text}`, at)
      },
    })
    const things = await realThings(house, 'wmin')
    for (const language of ['ur', 'cy'] as const) {
      theirs = await wordsOfPeople(house)
      walks.set(
        language,
        await walkTranslated(house, things, language, {
          briefly: language === 'cy',
          at: path => {
            at = path
          },
        }),
      )
    }
  }, 900_000)

  /** They need a state that no walker is in; their texts are there. */
  const notWalked = [
    '/data-protection-complaint',
    '/sign-in/code',
    '/sign-in/link',
    '/sign-in/prove',
    '/sign-in/prove/code',
    '/sign-in/second-factor',
    '/sign-in/second-factor/app',
    '/:network/sign-in/elsewhere',
    '/:network/sign-in/elsewhere/back',
    '/:network/sign-in/elsewhere/confirm',
    '/:network/sign-in/elsewhere/connect',
    '/:network/sign-in/elsewhere/out',
    '/:network/sign-in/elsewhere/signed-out',
    '/stop/:network/:group/:token',
  ]
  const isForStaff = (who: string) =>
    /team|chair|deputy|administrator|author|Trust’s contact|presides/.test(who) &&
    !/volunteer|membership|member of a group|^the group,/.test(who)

  test('REACH-10 each page that somebody without a post can open is walked in both languages, or named here', () => {
    const left = routeTable(house.app.slices).filter(
      ({ method, path, who }) =>
        method === 'GET' &&
        !isWalked(path) &&
        !isForPrograms(path) &&
        !/\/team(\/|$)|^\/demo/.test(path) &&
        !isForStaff(who),
    )
    expect(left.map(each => each.path).sort()).toEqual(notWalked.sort())
  })

  test('REACH-10 no text of ours is missing in Welsh or Urdu, for a visitor, an applicant and volunteers', () => {
    expect([...missing].map(([text, at]) => `${text} at ${at}`)).toEqual([])
    for (const walk of walks.values()) expect(walk.opened.length).toBeGreaterThan(400)
  })

  test('REACH-10 each translated page says its language, its direction, and that no professional translator checked it', () => {
    for (const [language, { opened }] of walks) {
      for (const { page, path } of opened) {
        expect(page.$('html').attr('lang'), path).toBe(language)
        expect(page.$('html').attr('dir'), path).toBe(language === 'ur' ? 'rtl' : 'ltr')
        const note = page.$('.loop-translated')
        expect(note.length, path).toBe(1)
        // Whoever goes to the English from a form with mistakes would lose what they typed.
        const english = page.status === 422 ? undefined : expect.stringContaining('language=en')
        expect(note.find('a').attr('href'), path).toEqual(english)
        expect(page.$('.loop-languages').length, path).toBe(page.status === 422 ? 0 : 1)
      }
    }
  })

  test('REACH-10 REACH-14 a translated page weighs no more than any page may', () => {
    const heavy = [...walks.values()]
      .flatMap(({ opened }) => opened)
      .map(({ path, who, page }) => ({ path, who, weight: weightOf(page.html) }))
      .filter(({ weight }) => weight.page > budget.pageBytes || weight.seconds >= budget.seconds)
    expect(heavy).toEqual([])
  })

  test('REACH-10 English costs nothing and has no mark in it', async () => {
    const visitor = new NoScriptPerson(house.app)
    const page = await visitor.reads('/wmin')
    expect(page.$('html').attr('lang')).toBe('en-GB')
    expect(page.$('.loop-translated').length).toBe(0)
    expect(page.html).not.toMatch(/[\uf8d0-\uf8d3⟦]/)
  })

  test('REACH-10 a visitor chooses a language by a link, and the next pages have it', async () => {
    const visitor = new NoScriptPerson(house.app)
    const page = await (await visitor.reads('/wmin')).follow('اردو')
    expect(page.$('html').attr('dir')).toBe('rtl')
    const next = await visitor.reads('/wmin/register')
    expect(next.$('html').attr('lang')).toBe('ur')
    expect((await next.follow('English')).$('html').attr('lang')).toBe('en-GB')
    expect((await visitor.reads('/wmin/register')).$('html').attr('lang')).toBe('en-GB')
  })
})
