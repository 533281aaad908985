export interface Counts {
  readonly yes: number
  readonly partly: number
  readonly no: number
}

/** What was answered after one meeting. */
export interface MeetingAnswers {
  readonly number: number
  readonly title: string
  readonly answers: number
  /** Of these without a name. */
  readonly unnamed: number
  readonly tookPart: Counts
  readonly wasHeard: Counts
}

export const fewest = 5

/**
 * Shown from five answers on. Named ones stand beside it, so those without a name must be none or five too: else they
 * could be worked out by taking the named ones away.
 */
export const isShown = ({ answers, unnamed }: Pick<MeetingAnswers, 'answers' | 'unnamed'>): boolean =>
  answers >= fewest && (unnamed === 0 || unnamed >= fewest)

/** Meetings that follow each other, taken together until there are enough answers. */
export interface Period extends Omit<MeetingAnswers, 'number' | 'title'> {
  readonly meetings: readonly Pick<MeetingAnswers, 'number' | 'title'>[]
}

export interface Trend {
  /** Oldest first. None shares a meeting with another, so taking one from another leaves nothing. */
  readonly periods: readonly Period[]
  /** The latest, with too few answers to show. */
  readonly hidden: readonly Pick<MeetingAnswers, 'number' | 'title'>[]
}

/** @param meetings oldest first, whose questions are closed: a period that is shown does not change any more */
export function trendOf(meetings: readonly MeetingAnswers[]): Trend {
  const periods: Period[] = []
  let open: Period | undefined
  for (const each of meetings) {
    open = together(open, each)
    if (!isShown(open)) continue
    periods.push(open)
    open = undefined
  }
  return { periods, hidden: open?.meetings ?? [] }
}

function together(period: Period | undefined, { number, title, ...one }: MeetingAnswers): Period {
  const meeting = { number, title }
  if (!period) return { ...one, meetings: [meeting] }
  return {
    meetings: [...period.meetings, meeting],
    answers: period.answers + one.answers,
    unnamed: period.unnamed + one.unnamed,
    tookPart: add(period.tookPart, one.tookPart),
    wasHeard: add(period.wasHeard, one.wasHeard),
  }
}

const add = (one: Counts, other: Counts): Counts => ({
  yes: one.yes + other.yes,
  partly: one.partly + other.partly,
  no: one.no + other.no,
})
