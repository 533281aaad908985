export const rolePaths = {
  list: (slug: string) => `/${slug}/roles`,
  one: (slug: string, role: string) => `/${slug}/roles/${role}`,
  register: (slug: string, role: string) => `/${slug}/register?role=${role}`,
  team: (slug: string) => `/${slug}/team/roles`,
  add: (slug: string) => `/${slug}/team/roles/new`,
  edit: (slug: string, role: string) => `/${slug}/team/roles/${role}`,
}
