/** Typed addresses; `reference` is 'C-1042'. */
export const publicationPaths = {
  list: (slug: string) => `/${slug}/you-said-we-did`,
  one: (slug: string, reference: string) => `/${slug}/you-said-we-did/${reference}`,
  atom: (slug: string) => `/${slug}/you-said-we-did/feed.atom`,
  json: (slug: string) => `/${slug}/you-said-we-did/feed.json`,
  csv: (slug: string) => `/${slug}/you-said-we-did.csv`,
  /** Where the team, or the group's chair, writes the text. */
  write: (slug: string, reference: string) => `/${slug}/contributions/${reference}/publish`,
  publish: (slug: string, reference: string) => `/${slug}/contributions/${reference}/publish/now`,
  takeDown: (slug: string, reference: string) => `/${slug}/contributions/${reference}/publish/take-down`,
  asSaid: (slug: string, reference: string) => `/${slug}/contributions/${reference}/publish/as-said`,
  /** Where a contributor says yes or no to it. */
  agree: (slug: string, reference: string) => `/${slug}/contributions/${reference}/publication`,
  takeBack: (slug: string, reference: string) => `/${slug}/contributions/${reference}/publication/take-back`,
  contribution: (slug: string, reference: string) => `/${slug}/contributions/${reference}`,
}
