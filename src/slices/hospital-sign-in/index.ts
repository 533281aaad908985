import { sql } from 'kysely'
import { question } from '#platform/database/questions.ts'
import type { House } from '#platform/house.ts'
import type { Slice } from '#platform/http/route.ts'
import { comingBackRoutes } from './coming-back.tsx'
import { connection } from './connection.ts'
import { unlink } from './links.ts'
import { recheck } from './recheck.ts'
import { signingOutRoutes } from './signing-out.tsx'

const linkedHere = (personId: number) =>
  sql<{ made: string; where: string }>`
    select m.created_at::date::text as made, m.provider_id as where from sign_in_method m
    join person p on p.account_id = m.account_id and p.network_id = m.of_network where p.id = ${personId}`

/** Signing in with the account that one has at a hospital: one more way in, for networks that connect it. */
export function hospitalSignIn(house: House): Slice {
  return {
    name: 'hospital-sign-in',
    routes: [...comingBackRoutes(house), ...signingOutRoutes(house)],
    connections: [connection],
    jobs: recheck,
    held: personId => [
      question(linkedHere(personId), rows => ({
        title: 'Sign-in at your hospital',
        note: 'The number by which it knows you is kept, too. Whoever has it cannot sign in with it.',
        rows: rows.map(each => ({ 'Connected on': each.made, With: each.where })),
      })),
    ],
    leaving: {
      says: personId =>
        question(linkedHere(personId), rows => ({
          goes: rows.length === 0 ? [] : ['The connection with your sign-in at work'],
        })),
      async leave({ tx, network }, personId) {
        const person = await tx
          .selectFrom('person')
          .select('account_id')
          .where('id', '=', personId)
          .executeTakeFirst()
        if (person?.account_id) await unlink(tx, network.id, person.account_id)
      },
    },
  }
}

export { hospitalWays } from './on-the-pages.tsx'
