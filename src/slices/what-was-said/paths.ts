const at = (slug: string, rest = '') => `/${slug}/team/said${rest}`

/** Typed addresses of this room. */
export const saidPaths = {
  list: (slug: string) => at(slug),
  find: (slug: string) => at(slug, '/find'),
  ofPerson: (slug: string, personId: number) => at(slug, `/of/${personId}`),
  ofNobody: (slug: string) => at(slug, '/of-somebody-new'),
  note: (slug: string, id: number) => at(slug, `/${id}`),
  who: (slug: string, id: number) => at(slug, `/${id}/who`),
  done: (slug: string, id: number) => at(slug, `/${id}/done`),
}
