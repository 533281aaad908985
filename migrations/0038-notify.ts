import type { Owner } from './migration.ts'

export async function up(_db: Owner): Promise<void> {}
