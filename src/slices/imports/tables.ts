import type { ColumnType, Generated } from 'kysely'
import type { Instant } from '#platform/database/tables.ts'

declare module '#platform/database/tables.ts' {
  interface Tables {
    import_run: ImportRunTable
    import_item: ImportItemTable
    past_mail: PastMailTable
  }
}

export const importKinds = ['people', 'groups', 'meetings', 'actions', 'interests', 'views'] as const
export type ImportKind = (typeof importKinds)[number]

export interface ImportRunTable {
  network_id: number
  id: Generated<number>
  kind: ImportKind
  file_name: string
  state: Generated<'checked' | 'done' | 'undone'>
  rows: ColumnType<Readonly<Record<string, string>>[], string, string>
  many: number
  by_person_id: number
  made_at: Instant
  done_at: Generated<Instant | null>
  undone_at: Generated<Instant | null>
  version: Generated<number>
}

export type ImportedThing =
  | 'person'
  | 'membership'
  | 'network_group'
  | 'meeting'
  | 'action'
  | 'interest'
  | 'contribution'

export interface ImportItemTable {
  network_id: number
  id: Generated<number>
  import_id: number
  thing_kind: ImportedThing
  thing_id: number
}

export interface PastMailTable {
  network_id: number
  id: Generated<number>
  sha256: string
  sender: string
  receivers: string
  subject: string
  sent_at: Instant | null
  words: string
  brought_in_at: Instant
  brought_in_by_person_id: number
}
