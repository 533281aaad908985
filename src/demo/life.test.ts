import { beforeAll, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '#tests/house.ts'
import { fillDemo } from './index.ts'

let it: TestHouse
let refusals: readonly string[]

beforeAll(async () => {
  it = await openTestHouse()
  const started = performance.now()
  refusals = await fillDemo(it.house, it.app.slices)
  console.log('filled in', Math.round(performance.now() - started), it.database.statements.count)
}, 60_000)

const rows = async <Row>(sql: string): Promise<Row[]> => (await it.owner.query(sql)).rows

test('HOUSE-11 the demo looks like six months of life', async () => {
  expect(refusals).toEqual([])
  console.log(
    await rows(
      'select network_id, state, count(*)::int, min(due_on)::text from contribution group by 1,2 order by 1,3',
    ),
  )
  console.log(await rows('select kind, state, channel, count(*)::int from message group by 1,2,3 order by 4'))
  console.log(await rows('select state, count(*)::int from action group by 1'))
})
