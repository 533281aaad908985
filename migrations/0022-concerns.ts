import type { Owner } from './migration.ts'

/** Concerns, and endings by the network. */
export async function up(_db: Owner): Promise<void> {}
