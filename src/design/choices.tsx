import type { ReactNode } from 'react'
import { describedBy, type FieldProps, FieldSet, groupClass, Hint, mistakeOf } from './field-frame.tsx'

export interface Choice {
  value: string
  label: string
  hint?: ReactNode
  /** Fields that belong to this choice. Without a script they are always shown, below it. */
  content?: ReactNode
  /** Words between this choice and the one before: "or". */
  divider?: string
}

export interface RadiosProps extends FieldProps {
  value?: string | undefined
  options: readonly Choice[]
}

export function Radios(props: RadiosProps) {
  return (
    <FieldSet {...props} role="radiogroup">
      {props.options.length === 0 && <p id={props.name}>There is nothing to choose from.</p>}
      <div className="nhsuk-radios">
        {props.options.map((option, n) => (
          <ChoiceItem
            kind="radio"
            name={props.name}
            option={option}
            index={n}
            checked={option.value === props.value}
            key={option.value}
          />
        ))}
      </div>
    </FieldSet>
  )
}

export interface CheckboxesProps extends FieldProps {
  values?: readonly string[]
  options: readonly Choice[]
}

export function Checkboxes(props: CheckboxesProps) {
  const wrong = mistakeOf(props.errors, props.name) !== undefined
  return (
    <FieldSet {...props}>
      <div className="nhsuk-checkboxes">
        {props.options.map((option, n) => (
          <ChoiceItem
            kind="checkbox"
            name={props.name}
            option={option}
            index={n}
            checked={props.values?.includes(option.value) ?? false}
            wrong={wrong}
            key={option.value}
          />
        ))}
      </div>
    </FieldSet>
  )
}

function ChoiceItem(props: {
  kind: 'radio' | 'checkbox'
  name: string
  option: Choice
  index: number
  checked: boolean
  wrong?: boolean
}) {
  const { kind, name, option, index } = props
  const block = kind === 'radio' ? 'nhsuk-radios' : 'nhsuk-checkboxes'
  // The first one carries the name itself: there the error summary's link lands.
  const id = index === 0 ? name : `${name}-${index + 1}`
  return (
    <>
      {option.divider && <div className={`${block}__divider`}>{option.divider}</div>}
      <div className={`${block}__item`}>
        <input
          className={`${block}__input`}
          id={id}
          name={name}
          type={kind}
          value={option.value}
          defaultChecked={props.checked}
          aria-describedby={option.hint ? `${id}-item-hint` : undefined}
          aria-invalid={props.wrong ? true : undefined}
        />
        <label className={`nhsuk-label ${block}__label`} htmlFor={id}>
          {option.label}
        </label>
        {option.hint && (
          <Hint id={`${id}-item-hint`} className={`${block}__hint`}>
            {option.hint}
          </Hint>
        )}
      </div>
      {option.content && <div className={`${block}__conditional`}>{option.content}</div>}
    </>
  )
}

export interface DateFieldProps extends FieldProps {
  value?: { day?: string | undefined; month?: string | undefined; year?: string | undefined }
  /** Only the person's date of birth has a meaning for the browser. */
  autocomplete?: 'bday'
}

/**
 * Three fields and no picker (R47): `name-day`, `name-month`, `name-year`. A mistake may name the whole date
 * (`name`) or the part that is missing (`name-month`).
 */
export function DateField(props: DateFieldProps) {
  const { name, errors } = props
  const whole = mistakeOf(errors, name)
  const part = dateParts.map(each => mistakeOf(errors, `${name}-${each.key}`)).find(Boolean)
  const message = whole ?? part
  // The frame knows one mistake by the field's name, wherever in the date it is.
  const shown = message ? [{ field: name, message }] : []
  return (
    <FieldSet {...props} errors={shown} role="group">
      <div className="nhsuk-date-input">
        {dateParts.map(each => (
          <DatePart part={each} props={props} whole={whole} key={each.key} />
        ))}
      </div>
    </FieldSet>
  )
}

const dateParts = [
  { key: 'day', label: 'Day', width: 2 },
  { key: 'month', label: 'Month', width: 2 },
  { key: 'year', label: 'Year', width: 4 },
] as const

function DatePart({
  part,
  props,
  whole,
}: {
  part: (typeof dateParts)[number]
  props: DateFieldProps
  whole: string | undefined
}) {
  const { key } = part
  const name = `${props.name}-${key}`
  const mistake = mistakeOf(props.errors, name)
  const wrong = mistake !== undefined || whole !== undefined
  // A mistake of the whole date is linked by the date's name: that is the day, unless the day has its own.
  const id = key === 'day' && whole && !mistake ? props.name : name
  return (
    <div className="nhsuk-date-input__item">
      <div className={groupClass(undefined)}>
        <label className="nhsuk-label nhsuk-date-input__label" htmlFor={id}>
          {part.label}
        </label>
        <input
          className={`nhsuk-input nhsuk-input--width-${part.width} nhsuk-date-input__input${wrong ? ' nhsuk-input--error' : ''}`}
          id={id}
          name={name}
          type="text"
          inputMode="numeric"
          defaultValue={props.value?.[key]}
          autoComplete={props.autocomplete && `${props.autocomplete}-${key}`}
          aria-describedby={describedBy(wrong && `${props.name}-error`)}
          aria-invalid={wrong ? true : undefined}
        />
      </div>
    </div>
  )
}
