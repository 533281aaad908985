import { sql } from 'kysely'
import type { Instant } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import * as meetings from '#slices/meetings/index.ts'
import * as minutes from '#slices/minutes/index.ts'
import * as papers from '#slices/papers/index.ts'
import * as votes from '#slices/votes/index.ts'
import { day, doingAt, meetingOf, personId, type Scene, took, type World } from './world.ts'

export type Taken = { accepted: boolean; sentence?: string }
export type Step = (doing: Doing, world: World) => Promise<Taken>

const board = 'operational-board'
export const chair = 'board-chair'
export const team = 'co-ordinator'

let order = 0
/** One step of the story, by somebody, on a day. */
export function told(onDay: number, who: string | undefined, about: string, step: Step): Scene {
  return {
    day: onDay,
    order: 500 + ++order / 1000,
    about,
    play: async (world, at) =>
      void took(world, `${about}, ${onDay}`, await step(doingAt(world, who, at), world)),
  }
}

/** Something in a meeting of the board, so many minutes after it began, by somebody. */
export function inMeeting(inDays: number, minute: number, who: string, about: string, step: Step): Scene {
  return {
    ...told(inDays, who, about, step),
    play: async world => {
      const at: Instant = meetingOf(world, board, inDays).startsAt.add({ minutes: minute })
      took(world, `${about}, in the meeting ${inDays}`, await step(doingAt(world, who, at), world))
    },
  }
}

const there = <Thing>(thing: Thing | undefined, what: string): Thing => {
  if (thing === undefined) throw new Error(`${what} is not there`)
  return thing
}
const fine: Taken = { accepted: true }

async function held(doing: Doing, world: World, inDays: number): Promise<meetings.LoadedMeeting> {
  const { number } = meetingOf(world, board, inDays)
  return there(await meetings.loadMeeting(doing, number, { forChange: true }), `M-${number}`)
}

export const meeting =
  (inDays: number, step: (doing: Doing, it: meetings.LoadedMeeting, world: World) => Promise<Taken>): Step =>
  async (doing, world) =>
    await step(doing, await held(doing, world, inDays), world)

async function itemId(doing: Doing, world: World, inDays: number, title: string): Promise<number> {
  const row = await doing.tx
    .selectFrom('agenda_item')
    .select('id')
    .where('meeting_id', '=', meetingOf(world, board, inDays).id)
    .where('title', '=', title)
    .executeTakeFirst()
  return there(row, title).id
}

export const item =
  (
    inDays: number,
    title: string,
    step: (doing: Doing, it: meetings.LoadedItem, world: World) => Promise<Taken>,
  ): Step =>
  async (doing, world) => {
    const id = await itemId(doing, world, inDays, title)
    const given = { meeting: `M-${meetingOf(world, board, inDays).number}`, item: id }
    return await step(doing, there(await meetings.loadItem(doing, given, { forChange: true }), title), world)
  }

export const itemMinutes =
  (
    inDays: number,
    title: string,
    step: (
      doing: Doing,
      it: NonNullable<Awaited<ReturnType<typeof minutes.loadItemMinutes>>>,
      world: World,
    ) => Promise<Taken>,
  ): Step =>
  async (doing, world) => {
    const id = await itemId(doing, world, inDays, title)
    const given = { meeting: `M-${meetingOf(world, board, inDays).number}`, item: id }
    return await step(
      doing,
      there(await minutes.loadItemMinutes(doing, given, { forChange: true }), title),
      world,
    )
  }

const paper =
  (
    title: string,
    step: (
      doing: Doing,
      it: NonNullable<Awaited<ReturnType<typeof papers.loadPaper>>>,
      world: World,
    ) => Promise<Taken>,
  ): Step =>
  async (doing, world) => {
    const row = await doing.tx
      .selectFrom('paper as p')
      .innerJoin('meeting as m', on =>
        on.onRef('m.network_id', '=', 'p.network_id').onRef('m.id', '=', 'p.meeting_id'),
      )
      .select(['p.number', 'm.number as meeting'])
      .where('p.title', '=', title)
      .executeTakeFirst()
    const given = { meeting: there(row, title).meeting, paper: row!.number }
    return await step(doing, there(await papers.loadPaper(doing, given, { forChange: true }), title), world)
  }

const motion =
  (
    text: string,
    hold: 'motion' | 'item',
    step: (
      doing: Doing,
      it: NonNullable<Awaited<ReturnType<typeof votes.loadMotion>>>,
      world: World,
    ) => Promise<Taken>,
  ): Step =>
  async (doing, world) => {
    const row = await doing.tx
      .selectFrom('motion')
      .select('number')
      .where('text', '=', text)
      .orderBy('id', 'desc')
      .executeTakeFirst()
    return await step(doing, there(await votes.loadMotion(doing, there(row, text).number, hold), text), world)
  }

export interface Wish {
  readonly title: string
  readonly about: string
  readonly asked?: meetings.Asked
  readonly minutes?: number
  readonly handling?: 'public' | 'board'
  readonly why?: string
  readonly presenter?: string
  /** Titles of the contributions that it answers. */
  readonly answers?: readonly string[]
}

/** Somebody asks for an item, and the chair gives it a place the day after. */
export function asksFor(onDay: number, who: string, inDays: number, wish: Wish): Scene[] {
  const { title, about, asked = 'decide', minutes: long = 15, handling = 'public' } = wish
  return [
    told(
      onDay,
      who,
      `asks for “${title}”`,
      meeting(inDays, async (doing, it) => {
        const found = wish.answers?.length
          ? await doing.tx
              .selectFrom('contribution')
              .select('id')
              .where('title', 'in', [...wish.answers])
              .execute()
          : []
        return await meetings.raiseItem(doing, it, {
          title,
          about,
          asked,
          minutes: long,
          wished: handling,
          contributionIds: found.map(each => each.id),
        })
      }),
    ),
    told(
      onDay + 1,
      chair,
      `gives “${title}” a place`,
      item(inDays, title, (doing, it, world) =>
        meetings.giveItemAPlace(doing, it, {
          minutes: long,
          asked,
          presenterPersonId: wish.presenter ? personId(world, wish.presenter) : null,
          presenterWords: '',
          handling,
          handlingReason: wish.why ?? '',
          readerIds: [],
        }),
      ),
    ),
  ]
}

export interface PaperWish {
  readonly title: string
  readonly by: string
  readonly summary: string
  readonly text: Parameters<typeof papers.writtenPaper>[1]
  readonly handling?: 'public' | 'board'
}

export const writes = (onDay: number, inDays: number, itemTitle: string, wish: PaperWish): Scene =>
  told(
    onDay,
    wish.by,
    `writes “${wish.title}”`,
    item(inDays, itemTitle, async (doing, it, world) =>
      papers.addPaper(doing, it, {
        title: wish.title,
        summary: wish.summary,
        handling: wish.handling ?? 'public',
        readers: [],
        authorId: personId(world, wish.by),
        file: await papers.writtenPaper(wish.title, wish.text),
      }),
    ),
  )

/** @param late why it comes late: the chair allowed it */
export const sendsOut = (onDay: number, who: string, title: string, late = ''): Scene =>
  told(
    onDay,
    who,
    `sends out “${title}”`,
    paper(title, (doing, it, world) =>
      papers.sendPaperOut(doing, it, {
        because: late,
        allowedById: late ? personId(world, chair) : undefined,
      }),
    ),
  )

/** Read marks are for the reader's eyes: the database wants to know who reads. */
export const reads = (onDay: number, who: string, title: string): Scene =>
  told(
    onDay,
    who,
    `reads “${title}”`,
    paper(title, async (doing, it) => {
      await asReader(doing, doing.actor!.personId, () => papers.markAsRead(doing, it.id, it.current!.id))
      return fine
    }),
  )

async function asReader(doing: Doing, id: number | '', work: () => Promise<void>): Promise<void> {
  await sql`select set_config('app.person', ${String(id)}, true)`.execute(doing.tx)
  await work()
  await sql`select set_config('app.person', '', true)`.execute(doing.tx)
}

export const asksAbout = (onDay: number, who: string, title: string, words: string, passage = ''): Scene =>
  told(
    onDay,
    who,
    `asks about “${title}”`,
    paper(title, (doing, it) => papers.askQuestion(doing, it, { passage, words })),
  )

export const answersAbout = (
  onDay: number,
  who: string,
  title: string,
  words: string,
  answer: string,
): Scene =>
  told(
    onDay,
    who,
    `answers about “${title}”`,
    paper(title, async (doing, it) => {
      const question = await doing.tx
        .selectFrom('paper_question')
        .selectAll()
        .where('paper_id', '=', it.id)
        .where('words', '=', words)
        .executeTakeFirst()
      return await papers.answerQuestion(doing, { ...it, question: there(question, words) }, answer)
    }),
  )

export const asksToPutOff = (onDay: number, who: string, title: string, words: string): Scene =>
  told(
    onDay,
    who,
    `asks to put off “${title}”`,
    paper(title, (doing, it) => papers.wishToPutOff(doing, it, words)),
  )

export const goesAhead = (onDay: number, title: string, because: string): Scene =>
  told(
    onDay,
    chair,
    `goes ahead with “${title}”`,
    paper(title, async (doing, it) => {
      const wish = await doing.tx
        .selectFrom('deferral_wish')
        .selectAll()
        .where('paper_id', '=', it.id)
        .executeTakeFirst()
      return await papers.answerWish(
        doing,
        { ...it, wish: there(wish, title) },
        { answer: 'goes-ahead', because, meeting: undefined },
      )
    }),
  )

export interface Vote {
  readonly text: string
  readonly isSecret?: boolean
  /** Who votes how; the others not at all. */
  readonly ballots: Readonly<Record<string, 'for' | 'against' | 'abstain'>>
}

/** Proposed, opened, voted and closed in the meeting, from this minute on. */
export const votesOn = (inDays: number, minute: number, itemTitle: string, vote: Vote): Scene[] => [
  inMeeting(inDays, minute, chair, `proposes “${vote.text}”`, proposing(inDays, itemTitle, vote, false)),
  inMeeting(
    inDays,
    minute + 1,
    chair,
    `opens “${vote.text}”`,
    motion(vote.text, 'item', (doing, it) => votes.openVote(doing, it, null)),
  ),
  ...Object.entries(vote.ballots).map(([who, choice]) =>
    inMeeting(inDays, minute + 2, who, `votes on “${vote.text}”`, ballot(vote.text, choice)),
  ),
  inMeeting(
    inDays,
    minute + 4,
    chair,
    `closes “${vote.text}”`,
    motion(vote.text, 'motion', (doing, it) => votes.closeVote(doing, it)),
  ),
]

const proposing = (inDays: number, itemTitle: string, vote: Vote, written: boolean): Step =>
  item(inDays, itemTitle, (doing, it) =>
    votes.proposeMotion(doing, it, {
      text: vote.text,
      kind: 'for-against',
      options: [],
      manner: written ? 'written' : vote.isSecret ? 'secret' : 'open',
      isSecret: vote.isSecret ?? false,
      majority: 'simple',
      countedOf: 'votes',
      castingVote: false,
    }),
  )

const ballot = (text: string, choice: string): Step =>
  motion(text, 'motion', (doing, it) => votes.castBallot(doing, it, doing.actor!.personId, [choice]))

/** Between meetings: open for some days, and closed by the clock. */
export const votesInWriting = (
  onDay: number,
  inDays: number,
  itemTitle: string,
  vote: Vote & { readonly until: number },
): Scene[] => [
  told(onDay, chair, `proposes “${vote.text}”`, proposing(inDays, itemTitle, vote, true)),
  told(
    onDay,
    chair,
    `opens “${vote.text}”`,
    motion(vote.text, 'item', (doing, it, world) =>
      votes.openVote(
        doing,
        it,
        day(world, vote.until).add({ days: 1 }).toZonedDateTime('Europe/London').toInstant(),
      ),
    ),
  ),
  ...Object.entries(vote.ballots).map(([who, choice], n) =>
    told(onDay + 1 + (n % 3), who, `votes on “${vote.text}”`, ballot(vote.text, choice)),
  ),
]

export const dissents = (inDays: number, minute: number, who: string, text: string, words: string): Scene =>
  inMeeting(
    inDays,
    minute,
    who,
    `dissents from “${text}”`,
    motion(text, 'motion', (doing, it) =>
      votes.addDissent(doing, it, {
        personId: doing.actor!.personId,
        words,
        forChairOnly: false,
        recorded: false,
      }),
    ),
  )

/** The meeting begins, with these people there. */
export const begins = (inDays: number, marks: Readonly<Record<string, meetings.Mark>>): Scene[] => [
  inMeeting(inDays, 0, chair, 'begins', meeting(inDays, meetings.openTheMeeting)),
  marked(inDays, 1, marks),
]

export const marked = (
  inDays: number,
  minute: number,
  marks: Readonly<Record<string, meetings.Mark>>,
): Scene =>
  inMeeting(
    inDays,
    minute,
    team,
    'marks who is here',
    meeting(inDays, (doing, it, world) =>
      meetings.markAttendance(
        doing,
        it,
        new Map(Object.entries(marks).map(([who, mark]) => [personId(world, who), mark] as const)),
      ),
    ),
  )

export const turnsTo = (inDays: number, minute: number, title: string): Scene =>
  inMeeting(
    inDays,
    minute,
    chair,
    `turns to “${title}”`,
    meeting(inDays, async (doing, it, world) =>
      meetings.turnToItem(doing, it, await itemId(doing, world, inDays, title)),
    ),
  )

export const ends = (inDays: number, minute: number): Scene =>
  inMeeting(inDays, minute, chair, 'ends', meeting(inDays, meetings.endMeeting))

/** What was said on an item that answers no contribution. */
export const isMinuted = (
  onDay: number,
  inDays: number,
  title: string,
  said: string,
  more: {
    saidInPrivate?: string
    actions?: readonly (readonly [what: string, owner: string, due: number])[]
  } = {},
): Scene =>
  told(
    onDay,
    team,
    `minutes of “${title}”`,
    itemMinutes(inDays, title, (doing, it, world) =>
      minutes.minuteItem(doing, it, {
        said,
        saidInPrivate: more.saidInPrivate ?? '',
        considered: [],
        actions: (more.actions ?? []).map(([what, owner, due]) => ({
          what,
          ownerPersonId: personId(world, owner),
          dueOn: day(world, due),
        })),
      }),
    ),
  )

export const isDecided = (
  onDay: number,
  inDays: number,
  title: string,
  given: { text: string; because: string; reviewOn?: number; byVote?: true },
): Scene =>
  told(
    onDay,
    team,
    `decision on “${title}”`,
    itemMinutes(inDays, title, (doing, it, world) =>
      minutes.decide(doing, it, {
        text: given.text,
        because: given.because,
        reviewOn: given.reviewOn === undefined ? null : day(world, given.reviewOn),
        motionId: given.byVote ? (it.motions.find(each => each.decides)?.id ?? -1) : null,
        insteadOfId: null,
        contributionIds: it.contributions.map(each => each.id),
      }),
    ),
  )

export const corrects = (onDay: number, who: string, inDays: number, words: string): Scene =>
  told(
    onDay,
    who,
    'asks for a correction',
    meeting(inDays, (doing, it) => minutes.proposeCorrection(doing, it, { words, itemId: null })),
  )

export const answersCorrection = (
  onDay: number,
  inDays: number,
  words: string,
  answer: 'taken' | 'not-taken',
  because: string,
): Scene =>
  told(onDay, chair, 'answers a correction', async (doing, world) => {
    const row = await doing.tx
      .selectFrom('minutes_correction')
      .select('id')
      .where('words', '=', words)
      .executeTakeFirst()
    const given = {
      meeting: `M-${meetingOf(world, board, inDays).number}`,
      correction: String(there(row, words).id),
    }
    const loaded = there(await minutes.loadCorrection(doing, given, { forChange: true }), words)
    return await minutes.answerCorrection(doing, loaded, { answer, because })
  })

export const saysAfter = (
  onDay: number,
  who: string,
  inDays: number,
  given: Omit<Parameters<typeof minutes.answerAfter>[3], 'named'> & { named?: true },
): Scene =>
  told(onDay, who, 'says how the meeting was', async (doing, world) => {
    const mark = `M-${meetingOf(world, board, inDays).number}`
    const loaded = there(await minutes.loadAfter(doing, mark, { forChange: true }), mark)
    return await minutes.answerAfter(doing, loaded, doing.actor!.personId, {
      ...given,
      named: given.named ?? false,
    })
  })
