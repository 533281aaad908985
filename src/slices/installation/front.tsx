import { LinkList } from '#design/index.ts'
import type { House } from '#platform/house.ts'
import { type AnyRoute, plain } from '#platform/http/route.ts'
import { anyone } from '#platform/permission.ts'

/** `/`: the installation's networks, or straight to the only one. */
export function frontRoutes(house: House): AnyRoute[] {
  return [
    plain('GET', '/', {
      who: anyone,
      audit: 'nothing',
      async handler({ page, go }) {
        const networks = await house.database.pool
          .selectFrom('network')
          .select(['slug', 'name'])
          .orderBy('name')
          .execute()
        if (networks.length === 1) return go(`/${networks[0]!.slug}`)
        return page({
          title: 'Have your say in NHS networks',
          body: (
            <>
              <p>
                Members of the public help to run these networks. Say something once, watch it travel, and you
                decide when it is closed.
              </p>
              {networks.length > 0 ? (
                <LinkList links={networks.map(each => ({ href: `/${each.slug}`, text: each.name }))} />
              ) : (
                <p>There is no network here yet.</p>
              )}
            </>
          ),
        })
      },
    }),
  ]
}
