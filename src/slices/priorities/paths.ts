const at = (slug: string, rest = '') => `/${slug}/priorities${rest}`

/** Typed addresses. A round and an idea by their id, a priority by its short name. */
export const priorityPaths = {
  list: (slug: string) => at(slug),
  how: (slug: string) => at(slug, '/how-we-choose'),
  one: (slug: string, priority: string) => at(slug, `/${priority}`),
  rounds: (slug: string) => at(slug, '/choosing'),
  newRound: (slug: string) => at(slug, '/choosing/new'),
  round: (slug: string, round: number) => at(slug, `/choosing/${round}`),
  do: (slug: string, round: number, step: 'propose' | 'rank' | 'adopt') =>
    at(slug, `/choosing/${round}/${step}`),
  idea: (slug: string, round: number, idea: number) => at(slug, `/choosing/${round}/ideas/${idea}`),
  ideaStep: (slug: string, round: number, idea: number, step: 'talk' | 'withdraw' | 'take-down') =>
    at(slug, `/choosing/${round}/ideas/${idea}/${step}`),
}
