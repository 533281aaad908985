import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { ReactNode } from 'react'
import {
  ButtonLink,
  CodeField,
  Details,
  EmailField,
  type FieldError,
  Form,
  InsetText,
  telephone,
} from '#design/index.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { realClock } from '#platform/clock.ts'
import { emailAddress } from '#platform/form/fields.ts'
import type { House } from '#platform/house.ts'
import { type AnyRoute, type Call, plain } from '#platform/http/route.ts'
import { anyone } from '#platform/permission.ts'
import { type Limit, minutesToWait } from '#platform/rate-limit.ts'
import { accountOfProven, doorOf, homeOf, insidePath, startSession } from './accounts.ts'
import type { WaysElsewhere } from './elsewhere.ts'
import { codeArrived, writeEmail } from './letters.ts'
import {
  type Asked,
  codeLasts,
  forget,
  identifierOf,
  keepWaiting,
  look,
  newCode,
  newSecret,
  openTo,
  shutTo,
  take,
  tryCode,
  waiting,
  waitingForCode,
} from './one-time.ts'
import { signInPaths as paths } from './paths.ts'

// R66, for each address and for each source. A hospital's people share one source.
const askLimit: Limit = { name: 'sign-in', uses: 10, minutes: 15 }
const tryLimit: Limit = { name: 'sign-in-try', uses: 10, minutes: 15 }
const sourceLimit: Limit = { name: 'sign-in-source', uses: 100, minutes: 15 }

const nothingWaits = 'That code no longer works. Enter your e-mail address and we will send a new one'

/** By e-mail: one message with a code for this browser and a link for any. */
export function askingRoutes(house: House, elsewhere: WaysElsewhere): AnyRoute[] {
  // In the browser that asked: a code is bound to it.
  const asker = house.sessions.cookie('sign-in', '/sign-in')
  const common = { who: anyone, audit: 'nothing' } as const

  return [
    plain('GET', paths.signIn(), {
      ...common,
      async handler(call) {
        const to = insidePath(call.url.searchParams.get('to'))
        if (call.session) return call.go(to || (await homeOf(house, call.session.accountId)))
        if (call.anySession) return call.go(paths.secondFactor(to))
        return await askPage(call, { to })
      },
    }),
    plain('POST', paths.signIn(), {
      ...common,
      limit: sourceLimit,
      async handler(call) {
        const to = insidePath(call.fields.to)
        const read = emailAddress('Enter your e-mail address').safeParse(call.fields.email)
        if (!read.success) {
          const message = read.error.issues[0]!.message
          return await askPage(call, { to, email: call.fields.email, errors: [{ field: 'email', message }] })
        }
        return await send(call, read.data, to)
      },
    }),
    plain('GET', paths.code, {
      ...common,
      async handler(call) {
        const asked = await askedHere(call)
        return asked ? codePage(call, asked) : call.go(paths.signIn())
      },
    }),
    plain('POST', paths.code, {
      who: anyone,
      audit: 'signed-in',
      limit: sourceLimit,
      async handler(call) {
        const secret = asker.read(call.request)
        const asked = await askedHere(call)
        if (!secret || !asked) {
          return await askPage(call, { to: '', errors: [{ message: nothingWaits }] })
        }
        const { email, to } = asked
        const wait = await limited(email, tryLimit)
        if (wait > 0) return call.tooMany(wait)
        if (!call.fields.code?.trim()) {
          return codePage(call, asked, [{ field: 'code', message: 'Enter the code from the message' }])
        }
        const answer = await tryCode(house, identifierOf('sign-in-code', secret), call.fields.code)
        if (answer.is === 'wrong') {
          const left = answer.triesLeft === 1 ? '1 more time' : `${answer.triesLeft} more times`
          const message = `That is not the code from the newest message. You can try ${left}`
          return codePage(call, asked, [{ field: 'code', message }])
        }
        const done = answer.is === 'right' && (await finish(call, email, to))
        return done || (await askPage(call, { to, email, errors: [{ message: nothingWaits }] }))
      },
    }),
    plain('POST', paths.again, {
      ...common,
      limit: sourceLimit,
      async handler(call) {
        const asked = await askedHere(call)
        if (!asked) return call.go(paths.signIn())
        return await send(call, asked.email, asked.to)
      },
    }),
    plain('GET', paths.link, {
      ...common,
      async handler(call) {
        // A mail scanner that follows the link only sees this page (R42).
        const key = call.url.searchParams.get('key') ?? ''
        const asked = await look<Asked>(house.database.pool, identifierOf('sign-in-link', key))
        if (!asked) return overPage(call)
        return call.page({
          title: 'Sign in',
          body: (
            <Form action={paths.link} hidden={{ ...call.hidden, key }} button="Sign in">
              <p>
                You are about to sign in as <strong dir="ltr">{asked.email}</strong>.
              </p>
              <p>If you did not ask for this, close this page. Nothing happens.</p>
            </Form>
          ),
        })
      },
    }),
    plain('POST', paths.link, {
      who: anyone,
      audit: 'signed-in',
      limit: sourceLimit,
      async handler(call) {
        const asked = await take<Asked>(house, identifierOf('sign-in-link', call.fields.key ?? ''))
        if (!asked) return overPage(call)
        if (asked.other) await forget(house, asked.other)
        return (await finish(call, asked.email, openTo(house, asked.to))) ?? overPage(call)
      },
    }),
  ]

  async function askedHere(call: Call): Promise<Asked | undefined> {
    const secret = asker.read(call.request)
    if (!secret) return undefined
    const asked = await look<Asked>(house.database.pool, identifierOf('sign-in-code', secret))
    return asked && { ...asked, to: openTo(house, asked.to) }
  }

  function limited(email: string, limit: Limit): Promise<number> {
    const of = createHash('sha256').update(email.toLowerCase()).digest('base64url')
    return minutesToWait(house, limit, of, realClock.now())
  }

  /** The same work, statement by statement, for an address that nobody has. */
  async function send(call: Call, email: string, to: string): Promise<Response> {
    const wait = await limited(email, askLimit)
    if (wait > 0) return call.tooMany(wait)
    const [secret, key, code] = [newSecret(), newSecret(), newCode()]
    const [codeAt, linkAt] = [identifierOf('sign-in-code', secret), identifierOf('sign-in-link', key)]
    const shut = shutTo(house, to)
    const door = (await doorOf(house, email)) ?? { network_id: 0, person_id: 0 }
    await house.database.network(door.network_id, async tx => {
      await keepWaiting(tx, [
        waitingForCode(house, codeAt, code, { email, to: shut, other: linkAt }),
        waiting(linkAt, { email, to: shut, other: codeAt } satisfies Asked),
      ])
      await writeEmail(tx, house, door.person_id, email, {
        key: codeAt,
        kind: 'sign-in',
        subject: 'sign in',
        paragraphs: [
          `Your code to sign in is ${theirs(code)}`,
          `Type it where you asked for it. It works once, within ${codeLasts.minutes} minutes.`,
          'If you did not ask for it, leave this message alone. Nobody can sign in without it. We never ask you to tell us the code.',
        ],
        link: { path: paths.linkWith(key), words: 'Or open this page and press “Sign in”', open: true },
      })
    })
    house.wakeWorker()
    const old = asker.read(call.request)
    // One code at a time for one browser: the newest message is the one that counts.
    await forget(house, identifierOf('sign-in-code', old ?? 'none'))
    return call.go(paths.code, [asker.set(secret, codeLasts.minutes * 60)])
  }

  /** The address is proven. */
  async function finish(call: Call, email: string, to: string): Promise<Response | undefined> {
    const accountId = await accountOfProven(house, email)
    if (!accountId) return undefined
    await codeArrived(house, accountId, email)
    const cookie = await startSession(house, call, accountId, { secondFactor: false })
    const staff = await sql<{ is: boolean }>`
      select account_is_staff(${accountId}, ${house.clock.today()}) as is`.execute(house.database.pool)
    const where = staff.rows[0]?.is ? paths.secondFactor(to) : to || (await homeOf(house, accountId))
    return call.go(where, [cookie, asker.forget])
  }

  async function askPage(
    call: Call,
    given: { to: string; email?: string | undefined; errors?: readonly FieldError[] },
  ): Promise<Response> {
    const errors = given.errors ?? []
    const networks = await whomToRing(house, given.to)
    const buttons = await elsewhere.buttons(
      networks.map(each => each.slug),
      given.to,
    )
    return call.page(
      {
        title: 'Sign in',
        body: (
          <>
            <p>You do not need a password. We send a code and a link to your e-mail address.</p>
            <Form action={paths.signIn()} hidden={{ ...call.hidden, to: given.to }} button="Send me a code">
              <EmailField
                name="email"
                label="Your e-mail address"
                hint="The one that your network has for you."
                errors={errors}
                value={given.email}
              />
            </Form>
            <p>
              <a href={paths.passkey(given.to)}>Sign in with a passkey instead</a>
            </p>
            {buttons.map(each => (
              <p key={each.href}>
                <ButtonLink href={each.href} secondary>
                  {each.text}
                </ButtonLink>
              </p>
            ))}
            <Details summary="I have no e-mail, or I cannot sign in">
              <Help networks={networks} />
            </Details>
          </>
        ),
      },
      errors.length > 0 ? { errors } : {},
    )
  }

  function codePage(call: Call, asked: Asked, errors: readonly FieldError[] = []): Response {
    return call.page(
      {
        title: 'Check your e-mail',
        back: { href: paths.signIn(asked.to), text: 'Use another e-mail address' },
        body: (
          <>
            <p>
              If a network knows <strong dir="ltr">{asked.email}</strong>, we have sent a message there with a
              code and a link.
            </p>
            {house.mode === 'demo' && (
              <InsetText>
                This is a demonstration: <a href="/demo/outbox">read the message here</a>.
              </InsetText>
            )}
            <Form action={paths.code} hidden={call.hidden} button="Sign in">
              <CodeField
                name="code"
                label="Six-digit code"
                hint={`It works for ${codeLasts.minutes} minutes, once, in this browser. You have ${codeLasts.tries} tries.`}
                errors={errors}
              />
            </Form>
            <h2 className="nhsuk-heading-m">Nothing came?</h2>
            <p>It can take a few minutes. Look in your junk mail too, and check the address above.</p>
            <Form action={paths.again} hidden={call.hidden} button="Send a new code" />
          </>
        ),
      },
      errors.length > 0 ? { errors } : {},
    )
  }

  function overPage(call: Call): Response {
    return call.page(
      {
        title: 'This link no longer works',
        body: (
          <>
            <p>It was used already, or it is more than {codeLasts.minutes} minutes old.</p>
            <p>
              <a href={paths.signIn()}>Ask for a new one</a>.
            </p>
          </>
        ),
      },
      { status: 410 },
    )
  }
}

interface Ringable {
  slug: string
  name: string
  phone: string | null
}

/** The network that the person was on the way to, or all of a small installation. */
async function whomToRing(house: House, to: string): Promise<readonly Ringable[]> {
  const networks = await house.database.pool
    .selectFrom('network')
    .select(['slug', 'name', sql<string | null>`facts ->> 'phone'`.as('phone')])
    .orderBy('name')
    .limit(200)
    .execute()
  const meant = networks.filter(each => each.slug === to.split('/')[1])
  return meant.length > 0 ? meant : networks.length <= 10 ? networks : []
}

function Help({ networks }: { networks: readonly Ringable[] }): ReactNode {
  return (
    <>
      <p>
        You never need e-mail to take part. Your network talks with you by phone or post, and writes down what
        you say.
      </p>
      {networks.length > 0 ? (
        <ul>
          {networks.map(each => (
            <li key={each.slug}>
              {theirs(each.name)}:{' '}
              {each.phone ? (
                <a href={telephone(each.phone)}>{each.phone}</a>
              ) : (
                <a href={`/${each.slug}`}>see how to reach it</a>
              )}
            </li>
          ))}
        </ul>
      ) : (
        <p>
          <a href="/">Find your network</a> to see how to reach it.
        </p>
      )}
    </>
  )
}
