import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { Unzip, UnzipInflate } from 'fflate'
import type pg from 'pg'
import { type FileStore, isStoreKey } from '../files/store.ts'
import {
  accountColumns,
  archivedTables,
  fileEntry,
  type Manifest,
  manifestEntry,
  quoted,
  tableEntry,
} from './catalogue.ts'

export type Imported =
  | { readonly ok: true; readonly manifest: Manifest }
  | { readonly ok: false; readonly sentence: string }
const no = (sentence: string): Imported => ({ ok: false, sentence })

const batch = 500
/** A line of one thing is never so long; an archive that was made by somebody else might be. */
const longestLine = 64 * 1024 * 1024

/**
 * Puts an archive into an empty installation: all of it or nothing. It is read twice, and nothing is written before
 * its checksums are right.
 * @param owner a connection of the owner; used alone until it is done
 */
export async function importNetwork(owner: pg.ClientBase, store: FileStore, path: string): Promise<Imported> {
  const read = await readManifest(path)
  if (!read.ok) return read
  const { manifest } = read
  const here = await owner.query<{ name: string }>('select name from migration order by name desc limit 1')
  const schema = here.rows[0]?.name ?? ''
  if (manifest.schema !== schema) {
    return no(
      `This archive fits the schema ${manifest.schema}, and here it is ${schema}. Use the version of the service that made it, then update.`,
    )
  }
  if ((await owner.query('select from network limit 1')).rows.length > 0) {
    return no('There is a network here already. An archive goes into an empty installation.')
  }
  const kept: string[] = []
  await owner.query('begin')
  try {
    const put = async (key: string, bytes: Uint8Array) => {
      await store.put(key, bytes)
      kept.push(key)
    }
    await bringIn(owner, put, path, manifest)
    await owner.query('commit')
    return { ok: true, manifest }
  } catch (error) {
    await owner.query('rollback')
    for (const key of kept) await store.remove(key)
    throw error
  }
}

type Read =
  | { readonly ok: true; readonly manifest: Manifest }
  | { readonly ok: false; readonly sentence: string }

/** The first reading: is it ours, is it whole? */
async function readManifest(path: string): Promise<Read> {
  const found: Record<string, string> = {}
  let text = ''
  try {
    await eachEntry(path, name => {
      const hash = createHash('sha256')
      const decoder = new TextDecoder()
      return {
        part(bytes) {
          hash.update(bytes)
          if (name === manifestEntry && text.length < longestLine)
            text += decoder.decode(bytes, { stream: true })
        },
        end() {
          found[name] = hash.digest('hex')
        },
      }
    })
  } catch {
    return { ok: false, sentence: 'This file cannot be read: it is no zip, or it was cut off.' }
  }
  const manifest = manifestFrom(text)
  if (!manifest)
    return { ok: false, sentence: 'This is not an archive of a network: it has no list of what is in it.' }
  const { [manifestEntry]: _, ...others } = found
  const names = new Set([...Object.keys(others), ...Object.keys(manifest.sha256)])
  const wrong = [...names].filter(name => others[name] !== manifest.sha256[name])
  if (wrong.length > 0) {
    return {
      ok: false,
      sentence: `This archive is not as it was made: ${wrong.sort().slice(0, 3).join(', ')}.`,
    }
  }
  return { ok: true, manifest }
}

function manifestFrom(text: string): Manifest | undefined {
  try {
    const read = JSON.parse(text) as Manifest
    return read.format === 1 && Array.isArray(read.tables) && typeof read.sha256 === 'object'
      ? read
      : undefined
  } catch {
    return undefined
  }
}

/** The second reading: rows and files go in as they come. */
async function bringIn(
  owner: pg.ClientBase,
  put: (key: string, bytes: Uint8Array) => Promise<void>,
  path: string,
  manifest: Manifest,
): Promise<void> {
  const tables = await archivedTables(owner)
  const columnsOf = new Map<string, readonly string[]>([
    ['account', accountColumns],
    ...tables.map(each => [each.name, each.columns.map(one => one.name)] as const),
  ])
  const entries = new Map(manifest.tables.map(each => [tableEntry(each.name), each.name]))
  for (const name of entries.values()) {
    if (!columnsOf.has(name)) throw new Error(`the archive has rows of ${name}, which is no table here`)
  }
  const constraints = await setAside(owner)
  // What is read is written in its order, one after the other.
  let work = Promise.resolve()
  const then = (next: () => Promise<unknown>) => {
    work = work.then(async () => void (await next()))
    return work
  }
  await eachEntry(
    path,
    name => {
      const table = entries.get(name)
      if (table) return rowsInto(owner, table, columnsOf.get(table)!, then)
      const key = name.startsWith(fileEntry('')) ? name.slice(fileEntry('').length) : undefined
      if (key === undefined || !isStoreKey(key)) return { part() {}, end() {} }
      const parts: Uint8Array[] = []
      return {
        part: bytes => void parts.push(bytes),
        end: () => void then(() => put(key, Buffer.concat(parts))),
      }
    },
    () => work,
  )
  await work
  await owner.query('set constraints all immediate')
  await putBack(owner, constraints)
  for (const each of tables) {
    if (!each.identity) continue
    await owner.query(
      `select setval(pg_get_serial_sequence($1, $2), greatest((select max(${quoted(each.identity)}) from ${quoted(each.name)}), 1))`,
      [each.name, each.identity],
    )
  }
}

function rowsInto(
  owner: pg.ClientBase,
  table: string,
  columns: readonly string[],
  then: (next: () => Promise<unknown>) => Promise<void>,
) {
  const names = columns.map(quoted).join(', ')
  // Somebody may have an account here already, from a network that came before.
  const again = table === 'account' ? 'on conflict do nothing' : ''
  const statement = `insert into ${quoted(table)} (${names}) overriding system value
    select ${names} from json_populate_recordset(null::${quoted(table)}, $1::json) ${again}`
  const decoder = new TextDecoder()
  let rest = ''
  let waiting: string[] = []
  const flush = () => {
    if (waiting.length === 0) return
    const rows = `[${waiting.join(',')}]`
    waiting = []
    void then(() => owner.query(statement, [rows]))
  }
  const take = (text: string) => {
    const all = (rest + text).split('\n')
    rest = all.pop() ?? ''
    if (rest.length > longestLine) throw new Error(`a line of ${table} has no end`)
    for (const line of all) if (line !== '') waiting.push(line)
    if (waiting.length >= batch) flush()
  }
  return {
    part: (bytes: Uint8Array) => take(decoder.decode(bytes, { stream: true })),
    end() {
      take(`${decoder.decode()}\n`)
      flush()
    },
  }
}

interface SetAside {
  readonly tables: readonly string[]
  readonly constraints: readonly { readonly table: string; readonly name: string }[]
}

/**
 * Rows come table by table, so references are looked at when all are there; and what happened is not told again:
 * triggers rest meanwhile. All in the one transaction.
 */
async function setAside(owner: pg.ClientBase): Promise<SetAside> {
  const { rows: constraints } = await owner.query<{ table: string; name: string }>(`
    select c.relname as table, k.conname as name from pg_constraint k join pg_class c on c.oid = k.conrelid
    where k.contype = 'f' and c.relnamespace = 'public'::regnamespace and not k.condeferrable`)
  const { rows: tables } = await owner.query<{ name: string }>(`
    select distinct c.relname as name from pg_trigger t join pg_class c on c.oid = t.tgrelid
    where c.relnamespace = 'public'::regnamespace and not t.tgisinternal`)
  for (const { table, name } of constraints) {
    await owner.query(
      `alter table ${quoted(table)} alter constraint ${quoted(name)} deferrable initially deferred`,
    )
  }
  for (const { name } of tables) await owner.query(`alter table ${quoted(name)} disable trigger user`)
  return { constraints, tables: tables.map(each => each.name) }
}

async function putBack(owner: pg.ClientBase, aside: SetAside): Promise<void> {
  for (const { table, name } of aside.constraints) {
    await owner.query(`alter table ${quoted(table)} alter constraint ${quoted(name)} not deferrable`)
  }
  for (const name of aside.tables) await owner.query(`alter table ${quoted(name)} enable trigger user`)
}

interface EntryReader {
  part(bytes: Uint8Array): void
  end(): void
}

/** @param settled awaited between the parts of the file, so that what is read does not pile up before it is written */
async function eachEntry(
  path: string,
  open: (name: string) => EntryReader,
  settled: () => Promise<void> = async () => {},
): Promise<void> {
  let failed: unknown
  let begun = 0
  let ended = 0
  const unzip = new Unzip(file => {
    begun += 1
    const reader = open(file.name)
    file.ondata = (error, bytes, last) => {
      try {
        if (error) throw error
        reader.part(bytes)
        if (last) {
          ended += 1
          reader.end()
        }
      } catch (broken) {
        failed ??= broken
      }
    }
    file.start()
  })
  unzip.register(UnzipInflate)
  for await (const part of createReadStream(path, { highWaterMark: 256 * 1024 })) {
    unzip.push(part as Uint8Array)
    if (failed) throw failed
    await settled()
  }
  unzip.push(new Uint8Array(), true)
  if (failed) throw failed
  if (begun === 0 || begun !== ended) throw new Error('cut off')
}
