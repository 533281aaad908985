import { sql } from 'kysely'
import { question } from '#platform/database/questions.ts'
import type { House } from '#platform/house.ts'
import type { Slice } from '#platform/http/route.ts'
import { aPerson } from '#platform/permission.ts'
import { hashOfToken } from '#platform/seal.ts'
import { manifestRoutes } from './manifest.ts'
import { deviceRoutes } from './pages.tsx'
import { notificationPaths } from './paths.ts'
import { tellDevices } from './send.ts'
import './tables.ts'

export { addDevice } from './devices.ts'

interface HeldRow {
  name: string
  added: string
  told: string | null
  ends: boolean
}

const devicesHeld = (personId: number) =>
  sql<HeldRow>`select name, added_at::date::text as added, told_at::date::text as told, ends
    from push_device where person_id = ${personId} order by id limit 100`

/**
 * Pages that can stand beside a device's other apps, and devices that show that something waits.
 * @param others all rooms: what needs somebody is counted as their home page counts it
 */
export function notifications(house: House, others: () => readonly Slice[]): Slice {
  return {
    name: 'notifications',
    routes: [...manifestRoutes, ...deviceRoutes(house)],
    jobs: async its => {
      await tellDevices(its, others())
    },
    signsOut: async request => {
      const token = house.sessions.cookie('device').read(request)?.split('.')[1]
      if (token) await sql`select forget_device(${hashOfToken(token)})`.execute(house.database.pool)
    },
    doors: [
      {
        in: 'account',
        text: 'Notifications on your devices',
        hint: 'A phone or computer that shows you at once that there is something new',
        path: notificationPaths.list,
        who: aPerson,
        order: 12,
      },
    ],
    held: personId => [
      question(devicesHeld(personId), rows => ({
        title: 'Devices that tell you',
        note: 'Where a device is reached is locked, and is of no use to anybody else. So it is left out here.',
        rows: rows.map(each => ({
          Device: each.name,
          Added: each.added,
          'Last told': each.told,
          'Ends when you sign out': each.ends,
        })),
      })),
    ],
    leaving: {
      says: personId =>
        question(devicesHeld(personId), rows => ({
          goes: rows.length === 0 ? [] : ['Your devices that tell you: they are told nothing more'],
        })),
      leave: async ({ tx }, personId) => {
        await tx.deleteFrom('push_device').where('person_id', '=', personId).execute()
      },
    },
  }
}
