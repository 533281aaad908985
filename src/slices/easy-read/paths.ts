/** Typed addresses of this room. */
export const easyReadPaths = {
  list: (slug: string) => `/${slug}/easy-read`,
  one: (slug: string, booklet: string) => `/${slug}/easy-read/${booklet}`,
}
