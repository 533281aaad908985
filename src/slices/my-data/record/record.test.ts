import { expect, test } from 'vitest'
import { openTestHouse } from '#tests/house.ts'
import { aNetwork } from '#tests/network.ts'
import { gaps, readRecord } from './record.ts'

test('PEOPLE-18 R10 every column of the database is in the list of personal data or in the other one', async () => {
  const { owner } = await openTestHouse()
  const real = await owner.query<{ table: string; columns: string[] }>(
    `select c.table_name as table, array_agg(c.column_name::text order by c.ordinal_position) as columns
     from information_schema.columns c join information_schema.tables b
       on b.table_schema = c.table_schema and b.table_name = c.table_name
     where c.table_schema = 'public' and b.table_type = 'BASE TABLE' group by 1 order by 1`,
  )
  expect(gaps(real.rows, readRecord())).toEqual([])
})

test('PEOPLE-18 R10 a column that nobody listed is named, with the line to add it to', () => {
  const record = readRecord()
  const real = record.map(each => ({ table: each.table, columns: [...each.personal, ...each.other] }))
  expect(gaps(real, record)).toEqual([])
  const more = [
    ...real.map(each =>
      each.table === 'person' ? { ...each, columns: [...each.columns, 'shoe_size'] } : each,
    ),
    { table: 'diary', columns: ['network_id', 'words'] },
  ]
  const said = gaps(more, record).join('\n')
  expect(said).toContain('line “person”: add shoe_size')
  expect(said).toContain('“diary: <columns with personal data, or -> | <the others>”')
  expect(gaps(real.slice(1), record)[0]).toContain('there is no such table')
})

test('PEOPLE-18 R10 a column that leads to a person counts as personal data', () => {
  const wrong = readRecord().flatMap(each =>
    each.other.filter(name => /(^|_)person_id$/.test(name)).map(name => `${each.table}.${name}`),
  )
  expect(wrong).toEqual([])
})

test('PEOPLE-18 R10 the team and the administrator take the record along; it holds no word of anybody', async () => {
  const network = await aNetwork()
  const { slug, director, administrator, volunteer, stranger } = network
  const page = await (await director.reads(`/${slug}/team/keeping`)).follow(
    'What we hold, why, and who reads it',
  )
  expect(page.text).toContain('To arrange what somebody needs to take part')
  expect(page.text).toContain('postal_address')
  const csv = await (await administrator.raw(`/${slug}/team/personal-data/record.csv`)).text()
  expect(csv.split('\r\n')[0]).toContain('"Table","Field","Purpose","Lawful basis","Kept","Readers"')
  expect(csv).toContain('"person","email",')
  expect(csv).not.toContain('example.org')
  for (const person of [volunteer, stranger])
    expect((await person.opens(`/${slug}/team/personal-data`)).status).toBe(404)
})
