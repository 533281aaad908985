export const equalityPaths = {
  answer: (slug: string) => `/${slug}/equality`,
  thanks: (slug: string) => `/${slug}/equality/thanks`,
  who: (slug: string) => `/${slug}/who-we-hear-from`,
  figures: (slug: string) => `/${slug}/team/equality/figures`,
  example: (slug: string) => `/${slug}/team/equality/figures.csv`,
}
