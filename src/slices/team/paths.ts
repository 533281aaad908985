const at = (slug: string, rest = '') => `/${slug}/team${rest}`

/** Typed addresses of this room. */
export const teamPaths = {
  front: (slug: string) => at(slug),
  messages: (slug: string, state?: string) => at(slug, `/messages${state ? `?state=${state}` : ''}`),
  message: (slug: string, id: number) => at(slug, `/messages/${id}`),
  tryAgain: (slug: string, id: number) => at(slug, `/messages/${id}/try-again`),
  letters: (slug: string) => at(slug, '/letters'),
  letter: (slug: string, id: number) => at(slug, `/letters/${id}`),
  letterPdf: (slug: string, id: number) => at(slug, `/letters/${id}/letter.pdf`),
  lettersPdf: (slug: string, day: string, ids: readonly number[], duplex = false) =>
    at(
      slug,
      `/letters/day/${day}/letters.pdf?${new URLSearchParams({ letters: ids.join(' '), ...(duplex ? { sides: 'two' } : {}) })}`,
    ),
  calls: (slug: string) => at(slug, '/calls'),
  call: (slug: string, id: number) => at(slug, `/calls/${id}`),
  people: (slug: string) => at(slug, '/people'),
  newPerson: (slug: string) => at(slug, '/people/new'),
  person: (slug: string, id: number) => at(slug, `/people/${id}`),
  ofPerson: (slug: string, id: number, rest: string) => at(slug, `/people/${id}/${rest}`),
  settings: (slug: string) => at(slug, '/settings/clocks'),
}
