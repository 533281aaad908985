import type { Owner } from './migration.ts'

/** Help on each page, and what is wrong with one. */
export async function up(_db: Owner): Promise<void> {}
