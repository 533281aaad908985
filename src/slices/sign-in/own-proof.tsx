import { ButtonLink, CodeField, type FieldError, Form, InsetText } from '#design/index.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { realClock } from '#platform/clock.ts'
import type { House } from '#platform/house.ts'
import { type AnyRoute, type Call, plain } from '#platform/http/route.ts'
import { anyone } from '#platform/permission.ts'
import { type Limit, minutesToWait } from '#platform/rate-limit.ts'
import type { Session } from '#platform/session.ts'
import { homeOf, insidePath } from './accounts.ts'
import { placesOf, writeEmail } from './letters.ts'
import {
  codeLasts,
  forget,
  identifierOf,
  keepWaiting,
  newCode,
  newSecret,
  tryCode,
  waitingForCode,
} from './one-time.ts'
import { signInPaths as paths } from './paths.ts'
import { proofLimit } from './proving.tsx'
import { appCodeIsRight, factorsOf, needsOwnFactor } from './second-factor.ts'

export const sendLimit: Limit = { name: 'prove-send', uses: 10, minutes: 15 }
const common = { who: anyone, audit: 'nothing' } as const
export const wrongAppCode = 'That is not the code that the app shows now. Wait for the next one and enter it'

/**
 * Whoever is signed in shows anew that it is them: a code by e-mail, an app's code or a passkey. The session stays
 * the same one, so that what was typed in another window of it can still be sent. Where they go afterwards is kept in
 * their browser alone: beside their address it would say what they are about to open.
 */
export function ownProofRoutes(house: House): AnyRoute[] {
  return [
    plain('GET', paths.prove(), {
      ...common,
      async handler(call) {
        const to = insidePath(call.url.searchParams.get('to'))
        return await withSession(call, to, session => choicePage(call, session, to))
      },
    }),
    plain('POST', paths.prove(), {
      ...common,
      async handler(call) {
        const to = insidePath(call.fields.to)
        return await withSession(call, to, async session => {
          const wait = await limited(session, proofLimit)
          if (wait > 0) return call.tooMany(wait)
          const typed = call.fields.code ?? ''
          const wrong = (message: string) => choicePage(call, session, to, [{ field: 'code', message }])
          if (!typed.trim()) return await wrong('Enter the code from your app')
          if (!(await factorsOf(house, session.accountId)).app) return await wrong(wrongAppCode)
          if (!(await appCodeIsRight(house, session, typed))) return await wrong(wrongAppCode)
          return await proven(call, session, to, { secondFactor: true })
        })
      },
    }),
    plain('POST', paths.proveSend, {
      ...common,
      async handler(call) {
        const to = insidePath(call.fields.to)
        return await withSession(call, to, async session => {
          const wait = await limited(session, sendLimit)
          if (wait > 0) return call.tooMany(wait)
          await sendCode(house, session)
          return call.go(paths.proveCode(to))
        })
      },
    }),
    plain('GET', paths.proveCode(), {
      ...common,
      async handler(call) {
        const to = insidePath(call.url.searchParams.get('to'))
        return await withSession(call, to, () => codePage(call, to))
      },
    }),
    plain('POST', paths.proveCode(), {
      ...common,
      async handler(call) {
        const to = insidePath(call.fields.to)
        return await withSession(call, to, async session => {
          const wait = await limited(session, proofLimit)
          if (wait > 0) return call.tooMany(wait)
          const wrong = (message: string) => codePage(call, to, [{ field: 'code', message }])
          if (!call.fields.code?.trim()) return wrong('Enter the code from the message')
          const answer = await tryCode(house, identifierFor(session), call.fields.code)
          if (answer.is === 'gone') return wrong('That code no longer works. Ask for a new one below')
          if (answer.is === 'wrong') {
            return wrong(`That is not the code from the newest message. Tries left: ${answer.triesLeft}`)
          }
          return await proven(call, session, to)
        })
      },
    }),
  ]

  async function withSession(
    call: Call,
    to: string,
    then: (session: Session) => Promise<Response> | Response,
  ): Promise<Response> {
    const session = call.anySession
    if (!session) return call.go(paths.signIn(to))
    if (!needsOwnFactor(session)) return await then(session)
    // A post or chair shows the second proof that they have; whoever has none yet begins with their e-mail.
    const { app, passkeys } = await factorsOf(house, session.accountId)
    const first = session.elsewhere && session.provenAt === null && !app && passkeys === 0
    return first ? await then(session) : call.go(paths.secondFactor(to))
  }

  async function proven(
    call: Call,
    session: Session,
    to: string,
    how?: { secondFactor: boolean },
  ): Promise<Response> {
    await house.sessions.proven(session.id, how)
    return call.go(to || (await homeOf(house, session.accountId)))
  }

  function limited(session: Session, limit: Limit): Promise<number> {
    return minutesToWait(house, limit, session.accountId, realClock.now())
  }

  async function choicePage(
    call: Call,
    session: Session,
    to: string,
    errors: readonly FieldError[] = [],
  ): Promise<Response> {
    const { app, passkeys } = await factorsOf(house, session.accountId)
    const hidden = { ...call.hidden, to }
    return call.page(
      {
        title: 'Show that it is you',
        body: (
          <>
            <p>What comes next is private, so we ask once more. Then you go straight on.</p>
            {passkeys > 0 && <ButtonLink href={paths.passkeyAgain(to)}>Use your passkey</ButtonLink>}
            {app && (
              <Form action={paths.prove()} hidden={hidden} button="Continue">
                <CodeField
                  name="code"
                  label="Code from your authenticator app"
                  hint="Six digits. A new one comes every 30 seconds."
                  errors={errors}
                />
              </Form>
            )}
            <Form action={paths.proveSend} hidden={hidden} button="Send me a code by e-mail">
              <p>We send six digits to the e-mail address that you sign in with.</p>
            </Form>
          </>
        ),
      },
      errors.length > 0 ? { errors } : {},
    )
  }

  function codePage(call: Call, to: string, errors: readonly FieldError[] = []): Response {
    const hidden = { ...call.hidden, to }
    return call.page(
      {
        title: 'Check your e-mail',
        back: { href: paths.prove(to), text: 'Use another proof' },
        body: (
          <>
            <p>We have sent you a message with a code.</p>
            {house.mode === 'demo' && (
              <InsetText>
                This is a demonstration: <a href="/demo/outbox">read the message here</a>.
              </InsetText>
            )}
            <Form action={paths.proveCode()} hidden={hidden} button="Continue">
              <CodeField
                name="code"
                label="Six-digit code"
                hint={`It works for ${codeLasts.minutes} minutes and once. You have ${codeLasts.tries} tries.`}
                errors={errors}
              />
            </Form>
            <h2 className="nhsuk-heading-m">Nothing came?</h2>
            <p>It can take a few minutes. Look in your junk mail too.</p>
            <Form action={paths.proveSend} hidden={hidden} button="Send a new code" />
          </>
        ),
      },
      errors.length > 0 ? { errors } : {},
    )
  }
}

export const identifierFor = (session: Session) => identifierOf('prove-code', session.id)

export async function sendCode(house: House, session: Session): Promise<void> {
  const account = await house.database.pool
    .selectFrom('account')
    .select('email')
    .where('id', '=', session.accountId)
    .executeTakeFirstOrThrow()
  const [place] = await placesOf(house, session.accountId)
  if (!place) return
  const [identifier, code] = [identifierFor(session), newCode()]
  await forget(house, identifier)
  await house.database.network(place.network_id, async tx => {
    await keepWaiting(tx, [waitingForCode(house, identifier, code, { email: '', to: '' })])
    await writeEmail(tx, house, place.person_id, account.email, {
      // Like every other code for signing in: that it was this one would tell what it was for.
      key: identifierOf('sign-in-code', newSecret()),
      kind: 'sign-in',
      subject: 'sign in',
      paragraphs: [
        `Your code is ${theirs(code)}`,
        `Type it where you asked for it. It works once, within ${codeLasts.minutes} minutes.`,
        'If you did not ask for it, leave this message alone. We never ask you to tell us the code.',
      ],
    })
  })
  house.wakeWorker()
}
