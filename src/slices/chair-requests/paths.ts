/** Typed addresses; `reference` is 'R-77'. */
const at = (slug: string, rest = '') => `/${slug}/requests${rest}`

export const requestPaths = {
  list: (slug: string) => at(slug),
  new: (slug: string) => at(slug, '/new'),
  step: (slug: string, step: string) => at(slug, `/new/${step}`),
  onBehalf: (slug: string) => at(slug, '/on-behalf'),
  away: (slug: string) => at(slug, '/away'),
  one: (slug: string, reference: string) => at(slug, `/${reference}`),
  sent: (slug: string, reference: string) => at(slug, `/${reference}/sent`),
  do: (slug: string, reference: string, step: RequestStep) => at(slug, `/${reference}/${step}`),
  file: (slug: string, reference: string, file: number) => at(slug, `/${reference}/files/${file}`),
  library: (slug: string, group: string) => `/${slug}/groups/${group}/library`,
  entry: (slug: string, group: string, answer: number) => `/${slug}/groups/${group}/library/${answer}`,
  entryFile: (slug: string, group: string, answer: number, file: number) =>
    `/${slug}/groups/${group}/library/${answer}/files/${file}`,
}

export type RequestStep =
  | 'acknowledge'
  | 'ask'
  | 'reply'
  | 'answer'
  | 'verdict'
  | 'verdict-as-said'
  | 'library'
  | 'translate'
  | 'withdraw'
