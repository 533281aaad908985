import type { ReactElement, ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { ErrorSummary } from './error-summary.tsx'
import { type FieldError, type Frame, frameAddresses, productName } from './frame.ts'
import { AboutTranslation, DemoBanner, Footer, Header } from './furniture.tsx'

/** A whole document as text: all that the reader gets, but for the few pages that bring a script. */
export function renderDocument(element: ReactElement): string {
  return `<!doctype html>${renderToStaticMarkup(element)}`
}

export interface PageProps {
  frame: Frame
  /** The page's one h1, and the beginning of its `<title>`. */
  title: string
  /** The mistakes of the form on this page; they also put "Error: " before the title (R45). */
  errors?: readonly FieldError[]
  /** Where the link above the heading goes. */
  back?: { href: string; text?: string } | undefined
  /** The language of a title that somebody gave, where it is another one than the page's. */
  titleLang?: string
  /** The full width, for tables and lists; text reads better in two thirds. */
  wide?: boolean
  /** Small words above the heading: a reference, the step of a journey. */
  caption?: string
  /** A part of the page (a field `asHeading`, a Panel) carries the h1 with the same words as `title`. */
  titleInLegend?: boolean
  /** What to show above the heading, below the back link: a notification. */
  before?: ReactNode
  /** Which easy-read page says the same as this one, after the list's address. */
  easyRead?: string
  /** Address of a script of ours, for the few pages that have one. */
  script?: string
  /** Seconds after which the page comes anew where no script does it. */
  refreshAfter?: number
  children?: ReactNode
}

/** Every page of the product: title, header, navigation, one h1, footer. */
export function Page(props: PageProps) {
  const { frame, title, errors = [], back, wide = false, caption, titleInLegend = false } = props
  return (
    <html lang={frame.lang ?? 'en-GB'}>
      <head>
        <meta charSet="utf-8" />
        <title>{documentTitle(title, frame, errors.length > 0)}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="theme-color" content="#005eb8" />
        {frame.icon && <link rel="icon" type="image/svg+xml" href={frame.icon} />}
        <link rel="stylesheet" href={frame.stylesheet} />
        {frame.network && <link rel="manifest" href={frameAddresses(frame).manifest} />}
        {frame.network && frame.touchIcon && <link rel="apple-touch-icon" href={frame.touchIcon} />}
        {props.refreshAfter && (
          <noscript>
            <meta httpEquiv="refresh" content={String(props.refreshAfter)} />
          </noscript>
        )}
        {props.script && <script type="module" src={props.script} />}
      </head>
      <body>
        <a className="nhsuk-skip-link" href="#maincontent">
          Skip to main content
        </a>
        {frame.demo && <DemoBanner now={frame.now} />}
        <Header frame={frame} />
        <AboutTranslation frame={frame} />
        <div className="nhsuk-width-container">
          {back && (
            <nav aria-label="Back">
              <a className="nhsuk-back-link" href={back.href}>
                {back.text ?? 'Back'}
              </a>
            </nav>
          )}
          <main className="nhsuk-main-wrapper" id="maincontent" tabIndex={-1}>
            <div className={wide ? 'loop-wide' : 'loop-text'}>
              <ErrorSummary errors={errors} />
              {props.before}
              {caption && <p className="nhsuk-caption-l loop-caption">{caption}</p>}
              {!titleInLegend && (
                <h1
                  className="nhsuk-heading-l"
                  lang={props.titleLang}
                  dir={props.titleLang === undefined ? undefined : 'auto'}
                >
                  {title}
                </h1>
              )}
              {props.easyRead && frame.network && (
                <p>
                  <a href={`${frameAddresses(frame).easyRead}/${props.easyRead}`}>
                    Easy read: the same with short words and pictures
                  </a>
                </p>
              )}
              {props.children}
            </div>
          </main>
        </div>
        <Footer frame={frame} />
      </body>
    </html>
  )
}

function documentTitle(title: string, frame: Frame, hasErrors: boolean): string {
  const parts = [title, frame.network?.shortName, productName].filter(Boolean)
  return `${hasErrors ? 'Error: ' : ''}${parts.join(' – ')}`
}
