import { Form } from '#design/index.ts'
import { doingOf } from '#platform/doing.ts'
import type { House } from '#platform/house.ts'
import { type Call, type PlainRoute, plain } from '#platform/http/route.ts'
import { rule } from '#platform/permission.ts'
import { canBeOff, hashOfTypedToken, type MessageGroup, messageGroups } from '#platform/preferences.ts'
import { preferencePaths } from './paths.ts'
import { changePreferences, loadPreferences, type Preferences } from './store.ts'

const path = '/stop/:network/:group/:token'
const limit = { name: 'preference-link', uses: 60, minutes: 15 }

/**
 * The button of mail programs that stops one kind of message (RFC 8058). A program presses it: without a session, without a
 * form of ours. So a GET changes nothing, and the address is the key to this one thing.
 */
export function stopRoutes(house: House): PlainRoute[] {
  const common = {
    who: rule('whoever has the link in the message', () => true),
    withoutSession: true,
    limit,
  } as const
  return [
    plain('GET', path, {
      ...common,
      audit: 'nothing',
      handler: call =>
        stopping(call, async () =>
          call.page({
            title: 'Stop reminders by e-mail?',
            body: (
              <Form action={call.url.pathname} hidden={call.hidden} button="Stop reminders">
                <p>Your home page still shows what waits for you. All other messages still come.</p>
              </Form>
            ),
          }),
        ),
    }),
    plain('POST', path, {
      ...common,
      audit: 'preferences-changed-by-link',
      withoutToken: true,
      handler: call =>
        stopping(call, async (found, stop) => {
          await stop()
          return call.page({
            title: 'Reminders are stopped',
            body: (
              <>
                <p>We send you no more reminders. Your home page still shows what waits for you.</p>
                <p>
                  Everything else still comes as before: answers to you, meetings, and what we ask of you.
                </p>
                <p>
                  Did you not mean to? You can{' '}
                  <a href={preferencePaths.byLink(found.slug, found.token, 'ways')}>
                    have them again, or choose another way
                  </a>
                  .
                </p>
              </>
            ),
          })
        }),
    }),
  ]

  async function stopping(
    call: Call,
    work: (found: { slug: string; token: string }, stop: () => Promise<void>) => Promise<Response>,
  ): Promise<Response> {
    const [slug = '', group = '', token = ''] = call.url.pathname.split('/').slice(2).map(decoded)
    const known = messageGroups.find(
      (each): each is MessageGroup & 'reminders' => each === group && canBeOff(each),
    )
    if (!known) return call.missing()
    return await house.database.enter(
      { slug, accountId: undefined, today: house.clock.today() },
      async (tx, entry) => {
        if (!entry) return call.missing()
        const doing = doingOf(house, tx, entry, undefined)
        const link = await tx
          .selectFrom('preference_link')
          .select('person_id')
          .where('token_hash', '=', hashOfTypedToken(token))
          .where('expires_on', '>=', doing.today)
          .executeTakeFirst()
        const before: Preferences | undefined =
          link && (await loadPreferences(tx, link.person_id, { forChange: call.request.method === 'POST' }))
        if (!before) return call.missing()
        return await work({ slug, token }, async () => {
          // Pressed twice, or once by a program and once by a person.
          if (before.wishes[known] === 'off') return
          await changePreferences(doing, before, { wishes: { ...before.wishes, [known]: 'off' } }, 'link')
          await doing.audit('preferences-changed-by-link', 'person', String(before.personId))
        })
      },
    )
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return ''
  }
}
