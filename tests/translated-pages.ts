import type { AnyRoute } from '#platform/http/route.ts'
import type { OtherLanguage } from '#platform/languages/words.ts'
import type { TestHouse } from './house.ts'
import { NoScriptPerson, type SeenPage } from './person.ts'
import type { RealThings } from './real-things.ts'
import { boardThings } from './translated-board.ts'

/** Outside of the board's meetings: texts/<language>/work.json. */
const takingPart: readonly RegExp[] = [
  /^\/:network\/(tasks|projects|induction|agreements|expenses|learning|buddies|own-space|messages|concerns|easy-read|equality|endings)(\/|$)/,
  /^\/:network\/(account\/(needs|my-data|came-back|leave|rest|thanks|trust|notifications)|words\/ask$|meetings\/:meeting\/needs-met$)/,
]

/** Pages that are whole in every language of the interface, whoever opens them. */
const whole: readonly RegExp[] = [
  ...takingPart,
  /^\/:network$/,
  /^\/:network\/(accessibility|cookies|data-protection-complaint|privacy|how-this-works|goodbye)/,
  /^\/:network\/(help|promises|governance|interests|you-said-we-did|groups\/:group|decisions|equality|words)$/,
  /^\/:network\/help\/(problem|contact|page)/,
  /^\/:network\/you-said-we-did\/:reference$/,
  /^\/:network\/priorities(\/:priority|\/how-we-choose|\/choosing(\/:round(\/(propose|rank|ideas\/:idea))?)?)?$/,
  /^\/:network\/(voices|who-we-hear-from|by-e-mail\/:token)$/,
  /^\/:network\/(register|roles|application|first-steps|home|contributions|preferences|receipt|search|verdict)/,
  /^\/:network\/account$/,
  /^\/:network\/account\/(preferences|contact|email)/,
  /^\/:network\/meetings(\/:meeting)?$/,
  /^\/:network\/meetings\/:meeting\/(after|anything-to-declare|apologies|room|needs-met|pack\/\w+)$/,
  /^\/:network\/meetings\/:meeting\/items\/(new|:item(\/(history|note|propose-motion|withdraw|conflict|add-paper))?)$/,
  /^\/:network\/meetings\/:meeting\/papers\/:paper(\/(ask|help|help-asked|notes|put-off|questions\/:question\/take-back))?$/,
  /^\/:network\/meetings\/:meeting\/minutes(\/correct)?$/,
  /^\/:network\/(meeting-answer\/:token|account\/calendar)/,
  /^\/:network\/motions\/:motion(\/(again|ballot|ballot\/receipt|change|dissent|withdraw))?$/,
  /^\/:network\/conflicts\/:conflict(\/answer)?$/,
  /^\/:network\/decisions\/:number$/,
  /^\/:network\/groups\/:group\/(people|library)/,
  /^\/:network\/actions(\/:reference(\/(another-date|done|drop))?)?$/,
  /^\/:network\/interests\/(confirm|mine|name|new|:interest(\/(end|keep-out))?)$/,
  /^\/:network\/requests(\/:reference|\/new.*|\/:reference\/(sent|reply|verdict|withdraw|translat.*))?$/,
]

/** For the team, or lists for programs: not part of the promise. */
const not = /\.(csv|json|xml|zip|ics|pdf)$|\/files\/|\/feed|on-behalf|as-said|by-phone|\/original$/

/** Where sending nothing is doing something. */
const irreversible =
  /withdraw|leave|take-back|sign-out|devices|language$|join$|goodbye|equality|merge|recovery-codes|\/(yes|no|no-wish|checked|enough|step-back|step-down|count|open|share)$/

/** Whether the walk opens it in each language. */
export const isWalked = (path: string): boolean =>
  outside.includes(path) || (whole.some(each => each.test(path)) && !not.test(path))

/** Only for programs, or files and feeds. */
export const isForPrograms = (path: string): boolean =>
  not.test(path) ||
  /\/api(\/|$)|manifest|calendar\/|\/sw\.js$|\/(healthz|readyz|metrics)$|app\.svg$|room\/changes$/.test(path)

export const outside = [
  '/',
  '/sign-in',
  '/sign-in/passkey',
  '/account',
  '/account/passkeys/new',
  '/account/recovery-codes',
  '/privacy',
  '/cookies',
  '/help',
  '/accessibility',
  '/how-this-works',
  '/not-there',
]

export interface Walk {
  readonly opened: { readonly path: string; readonly who: string; readonly page: SeenPage }[]
}

/**
 * Opens all of them as a visitor, an applicant and volunteers, and sends each form empty, in one language.
 * @param how.briefly every page by a visitor and one volunteer, and no form: both languages have the same texts
 */
export async function walkTranslated(
  house: TestHouse,
  things: RealThings,
  language: OtherLanguage,
  how: { readonly briefly: boolean; readonly at: (path: string) => void },
): Promise<Walk> {
  const { at, briefly } = how
  const people = [new NoScriptPerson(house.app, 'a visitor')]
  const walkers = "('volunteer-1', 'volunteer-2', 'volunteer-3', 'applicant-1')"
  // As if each had pressed the button for it.
  await house.owner.query(
    `insert into preference (network_id, person_id, language)
     select p.network_id, p.id, $1 from person p join network n on n.id = p.network_id
     where n.slug = 'wmin' and p.demo_key in ${walkers}
     on conflict (network_id, person_id) do update set language = $1`,
    [language],
  )
  const rows = await house.owner.query<{ demo_key: string; account_id: string }>(
    `select p.demo_key, p.account_id from person p join network n on n.id = p.network_id
     where n.slug = 'wmin' and p.demo_key in ${walkers} order by p.demo_key`,
  )
  for (const row of rows.rows) {
    const person = new NoScriptPerson(house.app, row.demo_key)
    const cookie = await house.house.sessions.start(row.account_id, { secondFactor: true })
    person.takesCookies(new Response(null, { headers: { 'set-cookie': cookie } }))
    people.push(person)
  }
  const routes: AnyRoute[] = house.app.slices.flatMap(slice => slice.routes)
  const pages = routes.filter(
    route =>
      route.kind !== 'plain' &&
      !(route.kind === 'form' && route.page === false) &&
      whole.some(each => each.test(route.path)) &&
      !not.test(route.path),
  )
  const ofBoard = await boardThings(house)
  const paths = [
    ...outside,
    ...pages.flatMap(route =>
      (route.path === '/:network/contributions/:reference'
        ? everyContribution
        : unlike([...ofBoard(route.path), ...things.paramsOf(route.path)])
      ).map(params =>
        route.path.replace(/:(\w+)(\{[^}]*\})?/g, (_, name: string) =>
          name === 'network' ? 'wmin' : encodeURIComponent(params[name as keyof typeof params] ?? ''),
        ),
      ),
    ),
  ]
  const opened: { path: string; who: string; page: SeenPage }[] = []
  for (const path of paths) {
    for (const person of briefly ? [people[0]!, people[2]!] : people) {
      at(`${path} (${person.name})`)
      const page = await person.opens(`${path}?language=${language}`)
      if (!page.headers.get('content-type')?.startsWith('text/html')) continue
      if (page.status !== 200 && path !== '/not-there') continue
      opened.push({ path, who: person.name, page })
      if (briefly || irreversible.test(path)) continue
      for (const form of page.$('main form[method="post"]').toArray()) {
        const to = page.$(form).attr('action') ?? path
        if (irreversible.test(to)) continue
        at(`${to} sent empty (${person.name})`)
        const hidden = hiddenIn(page, page.$(form))
        const again = await person.posts(new URL(to, `http://loop.test${path}`).pathname, hidden)
        if (again.status === 422) opened.push({ path: `${to} (sent empty)`, who: person.name, page: again })
      }
    }
  }
  if (briefly) return { opened }
  // Journeys whose later pages need the earlier ones: answered with anything that is taken.
  for (const [person, start] of [
    [people[0]!, '/wmin/register'],
    [people[2]!, '/wmin/contributions/new'],
    [people[2]!, '/wmin/requests/new'],
  ] as const) {
    let page = await person.opens(`${start}?language=${language}`)
    for (let step = 0; step < 16 && page.status === 200; step++) {
      at(`${page.path} (${person.name}, on the way)`)
      page = await person.opens(page.path)
      opened.push({ path: page.path, who: person.name, page })
      const next = await goesOn(page, person)
      if (!next) break
      page = next
    }
  }
  // To the receipt of the secret vote that is open: each page comes from the form of the one before.
  const voter = people[2]!
  const motion = things.paramsOf('/:network/motions/:motion').at(-1)?.motion
  const ballot = `/wmin/motions/${motion}/ballot`
  const asked = await voter.opens(`${ballot}?language=${language}`)
  at(`${ballot} (${voter.name}, to be confirmed)`)
  const toConfirm = await voter.posts(ballot, { ...hiddenIn(asked), choice: 'for' })
  at(`${ballot} (${voter.name}, the receipt)`)
  const receipt = await voter.posts(ballot, hiddenIn(toConfirm))
  for (const page of [asked, receipt]) opened.push({ path: page.path, who: voter.name, page })
  return { opened }
}

const hiddenIn = (page: SeenPage, form = page.$('main form[method="post"]').first()) =>
  Object.fromEntries(
    form
      .find('input[type="hidden"]')
      .toArray()
      .map(each => [page.$(each).attr('name') ?? '', page.$(each).attr('value') ?? '']),
  )

/** Presses the page's own button with something in each field, or follows its big link. */
async function goesOn(page: SeenPage, person: NoScriptPerson): Promise<SeenPage | undefined> {
  const { $ } = page
  const form = $('main form[method="post"]').first()
  if (form.length === 0) {
    const link = $('main a.nhsuk-button').first().attr('href')
    return link && !/home/.test(link) ? await person.opens(link) : undefined
  }
  const body: Record<string, string> = {}
  for (const each of form.find('input, textarea, select').toArray()) {
    const field = $(each)
    const name = field.attr('name')
    const type = field.attr('type')
    if (!name || name === 'website' || type === 'file') continue
    if (type === 'hidden') body[name] = field.attr('value') ?? ''
    else if (type === 'radio' || type === 'checkbox') body[name] ??= field.attr('value') ?? 'on'
    else if (each.tagName === 'select') body[name] = field.find('option').last().attr('value') ?? ''
    else if (type === 'email') body[name] = 'sam@example.org'
    else if (type === 'tel') body[name] = '020 7946 0123'
    else body[name] = 'The letters could say how long a scan takes.'
  }
  const button = form.find('button[type="submit"], button:not([type])').first()
  if (button.attr('name')) body[button.attr('name')!] = button.attr('value') ?? ''
  const to = new URL(form.attr('action') ?? page.path, `http://loop.test${page.path}`)
  return await person.posts(to.pathname + to.search, body)
}

const unlike = (all: readonly Record<string, string>[]) => [
  ...new Map(all.map(each => [JSON.stringify(Object.entries(each).sort()), each])).values(),
]

/** The first hundred by number: of other people's, nobody finds anything. */
const everyContribution = Array.from({ length: 60 }, (_, n) => ({ reference: `C-${1001 + n}` }))

/** Every text that is in the database: names, titles and words that somebody gave, and that nobody translates. */
export async function wordsOfPeople(house: TestHouse): Promise<ReadonlySet<string>> {
  const tables = await house.owner.query<{ name: string }>(
    `select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'network_id'`,
  )
  const words = new Set<string>()
  const add = (value: unknown): void => {
    if (typeof value === 'string') for (const each of [value, ...value.split(/\n+/)]) words.add(plain(each))
    else if (value && typeof value === 'object') for (const each of Object.values(value)) add(each)
  }
  for (const { name } of tables.rows) {
    if (['message', 'audit', 'history'].includes(name)) continue
    for (const row of (await house.owner.query(`select * from ${name}`)).rows) add(row)
  }
  for (const row of (await house.owner.query('select name, short_name, facts from network')).rows) add(row)
  return words
}

/** As it is compared: what is cut short, and a small or large first letter, are the same words. */
export const plain = (text: string) =>
  text
    .replaceAll(/<\/?\d+\/?>/g, '')
    .replaceAll(/\s+/g, ' ')
    .replace(/[….]+$/, '')
    .trim()
    .toLowerCase()

/** Words that somebody gave, whole or the beginning of them. */
export const isOf = (words: ReadonlySet<string>, text: string): boolean => {
  const bare = plain(text)
  return words.has(bare) || (text.endsWith('…') && [...words].some(each => each.startsWith(bare)))
}
