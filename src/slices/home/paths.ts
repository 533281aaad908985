export const homePaths = {
  home: (slug: string) => `/${slug}/home`,
}
