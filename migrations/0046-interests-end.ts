import { appRole, type Owner, run } from './migration.ts'

/** An interest that has had its time is deleted (R22, R59). */
export async function up(db: Owner): Promise<void> {
  await run(db, `grant delete on interest to ${appRole};`)
}
