import type { TestHouse } from './house.ts'

/** Something that a visitor told of a page. */
export async function realHelp(
  house: TestHouse,
  slug: string,
): Promise<Record<string, Record<string, string>[]>> {
  const made = await house.owner.query<{ id: number }>(
    `insert into page_problem (network_id, page, words, at, due_on)
     select id, '/home', 'The letters are too small.', now(), '2199-01-01' from network where slug = $1 returning id`,
    [slug],
  )
  return { '/:network/team/page-problems/:problem': [{ problem: String(made.rows[0]!.id) }] }
}
