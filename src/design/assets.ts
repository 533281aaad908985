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
}

/** All that the product serves besides its pages. There is no font, and a script on very few pages. */
export function assets(): Assets {
  return {
    stylesheet: stylesheet(),
    icon: icon(),
    passkeyScript: passkeyScript(),
    roomScript: roomScript(),
    deviceScript: deviceScript(),
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

/** By the package's own names, so that it is found from the sources and from one built file alike. */
function read(name: string): string {
  return readFileSync(createRequire(import.meta.url).resolve(name), 'utf8')
}

function asset(ending: string, type: string, text: string): Asset {
  const body = Buffer.from(text)
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
