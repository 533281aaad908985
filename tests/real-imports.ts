import type { TestHouse } from './house.ts'

/** A table that was checked, and a mail from before. */
export async function realImports(
  house: TestHouse,
  slug: string,
): Promise<Record<string, Record<string, string>[]>> {
  const run = await house.owner.query<{ id: number }>(
    `insert into import_run (network_id, kind, file_name, rows, many, by_person_id, made_at)
     select n.id, 'groups', 'groups.csv', '[{"Name": "Ultrasound Group", "Kind": "sig"}]', 1, min(p.id), now()
     from network n join person p on p.network_id = n.id where n.slug = $1 group by n.id returning id`,
    [slug],
  )
  const mail = await house.owner.query<{ id: number }>(
    `insert into past_mail (network_id, sha256, sender, receivers, subject, words, brought_in_at, brought_in_by_person_id)
     select n.id, 'none', 'Ann <ann@example.org>', 'network@example.org', 'The letters', 'They are small.', now(), min(p.id)
     from network n join person p on p.network_id = n.id where n.slug = $1 group by n.id returning id`,
    [slug],
  )
  return {
    '/:network/team/import/runs/:run': [{ run: String(run.rows[0]!.id) }],
    '/:network/team/import/:kind': [{ kind: 'people' }],
    '/:network/team/past-mail/:mail': [{ mail: String(mail.rows[0]!.id) }],
  }
}
