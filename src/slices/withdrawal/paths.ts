const at = (slug: string, rest: string) => `/${slug}${rest}`

/** Typed addresses of this room. */
export const withdrawalPaths = {
  leave: (slug: string) => at(slug, '/account/leave'),
  check: (slug: string) => at(slug, '/account/leave/check'),
  stay: (slug: string) => at(slug, '/account/leave/stay'),
  sooner: (slug: string) => at(slug, '/account/leave/sooner'),
  rest: (slug: string) => at(slug, '/account/rest'),
  goodbye: (slug: string) => at(slug, '/goodbye'),
  list: (slug: string) => at(slug, '/team/leaving'),
  one: (slug: string, id: number) => at(slug, `/team/leaving/${id}`),
  forSomebody: (slug: string, person: number) => at(slug, `/team/people/${person}/withdraw`),
  checkForSomebody: (slug: string, person: number) => at(slug, `/team/people/${person}/withdraw/check`),
  restOfSomebody: (slug: string, person: number) => at(slug, `/team/people/${person}/rest`),
  before: (slug: string, person: number) => at(slug, `/team/people/${person}/here-before`),
}
