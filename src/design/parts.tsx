import { type ReactNode, useId } from 'react'

type HeadingLevel = 2 | 3 | 4

/** Words set apart from the text around them. */
export function InsetText({ children }: { children: ReactNode }) {
  return (
    <div className="nhsuk-inset-text">
      <span className="nhsuk-u-visually-hidden">Information: </span>
      {asParagraph(children)}
    </div>
  )
}

export interface WarningCalloutProps {
  title?: string
  headingLevel?: HeadingLevel
  children: ReactNode
}

/** For what a person must not miss. */
export function WarningCallout({ title = 'Important', headingLevel = 2, children }: WarningCalloutProps) {
  const Heading = `h${headingLevel}` as const
  return (
    <div className="nhsuk-card nhsuk-card--warning">
      <div className="nhsuk-card__content">
        <Heading className="nhsuk-card__heading">{title}</Heading>
        {asParagraph(children)}
      </div>
    </div>
  )
}

/** Words that open on demand; the browser does it, without a script. */
export function Details({
  summary,
  open = false,
  children,
}: {
  summary: string
  open?: boolean
  children: ReactNode
}) {
  return (
    <details className="nhsuk-details" open={open}>
      <summary className="nhsuk-details__summary">
        <span className="nhsuk-details__summary-text">{summary}</span>
      </summary>
      <div className="nhsuk-details__text">{asParagraph(children)}</div>
    </details>
  )
}

export interface CardProps {
  title: string
  /** The whole card becomes a link. */
  href?: string
  headingLevel?: HeadingLevel
  children?: ReactNode
}

export function Card({ title, href, headingLevel = 2, children }: CardProps) {
  const Heading = `h${headingLevel}` as const
  return (
    <div className={href ? 'nhsuk-card nhsuk-card--clickable' : 'nhsuk-card'}>
      <div className="nhsuk-card__content">
        <Heading className="nhsuk-card__heading nhsuk-heading-m">
          {href ? (
            <a className="nhsuk-card__link" href={href}>
              {title}
            </a>
          ) : (
            title
          )}
        </Heading>
        {asParagraph(children)}
      </div>
    </div>
  )
}

export interface PanelProps {
  title: string
  /** The panel carries the page's h1: give the Page `titleInLegend`. */
  asHeading?: boolean
  children?: ReactNode
}

/** The end of a journey: it is done, and here is the reference (R46). */
export function Panel({ title, asHeading = false, children }: PanelProps) {
  const Heading = asHeading ? 'h1' : 'h2'
  return (
    <div className="nhsuk-panel">
      <Heading className="nhsuk-panel__heading">{title}</Heading>
      {children && <div className="nhsuk-panel__body">{children}</div>}
    </div>
  )
}

export interface NotificationBannerProps {
  title?: string
  /** It worked: green, and read out at once. */
  success?: boolean
  children: ReactNode
}

export function NotificationBanner({ title, success = false, children }: NotificationBannerProps) {
  const id = useId()
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: both roles take a name
    <div
      className={`nhsuk-notification-banner${success ? ' nhsuk-notification-banner--success' : ''}`}
      role={success ? 'alert' : 'region'}
      aria-labelledby={id}
    >
      <div className="nhsuk-notification-banner__header">
        <h2 className="nhsuk-notification-banner__title" id={id}>
          {title ?? (success ? 'Done' : 'Important')}
        </h2>
      </div>
      <div className="nhsuk-notification-banner__content">
        {holdsText(children) ? <p className="nhsuk-notification-banner__heading">{children}</p> : children}
      </div>
    </div>
  )
}

/** Nothing here, said kindly: never a blank (LOOP-19). */
export function Empty({ children }: { children: ReactNode }) {
  return <p className="loop-empty">{children}</p>
}

export interface ButtonLinkProps {
  href: string
  children: ReactNode
  secondary?: boolean
}

/** A link that looks like a button, for the one thing that a page invites to. */
export function ButtonLink({ href, secondary = false, children }: ButtonLinkProps) {
  return (
    <a className={`nhsuk-button${secondary ? ' nhsuk-button--secondary' : ''}`} href={href} draggable={false}>
      {children}
    </a>
  )
}

/** Bare words, with or without links among them, become a paragraph; anything richer stands as it is. */
function asParagraph(children: ReactNode): ReactNode {
  return holdsText(children) ? <p>{children}</p> : children
}

function holdsText(children: ReactNode): boolean {
  if (Array.isArray(children)) return children.some(holdsText)
  return (typeof children === 'string' && children.trim() !== '') || typeof children === 'number'
}
