import type { ReactNode } from 'react'
import { assets, ButtonLink, type FieldError, Form, TextField } from '#design/index.ts'
import { text } from '#platform/form/fields.ts'
import type { House } from '#platform/house.ts'
import { type AnyRoute, type Call, plain } from '#platform/http/route.ts'
import { anyone, whoeverIsSignedIn } from '#platform/permission.ts'
import type { Session } from '#platform/session.ts'
import { homeOf, insidePath, startSession } from './accounts.ts'
import { auditAccount, tellOfChange } from './letters.ts'
import { accountOfPasskey, askToMake, askToUse, keepPasskey, placeOf } from './passkeys.ts'
import { signInPaths as paths } from './paths.ts'
import { mayAddFactor, needsOwnFactor } from './second-factor.ts'

const common = { who: anyone, audit: 'nothing' } as const
const limit = { name: 'passkey', uses: 60, minutes: 15 }

/** Signing in with a passkey, and adding one: the only pages with a script, since only a script can ask for one. */
export function passkeyRoutes(house: House): AnyRoute[] {
  const cookie = house.sessions.cookie('passkey')
  return [
    plain('GET', paths.passkey(), {
      ...common,
      limit,
      async handler(call) {
        const to = insidePath(call.url.searchParams.get('to'))
        if (call.session && !whose(call)) return call.go(to || (await homeOf(house, call.session.accountId)))
        return await provePage(call, to)
      },
    }),
    plain('POST', paths.passkey(), {
      who: anyone,
      audit: 'signed-in',
      limit,
      async handler(call) {
        const to = insidePath(call.fields.to)
        const place = placeOf(house, call)
        const owner = whose(call)
        const accountId =
          place &&
          (await accountOfPasskey(house, place, owner, {
            secret: cookie.read(call.request),
            answer: call.fields.answer,
          }))
        if (!accountId) return await provePage(call, to, [{ message: whyNot(call.fields.problem) }])
        if (owner && !needsOwnFactor(owner)) {
          await house.sessions.proven(owner.id, { secondFactor: true })
          return call.go(to || (await homeOf(house, accountId)), [cookie.forget])
        }
        const goesOn = owner !== undefined
        const session = await startSession(house, call, accountId, { secondFactor: true, goesOn })
        return call.go(to || (await homeOf(house, accountId)), [session, cookie.forget])
      },
    }),
    plain('GET', paths.addPasskey(), {
      ...common,
      who: whoeverIsSignedIn,
      async handler(call) {
        const to = insidePath(call.url.searchParams.get('to'))
        if (!call.anySession) return call.go(paths.signIn(paths.addPasskey(to)))
        if (!(await mayAddFactor(house, call.anySession))) return call.go(paths.secondFactor(to))
        return await addPage(call, to)
      },
    }),
    plain('POST', paths.addPasskey(), {
      who: whoeverIsSignedIn,
      audit: 'passkey-added',
      limit,
      async handler(call) {
        const to = insidePath(call.fields.to)
        const session = call.anySession
        if (!session) return call.go(paths.signIn(paths.addPasskey(to)))
        if (!(await mayAddFactor(house, session))) return call.go(paths.secondFactor(to))
        const place = placeOf(house, call)
        const name = text('Give it a name', { max: 60, name: 'The name' }).safeParse(call.fields.name)
        if (!name.success) {
          return await addPage(call, to, [{ field: 'name', message: name.error.issues[0]!.message }])
        }
        const made =
          place &&
          (await keepPasskey(house, place, session, {
            secret: cookie.read(call.request),
            answer: call.fields.answer,
            name: name.data,
          }))
        if (!made) return await addPage(call, to, [{ message: whyNot(call.fields.problem) }])
        await auditAccount(house, session.accountId, 'passkey-added')
        await tellOfChange(house, session.accountId, 'A passkey was added to your account.')
        if (!needsOwnFactor(session)) return call.go(to || paths.account, [cookie.forget])
        const whole = await startSession(house, call, session.accountId, { secondFactor: true, goesOn: true })
        return call.go(paths.recoveryCodes(to), [whole, cookie.forget])
      },
    }),
  ]

  async function provePage(call: Call, to: string, errors: readonly FieldError[] = []): Promise<Response> {
    const place = placeOf(house, call)
    const owner = whose(call)
    const half = owner && needsOwnFactor(owner)
    const other = half ? paths.secondFactor(to) : owner ? paths.prove(to) : paths.signIn(to)
    const asked = place && (await askToUse(house, place, owner))
    return call.page(
      {
        title: 'Use your passkey',
        back: { href: other, text: owner ? 'Use another proof' : 'Use your e-mail instead' },
        script: assets().passkeyScript.path,
        body: asked ? (
          <Ask passkey="use" question={asked.question}>
            <Form action={paths.passkey()} hidden={hiddenFor(call, to)} button="Use your passkey">
              <p>Your device asks for your face, your finger or your PIN. We never see those.</p>
              <NoScript other={other} />
            </Form>
          </Ask>
        ) : (
          <NoName />
        ),
      },
      {
        ...(errors.length > 0 ? { errors } : {}),
        ...(asked ? { cookies: [cookie.set(asked.secret, 600)] } : {}),
      },
    )
  }

  async function addPage(call: Call, to: string, errors: readonly FieldError[] = []): Promise<Response> {
    const place = placeOf(house, call)
    const asked = place && (await askToMake(house, place, call.anySession!))
    const back = call.session ? paths.account : paths.secondFactor(to)
    return call.page(
      {
        title: 'Add a passkey',
        back: { href: back, text: 'Back' },
        script: assets().passkeyScript.path,
        body: asked ? (
          <Ask passkey="make" question={asked.question}>
            <Form action={paths.addPasskey()} hidden={hiddenFor(call, to)} button="Add the passkey">
              <p>
                A passkey lives on your phone, computer or security key. With it you sign in by face, finger
                or PIN, without waiting for a message.
              </p>
              <TextField
                name="name"
                label="What do you call this device?"
                hint="So that you know it in your list, for example: my phone."
                value={call.fields.name}
                errors={errors}
              />
              <NoScript other={back} />
            </Form>
          </Ask>
        ) : (
          <NoName />
        ),
      },
      {
        ...(errors.length > 0 ? { errors } : {}),
        ...(asked ? { cookies: [cookie.set(asked.secret, 600)] } : {}),
      },
    )
  }
}

const hiddenFor = (call: Call, to: string) => ({
  ...call.hidden,
  to,
  answer: '',
  problem: '',
  again: isAgain(call) ? 'yes' : '',
})

const isAgain = (call: Call) => call.url.searchParams.has('again') || call.fields.again === 'yes'

/** Whose passkey it must be: of whoever is signed in by half, or shows anew who they are. */
function whose(call: Call): Session | undefined {
  const session = call.anySession
  return session && (needsOwnFactor(session) || isAgain(call)) ? session : undefined
}

function Ask(props: { passkey: 'make' | 'use'; question: object; children: ReactNode }) {
  return (
    <div data-passkey={props.passkey} data-question={JSON.stringify(props.question)}>
      {props.children}
    </div>
  )
}

function NoScript({ other }: { other: string }) {
  return (
    <noscript>
      <p>
        Passkeys need JavaScript, and it is off in your browser. You can <a href={other}>do without one</a>.
      </p>
    </noscript>
  )
}

function NoName() {
  return (
    <>
      <p>Passkeys need an address with a name, and this one is only a number.</p>
      <ButtonLink href={paths.signIn()}>Use your e-mail instead</ButtonLink>
    </>
  )
}

/** By what the browser said; its words are made for programmers. */
function whyNot(problem: string | undefined): string {
  switch (problem) {
    case 'InvalidStateError':
      return 'This device has a passkey for your account already'
    case 'NotAllowedError':
    case 'AbortError':
      return 'Your device did not go on. Try again, or use another way'
    default:
      return 'That passkey did not work. Try again, or use another way'
  }
}
