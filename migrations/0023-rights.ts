import type { Owner } from './migration.ts'

/** Withdrawal, a time of rest, data rights and retention. */
export async function up(_db: Owner): Promise<void> {}
