const at = (slug: string, rest = '') => `/${slug}/new-network${rest}`

/** Typed addresses of this room. */
export const newNetworkPaths = {
  start: (slug: string) => at(slug),
  step: (slug: string, step: Step) => at(slug, `/${step}`),
  made: (slug: string, made: string) => at(slug, `/made/${made}`),
}

/** In the order in which they are asked. */
export const steps = ['name', 'groups', 'trusts', 'people', 'check'] as const
export type Step = (typeof steps)[number]
