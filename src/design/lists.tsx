import { type ReactNode, useId } from 'react'
import { StatusTag, type Tone } from './loop.tsx'

export interface Task {
  title: string
  href?: string | undefined
  hint?: ReactNode
  status: string | { words: string; tone: Tone }
  /** By when, in words: "by 3 March 2027", "2 days late". */
  dueWords?: string | undefined
  late?: boolean
}

/** What needs somebody now, each with its status and date. */
export function TaskList({ items }: { items: readonly Task[] }) {
  const id = useId()
  return (
    <ul className="nhsuk-task-list">
      {items.map((item, n) => (
        <TaskItem item={item} id={`${id}${n + 1}`} key={n} />
      ))}
    </ul>
  )
}

function TaskItem({ item, id }: { item: Task; id: string }) {
  const status = typeof item.status === 'string' ? { words: item.status, tone: undefined } : item.status
  const tone = status.tone ?? (item.late ? 'late' : 'moving')
  return (
    <li className={`nhsuk-task-list__item${item.href ? ' nhsuk-task-list__item--with-link' : ''}`}>
      <div className="nhsuk-task-list__name-and-hint">
        {item.href ? (
          <a
            className="nhsuk-task-list__link nhsuk-link"
            href={item.href}
            aria-describedby={item.hint ? `${id}-hint ${id}-status` : `${id}-status`}
          >
            {item.title}
          </a>
        ) : (
          <span>{item.title}</span>
        )}
        {item.hint && (
          <div className="nhsuk-task-list__hint" id={`${id}-hint`}>
            {item.hint}
          </div>
        )}
      </div>
      <div className="nhsuk-task-list__status" id={`${id}-status`}>
        <StatusTag tone={tone}>{status.words}</StatusTag>
        {item.dueWords && (
          <span className={item.late ? 'loop-due loop-due--late' : 'loop-due'}>{item.dueWords}</span>
        )}
      </div>
    </li>
  )
}

export interface SummaryRow {
  key: string
  value: ReactNode
  /** `about` is read out after the link's words: "Change" + "name". */
  action?: { href: string; text?: string; about?: string } | undefined
}

/** What we hold, in pairs; on a check-answers page each with its change link (R46). */
export function SummaryList({ rows }: { rows: readonly SummaryRow[] }) {
  return (
    <dl className="nhsuk-summary-list">
      {rows.map((row, n) => (
        <div className="nhsuk-summary-list__row" key={n}>
          <dt className="nhsuk-summary-list__key">{row.key}</dt>
          <dd className="nhsuk-summary-list__value">{row.value}</dd>
          {row.action && (
            <dd className="nhsuk-summary-list__actions">
              <a className="nhsuk-link" href={row.action.href}>
                {row.action.text ?? 'Change'}
                <span className="nhsuk-u-visually-hidden"> {row.action.about ?? row.key.toLowerCase()}</span>
              </a>
            </dd>
          )}
        </div>
      ))}
    </dl>
  )
}

export interface TableColumn {
  title: string
  numeric?: boolean
}

export interface TableProps {
  caption: string
  captionHidden?: boolean
  columns: readonly TableColumn[]
  /** A row's first cell names the row. */
  rows: readonly (readonly ReactNode[])[]
}

/** A table on a wide screen; on a narrow one each row becomes a block of heading and value. */
export function Table({ caption, captionHidden = false, columns, rows }: TableProps) {
  const captionClass = captionHidden
    ? 'nhsuk-u-visually-hidden'
    : 'nhsuk-table__caption nhsuk-table__caption--m'
  // The roles are not redundant: the narrow layout sets `display`, which takes a table's meaning away.
  return (
    // biome-ignore lint/a11y/noRedundantRoles: see above
    <table className="nhsuk-table nhsuk-table--responsive" role="table">
      <caption className={captionClass}>{caption}</caption>
      {/* biome-ignore lint/a11y/noRedundantRoles: see above */}
      <thead className="nhsuk-table__head" role="rowgroup">
        {/* biome-ignore lint/a11y/noRedundantRoles: see above */}
        <tr className="nhsuk-table__row" role="row">
          {columns.map(column => (
            <th
              className={cellClass('nhsuk-table__header', column.numeric)}
              // biome-ignore lint/a11y/noRedundantRoles: see above
              role="columnheader"
              scope="col"
              key={column.title}
            >
              {column.title}
            </th>
          ))}
        </tr>
      </thead>
      {/* biome-ignore lint/a11y/noRedundantRoles: see above */}
      <tbody className="nhsuk-table__body" role="rowgroup">
        {rows.map((row, n) => (
          // biome-ignore lint/a11y/noRedundantRoles: see above
          <tr className="nhsuk-table__row" role="row" key={n}>
            {row.map((cell, m) => (
              <TableCell cell={cell} column={columns[m]} first={m === 0} key={m} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function TableCell(props: { cell: ReactNode; column: TableColumn | undefined; first: boolean }) {
  const { cell, column, first } = props
  const inside = (
    <>
      <span className="nhsuk-table__heading" aria-hidden="true">
        {column?.title}{' '}
      </span>
      <span>{cell}</span>
    </>
  )
  if (first) {
    return (
      // biome-ignore lint/a11y/noRedundantRoles: the narrow layout takes a table's meaning away
      <th className={cellClass('nhsuk-table__header', column?.numeric)} role="rowheader" scope="row">
        {inside}
      </th>
    )
  }
  return (
    // biome-ignore lint/a11y/noRedundantRoles: the narrow layout takes a table's meaning away
    <td className={cellClass('nhsuk-table__cell', column?.numeric)} role="cell">
      {inside}
    </td>
  )
}

function cellClass(base: string, numeric: boolean | undefined): string {
  return numeric ? `${base} ${base}--numeric` : base
}

export interface PaginationLink {
  href: string
  /** What lies there: "1 to 25", "older views". */
  label?: string
}

export interface PaginationProps {
  previous?: PaginationLink | undefined
  next?: PaginationLink | undefined
}

/** Forward and back through a list. By key, not by page number, so that a growing list does not slip. */
export function Pagination({ previous, next }: PaginationProps) {
  if (!previous && !next) return null
  return (
    <nav className="nhsuk-pagination" aria-label="Pagination">
      <ul className="nhsuk-list nhsuk-pagination__list">
        {previous && (
          <li className="nhsuk-pagination-item--previous">
            <a
              className="nhsuk-pagination__link nhsuk-pagination__link--prev"
              href={previous.href}
              rel="prev"
            >
              <PaginationWords title="Previous" label={previous.label} />
              <Arrow name="arrow-left" path={arrowLeft} />
            </a>
          </li>
        )}
        {next && (
          <li className="nhsuk-pagination-item--next">
            <a className="nhsuk-pagination__link nhsuk-pagination__link--next" href={next.href} rel="next">
              <PaginationWords title="Next" label={next.label} />
              <Arrow name="arrow-right" path={arrowRight} />
            </a>
          </li>
        )}
      </ul>
    </nav>
  )
}

function PaginationWords({ title, label }: { title: string; label: string | undefined }) {
  return (
    <>
      <span className="nhsuk-pagination__title">
        {title}
        <span className="nhsuk-u-visually-hidden"> page{label && ': '}</span>
      </span>
      {label && <span className="nhsuk-pagination__page">{label}</span>}
    </>
  )
}

function Arrow({ name, path }: { name: string; path: string }) {
  return (
    <svg
      className={`nhsuk-icon nhsuk-icon--${name}`}
      xmlns="http://www.w3.org/2000/svg"
      viewBox="0 0 24 24"
      width="16"
      height="16"
      focusable="false"
      aria-hidden="true"
    >
      <path d={path} />
    </svg>
  )
}

const arrowLeft =
  'M10.7 6.3c.4.4.4 1 0 1.4L7.4 11H19a1 1 0 0 1 0 2H7.4l3.3 3.3c.4.4.4 1 0 1.4a1 1 0 0 1-1.4 0l-5-5A1 1 0 0 1 4 12c0-.3.1-.5.3-.7l5-5a1 1 0 0 1 1.4 0Z'
const arrowRight =
  'm14.7 6.3 5 5c.2.2.3.4.3.7 0 .3-.1.5-.3.7l-5 5a1 1 0 0 1-1.4-1.4l3.3-3.3H5a1 1 0 0 1 0-2h11.6l-3.3-3.3a1 1 0 1 1 1.4-1.4Z'

export interface ListedLink {
  href: string
  text: string
  hint?: ReactNode
}

export function LinkList({ links }: { links: readonly ListedLink[] }) {
  return (
    <ul className="nhsuk-list loop-links">
      {links.map((link, n) => (
        <li key={n}>
          <a className="nhsuk-link" href={link.href}>
            {link.text}
          </a>
          {link.hint && <div className="loop-links__hint">{link.hint}</div>}
        </li>
      ))}
    </ul>
  )
}

export interface Figure {
  figure: ReactNode
  words: string
  note?: ReactNode
}

/** Numbers, each with the words that say what it counts. */
export function DefinitionNumbers({ figures }: { figures: readonly Figure[] }) {
  return (
    <dl className="loop-figures">
      {figures.map((one, n) => (
        <div className="loop-figures__one" key={n}>
          <dt className="loop-figures__words">{one.words}</dt>
          <dd className="loop-figures__figure">{one.figure}</dd>
          {one.note && <dd className="loop-figures__note">{one.note}</dd>}
        </div>
      ))}
    </dl>
  )
}
