// What is known of how accessible the product is: the one source of the statement on the pages and of the tables in
// docs/accessibility.md. Change it with each check; a test fails when a figure says more than was found.

/** When somebody last read all of this and found it right. */
export const reviewedOn = '2026-11-25'
export const preparedOn = '2026-11-24'
/** R44: so long a statement stands before it is looked at again. */
export const monthsUntilReview = 12

/** What tests/pages.browser.test.ts found at least. */
export const figures = {
  /** Addresses of the route table to open, all but those that only lead elsewhere. */
  routes: 570,
  /** Ways in which a person asked for an address and got a page. */
  asked: 2900,
  /** Of these, opened in a browser: those that are built of other parts than what was opened before. */
  opened: 950,
  /** Kinds of people who asked. */
  people: 20,
  /** Forms that came back with a mistake, and pages for nothing there. */
  mistakes: 80,
} as const

interface Check {
  readonly what: string
  readonly how: string
  readonly on: string
  readonly by: string
  readonly test?: string
}

const makers = 'The makers of Closing the Loop'

export const checks: readonly Check[] = [
  {
    what: 'Every kind of page, for each kind of person who may see it',
    how: 'A program (axe), on a small and on a large screen, with and without JavaScript',
    on: '2026-11-25',
    by: makers,
    test: 'tests/pages.browser.test.ts',
  },
  {
    what: 'On the same pages, what axe cannot see',
    how: 'Order and look of focus, nothing over it, size of buttons and links, names, hints, mistakes, headings',
    on: '2026-11-25',
    by: makers,
    test: 'tests/beyond-axe.ts',
  },
  {
    what: 'One page of each kind, closely',
    how: 'Zoom to 400%, wide text spacing, high contrast, no motion, print, a real Tab key',
    on: '2026-11-25',
    by: makers,
    test: 'tests/access.browser.test.ts',
  },
  {
    what: 'Each journey, with the keyboard alone and without JavaScript',
    how: 'Register, say something, answer, read a paper, ask, vote, close a loop',
    on: '2026-11-25',
    by: makers,
    test: 'tests/keyboard.browser.test.ts',
  },
  {
    what: 'The words',
    how: 'A program works out a reading age: 11 on every page, 9 in easy read',
    on: '2026-11-25',
    by: makers,
    test: 'tests/every-page.test.ts',
  },
]

export interface Problem {
  /** For people. */
  readonly words: string
  /** Which rules of WCAG 2.2; none when it breaks no rule. */
  readonly rules: readonly string[]
  readonly since: string
  readonly who: string
  /** By when it is mended or looked at again; none when it cannot be. */
  readonly by?: string
  /** What helps until then. */
  readonly meanwhile: string
}

export const problems: readonly Problem[] = [
  {
    words:
      'Files that people add, such as PDF and Word, may have no text for pictures and no marked headings.',
    rules: ['1.1.1', '1.3.1'],
    since: '2026-11-24',
    who: 'The network',
    meanwhile: 'Each paper has a short text on its page. Ask us, and we give you the words in another form.',
  },
  {
    words: 'A passage in another language is not always marked as such.',
    rules: ['3.1.2'],
    since: '2026-11-24',
    who: makers,
    by: '2027-05-31',
    meanwhile: 'Ask us, and we read it to you.',
  },
  {
    words: 'There is no British Sign Language version of the pages.',
    rules: [],
    since: '2026-11-24',
    who: 'The network',
    meanwhile: 'Ask us for somebody who signs, for a talk or a meeting.',
  },
  {
    words: 'People who use screen readers, switches or speech every day have not tested it yet.',
    rules: [],
    since: '2026-11-24',
    who: makers,
    by: '2027-05-31',
    meanwhile: 'Tell us what does not work for you.',
  },
  {
    words: 'People who need easy read have not tested the easy-read pages yet.',
    rules: [],
    since: '2026-11-25',
    who: makers,
    by: '2027-05-31',
    meanwhile: 'Tell us which line is hard to understand.',
  },
  {
    words: 'The checks by program ran in one browser only (Chromium).',
    rules: [],
    since: '2026-11-25',
    who: makers,
    by: '2027-05-31',
    meanwhile: 'Tell us which browser you use, and what goes wrong.',
  },
]

/** As docs/accessibility.md has it, between its two marks. */
export function knownInWords(): string {
  const row = (...cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`
  return [
    `Reviewed on ${reviewedOn}, to be reviewed again within ${monthsUntilReview} months.`,
    '',
    row('what', 'at least'),
    '|---|---:|',
    row('addresses of the route table, each asked for', figures.routes),
    row('kinds of people who ask for each', figures.people),
    row('pages that they got (address and person)', figures.asked),
    row('of these, opened in a browser and checked', figures.opened),
    row('forms with a mistake, and pages for nothing there, checked', figures.mistakes),
    '',
    row('checked', 'how', 'on', 'where'),
    '|---|---|---|---|',
    ...checks.map(each => row(each.what, each.how, each.on, each.test ? `\`${each.test}\`` : each.by)),
    '',
    row('known problem', 'WCAG 2.2', 'since', 'who', 'by', 'until then'),
    '|---|---|---|---|---|---|',
    ...problems.map(each =>
      row(
        each.words,
        each.rules.join(', ') || 'none',
        each.since,
        each.who,
        each.by ?? 'stays',
        each.meanwhile,
      ),
    ),
  ].join('\n')
}
