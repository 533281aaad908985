export const connectionPaths = {
  all: (slug: string) => `/${slug}/team/connections`,
  one: (slug: string, kind: string) => `/${slug}/team/connections/${kind}`,
  set: (slug: string, kind: string) => `/${slug}/team/connections/${kind}/set-up`,
  step: (slug: string, kind: string, step: 'try' | 'switch' | 'remove') =>
    `/${slug}/team/connections/${kind}/${step}`,
}
