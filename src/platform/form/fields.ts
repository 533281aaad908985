import type { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { readDate } from '#kernel/calendar/dates.ts'
import { cleanText } from '#kernel/text/clean.ts'
import { lengthInCharacters } from '#kernel/text/graphemes.ts'
import { type Checked, type CheckedFile, checkFile, checkTable } from '../files.ts'

// What no keyboard sends (a field twice, a file where words belong) reads in plain words too, in every schema.
z.config({ customError: () => 'Give one answer here, in words' })

// Each builder carries the sentence that is shown beside the field when the answer will not do (R45).

/** An answer that must be there. `max` counts characters as a person sees them. */
export function text(required: string, options: { max: number; name: string }) {
  return z
    .string()
    .optional()
    .transform(given => cleanText(given ?? ''))
    .refine(given => given !== '', { error: required, abort: true })
    .refine(given => lengthInCharacters(given) <= options.max, { error: tooLong(options) })
}

export function optionalText(options: { max: number; name: string }) {
  return z
    .string()
    .optional()
    .transform(given => cleanText(given ?? ''))
    .refine(given => lengthInCharacters(given) <= options.max, { error: tooLong(options) })
}

const tooLong = (options: { max: number; name: string }) =>
  `${options.name} must be ${options.max.toLocaleString('en-GB')} characters or fewer`

export function choice<const Values extends readonly [string, ...string[]]>(
  required: string,
  values: Values,
) {
  return z.enum(values, { error: required })
}

export function optionalChoice<const Values extends readonly [string, ...string[]]>(values: Values) {
  return z
    .string()
    .optional()
    .transform(given => values.find(value => value === given) as Values[number] | undefined)
}

/** An id picked from a list; '' is nothing picked. Whether it exists in this network is asked of the database. */
export function pickedId(required: string) {
  return z
    .string({ error: required })
    .regex(/^\d{1,9}$/, required)
    .transform(Number)
}

export function optionalId() {
  return z
    .string()
    .optional()
    .transform(given => (/^\d{1,9}$/.test(given ?? '') ? Number(given) : undefined))
}

/** Checkboxes: always a list. */
export function several() {
  return z
    .union([z.string(), z.array(z.string())])
    .optional()
    .transform(given => (given === undefined ? [] : Array.isArray(given) ? given : [given]))
}

export const emailAddress = (required: string) =>
  text(required, { max: 254, name: 'E-mail address' }).pipe(
    z.string().regex(/^[^\s@<>()[\]\\,;:"]+@[^\s@.]+(\.[^\s@.]+)+$/, {
      error: 'Enter an e-mail address in the right form, like name@example.org',
    }),
  )

/**
 * Three fields of a date, `name-day`, `name-month` and `name-year`, read together after the other fields.
 * @returns the date, or the sentence about what is missing or impossible
 */
export function dateFields<const Name extends string>(name: Name) {
  const part = z.string().optional()
  return { [`${name}-day`]: part, [`${name}-month`]: part, [`${name}-year`]: part } as Record<
    `${Name}-day` | `${Name}-month` | `${Name}-year`,
    typeof part
  >
}

export function readDateFields(
  fields: Readonly<Record<string, unknown>>,
  name: string,
): ReturnType<typeof readDate> {
  const part = (which: string) => String(fields[`${name}-${which}`] ?? '')
  return readDate(part('day'), part('month'), part('year'))
}

/**
 * A form with a date among its fields: the three parts are read together with the rest, so that every mistake is
 * shown at once. `required` is the sentence for no date at all; without it the date may be left out.
 */
export function withDate<const Name extends string, Shape extends z.ZodRawShape>(
  name: Name,
  options: { required: string },
  shape: Shape,
): z.ZodType<z.infer<z.ZodObject<Shape>> & Record<Name, Temporal.PlainDate>>
export function withDate<const Name extends string, Shape extends z.ZodRawShape>(
  name: Name,
  options: { required?: undefined },
  shape: Shape,
): z.ZodType<z.infer<z.ZodObject<Shape>> & Record<Name, Temporal.PlainDate | undefined>>
export function withDate(name: string, options: { required?: string | undefined }, shape: z.ZodRawShape) {
  const date = z.unknown().transform((parts, context) => {
    const read = readDateFields(parts as Record<string, unknown>, name)
    if (read.ok) return read.date
    if (read.nothing && options.required === undefined) return undefined
    context.addIssue({ code: 'custom', message: read.nothing ? options.required : read.sentence })
    return z.NEVER
  })
  return z.preprocess(
    raw => (typeof raw === 'object' && raw !== null ? { ...raw, [name]: raw } : raw),
    z.object({ [name]: date, ...shape }),
  ) as unknown
}

/**
 * Files from a file field: checked by content, each with its own sentence. At most `most`.
 * @param options.csv a table as text is asked for, instead of a photo or a document
 * @param options.check what else is asked for
 */
export function uploads(
  most: number,
  options: { csv?: boolean; check?: (file: File) => Promise<Checked> } = {},
) {
  const check = options.check ?? (options.csv ? checkTable : checkFile)
  return z
    .unknown()
    .optional()
    .transform(async (given, context): Promise<CheckedFile[]> => {
      const files = (Array.isArray(given) ? given : [given]).filter(
        (each): each is File => each instanceof File && (each.size > 0 || each.name !== ''),
      )
      if (files.length > most) {
        context.addIssue({ code: 'custom', message: `Choose at most ${most} files` })
        return []
      }
      const kept: CheckedFile[] = []
      for (const file of files) {
        const checked = await check(file)
        if (checked.ok) kept.push(checked.file)
        else context.addIssue({ code: 'custom', message: checked.sentence })
      }
      return kept
    })
}
