import { join } from 'node:path'
import pg from 'pg'
import { importNetwork } from '#platform/archive/index.ts'
import { migrate } from '#platform/database/migrate.ts'
import { storeFor } from '#platform/files.ts'
import { readSettings } from '#platform/settings.ts'
import { openDoors, StartError } from '#src/house-start.ts'
import { program } from '#src/program.ts'

/** `npm run import-network -- wmin.zip`: an archive into an empty installation, all of it or nothing. */
await program(
  async closing => {
    const [path] = process.argv.slice(2)
    if (!path) throw new StartError('Say which archive: npm run import-network -- wmin.zip')
    const settings = readSettings(process.env)
    const doors = await openDoors(settings)
    await migrate(doors.ownerUrl, doors.appPassword)
    const owner = new pg.Client({ connectionString: doors.ownerUrl })
    await owner.connect()
    closing('database', async () => {
      await owner.end()
      await doors.stop()
    })
    const store = storeFor(settings.filesUrl, join(settings.dataDir, 'files'))
    const done = await importNetwork(owner, store, path)
    if (!done.ok) throw new StartError(done.sentence)
    console.log(`${done.manifest.network.name} is here, as it was at ${done.manifest.madeAt}.`)
  },
  { stays: false },
)
