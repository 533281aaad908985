import { sql } from 'kysely'
import type { House } from '#platform/house.ts'
import { errorFacts } from '#platform/log.ts'
import { auditAccount } from '#slices/sign-in/index.ts'
import { connectedWith } from './connection.ts'
import { confirmed, openTokens, sealTokens } from './links.ts'
import { askAgain, troubleOf } from './provider.ts'

/** Asked from half an hour on, so that a provider that is down for some minutes signs nobody out. */
const askAfterMinutes = 30
const tryAgainAfterMinutes = 5
const mostAtOnce = 200

interface Claimed {
  id: string
  account_id: string
  elsewhere_tokens: string | null
  slug: string
  subject: string
}

/**
 * Asks each provider whether those who are signed in with it are still there, where it lets us ask without them. Who
 * cannot be asked about so is asked by way of their browser after an hour (`Visitor` 'to-check').
 */
export async function recheck(house: House): Promise<void> {
  for (let n = 0; n < mostAtOnce; n++) {
    const session = await claim(house)
    if (!session) return
    await ask(house, session)
  }
}

/** One session at a time, and no other worker asks about it now: some providers take a token that is used twice as stolen. */
async function claim(house: House): Promise<Claimed | undefined> {
  const now = house.sessions.now()
  const found = await sql<Claimed>`
    update session s set elsewhere_tried_at = ${now}
    from sign_in_method m join network n on n.id = m.of_network
    where m.id = s.elsewhere_id and s.id = (
      select id from session
      where elsewhere_id is not null and elsewhere_tokens is not null and elsewhere_tokens <> ''
        and elsewhere_checked_at < ${now.subtract({ minutes: askAfterMinutes })}
        and elsewhere_checked_at > ${now.subtract({ minutes: 60 })}
        -- Whoever has gone away is asked when they are back.
        and seen_at > elsewhere_checked_at
        and (elsewhere_tried_at is null or elsewhere_tried_at < ${now.subtract({ minutes: tryAgainAfterMinutes })})
      order by elsewhere_checked_at limit 1 for update skip locked)
    returning s.id, s.account_id, s.elsewhere_tokens, n.slug, m.provider_account_id as subject`.execute(
    house.database.pool,
  )
  return found.rows[0]
}

async function ask(house: House, session: Claimed): Promise<void> {
  const tokens = openTokens(house, session.elsewhere_tokens)
  if (!tokens?.refreshToken) return
  const connected = await connectedWith(house, session.slug)
  if (!connected) return await end(house, session)
  try {
    const said = await askAgain(house, connected.settings, tokens.refreshToken)
    if (said.subject !== undefined && said.subject !== session.subject) return await end(house, session)
    await confirmed(house, session.id, sealTokens(house, { ...tokens, ...said.tokens }))
  } catch (error) {
    const trouble = troubleOf(error)
    // What is wrong with the connection is no word on the person; within the hour their browser is asked.
    if (trouble === 'over') return await end(house, session)
    house.log.warn({ ...errorFacts(error), trouble }, 'hospital sign-in could not be asked')
  }
}

async function end(house: House, session: Claimed): Promise<void> {
  await house.sessions.end(session.id)
  await auditAccount(house, session.account_id, 'signed-out-by-hospital')
}
