import { sql } from 'kysely'
import { shorten } from '#kernel/text/graphemes.ts'
import type { Instant, Row, Tx } from '#platform/database/tables.ts'
import { type HiddenRange, withoutHidden } from './hidden.ts'

/**
 * What somebody wrote in a contribution: the first words, a correction of them, words added by who joined, a
 * member's view, or an answer (to a question of the network, or the verdict's words; `id` is the entry in history).
 */
export interface OwnText {
  readonly kind: 'words' | 'correction' | 'joined' | 'view' | 'answer'
  readonly id: number
  readonly personId: number | null
  readonly words: string
  readonly at: Instant
  /** Its author took their part out: nobody but the author reads it. */
  readonly withdrawn: boolean
  /** A member's view that only the group and the team read. */
  readonly inPrivate: boolean
  /** Staff who wrote it down as said. */
  readonly recordedBy: string | null
  readonly hidden: readonly HiddenRange[]
}

export interface ShownWords {
  readonly words: string
  readonly is: 'whole' | 'partly-hidden' | 'withdrawn'
}

/**
 * **The one place that says which words a reader sees** (LOOP-14, LOOP-22). The author sees their own words always,
 * whole. Everybody else, staff included, sees them without what was hidden, and nothing of what was withdrawn.
 * For lists, excerpts, search and feeds the same is kept in `contribution.shown_words` and `contribution.title`:
 * never show `contribution.words`, `correction.words`, `contributor.words` or `member_view.words` straight from the
 * table. For a page take `textsOf` and ask this for each text.
 * @param reader undefined for a visitor, a message, or whoever is not the author
 */
export function wordsFor(
  reader: { readonly personId: number } | undefined,
  text: Pick<OwnText, 'personId' | 'words' | 'withdrawn' | 'hidden'>,
): ShownWords {
  if (reader && text.personId === reader.personId) return { words: text.words, is: 'whole' }
  if (text.withdrawn) return { words: '', is: 'withdrawn' }
  if (text.hidden.length === 0) return { words: text.words, is: 'whole' }
  return { words: withoutHidden(text.words, text.hidden), is: 'partly-hidden' }
}

/** Everything that people wrote in one contribution, oldest first, in one query. Show it through `wordsFor`. */
export async function textsOf(tx: Tx, contributionId: number): Promise<OwnText[]> {
  const found = await sql<OwnText & { at: Instant }>`
    with it as (select * from contribution where id = ${contributionId}),
      said as (
        select 'words' as kind, 0 as id, b.person_id, it.words, it.received_at as at,
          b.withdrawn_at is not null as withdrawn, false as in_private, it.recorded_by_person_id as recorded_by
        from it left join contributor b on b.network_id = it.network_id and b.contribution_id = it.id and b.is_first
        union all
        select 'correction', k.id, k.person_id, k.words, k.at, b.withdrawn_at is not null, false, k.recorded_by_person_id
        from it join correction k on k.network_id = it.network_id and k.contribution_id = it.id
          left join contributor b on b.network_id = k.network_id and b.contribution_id = k.contribution_id
            and b.person_id = k.person_id
        union all
        select 'joined', b.person_id, b.person_id, b.words, b.joined_at, b.withdrawn_at is not null, false, null
        from it join contributor b on b.network_id = it.network_id and b.contribution_id = it.id
        where not b.is_first and b.words <> ''
        union all
        select 'view', v.id, v.person_id, v.words, v.at, false, v.in_private, null
        from it join member_view v on v.network_id = it.network_id and v.contribution_id = it.id
        union all
        select 'answer', h.id::integer, b.person_id, h.details ->> 'words', h.at, b.withdrawn_at is not null, false, null
        from it join history h on h.network_id = it.network_id and h.thing_kind = 'contribution' and h.thing_id = it.id
          left join contributor b on b.network_id = h.network_id and b.contribution_id = h.thing_id
            and b.person_id = coalesce((h.details ->> 'personId')::integer, h.by_person_id)
        where h.event in ('answered', 'said-yes', 'said-no') and h.details ->> 'words' <> ''
      )
    select said.kind, said.id, said.person_id as "personId", said.words, said.at, said.withdrawn,
      said.in_private as "inPrivate", staff.name as "recordedBy",
      coalesce((select jsonb_agg(range) from concealment n, jsonb_array_elements(n.ranges) range
        where n.network_id = it.network_id and n.contribution_id = it.id and n.text_kind = said.kind
          and n.text_id = said.id), '[]') as hidden
    from it cross join said
      left join person staff on staff.network_id = it.network_id and staff.id = said.recorded_by
    order by said.at, said.kind = 'words' desc, said.id`.execute(tx)
  return found.rows
}

/** What this person last said here: their latest correction, or what they wrote first. */
export function latestOf(texts: readonly OwnText[], personId: number): OwnText | undefined {
  return texts.findLast(
    each =>
      each.personId === personId &&
      (each.kind === 'words' || each.kind === 'correction' || each.kind === 'joined'),
  )
}

const titleLength = 80
const withdrawnTitle = 'Withdrawn'

/** The first words stand as the title until staff give a plainer one. */
export const titleFrom = (words: string): string => shorten(words.replace(/\s+/g, ' ').trim(), titleLength)

/** The latest wording that stands for the whole contribution, as everybody reads it. */
export function currentWords(texts: readonly OwnText[]): string {
  const latest = (kind: OwnText['kind']) =>
    texts.findLast(each => each.kind === kind && !each.withdrawn && each.personId === first?.personId)
  const first = texts.find(each => each.kind === 'words')
  const standing = first?.withdrawn
    ? // Whoever raised it took their words out; what the first of those who stay said stands for it now.
      texts.find(each => each.kind === 'joined' && !each.withdrawn)
    : (latest('correction') ?? first)
  return standing ? wordsFor(undefined, standing).words : ''
}

/** Works out again what lists, search and feeds show. After every change of a text, a hiding or a withdrawal. */
export async function refreshShown(
  tx: Tx,
  row: Pick<Row<'contribution'>, 'id' | 'title' | 'shown_words'>,
  change: (title: string) => string = title => title,
): Promise<void> {
  const texts = await textsOf(tx, row.id)
  const shown = currentWords(texts)
  const followsWords = row.title === titleFrom(row.shown_words)
  const gone = texts.every(each => each.withdrawn || each.kind === 'view' || each.kind === 'answer')
  const title = gone && shown === '' ? withdrawnTitle : followsWords ? titleFrom(shown) : change(row.title)
  const more = texts
    .filter(each => each.kind === 'words' || each.kind === 'correction' || each.kind === 'joined')
    .map(each => wordsFor(undefined, each).words)
    .filter(words => words !== '' && words !== shown)
  await tx
    .updateTable('contribution')
    .set({
      title: title === '' ? withdrawnTitle : title,
      shown_words: shown,
      // PostgreSQL's search holds about a megabyte of one text.
      search_more: more.join('\n').slice(0, 100_000),
    })
    .where('id', '=', row.id)
    .execute()
}
