const at = (slug: string, rest = '') => `/${slug}/team/settings${rest}`

/** Typed addresses of this room. */
export const settingsPaths = {
  all: (slug: string) => at(slug),
  clocks: (slug: string) => at(slug, '/clocks'),
  changes: (slug: string) => at(slug, '/changes'),
  name: (slug: string) => at(slug, '/name'),
  choices: (slug: string) => at(slug, '/choices'),
  choice: (slug: string, name: string) => at(slug, `/choices/${encodeURIComponent(name)}`),
  texts: (slug: string) => at(slug, '/texts'),
  text: (slug: string, name: string) => at(slug, `/texts/${name}`),
  groups: (slug: string) => at(slug, '/groups'),
  newGroup: (slug: string) => at(slug, '/groups/new'),
  group: (slug: string, group: string) => at(slug, `/groups/${group}`),
  places: (slug: string) => at(slug, '/trusts'),
  newTrust: (slug: string) => at(slug, '/trusts/new'),
  import: (slug: string) => at(slug, '/trusts/import'),
  importCheck: (slug: string) => at(slug, '/trusts/import/check'),
  trust: (slug: string, trust: string) => at(slug, `/trusts/${trust}`),
  merge: (slug: string, trust: string) => at(slug, `/trusts/${trust}/merge`),
  newSite: (slug: string, trust: string) => at(slug, `/trusts/${trust}/hospitals/new`),
  site: (slug: string, trust: string, site: string) => at(slug, `/trusts/${trust}/hospitals/${site}`),
}
