import { expect, test } from 'vitest'
import { readLayout } from '#platform/mail/layout.ts'
import { gsmLength, isGsm, textMessage } from '#platform/text-message.ts'
import { openDemoHouse } from '#tests/house.ts'

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

test('REACH-5 each kind of message of the demonstration makes a text message that is short and says nothing personal', async () => {
  const { owner } = await openDemoHouse()
  const { rows } = await owner.query<{
    kind: string
    about: string
    channel: string
    body: string
    layout: unknown
    link: string | null
  }>(`select kind, about_kind as about, channel, body, layout, substring(body from 'http://loop[.]test/\\S+') as link
      from message where channel in ('email', 'text') and body not like 'Deleted%'`)
  // Names of people, and titles that somebody gave to something: of papers and items, which may be for few, above all.
  const { rows: names } = await owner.query<{ words: string }>(`
    select distinct words from (
      select name as words from person union select known_as from person union select title from project
      union select title from paper union select title from agenda_item union select title from contribution
      union select title from task union select what from action) x
    where length(words) > 3`)
  const told = new RegExp(
    `(^|[^\\p{L}])(${names.map(each => escaped(each.words)).join('|')})($|[^\\p{L}])`,
    'iu',
  )
  const long: string[] = []
  const kinds = new Map<string, string>()
  for (const row of rows) {
    const kind = `${row.kind} ${row.about}`
    const short = readLayout(row.layout, row.body)?.short
    if (row.channel === 'email' && !short) continue
    const text = row.channel === 'text' ? row.body : textMessage('WMIN', short!, row.link ?? undefined)
    kinds.set(kind, text)
    expect(isGsm(text), `${kind}: ${text}`).toBe(true)
    expect(gsmLength(text), `${kind}: ${text}`).toBeLessThanOrEqual(306)
    if (gsmLength(text) > 160) long.push(kind)
    expect(text.replace(/http\S+/, ''), kind).not.toMatch(told)
    expect(text.match(/http/g)?.length ?? 0, kind).toBeLessThanOrEqual(1)
  }
  expect(kinds.size).toBeGreaterThan(70)
  // Where it is possible, one text message is enough.
  expect([...new Set(long)]).toEqual([])
}, 60_000)
