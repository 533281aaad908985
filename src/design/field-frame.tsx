import type { ReactNode } from 'react'
import type { FieldError } from './frame.ts'

/** What every field takes. Its id is its name, so that a link of the error summary lands on it. */
export interface FieldProps {
  name: string
  label: string
  /** Beside the question: what helps to answer it, and why it is asked (R7). */
  hint?: ReactNode
  /** The mistakes of the whole form; the field shows its own. */
  errors: readonly FieldError[]
  optional?: boolean
  /** The label is the page's h1: give the Page `titleInLegend` and the same words as `title`. */
  asHeading?: boolean
}

/** The sentence about this field, if there is one. */
export function mistakeOf(errors: readonly FieldError[], name: string): string | undefined {
  return errors.find(error => error.field === name)?.message
}

/** The ids of the words that explain a field, for `aria-describedby`. */
export function describedBy(...ids: (string | false | undefined)[]): string | undefined {
  return ids.filter(Boolean).join(' ') || undefined
}

export function hintId(props: Pick<FieldProps, 'name' | 'hint'>): string | undefined {
  return props.hint ? `${props.name}-hint` : undefined
}

export function Hint({
  id,
  className = '',
  children,
}: {
  id: string
  className?: string
  children: ReactNode
}) {
  return (
    <div className={className ? `nhsuk-hint ${className}` : 'nhsuk-hint'} id={id}>
      {children}
    </div>
  )
}

export function Mistake({ id, message }: { id: string; message: string | undefined }) {
  if (!message) return null
  return (
    <span className="nhsuk-error-message" id={id}>
      <span className="nhsuk-u-visually-hidden">Error: </span>
      {message}
    </span>
  )
}

export function groupClass(mistake: string | undefined): string {
  return mistake ? 'nhsuk-form-group nhsuk-form-group--error' : 'nhsuk-form-group'
}

/** Label, hint and mistake around one control. */
export function FieldGroup(props: FieldProps & { children: ReactNode }) {
  const { name, hint, errors } = props
  const mistake = mistakeOf(errors, name)
  return (
    <div className={groupClass(mistake)}>
      <FieldLabel {...props} />
      {hint && <Hint id={`${name}-hint`}>{hint}</Hint>}
      <Mistake id={`${name}-error`} message={mistake} />
      {props.children}
    </div>
  )
}

function FieldLabel({ name, label, optional, asHeading }: FieldProps) {
  if (!asHeading) {
    return (
      <label className="nhsuk-label nhsuk-label--s" htmlFor={name}>
        {label}
        {optional && ' (optional)'}
      </label>
    )
  }
  return (
    <>
      <h1 className="nhsuk-label-wrapper">
        <label className="nhsuk-label nhsuk-label--l" htmlFor={name}>
          {label}
        </label>
      </h1>
      {optional && <p className="nhsuk-hint">You do not have to answer this.</p>}
    </>
  )
}

/** Legend, hint and mistake around several controls that are one question. */
export function FieldSet(props: FieldProps & { role?: 'radiogroup' | 'group'; children: ReactNode }) {
  const { name, label, hint, errors, optional, asHeading, role } = props
  const mistake = mistakeOf(errors, name)
  return (
    <div className={groupClass(mistake)}>
      <fieldset
        className="nhsuk-fieldset"
        role={role}
        aria-describedby={describedBy(hintId(props), mistake && `${name}-error`)}
        aria-invalid={role === 'radiogroup' && mistake ? true : undefined}
      >
        {asHeading ? (
          <legend className="nhsuk-fieldset__legend nhsuk-fieldset__legend--l">
            <h1 className="nhsuk-fieldset__heading">{label}</h1>
          </legend>
        ) : (
          <legend className="nhsuk-fieldset__legend nhsuk-fieldset__legend--s">
            {label}
            {optional && ' (optional)'}
          </legend>
        )}
        {asHeading && optional && <p className="nhsuk-hint">You do not have to answer this.</p>}
        {hint && <Hint id={`${name}-hint`}>{hint}</Hint>}
        <Mistake id={`${name}-error`} message={mistake} />
        {props.children}
      </fieldset>
    </div>
  )
}
