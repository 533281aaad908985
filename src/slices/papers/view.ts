import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { askTogether, question } from '#platform/database/questions.ts'
import type { Instant } from '#platform/database/tables.ts'
import type { Visit } from '#platform/http/route.ts'
import { type ListedWord, wordList } from '#slices/learning/index.ts'
import type { LoadedPaper, Version } from './store.ts'
import type { Block } from './text.ts'

export interface AskedQuestion {
  readonly id: number
  readonly passage: string
  readonly words: string
  readonly state: 'asked' | 'answered' | 'withdrawn'
  readonly answer: string
  readonly askerId: number
  readonly askerName: string
  readonly answeredByName: string | null
  readonly askedAt: Instant
  readonly answeredAt: Instant | null
  readonly dueOn: Temporal.PlainDate
}

interface Wish {
  readonly id: number
  readonly words: string
  readonly personId: number
  readonly personName: string
  readonly answer: 'deferred' | 'goes-ahead' | null
  readonly because: string
}

/** What its page shows of a paper, for this reader. */
export interface PaperView {
  readonly blocks: readonly Block[]
  readonly plainText: string
  readonly questions: readonly AskedQuestion[]
  readonly wishes: readonly Wish[]
  /** Their own mark, and which version it was. */
  readonly readVersions: readonly number[]
  readonly note: string
  /** The network's word list, of which the page shows the words that stand in the paper. */
  readonly words: readonly ListedWord[]
  readonly history: readonly {
    readonly event: string
    readonly details: Readonly<Record<string, unknown>>
    readonly by: string
    readonly at: Instant
  }[]
}

/** All in one statement; marks and notes come for the reader alone (row-level security). */
export async function viewOf(visit: Visit<LoadedPaper>, version: Version | undefined): Promise<PaperView> {
  const { tx, thing, actor } = visit
  const me = actor?.personId ?? 0
  const list = wordList({ most: 500 })
  const found = await askTogether<Partial<PaperView>[]>(tx, [
    question(
      tx
        .selectFrom('paper_version')
        .select(['text', 'plain_text'])
        .where('id', '=', version?.id ?? 0),
      ([row]) => ({ blocks: (row?.text ?? []) as Block[], plainText: row?.plain_text ?? '' }),
    ),
    question(
      tx
        .selectFrom('paper_question as q')
        .innerJoin('person as w', join =>
          join.onRef('w.network_id', '=', 'q.network_id').onRef('w.id', '=', 'q.asker_person_id'),
        )
        .selectAll('q')
        .select('w.name as asker_name')
        .select(
          sql<string | null>`(select a.name from person a
            where a.network_id = q.network_id and a.id = q.answered_by_person_id)`.as('answered_by_name'),
        )
        .where('q.paper_id', '=', thing.id)
        .where('q.state', '<>', 'withdrawn')
        .orderBy('q.id'),
      rows => ({
        questions: rows.map(row => ({
          id: row.id,
          passage: row.passage,
          words: row.words,
          state: row.state,
          answer: row.answer,
          askerId: row.asker_person_id,
          askerName: row.asker_name,
          answeredByName: row.answered_by_name,
          askedAt: Temporal.Instant.from(row.asked_at),
          answeredAt: row.answered_at === null ? null : Temporal.Instant.from(row.answered_at),
          dueOn: Temporal.PlainDate.from(row.due_on),
        })),
      }),
    ),
    question(
      tx
        .selectFrom('deferral_wish as d')
        .innerJoin('person as w', join =>
          join.onRef('w.network_id', '=', 'd.network_id').onRef('w.id', '=', 'd.person_id'),
        )
        .select(['d.id', 'd.words', 'd.person_id', 'w.name as person_name', 'd.answer', 'd.because'])
        .where('d.paper_id', '=', thing.id)
        .orderBy('d.id'),
      rows => ({
        wishes: rows.map(row => ({
          id: row.id,
          words: row.words,
          personId: row.person_id,
          personName: row.person_name,
          answer: row.answer,
          because: row.because,
        })),
      }),
    ),
    question(
      tx
        .selectFrom('paper_reading')
        .select('version_id')
        .where('paper_id', '=', thing.id)
        .where('person_id', '=', me),
      rows => ({ readVersions: rows.map(row => row.version_id) }),
    ),
    question(
      tx
        .selectFrom('reading_note')
        .select('words')
        .where('paper_id', '=', thing.id)
        .where('person_id', '=', me)
        .orderBy('id', 'desc')
        .limit(1),
      ([row]) => ({ note: row?.words ?? '' }),
    ),
    { rows: list.rows, read: rows => ({ words: list.read(rows) }) },
    question(
      tx
        .selectFrom('history')
        .select(['event', 'details', 'by_words', 'at'])
        .where('thing_kind', '=', 'paper')
        .where('thing_id', '=', thing.id)
        // Questions stand on the page with their answers.
        .where('event', 'not like', 'question-%')
        .orderBy('id'),
      rows => ({
        history: rows.map(row => ({
          event: row.event,
          details: row.details as Record<string, unknown>,
          by: row.by_words,
          at: Temporal.Instant.from(row.at),
        })),
      }),
    ),
  ])
  return Object.assign(
    { blocks: [], plainText: '', questions: [], wishes: [], readVersions: [], note: '', history: [] },
    ...found,
  )
}
