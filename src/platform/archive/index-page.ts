import type pg from 'pg'
import type { Manifest } from './catalogue.ts'
import { tableEntry } from './catalogue.ts'

const safe = (text: unknown): string =>
  String(text ?? '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')

/** What somebody reads who has nothing but this archive and a browser. */
export async function indexPage(
  owner: pg.ClientBase,
  network: { id: number; name: string },
  tables: Manifest['tables'],
  madeAt: string,
): Promise<string> {
  const ask = async (statement: string) => (await owner.query(statement, [network.id])).rows
  const groups = await ask(`select name, about from network_group where network_id = $1 order by kind, name`)
  const meetings =
    await ask(`select 'M-' || m.number as reference, m.title, m.starts_at::date::text as day, g.short_name as group
    from meeting m join network_group g on g.network_id = m.network_id and g.id = m.group_id
    where m.network_id = $1 order by m.starts_at`)
  const views = await ask(`select 'C-' || number as reference, title, state, received_at::date::text as day
    from contribution where network_id = $1 order by number`)
  const decisions = await ask(
    `select number, text as words from board_decision where network_id = $1 order by number`,
  )
  const table = (caption: string, heads: readonly string[], rows: readonly (readonly unknown[])[]) =>
    rows.length === 0
      ? ''
      : `<table><caption>${safe(caption)}</caption><thead><tr>${heads
          .map(each => `<th scope="col">${safe(each)}</th>`)
          .join('')}</tr></thead><tbody>
${rows.map(row => `<tr>${row.map(cell => `<td>${safe(cell)}</td>`).join('')}</tr>`).join('\n')}
</tbody></table>`
  const name = safe(network.name)
  return `<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Archive of ${name}</title>
<style>body{font:1.1rem/1.5 Arial,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;margin:1rem 0}
td,th{border-bottom:1px solid #aeb7bd;padding:.4rem .8rem .4rem 0;text-align:left;vertical-align:top}caption{font-weight:bold;text-align:left}</style>
</head><body><main>
<h1>Archive of ${name}</h1>
<p>Made at ${safe(madeAt)}. This is everything that Closing the Loop held of this network at that moment. It holds personal details:
keep it as safe as the service itself.</p>
<h2>How to read it</h2>
<ul>
<li>In “tables” there is one file for each kind of thing. Each line is one thing, as JSON. Times are in UTC, or say how far from it.</li>
<li>In “files” are the files that people added. “stored_file” tells the name and the kind of each; “store_key” is its name here.</li>
<li>“manifest.json” counts all of it and has a checksum of each file.</li>
<li>Lines belong together by their ids: “person_id” of one is the “id” of a line of “person”, and so on.</li>
<li>Ballots of secret votes and concerns stay encrypted. They can be opened only by an installation with the same secret.</li>
<li>Ways to sign in are not in it. People sign in with a code to the same e-mail address.</li>
</ul>
${table(
  'What is in it',
  ['Kind', 'How many', 'What each line has'],
  tables.map(each => [tableEntry(each.name), each.rows, each.columns.map(one => one.name).join(', ')]),
)}
${table(
  'Groups',
  ['Group', 'About'],
  groups.map(each => [each.name, each.about]),
)}
${table(
  'Meetings',
  ['Meeting', 'Title', 'Day', 'Group'],
  meetings.map(each => [each.reference, each.title, each.day, each.group]),
)}
${table(
  'Decisions',
  ['Number', 'Decision'],
  decisions.map(each => [each.number, each.words]),
)}
${table(
  'What people said',
  ['Reference', 'Title', 'Where it is', 'Received'],
  views.map(each => [each.reference, each.title, each.state, each.day]),
)}
</main></body></html>
`
}
