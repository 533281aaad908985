import type { Owner } from './migration.ts'

/** E-mail both ways. */
export async function up(_db: Owner): Promise<void> {}
