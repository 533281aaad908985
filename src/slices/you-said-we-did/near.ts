import { sql } from 'kysely'
import { reference } from '#kernel/references.ts'
import { cleanText } from '#kernel/text/clean.ts'
import type { Instant, Tx } from '#platform/database/tables.ts'
import { publicationPaths } from './paths.ts'
import type { PublicOutcome } from './tables.ts'

/** A published view that resembles what somebody writes, of this or another network. */
export interface PublishedNear {
  readonly networkId: number
  readonly slug: string
  readonly networkName: string
  readonly reference: string
  readonly title: string
  readonly youSaid: string
  /** What came of it. */
  readonly weDid: string
  readonly outcome: PublicOutcome | null
  readonly publishedAt: Instant
  readonly href: string
  readonly likeness: number
}

/**
 * Published views of every network that resemble these words, the nearest first. Only published text leaves a
 * network by this door.
 * @param words what somebody writes, as long as it may be
 */
export async function publishedNear(tx: Tx, words: string, most = 5): Promise<PublishedNear[]> {
  const asked = cleanText(words)
  if (asked === '') return []
  const found = await sql<{
    network_id: number
    slug: string
    network_name: string
    number: number
    title: string
    you_said: string
    we_did: string
    outcome: PublicOutcome | null
    published_at: Instant
    likeness: number
  }>`select * from published_near(${asked}, ${most})`.execute(tx)
  return found.rows.map(row => ({
    networkId: row.network_id,
    slug: row.slug,
    networkName: row.network_name,
    reference: reference('C', row.number),
    title: row.title,
    youSaid: row.you_said,
    weDid: row.we_did,
    outcome: row.outcome,
    publishedAt: row.published_at,
    href: publicationPaths.one(row.slug, reference('C', row.number)),
    likeness: row.likeness,
  }))
}
