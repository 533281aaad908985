import { sql } from 'kysely'
import { question } from '#platform/database/questions.ts'
import type { Slice } from '#platform/http/route.ts'
import { numberSetting } from '#platform/network-settings.ts'
import { theTeam } from '#platform/permission.ts'
import { importRoutes } from './pages.tsx'
import { pastMailRoutes } from './past-mail.tsx'
import { importPaths } from './paths.ts'
import './tables.ts'

const mailMonths = numberSetting({
  name: 'past-mail-kept',
  title: 'How long mail from before is kept',
  usual: 24,
  least: 1,
  most: 240,
  unit: 'months',
})

/** Tables and mail that a network has from before (REACH-17). */
export const imports: Slice = {
  name: 'imports',
  routes: [...pastMailRoutes, ...importRoutes],
  doors: [
    {
      in: 'team',
      under: 'The network',
      text: 'Bring in what you have',
      hint: 'People, meetings, actions and mail, from a spreadsheet or a mailbox',
      path: importPaths.all,
      who: theTeam,
      order: 180,
    },
  ],
  // Mail from before is found by the team alone, by its words; who it is about cannot be told from it.
  kept: [
    {
      name: 'past-mail',
      title: 'Mail from before',
      source: 'Messages: 2 years (R59)',
      months: mailMonths,
      count: before =>
        question(
          sql<{ many: number }>`select count(*)::integer as many from past_mail
            where coalesce(sent_at, brought_in_at) < ${before.toString()}::date`,
          ([row]) => row?.many ?? 0,
        ),
      end: async (doing, before) => {
        const gone = await doing.tx
          .deleteFrom('past_mail')
          .where(sql<boolean>`coalesce(sent_at, brought_in_at) < ${before.toString()}::date`)
          .executeTakeFirst()
        return Number(gone.numDeletedRows)
      },
    },
  ],
  settings: [mailMonths],
}
