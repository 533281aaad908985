const at = (slug: string, rest = '') => `/${slug}/team/week${rest}`

/** Typed addresses of this room. */
export const weekPaths = {
  week: (slug: string, query?: URLSearchParams) => at(slug, query && query.size > 0 ? `?${query}` : ''),
  table: (slug: string, query?: URLSearchParams) =>
    at(slug, query && query.size > 0 ? `.csv?${query}` : '.csv'),
  handOver: (slug: string, personId?: number) =>
    at(slug, `/hand-over${personId === undefined ? '' : `?from=${personId}`}`),
  step: (slug: string, id: number) => at(slug, `/steps/${id}`),
  undo: (slug: string, id: number) => at(slug, `/steps/${id}/undo`),
}
