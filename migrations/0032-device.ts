import type { Owner } from './migration.ts'

/** What a device keeps, and push messages. */
export async function up(_db: Owner): Promise<void> {}
