import { type Owner, run } from './migration.ts'

/** A message in the reader's language has its English beside it: the team must be able to read what was told. */
export async function up(db: Owner): Promise<void> {
  await run(db, `alter table message add column english jsonb;`)
}
