import { readdirSync, readFileSync } from 'node:fs'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { assets } from './assets.ts'
import { isUnused, stylesheetFrom } from './stylesheet.ts'

const css = assets().stylesheet.body.toString()

test('R49 R64 the stylesheet holds no Frutiger and fetches nothing', () => {
  expect(css).not.toMatch(/frutiger/i)
  expect(css).not.toMatch(/@font-face|@import|url\(|sourceMapping/)
  expect(css).toContain('font-family:arial,sans-serif')
})

test('HOUSE-12 the stylesheet weighs little and is the same when unpacked', () => {
  const { stylesheet, icon } = assets()
  expect(stylesheet.brotli.length).toBeLessThan(20_000)
  expect(brotliDecompressSync(stylesheet.brotli).equals(stylesheet.body)).toBe(true)
  expect(gunzipSync(stylesheet.gzip).equals(stylesheet.body)).toBe(true)
  expect(stylesheet.path).toMatch(/^\/assets\/[0-9a-f]{16}\.css$/)
  expect(icon.path).toMatch(/^\/assets\/[0-9a-f]{16}\.svg$/)
})

test('taking out leaves whole rules, also inside @media, and takes no more than it should', () => {
  const given =
    '.nhsuk-hero,.nhsuk-tag{a:b}.nhsuk-tabs__list{c:d}@media print{.nhsuk-hero__x{e:f}}@media print{p{g:h}}'
  expect(stylesheetFrom(given, '/* why */ .own {  i: j;  }')).toBe(
    '@charset "UTF-8";.nhsuk-tag{a:b}@media print{p{g:h}}.own{i: j}',
  )
  expect(css.split('{').length).toBe(css.split('}').length)
  for (const kept of [
    '.nhsuk-tag--green',
    '.nhsuk-header__account',
    '.nhsuk-radios__conditional',
    '.nhsuk-u-nowrap',
  ]) {
    expect(css).toContain(kept)
  }
  expect(isUnused('body:not(.nhsuk-frontend-supported) .nhsuk-tag')).toBe(false)
  expect(isUnused('.nhsuk-frontend-supported .nhsuk-tag')).toBe(true)
})

test('no page uses a class whose style is taken out, nor one of ours without a style', () => {
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
    name => name.endsWith('.tsx') && !name.endsWith('.test.tsx'),
  )
  expect(sources.length).toBeGreaterThan(5)
  const wrong = sources.flatMap(name => {
    const text = readFileSync(`src/${name}`, 'utf8')
    const nhs = [...text.matchAll(/(?<![\w/-])nhsuk-[a-z][\w-]*/g)].map(([found]) => found)
    const own = [...text.matchAll(/className="([^"]*)"/g)]
      .flatMap(([, classes = '']) => classes.split(' '))
      .filter(found => found.startsWith('loop-') && !unstyled.has(found) && !css.includes(`.${found}`))
    return [...nhs.filter(found => !found.endsWith('-') && isUnused(`.${found}`)), ...own].map(
      found => `${name}: ${found}`,
    )
  })
  expect(wrong).toEqual([])
})

/** Classes that only name a thing. */
const unstyled = new Set(['loop-wide'])
