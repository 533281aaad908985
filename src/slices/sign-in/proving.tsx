import QRCode from 'qrcode'
import { ButtonLink, CodeField, type FieldError, Form, InsetText, Panel, TextField } from '#design/index.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { realClock } from '#platform/clock.ts'
import type { House } from '#platform/house.ts'
import { type AnyRoute, type Call, plain } from '#platform/http/route.ts'
import { anyone, whoeverIsSignedIn } from '#platform/permission.ts'
import { type Limit, minutesToWait } from '#platform/rate-limit.ts'
import type { Session } from '#platform/session.ts'
import { homeOf, insidePath, startSession } from './accounts.ts'
import { auditAccount, tellOfChange } from './letters.ts'
import { signInPaths as paths } from './paths.ts'
import {
  appAddress,
  appCodeIsRight,
  factorsOf,
  makeRecoveryCodes,
  mayAddFactor,
  needsOwnFactor,
  recoveryCodeIsRight,
  secretIn,
  startApp,
} from './second-factor.ts'

/** Guessing six digits would take years; a hand that slips has room (R66). */
export const proofLimit: Limit = { name: 'second-factor', uses: 10, minutes: 15 }
const common = { who: anyone, audit: 'nothing' } as const

/** The second factor of posts and chairs: an authenticator app, a passkey, or a recovery code. */
export function provingRoutes(house: House): AnyRoute[] {
  return [
    plain('GET', paths.secondFactor(), {
      ...common,
      async handler(call) {
        const to = insidePath(call.url.searchParams.get('to'))
        const session = call.anySession
        if (!session) return call.go(paths.signIn(to))
        if (!needsOwnFactor(session)) return call.go(to || (await homeOf(house, session.accountId)))
        return await provePage(call, session, to)
      },
    }),
    plain('POST', paths.secondFactor(), {
      who: anyone,
      audit: 'second-factor-given',
      async handler(call) {
        return await prove(call, 'code', 'Enter the code from your app', async session => {
          // An app that was never finished setting up proves nothing.
          if (!(await factorsOf(house, session.accountId)).app) return false
          return await appCodeIsRight(house, session, call.fields.code ?? '')
        })
      },
    }),
    plain('POST', paths.recovery, {
      who: anyone,
      audit: 'recovery-code-used',
      async handler(call) {
        const answer = await prove(call, 'recovery', 'Enter a recovery code', session =>
          recoveryCodeIsRight(house, session, call.fields.recovery ?? ''),
        )
        if (answer.status === 303 && call.anySession) {
          await tellOfChange(house, call.anySession.accountId, 'A recovery code was used to sign in.')
        }
        return answer
      },
    }),
    plain('POST', paths.chooseApp, {
      who: anyone,
      audit: 'app-set-up-begun',
      async handler(call) {
        const session = call.anySession
        const to = insidePath(call.fields.to)
        if (!session) return call.go(paths.signIn(to))
        if (!(await mayAddFactor(house, session))) return call.go(paths.secondFactor(to))
        if ((await factorsOf(house, session.accountId)).app) return call.go(paths.account)
        await startApp(house, session)
        return call.go(paths.app(to))
      },
    }),
    plain('GET', paths.app(), {
      ...common,
      async handler(call) {
        const to = insidePath(call.url.searchParams.get('to'))
        const waiting = await appBeingSetUp(call)
        return waiting ? appPage(call, waiting, to) : call.go(paths.secondFactor(to))
      },
    }),
    plain('GET', paths.qr, {
      ...common,
      async handler(call) {
        const waiting = await appBeingSetUp(call)
        if (!waiting) return call.missing()
        const picture = await QRCode.toString(waiting, { type: 'svg', margin: 4 })
        return new Response(picture, {
          headers: { 'content-type': 'image/svg+xml', 'cache-control': 'no-store' },
        })
      },
    }),
    plain('POST', paths.app(), {
      who: anyone,
      audit: 'app-added',
      async handler(call) {
        const session = call.anySession
        const to = insidePath(call.fields.to)
        const waiting = await appBeingSetUp(call)
        if (!session || !waiting) return call.go(paths.secondFactor(to))
        const wait = await limited(session)
        if (wait > 0) return call.tooMany(wait)
        if (!(await appCodeIsRight(house, session, call.fields.code ?? ''))) {
          const message = call.fields.code?.trim()
            ? 'That is not the code that the app shows now. Wait for the next one and enter it'
            : 'Enter the code from your app'
          return appPage(call, waiting, to, [{ field: 'code', message }])
        }
        const cookie = await startSession(house, call, session.accountId, {
          secondFactor: true,
          goesOn: true,
        })
        await auditAccount(house, session.accountId, 'app-added')
        await tellOfChange(house, session.accountId, 'An authenticator app was added to your account.')
        return call.go(paths.recoveryCodes(to), [cookie])
      },
    }),
    plain('GET', paths.recoveryCodes(), {
      ...common,
      who: whoeverIsSignedIn,
      handler(call) {
        const to = insidePath(call.url.searchParams.get('to'))
        if (!call.session) return call.go(paths.signIn(paths.recoveryCodes(to)))
        return call.page({
          title: 'Recovery codes',
          body: (
            <Form
              action={paths.recoveryCodes()}
              hidden={{ ...call.hidden, to }}
              button="Show my new recovery codes"
              secondary={{ text: 'Not now', href: to || paths.account }}
            >
              <p>
                If you lose your phone or your passkey, a recovery code lets you in. You get ten. Each works
                once.
              </p>
              <p>We show them once only. If you had codes before, those stop working.</p>
            </Form>
          ),
        })
      },
    }),
    plain('POST', paths.recoveryCodes(), {
      who: whoeverIsSignedIn,
      audit: 'recovery-codes-made',
      async handler(call) {
        const { session } = call
        const to = insidePath(call.fields.to)
        if (!session) return call.go(paths.signIn(paths.recoveryCodes(to)))
        const codes = await makeRecoveryCodes(house, session)
        await auditAccount(house, session.accountId, 'recovery-codes-made')
        await tellOfChange(
          house,
          session.accountId,
          'New recovery codes were made. Older ones stopped working.',
        )
        return call.page({
          title: 'Your recovery codes',
          titleInLegend: true,
          body: (
            <>
              <Panel title="Your recovery codes" asHeading>
                Print this page or write them down now
              </Panel>
              <p>Keep them where you keep other important papers, not with your phone. Each works once.</p>
              <ol>
                {codes.map(code => (
                  <li key={code}>
                    <code dir="ltr">{code}</code>
                  </li>
                ))}
              </ol>
              <ButtonLink href={to || paths.account}>I have kept them</ButtonLink>
            </>
          ),
        })
      },
    }),
  ]

  function limited(session: Session): Promise<number> {
    return minutesToWait(house, proofLimit, session.accountId, realClock.now())
  }

  async function appBeingSetUp(call: Call): Promise<string | undefined> {
    const session = call.anySession
    return session && (await mayAddFactor(house, session)) ? await appAddress(house, session) : undefined
  }

  async function prove(
    call: Call,
    field: 'code' | 'recovery',
    empty: string,
    isRight: (session: Session) => Promise<boolean>,
  ): Promise<Response> {
    const session = call.anySession
    const to = insidePath(call.fields.to)
    if (!session) return call.go(paths.signIn(to))
    if (!needsOwnFactor(session)) return call.go(to || (await homeOf(house, session.accountId)))
    const wait = await limited(session)
    if (wait > 0) return call.tooMany(wait)
    if (!call.fields[field]?.trim()) return await provePage(call, session, to, [{ field, message: empty }])
    if (!(await isRight(session))) {
      const message =
        field === 'code'
          ? 'That is not the code that the app shows now. Wait for the next one and enter it'
          : 'That is not one of your recovery codes, or it was used before'
      return await provePage(call, session, to, [{ field, message }])
    }
    const cookie = await startSession(house, call, session.accountId, {
      secondFactor: true,
      goesOn: true,
    })
    return call.go(to || (await homeOf(house, session.accountId)), [cookie])
  }

  async function provePage(
    call: Call,
    session: Session,
    to: string,
    errors: readonly FieldError[] = [],
  ): Promise<Response> {
    const factors = await factorsOf(house, session.accountId)
    if (!factors.app && factors.passkeys === 0) {
      return session.elsewhere && session.provenAt === null
        ? call.go(paths.prove(paths.secondFactor(to)))
        : choosePage(call, to)
    }
    const hidden = { ...call.hidden, to }
    return call.page(
      {
        title: 'Show that it is you',
        body: (
          <>
            <p>Because of your post or your chair, one more proof is needed besides your e-mail.</p>
            {factors.passkeys > 0 && (
              <ButtonLink href={paths.passkey(to)} secondary={factors.app}>
                Use your passkey
              </ButtonLink>
            )}
            {factors.app && (
              <Form action={paths.secondFactor()} hidden={hidden} button="Continue">
                <CodeField
                  name="code"
                  label="Code from your authenticator app"
                  hint="Six digits. A new one comes every 30 seconds."
                  errors={errors}
                />
              </Form>
            )}
            <h2 className="nhsuk-heading-m">If you cannot do that</h2>
            <Form action={paths.recovery} hidden={hidden} button="Use the recovery code">
              <TextField
                name="recovery"
                label="One of your recovery codes"
                hint="For example: ab3cd-ef4gh"
                width={20}
                autocomplete="off"
                spellCheck={false}
                autoCapitalize="none"
                dir="ltr"
                code
                errors={errors}
              />
            </Form>
            <p>If you have none left, ask your network’s administrator.</p>
          </>
        ),
      },
      errors.length > 0 ? { errors } : {},
    )
  }

  function choosePage(call: Call, to: string): Response {
    return call.page({
      title: 'Make your account safer',
      body: (
        <>
          <p>
            Your post or your chair lets you see what others told the network. So besides your e-mail, you
            prove with something else that it is you. Choose one; you can add the other later.
          </p>
          <h2 className="nhsuk-heading-m">An authenticator app</h2>
          <p>An app on your phone or computer shows six digits that you type when you sign in.</p>
          <Form action={paths.chooseApp} hidden={{ ...call.hidden, to }} button="Set up an app" />
          <h2 className="nhsuk-heading-m">A passkey</h2>
          <p>Your device unlocks with your face, finger or PIN. Nothing to type.</p>
          <ButtonLink href={paths.addPasskey(to)} secondary>
            Set up a passkey
          </ButtonLink>
        </>
      ),
    })
  }

  function appPage(call: Call, waiting: string, to: string, errors: readonly FieldError[] = []): Response {
    const secret = secretIn(waiting)
    return call.page(
      {
        title: 'Set up your authenticator app',
        back: { href: call.session ? paths.account : paths.secondFactor(to), text: 'Back' },
        body: (
          <>
            <ol>
              <li>Open the app and choose to add an account.</li>
              <li>Point its camera at this picture, or type the key below it.</li>
              <li>Enter the six digits that the app shows.</li>
            </ol>
            <p>
              <img src={paths.qr} width="240" height="240" alt="The key below, for the camera of the app" />
            </p>
            <InsetText>
              <p>
                Key: <code dir="ltr">{theirs(secret.match(/.{1,4}/g)?.join(' ') ?? '')}</code>
              </p>
            </InsetText>
            <Form action={paths.app()} hidden={{ ...call.hidden, to }} button="Continue">
              <CodeField name="code" label="Six digits from the app" errors={errors} />
            </Form>
          </>
        ),
      },
      errors.length > 0 ? { errors } : {},
    )
  }
}
