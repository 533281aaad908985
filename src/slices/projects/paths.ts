/** Typed addresses; `project` is its short name. */
const at = (slug: string, rest = '') => `/${slug}/projects${rest}`

export const projectPaths = {
  list: (slug: string) => at(slug),
  new: (slug: string) => at(slug, '/new'),
  one: (slug: string, project: string) => at(slug, `/${project}`),
  do: (slug: string, project: string, step: ProjectStep) => at(slug, `/${project}/${step}`),
}

export type ProjectStep = 'stage' | 'people' | 'leave' | 'decision' | 'change' | 'about' | 'join'
