import { Temporal } from 'temporal-polyfill'
import { Details } from '#design/index.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import type { Held } from '#platform/http/route.ts'

/** So many of one kind are shown on a page; the files have all. */
const mostOnPage = 20

const idOf = (at: number) => `part-${at + 1}`

type Value = Held['rows'][number][string]

function inWords(value: Value): string {
  if (value === null || value === '') return 'Nothing'
  if (value === true) return 'Yes'
  if (value === false) return 'No'
  const text = String(value)
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? dateInWords(Temporal.PlainDate.from(text)) : text
}

/** What somebody wrote or named. A day, a yes, and a word of one's state such as "received" are ours. */
const isTheirs = (value: Value): boolean =>
  typeof value === 'string' && value !== '' && !/^([a-z]+(-[a-z]+)*|\d{4}-\d{2}-\d{2})$/.test(value)

function Rows({ rows }: { rows: Held['rows'] }) {
  return rows.map((row, n) => (
    <dl className="nhsuk-summary-list" key={n}>
      {Object.entries(row).map(([name, value]) => (
        <div className="nhsuk-summary-list__row" key={name}>
          <dt className="nhsuk-summary-list__key">{name}</dt>
          <dd className="nhsuk-summary-list__value">
            <span className="loop-words" dir={isTheirs(value) ? 'auto' : undefined}>
              {inWords(value)}
            </span>
          </dd>
        </div>
      ))}
    </dl>
  ))
}

const counted = ({ title, rows }: Held) => `${title} (${rows.length})`

function Nothing({ held }: { held: readonly Held[] }) {
  if (held.length === 0) return null
  return (
    <section>
      <h2 className="nhsuk-heading-m">Where we hold nothing about you</h2>
      <ul className="nhsuk-list nhsuk-list--bullet">
        {held.map(each => (
          <li key={each.title}>{each.title}</li>
        ))}
      </ul>
    </section>
  )
}

const parted = (held: readonly Held[]) => ({
  full: held.filter(each => each.rows.length > 0),
  empty: held.filter(each => each.rows.length === 0),
})

/** On a page: one line for each room, to open. */
export function FoldedSections({ held }: { held: readonly Held[] }) {
  const { full, empty } = parted(held)
  return (
    <>
      <h2 className="nhsuk-heading-m">What is here</h2>
      {full.map(each => (
        <Details summary={counted(each)} key={each.title}>
          {each.note && <p>{each.note}</p>}
          <Rows rows={each.rows.slice(0, mostOnPage)} />
          {each.rows.length > mostOnPage && (
            <p>And {each.rows.length - mostOnPage} more, in the files that you can take along.</p>
          )}
        </Details>
      ))}
      <Nothing held={empty} />
    </>
  )
}

/** In the file that one takes along: all of it, with a list at the head. */
export function Sections({ held }: { held: readonly Held[] }) {
  const { full, empty } = parted(held)
  return (
    <>
      <h2>What is here</h2>
      <ul>
        {full.map((each, at) => (
          <li key={each.title}>
            <a href={`#${idOf(at)}`}>{counted(each)}</a>
          </li>
        ))}
      </ul>
      {full.map((each, at) => (
        <section key={each.title}>
          <h2 id={idOf(at)}>{each.title}</h2>
          {each.note && <p>{each.note}</p>}
          <Rows rows={each.rows} />
        </section>
      ))}
      <Nothing held={empty} />
    </>
  )
}
