import { PgBoss } from 'pg-boss'
import type { House } from '../house.ts'
import type { Slice } from '../http/route.ts'
import { errorFacts } from '../log.ts'
import { deliverWaiting } from './deliver.ts'
import { runDue } from './due.ts'
import type { Senders } from './senders.ts'

export interface Queue {
  /** Something waits to be sent: soon, by whichever worker is free. Never throws; the sweep finds it otherwise. */
  wake(): void
  depth(): Promise<Record<string, number>>
  stop(): Promise<void>
}

const deliver = 'deliver'
const due = 'due'
const jobs = 'jobs'

/** What waits in each slice, one after the other. */
async function runJobs(house: House, slices: readonly Slice[]): Promise<void> {
  for (const slice of slices) await slice.jobs?.(house)
}

/**
 * pg-boss in a schema of its own, with the owner's connection and never the product's role. Every minute a sweep
 * finds what a crash left waiting; every ten minutes what the clock says is due.
 * @param work false only queues: the work is done by another process
 */
export async function openQueue(options: {
  ownerUrl: string
  house: House
  slices: readonly Slice[]
  senders: Senders
  work: boolean
  /** Before each piece of work: the demo's clock, which another process may have moved. */
  refresh?: (() => Promise<void>) | undefined
}): Promise<Queue> {
  const { house, slices, senders } = options
  const boss = new PgBoss({ connectionString: options.ownerUrl, schema: 'jobs', max: 4 })
  boss.on('error', error => house.log.warn(errorFacts(error), 'queue'))
  await boss.start()
  await boss.createQueue(deliver, { policy: 'short', retryLimit: 3, retryBackoff: true })
  await boss.createQueue(due, { policy: 'short', retryLimit: 3, retryBackoff: true })
  await boss.createQueue(jobs, { policy: 'short', retryLimit: 3, retryBackoff: true })
  if (options.work) {
    await boss.schedule(deliver, '* * * * *')
    await boss.schedule(jobs, '* * * * *')
    await boss.schedule(due, '*/10 * * * *', null, { tz: 'Europe/London' })
    await boss.work(deliver, { pollingIntervalSeconds: 1 }, async () => {
      await options.refresh?.()
      await deliverWaiting(house, senders)
    })
    // A queue of its own: a long paper must not hold up a message.
    await boss.work(jobs, { pollingIntervalSeconds: 1 }, async () => {
      await options.refresh?.()
      await runJobs(house, slices)
    })
    await boss.work(due, { pollingIntervalSeconds: 5 }, async () => {
      await options.refresh?.()
      await runDue(house, slices)
      await deliverWaiting(house, senders)
    })
  }
  const running = options.work ? slices.flatMap(slice => slice.runs?.(house) ?? []) : []
  let waking: NodeJS.Timeout | undefined
  return {
    wake() {
      // Many changes at once wake a worker once.
      if (waking) return
      waking = setTimeout(() => {
        waking = undefined
        for (const queue of [deliver, jobs]) {
          boss.send(queue, {}).catch(error => house.log.warn(errorFacts(error), 'queue'))
        }
      }, 100).unref()
    },
    async depth() {
      const queues = await boss.getQueues()
      return Object.fromEntries(queues.map(each => [each.name, Number(each.queuedCount ?? 0)]))
    },
    async stop() {
      clearTimeout(waking)
      await Promise.all(running.map(each => each.stop()))
      await boss.stop({ graceful: true, timeout: 10_000 })
    },
  }
}
