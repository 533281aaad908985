import { sql } from 'kysely'
import type { ClockSettings } from '#kernel/clocks.ts'
import type { Happened } from '#kernel/decision.ts'
import { appendAudit } from './audit.ts'
import { type Box, boxOf } from './box.ts'
import type { Entry } from './database/connect.ts'
import type { Instant, PlainDate, Tx } from './database/tables.ts'
import type { Files } from './files.ts'
import { type ByWhom, theService, writeHistory } from './history.ts'
import type { House } from './house.ts'
import { type Telling, tell } from './outbox.ts'
import type { Actor } from './permission.ts'
import { sealWith } from './seal.ts'
import type { MissingText } from './telling.ts'

/** What a change needs: a page's visit is one, so is the worker's turn, and the demo makes its own. */
export interface Doing {
  readonly tx: Tx
  readonly network: Entry
  /** Who acts; undefined for a visitor and for the clock. */
  readonly actor: Actor | undefined
  readonly now: Instant
  readonly today: PlainDate
  /** Today and the clocks that hold, for the pure steps. */
  readonly when: { readonly today: PlainDate; readonly clocks: ClockSettings }
  /** How the world reaches us: for links in messages and feeds. */
  readonly publicUrl: string
  readonly files: Files
  /** Writes history in this transaction, by whoever acts unless said otherwise. */
  happened(thing: { kind: string; id: number }, events: readonly Happened[], by?: ByWhom): Promise<void>
  /** Writes what people are told in this transaction; sent after it. */
  tell(...tellings: Telling[]): Promise<void>
  /** For openings and deeds that are logged on their own (R58); a route's own deed is logged without it. */
  audit(action: string, thingKind: string, thingId: string): Promise<void>
  /** A MAC for single-purpose links, keyed by purpose. */
  seal(purpose: string, text: string): string
  /** Tests and translators only: hears of each text that a message's language does not have. */
  readonly missing?: MissingText | undefined
  /** For what nobody may read in the database; its key is made from the house's secret and `salt`. */
  box(purpose: string, salt: string): Box
}

/** @param at another time than now: only the demo tells a past */
export function doingOf(
  house: House,
  tx: Tx,
  network: Entry,
  actor: Actor | undefined,
  at?: Instant,
  by: ByWhom = actor ? { personId: actor.personId, words: actor.name } : theService,
): Doing {
  const now = at ?? house.clock.now()
  const today = now.toZonedDateTimeISO('Europe/London').toPlainDate()
  const seal = sealWith(house.secret)
  return {
    tx,
    network,
    actor,
    now,
    today,
    when: { today, clocks: network.clocks },
    publicUrl: house.publicUrl(),
    files: house.files,
    happened: (thing, events, who) => writeHistory(tx, network.id, thing, events, who ?? by, now),
    tell: async (...tellings) => {
      await tell(
        tx,
        { publicUrl: house.publicUrl(), network, seal, missing: house.missingTexts },
        tellings,
        now,
      )
    },
    audit: (action, thingKind, thingId) =>
      appendAudit(tx, { at: now, personId: actor?.personId ?? null, action, thingKind, thingId }),
    seal,
    missing: house.missingTexts,
    box: (purpose, salt) => boxOf(house, purpose, salt),
  }
}

/** For what the database shows to one person only, done in their name: on leaving, and by the clock. */
export async function asPerson<T>(
  doing: Pick<Doing, 'tx' | 'today'>,
  personId: number,
  work: () => Promise<T>,
): Promise<T> {
  const before = await sql<{ person: string | null; today: string | null }>`
    select current_setting('app.person', true) as person, current_setting('app.today', true) as today,
      set_config('app.person', ${String(personId)}, true), set_config('app.today', ${doing.today.toString()}, true)`.execute(
    doing.tx,
  )
  try {
    return await work()
  } finally {
    const { person, today } = before.rows[0]!
    await sql`select set_config('app.person', ${person ?? ''}, true), set_config('app.today', ${today ?? ''}, true)`.execute(
      doing.tx,
    )
  }
}
