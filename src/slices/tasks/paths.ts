/** Typed addresses; `reference` is 'T-9'. */
const at = (slug: string, rest = '') => `/${slug}/tasks${rest}`

export const taskPaths = {
  list: (slug: string) => at(slug),
  csv: (slug: string) => at(slug, '/tasks.csv'),
  new: (slug: string) => at(slug, '/new'),
  load: (slug: string) => at(slug, '/who-was-asked'),
  one: (slug: string, reference: string) => at(slug, `/${reference}`),
  do: (slug: string, reference: string, step: TaskStep) => at(slug, `/${reference}/${step}`),
  thank: (slug: string, reference: string, person: number) => at(slug, `/${reference}/thank/${person}`),
  asSaid: (slug: string, reference: string, person: number) => at(slug, `/${reference}/as-said/${person}`),
}

export type TaskStep = 'yes' | 'no' | 'step-back' | 'done' | 'ask' | 'end'
