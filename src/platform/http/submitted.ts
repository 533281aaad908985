import { type FieldError, formTokenField } from '#design/index.ts'
import { cleanText } from '#kernel/text/clean.ts'
import type { Filled } from './route.ts'

/** What a form sent, as typed. */
export interface SubmittedForm {
  readonly values: Readonly<Record<string, string>>
  readonly lists: Readonly<Record<string, readonly string[]>>
  /** For the schema: one value or a list per name, files among them. */
  readonly raw: Readonly<Record<string, unknown>>
  /** False when it carried no valid token: refused once it is known that the person may be here. */
  readonly proven?: false
  /** A file was chosen before somebody had to show that it is them: it has to be chosen again. */
  readonly filesLost?: true
}

const ofProof = (name: string) => name.startsWith('_proof')

/** What was typed on the way to show that it is them, and what else the form held. */
export function partsOf(form: SubmittedForm) {
  const files = Object.values(form.raw)
    .flat()
    .some(each => each instanceof File && each.size > 0)
  return {
    proof: Object.fromEntries(Object.entries(form.values).filter(([name]) => ofProof(name))),
    words: Object.entries(form.lists).flatMap(([name, list]) =>
      ofProof(name) ? [] : list.map(value => [name, value] as const),
    ),
    hasFiles: files || form.values._proof_files === 'yes',
  }
}

/** The form as it was sent first, when they have shown that it is them. */
export function withoutProof(form: SubmittedForm): SubmittedForm {
  const without = <Value>(of: Readonly<Record<string, Value>>): Record<string, Value> =>
    Object.assign(
      Object.create(null),
      Object.fromEntries(Object.entries(of).filter(([name]) => !ofProof(name))),
    )
  return {
    values: without(form.values),
    lists: without(form.lists),
    raw: without(form.raw),
    ...(form.proven === false ? { proven: false } : {}),
    ...(form.values._proof_files === 'yes' ? { filesLost: true } : {}),
  }
}

export const emptyFilled: Filled = { values: {}, lists: {}, errors: [] }
export const smallRequest = 1024 * 1024
export const largeRequest = 5 * 10 * 1024 * 1024 + smallRequest

/** @returns undefined when the body is larger than it may be */
export async function readSubmitted(request: Request, most: number): Promise<SubmittedForm | undefined> {
  const type = request.headers.get('content-type') ?? ''
  if (!type.startsWith('multipart/form-data') && !type.startsWith('application/x-www-form-urlencoded')) {
    return { values: {}, lists: {}, raw: {} }
  }
  if (Number(request.headers.get('content-length') ?? 0) > most) return undefined
  const bytes = await readAtMost(request, most)
  if (!bytes) return undefined
  const form = await new Response(bytes, { headers: { 'content-type': type } })
    .formData()
    .catch(() => new FormData())
  // Without a prototype: a field may be called `__proto__`.
  const values: Record<string, string> = Object.create(null)
  const lists: Record<string, string[]> = Object.create(null)
  const raw: Record<string, unknown> = Object.create(null)
  for (const name of new Set(form.keys())) {
    // No keyboard makes NUL, and the database refuses it.
    const all = form.getAll(name).map(each => (typeof each === 'string' ? each.replaceAll('\0', '') : each))
    raw[name] = all.length === 1 ? all[0] : all
    const texts = all.filter(each => typeof each === 'string').map(each => each.replaceAll('\r\n', '\n'))
    if (texts.length > 0) {
      values[name] = texts[0]!
      lists[name] = texts
    }
  }
  return { values, lists, raw }
}

async function readAtMost(request: Request, most: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (!request.body) return new Uint8Array()
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += part.length
    if (size > most) return undefined
    parts.push(part)
  }
  return new Uint8Array(Buffer.concat(parts))
}

/** The first sentence for each field, in the order of the form. */
export function fieldErrors(
  issues: readonly { path: readonly PropertyKey[]; message: string }[],
): FieldError[] {
  const seen = new Set<string>()
  return issues.flatMap(issue => {
    const field = issue.path[0] === undefined ? '' : String(issue.path[0])
    const key = `${field} ${seen.has(field) && field ? '' : issue.message}`
    if (seen.has(key) || (field && seen.has(field))) return []
    seen.add(key)
    if (field) seen.add(field)
    return [field ? { field, message: issue.message } : { message: issue.message }]
  })
}

/** What may be kept for later: words only, never the form's own marks. */
export function keepable(form: SubmittedForm): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(form.lists)
      .filter(([name]) => !name.startsWith('_') && name !== formTokenField)
      .map(([name, list]) => [name, list.map(cleanText)]),
  )
}
