// First of all: React asks once, when it is first imported, whether somebody is developing.
import '#design/production.ts'

import { openQueue } from '#platform/delivery/worker.ts'
import { openLog } from '#platform/log.ts'
import { readSettings } from '#platform/settings.ts'
import { openApp } from '#src/app.ts'
import { openHouse } from '#src/house-start.ts'
import { program } from '#src/program.ts'

/** `npm run worker`: sends what waits and does what is due, without pages. Any number may run. */
await program(
  async closing => {
    const settings = readSettings(process.env)
    const address =
      settings.publicUrl ??
      `http://${settings.host.includes(':') ? `[${settings.host}]` : settings.host}:${settings.port}`
    const { house, doors, senders, demoClock, close } = await openHouse(settings, {
      log: openLog(settings.logLevel),
      publicUrl: () => address,
      wakeWorker: () => {},
    })
    closing('database', close)
    const queue = await openQueue({
      ownerUrl: doors.ownerUrl,
      house,
      slices: openApp(house).slices,
      senders,
      work: true,
      refresh: demoClock?.refresh,
    })
    closing('jobs', () => queue.stop())
    console.log('Ready: working')
  },
  { stays: true },
)
