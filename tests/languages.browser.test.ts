import type { Browser } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { otherLanguages } from '#platform/languages/words.ts'
import { addressOf, browserInDemo, flawsOf, openBrowser } from './browser.ts'
import { openDemoHouse, type TestHouse } from './house.ts'

// One page of each kind in a real browser, in each language: words are longer, and Urdu runs from right to left.

const open = [
  '',
  '/register',
  '/register/name',
  '/roles',
  '/you-said-we-did',
  '/governance',
  '/how-this-works',
]
const own = [
  '/home',
  '/contributions',
  '/contributions/new',
  '/contributions/C-1001',
  '/contributions/C-1010',
  '/contributions/C-1013',
  '/requests',
  '/requests/R-76',
  '/account/preferences',
  '/account/preferences/when',
  '/search?q=scan',
]

let house: TestHouse
let browser: Browser
let url: string

beforeAll(async () => {
  house = await openDemoHouse()
  url = (await addressOf(house)).replace('127.0.0.1', 'localhost')
  browser = await openBrowser()
}, 120_000)

test.each(otherLanguages)(
  'REACH-10 REACH-13 pages in “%s”: axe finds nothing, nor what is looked for beyond it, nothing is wider than 320 or 1280 pixels, and lines begin where the language begins',
  async language => {
    const flaws: string[] = []
    const side = language === 'ur' ? 'right' : 'left'
    for (const signedIn of [false, true]) {
      const context = await browserInDemo(browser, house, signedIn ? 'volunteer-1' : 'a visitor', url)
      const page = await context.newPage()
      for (const path of signedIn ? own : open) {
        const at = `/wmin${path}${path.includes('?') ? '&' : '?'}language=${language}`
        const answer = await page.goto(url + at)
        expect(answer?.status(), at).toBe(200)
        await page.setViewportSize({ width: 320, height: 700 })
        // Measured at what stands alone in its line.
        const begins = await page.evaluate<string>(
          `(() => { const it = document.querySelector('footer li a, footer p').getBoundingClientRect()
            return it.left < innerWidth - it.right ? 'left' : 'right' })()`,
        )
        if (begins !== side) flaws.push(`${at}: its lines begin at the ${begins}`)
        for (const each of await flawsOf(page)) flaws.push(`${at}: ${each}`)
      }
      await context.close()
    }
    expect(flaws).toEqual([])
  },
  240_000,
)
