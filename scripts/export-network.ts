import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { exportNetwork } from '#platform/archive/index.ts'
import { storeFor } from '#platform/files.ts'
import { readSettings } from '#platform/settings.ts'
import { openDoors, StartError } from '#src/house-start.ts'
import { program } from '#src/program.ts'

/** `npm run export-network -- wmin wmin.zip`: everything of a network in one archive. */
await program(
  async closing => {
    const [slug, path] = process.argv.slice(2)
    if (!slug || !path)
      throw new StartError('Say which network, and where to: npm run export-network -- wmin wmin.zip')
    const settings = readSettings(process.env)
    const doors = await openDoors(settings)
    const owner = new pg.Client({ connectionString: doors.ownerUrl })
    await owner.connect()
    closing('database', async () => {
      await owner.end()
      await doors.stop()
    })
    const store = storeFor(settings.filesUrl, join(settings.dataDir, 'files'))
    // Never over a file that is there.
    const open = () => createWriteStream(path, { mode: 0o600, flags: 'wx' })
    const made = await exportNetwork(owner, store, slug, open, new Date().toISOString())
    if (!made) throw new StartError(`There is no network ${slug}.`)
    const rows = made.tables.reduce((sum, each) => sum + each.rows, 0)
    console.log(`${made.network.name}: ${rows} lines of ${made.tables.length} kinds, in ${path}.`)
  },
  { stays: false },
)
