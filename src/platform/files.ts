import { createHash, randomUUID } from 'node:crypto'
import { fileTypeFromBuffer } from 'file-type'
import type { Instant, Row, Tx } from './database/tables.ts'
import { withoutMetadata } from './files/metadata.ts'
import { readS3Url, s3Store } from './files/s3-store.ts'
import { type FileStore, folderStore } from './files/store.ts'
import { textOf } from './files/text.ts'
import { unpack } from './files/unpacked.ts'

export { type FileStore, folderStore } from './files/store.ts'
export { textOf } from './files/text.ts'

const largestFile = 10 * 1024 * 1024

const kinds: Record<string, { type: string; extensions: string[] }> = {
  jpg: { type: 'image/jpeg', extensions: ['jpg', 'jpeg'] },
  png: { type: 'image/png', extensions: ['png'] },
  pdf: { type: 'application/pdf', extensions: ['pdf'] },
  docx: {
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    extensions: ['docx'],
  },
}
export const fileKindsInWords = 'a photo (JPG or PNG), a PDF or a Word file (DOCX)'

export interface CheckedFile {
  readonly name: string
  readonly type: string
  readonly bytes: Uint8Array
}

/** Takes nobody's word for what a file is: the content decides, and must agree with the name. */
export async function checkFile(file: File): Promise<Checked> {
  const name = safeName(file.name)
  const no = (sentence: string) => ({ ok: false as const, sentence })
  if (file.size === 0) return no(`${name} is empty. Choose another file.`)
  if (file.size > largestFile) return no(`${name} is larger than 10 MB. Choose a smaller file.`)
  const bytes = new Uint8Array(await file.arrayBuffer())
  // Before anything else opens it: a zip is unpacked once, counted and stopped at a limit.
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b
  const unpacked = isZip ? await unpack(bytes) : undefined
  if (isZip && !unpacked) {
    return no(
      `${name} cannot be opened safely: it is broken, or unpacks to far more than it says. Choose another file.`,
    )
  }
  const found = await fileTypeFromBuffer(bytes).catch(() => undefined)
  const kind = found && kinds[found.ext]
  if (!kind) return no(`${name} is not ${fileKindsInWords}.`)
  const extension = name.split('.').pop()?.toLowerCase() ?? ''
  if (!kind.extensions.includes(extension)) {
    return no(`${name} is not what its name says. Save it again as ${fileKindsInWords}.`)
  }
  if (unpacked?.names.some(each => /vbaProject|\.bin$/i.test(each))) {
    return no(`${name} contains macros. Save it without them and choose it again.`)
  }
  return { ok: true, file: { name, type: kind.type, bytes: withoutMetadata(kind.type, bytes) } }
}

const largestTable = 2 * 1024 * 1024

/** A table as text (CSV or TSV), for a form that reads it and keeps nothing of it. */
export async function checkTable(file: File): Promise<Checked> {
  const name = safeName(file.name)
  const no = (sentence: string) => ({ ok: false as const, sentence })
  if (file.size === 0) return no(`${name} is empty. Choose another file.`)
  if (file.size > largestTable) return no(`${name} is larger than 2 MB. Choose a smaller file.`)
  const bytes = new Uint8Array(await file.arrayBuffer())
  const extension = name.split('.').pop()?.toLowerCase() ?? ''
  if (!['csv', 'tsv', 'txt'].includes(extension) || textOf(bytes) === undefined) {
    return no(`${name} is not a CSV file. Choose the file as it came, without opening it first.`)
  }
  return { ok: true, file: { name, type: 'text/csv', bytes } }
}

/** A table as CSV or Excel, for a form that reads it and keeps nothing of the file. */
export async function checkSheet(file: File): Promise<Checked> {
  if (!file.name.toLowerCase().endsWith('.xlsx')) return await checkTable(file)
  const name = safeName(file.name)
  const no = (sentence: string) => ({ ok: false as const, sentence })
  if (file.size === 0) return no(`${name} is empty. Choose another file.`)
  if (file.size > largestTable) return no(`${name} is larger than 2 MB. Bring it in in two parts.`)
  const bytes = new Uint8Array(await file.arrayBuffer())
  const unpacked = await unpack(bytes)
  if (!unpacked?.names.includes('xl/workbook.xml')) {
    return no(`${name} is not an Excel file, or is broken. Save it again as .xlsx or as CSV.`)
  }
  if (unpacked.names.some(each => /vbaProject|\.bin$/i.test(each))) {
    return no(`${name} contains macros. Save it without them and choose it again.`)
  }
  return {
    ok: true,
    file: { name, type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', bytes },
  }
}

/** Old mail in one file, as mail programs save it (RFC 4155); its form is looked at when it is read. */
export async function checkMailbox(file: File): Promise<Checked> {
  const name = safeName(file.name)
  const no = (sentence: string) => ({ ok: false as const, sentence })
  if (file.size === 0) return no(`${name} is empty. Choose another file.`)
  if (file.size > largestFile) return no(`${name} is larger than 10 MB. Bring it in in parts.`)
  const bytes = new Uint8Array(await file.arrayBuffer())
  const begins = new TextDecoder('latin1').decode(bytes.subarray(0, 5))
  if (begins !== 'From ')
    return no(`${name} is not a mailbox file (.mbox). Save the mail as one and choose it again.`)
  return { ok: true, file: { name, type: 'application/mbox', bytes } }
}

export type Checked =
  | { readonly ok: true; readonly file: CheckedFile }
  | { readonly ok: false; readonly sentence: string }

function safeName(name: string): string {
  const last = name.split(/[/\\]/).pop() ?? ''
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
  const clean = last.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069"<>|:*?]/g, '').trim()
  return clean.length > 120 ? `${clean.slice(0, 100)}…${clean.slice(-15)}` : clean || 'file'
}

export interface Files {
  keep(
    tx: Tx,
    networkId: number,
    thing: { kind: string; id: number },
    files: readonly CheckedFile[],
    by: number | null,
    at: Instant,
  ): Promise<void>
  read(row: Pick<Row<'stored_file'>, 'store_key'>): Promise<ReadableStream | undefined>
  /** The bytes of a row that is deleted in this transaction. For what nobody was promised: a file of a draft. */
  forget(row: Pick<Row<'stored_file'>, 'store_key'>): Promise<void>
}

/** Where files go by the settings: an S3-compatible bucket when FILES_URL names one, else a folder. */
export function storeFor(filesUrl: string | undefined, folder: string): FileStore {
  if (filesUrl === undefined) return folderStore(folder)
  const read = readS3Url(filesUrl)
  if (!read.ok) throw new Error(read.sentence)
  return s3Store(read.bucket)
}

export function openFiles(store: FileStore): Files {
  return {
    async keep(tx, networkId, thing, files, by, at) {
      for (const file of files) {
        const key = randomUUID()
        // The bytes first: a row without bytes would be a lie, bytes without a row are only dust.
        await store.put(key, file.bytes)
        await tx
          .insertInto('stored_file')
          .values({
            network_id: networkId,
            thing_kind: thing.kind,
            thing_id: thing.id,
            name: file.name,
            type: file.type,
            bytes: file.bytes.length,
            sha256: createHash('sha256').update(file.bytes).digest('hex'),
            store_key: key,
            by_person_id: by,
            at,
          })
          .execute()
      }
    },
    read: row => store.read(row.store_key),
    forget: row => store.remove(row.store_key),
  }
}

export async function filesOf(tx: Tx, thing: { kind: string; id: number }): Promise<Row<'stored_file'>[]> {
  return await tx
    .selectFrom('stored_file')
    .selectAll()
    .where('thing_kind', '=', thing.kind)
    .where('thing_id', '=', thing.id)
    .orderBy('id')
    .execute()
}
