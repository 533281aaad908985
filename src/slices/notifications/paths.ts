export const notificationPaths = {
  list: (slug: string) => `/${slug}/account/notifications`,
  remove: (slug: string, device: number) => `/${slug}/account/notifications/${device}/remove`,
  test: (slug: string, device: number) => `/${slug}/account/notifications/${device}/test`,
  manifest: (slug: string) => `/${slug}/manifest.webmanifest`,
} as const
