const at = (slug: string, rest = '') => `/${slug}/agreements${rest}`
const team = (slug: string, rest = '') => `/${slug}/team/agreements${rest}`

/** Typed addresses. */
export const agreementPaths = {
  mine: (slug: string) => at(slug),
  one: (slug: string, agreement: string) => at(slug, `/${agreement}`),
  version: (slug: string, agreement: string, number: number) => at(slug, `/${agreement}/versions/${number}`),
  answer: (slug: string, agreement: string) => at(slug, `/${agreement}/answer`),
  team: (slug: string) => team(slug),
  new: (slug: string) => team(slug, '/new'),
  defaults: (slug: string) => team(slug, '/ready-made'),
  change: (slug: string, agreement: string) => team(slug, `/${agreement}/new-version`),
  rules: (slug: string, agreement: string) => team(slug, `/${agreement}/who`),
  people: (slug: string, agreement: string) => team(slug, `/${agreement}`),
  of: (slug: string, person: number) => team(slug, `/of/${person}`),
}
