import type { Owner } from './migration.ts'

/** Answers of calendars, Microsoft Teams, and sign-in by a hospital. */
export async function up(_db: Owner): Promise<void> {}
