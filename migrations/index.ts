import * as house from './0001-house.ts'
import * as signIn from './0002-sign-in.ts'
import * as contributions from './0003-contributions.ts'
import type { Owner } from './migration.ts'

/** In order, forward only. A number never changes once released. */
export const migrations: Record<string, { up(db: Owner): Promise<void> }> = {
  '0001-house': house,
  '0002-sign-in': signIn,
  '0003-contributions': contributions,
}
