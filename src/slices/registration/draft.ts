import { randomBytes } from 'node:crypto'
import type { Instant, Tx } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import type { Visit } from '#platform/http/route.ts'
import { hashOfToken } from '#platform/seal.ts'
import type { CookieName } from '#platform/session.ts'
import type { Answers } from './answers.ts'

/** A visitor has no account: a random token in a cookie leads back to what they wrote, on this device only. */
const draftCookie: CookieName = 'loop-registration'
const daysKept = 30

export interface Draft {
  readonly tokenHash: string
  readonly answers: Partial<Answers>
  readonly startedAt: Instant
}

export const newToken = (): string => randomBytes(24).toString('base64url')

export async function readDraft(visit: Visit): Promise<Draft | undefined> {
  const token = visit.cookie(draftCookie)
  if (!token || !/^[\w-]{32}$/.test(token)) return undefined
  const row = await visit.tx
    .selectFrom('application_draft')
    .select(['token_hash', 'answers', 'started_at'])
    .where('token_hash', '=', hashOfToken(token))
    .where('updated_at', '>', visit.now.subtract({ hours: 24 * daysKept }))
    .executeTakeFirst()
  return (
    row && {
      tokenHash: row.token_hash,
      answers: row.answers as Partial<Answers>,
      startedAt: row.started_at,
    }
  )
}

/** Keeps the answers so far. @returns the cookies for the reply */
export async function saveDraft(
  visit: Visit,
  draft: Draft | undefined,
  answers: Partial<Answers>,
): Promise<string[]> {
  if (draft) {
    await visit.tx
      .updateTable('application_draft')
      .set({ answers: JSON.stringify(answers), updated_at: visit.now })
      .where('token_hash', '=', draft.tokenHash)
      .execute()
    return []
  }
  const token = newToken()
  await visit.tx
    .insertInto('application_draft')
    .values({
      network_id: visit.network.id,
      token_hash: hashOfToken(token),
      answers: JSON.stringify(answers),
      started_at: visit.now,
      updated_at: visit.now,
    })
    .execute()
  return [cookie(visit, token, daysKept * 24 * 3600)]
}

export async function forgetDraft(visit: Visit, draft: Draft | undefined): Promise<string[]> {
  if (draft) {
    await visit.tx.deleteFrom('application_draft').where('token_hash', '=', draft.tokenHash).execute()
  }
  return [cookie(visit, '', 0)]
}

export async function forgetOldDrafts(tx: Tx, now: Instant): Promise<void> {
  await tx
    .deleteFrom('application_draft')
    .where('updated_at', '<', now.subtract({ hours: 24 * daysKept }))
    .execute()
}

function cookie(visit: Doing, value: string, seconds: number): string {
  const secure = visit.publicUrl.startsWith('https:') ? '; Secure' : ''
  return `${draftCookie}=${value}; Path=/${visit.network.slug}/register; HttpOnly; SameSite=Lax; Max-Age=${seconds}${secure}`
}
