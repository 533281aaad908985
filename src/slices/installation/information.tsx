import { LinkList } from '#design/index.ts'
import type { House } from '#platform/house.ts'
import { type AnyRoute, plain } from '#platform/http/route.ts'
import { anyone } from '#platform/permission.ts'
import { informationPages, networkPaths } from '#slices/networks/index.ts'

/** What the footer links to where no network is chosen yet. */
export function informationRoutes(house: House): AnyRoute[] {
  return [
    ...informationPages.map(each =>
      plain('GET', `/${each.at}`, {
        who: anyone,
        audit: 'nothing',
        handler: ({ page }) => page(each.screen({})),
      }),
    ),
    plain('GET', '/data-protection-complaint', {
      who: anyone,
      audit: 'nothing',
      async handler({ page }) {
        const networks = await house.database.pool
          .selectFrom('network')
          .select(['slug', 'name'])
          .orderBy('name')
          .execute()
        return page({
          title: 'Complain about how we use your data',
          back: { href: '/', text: 'Back to the start' },
          body: (
            <>
              <p>Each network answers for the data that it keeps. Which one is it about?</p>
              <LinkList
                links={networks.map(each => ({ href: networkPaths.complain(each.slug), text: each.name }))}
              />
              <p>
                You can also go to the Information Commissioner’s Office (ICO):{' '}
                <a href="https://ico.org.uk/make-a-complaint">ico.org.uk</a> or{' '}
                <a href="tel:03031231113">0303 123 1113</a>.
              </p>
            </>
          ),
        })
      },
    }),
  ]
}
