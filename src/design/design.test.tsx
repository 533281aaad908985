import { load } from 'cheerio'
import type { ReactElement } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { withoutMarks } from '#kernel/text/theirs.ts'
import { Gallery, galleryErrors, galleryFrame, OneQuestion } from './gallery.tsx'
import {
  BrokenPage,
  bareFrame,
  DateField,
  type FieldError,
  type Frame,
  LoopStrip,
  MissingPage,
  Page,
  RefusedPage,
  renderDocument,
  SessionEndedPage,
  Table,
  TooLargePage,
  TooManyPage,
  UnavailablePage,
} from './index.ts'

/** As an English reader gets it. */
const rendered = (element: ReactElement) => withoutMarks(renderDocument(element))

const visitor: Frame = { ...galleryFrame, person: undefined, navigation: [], formToken: '' }
const bare = bareFrame({ stylesheet: '/assets/x.css', demo: false })

const pages: Record<string, ReactElement> = {
  gallery: <Gallery />,
  'gallery with mistakes': <Gallery errors={galleryErrors} />,
  'one question': <OneQuestion />,
  'one question with a mistake': <OneQuestion errors={[{ field: 'born', message: 'Enter a real date' }]} />,
  missing: <MissingPage frame={galleryFrame} />,
  'missing for a visitor': <MissingPage frame={visitor} />,
  'missing without a network': <MissingPage frame={bare} />,
  refused: <RefusedPage frame={visitor} />,
  'too large': <TooLargePage frame={galleryFrame} largest="10 MB" />,
  'too many': <TooManyPage frame={visitor} minutes={15} />,
  broken: <BrokenPage frame={bare} requestId="r-123" />,
  unavailable: <UnavailablePage frame={bare} />,
  'session ended': <SessionEndedPage frame={visitor} />,
}
const everyPage = Object.entries(pages)

// React says on the console what is wrong with an element: a missing key, a wrong attribute.
beforeEach(() => {
  vi.spyOn(console, 'error')
})
afterEach(() => {
  expect(vi.mocked(console.error).mock.calls).toEqual([])
  vi.restoreAllMocks()
})

test.each(everyPage)('R45 one heading, and the title begins with it: %s', (_, element) => {
  const html = rendered(element)
  expect(html).toMatch(/^<!doctype html><html lang="en-GB">/)
  const $ = load(html)
  expect($('h1').length).toBe(1)
  expect($('title').length).toBe(1)
  const hasErrors = $('.nhsuk-error-summary').length > 0
  const heading = $('h1').text()
  expect(heading.length).toBeGreaterThan(5)
  expect(
    $('title')
      .text()
      .startsWith(`${hasErrors ? 'Error: ' : ''}${heading} – `),
  ).toBe(true)
  expect($('title').text()).toMatch(/ – Closing the Loop$/)
})

test.each(everyPage)('R43 ids are single, labels and descriptions find their field: %s', (_, element) => {
  const $ = load(rendered(element))
  const ids = $('[id]')
    .map((_, each) => $(each).attr('id'))
    .get()
  expect(ids.length).toBe(new Set(ids).size)
  $('label').each((_, label) => {
    expect($(`[id="${$(label).attr('for')}"]`).length, $.html(label)).toBe(1)
  })
  $('input, select, textarea')
    .not('[type=hidden]')
    .each((_, field) => {
      expect($(`label[for="${$(field).attr('id')}"]`).length, $.html(field)).toBe(1)
    })
  $('[aria-describedby], [aria-labelledby]').each((_, each) => {
    const named = `${$(each).attr('aria-describedby') ?? ''} ${$(each).attr('aria-labelledby') ?? ''}`
    for (const id of named.trim().split(/\s+/)) expect(ids, $.html(each)).toContain(id)
  })
})

test.each(everyPage)('R65 nothing inline and nothing from elsewhere: %s', (_, element) => {
  const html = rendered(element)
  const $ = load(html)
  expect($('script, style, iframe, img, base').length).toBe(0)
  $('*').each((_, each) => {
    for (const name of Object.keys('attribs' in each ? each.attribs : {})) {
      expect(name).not.toMatch(/^(style$|on)/)
    }
  })
  $('link').each((_, link) => {
    expect($(link).attr('href')).toMatch(/^\/assets\/|^\/\w+\/manifest\.webmanifest$/)
  })
  expect(html).not.toMatch(/(?:src|action|href)="(?:https?:)?\/\//)
})

test.each(everyPage)(
  'R1 R44 R49 every footer has help, the complaint, the statement and who runs it: %s',
  (_, element) => {
    const $ = load(rendered(element))
    const footer = $('footer').text()
    for (const words of [
      'Help and contact',
      'Complain about how we use your data',
      'Accessibility statement',
      'Cookies',
    ]) {
      expect(footer).toContain(words)
    }
    expect(footer).toContain('It is not run by the NHS.')
    expect($('header svg').length).toBe(0)
  },
)

test('R49 only a network that says so is run by the NHS, and its name is text', () => {
  const network = { ...galleryFrame.network!, runByNhs: true }
  const $ = load(rendered(<MissingPage frame={{ ...galleryFrame, network }} />))
  expect($('header .nhsuk-header__organisation-name').text()).toBe('West Midlands Imaging Network')
  expect($('footer').text()).not.toContain('not run by the NHS')
})

test('R45 each mistake is a link to its field, with the same words there', () => {
  const $ = load(rendered(<Gallery errors={galleryErrors} />))
  const summary = $('.nhsuk-error-summary')
  expect(summary.find('h2').text()).toBe('There is a problem')
  expect(summary.attr('autofocus')).toBeDefined()
  expect(summary.find('li').length).toBe(galleryErrors.length)
  for (const { field, message } of galleryErrors) {
    if (!field) {
      expect(summary.text()).toContain(message)
      continue
    }
    const link = summary.find('a').filter((_, a) => $(a).text() === message)
    const target = $(`[id="${link.attr('href')?.slice(1)}"]`)
    expect(target.is('input, select, textarea'), field).toBe(true)
    expect(target.attr('name'), field).toContain(field)
    const group = target.closest('.nhsuk-form-group--error')
    expect(group.find('.nhsuk-error-message').first().text()).toBe(`Error: ${message}`)
    const invalid = target.attr('aria-invalid') ?? target.closest('fieldset').attr('aria-invalid')
    expect(invalid, field).toBe('true')
  }
  expect($('#plain-title').val()).toContain('<script>')
  expect($('#words').text()).toContain('one\ntwo')
  expect($('#group').val()).toBe('sig')
  expect($('[name=kind]:checked').val()).toBe('idea')
})

test('a field without a mistake says nothing of one', () => {
  const $ = load(rendered(<Gallery />))
  expect($('.nhsuk-error-message, [aria-invalid], .nhsuk-error-summary').length).toBe(0)
})

test.each<[string, FieldError[], string[], string[]]>([
  ['the whole date', [{ field: 'on', message: 'No' }], ['on'], ['on-day', 'on-month', 'on-year']],
  ['the month', [{ field: 'on-month', message: 'No' }], ['on-month'], ['on-month']],
  [
    'both',
    [
      { field: 'on', message: 'No' },
      { field: 'on-month', message: 'No' },
    ],
    ['on', 'on-month'],
    ['on-day', 'on-month', 'on-year'],
  ],
])('R47 a mistake in %s is shown at its fields', (_, errors, linked, wrong) => {
  const $ = load(
    renderDocument(
      <Page frame={visitor} title="A date" errors={errors}>
        <DateField name="on" label="When?" errors={errors} value={{ day: '31', month: '', year: '2027' }} />
      </Page>,
    ),
  )
  for (const id of linked) expect($(`input[id="${id}"]`).length).toBe(1)
  const names = $('[aria-invalid=true]').map((_, each) => $(each).attr('name'))
  expect(names.get()).toEqual(wrong)
  expect($('[name=on-day]').val()).toBe('31')
})

test('what people write is shown as text, with its lines, in its own direction', () => {
  const $ = load(rendered(<Gallery />))
  const first = $('blockquote').first()
  expect(first.text()).toBe(
    `There is no clock.\n\n  So nobody knows how long.\n<script>alert("1")</script> & 'so on'`,
  )
  expect(first.attr('dir')).toBe('auto')
  expect($('blockquote[lang=ar]').length).toBe(1)
})

test('LOOP-15 the strip says in words and dates what is done and what is not', () => {
  const $ = load(
    renderDocument(
      <Page frame={visitor} title="A view">
        <LoopStrip
          documented={{ when: '3 March 2027' }}
          considered={{ when: '10 March 2027' }}
          actioned={{ words: 'Not agreed' }}
          closed={{}}
        />
      </Page>,
    ),
  )
  const steps = $('main ol li').map((_, li) => $(li).text().replaceAll(/\s+/g, ' '))
  expect(steps.get()).toEqual([
    'Documented ✓ done3 March 2027',
    'Considered ✓ done10 March 2027',
    'ActionedNot agreed',
    'ClosedNot yet',
  ])
})

test('HOUSE-4 who belongs to several networks switches in the header; sign out is a form with a token', () => {
  const $ = load(rendered(<Gallery />))
  const account = $('nav[aria-label=Account]')
  expect(account.find('a[href="/example/home"]').text()).toBe('Switch to Example Network')
  expect(account.find('a[href="/wmin/home"]').length).toBe(0)
  const signOut = account.find('form')
  expect(signOut.attr('method')).toBe('post')
  expect(signOut.find('input').attr('value')).toBe('a-token')
  const home = $('nav[aria-label=Menu] a[aria-current=page]')
  expect(home.text()).toBe('Home 3 waiting for you')
  const outside = load(rendered(<MissingPage frame={visitor} />))
  expect(outside('nav[aria-label=Account]').text()).toBe('Sign in')
  expect(outside('nav[aria-label=Menu], form').length).toBe(0)
})

test('HOUSE-9 pages for trouble say what to do and whom to ring', () => {
  const words = (element: ReactElement) => load(rendered(element))('main').text()
  expect(words(<TooManyPage frame={visitor} minutes={15} />)).toMatch(/in 15 minutes.*01632 960 001/s)
  expect(words(<TooManyPage frame={visitor} minutes={1} />)).toContain('in 1 minute.')
  expect(words(<TooLargePage frame={visitor} largest="10 MB" />)).toContain('10 MB')
  expect(words(<BrokenPage frame={bare} requestId="r-123" />)).toContain('r-123')
  expect(words(<SessionEndedPage frame={visitor} />)).toContain('24 hours')
  const ended = load(rendered(<SessionEndedPage frame={visitor} signInHref="/sign-in?to=%2Fwmin" />))
  expect(ended('main a.nhsuk-button').attr('href')).toBe('/sign-in?to=%2Fwmin')
})

test('a table keeps its meaning where the narrow layout takes the table away', () => {
  const $ = load(
    renderDocument(
      <Page frame={visitor} title="A table">
        <Table
          caption="Promises"
          columns={[{ title: 'Group' }, { title: 'Kept', numeric: true }]}
          rows={[['Board', 3]]}
        />
      </Page>,
    ),
  )
  expect($('table caption').text()).toBe('Promises')
  expect($('tbody th').attr('scope')).toBe('row')
  expect($('td').text()).toBe('Kept 3')
  expect($('td span[aria-hidden]').text().trim()).toBe('Kept')
})
