import { afterAll, beforeAll, expect, test } from 'vitest'
import { doingOf } from '#platform/doing.ts'
import { actorOf } from '#platform/http/corridor.tsx'
import { type AnyRoute, routeTable, type Visit } from '#platform/http/route.ts'
import { openDemoHouse, type TestHouse } from './house.ts'
import { NoScriptPerson } from './person.ts'
import { type RealThings, realThings } from './real-things.ts'

// One walk of every address, as everybody, in both networks (HOUSE-5, R68). What is expected follows from the
// route's own `who` and nothing else; the things are real ones of the demonstration.

let house: TestHouse
let people: { key: string; network: string; person: NoScriptPerson; accountId: string | undefined }[]
/** Whoever has no place in a network is the same stranger there: these few stand for all. */
const strangersStandingFor: Record<string, readonly string[]> = {
  wmin: ['other-director'],
  example: ['volunteer-1', 'director'],
}
const things = new Map<string, RealThings>()

beforeAll(async () => {
  house = await openDemoHouse()
  people = []
  const rows = await house.owner.query<{ demo_key: string; slug: string; account_id: string | null }>(
    `select p.demo_key, n.slug, p.account_id from person p join network n on n.id = p.network_id
     where p.demo_key is not null order by p.id`,
  )
  for (const row of rows.rows) {
    const person = new NoScriptPerson(house.app, row.demo_key)
    if (!row.account_id) continue
    const cookie = await house.house.sessions.start(row.account_id, { secondFactor: true })
    person.takesCookies(new Response(null, { headers: { 'set-cookie': cookie } }))
    people.push({ key: row.demo_key, network: row.slug, person, accountId: row.account_id })
  }
  people.push({ key: 'signed out', network: '', person: new NoScriptPerson(house.app), accountId: undefined })
  for (const slug of ['wmin', 'example']) things.set(slug, await realThings(house, slug))
}, 120_000)

afterAll(() => house?.close())

test('HOUSE-5 every address says method, path, who and what is audited', () => {
  const table = routeTable(house.app.slices)
  expect(table.length).toBeGreaterThan(60)
  for (const line of table) {
    expect(line.path, line.path).toMatch(/^\//)
    expect(line.who, line.path).not.toBe('')
    expect(line.audit, line.path).not.toBe('')
  }
  const written = table.filter(
    line => line.method === 'POST' && line.path.startsWith('/:network/') && line.audit === 'nothing',
  )
  // Checking a receipt changes nothing; it is a form so that the code does not stand in an address.
  // Who has read what, what they noted, and that they ask for help is not for an administrator, who reads the audit log
  // (BOARD-8, BOARD-9).
  // Nothing that anybody else reads may tell that there is a concern: its looks are kept with it, for its raiser (R55).
  const private_ = '/:network/meetings/:meeting/papers/:paper'
  const ofConcerns = written.filter(line => line.path.startsWith('/:network/concerns'))
  expect(ofConcerns.map(line => line.path).filter(path => /ways|independent-contact/.test(path))).toEqual([])
  const others = written.filter(line => !ofConcerns.includes(line))
  expect(others.map(line => line.path).sort()).toEqual(
    // Who answered the equality questions is for nobody to know (R50).
    [
      '/:network/equality',
      `${private_}/help`,
      `${private_}/notes`,
      `${private_}/read`,
      '/:network/receipt',
    ].sort(),
  )
  const keys = table.map(line => `${line.method} ${line.path}`)
  expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([])
})

test('HOUSE-5 R68 every route × everybody × both networks answers what its `who` says, and strangers get the same 404', async () => {
  const wrong: string[] = []
  const missingOf = new Map<string, string>()
  let asked = 0
  for (const each of people)
    missingOf.set(each.key, await (await each.person.raw('/wmin/no-such-page/at-all')).text())
  for (const slug of ['wmin', 'example']) {
    for (const route of networkRoutes()) {
      for (const params of things.get(slug)!.paramsOf(route.path)) {
        const path = fill(route.path, { network: slug, ...params })
        if (route.limit) await house.owner.query('truncate rate_window')
        // All at once, more than there are connections: no page may need a second one while it holds its own.
        await Promise.all(
          people
            .filter(
              each => [slug, ''].includes(each.network) || strangersStandingFor[slug]!.includes(each.key),
            )
            .map(async each => {
              const allowed = await expected(route, { network: slug, ...params }, path, each.accountId)
              for (const method of methodsOf(route)) {
                asked += 1
                // A POST without proof changes nothing: 403 tells that the person may be here, 404 that they may not.
                const response = await each.person.raw(path, {
                  method,
                  ...(method === 'POST'
                    ? { body: new URLSearchParams(), headers: { origin: 'http://loop.test' } }
                    : {}),
                })
                const body = await response.text()
                const said = `${each.key} ${method} ${path} (${route.who.name}): ${response.status}`
                if (response.status >= 500) wrong.push(`${said}, broken`)
                else if (allowed) {
                  if (method === 'POST' ? response.status !== 403 : response.status === 404)
                    wrong.push(`${said}, but may`)
                } else if (response.status !== 404) wrong.push(`${said}, but may not`)
                else if (body !== missingOf.get(each.key)) wrong.push(`${said}, but not the same 404`)
              }
            }),
        )
      }
    }
  }
  console.log(`${asked} requests walked`)
  expect(wrong.slice(0, 40)).toEqual([])
  expect(asked).toBeGreaterThan(2_000)
}, 1_200_000)

test('HOUSE-5 no address of a network was left out of the walk', () => {
  const left = networkRoutes().filter(route => things.get('wmin')!.paramsOf(route.path).length === 0)
  expect(left.map(route => route.path)).toEqual([])
})

function networkRoutes() {
  return house.app.slices
    .flatMap(slice => slice.routes)
    .filter((route): route is Exclude<AnyRoute, { kind: 'plain' }> => route.kind !== 'plain')
}

function methodsOf(route: AnyRoute): ('GET' | 'POST')[] {
  if (route.kind === 'page') return ['GET']
  if (route.kind === 'form') return route.page === false ? ['POST'] : ['GET', 'POST']
  return [route.method]
}

/** What `who` says of this person and this thing, asked without the corridor. */
async function expected(
  route: Exclude<AnyRoute, { kind: 'plain' }>,
  params: Record<string, string>,
  path: string,
  accountId: string | undefined,
): Promise<boolean> {
  return await house.database.enter(
    { slug: params.network!, accountId, today: house.clock.today() },
    async (tx, entry) => {
      const actor = actorOf(entry!)
      const visit: Visit<undefined> = {
        ...doingOf(house.house, tx, entry!, actor),
        get me() {
          return actor!
        },
        thing: undefined,
        params,
        query: new URLSearchParams(),
        path,
        hidden: {},
        cookie: () => undefined,
        demo: true,
        isFresh: true,
        language: 'en',
      }
      const thing = route.load ? await route.load(visit, { forChange: false }) : undefined
      if (route.load && thing === undefined) return false
      return route.who.holds(actor, thing)
    },
  )
}

function fill(path: string, params: Record<string, string>): string {
  return path.replace(/:(\w+)(\{[^}]*\})?/g, (_, name: string) => {
    const value = params[name]
    if (value === undefined) throw new Error(`no real id for :${name} of ${path}`)
    return encodeURIComponent(value)
  })
}
