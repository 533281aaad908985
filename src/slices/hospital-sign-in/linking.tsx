import { createHash } from 'node:crypto'
import { ButtonLink, CodeField, type FieldError, Form, InsetText } from '#design/index.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { realClock } from '#platform/clock.ts'
import type { House } from '#platform/house.ts'
import { type AnyRoute, type Call, plain } from '#platform/http/route.ts'
import { anyone, whoeverIsSignedIn } from '#platform/permission.ts'
import { type Limit, minutesToWait } from '#platform/rate-limit.ts'
import {
  type Asked,
  accountOfProven,
  auditAccount,
  codeArrived,
  codeLasts,
  identifierOf,
  keepWaiting,
  look,
  newCode,
  newSecret,
  placesOf,
  signInPaths,
  startSession,
  take,
  tellOfChange,
  tryCode,
  waiting,
  waitingForCode,
  writeEmail,
} from '#slices/sign-in/index.ts'
import { type Connected, connectedWith } from './connection.ts'
import { elsewhereOf, link, unlink, whoHas } from './links.ts'
import { elsewherePaths as paths } from './paths.ts'
import { type Carried, carrier } from './pending.ts'
import type { Said } from './provider.ts'
import { notIn } from './screens.tsx'
import { seal, unseal } from './seal.ts'

/** Somebody who came from their hospital and is not connected with an account yet. */
export interface Linking {
  readonly said: Said
  /** What the provider has proven to be their address. */
  readonly address: string | undefined
  readonly factor: boolean
  readonly to: string
}

/** What waits until the code is typed in: shut, since it holds a provider's tokens. */
interface Kept {
  readonly network: number
  readonly said: Omit<Said, 'claims'>
  readonly address: string
  readonly factor: boolean
  readonly to: string
  /** For whoever was signed in already: their account, and no code. */
  readonly accountId?: string
}

const about = 'linking'
const sendLimit: Limit = { name: 'hospital-link', uses: 10, minutes: 15 }
const tryLimit: Limit = { name: 'hospital-link-try', uses: 10, minutes: 15 }
const sourceLimit: Limit = { name: 'hospital-link-source', uses: 100, minutes: 15 }
const byCode = (secret: string) => identifierOf('hospital-link', secret)

/** Connecting an account with a hospital's sign-in, once: never by an address alone. */
export function openLinking(house: House) {
  const carries = carrier(house)
  const common = { who: anyone, limit: sourceLimit } as const
  const routes: AnyRoute[] = [
    plain('GET', '/:network/sign-in/elsewhere/confirm', {
      ...common,
      audit: 'nothing',
      async handler(call) {
        const here = await waitingHere(call)
        if (!here) return call.missing()
        return here.kept && !here.kept.accountId
          ? codePage(call, here.connected, here.kept)
          : call.go(paths.start(here.connected.network.slug))
      },
    }),
    plain('POST', '/:network/sign-in/elsewhere/confirm', {
      ...common,
      audit: 'sign-in-linked',
      async handler(call) {
        const here = await waitingHere(call)
        if (!here) return call.missing()
        const { connected, kept, secret } = here
        if (!kept || !secret || kept.accountId) return over(call, connected)
        const wait = await limited(kept.address, tryLimit)
        if (wait > 0) return call.tooMany(wait)
        if (!call.fields.code?.trim()) {
          return codePage(call, connected, kept, [
            { field: 'code', message: 'Enter the code from the message' },
          ])
        }
        const answer = await tryCode(house, byCode(secret), call.fields.code)
        if (answer.is === 'gone') return over(call, connected)
        if (answer.is === 'wrong') {
          const message = `That is not the code from the newest message. Tries left: ${answer.triesLeft}`
          return codePage(call, connected, kept, [{ field: 'code', message }])
        }
        const accountId = await accountOfProven(house, kept.address)
        const places = accountId ? await placesOf(house, accountId) : []
        if (!accountId || !places.some(each => each.network_id === kept.network)) return over(call, connected)
        await codeArrived(house, accountId, kept.address)
        return await connect(call, connected, kept, accountId, { signsIn: true })
      },
    }),
    // Whoever is signed in with a proof of ours confirms by pressing a button.
    plain('GET', '/:network/sign-in/elsewhere/connect', {
      who: whoeverIsSignedIn,
      audit: 'nothing',
      async handler(call) {
        const here = await waitingHere(call)
        if (!here) return call.missing()
        const { connected, kept } = here
        if (!kept?.accountId || kept.accountId !== call.session?.accountId)
          return call.go(signInPaths.account)
        const name = theirs(connected.settings.name)
        return call.page({
          title: `Connect ${name}`,
          back: { href: signInPaths.account, text: 'Your account' },
          body: (
            <Form
              action={paths.connect(connected.network.slug)}
              hidden={call.hidden}
              button={`Connect ${name}`}
            >
              <p>
                {name} says that <strong dir="ltr">{kept.address}</strong> is your address, as you have it
                here.
              </p>
              <p>From then on you can sign in with {name}. A code by e-mail works as before.</p>
            </Form>
          ),
        })
      },
    }),
    plain('POST', '/:network/sign-in/elsewhere/connect', {
      who: whoeverIsSignedIn,
      audit: 'sign-in-linked',
      async handler(call) {
        const here = await waitingHere(call)
        if (!here) return call.missing()
        const { connected, secret } = here
        const row = secret ? await take<Asked>(house, byCode(secret)) : undefined
        const kept = unseal<Kept>(house, about, row?.more)
        if (!kept?.accountId || kept.accountId !== call.session?.accountId) return over(call, connected)
        return await connect(call, connected, kept, kept.accountId, { signsIn: false })
      },
    }),
    plain('POST', '/:network/sign-in/elsewhere/remove', {
      who: whoeverIsSignedIn,
      audit: 'sign-in-unlinked',
      async handler(call) {
        const { session } = call
        if (!session) return call.go(signInPaths.signIn(signInPaths.account))
        const slug = call.url.pathname.split('/')[1]
        const place = (await placesOf(house, session.accountId)).find(each => each.slug === slug)
        if (!place) return call.missing()
        const name = (await connectedWith(house, place.slug))?.settings.name ?? 'your hospital'
        if (await unlink(house.database.pool, place.network_id, session.accountId)) {
          await auditAccount(house, session.accountId, 'sign-in-unlinked')
          await tellOfChange(house, session.accountId, `You can no longer sign in with ${theirs(name)}.`)
        }
        // A session that began there has ended with it.
        return session.elsewhere?.network === slug
          ? call.go(signInPaths.signIn(signInPaths.account), [house.sessions.forget])
          : call.go(signInPaths.account)
      },
    }),
  ]
  return { routes, offer }

  /** Somebody whom nobody here knows costs the same work, and only then reads that nobody knows them. */
  async function offer(
    call: Call,
    connected: Connected,
    { said, address, factor, to }: Linking,
    rest: Carried,
  ): Promise<Response> {
    const { network, settings } = connected
    const answer = (title: string, body: React.ReactNode) =>
      notIn(call, connected, { title, to, status: 403, body, again: false, cookies: [carries.write(rest)] })
    if (!address) {
      return answer(
        'We need an address that is checked',
        <p>
          {theirs(settings.name)} does not say that an e-mail address of this network is yours. So we cannot
          tell who you are here.
        </p>,
      )
    }
    const whose = await whoHas(house, network.id, address)
    if (whose.is === 'several') {
      return answer(
        'More than one person has this address',
        <p>
          Several people here have <strong dir="ltr">{address}</strong>. We do not guess which of them you
          are. Ask the team to give each their own address.
        </p>,
      )
    }
    const wait = await limited(address, sendLimit)
    if (wait > 0) return call.tooMany(wait)
    const { claims: _, ...short } = said
    const kept: Kept = { network: network.id, said: short, address, factor, to }
    const own = call.session && !call.session.onlyIn ? call.session : undefined
    if (own) return await offerToWhoIsIn(call, connected, kept, own.accountId, rest)
    const secret = newSecret()
    const code = newCode()
    const personId = whose.is === 'one' ? whose.personId : 0
    await house.database.network(network.id, async tx => {
      const more = seal(house, about, kept)
      await keepWaiting(tx, [waitingForCode(house, byCode(secret), code, { email: '', to: '', more })])
      await writeEmail(tx, house, personId, address, {
        key: byCode(secret),
        kind: 'sign-in',
        subject: `connect ${theirs(settings.name)}`,
        paragraphs: [
          `Your code is ${theirs(code)}`,
          `Somebody signed in with ${theirs(settings.name)} and wants to use it here, too. If that was you, type the code where you asked for it, within ${codeLasts.minutes} minutes. You do this once.`,
          'If it was not you, leave this message alone, and nobody gets in. We never ask you to tell us the code.',
        ],
      })
    })
    house.wakeWorker()
    if (whose.is === 'nobody') {
      return answer(
        'We do not know you here yet',
        <>
          <p>
            {theirs(settings.name)} says that you are <strong dir="ltr">{address}</strong>. Nobody in{' '}
            {theirs(network.name)} signs in with that address.
          </p>
          <p>
            If you sign in here with another address, do that first. Then connect {theirs(settings.name)} on
            the page “Your account”.
          </p>
          <ButtonLink href={`/${network.slug}/register`}>Register your interest</ButtonLink>
        </>,
      )
    }
    return call.go(paths.confirm(network.slug), [carries.write({ ...rest, confirm: secret })])
  }

  async function offerToWhoIsIn(
    call: Call,
    { network, settings }: Connected,
    kept: Kept,
    accountId: string,
    rest: Carried,
  ): Promise<Response> {
    const account = await house.database.pool
      .selectFrom('account')
      .select('email')
      .where('id', '=', accountId)
      .executeTakeFirstOrThrow()
    const places = await placesOf(house, accountId)
    const cookies = [carries.write(rest)]
    if (
      account.email.toLowerCase() !== kept.address ||
      !places.some(each => each.network_id === network.id)
    ) {
      return call.page(
        {
          title: 'Your addresses differ',
          back: { href: signInPaths.account, text: 'Your account' },
          body: (
            <p>
              {theirs(settings.name)} says that you are <strong dir="ltr">{kept.address}</strong>. Here you
              sign in with <strong dir="ltr">{account.email}</strong>. Make them the same on the page “Your
              account”, then connect again.
            </p>
          ),
        },
        { status: 403, cookies },
      )
    }
    const secret = newSecret()
    const more = seal(house, about, { ...kept, accountId } satisfies Kept)
    await house.database.network(network.id, tx =>
      keepWaiting(tx, [waiting(byCode(secret), { email: '', to: '', more } satisfies Asked)]),
    )
    return call.go(paths.connect(network.slug), [carries.write({ ...rest, confirm: secret })])
  }

  async function connect(
    call: Call,
    { network, settings }: Connected,
    kept: Kept,
    accountId: string,
    how: { signsIn: boolean },
  ): Promise<Response> {
    const made = await link(house, network.id, accountId, kept.said)
    await auditAccount(house, accountId, 'sign-in-linked')
    await tellOfChange(house, accountId, `From now on you can sign in with ${theirs(settings.name)}.`)
    const forgets = carries.write({ pending: carries.read(call.request).pending })
    if (!how.signsIn) return call.go(signInPaths.account, [forgets])
    const said: Said = { ...kept.said, claims: {} }
    const cookie = await startSession(house, call, accountId, {
      secondFactor: false,
      elsewhere: elsewhereOf(house, made.id, said, kept.factor),
    })
    return call.go(kept.to || `/${network.slug}/home`, [cookie, forgets])
  }

  async function waitingHere(
    call: Call,
  ): Promise<{ connected: Connected; kept: Kept | undefined; secret: string | undefined } | undefined> {
    const connected = await connectedWith(house, call.url.pathname.split('/')[1] ?? '')
    if (!connected) return undefined
    const secret = carries.read(call.request).confirm
    const row = secret ? await look<Asked>(house.database.pool, byCode(secret)) : undefined
    const kept = unseal<Kept>(house, about, row?.more)
    return { connected, kept: kept?.network === connected.network.id ? kept : undefined, secret }
  }

  function limited(address: string, limit: Limit): Promise<number> {
    return minutesToWait(
      house,
      limit,
      createHash('sha256').update(address).digest('base64url'),
      realClock.now(),
    )
  }

  function over(call: Call, connected: Connected): Response {
    return notIn(call, connected, {
      title: 'That code no longer works',
      to: '',
      status: 400,
      body: <p>It was used, or it is more than {codeLasts.minutes} minutes old. Begin again.</p>,
    })
  }

  function codePage(
    call: Call,
    { network, settings }: Connected,
    kept: Kept,
    errors: readonly FieldError[] = [],
  ): Response {
    return call.page(
      {
        title: 'Check your e-mail',
        body: (
          <>
            <p>
              You signed in with {theirs(settings.name)}. We have sent a code to{' '}
              <strong dir="ltr">{kept.address}</strong>. Type it in once, so that nobody else can use your
              account here.
            </p>
            {house.mode === 'demo' && (
              <InsetText>
                This is a demonstration: <a href="/demo/outbox">read the message here</a>.
              </InsetText>
            )}
            <Form
              action={paths.confirm(network.slug)}
              hidden={call.hidden}
              button="Connect and sign in"
              secondary={{ text: 'Do not connect', href: signInPaths.signIn(kept.to) }}
            >
              <CodeField
                name="code"
                label="Six-digit code"
                hint={`It works for ${codeLasts.minutes} minutes and once, in this browser. You have ${codeLasts.tries} tries.`}
                errors={errors}
              />
            </Form>
          </>
        ),
      },
      errors.length > 0 ? { errors } : {},
    )
  }
}
