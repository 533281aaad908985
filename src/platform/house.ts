import type { Clock } from './clock.ts'
import type { Database } from './database/connect.ts'
import type { MailSettings } from './delivery/email.ts'
import type { Files } from './files.ts'
import type { FormTokens } from './form-token.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import type { Sessions } from './session.ts'
import type { MissingText } from './telling.ts'

/** What every corridor and worker stands on; made once at the start, handed down. */
export interface House {
  readonly mode: 'demo' | 'production'
  readonly database: Database
  readonly clock: Clock
  readonly sessions: Sessions
  readonly tokens: FormTokens
  readonly files: Files
  readonly log: Log
  readonly metrics: Metrics
  readonly secret: string
  /** The one before, still able to open what it sealed, while keys are changed (R75). */
  readonly secretBefore?: string | undefined
  readonly trustProxy: boolean
  readonly metricsToken: string | undefined
  /** The door for incoming e-mail; without a token it does not exist. */
  readonly mailInToken?: string | undefined
  readonly mailInServer?: string | undefined
  /** How e-mail goes out; undefined where none does: in a demo. */
  readonly mailOut?: MailSettings | undefined
  /** Tests only: addresses inside that may be told something, as if they were outside. */
  readonly alsoReaches?: ((address: string) => boolean) | undefined
  /** Tests and translators only: hears of each text that a page's or a message's language does not have, and lets it show. */
  readonly missingTexts?: MissingText | undefined
  /** Known once the port is. */
  readonly publicUrl: () => string
  /** Something was written that wants to be sent: called after its transaction. */
  readonly wakeWorker: () => void
}
