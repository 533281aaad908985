const at = (slug: string, rest = '') => `/${slug}/messages${rest}`

export const messagePaths = {
  list: (slug: string) => at(slug),
  new: (slug: string) => at(slug, '/new'),
  onBehalf: (slug: string) => at(slug, '/on-behalf'),
  onBehalfOf: (slug: string, person: number) => at(slug, `/on-behalf?person=${person}`),
  toPerson: (slug: string, person: number) => at(slug, `/to/${person}`),
  one: (slug: string, thread: number) => at(slug, `/${thread}`),
  said: (slug: string, thread: number) => at(slug, `/${thread}/said`),
  enough: (slug: string, thread: number) => at(slug, `/${thread}/enough`),
}
