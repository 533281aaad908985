/** Typed addresses; `reference` is 'A-310'. */
const at = (slug: string, rest = '') => `/${slug}/actions${rest}`

export const actionPaths = {
  list: (slug: string) => at(slug),
  one: (slug: string, reference: string) => at(slug, `/${reference}`),
  do: (slug: string, reference: string, step: ActionStep) => at(slug, `/${reference}/${step}`),
  file: (slug: string, reference: string, file: number) => at(slug, `/${reference}/files/${file}`),
}

export type ActionStep = 'another-date' | 'answer-date' | 'defer' | 'done' | 'drop' | 'reassign'
