import { strToU8, type Zippable, zip } from 'fflate'
import { renderToStaticMarkup } from 'react-dom/server'
import type { Row } from '#platform/database/tables.ts'
import type { Files } from '#platform/files.ts'
import type { Held } from '#platform/http/route.ts'
import { asJson, leftOut, mostBytes } from './gathering.ts'
import { Sections } from './sections.tsx'

export interface About {
  readonly network: string
  readonly name: string
  /** In words. */
  readonly on: string
}

/** One file to take along: a page to read, the same for a program, and the files that this person gave (R5). */
export async function makeArchive(
  about: About,
  held: readonly Held[],
  files: readonly Row<'stored_file'>[],
  store: Pick<Files, 'read'>,
): Promise<Uint8Array> {
  const parts: Zippable = {}
  const missing: string[] = []
  let bytes = 0
  for (const file of files) {
    bytes += file.bytes
    const body = bytes > mostBytes ? undefined : await store.read(file)
    if (body) parts[`files/${file.id}-${file.name}`] = new Uint8Array(await new Response(body).arrayBuffer())
    else missing.push(file.name)
  }
  parts['index.html'] = strToU8(pageOf(about, held, missing))
  parts['data.json'] = strToU8(asJson(about, held))
  return await new Promise((resolve, reject) =>
    zip(parts, { level: 6 }, (error, made) => (error ? reject(error) : resolve(made))),
  )
}

const style = `body{font:1.1em/1.5 Arial,sans-serif;max-width:44em;margin:2em auto;padding:0 1em;color:#212b32}
dl{border-top:1px solid #d8dde0;margin:1em 0}dl div{border-bottom:1px solid #d8dde0;padding:.4em 0}
dt{font-weight:bold}dd{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}`

function pageOf(about: About, held: readonly Held[], missing: readonly string[]): string {
  return `<!doctype html>${renderToStaticMarkup(
    <html lang="en-GB">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`What ${about.network} holds about ${about.name}`}</title>
        <style>{style}</style>
      </head>
      <body>
        <h1>
          What {about.network} holds about {about.name}
        </h1>
        <p>
          Made on {about.on}. The same is in data.json, for programs. Your files are in the folder “files”.
        </p>
        <p>Left out:</p>
        <ul>
          {leftOut.map(each => (
            <li key={each}>{each}</li>
          ))}
          {missing.map(each => (
            <li key={each}>The file {each}, which is too large for this. Ask us for it.</li>
          ))}
        </ul>
        <Sections held={held} />
      </body>
    </html>,
  )}`
}
