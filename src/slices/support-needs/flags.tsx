import { type RawBuilder, sql } from 'kysely'
import { InsetText, Radios, TextArea } from '#design/index.ts'
import type { Tx } from '#platform/database/tables.ts'
import { optionalText } from '#platform/form/fields.ts'
import type { FieldError, Filled } from '#platform/http/route.ts'
import { labelOf, type Need, type NeedGroup } from './need.ts'
import { needRows } from './queries.ts'

/** Whoever writes, rings or sends sees what its reader needs, at the moment when it matters (step three, R13). */
export function NeedFlag({ needs, groups }: { needs: readonly Need[]; groups: readonly NeedGroup[] }) {
  const its = needs.filter(each => groups.includes(each.group))
  if (its.length === 0) return null
  return (
    <InsetText>
      <p>
        <strong>This person needs:</strong>
      </p>
      <ul className="nhsuk-list nhsuk-list--bullet">
        {its.map(each => (
          <li className="loop-words" dir="auto" key={`${each.group} ${each.option}`}>
            {labelOf(each)}
          </li>
        ))}
      </ul>
    </InsetText>
  )
}

/** Forms that a printed page in large print does not meet by itself. */
export const needsAnotherForm = (needs: readonly Need[]): boolean =>
  needs.some(each => each.group === 'format' && each.option !== 'large-print')

/** For the schema of a form that sends something. */
export const needsMetFields = {
  'needs-met': optionalText({ max: 10, name: 'This' }),
  'needs-reason': optionalText({ max: 1000, name: 'The reason' }),
}

interface GivenMet {
  readonly 'needs-met': string
  readonly 'needs-reason': string
}

/** Whether what is sent meets what its readers need; if not, why, for them to read. */
export function NeedsMetFields(props: {
  label: string
  hint: string
  filled: Pick<Filled, 'values'>
  errors: readonly FieldError[]
}) {
  const { label, hint, filled, errors } = props
  return (
    <>
      <Radios
        name="needs-met"
        label={label}
        hint={hint}
        value={filled.values['needs-met']}
        options={[
          { value: 'yes', label: 'Yes' },
          { value: 'no', label: 'No, not this time' },
        ]}
        errors={errors}
      />
      <TextArea
        name="needs-reason"
        label="If not, why?"
        hint="They can read this on their own page."
        optional
        rows={3}
        maxCharacters={1000}
        value={filled.values['needs-reason']}
        errors={errors}
      />
    </>
  )
}

/** @returns the mistakes of what was given; none when all is said */
export function needsMetMistakes(given: GivenMet): FieldError[] {
  if (given['needs-met'] !== 'yes' && given['needs-met'] !== 'no') {
    return [{ field: 'needs-met', message: 'Choose whether it comes in the form they need' }]
  }
  return given['needs-met'] === 'no' && given['needs-reason'] === ''
    ? [{ field: 'needs-reason', message: 'Say why it does not come in the form they need' }]
    : []
}

/** Who of these needs what is sent in another form: ids only, for whoever sends it. */
export async function whoNeedsAnotherForm(tx: Tx, people: RawBuilder<unknown>): Promise<readonly number[]> {
  const found = await sql<{ id: number }>`select distinct n."personId" as id from ${needRows(people)} n
    where n."group" = 'format' order by 1`.execute(tx)
  return found.rows.map(each => each.id)
}
