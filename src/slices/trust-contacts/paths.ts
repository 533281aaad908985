const at = (slug: string, rest = '') => `/${slug}/trusts${rest}`

export const trustPaths = {
  list: (slug: string) => at(slug),
  one: (slug: string, trust: string) => at(slug, `/${trust}`),
  volunteer: (slug: string, trust: string, person: number) => at(slug, `/${trust}/volunteers/${person}`),
  actions: (slug: string, trust: string) => at(slug, `/${trust}/actions`),
  thank: (slug: string, trust: string, action: string) => at(slug, `/${trust}/actions/${action}/thank`),
  mine: (slug: string) => `/${slug}/account/trust`,
  ofPerson: (slug: string, person: number) => `/${slug}/team/people/${person}/trust`,
  thanks: (slug: string) => `/${slug}/account/thanks`,
}
