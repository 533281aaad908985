import { Temporal } from 'temporal-polyfill'
import { dateInWords } from '#kernel/calendar/words.ts'
import type { Held } from '#platform/http/route.ts'

/** So many of one kind are shown on a page; the files have all. */
const mostOnPage = 25

const idOf = (at: number) => `part-${at + 1}`

type Value = Held['rows'][number][string]

function inWords(value: Value): string {
  if (value === null || value === '') return 'Nothing'
  if (value === true) return 'Yes'
  if (value === false) return 'No'
  const text = String(value)
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? dateInWords(Temporal.PlainDate.from(text)) : text
}

/** @param all in the file that one takes along */
export function Sections({ held, all = false }: { held: readonly Held[]; all?: boolean }) {
  const full = held.filter(each => each.rows.length > 0)
  const empty = held.filter(each => each.rows.length === 0)
  return (
    <>
      <nav aria-labelledby="parts">
        <h2 className="nhsuk-heading-m" id="parts">
          What is here
        </h2>
        <ul className="nhsuk-list">
          {full.map((each, at) => (
            <li key={each.title}>
              <a href={`#${idOf(at)}`}>{each.title}</a> ({each.rows.length})
            </li>
          ))}
        </ul>
      </nav>
      {full.map((each, at) => (
        <section key={each.title}>
          <h2 className="nhsuk-heading-m" id={idOf(at)}>
            {each.title}
          </h2>
          {each.note && <p>{each.note}</p>}
          {(all ? each.rows : each.rows.slice(0, mostOnPage)).map((row, n) => (
            <dl className="nhsuk-summary-list" key={n}>
              {Object.entries(row).map(([name, value]) => (
                <div className="nhsuk-summary-list__row" key={name}>
                  <dt className="nhsuk-summary-list__key">{name}</dt>
                  <dd className="nhsuk-summary-list__value">
                    <span className="loop-words">{inWords(value)}</span>
                  </dd>
                </div>
              ))}
            </dl>
          ))}
          {!all && each.rows.length > mostOnPage && (
            <p>And {each.rows.length - mostOnPage} more, in the files that you can take along.</p>
          )}
        </section>
      ))}
      {empty.length > 0 && (
        <section>
          <h2 className="nhsuk-heading-m">Where we hold nothing about you</h2>
          <ul className="nhsuk-list nhsuk-list--bullet">
            {empty.map(each => (
              <li key={each.title}>{each.title}</li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}
