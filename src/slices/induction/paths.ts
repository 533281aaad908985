const at = (slug: string, rest = '') => `/${slug}/induction${rest}`
const team = (slug: string, rest = '') => `/${slug}/team/induction${rest}`

/** Typed addresses. */
export const inductionPaths = {
  mine: (slug: string) => at(slug),
  sessions: (slug: string) => at(slug, '/sessions'),
  session: (slug: string, session: number) => at(slug, `/sessions/${session}`),
  module: (slug: string, module: string) => at(slug, `/modules/${module}`),
  sign: (slug: string, module: string) => at(slug, `/modules/${module}/questions`),
  team: (slug: string) => team(slug),
  person: (slug: string, person: number) => team(slug, `/people/${person}`),
  modules: (slug: string) => team(slug, '/modules'),
  readyMade: (slug: string) => team(slug, '/modules/ready-made'),
  newModule: (slug: string) => team(slug, '/modules/new'),
  oneModule: (slug: string, module: string) => team(slug, `/modules/${module}`),
  changeModule: (slug: string, module: string) => team(slug, `/modules/${module}/text`),
  rules: (slug: string, module: string) => team(slug, `/modules/${module}/rules`),
  newSession: (slug: string) => team(slug, '/sessions/new'),
  whoCame: (slug: string, session: number) => team(slug, `/sessions/${session}`),
  cancelSession: (slug: string, session: number) => team(slug, `/sessions/${session}/cancel`),
}
