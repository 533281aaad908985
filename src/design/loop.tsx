import type { ReactNode } from 'react'

/** What a state means for the reader. The words carry the meaning; the colour only repeats it. */
export type Tone = 'plain' | 'waiting' | 'moving' | 'good' | 'late' | 'stopped'

const tagColours: Record<Tone, string> = {
  plain: 'nhsuk-tag--white',
  waiting: 'nhsuk-tag--yellow',
  moving: 'nhsuk-tag--blue',
  good: 'nhsuk-tag--green',
  late: 'nhsuk-tag--red',
  stopped: 'nhsuk-tag--grey',
}

export function StatusTag({ children, tone = 'plain' }: { children: ReactNode; tone?: Tone }) {
  return <strong className={`nhsuk-tag ${tagColours[tone]}`}>{children}</strong>
}

/** One of the four promises: done on a day, or not yet. `words` stands for "Not yet" or beside the day. */
export interface LoopMark {
  /** The day in words, "3 March 2027". Given means done. */
  when?: string | undefined
  words?: string | undefined
}

export interface LoopStripProps {
  documented: LoopMark
  considered: LoopMark
  actioned: LoopMark
  closed: LoopMark
}

/** documented ✓ considered ✓ actioned ✓ closed: as words and dates, so that nothing hangs on colour (LOOP-15). */
export function LoopStrip(props: LoopStripProps) {
  return (
    <ol className="loop-strip" aria-label="How far this has come">
      <LoopStep name="Documented" mark={props.documented} />
      <LoopStep name="Considered" mark={props.considered} />
      <LoopStep name="Actioned" mark={props.actioned} />
      <LoopStep name="Closed" mark={props.closed} />
    </ol>
  )
}

function LoopStep({ name, mark }: { name: string; mark: LoopMark }) {
  const done = mark.when !== undefined
  return (
    <li className={done ? 'loop-strip__step loop-strip__step--done' : 'loop-strip__step'}>
      <strong className="loop-strip__name">
        {name}
        {done && <Tick />}
      </strong>
      {done && <span className="loop-strip__when">{mark.when}</span>}
      {(!done || mark.words) && <span className="loop-strip__when">{mark.words ?? 'Not yet'}</span>}
    </li>
  )
}

/** Drawn, because not every font has the sign; the words beside it are for those who do not see it. */
function Tick() {
  return (
    <>
      <svg
        className="loop-strip__tick"
        viewBox="0 0 24 24"
        width="24"
        height="24"
        focusable="false"
        aria-hidden="true"
      >
        <path d="M11.4 17.5a2 2 0 0 1-2.7.1h-.1L4 12.8a1.5 1.5 0 0 1 2.1-2L10 14.7l8.1-8.1a1.5 1.5 0 1 1 2.2 2l-8.9 9Z" />
      </svg>
      <span className="nhsuk-u-visually-hidden"> ✓ done</span>
    </>
  )
}

export interface TimelineEntry {
  /** In words: "3 March 2027, 2:30pm". */
  when: string
  /** The same for machines: an ISO date or instant. */
  dateTime?: string
  title: string
  by?: string | undefined
  body?: ReactNode
}

/** What happened, in the order given. */
export function Timeline({
  entries,
  headingLevel = 3,
}: {
  entries: readonly TimelineEntry[]
  headingLevel?: 2 | 3 | 4
}) {
  const Heading = `h${headingLevel}` as const
  return (
    <ol className="loop-timeline">
      {entries.map((entry, n) => (
        <li className="loop-timeline__entry" key={n}>
          <Heading className="nhsuk-heading-xs loop-timeline__title">{entry.title}</Heading>
          <p className="loop-timeline__by">
            <time dateTime={entry.dateTime}>{entry.when}</time>
            {entry.by && `, ${entry.by}`}
          </p>
          {entry.body && <div className="loop-timeline__body">{entry.body}</div>}
        </li>
      ))}
    </ol>
  )
}

export interface QuoteProps {
  /** A person's own words: shown as text, line breaks kept, in the direction of their own script. */
  words: string
  by?: ReactNode
  lang?: string | undefined
}

export function Quote({ words, by, lang }: QuoteProps) {
  return (
    <figure className="loop-quote">
      <blockquote className="loop-quote__words" translate="no" dir="auto" lang={lang}>
        {words}
      </blockquote>
      {by && <figcaption className="loop-quote__by">{by}</figcaption>}
    </figure>
  )
}

/** A reference such as C-1042, kept in one piece at the end of a line. */
export function Reference({ children }: { children: ReactNode }) {
  return <span className="nhsuk-u-nowrap">{children}</span>
}
