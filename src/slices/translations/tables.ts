import type { Generated } from 'kysely'
import type { Instant } from '#platform/database/tables.ts'

/** What can have a translation beside it. Never a concern: of that there is no trace. */
export type AboutKind = 'contribution' | 'chair-request'

declare module '#platform/database/tables.ts' {
  interface Tables {
    translation: TranslationTable
    translation_before: TranslationBeforeTable
  }
}

interface Wording {
  network_id: number
  language_from: string
  words: string
  /** A person of this network; or else a name, and where they are from. */
  translator_person_id: number | null
  translator_name: string
  translator_from: string
  professional: boolean
  /** Who put it there. */
  by_person_id: number
  at: Instant
}

interface TranslationTable extends Wording {
  id: Generated<number>
  about_kind: AboutKind
  about_id: number
  /** Which text of it: 'said-12', 'feedback-3'. */
  part: string
  /** Whose words they are; null: an answer of the network. */
  of_person_id: number | null
  language: string
  /** By it one sees that the original was changed since. */
  of_words_hash: string
  version: Generated<number>
  search: Generated<string>
}

/** What a corrected translation said before. It goes with the translation. */
interface TranslationBeforeTable extends Wording {
  id: Generated<number>
  translation_id: number
}
