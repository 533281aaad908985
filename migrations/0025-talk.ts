import type { Owner } from './migration.ts'

/** Messages, buddies, the volunteers’ own space and Trust contacts. */
export async function up(_db: Owner): Promise<void> {}
