import type { HTMLInputAutoCompleteAttribute, HTMLInputTypeAttribute, ReactNode } from 'react'
import { describedBy, FieldGroup, type FieldProps, Hint, hintId, mistakeOf } from './field-frame.tsx'

export type { FieldProps } from './field-frame.tsx'

export interface FormProps {
  /** Where it goes; the page's own address when left out. */
  action?: string
  method?: 'post' | 'get'
  /** What the form carries unseen, its anti-forgery token among it. */
  hidden: Readonly<Record<string, string>>
  /** The words of its button. */
  button: string
  /** Danger: the button undoes something for good. */
  warning?: boolean
  /** Beside the button: a link away, or a second button with its own name and value. */
  secondary?: { text: string; href: string } | { text: string; name: string; value: string }
  multipart?: boolean
  /** False for what must leave no trace on this device, where it leads to such a page from another one. */
  keep?: false
  children?: ReactNode
}

/** What is written is kept on the device until it is sent, where the page has an owner's mark. */
const keptOnDevice = (hidden: FormProps['hidden']): boolean => hidden._owner !== undefined

/** A form that the server checks: `noValidate`, because the sentences at the fields are ours (R45). */
export function Form({ action, method = 'post', hidden, button, warning, secondary, ...rest }: FormProps) {
  return (
    <form
      action={action}
      method={method}
      encType={rest.multipart ? 'multipart/form-data' : undefined}
      noValidate
      data-keep={method === 'post' && rest.keep !== false && keptOnDevice(hidden) ? '' : undefined}
    >
      {Object.entries(hidden).map(([name, value]) => (
        <input type="hidden" name={name} value={value} key={name} />
      ))}
      {rest.children}
      <div className="nhsuk-button-group">
        <button className={`nhsuk-button${warning ? ' nhsuk-button--warning' : ''}`} type="submit">
          {button}
        </button>
        {secondary && 'href' in secondary && <a href={secondary.href}>{secondary.text}</a>}
        {secondary && 'name' in secondary && (
          <button
            className="nhsuk-button nhsuk-button--secondary"
            type="submit"
            name={secondary.name}
            value={secondary.value}
          >
            {secondary.text}
          </button>
        )}
      </div>
    </form>
  )
}

export type InputWidth = 2 | 3 | 4 | 5 | 10 | 20 | 30

export interface TextFieldProps extends FieldProps {
  value?: string | undefined
  autocomplete?: HTMLInputAutoCompleteAttribute
  width?: InputWidth
  type?: HTMLInputTypeAttribute
  inputMode?: 'text' | 'numeric' | 'tel' | 'email' | 'url'
  spellCheck?: boolean
  autoCapitalize?: string
  /** Set for what is written in a known direction, such as a code. */
  dir?: 'auto' | 'ltr'
  code?: boolean
}

export function TextField(props: TextFieldProps) {
  const { name, errors, width, code } = props
  const mistake = mistakeOf(errors, name)
  const classes = ['nhsuk-input']
  if (mistake) classes.push('nhsuk-input--error')
  if (width) classes.push(`nhsuk-input--width-${width}`)
  if (code) classes.push('nhsuk-input--code')
  return (
    <FieldGroup {...props}>
      <input
        className={classes.join(' ')}
        id={name}
        name={name}
        type={props.type ?? 'text'}
        defaultValue={props.value}
        autoComplete={props.autocomplete}
        inputMode={props.inputMode}
        spellCheck={props.spellCheck}
        autoCapitalize={props.autoCapitalize}
        dir={props.dir ?? 'auto'}
        aria-describedby={describedBy(hintId(props), mistake && `${name}-error`)}
        aria-invalid={mistake ? true : undefined}
      />
    </FieldGroup>
  )
}

type KindOfTextField = Omit<
  TextFieldProps,
  'type' | 'inputMode' | 'spellCheck' | 'autoCapitalize' | 'dir' | 'code'
>

export function EmailField(props: KindOfTextField) {
  return (
    <TextField
      autocomplete="email"
      {...props}
      type="email"
      inputMode="email"
      spellCheck={false}
      autoCapitalize="none"
      dir="ltr"
    />
  )
}

export function PhoneField(props: KindOfTextField) {
  return <TextField autocomplete="tel" width={20} {...props} type="tel" inputMode="tel" dir="ltr" />
}

/** The six digits of a message: the phone can fill them in, and pasting is allowed (R43). */
export function CodeField(props: KindOfTextField) {
  return (
    <TextField
      autocomplete="one-time-code"
      width={10}
      {...props}
      inputMode="numeric"
      spellCheck={false}
      dir="ltr"
      code
    />
  )
}

export interface TextAreaProps extends FieldProps {
  value?: string | undefined
  rows?: number
  /** Said in words below the field; the server counts as a person would, so the browser must not cut it off. */
  maxCharacters?: number
  autocomplete?: string
  lang?: string
}

export function TextArea(props: TextAreaProps) {
  const { name, errors, maxCharacters } = props
  const mistake = mistakeOf(errors, name)
  return (
    <FieldGroup {...props}>
      <textarea
        className={`nhsuk-textarea${mistake ? ' nhsuk-textarea--error' : ''}`}
        id={name}
        name={name}
        rows={props.rows ?? 6}
        defaultValue={props.value}
        autoComplete={props.autocomplete}
        lang={props.lang}
        dir="auto"
        aria-describedby={describedBy(
          hintId(props),
          maxCharacters !== undefined && `${name}-length`,
          mistake && `${name}-error`,
        )}
        aria-invalid={mistake ? true : undefined}
      />
      {maxCharacters !== undefined && (
        <Hint id={`${name}-length`} className="loop-length">
          You can use up to {maxCharacters.toLocaleString('en-GB')} characters.
        </Hint>
      )}
    </FieldGroup>
  )
}

export interface SelectProps extends FieldProps {
  value?: string | undefined
  options: readonly { value: string; text: string }[]
  /** The words of the first, empty choice. Without it the first option is chosen. */
  empty?: string
  autocomplete?: string
}

export function Select(props: SelectProps) {
  const { name, errors, options, empty } = props
  const mistake = mistakeOf(errors, name)
  return (
    <FieldGroup {...props}>
      <select
        className={`nhsuk-select${mistake ? ' nhsuk-select--error' : ''}`}
        id={name}
        name={name}
        defaultValue={props.value}
        autoComplete={props.autocomplete}
        aria-describedby={describedBy(hintId(props), mistake && `${name}-error`)}
        aria-invalid={mistake ? true : undefined}
      >
        {empty !== undefined && <option value="">{empty}</option>}
        {options.map(option => (
          <option value={option.value} key={option.value}>
            {option.text}
          </option>
        ))}
      </select>
    </FieldGroup>
  )
}

export interface FileFieldProps extends FieldProps {
  multiple?: boolean
  /** What the file picker offers first: ".pdf,.docx". The server checks what a file really is. */
  accept?: string
}

/** The form around it must be `multipart`. A browser never gives a chosen file back after a mistake. */
export function FileField(props: FileFieldProps) {
  const { name, errors, multiple, accept } = props
  const mistake = mistakeOf(errors, name)
  return (
    <FieldGroup {...props}>
      <input
        className="nhsuk-file-upload__input"
        id={name}
        name={name}
        type="file"
        multiple={multiple}
        accept={accept}
        aria-describedby={describedBy(hintId(props), mistake && `${name}-error`)}
        aria-invalid={mistake ? true : undefined}
      />
    </FieldGroup>
  )
}
