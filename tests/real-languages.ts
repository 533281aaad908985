import type { TestHouse } from './house.ts'

/** A translation beside words of a volunteer, and beside a request of theirs: to correct, and to add another. */
export async function realLanguages(
  house: TestHouse,
  slug: string,
): Promise<Record<string, Record<string, string>[]>> {
  const ask = async <Row extends Record<string, unknown>>(sql: string, values: unknown[]) =>
    (await house.owner.query<Row>(sql, values)).rows[0]
  const volunteer = await ask<{ id: number; network: number }>(
    `select p.id, p.network_id as network from person p join network n on n.id = p.network_id
     where n.slug = $1 and p.demo_key in ('volunteer-1', 'other-volunteer')`,
    [slug],
  )
  const of = [volunteer!.network, volunteer!.id]
  const view = await ask<{ id: number; number: number }>(
    `select c.id, c.number from contribution c join contributor b on b.network_id = c.network_id and b.contribution_id = c.id
     where c.network_id = $1 and b.person_id = $2 and c.state not in ('closed', 'withdrawn') order by c.id limit 1`,
    of,
  )
  const request = await ask<{ id: number; number: number }>(
    `select id, number from chair_request where network_id = $1 and asker_person_id = $2
     and state not in ('closed', 'withdrawn') order by id limit 1`,
    of,
  )
  const beside = async (kind: string, thing: { id: number } | undefined, part: string) =>
    thing &&
    (await ask<{ id: number }>(
      `insert into translation (network_id, about_kind, about_id, part, of_person_id, language, language_from, words,
         translator_person_id, translator_name, translator_from, professional, by_person_id, at, of_words_hash)
       values ($1, $3, $4, $5, $2, 'cy', 'en', 'Geiriau.', null, 'Nia Sample', 'a neighbour', false, $2, $6, 'other words')
       returning id`,
      [...of, kind, thing.id, part, house.clock.now().toString()],
    ))
  const said = `said-${volunteer!.id}`
  const ofView = await beside('contribution', view, said)
  const ofRequest = await beside('chair-request', request, 'asked')
  const things = (letter: string, thing: { number: number } | undefined, more: Record<string, string>) =>
    thing ? [{ reference: `${letter}-${thing.number}`, ...more }] : []
  return {
    '/:network/contributions/:reference/translate/:part': things('C', view, { part: said }),
    '/:network/contributions/:reference/translations/:translation': things('C', view, {
      translation: String(ofView?.id),
    }),
    '/:network/contributions/:reference/translate': things('C', view, {}),
    '/:network/requests/:reference/translate/:part': things('R', request, { part: 'asked' }),
    '/:network/requests/:reference/translations/:translation': things('R', request, {
      translation: String(ofRequest?.id),
    }),
    '/:network/requests/:reference/translate': things('R', request, {}),
  }
}
