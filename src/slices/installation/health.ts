import { sql } from 'kysely'
import { knownMigrations } from '#platform/database/migrate.ts'
import type { House } from '#platform/house.ts'
import { type AnyRoute, plain } from '#platform/http/route.ts'
import { anyone } from '#platform/permission.ts'

/** What operators ask: alive, ready, numbers. */
export function healthRoutes(house: House): AnyRoute[] {
  const text = (words: string, status = 200) =>
    new Response(`${words}\n`, {
      status,
      headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
    })
  return [
    plain('GET', '/healthz', {
      who: anyone,
      audit: 'nothing',
      withoutSession: true,
      handler: () => text('alive'),
    }),
    plain('GET', '/readyz', {
      who: anyone,
      audit: 'nothing',
      withoutSession: true,
      async handler() {
        try {
          const rows = await sql<{ name: string }>`select name from migration`.execute(house.database.pool)
          const there = new Set(rows.rows.map(row => row.name))
          const wanting = knownMigrations.filter(name => !there.has(name))
          return wanting.length === 0
            ? text('ready')
            : text(`waiting for migrations: ${wanting.join(', ')}`, 503)
        } catch {
          return text('the database does not answer', 503)
        }
      },
    }),
    plain('GET', '/metrics', {
      who: anyone,
      audit: 'nothing',
      withoutSession: true,
      async handler({ request, missing }) {
        if (house.metricsToken && request.headers.get('authorization') !== `Bearer ${house.metricsToken}`)
          return missing()
        return new Response(await house.metrics.registry.metrics(), {
          headers: { 'content-type': house.metrics.registry.contentType, 'cache-control': 'no-store' },
        })
      },
    }),
  ]
}
