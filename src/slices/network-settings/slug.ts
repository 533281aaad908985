/** A name as a part of an address: "Royal Wolverhampton NHS Trust" → "royal-wolverhampton-nhs-trust". */
export function slugOf(name: string, otherwise: string): string {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 48)
    .replace(/^-+|-+$/g, '')
  return slug || otherwise
}

/** Words that an address of ours has in the same place. */
const ours = new Set(['new', 'import'])

/** The same, with a number where it is taken: "new-cross-2". */
export function freeSlug(name: string, otherwise: string, taken: ReadonlySet<string>): string {
  const slug = slugOf(name, otherwise)
  const isTaken = (given: string) => ours.has(given) || taken.has(given)
  if (!isTaken(slug)) return slug
  for (let n = 2; ; n += 1) if (!isTaken(`${slug}-${n}`)) return `${slug}-${n}`
}
