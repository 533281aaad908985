// First of all: React asks once, when it is first imported, whether somebody is developing.
import '#design/production.ts'

import { deliverWaiting } from '#platform/delivery/deliver.ts'
import { runDue } from '#platform/delivery/due.ts'
import { openQueue, type Queue } from '#platform/delivery/worker.ts'
import { openLog } from '#platform/log.ts'
import { readSettings } from '#platform/settings.ts'
import { openApp } from '#src/app.ts'
import { openHouse } from '#src/house-start.ts'
import { listen } from '#src/http-server.ts'
import { program } from '#src/program.ts'

await program(
  async closing => {
    const settings = readSettings(process.env)
    const log = openLog(settings.logLevel)
    const listening = await listen(settings)
    closing('requests', () => listening.close())
    const address =
      settings.publicUrl ??
      `http://${settings.host.includes(':') ? `[${settings.host}]` : settings.host}:${listening.port}`
    let queue: Queue | undefined
    const { house, doors, senders, demoClock, close } = await openHouse(settings, {
      log,
      publicUrl: () => address,
      wakeWorker: () => queue?.wake(),
    })
    closing('database', close)
    const app = openApp(
      house,
      demoClock && {
        clock: demoClock,
        runDay: async slices => {
          await runDue(house, slices)
          await deliverWaiting(house, senders)
        },
      },
    )
    if (settings.mode === 'demo') {
      const { fillDemo } = await import('#demo/index.ts')
      await fillDemo(house, app.slices)
    }
    queue = await openQueue({
      ownerUrl: doors.ownerUrl,
      house,
      slices: app.slices,
      senders,
      work: settings.workerHere,
      refresh: demoClock?.refresh,
    })
    const opened = queue
    closing('jobs', () => opened.stop())
    house.metrics.measure('queue_depth', 'Jobs that wait for a worker, by queue', 'queue', () =>
      opened.depth(),
    )
    listening.answerWith(app.http.fetch)
    console.log(`Ready: ${address}`)
  },
  { stays: true },
)
