export const apiPaths = {
  page: (slug: string) => `/${slug}/api`,
  document: (slug: string) => `/${slug}/api/openapi.json`,
  tokens: (slug: string) => `/${slug}/account/tokens`,
  newToken: (slug: string) => `/${slug}/account/tokens/new`,
  endToken: (slug: string, id: number | string) => `/${slug}/account/tokens/${id}/end`,
  webhooks: (slug: string) => `/${slug}/team/webhooks`,
  newWebhook: (slug: string) => `/${slug}/team/webhooks/new`,
  webhook: (slug: string, id: number | string) => `/${slug}/team/webhooks/${id}`,
  ofWebhook: (slug: string, id: number | string, step: 'try' | 'switch' | 'remove') =>
    `/${slug}/team/webhooks/${id}/${step}`,
}
