import { Temporal } from 'temporal-polyfill'
import { openDatabase } from '#platform/database/connect.ts'
import { doingOf } from '#platform/doing.ts'
import type { House } from '#platform/house.ts'
import { castBallot, loadMotion } from '#slices/votes/index.ts'

// A process of its own that takes ballots, one line for each that is in, until it is killed (BOARD-15).

const { DATABASE_URL = '', SLUG = '', MOTION = '', BALLOTS = '[]', SECRET = '', NOW = '' } = process.env
const now = Temporal.Instant.from(NOW)
const database = openDatabase(DATABASE_URL, { connections: 8 })
// What a step asks of the house, and no more.
const house = {
  database,
  secret: SECRET,
  clock: { now: () => now },
  publicUrl: () => 'http://loop.test',
} as unknown as House

const ballots = JSON.parse(BALLOTS) as [number, string][]
const day = now.toZonedDateTimeISO('Europe/London').toPlainDate()
const lane = async () => {
  for (let next = ballots.shift(); next; next = ballots.shift()) {
    const [personId, choice] = next
    const done = await database.enter({ slug: SLUG, accountId: undefined, today: day }, async (tx, entry) => {
      const doing = doingOf(house, tx, entry!, undefined)
      const motion = await loadMotion(doing, Number(MOTION), 'motion', personId)
      return await castBallot(doing, motion!, personId, [choice])
    })
    process.stdout.write(done.accepted ? `in ${personId}\n` : `${done.sentence}\n`)
  }
}
process.stdout.write('Ready: to vote\n')
await Promise.all(Array.from({ length: 8 }, lane))
await database.close()
