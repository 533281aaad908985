import { type SqlBool, sql } from 'kysely'
import type { Happened } from '#kernel/decision.ts'
import { readReference, reference } from '#kernel/references.ts'
import type { Row, RowChange } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import { excludedFrom, type LoadedMeeting, loadMeeting, type PaperAccess } from '#slices/meetings/index.ts'
import type { Paper } from './paper.ts'
import { type Block, plainTextOf, type TextState, wordsIn } from './text.ts'

/** One version, without its text. */
export interface Version {
  readonly id: number
  readonly number: number
  readonly textState: TextState
  readonly pages: number | null
  readonly words: number
  readonly whatChanged: string
  readonly title: string | null
  readonly summary: string | null
  readonly at: string
  readonly outAt: string | null
  readonly byName: string
  readonly file: {
    readonly id: number
    readonly name: string
    readonly type: string
    readonly bytes: number
  } | null
}

/** A paper with all that deciding on it needs; `version` guards forms against what happened meanwhile. */
export interface LoadedPaper extends PaperAccess {
  readonly id: number
  /** 'P-31' */
  readonly reference: string
  readonly version: number
  readonly it: Paper
  readonly row: Row<'paper'>
  readonly meeting: LoadedMeeting
  readonly item: Pick<Row<'agenda_item'>, 'id' | 'title' | 'asked' | 'state' | 'handling' | 'version'>
  readonly authorName: string
  readonly allowedByName: string | null
  readonly leaderIds: readonly number[]
  /** Newest first. */
  readonly versions: readonly Version[]
  /** What its readers have: the newest that went out. */
  readonly current: Version | undefined
  /** What is being prepared: newer than what is out. */
  readonly draft: Version | undefined
}

/** For a route's `load` under `/meetings/:meeting/papers/:paper`. */
export async function loadPaper(
  doing: Pick<Doing, 'tx' | 'today' | 'when'>,
  given: { meeting: string | number | undefined; paper: string | number | undefined },
  how: { forChange: boolean },
): Promise<LoadedPaper | undefined> {
  const number = typeof given.paper === 'number' ? given.paper : readReference('P', given.paper)
  if (number === undefined) return undefined
  // The meeting first, then what is in it: the order in which every change takes them.
  const meeting = await loadMeeting(doing, given.meeting, how)
  if (!meeting) return undefined
  const found = await doing.tx
    .selectFrom('paper as p')
    .selectAll('p')
    .select([
      sql<number[]>`coalesce((select jsonb_agg(r.person_id) from named_reader r
        where r.network_id = p.network_id and r.thing_kind = 'paper' and r.thing_id = p.id), '[]')`.as(
        'readers',
      ),
      excludedFrom(sql.ref('p.item_id')).as('excluded'),
      sql<LoadedPaper['item']>`(select jsonb_build_object('id', i.id, 'title', i.title, 'asked', i.asked,
        'state', i.state, 'handling', i.handling, 'version', i.version)
        from agenda_item i where i.network_id = p.network_id and i.id = p.item_id)`.as('its_item'),
      sql<string>`(select w.name from person w where w.network_id = p.network_id and w.id = p.author_person_id)`.as(
        'author',
      ),
      sql<string | null>`(select w.name from person w
        where w.network_id = p.network_id and w.id = p.late_allowed_by_person_id)`.as('allowed_by'),
      versionsOf.as('versions'),
    ])
    .where('p.number', '=', number)
    .where('p.meeting_id', '=', meeting.id)
    .$if(how.forChange, query => query.forUpdate('p'))
    .executeTakeFirst()
  if (!found) return undefined
  const { readers, excluded, its_item, author, allowed_by, versions, ...row } = found
  const [newest] = versions
  const current = versions.find(each => each.outAt !== null)
  return {
    id: row.id,
    reference: reference('P', row.number),
    version: row.version,
    it: {
      state: row.state,
      because: row.because,
      outAt: row.out_at,
      late:
        row.late_days > 0
          ? { days: row.late_days, because: row.late_because, allowedById: row.late_allowed_by_person_id! }
          : null,
    },
    row,
    meeting,
    item: its_item,
    groupId: meeting.groupId,
    leaderIds: meeting.leaderIds,
    authorId: row.author_person_id,
    authorName: author,
    allowedByName: allowed_by,
    handling: row.handling,
    out: row.state === 'out',
    readerIds: readers,
    excludedIds: excluded,
    versions,
    current,
    draft: newest && newest.outAt === null ? newest : undefined,
  }
}

const versionsOf = sql<Version[]>`coalesce((
  select jsonb_agg(jsonb_build_object('id', v.id, 'number', v.number, 'textState', v.text_state, 'pages', v.pages,
    'words', v.words, 'whatChanged', v.what_changed, 'title', v.title, 'summary', v.summary, 'at', v.at,
    'outAt', v.out_at,
    'byName', (select w.name from person w where w.network_id = v.network_id and w.id = v.by_person_id),
    'file', (select jsonb_build_object('id', f.id, 'name', f.name, 'type', f.type, 'bytes', f.bytes)
             from stored_file f where f.network_id = v.network_id and f.id = v.file_id)) order by v.number desc)
  from paper_version v where v.network_id = p.network_id and v.paper_id = p.id), '[]')`

/** An accepted step: the new state, its history, and the day of its number. */
export async function savePaper(
  doing: Doing,
  loaded: LoadedPaper,
  step: { state: Paper; events: readonly Happened[] },
  change: RowChange<'paper'> = {},
): Promise<void> {
  const { state, because, outAt, late } = step.state
  await doing.tx
    .updateTable('paper')
    .set({
      state,
      because,
      out_at: outAt,
      late_days: late?.days ?? 0,
      late_because: late?.because ?? '',
      late_allowed_by_person_id: late?.allowedById ?? null,
      version: loaded.version + 1,
      ...change,
    })
    .where('id', '=', loaded.id)
    .execute()
  await doing.happened({ kind: 'paper', id: loaded.id }, step.events)
}

/** What a reader of this paper has now; whoever prepares it sees the draft until then. */
export function shownVersion(loaded: LoadedPaper, prepares: boolean): Version | undefined {
  return loaded.current ?? (prepares ? loaded.draft : undefined)
}

/** Its item is still to come in this meeting: what was put off or dropped is nothing to read or to send. */
export const itemStands = (paper: 'paper' | 'p') => sql<SqlBool>`exists (select from agenda_item i
  where i.network_id = ${sql.ref(`${paper}.network_id`)} and i.id = ${sql.ref(`${paper}.item_id`)}
    and i.state in ('raised', 'on-agenda'))`

/** A version's text in its columns; no NUL, which the database does not keep. */
export function textColumns(blocks: readonly Block[]) {
  const plain = plainTextOf(blocks).replaceAll('\0', '')
  return {
    text: JSON.stringify(blocks).replaceAll('\\u0000', ''),
    plain_text: plain,
    words: wordsIn(plain),
  }
}
