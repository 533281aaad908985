import type { TestHouse } from './house.ts'

/** Concerns, and endings by the network. */
export async function realConcerns(
  house: TestHouse,
  slug: string,
): Promise<Record<string, Record<string, string>[]>> {
  const rows = async (query: string): Promise<Record<string, string>[]> => {
    const network = 'network_id = (select id from network where slug = $1)'
    return (await house.owner.query(query.replace('OURS', network), [slug])).rows
  }
  return {
    '/:network/concerns/:concern/files/:file': await rows(
      `select c.ref as concern, f.id::text as file from concern_file f
       join concern c on c.network_id = f.network_id and c.id = f.concern_id where f.OURS order by f.id limit 1`,
    ),
    // Some with a name and some without.
    '/:network/concerns/:concern': await rows(
      `(select ref as concern from concern where OURS order by id limit 3)`,
    ),
    '/:network/endings/:ending': await rows(
      'select id::text as ending from ending where OURS order by id limit 3',
    ),
    '/:network/team/people/:person/ending': await rows(
      `select person_id::text as person from membership where OURS and role = 'volunteer' and to_on is null order by id limit 1`,
    ),
    '/:network/concerns/ways/:way': await rows(
      'select id::text as way from speak_up_way where OURS order by id limit 1',
    ),
  }
}
