import { sql } from 'kysely'
import { z } from 'zod'
import { CodeField, EmailField, Form, InsetText } from '#design/index.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { emailAddress, text } from '#platform/form/fields.ts'
import type { House } from '#platform/house.ts'
import { type AnyRoute, errors, form, type Visit } from '#platform/http/route.ts'
import { aPerson } from '#platform/permission.ts'
import { ownRow, type Person } from './contact.tsx'
import { placesOf, writeEmail } from './letters.ts'
import {
  type Asked,
  codeLasts,
  identifierOf,
  keepWaiting,
  look,
  newCode,
  tryCode,
  waitingForCode,
} from './one-time.ts'
import { signInPaths as paths } from './paths.ts'

const emailFields = z.object({ email: emailAddress('Enter your new e-mail address') })
const codeFields = z.object({ code: text('Enter the code from the message', { max: 40, name: 'The code' }) })

/** A new address for signing in and for messages: proven by a code before it counts. */
export function newEmailRoutes(house: House): AnyRoute[] {
  const identifierFor = (visit: Visit<Person>) =>
    identifierOf('new-email', `${visit.network.id} ${visit.me.personId}`)
  const back = { href: paths.account, text: 'Your account' }
  return [
    form<typeof emailFields, Person>('/:network/account/email', {
      who: aPerson,
      audit: 'new-email-asked',
      load: ownRow,
      limit: { name: 'new-email', uses: 5, minutes: 15 },
      fields: emailFields,
      screen: (visit, { values, errors: wrong }) => ({
        title: 'Your new e-mail address',
        back,
        body: (
          <Form hidden={visit.hidden} button="Send me a code">
            <p>We send a code there, so that we know it is yours.</p>
            <EmailField name="email" label="E-mail address" errors={wrong} value={values.email} />
          </Form>
        ),
      }),
      async submit(visit, { email }) {
        const [identifier, code] = [identifierFor(visit), newCode()]
        await visit.tx.deleteFrom('verification').where('identifier', '=', identifier).execute()
        await keepWaiting(visit.tx, [waitingForCode(house, identifier, code, { email, to: '' })])
        await writeEmail(visit.tx, house, visit.me.personId, email, {
          key: `new-email:${visit.me.personId}:${visit.hidden._key}`,
          kind: 'sign-in',
          subject: 'your new e-mail address',
          paragraphs: [
            `Your code is ${theirs(code)}`,
            `Type it where you asked for it, within ${codeLasts.minutes} minutes. If you did not ask, leave this message alone.`,
          ],
        })
        return { to: paths.emailCode(visit.network.slug) }
      },
    }),
    form<typeof codeFields, Person>('/:network/account/email/code', {
      who: aPerson,
      audit: 'email-changed',
      load: ownRow,
      guardsVersion: false,
      limit: { name: 'new-email-code', uses: 20, minutes: 15 },
      fields: codeFields,
      async screen(visit, { errors: wrong }) {
        const asked = await look<Asked>(visit.tx, identifierFor(visit))
        return {
          title: 'Check your e-mail',
          back: { href: paths.email(visit.network.slug), text: 'Use another address' },
          body: (
            <Form hidden={visit.hidden} button="Use this address">
              {asked ? (
                <p>
                  We sent a code to <strong dir="ltr">{asked.email}</strong>.
                </p>
              ) : (
                <p>No code is waiting. Go back and ask for a new one.</p>
              )}
              {visit.demo && (
                <InsetText>
                  This is a demonstration: <a href="/demo/outbox">read the message here</a>.
                </InsetText>
              )}
              <CodeField
                name="code"
                label="Six-digit code"
                hint={`It works for ${codeLasts.minutes} minutes and once. You have ${codeLasts.tries} tries.`}
                errors={wrong}
              />
            </Form>
          ),
        }
      },
      async submit(visit, { code }) {
        const answer = await tryCode(house, identifierFor(visit), code)
        if (answer.is === 'gone') {
          return errors({
            field: 'code',
            message: 'That code no longer works. Go back and ask for a new one',
          })
        }
        if (answer.is === 'wrong') {
          return errors({ field: 'code', message: `That is not the code. Tries left: ${answer.triesLeft}` })
        }
        const taken = await change(house, visit, visit.thing, answer.asked.email)
        return taken ? errors({ message: taken }) : { to: paths.account }
      },
    }),
  ]
}

/** @returns why not, once the address is proven: before, nobody learns whether it is somebody's */
async function change(
  house: House,
  visit: Visit<Person>,
  person: Person,
  email: string,
): Promise<string | undefined> {
  const { tx } = visit
  const someoneElse = 'Somebody else is known by that address. Ring us, and we will put it right'
  const other = await sql<{ taken: boolean }>`
    select exists (select 1 from account where lower(email) = lower(${email}) and id <> ${person.account_id})
        or exists (select 1 from person where lower(email) = lower(${email}) and id <> ${person.id}) as taken`.execute(
    tx,
  )
  if (other.rows[0]?.taken || !person.account_id) return someoneElse
  const account = await tx
    .selectFrom('account')
    .select('email')
    .where('id', '=', person.account_id)
    .executeTakeFirstOrThrow()
  const now = house.clock.now()
  await tx
    .updateTable('account')
    .set({ email: email.toLowerCase(), email_verified: true })
    .where('id', '=', person.account_id)
    .execute()
  await tx.updateTable('person').set({ email }).where('id', '=', person.id).execute()
  await writeEmail(tx, house, person.id, account.email, {
    key: `email-changed:${person.id}:${now.toString()}`,
    kind: 'account-changed',
    subject: 'how you sign in was changed',
    paragraphs: [
      'From now on another e-mail address is used to sign in and for messages.',
      'If this was you, there is nothing to do. If it was not, ring us at once.',
    ],
  })
  // Networks that know the same person by the old address.
  for (const place of await placesOf(house, person.account_id)) {
    if (place.network_id === visit.network.id) continue
    await house.database.network(place.network_id, elsewhere =>
      elsewhere
        .updateTable('person')
        .set({ email })
        .where('id', '=', place.person_id)
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('person as other')
                .select('other.id')
                .where(sql`lower(other.email)`, '=', email.toLowerCase()),
            ),
          ),
        )
        .where(sql`lower(email)`, '=', account.email.toLowerCase())
        .execute(),
    )
  }
  return undefined
}
