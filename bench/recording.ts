import { randomBytes } from 'node:crypto'

/** One page's SQL as it was sent, so that a bare route can send the same. */
export interface Recording {
  readonly path: string
  readonly statements: readonly { readonly sql: string; readonly parameters: readonly unknown[] }[]
}

/** Stands in a recorded parameter for a value that must be new in each request. */
export const freshMark = 'bench-fresh-key-000000000000'

export const freshKey = () => randomBytes(21).toString('base64url').slice(0, freshMark.length)
