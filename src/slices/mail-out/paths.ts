export const mailOutPaths = {
  list: (slug: string) => `/${slug}/team/came-back`,
  one: (slug: string, personId: number) => `/${slug}/team/came-back/${personId}`,
  mine: (slug: string) => `/${slug}/account/came-back`,
}
