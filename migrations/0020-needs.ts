import type { Owner } from './migration.ts'

/** Support needs, preferences, and what is said by phone or post. */
export async function up(_db: Owner): Promise<void> {}
