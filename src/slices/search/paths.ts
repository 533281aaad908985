export const searchPaths = {
  search: (slug: string) => `/${slug}/search`,
}
