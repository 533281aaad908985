import { sql } from 'kysely'
import { question } from '#platform/database/questions.ts'
import type { Slice } from '#platform/http/route.ts'
import { anyone, theTeam } from '#platform/permission.ts'
import { webhookJobs } from './calls.ts'
import { listRoutes } from './lists.ts'
import { descriptionRoute } from './page.tsx'
import { apiPaths } from './paths.ts'
import { tokenRoutes } from './tokens.tsx'
import { webhookRoutes } from './webhooks.tsx'

/**
 * The open interface: what each room lets programs read, with its own document, and calls to other services.
 * @param others the rooms that have lists
 */
export function api(others: readonly Slice[]): Slice {
  return {
    name: 'api',
    routes: [descriptionRoute(others), ...listRoutes(others), ...tokenRoutes, ...webhookRoutes],
    jobs: webhookJobs,
    doors: [
      {
        in: 'network',
        text: 'For programs',
        hint: 'What is public here, as JSON',
        path: apiPaths.page,
        who: anyone,
        order: 90,
      },
      {
        in: 'team',
        under: 'The network',
        text: 'For programs',
        hint: 'Tokens, and who is told what happened',
        path: apiPaths.page,
        who: theTeam,
        order: 190,
      },
    ],
    held: personId => [
      question(tokensHeld(personId), rows => ({
        title: 'Tokens for programs',
        note: 'The tokens themselves are not kept, only a mark by which we know them again.',
        rows: rows.map(each => ({
          Name: each.name,
          'May read': each.may,
          Made: each.made,
          Ends: each.ends,
          'Last used': each.used,
        })),
      })),
    ],
    leaving: {
      says: personId =>
        question(tokensHeld(personId), rows => ({
          goes: rows.length === 0 ? [] : ['Your tokens for programs: they stop at once'],
        })),
      leave: async (doing, personId) => {
        await doing.tx.deleteFrom('api_token').where('person_id', '=', personId).execute()
      },
    },
  }
}

const tokensHeld = (personId: number) =>
  sql<{ name: string; may: string; made: string; ends: string; used: string | null }>`
    select name, array_to_string(scopes, ', ') as may, made_at::date::text as made, ends_on::text as ends,
      used_on::text as used from api_token where person_id = ${personId} order by id limit 1000`
