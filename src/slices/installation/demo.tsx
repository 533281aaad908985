import { Temporal } from 'temporal-polyfill'
import { Form, formTokenField, Table, TextField } from '#design/index.ts'
import { momentInWords } from '#kernel/calendar/words.ts'
import type { DemoClock } from '#platform/clock.ts'
import type { House } from '#platform/house.ts'
import { type AnyRoute, type Call, plain, type Screen } from '#platform/http/route.ts'
import { anyone } from '#platform/permission.ts'
import { type DemoPerson, demoPeople } from './demo-people.ts'
import { asEmail, outboxPage, outboxScreen } from './outbox.tsx'

/** The demo's doors (product.md, "Doors for checking"). Not made in any other mode: there they do not exist. */
export function demoRoutes(house: House, clock: DemoClock, runDay: () => Promise<void>): AnyRoute[] {
  const open = { who: anyone, audit: 'nothing', withoutToken: true } as const
  // Two who move the clock at once: the second goes on from where the first came to.
  let moving: Promise<unknown> = Promise.resolve()
  return [
    plain('GET', '/demo', {
      ...open,
      async handler({ page, hidden, request }) {
        await clock.refresh()
        const people = await demoPeople(house)
        if (wants(request, 'application/json')) {
          return Response.json(
            people.map(each => ({
              person: each.key,
              name: each.name,
              network: each.network,
              does: each.does,
            })),
          )
        }
        return page(demoScreen(people, clock.now(), hidden))
      },
    }),
    plain('POST', '/demo/sign-in', {
      ...open,
      async handler(call) {
        const { fields, go, request, source, anySession } = call
        const person = (await demoPeople(house)).find(each => each.key === fields.person)
        if (!person) return problem(call, 'Nobody in the demonstration has that key. See /demo for the list.')
        if (!person.accountId) return problem(call, 'This person cannot sign in.')
        if (anySession) await house.sessions.end(anySession.id)
        const cookie = await house.sessions.start(person.accountId, {
          secondFactor: true,
          userAgent: request.headers.get('user-agent') ?? undefined,
          address: source,
        })
        return go(`/${person.network}/home`, [cookie])
      },
    }),
    plain('GET', '/demo/outbox', {
      ...open,
      async handler(call) {
        const { page, url, request } = call
        const wanted = url.searchParams.get('as-e-mail')
        if (wanted) return (await asEmail(house, wanted)) ?? problem(call, 'There is no such e-mail.')
        const to = url.searchParams.get('to')
        const people = await demoPeople(house)
        const person = to ? people.find(each => each.key === to) : undefined
        if (to && !person)
          return problem(call, 'Nobody in the demonstration has that key. See /demo for the list.')
        const asJson = wants(request, 'application/json')
        const found = await outboxPage(house, {
          person,
          channel: url.searchParams.get('channel'),
          before: url.searchParams.get('before'),
          most: asJson ? 500 : 25,
        })
        if (!asJson) return page(outboxScreen(found, { people, person, query: url.searchParams }))
        return Response.json(
          found.messages.map(({ message, network, to: name }) => ({
            network,
            to:
              people.find(
                each => each.networkId === message.network_id && each.personId === message.person_id,
              )?.key ?? null,
            name,
            channel: message.channel,
            state: message.state,
            address: message.address,
            kind: message.kind,
            subject: message.subject,
            body: message.body,
            at: message.created_at.toString(),
          })),
          // The rest is one request further.
          found.next
            ? { headers: { link: `</demo/outbox?before=${encodeURIComponent(found.next)}>; rel="next"` } }
            : {},
        )
      },
    }),
    plain('POST', '/demo/clock', {
      ...open,
      async handler(call) {
        const turn = moving.then(() => moveClock(call, clock, runDay))
        moving = turn.catch(() => {})
        return await turn
      },
    }),
  ]
}

async function moveClock(call: Call, clock: DemoClock, runDay: () => Promise<void>): Promise<Response> {
  const { fields, go } = call
  await clock.refresh()
  let target: Temporal.Instant
  try {
    target = fields.now
      ? Temporal.Instant.from(fields.now.trim())
      : clock
          .now()
          .add({ hours: 24 * Math.min(400, Math.max(1, Math.trunc(Number(fields.days ?? '1')) || 1)) })
  } catch {
    return problem(call, 'Give now as an ISO time, for example 2027-03-03T14:30:00Z.')
  }
  const days = (target.epochMilliseconds - clock.now().epochMilliseconds) / 86_400_000
  if (days < -1 / 1440) return problem(call, 'The clock only goes forward.')
  if (days > 400) return problem(call, 'The clock goes at most 400 days at a time.')
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
  return isReader(call) ? go('/demo') : Response.json({ now: clock.now().toString() })
}

const wants = (request: Request, type: string) => request.headers.get('accept')?.includes(type) ?? false

/** Somebody at a browser, or with a form of ours; a script has neither. */
const isReader = ({ request, fields }: Call) =>
  wants(request, 'text/html') || fields[formTokenField] !== undefined

/** In words for a reader, as JSON for a script. */
function problem(call: Call, message: string): Response {
  if (!isReader(call)) return Response.json({ error: message }, { status: 422 })
  return call.page(
    {
      title: 'That did not work',
      back: { href: '/demo', text: 'Back to the demonstration' },
      body: <p>Go back and try another way.</p>,
    },
    { status: 422, errors: [{ message }] },
  )
}

function demoScreen(
  people: readonly DemoPerson[],
  now: Temporal.Instant,
  hidden: Readonly<Record<string, string>>,
): Screen {
  const networks = [...new Map(people.map(each => [each.network, each.networkName]))]
  return {
    title: 'The demonstration',
    back: { href: '/', text: 'Back to the start' },
    wide: true,
    body: (
      <>
        <p>
          Everybody here is invented, and nothing is sent to the outside. Sign in as one of these people, see{' '}
          <a href="/demo/outbox">what was sent</a>, or <a href="#clock">move the clock</a>.
        </p>
        {networks.map(([network, name]) => (
          <Table
            key={network}
            caption={name}
            columns={[
              { title: 'Person' },
              { title: 'Who they are' },
              { title: 'Messages' },
              { title: 'Sign in' },
            ]}
            rows={people
              .filter(each => each.network === network)
              .map(each => [
                each.name,
                each.does,
                <a key="sent" href={`/demo/outbox?to=${each.key}`}>
                  Sent to {each.key}
                </a>,
                each.accountId ? (
                  <Form
                    key="in"
                    action="/demo/sign-in"
                    hidden={{ ...hidden, person: each.key }}
                    button={`Sign in as ${each.key}`}
                  />
                ) : (
                  'Cannot sign in'
                ),
              ])}
          />
        ))}
        <h2 id="clock" className="nhsuk-heading-m">
          Move the clock
        </h2>
        <p>
          In here it is <time dateTime={now.toString()}>{momentInWords(now)}</time>. The clock goes forward
          only. What is due on the way happens on its day.
        </p>
        <Form action="/demo/clock" hidden={hidden} button="Move the clock">
          <TextField
            name="days"
            label="How many days on?"
            hint="From 1 to 400"
            errors={[]}
            value="1"
            width={4}
            inputMode="numeric"
          />
        </Form>
      </>
    ),
  }
}
