export const promisePaths = {
  promises: (slug: string) => `/${slug}/promises`,
}
