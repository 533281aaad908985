import type { Owner } from './migration.ts'

/** Induction, learning, the word list, agreements, and the rest of the register of interests. */
export async function up(_db: Owner): Promise<void> {}
