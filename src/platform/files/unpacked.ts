import { createInflateRaw } from 'node:zlib'

/** What a zip really holds: unpacked to nothing, counted, and stopped at a limit. */
export interface Unpacked {
  readonly names: readonly string[]
  readonly bytes: number
}

const most = { entries: 2_000, bytes: 100 * 1024 * 1024 }

/**
 * Reads a zip (a Word file is one) and really inflates each part, because its directory may lie about sizes.
 * @returns undefined when it is broken, encrypted, lies about itself or holds more than it may
 */
export async function unpack(
  file: Uint8Array,
  limit: { entries: number; bytes: number } = most,
): Promise<Unpacked | undefined> {
  const entries = readDirectory(file, limit.entries)
  if (!entries) return undefined
  let total = 0
  for (const entry of entries) {
    const bytes = await inflatedSize(file, entry, limit.bytes - total)
    if (bytes === undefined || bytes !== entry.unpacked) return undefined
    total += bytes
  }
  return { names: entries.map(each => each.name), bytes: total }
}

interface Entry {
  readonly name: string
  readonly method: number
  readonly packed: number
  readonly unpacked: number
  /** Where its own header begins. */
  readonly at: number
}

const endMark = 0x06054b50
const directoryMark = 0x02014b50
const entryMark = 0x04034b50

function readDirectory(file: Uint8Array, mostEntries: number): Entry[] | undefined {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const end = findEnd(view)
  if (end === undefined) return undefined
  const count = view.getUint16(end + 10, true)
  if (count > mostEntries) return undefined
  let at = view.getUint32(end + 16, true)
  const entries: Entry[] = []
  const names = new Set<string>()
  for (let number = 0; number < count; number++) {
    if (at + 46 > file.length || view.getUint32(at, true) !== directoryMark) return undefined
    const [nameLength, extra, comment] = [28, 30, 32].map(offset => view.getUint16(at + offset, true)) as [
      number,
      number,
      number,
    ]
    if (at + 46 + nameLength > file.length) return undefined
    const name = Buffer.from(file.subarray(at + 46, at + 46 + nameLength)).toString('utf8')
    const encrypted = (view.getUint16(at + 8, true) & 1) === 1
    // One name twice: two programs would open two different things.
    if (encrypted || names.has(name)) return undefined
    names.add(name)
    entries.push({
      name,
      method: view.getUint16(at + 10, true),
      packed: view.getUint32(at + 20, true),
      unpacked: view.getUint32(at + 24, true),
      at: view.getUint32(at + 42, true),
    })
    at += 46 + nameLength + extra + comment
  }
  // What stands between the last entry of the directory and its end would be read by nobody.
  return at <= end ? entries : undefined
}

function findEnd(view: DataView): number | undefined {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 65_557); at--) {
    if (view.getUint32(at, true) === endMark) return at
  }
  return undefined
}

/** @returns undefined when it cannot be unpacked, or holds more than `room` */
async function inflatedSize(file: Uint8Array, entry: Entry, room: number): Promise<number | undefined> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  if (entry.at + 30 > file.length || view.getUint32(entry.at, true) !== entryMark) return undefined
  const begin = entry.at + 30 + view.getUint16(entry.at + 26, true) + view.getUint16(entry.at + 28, true)
  const end = begin + entry.packed
  if (end > file.length) return undefined
  const packed = file.subarray(begin, end)
  if (entry.method === 0) return packed.length <= room ? packed.length : undefined
  if (entry.method !== 8) return undefined
  // Piece by piece, so that a bomb is stopped while it is still small in memory.
  return await new Promise(resolve => {
    const inflate = createInflateRaw({ chunkSize: 64 * 1024 })
    let size = 0
    const stop = (answer: number | undefined) => {
      inflate.destroy()
      resolve(answer)
    }
    inflate.on('data', (piece: Buffer) => {
      size += piece.length
      if (size > room) stop(undefined)
    })
    inflate.on('error', () => stop(undefined))
    inflate.on('end', () => stop(size))
    inflate.end(packed)
  })
}
