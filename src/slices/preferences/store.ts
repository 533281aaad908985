import { sql } from 'kysely'
import { happened } from '#kernel/decision.ts'
import type { Channel, Tx } from '#platform/database/tables.ts'
import { textsStopped } from '#platform/delivery/troubled.ts'
import type { Doing } from '#platform/doing.ts'
import type { PageLanguage } from '#platform/languages/words.ts'
import { type ChannelWishes, type Digest, readWishes } from '#platform/preferences.ts'
import { needArose, needWent } from '#slices/support-needs/index.ts'

export interface Preferences {
  readonly personId: number
  readonly name: string
  readonly usual: Channel
  /** Which ways we could use: there is an address for them. */
  readonly reaches: readonly Channel[]
  readonly wishes: ChannelWishes
  readonly quietFrom: number | null
  readonly quietUntil: number | null
  readonly digest: Digest
  readonly largePrint: boolean
  readonly easyRead: boolean
  readonly language: string
  readonly phone: string | null
  /** They answered STOP to a text message. */
  readonly textsStopped: boolean
  readonly version: number
}

/** How one person wants to be told; undefined for nobody of this network. */
export async function loadPreferences(
  tx: Tx,
  personId: number,
  how: { forChange: boolean },
): Promise<Preferences | undefined> {
  const row = await tx
    .selectFrom('person as p')
    .leftJoin('preference as w', join =>
      join.onRef('w.network_id', '=', 'p.network_id').onRef('w.person_id', '=', 'p.id'),
    )
    .select(['p.id', 'p.name', 'p.channel', 'p.email', 'p.phone', 'p.postal_address', 'p.large_print'])
    .select(['w.channels', 'w.quiet_from', 'w.quiet_until', 'w.digest', 'w.language', 'w.version'])
    .select([sql<boolean>`coalesce(w.easy_read, false)`.as('easy_read'), textsStopped.as('texts_stopped')])
    .where('p.id', '=', personId)
    .where('p.left_on', 'is', null)
    .$if(how.forChange, query => query.forUpdate('p'))
    .executeTakeFirst()
  if (!row) return undefined
  const reaches: Channel[] = [
    ...(row.email ? (['email'] as const) : []),
    ...(row.phone ? (['text', 'phone'] as const) : []),
    ...(row.postal_address ? (['post'] as const) : []),
  ]
  return {
    personId: row.id,
    name: row.name,
    usual: row.channel,
    reaches,
    wishes: readWishes(row.channels),
    quietFrom: row.quiet_from,
    quietUntil: row.quiet_until,
    digest: row.digest ?? 'as-it-comes',
    largePrint: row.large_print,
    easyRead: row.easy_read,
    language: row.language ?? 'en',
    phone: row.phone,
    textsStopped: row.texts_stopped,
    version: row.version ?? 0,
  }
}

const usual = { channels: '{}', digest: 'as-it-comes', easy_read: false, version: 1 } as const

/** Somebody new, who came to us on pages in that language. */
export async function beginsIn(doing: Doing, personId: number, language: PageLanguage): Promise<void> {
  await doing.tx
    .insertInto('preference')
    .values({ network_id: doing.network.id, person_id: personId, ...usual, language })
    .onConflict(on => on.columns(['network_id', 'person_id']).doNothing())
    .execute()
}

export type PreferenceChange = Partial<
  Pick<Preferences, 'wishes' | 'quietFrom' | 'quietUntil' | 'digest' | 'largePrint' | 'easyRead' | 'language'>
>

/**
 * From the next message on. What waits for a daily or weekly message goes out with the next one that is due.
 * @param how who did it, for the history: by the link in a message nobody has signed in
 */
export async function changePreferences(
  doing: Doing,
  before: Preferences,
  change: PreferenceChange,
  how: 'page' | 'link' | 'team',
): Promise<void> {
  const now = { ...before, ...change }
  const row = {
    channels: JSON.stringify(now.wishes),
    quiet_from: now.quietFrom,
    quiet_until: now.quietUntil,
    digest: now.digest,
    language: now.language,
    easy_read: now.easyRead,
    version: before.version + 1,
  }
  await doing.tx
    .insertInto('preference')
    .values({ network_id: doing.network.id, person_id: before.personId, ...row })
    .onConflict(on => on.columns(['network_id', 'person_id']).doUpdateSet(row))
    .execute()
  if (now.largePrint !== before.largePrint) {
    await doing.tx
      .updateTable('person')
      .set({ large_print: now.largePrint })
      .where('id', '=', before.personId)
      .execute()
  }
  // Large print and easy read are support needs, whichever page they are ticked on: to arrange them is a promise.
  for (const [option, is, was] of [
    ['large-print', now.largePrint, before.largePrint],
    ['easy-read', now.easyRead, before.easyRead],
  ] as const) {
    if (is && !was) await needArose(doing, before.personId, 'format', option)
    if (was && !is) await needWent(doing, before.personId, 'format', option)
  }
  await doing.happened(
    { kind: 'person', id: before.personId },
    [happened('preferences-changed', { how })],
    how === 'link' ? { personId: null, words: 'The link in a message' } : undefined,
  )
}
