import { migrate } from '#platform/database/migrate.ts'
import { readSettings } from '#platform/settings.ts'
import { openDoors } from '#src/house-start.ts'
import { program } from '#src/program.ts'

/** `npm run migrate`: brings the schema to now. Each start does so too. */
await program(
  async closing => {
    const doors = await openDoors(readSettings(process.env))
    closing('database', () => doors.stop())
    const done = await migrate(doors.ownerUrl, doors.appPassword)
    console.log(done.length === 0 ? 'Nothing to do.' : `Done: ${done.join(', ')}`)
  },
  { stays: false },
)
