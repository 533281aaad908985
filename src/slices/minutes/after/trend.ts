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

export interface Trend {
  readonly shown: readonly MeetingAnswers[]
  /** Held, with too few answers to show. */
  readonly hidden: readonly Pick<MeetingAnswers, 'number' | 'title'>[]
  /** Of the meetings that are shown alone: taking them away leaves nothing. */
  readonly all: Pick<MeetingAnswers, 'answers' | 'tookPart' | 'wasHeard'> | undefined
}

export function trendOf(meetings: readonly MeetingAnswers[]): Trend {
  const shown = meetings.filter(isShown)
  const add = (one: Counts, other: Counts): Counts => ({
    yes: one.yes + other.yes,
    partly: one.partly + other.partly,
    no: one.no + other.no,
  })
  const all = shown.reduce(
    (sum, each) => ({
      answers: sum.answers + each.answers,
      tookPart: add(sum.tookPart, each.tookPart),
      wasHeard: add(sum.wasHeard, each.wasHeard),
    }),
    { answers: 0, tookPart: nothing, wasHeard: nothing },
  )
  return {
    shown,
    hidden: meetings.filter(each => !isShown(each)).map(({ number, title }) => ({ number, title })),
    all: shown.length > 1 ? all : undefined,
  }
}

const nothing: Counts = { yes: 0, partly: 0, no: 0 }
