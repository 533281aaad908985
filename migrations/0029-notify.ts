import type { Owner } from './migration.ts'

/** GOV.UK Notify, text messages and letters. */
export async function up(_db: Owner): Promise<void> {}
