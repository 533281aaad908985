import { z } from 'zod'

/** "£4.20", "4.20", "4" as pence; undefined for anything else. */
export function readMoney(given: string): number | undefined {
  const found = /^£?\s*(\d{1,5})(?:\.(\d{1,2}))?\s*$/.exec(given.trim().replaceAll(',', ''))
  if (!found) return undefined
  const pence = Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0'))
  return pence > 0 ? pence : undefined
}

export const pounds = (pence: number): string => `£${(pence / 100).toFixed(2)}`

/** A field for money; left empty it is undefined. */
export const optionalMoney = () =>
  z
    .string()
    .optional()
    .transform(given => (given ?? '').trim())
    .refine(given => given === '' || readMoney(given) !== undefined, {
      error: 'Write the sum in pounds and pence, such as 4.20',
    })
    .transform(given => (given === '' ? undefined : readMoney(given)))

export const money = (required: string) =>
  optionalMoney()
    .refine(given => given !== undefined, { error: required })
    .transform(given => given as number)

/** A whole number from 1; left empty it is undefined. */
export const optionalCount = (sentence: string, most = 2000) =>
  z
    .string()
    .optional()
    .transform(given => (given ?? '').trim())
    .refine(
      given => given === '' || (/^\d{1,4}$/.test(given) && Number(given) >= 1 && Number(given) <= most),
      {
        error: sentence,
      },
    )
    .transform(given => (given === '' ? undefined : Number(given)))
