import type { Owner } from './migration.ts'

/** Tasks, projects, priorities and expenses. */
export async function up(_db: Owner): Promise<void> {}
