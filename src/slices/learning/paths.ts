const at = (slug: string, rest = '') => `/${slug}/learning${rest}`
const words = (slug: string, rest = '') => `/${slug}/words${rest}`
const team = (slug: string, rest = '') => `/${slug}/team/learning${rest}`
const teamWords = (slug: string, rest = '') => `/${slug}/team/words${rest}`

/** Typed addresses. */
export const learningPaths = {
  front: (slug: string) => at(slug),
  new: (slug: string) => at(slug, '/new'),
  one: (slug: string, wish: number) => at(slug, `/${wish}`),
  share: (slug: string, wish: number) => at(slug, `/${wish}/share`),
  withdraw: (slug: string, wish: number) => at(slug, `/${wish}/take-back`),
  team: (slug: string) => team(slug),
  onBehalf: (slug: string) => team(slug, '/on-behalf'),
  answer: (slug: string, wish: number) => team(slug, `/${wish}/answer`),
  session: (slug: string, wish: number) => team(slug, `/${wish}/session`),
  words: (slug: string) => words(slug),
  askWord: (slug: string) => words(slug, '/ask'),
  teamWords: (slug: string) => teamWords(slug),
  newWord: (slug: string) => teamWords(slug, '/new'),
  readyMade: (slug: string) => teamWords(slug, '/ready-made'),
  changeWord: (slug: string, word: number) => teamWords(slug, `/list/${word}`),
  wordWish: (slug: string, wish: number) => teamWords(slug, `/asked/${wish}`),
}
