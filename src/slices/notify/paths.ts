export const notifyPaths = {
  texts: (slug: string) => `/${slug}/team/texts`,
  seenTo: (slug: string, id: number) => `/${slug}/team/texts/${id}/seen-to`,
  delivery: (slug: string) => `/notify/${slug}/delivery`,
  text: (slug: string) => `/notify/${slug}/text`,
}
