import { Temporal } from 'temporal-polyfill'
import { Form, Table } from '#design/index.ts'
import type { DemoClock } from '#platform/clock.ts'
import type { House } from '#platform/house.ts'
import { type AnyRoute, plain } from '#platform/http/route.ts'
import type { Message } from '#platform/outbox.ts'
import { anyone } from '#platform/permission.ts'

interface DemoPerson {
  network_id: number
  network: string
  demo_key: string
  name: string
  account_id: string | null
  person_id: number
}

/** The demo's doors (product.md, "Doors for checking"). Not made in any other mode: there they do not exist. */
export function demoRoutes(house: House, clock: DemoClock, runDay: () => Promise<void>): AnyRoute[] {
  const open = { who: anyone, audit: 'nothing', withoutToken: true } as const
  const problem = (message: string) => Response.json({ error: message }, { status: 422 })
  return [
    plain('GET', '/demo', {
      ...open,
      async handler({ page, hidden, request }) {
        const people = await demoPeople(house)
        if (wantsJson(request)) {
          return Response.json(
            people.map(each => ({ person: each.demo_key, name: each.name, network: each.network })),
          )
        }
        return page({
          title: 'The demonstration',
          wide: true,
          body: (
            <>
              <p>
                Everybody here is invented, and nothing is sent to the outside. Sign in as one of these
                people, see <a href="/demo/outbox">what was sent</a>, or move the clock.
              </p>
              <Table
                caption="People of the demonstration"
                columns={[{ title: 'Person' }, { title: 'Network' }, { title: 'Sign in' }]}
                rows={people.map(each => [
                  each.name,
                  each.network,
                  each.account_id ? (
                    <Form
                      key={each.demo_key}
                      action="/demo/sign-in"
                      hidden={{ ...hidden, person: each.demo_key }}
                      button={`Sign in as ${each.demo_key}`}
                    />
                  ) : (
                    'Cannot sign in'
                  ),
                ])}
              />
              <h2 className="nhsuk-heading-m">Move the clock</h2>
              <p>Now is {clock.now().toString()}.</p>
              <Form action="/demo/clock" hidden={{ ...hidden, days: '1' }} button="One day on" />
              <Form action="/demo/clock" hidden={{ ...hidden, days: '7' }} button="One week on" />
            </>
          ),
        })
      },
    }),
    plain('POST', '/demo/sign-in', {
      ...open,
      async handler({ fields, go, request, source, anySession }) {
        const person = (await demoPeople(house)).find(each => each.demo_key === fields.person)
        if (!person) return problem('Nobody in the demonstration has that key. See /demo for the list.')
        if (!person.account_id) return problem('This person cannot sign in.')
        if (anySession) await house.sessions.end(anySession.id)
        const cookie = await house.sessions.start(person.account_id, {
          secondFactor: true,
          userAgent: request.headers.get('user-agent') ?? undefined,
          address: source,
        })
        return go(`/${person.network}/home`, [cookie])
      },
    }),
    plain('GET', '/demo/outbox', {
      ...open,
      async handler({ page, url, request }) {
        const to = url.searchParams.get('to')
        const people = await demoPeople(house)
        const person = to ? people.find(each => each.demo_key === to) : undefined
        if (to && !person) return problem('Nobody in the demonstration has that key. See /demo for the list.')
        const messages = await demoMessages(house, person)
        if (wantsJson(request)) {
          return Response.json(
            messages.map(({ message, network }) => ({
              network,
              to:
                people.find(each => each.network === network && each.person_id === message.person_id)
                  ?.demo_key ?? null,
              channel: message.channel,
              state: message.state,
              address: message.address,
              subject: message.subject,
              body: message.body,
              at: message.created_at.toString(),
            })),
          )
        }
        return page({
          title: person ? `Sent to ${person.name}` : 'What was sent',
          wide: true,
          body:
            messages.length === 0 ? (
              <p>Nothing yet.</p>
            ) : (
              messages.map(({ message }) => (
                <article key={`${message.network_id}-${message.id}`} className="loop-message">
                  <h2 className="nhsuk-heading-s">{message.subject}</h2>
                  <p className="nhsuk-hint">
                    {message.channel} to {message.address || 'no address'},{' '}
                    {message.created_at.toString().slice(0, 16)}, {message.state}
                  </p>
                  <p className="loop-words">
                    {message.body.split(/(https?:\/\/\S+)/).map((part, at) =>
                      at % 2 === 1 ? (
                        <a key={at} href={new URL(part).pathname + new URL(part).search}>
                          {part}
                        </a>
                      ) : (
                        part
                      ),
                    )}
                  </p>
                </article>
              ))
            ),
        })
      },
    }),
    plain('POST', '/demo/clock', {
      ...open,
      async handler({ fields, go, request }) {
        await clock.refresh()
        let target: Temporal.Instant
        try {
          target = fields.now
            ? Temporal.Instant.from(fields.now)
            : clock.now().add({ hours: 24 * Math.min(400, Math.max(1, Number(fields.days ?? '1') || 1)) })
        } catch {
          return problem('Give now as an ISO time, for example 2027-03-03T14:30:00Z.')
        }
        const days = (target.epochMilliseconds - clock.now().epochMilliseconds) / 86_400_000
        if (days < -1 / 1440) return problem('The clock only goes forward.')
        if (days > 400) return problem('The clock goes at most 400 days at a time.')
        // Day by day, so that what would have been due on the way happens on its day.
        for (
          let next = clock.now().add({ hours: 24 });
          Temporal.Instant.compare(next, target) < 0;
          next = next.add({ hours: 24 })
        ) {
          await clock.moveTo(next)
          await runDay()
        }
        await clock.moveTo(target)
        await runDay()
        return request.headers.get('accept')?.includes('text/html')
          ? go('/demo')
          : Response.json({ now: clock.now().toString() })
      },
    }),
  ]
}

const wantsJson = (request: Request) => request.headers.get('accept')?.includes('application/json') ?? false

async function demoPeople(house: House): Promise<DemoPerson[]> {
  const networks = await house.database.pool
    .selectFrom('network')
    .select(['id', 'slug'])
    .where('is_demo', '=', true)
    .orderBy('id')
    .execute()
  const found: DemoPerson[] = []
  for (const network of networks) {
    const rows = await house.database.network(network.id, tx =>
      tx
        .selectFrom('person')
        .select(['id', 'name', 'demo_key', 'account_id'])
        .where('demo_key', 'is not', null)
        .orderBy('id')
        .execute(),
    )
    for (const row of rows) {
      found.push({
        network_id: network.id,
        network: network.slug,
        demo_key: row.demo_key!,
        name: row.name,
        account_id: row.account_id,
        person_id: row.id,
      })
    }
  }
  return found
}

async function demoMessages(
  house: House,
  person: DemoPerson | undefined,
): Promise<{ network: string; message: Message }[]> {
  const networks = await house.database.pool
    .selectFrom('network')
    .select(['id', 'slug'])
    .where('is_demo', '=', true)
    .execute()
  const all = []
  for (const network of networks) {
    if (person && person.network_id !== network.id) continue
    const rows = await house.database.network(network.id, tx =>
      tx
        .selectFrom('message')
        .selectAll()
        .$if(person !== undefined, query => query.where('person_id', '=', person!.person_id))
        .orderBy('id', 'desc')
        .limit(200)
        .execute(),
    )
    all.push(...rows.map(message => ({ network: network.slug, message })))
  }
  // Newest first over all networks.
  return all.sort((a, b) => Temporal.Instant.compare(b.message.created_at, a.message.created_at))
}
