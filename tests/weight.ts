import { gzipSync } from 'node:zlib'
import * as cheerio from 'cheerio'
import { allAssets } from '#design/index.ts'

/**
 * What a page may weigh so that it stands there in under five seconds the first time, on a slow phone connection: 50 kB a
 * second, 400 ms there and back. The one place for these figures; docs/performance.md says what they come to.
 */
export const budget = { pageBytes: 20_000, allBytes: 50_000, requests: 5, seconds: 5 } as const

const line = { bytesPerSecond: 50_000, secondsThereAndBack: 0.4 } as const
/** The name, the connection, its encryption, the page, what it needs all at once, and one while the line warms up. */
const tripsFirst = 6
const headersOfAnswer = 900

export interface Weight {
  readonly page: number
  readonly all: number
  readonly requests: number
  readonly seconds: number
}

/** All that a browser with nothing kept asks for to show this page, as it is sent: compressed, with what goes before it. */
export function weightOf(html: string): Weight {
  const $ = cheerio.load(html)
  const page = gzipSync(html, { level: 5 }).length + headersOfAnswer
  const addresses = new Set(
    $('link[rel="stylesheet"], link[rel="icon"], script[src], img[src]')
      .toArray()
      .map(each => $(each).attr('href') ?? $(each).attr('src') ?? ''),
  )
  const known = allAssets()
  let all = page
  for (const address of addresses) {
    const asset = known.find(each => each.path === address)
    if (!asset) throw new Error(`a page needs ${address}, whose weight nobody knows`)
    all += asset.gzip.length + headersOfAnswer
  }
  return {
    page,
    all,
    requests: 1 + addresses.size,
    seconds: tripsFirst * line.secondsThereAndBack + all / line.bytesPerSecond,
  }
}
