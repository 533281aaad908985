import { type Doing, doingOf } from '#platform/doing.ts'
import { type CheckedFile, checkFile } from '#platform/files.ts'
import { actorOf } from '#platform/http/corridor.tsx'
import {
  type Handling,
  type LoadedItem,
  loadItem,
  meetingPaths,
  planMeeting,
} from '#slices/meetings/index.ts'
import type { Someone, TestNetwork } from '#tests/network.ts'
import { askForHelp, askQuestion } from './asking-changes.ts'
import { addPaper, sendPaperOut } from './changes.ts'
import { aPdf, pdfFile } from './files-for-tests.ts'
import { paperJobs } from './jobs.ts'
import { loadPaper } from './store.ts'

export * from './files-for-tests.ts'

/** Runs a step as this person, in one transaction of its own, as the corridor would. */
export async function doingAs<T>(
  network: Pick<TestNetwork, 'house' | 'slug'>,
  person: Pick<Someone, 'accountId'> | undefined,
  work: (doing: Doing) => Promise<T>,
): Promise<T> {
  const { house } = network.house
  return await house.database.enter(
    { slug: network.slug, accountId: person?.accountId, today: house.clock.today() },
    async (tx, entry) => await work(doingOf(house, tx, entry!, actorOf(entry!))),
  )
}

export interface MadeMeeting {
  readonly id: number
  readonly number: number
  /** 'M-2' */
  readonly reference: string
  readonly path: string
}

/** A meeting of the board whose agenda is set, so many days on. */
export async function aMeeting(
  network: TestNetwork,
  wish: { inDays?: number; group?: 'board' | 'paediatric' } = {},
): Promise<MadeMeeting> {
  const made = await doingAs(network, network.coordinator, doing =>
    planMeeting(doing, {
      groupId: network.groups[wish.group ?? 'board'],
      title: 'Operational Board, July',
      startsAt: doing.now.add({ hours: 24 * (wish.inDays ?? 21) }),
      minutesLong: 120,
      kind: 'online',
    }),
  )
  await network.inNetwork(tx =>
    tx.updateTable('meeting').set({ state: 'agenda-set' }).where('id', '=', made.id).execute(),
  )
  const reference = `M-${made.number}`
  return { ...made, reference, path: meetingPaths.one(network.slug, reference) }
}

export async function anItem(
  network: TestNetwork,
  meeting: MadeMeeting,
  wish: {
    title?: string
    handling?: Handling
    presenter?: Someone
    position?: number
    readers?: Someone[]
  } = {},
): Promise<number> {
  const now = network.house.clock.now()
  return await network.inNetwork(async tx => {
    const { id } = await tx
      .insertInto('agenda_item')
      .values({
        network_id: network.id,
        meeting_id: meeting.id,
        position: wish.position ?? 10,
        standing: null,
        title: wish.title ?? 'Waits for scans',
        about: 'How waits get shorter.',
        asked: 'decide',
        minutes: 15,
        presenter_person_id: wish.presenter?.id ?? null,
        raised_by_person_id: null,
        raised_at: now,
        state: 'on-agenda',
        moved_to_meeting_id: null,
        handling: wish.handling ?? 'board',
        opened_at: null,
        closed_at: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    for (const reader of wish.readers ?? []) {
      await tx
        .insertInto('named_reader')
        .values({ network_id: network.id, thing_kind: 'item', thing_id: id, person_id: reader.id })
        .execute()
    }
    return id
  })
}

export interface MadePaper {
  readonly number: number
  readonly id: number
  /** 'P-1' */
  readonly reference: string
  readonly path: string
  readonly itemId: number
  readonly meeting: MadeMeeting
}

export const aSummary = 'Scans take too long. We ask for two more evening lists. It costs little.'

/** What waits is read and made, as the worker does it. */
export const runJobs = (network: TestNetwork): Promise<void> => paperJobs(network.house.house)

/** A paper made with the product's own functions: out, unless it is to be a draft. */
export async function aPaper(
  network: TestNetwork,
  wish: {
    meeting?: MadeMeeting
    itemId?: number
    author?: Someone
    handling?: Handling
    readers?: readonly Someone[]
    title?: string
    summary?: string
    file?: File
    out?: boolean
    late?: string
  } = {},
): Promise<MadePaper> {
  const meeting = wish.meeting ?? (await aMeeting(network))
  const handling = wish.handling ?? 'board'
  const author = wish.author ?? network.boardMember
  const itemId =
    wish.itemId ?? (await anItem(network, meeting, { handling: handling === 'named' ? 'board' : handling }))
  const given =
    wish.file ??
    pdfFile(
      await aPdf([
        [
          { text: 'Shorter waits', size: 22 },
          '',
          'People wait eleven weeks for a scan of the head.',
          'Two more lists in the evening would halve that.',
          '',
          { text: 'What it costs', size: 16 },
          '',
          'One radiographer for two evenings a week.',
        ],
      ]),
    )
  const checked = await checkFile(given)
  if (!checked.ok) throw new Error(checked.sentence)
  const made = await doingAs(network, author, async doing => {
    const item = await loadItem(doing, { meeting: meeting.reference, item: itemId }, { forChange: true })
    if (!item) throw new Error('there is no such item')
    return await addPaper(doing, item, {
      title: wish.title ?? 'Shorter waits for scans',
      summary: wish.summary ?? aSummary,
      handling,
      readers: (wish.readers ?? []).map(each => each.id),
      file: checked.file,
      authorId: author.id,
    })
  })
  if (!made.accepted) throw new Error(made.sentence)
  const { number } = made.state
  await runJobs(network)
  const load = (doing: Doing, forChange: boolean) =>
    loadPaper(doing, { meeting: meeting.number, paper: number }, { forChange })
  if (wish.out !== false) {
    await doingAs(network, author, async doing => {
      const paper = (await load(doing, true))!
      const late = { because: wish.late ?? 'The numbers came late.', allowedById: network.boardChair.id }
      const sent = await sendPaperOut(doing, paper, late)
      if (!sent.accepted) throw new Error(sent.sentence)
    })
  }
  const { id } = (await doingAs(network, undefined, doing => load(doing, false)))!
  return {
    number,
    id,
    reference: `P-${number}`,
    path: meetingPaths.paper(network.slug, meeting.reference, `P-${number}`),
    itemId,
    meeting,
  }
}

/** The chair decides that a conflict of interest keeps the paper from this person (R24). */
export async function keepFrom(network: TestNetwork, itemId: number, person: Someone): Promise<void> {
  const now = network.house.clock.now()
  await network.inNetwork(tx =>
    tx
      .insertInto('conflict')
      .values({
        network_id: network.id,
        item_id: itemId,
        person_id: person.id,
        interest_id: null,
        found_by: 'chair',
        why: 'Works for the supplier.',
        person_says: 'yes',
        outcome: 'no-paper',
        because: 'The paper compares suppliers.',
        decided_by_person_id: network.boardChair.id,
        decided_at: now,
        found_at: now,
      })
      .execute(),
  )
}

/** One public paper that is out and one draft, for the walks of every address; ids for each of their addresses. */
export async function addRealPapers(
  doing: Doing,
  item: LoadedItem,
  file: CheckedFile,
): Promise<Record<string, Record<string, string>[]>> {
  const meeting = item.meeting.reference
  const authorId = doing.actor!.personId
  const numbers: number[] = []
  for (const handling of ['public', 'board'] as const) {
    const made = await addPaper(doing, item, {
      title: 'Shorter waits for scans',
      summary: aSummary,
      handling,
      readers: [],
      file,
      authorId,
    })
    if (!made.accepted) throw new Error(made.sentence)
    numbers.push(made.state.number)
  }
  const load = async () => (await loadPaper(doing, { meeting, paper: numbers[0]! }, { forChange: true }))!
  await doing.tx
    .updateTable('paper_version')
    .set({ text_state: 'readable', plain_text: 'Words', words: 1 })
    .where('id', '=', (await load()).draft!.id)
    .execute()
  const sent = await sendPaperOut(doing, await load(), { because: 'It came late.', allowedById: authorId })
  if (!sent.accepted) throw new Error(sent.sentence)
  const paper = await load()
  const asked = await askQuestion(doing, paper, { passage: '', words: 'Who pays for it?' })
  if (!asked.accepted) throw new Error(asked.sentence)
  await askForHelp(doing, paper, 'Please ring me.')
  // A wish is made of a late paper only; this one stands for it.
  await doing.tx.updateTable('paper').set({ late_days: 2 }).where('id', '=', paper.id).execute()
  const wish = await doing.tx
    .insertInto('deferral_wish')
    .values({
      network_id: doing.network.id,
      item_id: item.id,
      paper_id: paper.id,
      person_id: authorId,
      words: 'It came late.',
      at: doing.now,
      answer: null,
      answered_by_person_id: null,
      answered_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const help = await doing.tx.selectFrom('paper_help').select('id').executeTakeFirstOrThrow()
  const base = '/:network/meetings/:meeting/papers/:paper'
  const given = { meeting, paper: paper.reference }
  return {
    [`${base}/files/:file`]: [{ ...given, file: String(paper.current!.file!.id) }],
    [`${base}/questions/:question`]: [{ ...given, question: String(asked.state.id) }],
    [`${base}/wishes/:wish`]: [{ ...given, wish: String(wish.id) }],
    '/:network/team/paper-help/:help': [{ help: String(help.id) }],
    [base]: [given, { meeting, paper: `P-${numbers[1]}` }],
  }
}
