import type { ReactNode } from 'react'
import { CodeField, type FieldError, Form, InsetText, NotificationBanner } from '#design/index.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { realClock } from '#platform/clock.ts'
import type { House } from '#platform/house.ts'
import type { AskedForProof, OwnProof, SentOnTheWay } from '#platform/http/route.ts'
import { type Limit, minutesToWait } from '#platform/rate-limit.ts'
import type { Session } from '#platform/session.ts'
import { codeLasts, tryCode } from './one-time.ts'
import { identifierFor, sendCode, sendLimit, wrongAppCode } from './own-proof.tsx'
import { signInPaths as paths } from './paths.ts'
import { proofLimit } from './proving.tsx'
import { appCodeIsRight, factorsOf } from './second-factor.ts'

/**
 * A form was sent more than an hour after somebody last showed that it is them. What they typed stands in the page that
 * asks, and goes on its way with the proof: a concern or a ballot is written down nowhere for it.
 */
export function proofOnTheWay(house: House): OwnProof {
  return {
    async step(session, sent) {
      const { _proof: step, _proof_code: code = '', _proof_app: app = '' } = sent.proof
      const wrong = async (field: string, message: string) =>
        await ask(session, sent, step === 'code', [{ field, message }])
      switch (step) {
        case 'send': {
          const wait = await limited(session, sendLimit)
          if (wait > 0) return await tooMany(session, sent, wait)
          await sendCode(house, session)
          return await ask(session, sent, true)
        }
        case 'code': {
          const wait = await limited(session, proofLimit)
          if (wait > 0) return await tooMany(session, sent, wait)
          if (!code.trim()) return await wrong('_proof_code', 'Enter the code from the message')
          const answer = await tryCode(house, identifierFor(session), code)
          if (answer.is === 'gone') {
            return await wrong('_proof_code', 'That code no longer works. Ask for a new one below')
          }
          if (answer.is === 'wrong') {
            const left = `That is not the code from the newest message. Tries left: ${answer.triesLeft}`
            return await wrong('_proof_code', left)
          }
          await house.sessions.proven(session.id)
          return 'proven'
        }
        case 'app': {
          const wait = await limited(session, proofLimit)
          if (wait > 0) return await tooMany(session, sent, wait)
          if (!app.trim()) return await wrong('_proof_app', 'Enter the code from your app')
          const has = (await factorsOf(house, session.accountId)).app
          if (!has || !(await appCodeIsRight(house, session, app)))
            return await wrong('_proof_app', wrongAppCode)
          await house.sessions.proven(session.id, { secondFactor: true })
          return 'proven'
        }
        default:
          return await ask(session, sent, false)
      }
    },
  }

  function limited(session: Session, limit: Limit): Promise<number> {
    return minutesToWait(house, limit, session.accountId, realClock.now())
  }

  /** Also whoever has to wait loses nothing: the page stays, with what they typed in it. */
  async function tooMany(session: Session, sent: SentOnTheWay, wait: number): Promise<AskedForProof> {
    const minutes = wait === 1 ? '1 minute' : `${wait} minutes`
    return await ask(session, sent, true, [{ message: `That was too often. Try again in ${minutes}` }])
  }

  async function ask(
    session: Session,
    sent: SentOnTheWay,
    wasSent: boolean,
    errors: readonly FieldError[] = [],
  ): Promise<AskedForProof> {
    const { app, passkeys } = await factorsOf(house, session.accountId)
    const form = (step: string, button: string, children: ReactNode) => (
      <Form
        action={sent.action}
        hidden={{ _proof: step, ...(sent.hasFiles ? { _proof_files: 'yes' } : {}) }}
        button={button}
        keep={false}
      >
        {sent.words.map(([name, value], at) => (
          <input type="hidden" name={name} value={value} key={at} />
        ))}
        {children}
      </Form>
    )
    return {
      errors,
      screen: {
        title: 'Show that it is you',
        body: (
          <>
            <NotificationBanner>
              What you typed is not lost and not sent yet. It is sent as soon as you have shown that it is
              you.
            </NotificationBanner>
            <p>What you send is private, and it is more than an hour since we last asked.</p>
            {sent.hasFiles && <p>Files do not travel along: we ask you to choose yours again.</p>}
            {wasSent &&
              form(
                'code',
                'Continue and send',
                <>
                  <p>We have sent you an e-mail with a code.</p>
                  {house.mode === 'demo' && (
                    <InsetText>
                      This is a demonstration. Read the message at <strong>/demo/outbox</strong>, in another
                      tab.
                    </InsetText>
                  )}
                  <CodeField
                    name="_proof_code"
                    label="Six-digit code"
                    hint={`It works for ${codeLasts.minutes} minutes and once. You have ${codeLasts.tries} tries.`}
                    errors={errors}
                  />
                </>,
              )}
            {app &&
              form(
                'app',
                'Continue with the app and send',
                <CodeField
                  name="_proof_app"
                  label="Code from your authenticator app"
                  hint="Six digits. A new one comes every 30 seconds."
                  errors={errors}
                />,
              )}
            {form(
              'send',
              wasSent ? 'Send a new code' : 'Send me a code by e-mail',
              wasSent ? (
                <p>Nothing came? It can take a few minutes. Look in your junk mail too.</p>
              ) : (
                <p>We send six digits to the e-mail address that you sign in with.</p>
              ),
            )}
            {passkeys > 0 && (
              <p>
                Or use your passkey: open <strong>{theirs(paths.passkeyAgain(''))}</strong> of this site in
                another tab. Then come back to this page and press “
                {wasSent ? 'Send a new code' : 'Send me a code by e-mail'}”: no code is needed then.
              </p>
            )}
          </>
        ),
      },
    }
  }
}
