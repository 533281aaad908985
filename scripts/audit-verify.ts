import { verifyAudit } from '#platform/audit.ts'
import { openDatabase } from '#platform/database/connect.ts'
import { readSettings } from '#platform/settings.ts'
import { openDoors } from '#src/house-start.ts'
import { program } from '#src/program.ts'

const why = {
  changed: 'was changed after it was written',
  removed: 'does not follow the entry before it: one was removed',
  'cut-off': 'is missing: the end was cut off',
}

/** `npm run audit:verify`: reads every network's chain again; the first broken entry of each is named. */
await program(
  async closing => {
    const doors = await openDoors(readSettings(process.env))
    // As the owner, who is not bound to one network.
    const owner = openDatabase(doors.ownerUrl, { connections: 1 })
    closing('database', async () => {
      await owner.close()
      await doors.stop()
    })
    const { checked, broken } = await verifyAudit(owner.pool)
    for (const each of broken) console.log(`${each.network}: entry ${each.seq} ${why[each.why]}.`)
    if (broken.length > 0) process.exitCode = 1
    else console.log(`All ${checked} entries are as they were written.`)
  },
  { stays: false },
)
