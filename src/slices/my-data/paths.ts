const at = (slug: string, rest: string) => `/${slug}${rest}`

/** Typed addresses of this room. */
export const myDataPaths = {
  mine: (slug: string) => at(slug, '/account/my-data'),
  json: (slug: string) => at(slug, '/account/my-data/data.json'),
  archive: (slug: string) => at(slug, '/account/my-data/archive.zip'),
  looks: (slug: string) => at(slug, '/account/my-data/looks'),
  ask: (slug: string) => at(slug, '/account/my-data/ask'),
  wish: (slug: string, number: number) => at(slug, `/account/my-data/wishes/${number}`),
  record: (slug: string) => at(slug, '/team/personal-data'),
  recordCsv: (slug: string) => at(slug, '/team/personal-data/record.csv'),
  wishes: (slug: string) => at(slug, '/team/data-wishes'),
  newWish: (slug: string) => at(slug, '/team/data-wishes/new'),
  teamWish: (slug: string, number: number, rest = '') => at(slug, `/team/data-wishes/${number}${rest}`),
}
