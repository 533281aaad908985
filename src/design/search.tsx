/** What a GET form carries along besides its own fields. */
type Kept = Readonly<Record<string, string>>

function KeptFields({ keep = {} }: { keep?: Kept | undefined }) {
  return Object.entries(keep).map(([name, value]) => (
    <input type="hidden" name={name} value={value} key={name} />
  ))
}

export interface SearchBoxProps {
  action: string
  label: string
  name?: string
  value?: string
  hint?: string
  keep?: Kept
}

/** One field and a button; the words are in the address, so a search can be kept and sent on. */
export function SearchBox({ action, label, name = 'q', value, hint, keep }: SearchBoxProps) {
  return (
    <search>
      <form action={action} method="get">
        <KeptFields keep={keep} />
        <div className="nhsuk-form-group nhsuk-search-input">
          <label className="nhsuk-label nhsuk-label--s" htmlFor={name}>
            {label}
          </label>
          {hint && (
            <div className="nhsuk-hint" id={`${name}-hint`}>
              {hint}
            </div>
          )}
          <div className="nhsuk-input-wrapper loop-search">
            <input
              className="nhsuk-input nhsuk-search-input__input"
              id={name}
              name={name}
              type="search"
              defaultValue={value}
              autoComplete="off"
              dir="auto"
              aria-describedby={hint ? `${name}-hint` : undefined}
            />
            <button className="nhsuk-button nhsuk-button--small nhsuk-search-input__button" type="submit">
              Search
            </button>
          </div>
        </div>
      </form>
    </search>
  )
}

export interface Filter {
  name: string
  label: string
  value?: string | undefined
  /** The first one usually is "All", with the value ''. */
  options: readonly { value: string; text: string }[]
}

export interface FiltersProps {
  action: string
  filters: readonly Filter[]
  button?: string
  keep?: Kept
  /** Shown when something is chosen: the address without any choice. */
  clear?: string | undefined
}

/** A list narrowed by selects and a button: nothing changes before the person presses it (WCAG 3.2.2). */
export function Filters({ action, filters, button = 'Show', keep, clear }: FiltersProps) {
  return (
    <form className="loop-filters" action={action} method="get">
      <KeptFields keep={keep} />
      {filters.map(filter => (
        <div className="nhsuk-form-group loop-filters__one" key={filter.name}>
          <label className="nhsuk-label" htmlFor={filter.name}>
            {filter.label}
          </label>
          <select className="nhsuk-select" id={filter.name} name={filter.name} defaultValue={filter.value}>
            {filter.options.map(option => (
              <option value={option.value} key={option.value}>
                {option.text}
              </option>
            ))}
          </select>
        </div>
      ))}
      <div className="loop-filters__one">
        <button className="nhsuk-button nhsuk-button--secondary nhsuk-button--small" type="submit">
          {button}
        </button>
      </div>
      {clear && (
        <p className="loop-filters__clear">
          <a href={clear}>Show all</a>
        </p>
      )}
    </form>
  )
}
