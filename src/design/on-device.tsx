import { renderToStaticMarkup } from 'react-dom/server'

/** What a page brings for the script that keeps things on this device. */
export interface OnDevice {
  /** Address of the script: `assets().deviceScript.path`. */
  readonly script: string
  /** Whose page it is, without saying who, and the key that seals what this person keeps here. */
  readonly person?: { readonly mark: string; readonly key: string } | undefined
  /** What was sent and need not be kept any more; `all` after a sign-out. */
  readonly sent?: string | undefined
  /** How much waits for the reader, for the app's icon. */
  readonly needs?: number | undefined
  /** There is a form here whose words are kept. */
  readonly keeps?: boolean
}

/** A page with the script, and with the words that it says. They do nothing by themselves. */
export function withOnDevice(html: string, given: OnDevice): string {
  const { script, person, sent, needs } = given
  const words = renderToStaticMarkup(
    <template
      data-device=""
      data-mark={person?.mark}
      data-key={given.keeps ? person?.key : undefined}
      data-sent={sent}
      data-needs={needs}
    >
      {given.keeps && <Words />}
    </template>,
  )
  return html
    .replace('</head>', `<script type="module" src="${script}"></script></head>`)
    .replace('</body>', `${words}</body>`)
}

function Words() {
  return (
    <>
      <section className="nhsuk-inset-text" aria-label="What you wrote before">
        <p>
          You began to write this on <span data-at="" /> and did not send it. It is kept on this device only.
        </p>
        <div className="nhsuk-button-group">
          <button className="nhsuk-button nhsuk-button--secondary" type="button" data-do="back">
            Put it back
          </button>
          <button className="nhsuk-button nhsuk-button--secondary" type="button" data-do="delete">
            Delete it
          </button>
        </div>
      </section>
      <p role="status" />
      <p data-say="offline">You are not connected. What you write is kept on this device.</p>
      <p data-say="online">You are connected again. You can send it now.</p>
      <p data-say="unsent">
        You are not connected, so nothing was sent. What you wrote is kept on this device. Send it when you
        are connected again.
      </p>
      <p data-say="full">
        This device has no room to keep what you write. Send it before you leave this page.
      </p>
      <p data-say="back">It is back. Nothing is sent until you send it.</p>
      <p data-say="deleted">It is deleted.</p>
    </>
  )
}
