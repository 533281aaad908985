import type { Owner } from './migration.ts'

/** The team’s week, settings and new networks. */
export async function up(_db: Owner): Promise<void> {}
