import { type Owner, run } from './migration.ts'

/** A concern can be kept from its deletion while the law or an inquiry needs it (R59). */
export async function up(db: Owner): Promise<void> {
  await run(db, `alter table concern add column held_since date;`)
}
