import { DateField, Radios, Select, TextArea, TextField } from '#design/index.ts'
import { choice, pickedId, text } from '#platform/form/fields.ts'
import type { Filled } from '#platform/http/route.ts'
import type { PossibleOwner } from '#slices/actions/index.ts'
import type { GivenConsideration, NewAction } from '../changes/considering.ts'
import { dateTyped, type FieldReader } from './step.tsx'

const outcomes = ['agreed', 'partly-agreed', 'not-agreed', 'passed-on'] as const
export const outcomeWords: Record<GivenConsideration['outcome'], string> = {
  agreed: 'Agreed',
  'partly-agreed': 'Partly agreed',
  'not-agreed': 'Not agreed',
  'passed-on': 'Passed on',
}
const actionRows = [1, 2, 3, 4, 5] as const

/** Which way it went, why, what will be done and who answers: on a form of its own, and in an item's minutes. */
export type GivenOutcome = Pick<
  GivenConsideration,
  'outcome' | 'agreedPart' | 'notAgreedPart' | 'passedTo' | 'reason' | 'actions' | 'feedbackOwnerPersonId'
>

/** As `readOutcome`; undefined when they said that it is not decided yet. */
export function readOutcomeOrLater(reader: FieldReader, prefix: string): GivenOutcome | undefined {
  return reader.typed[`${prefix}outcome`] === 'later' ? undefined : readOutcome(reader, prefix)
}

/** @param prefix of its fields' names, where one form has several */
export function readOutcome(reader: FieldReader, prefix: string): GivenOutcome {
  const required = (name: string, sentence: string, words: string, max: number) =>
    reader.read(prefix + name, text(sentence, { max, name: words })) ?? ''
  const outcome =
    reader.read(`${prefix}outcome`, choice('Choose which way it went', outcomes)) ?? 'not-agreed'
  const agrees = outcome === 'agreed' || outcome === 'partly-agreed'
  const partly = outcome === 'partly-agreed'
  return {
    outcome,
    agreedPart: partly ? required('agreed-part', 'Enter what is agreed', 'What is agreed', 2000) : '',
    notAgreedPart: partly
      ? required('not-agreed-part', 'Enter what is not agreed', 'What is not agreed', 2000)
      : '',
    passedTo:
      outcome === 'passed-on'
        ? required('passed-to', 'Enter who it is passed to', 'Who it is passed to', 200)
        : '',
    reason: required('reason', 'Say why, in plain English', 'The reason', 3000),
    actions: agrees ? readActions(reader, prefix, true) : [],
    feedbackOwnerPersonId:
      reader.read(`${prefix}feedback-owner`, pickedId('Choose who gives the answer')) ?? 0,
  }
}

/** The field beside which a refusal of `consider` stands, by its reason. */
export const outcomeFieldOf = (prefix: string): Readonly<Record<string, string>> => ({
  'no-reason': `${prefix}reason`,
  'no-feedback-owner': `${prefix}feedback-owner`,
  ...Object.fromEntries(
    actionRows.flatMap(row => [
      [`no-owner-${row}`, `${prefix}action-${row}-owner`],
      [`past-${row}`, `${prefix}action-${row}-due`],
    ]),
  ),
})

export function readActions(reader: FieldReader, prefix: string, firstIsNeeded: boolean): NewAction[] {
  return actionRows.flatMap(row => {
    const action = readAction(reader, prefix, row, firstIsNeeded && row === 1)
    return action ? [action] : []
  })
}

/** One row of "what, who, by when"; the first is asked for when something is agreed. */
export function readAction(
  reader: FieldReader,
  prefix: string,
  row: number,
  required: boolean,
): NewAction | undefined {
  const name = (field: string) => `${prefix}action-${row}-${field}`
  const { typed } = reader
  const something = ['what', 'owner', 'due-day', 'due-month', 'due-year'].some(
    field => (typed[name(field)] ?? '').trim() !== '',
  )
  if (!something && !required) return undefined
  const what = reader.read(
    name('what'),
    text('Enter what will be done', { max: 500, name: 'What will be done' }),
  )
  const ownerPersonId = reader.read(name('owner'), pickedId('Choose who does it'))
  const dueOn = reader.readDate(name('due'), 'Enter the date by which it will be done')
  return what && ownerPersonId !== undefined && dueOn ? { what, ownerPersonId, dueOn } : undefined
}

interface ActionProps {
  readonly owners: readonly PossibleOwner[]
  readonly filled: Filled
  readonly prefix?: string
}

export function ActionFields(props: ActionProps & { row: number; more?: boolean; of?: string }) {
  const { row, owners, filled, prefix = '', of = '' } = props
  const name = (field: string) => `${prefix}action-${row}-${field}`
  const nth = props.more === false ? '' : `${of}Action ${row}: `
  const words = (sentence: string) => (nth ? nth + sentence : sentence[0]!.toUpperCase() + sentence.slice(1))
  return (
    <>
      <TextField
        name={name('what')}
        label={words('what will be done?')}
        errors={filled.errors}
        value={filled.values[name('what')]}
      />
      <Select
        name={name('owner')}
        label={words('who does it?')}
        empty="Choose a person"
        errors={filled.errors}
        value={filled.values[name('owner')]}
        options={owners.map(each => ({ value: String(each.id), text: each.name }))}
      />
      <DateField
        name={name('due')}
        label={words('by when?')}
        errors={filled.errors}
        value={dateTyped(filled.values, name('due'))}
      />
    </>
  )
}

/** @param rows how many are offered; five at most are read */
export function ActionRows({ rows = 5, ...props }: ActionProps & { rows?: number; of?: string }) {
  return (
    <>
      {actionRows.slice(0, rows).map(row => (
        <ActionFields {...props} row={row} key={row} />
      ))}
    </>
  )
}

export function OutcomeFields(
  props: ActionProps & {
    prefix: string
    /** Which one, where one form asks about several: "C-1042: ". */
    of?: string
    rows?: number
    /** It may also stay to be considered. */
    mayWait?: boolean
    feedbackOwnerId: number
    /** What the hint of "Why?" says after "In plain English." */
    next?: string
  },
) {
  const { prefix, filled, owners, of = '', next } = props
  const { values, errors } = filled
  const label = (words: string) => (of ? `${of}${words[0]!.toLowerCase()}${words.slice(1)}` : words)
  const area = (name: string, words: string, hint?: string, rows = 4) => (
    <TextArea
      name={prefix + name}
      label={label(words)}
      hint={hint}
      rows={rows}
      errors={errors}
      value={values[prefix + name]}
    />
  )
  return (
    <>
      <Radios
        name={`${prefix}outcome`}
        label={label('Which way did it go?')}
        errors={errors}
        value={values[`${prefix}outcome`]}
        options={[
          { value: 'agreed', label: 'Agreed', hint: 'Give at least one action below.' },
          {
            value: 'partly-agreed',
            label: 'Partly agreed',
            content: (
              <>
                {area('agreed-part', 'What is agreed?', undefined, 2)}
                {area('not-agreed-part', 'What is not agreed?', undefined, 2)}
              </>
            ),
          },
          { value: 'not-agreed', label: 'Not agreed' },
          {
            value: 'passed-on',
            label: 'Passed on to somebody else',
            content: (
              <TextField
                name={`${prefix}passed-to`}
                label={label('Who is it passed to?')}
                hint="They are asked again after 20 working days."
                errors={errors}
                value={values[`${prefix}passed-to`]}
              />
            ),
          },
          ...(props.mayWait
            ? [
                {
                  value: 'later',
                  label: 'Not decided yet',
                  hint: 'It stays to be considered. Leave the questions about it below empty.',
                },
              ]
            : []),
        ]}
      />
      {area('reason', 'Why?', ['In plain English.', next].filter(Boolean).join(' '))}
      <h2 className="nhsuk-heading-m">{of ? `${of}what will be done` : 'What will be done'}</h2>
      <p>For “agreed” and “partly agreed”. The first is needed, the others are for more.</p>
      <ActionRows {...props} />
      <Select
        name={`${prefix}feedback-owner`}
        label={label('Who gives the answer to those who raised it?')}
        errors={errors}
        value={values[`${prefix}feedback-owner`] ?? String(props.feedbackOwnerId)}
        options={owners.map(each => ({ value: String(each.id), text: each.name }))}
      />
    </>
  )
}
