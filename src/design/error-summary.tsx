import type { FieldError } from './frame.ts'

/**
 * "There is a problem", one link per mistake. The focus goes here without a script: `autofocus` is honoured by
 * browsers on any element that can take focus, and on others the role announces it.
 */
export function ErrorSummary({ errors }: { errors: readonly FieldError[] }) {
  if (errors.length === 0) return null
  return (
    // biome-ignore lint/a11y/noAutofocus: R45 wants the focus on the summary, and there is no script to put it there
    <div className="nhsuk-error-summary" id="error-summary" tabIndex={-1} autoFocus>
      <div role="alert">
        <h2 className="nhsuk-error-summary__heading">There is a problem</h2>
        <div className="nhsuk-error-summary__body">
          <ul className="nhsuk-list nhsuk-error-summary__list">
            {errors.map((error, n) => (
              <li key={n}>
                {error.field ? <a href={`#${error.field}`}>{error.message}</a> : <span>{error.message}</span>}
              </li>
            ))}
          </ul>
        </div>
      </div>
    </div>
  )
}
