import { type Asset, assets, productName } from '#design/index.ts'
import { type AnyRoute, page, plain } from '#platform/http/route.ts'
import { anyone } from '#platform/permission.ts'

/** What a phone or computer needs to know to put a network's pages beside its other apps. */
export const manifestRoutes: readonly AnyRoute[] = [
  page('/:network/manifest.webmanifest', {
    who: anyone,
    audit: 'nothing',
    handler({ network }) {
      const { icons } = assets()
      const icon = (asset: Asset, size: number, purpose: 'any' | 'maskable') => ({
        src: asset.path,
        sizes: `${size}x${size}`,
        type: 'image/png',
        purpose,
      })
      return {
        kind: 'text',
        type: 'application/manifest+json; charset=utf-8',
        body: JSON.stringify({
          id: `/${network.slug}/home`,
          name: `${network.name}: ${productName}`,
          short_name: network.shortName,
          description: 'Say what you think, and see what came of it.',
          lang: 'en-GB',
          dir: 'ltr',
          // Signed out, it asks to sign in first, and the pages for that lie beside the network's.
          start_url: `/${network.slug}/home?sign-in`,
          scope: '/',
          display: 'standalone',
          background_color: '#f0f4f5',
          theme_color: '#005eb8',
          icons: [
            icon(icons.any192, 192, 'any'),
            icon(icons.any512, 512, 'any'),
            icon(icons.maskable192, 192, 'maskable'),
            icon(icons.maskable512, 512, 'maskable'),
          ],
        }),
      }
    },
  }),
  plain('GET', '/sw.js', {
    who: anyone,
    audit: 'nothing',
    withoutSession: true,
    // At the root, so that it may show and open what belongs to any network; each browser asks for it anew by itself.
    handler: () =>
      new Response(assets().worker.body.toString(), {
        headers: { 'content-type': assets().worker.type, 'cache-control': 'no-cache' },
      }),
  }),
]
