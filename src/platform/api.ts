import type { z } from 'zod'
import type { Visit } from './http/route.ts'
import type { Rule } from './permission.ts'

/** What a token may be given: never more than its person may read. */
export const apiScopes = ['contributions:read', 'actions:read', 'requests:read'] as const
export type ApiScope = (typeof apiScopes)[number]

/**
 * One list of the open interface, at `/:network/api/v1/<name>`. Its address, its page for people and its part of the
 * OpenAPI document are all made from this.
 */
export interface ApiList {
  readonly name: string
  readonly title: string
  readonly about: string
  readonly who: Rule<undefined>
  /** For lists that are not for anyone. */
  readonly scope?: ApiScope
  /** The shape of one line. What it does not name is not sent. */
  readonly item: z.ZodObject
  /** @param after the `next` of the page before; anything else counts as the beginning */
  read(visit: Visit, after: string | undefined): Promise<ApiPage>
}

export interface ApiPage {
  readonly items: readonly Readonly<Record<string, unknown>>[]
  /** Where the following page begins; undefined: this was the last. */
  readonly next?: string | undefined
}

export const apiPath = (slug: string, name: string): string => `/${slug}/api/v1/${name}`
