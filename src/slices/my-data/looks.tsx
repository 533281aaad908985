import { sql } from 'kysely'
import { Empty, Pagination, Table } from '#design/index.ts'
import { momentInWords } from '#kernel/calendar/words.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { Instant } from '#platform/database/tables.ts'
import { type AnyRoute, page, type Screen, type Slice, show, type Visit } from '#platform/http/route.ts'
import { aPerson } from '#platform/permission.ts'
import { myDataPaths as paths } from './paths.ts'

const pageLength = 50

/** What was done, in words. What is not here is still listed, by the name of the deed. */
const deeds: Record<string, string> = {
  'person-opened': 'Opened your page: how to reach you, help you need, places',
  'contact-changed': 'Changed how to reach you',
  'place-given': 'Gave you a place in a group',
  'place-ended': 'Ended a place in a group',
  'absence-noted': 'Noted when you are away',
  'post-given': 'Gave you a post',
  'post-ended': 'Ended a post',
  'leaving-noted': 'Wrote down that you want to leave',
  'leaving-written-down': 'Wrote down your goodbye',
  'left-the-network': 'Wrote down your goodbye',
  'leaving-called-off': 'Noted that you stay after all',
  'rest-noted': 'Noted a time of rest',
  'here-before-noted': 'Noted that you were here before',
  invited: 'Invited you to sign in',
}

interface Look {
  readonly seq: number
  readonly at: Instant
  readonly action: string
  readonly name: string | null
}

/** The deeds of the team's pages about one person: asked of the route table, so that no new page is forgotten. */
const deedsAbout = (slices: readonly Slice[]): string[] => [
  ...new Set(
    slices
      .flatMap(each => each.routes)
      .filter(each => each.path.startsWith('/:network/team/people/:person') && each.audit !== 'nothing')
      .map(each => each.audit),
  ),
]

/** R58: a person sees who opened their own details. What is for one person's eyes only has a list of its own there. */
export const looksRoutes = (slices: () => readonly Slice[]): AnyRoute[] => [
  page('/:network/account/my-data/looks', {
    fresh: true,
    who: aPerson,
    audit: 'nothing',
    handler: async visit => show(await screen(visit, slices())),
  }),
]

async function screen(visit: Visit, slices: readonly Slice[]): Promise<Screen> {
  const { slug } = visit.network
  const given = visit.query.get('before') ?? ''
  const before = /^\d{1,15}$/.test(given) ? Number(given) : null
  const found = await sql<Look>`select a.seq, a.at, a.action, p.name from audit a
    left join person p on p.network_id = a.network_id and p.id = a.by_person_id
    where a.thing_kind = 'team' and split_part(a.thing_id, '/', 1) = ${String(visit.me.personId)}
      and a.action = any(${deedsAbout(slices)}::text[]) and a.by_person_id is distinct from ${visit.me.personId}
      and (${before}::bigint is null or a.seq < ${before})
    order by a.seq desc limit ${pageLength + 1}`.execute(visit.tx)
  const shown = found.rows.slice(0, pageLength)
  return {
    title: 'Who has looked at your details',
    back: { href: paths.mine(slug), text: 'What we hold about you' },
    body: (
      <>
        <p>Each look at your details is written down, and nobody can change that list.</p>
        {shown.length === 0 ? (
          <Empty>Nobody has opened your details.</Empty>
        ) : (
          <Table
            caption="Looks and changes, the newest first"
            columns={[{ title: 'When' }, { title: 'Who' }, { title: 'What' }]}
            rows={shown.map(each => [
              momentInWords(each.at),
              each.name ? theirs(each.name) : 'Closing the Loop',
              deeds[each.action] ?? `Did something on a page about you: ${each.action.replaceAll('-', ' ')}`,
            ])}
          />
        )}
        <Pagination
          next={
            found.rows.length > pageLength
              ? { href: `${paths.looks(slug)}?before=${shown.at(-1)!.seq}`, label: 'Earlier' }
              : undefined
          }
        />
      </>
    ),
  }
}
