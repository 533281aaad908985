import type { ReactNode } from 'react'
import { z } from 'zod'
import { Form } from '#design/index.ts'
import { readDate } from '#kernel/calendar/dates.ts'
import type { PlainDate } from '#platform/database/tables.ts'
import {
  type AnyRoute,
  type Filled,
  form,
  refused,
  type Screen,
  type Submitted,
  type Visit,
} from '#platform/http/route.ts'
import type { Rule } from '#platform/permission.ts'
import type { ContributionAccess } from '../access.ts'
import type { Taken } from '../changes/take.ts'
import { contributionPaths } from '../paths.ts'
import type { LoadedThread } from '../store.ts'
import { loadIt } from '../thread/load.ts'

export type StepVisit = Visit<LoadedThread>

export interface StepForm<Fields extends z.ZodType> {
  readonly who: Rule<ContributionAccess>
  readonly audit: string
  readonly title: string | ((visit: StepVisit) => string)
  readonly button: string
  readonly fields: Fields
  /** Why it cannot be done now: said in place of the form. The step itself refuses as well. */
  readonly notNow?: (visit: StepVisit) => string | undefined
  readonly body: (visit: StepVisit, filled: Filled) => Promise<ReactNode> | ReactNode
  readonly submit: (visit: StepVisit, fields: z.infer<Fields>) => Promise<Taken | Submitted>
  /** The field beside which a refusal stands, by its reason. */
  readonly fieldOf?: Readonly<Record<string, string>>
}

/** One step of the thread is one page with one form; done, it leads back to the thread. */
export function stepForm<Fields extends z.ZodType>(name: string, step: StepForm<Fields>): AnyRoute {
  const titleOf = (visit: StepVisit) => (typeof step.title === 'string' ? step.title : step.title(visit))
  return form<Fields, LoadedThread>(`/:network/contributions/:reference/${name}`, {
    who: step.who,
    audit: step.audit,
    load: loadIt,
    fields: step.fields,
    screen: async (visit, filled) => {
      const why = step.notNow?.(visit)
      return stepScreen(
        visit,
        titleOf(visit),
        why !== undefined && filled.errors.length === 0 ? (
          <p>{why}.</p>
        ) : (
          <Form hidden={visit.hidden} button={step.button} secondary={backLink(visit)}>
            {await step.body(visit, filled)}
          </Form>
        ),
      )
    },
    submit: async (visit, fields) => {
      const done = await step.submit(visit, fields)
      if (!('accepted' in done)) return done
      if (done.accepted) return { to: threadPath(visit) }
      return refused(done, step.fieldOf?.[done.reason])
    },
  })
}

export const threadPath = (visit: StepVisit) =>
  contributionPaths.one(visit.network.slug, visit.thing.reference)
const backLink = (visit: StepVisit) => ({ text: 'Go back without doing this', href: threadPath(visit) })

export function stepScreen(visit: StepVisit, title: string, body: ReactNode): Screen {
  const { reference, row } = visit.thing
  return {
    title,
    caption: `${reference}: ${row.title}`,
    back: { href: threadPath(visit), text: `Back to ${reference}` },
    body,
  }
}

export type Typed = Readonly<Record<string, string>>

/** Reads one field with a schema of its own; a mistake stands beside that field, together with all others. */
export interface FieldReader {
  readonly typed: Typed
  read<T>(name: string, schema: z.ZodType<T>): T | undefined
  /** `required` is the sentence for no date at all; without it the date may be left out. */
  readDate(name: string, required?: string): PlainDate | undefined
  wrong(name: string, sentence: string): void
}

/**
 * For forms whose questions hang on each other: every mistake is found at once.
 * @param read reads all fields; what it returns counts only when no mistake was found
 */
export function readingFields<T>(read: (reader: FieldReader) => T) {
  return z.unknown().transform((given, context) => {
    const raw = (typeof given === 'object' && given !== null ? given : {}) as Record<string, unknown>
    const wrong = (name: string, message: string) =>
      context.addIssue({ code: 'custom', path: [name], message })
    const typed = Object.fromEntries(
      Object.entries(raw).flatMap(([name, value]) => {
        const one = Array.isArray(value) ? value[0] : value
        return typeof one === 'string' && !name.startsWith('_') ? [[name, one]] : []
      }),
    )
    return read({
      typed,
      wrong,
      read(name, schema) {
        const result = schema.safeParse(typed[name])
        if (result.success) return result.data
        wrong(name, result.error.issues[0]!.message)
        return undefined
      },
      readDate(name, required) {
        const part = (which: string) => typed[`${name}-${which}`] ?? ''
        const result = readDate(part('day'), part('month'), part('year'))
        if (result.ok) return result.date
        if (result.nothing && required === undefined) return undefined
        wrong(name, result.nothing ? required! : result.sentence)
        return undefined
      },
    })
  })
}

export const dateTyped = (values: Typed, name: string) => ({
  day: values[`${name}-day`],
  month: values[`${name}-month`],
  year: values[`${name}-year`],
})
