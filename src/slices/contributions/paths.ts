/** Typed addresses; `reference` is 'C-1042'. */
const at = (slug: string, rest = '') => `/${slug}/contributions${rest}`

export const contributionPaths = {
  list: (slug: string) => at(slug),
  new: (slug: string) => at(slug, '/new'),
  step: (slug: string, step: string) => at(slug, `/new/${step}`),
  onBehalf: (slug: string) => at(slug, '/on-behalf'),
  one: (slug: string, reference: string) => at(slug, `/${reference}`),
  /** A step of the thread: acknowledge, ask, consider, feedback, verdict … */
  do: (slug: string, reference: string, step: string) => at(slug, `/${reference}/${step}`),
  file: (slug: string, reference: string, file: number) => at(slug, `/${reference}/files/${file}`),
  receipt: (slug: string) => `/${slug}/receipt`,
  verdictLink: (slug: string, token: string) => `/${slug}/verdict/${token}`,
}
