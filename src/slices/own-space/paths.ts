const at = (slug: string, rest = '') => `/${slug}/own-space${rest}`

export const spacePaths = {
  list: (slug: string) => at(slug),
  open: (slug: string) => at(slug, '/open'),
  one: (slug: string, space: number) => at(slug, `/${space}`),
  in: (slug: string, space: number, rest: string) => at(slug, `/${space}/${rest}`),
  topic: (slug: string, space: number, topic: number) => at(slug, `/${space}/topics/${topic}`),
}
