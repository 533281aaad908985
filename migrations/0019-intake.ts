import type { Owner } from './migration.ts'

/** How people come in: one pipeline, roles on offer, equality monitoring, where voices come from. */
export async function up(_db: Owner): Promise<void> {}
