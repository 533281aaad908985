import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fileTypeFromBuffer } from 'file-type'
import type { Instant, Row, Tx } from './database/tables.ts'

/** Where bytes live. A folder by default; anything that can keep bytes under a key can stand in. */
export interface FileStore {
  put(key: string, bytes: Uint8Array): Promise<void>
  read(key: string): Promise<ReadableStream | undefined>
  remove(key: string): Promise<void>
}

/** Files on disk under DATA_DIR, each under a random name outside anything that is served (R67). */
export function folderStore(folder: string): FileStore {
  const pathOf = (key: string) => {
    if (!/^[0-9a-f-]{36}$/.test(key)) throw new TypeError('not a key of this store')
    return join(folder, key.slice(0, 2), key)
  }
  return {
    async put(key, bytes) {
      const path = pathOf(key)
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      const half = `${path}.half`
      await pipeline(Readable.from([bytes]), createWriteStream(half, { mode: 0o600 }))
      const handle = await open(half, 'r')
      await handle.sync()
      await handle.close()
      await rename(half, path)
    },
    async read(key) {
      const path = pathOf(key)
      if (!(await stat(path).catch(() => undefined))) return undefined
      return Readable.toWeb(createReadStream(path)) as ReadableStream
    },
    async remove(key) {
      await rm(pathOf(key), { force: true })
    },
  }
}

export const largestFile = 10 * 1024 * 1024
const mostUnpacked = 100 * 1024 * 1024

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
export async function checkFile(
  file: File,
): Promise<{ ok: true; file: CheckedFile } | { ok: false; sentence: string }> {
  const name = safeName(file.name)
  const no = (sentence: string) => ({ ok: false as const, sentence })
  if (file.size === 0) return no(`${name} is empty. Choose another file.`)
  if (file.size > largestFile) return no(`${name} is larger than 10 MB. Choose a smaller file.`)
  const bytes = new Uint8Array(await file.arrayBuffer())
  const found = await fileTypeFromBuffer(bytes).catch(() => undefined)
  const kind = found && kinds[found.ext]
  if (!kind) return no(`${name} is not ${fileKindsInWords}.`)
  const extension = name.split('.').pop()?.toLowerCase() ?? ''
  if (!kind.extensions.includes(extension)) {
    return no(`${name} is not what its name says. Save it again as ${fileKindsInWords}.`)
  }
  if (found.ext === 'docx') {
    const unpacked = unpackedSize(bytes)
    if (unpacked === undefined || unpacked.bytes > mostUnpacked) {
      return no(`${name} cannot be opened safely: it unpacks to far more than it holds. Choose another file.`)
    }
    if (unpacked.names.some(each => /vbaProject|\.bin$/i.test(each))) {
      return no(`${name} contains macros. Save it without them and choose it again.`)
    }
  }
  return { ok: true, file: { name, type: kind.type, bytes } }
}

/** Reads a zip's directory without unpacking: what it says it holds, and that it adds up. */
function unpackedSize(bytes: Uint8Array): { bytes: number; names: string[] } | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let end = -1
  for (let at = bytes.length - 22; at >= Math.max(0, bytes.length - 65_557); at--) {
    if (view.getUint32(at, true) === 0x06054b50) {
      end = at
      break
    }
  }
  if (end < 0) return undefined
  const count = view.getUint16(end + 10, true)
  let at = view.getUint32(end + 16, true)
  let total = 0
  const names: string[] = []
  for (let entry = 0; entry < count; entry++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) return undefined
    const packed = view.getUint32(at + 20, true)
    const unpacked = view.getUint32(at + 24, true)
    const [nameLength, extra, comment] = [28, 30, 32].map(offset => view.getUint16(at + offset, true))
    // Deflate cannot shrink more than about a thousandfold: more is a lie or a bomb.
    if (unpacked > 1_048_576 && unpacked > packed * 1_040) return undefined
    total += unpacked
    names.push(Buffer.from(bytes.subarray(at + 46, at + 46 + nameLength!)).toString('utf8'))
    at += 46 + nameLength! + extra! + comment!
  }
  return { bytes: total, names }
}

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
