const at = (slug: string, rest: string) => `/${slug}/team/keeping${rest}`

/** Typed addresses of this room. */
export const retentionPaths = {
  list: (slug: string) => at(slug, ''),
  one: (slug: string, kept: string) => at(slug, `/${kept}`),
}
