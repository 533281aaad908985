import type { Owner } from './migration.ts'

/** Languages. */
export async function up(_db: Owner): Promise<void> {}
