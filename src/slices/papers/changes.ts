import { type Decision, happened, refuse } from '#kernel/decision.ts'
import { reference } from '#kernel/references.ts'
import type { Doing } from '#platform/doing.ts'
import { type CheckedFile, filesOf } from '#platform/files.ts'
import { keptPromise } from '#platform/kept-promise.ts'
import { nextNumber } from '#platform/references.ts'
import {
  type Handling,
  isAhead,
  type LoadedItem,
  type LoadedMeeting,
  mayPreparePaper,
  mayReadPaper,
  saveMeeting,
  sendPapersOut,
} from '#slices/meetings/index.ts'
import { tellNewVersion, tellOut, tellToWrite, tellWithdrawn } from './messages.ts'
import * as steps from './paper.ts'
import { itemStands, type LoadedPaper, loadPaper, savePaper, textColumns, type Version } from './store.ts'
import type { Block } from './text.ts'

export interface PaperWords {
  readonly title: string
  readonly summary: string
  readonly handling: Handling
  readonly readers: readonly number[]
  readonly file: CheckedFile | undefined
}

/** A paper whose text is known already, with a file made from it: it need not be read again. */
export interface WrittenText {
  readonly file: CheckedFile
  readonly blocks: readonly Block[]
}

export async function writtenPaper(title: string, blocks: readonly Block[]): Promise<WrittenText> {
  // Not before it is needed: the library for it is large.
  const { pdfOfText } = await import('./apart/pack-pdf.ts')
  const name = `${title.replaceAll(/[^\p{L}\d]+/gu, '-').slice(0, 60)}.pdf`
  return { file: { name, type: 'application/pdf', bytes: await pdfOfText(title, blocks) }, blocks }
}

const over = refuse('over', 'This meeting is over, so its papers stay as they are')

/** Of a confidential item nobody else may learn through its paper. */
const isTooOpen = (paper: Handling, item: Handling) => item === 'named' && paper !== 'named'
const tooOpen = refuse('too-open', 'This item is for named people only, so its paper is too')

/** A paper for an item, by its author or for them. It goes out later, when all of it is there. */
export async function addPaper(
  doing: Doing,
  item: Pick<LoadedItem, 'id' | 'meeting' | 'handling'>,
  given: Omit<PaperWords, 'file'> & {
    readonly authorId: number
    readonly file: CheckedFile | WrittenText | undefined
  },
): Promise<Decision<{ readonly number: number }>> {
  if (!isAhead(item.meeting.it)) return over
  if (isTooOpen(given.handling, item.handling)) return tooOpen
  const { tx, network, now } = doing
  const number = await nextNumber(tx, network.id, 'paper', 1)
  const { id } = await tx
    .insertInto('paper')
    .values({
      network_id: network.id,
      number,
      meeting_id: item.meeting.id,
      item_id: item.id,
      title: given.title,
      summary: given.summary,
      author_person_id: given.authorId,
      handling: given.handling,
      out_at: null,
      late_allowed_by_person_id: null,
      made_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await setReaders(doing, id, given)
  const made = happened('paper-added', { title: given.title })
  await doing.happened({ kind: 'paper', id }, [made])
  if (given.file) await keepVersion(doing, { id, versions: [] }, given.file, {})
  const loaded = await loadPaper(
    doing,
    { meeting: item.meeting.row.number, paper: number },
    { forChange: false },
  )
  if (!loaded) throw new Error(`${reference('P', number)} is not there`)
  if (!given.file) await tellToWrite(doing, loaded)
  return { accepted: true, state: { number }, events: [made] }
}

async function setReaders(
  { tx, network }: Pick<Doing, 'tx' | 'network'>,
  id: number,
  { handling, readers }: Pick<PaperWords, 'handling' | 'readers'>,
): Promise<void> {
  await tx.deleteFrom('named_reader').where('thing_kind', '=', 'paper').where('thing_id', '=', id).execute()
  if (handling !== 'named' || readers.length === 0) return
  await tx
    .insertInto('named_reader')
    .values(
      [...new Set(readers)].map(personId => ({
        network_id: network.id,
        thing_kind: 'paper' as const,
        thing_id: id,
        person_id: personId,
      })),
    )
    .execute()
}

/** The file of the version that is being prepared; its text is read afterwards, apart from the service. */
async function keepVersion(
  doing: Doing,
  paper: { readonly id: number; readonly versions: readonly Version[] },
  given: CheckedFile | WrittenText | undefined,
  words: { readonly title?: string; readonly summary?: string; readonly whatChanged?: string },
): Promise<void> {
  const { tx, network, now } = doing
  const by = doing.actor?.personId
  if (by === undefined) throw new Error('a version has a person who adds it')
  const [newest] = paper.versions
  const draft = newest?.outAt === null ? newest : undefined
  const before = newest && {
    ...(await tx
      .selectFrom('paper_version')
      .select(['file_id', 'text', 'text_state', 'pages', 'words', 'plain_text'])
      .where('id', '=', newest.id)
      .executeTakeFirstOrThrow()),
  }
  let content = before && { ...before, text: JSON.stringify(before.text) }
  if (given) {
    const written = 'blocks' in given ? given : undefined
    const file = 'blocks' in given ? given.file : given
    await doing.files.keep(tx, network.id, { kind: 'paper', id: paper.id }, [file], by, now)
    const kept = (await filesOf(tx, { kind: 'paper', id: paper.id })).at(-1)!
    content = {
      file_id: kept.id,
      text_state: written ? 'readable' : 'waiting',
      pages: null,
      ...textColumns(written?.blocks ?? []),
    }
  }
  if (!content) return
  const { title = null, summary = null, whatChanged = '' } = words
  const columns = { ...content, title, summary, what_changed: whatChanged, by_person_id: by, at: now }
  if (draft) await tx.updateTable('paper_version').set(columns).where('id', '=', draft.id).execute()
  else {
    await tx
      .insertInto('paper_version')
      .values({
        ...columns,
        network_id: network.id,
        paper_id: paper.id,
        number: (newest?.number ?? 0) + 1,
        out_at: null,
      })
      .execute()
  }
}

/**
 * A draft is changed as it is. Once a paper is out, a change is a new version: it says what changed, and goes out by
 * a step of its own.
 */
export async function changePaper(
  doing: Doing,
  loaded: LoadedPaper,
  given: PaperWords & { readonly whatChanged: string },
): Promise<Decision<steps.Paper>> {
  if (!isAhead(loaded.meeting.it)) return over
  if (loaded.it.state === 'withdrawn') return refuse('withdrawn', 'This paper was withdrawn')
  const { title, summary, handling, file } = given
  if (isTooOpen(handling, loaded.item.handling)) return tooOpen
  const isOut = loaded.it.state === 'out'
  if (isOut && given.whatChanged === '') {
    return refuse('what-changed', 'Say what changed, for those who have read it')
  }
  await setReaders(doing, loaded.id, given)
  if (isOut) {
    await keepVersion(doing, loaded, file, { title, summary, whatChanged: given.whatChanged })
  } else if (file) await keepVersion(doing, loaded, file, {})
  const step = {
    accepted: true,
    state: loaded.it,
    events: [
      happened('paper-changed', {
        ...(isOut ? { whatChanged: given.whatChanged } : {}),
        ...(handling === loaded.handling ? {} : { handling, before: loaded.handling }),
      }),
    ],
  } as const
  await savePaper(doing, loaded, step, isOut ? { handling } : { title, summary, handling })
  return step
}

/** What goes out next: the paper itself, or its newer version. */
export function nextOut(loaded: LoadedPaper): {
  readonly summary: string
  readonly textState: Version['textState'] | undefined
} {
  const version = loaded.draft ?? loaded.current
  return { summary: loaded.draft?.summary ?? loaded.row.summary, textState: version?.textState }
}

/**
 * One paper, or the new version of one that is out.
 * @param alone false when all papers of the meeting go out now, and the meeting's own plan tells of them
 */
export async function sendPaperOut(
  doing: Doing,
  loaded: LoadedPaper,
  late: { readonly because: string; readonly allowedById: number | undefined },
  alone = true,
): Promise<Decision<steps.Paper>> {
  const { draft, meeting, item } = loaded
  if (!isAhead(meeting.it)) return over
  if (item.state !== 'on-agenda' && item.state !== 'raised') {
    return refuse('no-item', 'Its item was put off or dropped, so this paper stays as it is')
  }
  const isNewVersion = loaded.it.state === 'out' && draft !== undefined
  const step = isNewVersion
    ? newVersionOut(loaded, draft)
    : steps.sendOut(loaded.it, nextOut(loaded), meeting.it.papersDueOn, doing.now, late)
  if (!step.accepted) return step
  await savePaper(doing, loaded, step, {
    ...(draft?.title ? { title: draft.title } : {}),
    ...(draft?.summary ? { summary: draft.summary } : {}),
  })
  if (draft) {
    await doing.tx
      .updateTable('paper_version')
      .set({ out_at: doing.now })
      .where('id', '=', draft.id)
      .execute()
  }
  if (isNewVersion) await tellNewVersion(doing, loaded, draft)
  else {
    await keptPromise(doing, {
      kind: 'papers',
      thing: { kind: 'paper', id: loaded.id },
      groupId: loaded.groupId,
      dueOn: meeting.it.papersDueOn,
    })
    // In time they are all told at once, by the meeting's own plan.
    if (step.state.late && alone) await tellOut(doing, loaded, step.state.late.days)
  }
  return step
}

function newVersionOut(loaded: LoadedPaper, draft: Version): Decision<steps.Paper> {
  const [missing] = steps.notReady(nextOut(loaded))
  if (missing) return refuse('not-ready', missing)
  return {
    accepted: true,
    state: loaded.it,
    events: [happened('version-out', { number: draft.number, whatChanged: draft.whatChanged })],
  }
}

export async function withdrawPaper(
  doing: Doing,
  loaded: LoadedPaper,
  because: string,
): Promise<Decision<steps.Paper>> {
  if (!isAhead(loaded.meeting.it)) return over
  const step = steps.withdraw(loaded.it, because)
  if (!step.accepted) return step
  await savePaper(doing, loaded, step)
  if (loaded.out) await tellWithdrawn(doing, loaded, because)
  return step
}

/** A paper that stays behind when the others go out, and why. */
export interface LeftBehind {
  readonly paper: LoadedPaper
  readonly why: readonly string[]
}

/** All papers of a meeting that this person prepares and that are not out, the ready ones apart. */
export async function papersToSend(
  doing: Doing,
  meeting: LoadedMeeting,
  how: { forChange: boolean },
): Promise<{ ready: LoadedPaper[]; notReady: LeftBehind[] }> {
  const rows = await doing.tx
    .selectFrom('paper')
    .select('number')
    .where('meeting_id', '=', meeting.id)
    .where('state', '=', 'draft')
    .where(itemStands('paper'))
    .orderBy('id')
    .execute()
  const ready: LoadedPaper[] = []
  const notReady: LeftBehind[] = []
  for (const { number } of rows) {
    const paper = await loadPaper(doing, { meeting: meeting.row.number, paper: number }, how)
    if (!paper || !mayPreparePaper.holds(doing.actor, paper) || !mayReadPaper.holds(doing.actor, paper))
      continue
    const why = steps.notReady(nextOut(paper))
    if (why.length === 0) ready.push(paper)
    else notReady.push({ paper, why })
  }
  return { ready, notReady }
}

/** Every paper that is ready, at once; the meeting's papers are out with them (BOARD-6). */
export async function sendAllOut(
  doing: Doing,
  meeting: LoadedMeeting,
  late: { readonly because: string; readonly allowedById: number | undefined },
): Promise<Decision<number>> {
  const { ready } = await papersToSend(doing, meeting, { forChange: true })
  const step = sendPapersOut(meeting.it)
  for (const paper of ready) {
    const sent = await sendPaperOut(doing, paper, late, !step.accepted)
    if (!sent.accepted) return sent
  }
  if (step.accepted) await saveMeeting(doing, meeting, step)
  else if (ready.length === 0) return step
  return { accepted: true, state: ready.length, events: [] }
}
