const at = (slug: string, step = '') => `/${slug}/sign-in/elsewhere${step}`

export const elsewherePaths = {
  start: (slug: string, to = '') => at(slug) + (to ? `?to=${encodeURIComponent(to)}` : ''),
  back: (slug: string) => at(slug, '/back'),
  confirm: (slug: string) => at(slug, '/confirm'),
  connect: (slug: string) => at(slug, '/connect'),
  remove: (slug: string) => at(slug, '/remove'),
  signedOut: (slug: string) => at(slug, '/signed-out'),
  out: (slug: string) => at(slug, '/out'),
} as const
