const at = (slug: string, rest = '') => `/${slug}/buddies${rest}`
const ofTeam = (slug: string, rest = '') => `/${slug}/team/buddies${rest}`

export const buddyPaths = {
  mine: (slug: string) => at(slug),
  wish: (slug: string) => at(slug, '/wish'),
  noWish: (slug: string) => at(slug, '/no-wish'),
  one: (slug: string, pair: number) => at(slug, `/${pair}`),
  phone: (slug: string, pair: number) => at(slug, `/${pair}/phone`),
  end: (slug: string, pair: number) => at(slug, `/${pair}/end`),
  team: (slug: string) => ofTeam(slug),
  offer: (slug: string) => ofTeam(slug, '/offer'),
  recordWish: (slug: string) => ofTeam(slug, '/wish'),
  answer: (slug: string, pair: number) => ofTeam(slug, `/${pair}`),
}
