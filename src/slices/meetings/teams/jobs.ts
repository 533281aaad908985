import { connectionOf } from '#platform/connections.ts'
import { type Doing, doingOf } from '#platform/doing.ts'
import type { House } from '#platform/house.ts'
import { invite } from '../correspondence/invite.ts'
import { reach, type TeamsSettings, teamsKind } from './connection.ts'
import { ask, nextTask, noteResult } from './links.ts'
import { nextReport, noteReport } from './reports.ts'
import { wantLinks } from './want.ts'

/** So many calls for one network in one turn; the next turn is a minute later. */
const mostInATurn = 50

/**
 * Makes, moves and deletes meetings in Teams, and reads who was there. What is to be done follows from the database; each
 * call is made outside a transaction, and harmless when it is made twice.
 */
export async function teamsJobs(house: House): Promise<void> {
  const networks = await house.database.pool.selectFrom('network').select('slug').orderBy('id').execute()
  const today = house.clock.today()
  for (const { slug } of networks) {
    const inNetwork = <T>(work: (doing: Doing) => Promise<T>) =>
      house.database.enter({ slug, accountId: undefined, today }, async (tx, entry) => {
        if (!entry) throw new Error(`no network ${slug}`)
        return await work(doingOf(house, tx, entry, undefined))
      })
    const settings = await inNetwork(async doing =>
      connectionOf<TeamsSettings>(house, doing.tx, doing.network.id, teamsKind),
    )
    const graph = settings && reach(house, settings)
    if (!graph) continue
    await inNetwork(wantLinks)
    for (let calls = 0; calls < mostInATurn; calls++) {
      const task = await inNetwork(nextTask)
      if (!task) break
      const got = await ask(graph, task)
      await inNetwork(doing => noteResult(doing, task, got))
    }
    for (let calls = 0; calls < mostInATurn; calls++) {
      const task = await inNetwork(nextReport)
      if (!task) break
      const got = await graph.attendance(task.teamsId)
      await inNetwork(doing => noteReport(doing, task, got))
    }
    await inNetwork(doing => invite(doing))
    house.wakeWorker()
  }
}
