import { z } from 'zod'
import { type ApiList, apiPath } from '#platform/api.ts'
import { type Answer, type AnyRoute, page, type Slice, type Visit } from '#platform/http/route.ts'
import { anyone } from '#platform/permission.ts'
import { openApiDocument } from './openapi.ts'
import { apiPaths } from './paths.ts'

export const listsOf = (slices: readonly Slice[]): readonly ApiList[] =>
  slices.flatMap(slice => slice.api ?? [])

/** One address for each list, and the document that describes them. */
export function listRoutes(slices: readonly Slice[]): AnyRoute[] {
  const lists = listsOf(slices)
  return [
    ...lists.map(list =>
      page(apiPath(':network', list.name), {
        who: list.who,
        audit: list.who === anyone ? 'nothing' : 'list-read-by-program',
        ...(list.scope ? { token: list.scope } : {}),
        limit: { name: 'api', uses: 600, minutes: 10 },
        handler: visit => answer(visit, list),
      }),
    ),
    page('/:network/api/openapi.json', {
      who: anyone,
      audit: 'nothing',
      handler: ({ network, publicUrl }) =>
        json(openApiDocument({ slug: network.slug, networkName: network.name, publicUrl, lists })),
    }),
  ]
}

async function answer(visit: Visit, list: ApiList): Promise<Answer> {
  const { items, next } = await list.read(visit, visit.query.get('after')?.slice(0, 60) || undefined)
  const here = visit.publicUrl + apiPath(visit.network.slug, list.name)
  return json({
    // What the schema does not name is left out: nothing is sent that the document does not tell of.
    items: z.array(list.item).parse(items),
    next: next === undefined ? null : `${here}?${new URLSearchParams({ after: next })}`,
  })
}

const json = (body: object): Answer => ({
  kind: 'text',
  type: 'application/json; charset=utf-8',
  body: JSON.stringify(body),
})

export { apiPaths }
