export const byEmailPaths = {
  confirm: (slug: string, token: string) => `/${slug}/by-e-mail/${token}`,
}
