import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { stylesheetFrom } from './stylesheet.ts'

/** A file that pages link to. Its address holds the hash of its content, so it can be cached for ever. */
export interface Asset {
  readonly path: string
  readonly type: string
  readonly body: Buffer
  /** Compressed when first asked for, then kept. */
  readonly gzip: Buffer
  readonly brotli: Buffer
}

export interface Assets {
  readonly stylesheet: Asset
  readonly icon: Asset
  /** Hands a passkey's question to the browser and its answer to a form. */
  readonly passkeyScript: Asset
  /** Shows at once what is new in the room of a meeting. */
  readonly roomScript: Asset
  /** Keeps what is being written on this device, and counts on the app's icon. */
  readonly deviceScript: Asset
  /** Asks a browser how this device can be told something. */
  readonly notificationsScript: Asset
  /** What a browser runs to show it: served at `/sw.js`, since it works below its own address. */
  readonly worker: Asset
  readonly icons: Icons
}

/** The mark as devices want it for an app; `maskable` has room around it, which a device cuts to its own shape. */
export interface Icons {
  readonly any192: Asset
  readonly any512: Asset
  readonly maskable192: Asset
  readonly maskable512: Asset
  /** For the home screen of an iPhone. */
  readonly touch180: Asset
}

/** All of it, by its own address. */
export function allAssets(): readonly Asset[] {
  const { icons, ...others } = assets()
  return [...Object.values<Asset>(others), ...Object.values<Asset>({ ...icons })]
}

/** All that the product serves besides its pages. There is no font, and a script on very few pages. */
export function assets(): Assets {
  return {
    stylesheet: stylesheet(),
    icon: icon(),
    passkeyScript: passkeyScript(),
    roomScript: roomScript(),
    deviceScript: deviceScript(),
    notificationsScript: notificationsScript(),
    worker: worker(),
    icons: icons(),
  }
}

const stylesheet = once(() =>
  asset(
    'css',
    'text/css; charset=utf-8',
    stylesheetFrom(read('nhsuk-frontend/dist/nhsuk/nhsuk-frontend.min.css'), read('#design/own.css')),
  ),
)

const icon = once(() => asset('svg', 'image/svg+xml', read('#design/favicon.svg').trim()))

const passkeyScript = once(() => asset('js', 'text/javascript; charset=utf-8', read('#design/passkey.js')))

const roomScript = once(() => asset('js', 'text/javascript; charset=utf-8', read('#design/room.js')))

const deviceScript = once(() => asset('js', 'text/javascript; charset=utf-8', read('#design/device.js')))

const notificationsScript = once(() =>
  asset('js', 'text/javascript; charset=utf-8', read('#design/notifications.js')),
)

const worker = once(() => asset('js', 'text/javascript; charset=utf-8', read('#design/sw.js')))

/** Drawn from favicon.svg by `tests/icons.browser.test.ts`. */
const icons = once((): Icons => {
  const png = (name: string) => asset('png', 'image/png', readFileSync(at(`#design/icons/${name}.png`)))
  return {
    any192: png('any-192'),
    any512: png('any-512'),
    maskable192: png('maskable-192'),
    maskable512: png('maskable-512'),
    touch180: png('touch-180'),
  }
})

/** By the package's own names, so that it is found from the sources and from one built file alike. */
function read(name: string): string {
  return readFileSync(at(name), 'utf8')
}

const at = (name: string): string => createRequire(import.meta.url).resolve(name)

function asset(ending: string, type: string, content: string | Buffer): Asset {
  const body = Buffer.from(content)
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 16)
  const gzip = once(() => gzipSync(body, { level: 9 }))
  const brotli = once(() =>
    brotliCompressSync(body, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
      },
    }),
  )
  return {
    path: `/assets/${hash}.${ending}`,
    type,
    body,
    get gzip() {
      return gzip()
    },
    get brotli() {
      return brotli()
    },
  }
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
