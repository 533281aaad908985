import { z } from 'zod'

const sentence = z.object({
  id: z.string(),
  title: z.string().optional(),
  text: z.string(),
  verified: z.boolean().catch(false),
})
const list = z.array(sentence).catch([])

const shape = z.object({
  verified: z.boolean().catch(false),
  phone: z.string().optional().catch(undefined),
  populationMillions: z.number().optional().catch(undefined),
  trustsCount: z.number().optional().catch(undefined),
  hospitals: z.string().optional().catch(undefined),
  purpose: z.string().optional().catch(undefined),
  contact: z
    .object({
      email: z.string().optional(),
      phoneDisplay: z.string().optional(),
      website: z.string().optional(),
      verified: z.boolean().catch(false),
    })
    .optional()
    .catch(undefined),
  principles: list,
  asks: list,
  commitments: list,
  groups: z
    .array(
      z.object({
        slug: z.string(),
        firstMeeting: z.string().optional(),
        cadence: z
          .object({
            aboutEveryMonths: z.number(),
            usualPlace: z.string(),
            inPersonTimesPerYear: z.number().optional(),
          })
          .optional(),
      }),
    )
    .catch([]),
})

/** What a network says of itself. Every part may be missing: a network begins with a name only. */
export type Facts = z.infer<typeof shape>

export function readFacts(stored: unknown): Facts {
  const read = shape.safeParse(stored ?? {})
  return read.success ? read.data : shape.parse({})
}

/** "6.3 million people", "1 million people". */
export function peopleInWords(millions: number): string {
  return `${millions.toLocaleString('en-GB', { maximumFractionDigits: 1 })} million people`
}

/** "about every 2 months, usually on Microsoft Teams, and once a year in one room". */
export function cadenceInWords(cadence: NonNullable<Facts['groups'][number]['cadence']>): string {
  const often =
    cadence.aboutEveryMonths === 1 ? 'about every month' : `about every ${cadence.aboutEveryMonths} months`
  const inPerson = cadence.inPersonTimesPerYear
    ? `, and ${times(cadence.inPersonTimesPerYear)} a year in one room`
    : ''
  return `${often}, usually on ${cadence.usualPlace}${inPerson}`
}

const times = (count: number) => (count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`)
