import { sql } from 'kysely'
import { question } from '#platform/database/questions.ts'
import type { House } from '#platform/house.ts'
import type { Held, Leaving, Slice, WhatLeavingMeans } from '#platform/http/route.ts'
import { languageSettings } from '#platform/languages/offered.ts'
import { aPerson, theTeam } from '#platform/permission.ts'
import { type Digest, hourInWords, languages, readWishes } from '#platform/preferences.ts'
import { channelWords, preferenceRoutes } from './pages.tsx'
import { preferencePaths } from './paths.ts'
import { stopRoutes } from './stop.tsx'

export { beginsIn, changePreferences, loadPreferences } from './store.ts'

interface HeldRow {
  channels: unknown
  quiet_from: number | null
  quiet_until: number | null
  digest: Digest
  language: string
  easy_read: boolean
}

const held = (personId: number) =>
  question(
    sql<HeldRow>`select channels, quiet_from, quiet_until, digest, language, easy_read from preference
      where person_id = ${personId}`,
    (rows): Held => ({
      title: 'How and when we tell you things',
      rows: rows.map(row => ({
        ...Object.fromEntries(
          Object.entries(readWishes(row.channels)).map(([group, wish]) => [
            `For ${group}`,
            wish === 'off' ? 'Not sent' : channelWords[wish],
          ]),
        ),
        'Quiet hours':
          row.quiet_from === null || row.quiet_until === null
            ? null
            : `${hourInWords(row.quiet_from)} to ${hourInWords(row.quiet_until)}`,
        Reminders: row.digest,
        Language: languages[row.language] ?? row.language,
        'Easy read': row.easy_read,
      })),
    }),
  )

const leaving: Leaving = {
  says: personId =>
    question(
      sql<{ n: number }>`select count(*)::int as n from preference where person_id = ${personId}`,
      ([row]): WhatLeavingMeans => (row?.n ? { goes: ['How and when you want to be told'] } : {}),
    ),
  async leave({ tx }, personId) {
    await tx.deleteFrom('reminder_held').where('person_id', '=', personId).execute()
    await tx.deleteFrom('preference_link').where('person_id', '=', personId).execute()
    await tx.deleteFrom('preference').where('person_id', '=', personId).execute()
  },
}

/** How and when somebody wants to be told. `tell` in src/platform/outbox.ts is where it is done. */
export const preferences = (house: House): Slice => ({
  name: 'preferences',
  routes: [...preferenceRoutes, ...stopRoutes(house)],
  doors: [
    {
      in: 'account',
      text: 'How and when we tell you things',
      hint: 'A way for each kind of message, quiet hours, reminders once a day or week',
      path: slug => preferencePaths.mine(slug),
      who: aPerson,
      order: 10,
    },
  ],
  personDoors: [
    {
      text: 'How and when they want to be told',
      path: (slug, id) => preferencePaths.ofPerson(slug, id),
      who: theTeam,
      order: 20,
    },
  ],
  due: async ({ tx, today }) => {
    // Links end with a month, and are asked for their day whenever one is used: a week each month is enough.
    if (today.day > 7) return
    await tx.deleteFrom('preference_link').where('expires_on', '<', today).execute()
  },
  settings: languageSettings,
  held: personId => [held(personId)],
  leaving,
})
