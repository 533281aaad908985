import type { Owner } from './migration.ts'

/** Tables from elsewhere. */
export async function up(_db: Owner): Promise<void> {}
