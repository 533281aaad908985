import { z } from 'zod'
import { type ApiList, apiPath } from '#platform/api.ts'
import { webhookEvents } from './webhook.ts'

export interface Described {
  readonly slug: string
  readonly networkName: string
  readonly publicUrl: string
  readonly lists: readonly ApiList[]
}

const problem = {
  type: 'object',
  properties: { title: { type: 'string' }, status: { type: 'integer' }, detail: { type: 'string' } },
}
const inJson = (schema: object) => ({ 'application/json': { schema } })

/** OpenAPI 3.1, from the very schemas that read each line before it is sent (REACH-16). */
export function openApiDocument({ slug, networkName, publicUrl, lists }: Described): object {
  const paths = lists.map(list => [
    apiPath(slug, list.name),
    {
      get: {
        operationId: list.name,
        summary: list.title,
        description: list.about,
        ...(list.scope ? { security: [{ token: [list.scope] }] } : { security: [] }),
        parameters: [
          {
            name: 'after',
            in: 'query',
            description: 'Where the page before ended: the address in `next` has it already.',
            schema: { type: 'string', maxLength: 60 },
          },
        ],
        responses: {
          '200': {
            description: 'One page',
            content: inJson({
              type: 'object',
              required: ['items', 'next'],
              properties: {
                items: { type: 'array', items: { $ref: `#/components/schemas/${list.name}` } },
                next: {
                  type: ['string', 'null'],
                  description: 'The address of the following page; null: this was the last',
                },
              },
            }),
          },
          ...(list.scope
            ? { '404': { description: 'No token, one that has ended, or one without this scope' } }
            : {}),
          '429': { description: 'Too often: wait as long as `retry-after` says', content: inJson(problem) },
        },
      },
    },
  ])
  return {
    openapi: '3.1.0',
    info: {
      title: `${networkName}: user involvement`,
      version: '1',
      description:
        'What is public, and for the team what its people may read. Reading only: nothing is changed from here.',
    },
    servers: [{ url: publicUrl }],
    paths: Object.fromEntries(paths),
    webhooks: Object.fromEntries(
      webhookEvents.map(each => [
        each.name,
        {
          post: {
            summary: each.words,
            description:
              'Signed: `webhook-signature` holds `v1,` and the HMAC-SHA256 of `webhook-id.webhook-timestamp.body` in base64.',
            requestBody: { content: inJson({ $ref: '#/components/schemas/webhook' }) },
            responses: { '200': { description: 'Anything from 200 to 299 means that it arrived' } },
          },
        },
      ]),
    ),
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: {
        ...Object.fromEntries(lists.map(list => [list.name, schemaOf(list.item)])),
        webhook: schemaOf(webhookBody),
      },
    },
  }
}

/** What is sent to an address elsewhere: what happened to which thing, and nothing of its words. */
export const webhookBody = z.object({
  type: z.string().describe('What happened, such as contribution.closed'),
  timestamp: z.iso.datetime(),
  data: z.object({ reference: z.string(), url: z.url() }),
})

function schemaOf(item: z.ZodType): object {
  const { $schema: _, ...schema } = z.toJSONSchema(item, { target: 'draft-2020-12' })
  return schema
}
