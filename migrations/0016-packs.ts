import { type Owner, run } from './migration.ts'

/** A pack knows what goes into it: the job that makes it does not work out again who may read what. */
export async function up(db: Owner): Promise<void> {
  await run(db, `alter table pack add column given jsonb not null default '{}'`)
}
