import { createHash } from 'node:crypto'
import type { Writable } from 'node:stream'
import { strToU8, Zip, ZipDeflate } from 'fflate'
import type pg from 'pg'
import type { FileStore } from '../files/store.ts'
import {
  type ArchivedTable,
  accountColumns,
  archivedTables,
  fileEntry,
  type Manifest,
  manifestEntry,
  quoted,
  tableEntry,
} from './catalogue.ts'
import { indexPage } from './index-page.ts'

const batch = 500

/**
 * Everything of one network as one archive: a line of JSON for each row, each file, and a page to read. One moment of
 * the database, whatever happens meanwhile.
 * @param owner a connection of the owner, who is not bound to one network; used alone until it is done
 * @param open called once, when there is something to write
 * @returns undefined when there is no such network
 */
export async function exportNetwork(
  owner: pg.ClientBase,
  store: FileStore,
  slug: string,
  open: () => Writable,
  madeAt: string,
): Promise<Manifest | undefined> {
  await owner.query('begin isolation level repeatable read read only')
  try {
    const network = (await owner.query('select id, slug, name from network where slug = $1', [slug])).rows[0]
    if (!network) return undefined
    const zip = openZip(open())
    const tables: Manifest['tables'][number][] = []
    const keys = new Set<string>()
    const copy = async (
      name: string,
      columns: Manifest['tables'][number]['columns'],
      statement: string,
    ): Promise<void> => {
      const entry = zip.entry(tableEntry(name))
      let rows = 0
      await owner.query(`declare archived no scroll cursor for ${statement}`)
      for (;;) {
        const found = await owner.query<{ line: string; store_key?: string }>(`fetch ${batch} from archived`)
        if (found.rows.length === 0) break
        rows += found.rows.length
        await entry.write(found.rows.map(row => `${row.line}\n`).join(''))
        for (const row of found.rows) if (row.store_key) keys.add(row.store_key)
      }
      await owner.query('close archived')
      await entry.end()
      tables.push({ name, rows, columns })
    }
    await copy(
      'account',
      accountColumns.map(name => ({
        name,
        type: name.endsWith('_at') ? 'timestamp with time zone' : 'text',
      })),
      lines(
        'account',
        accountColumns,
        `id in (select account_id from person where network_id = ${network.id})`,
        ['id'],
      ),
    )
    for (const table of await archivedTables(owner)) {
      await copy(table.name, table.columns, ofNetwork(table, network.id))
    }
    for (const key of keys) {
      const body = await store.read(key)
      // A file that is gone from the store was forgotten on purpose; its row says that it was there.
      if (!body) continue
      const entry = zip.entry(fileEntry(key))
      for await (const part of body as unknown as AsyncIterable<Uint8Array>) await entry.write(part)
      await entry.end()
    }
    const schema = await owner.query<{ name: string }>(
      'select name from migration order by name desc limit 1',
    )
    const page = zip.entry('index.html')
    await page.write(await indexPage(owner, network, tables, madeAt))
    await page.end()
    const manifest: Manifest = {
      format: 1,
      network: { slug: network.slug, name: network.name },
      madeAt,
      schema: schema.rows[0]?.name ?? '',
      tables,
      sha256: { ...zip.sha256 },
    }
    const last = zip.entry(manifestEntry)
    await last.write(JSON.stringify(manifest, null, 2))
    await last.end()
    await zip.end()
    return manifest
  } finally {
    await owner.query('rollback')
  }
}

const lines = (
  table: string,
  columns: readonly string[],
  where: string,
  order: readonly string[],
): string => {
  const row = columns.map(name => quoted(name)).join(', ')
  return `select (select row_to_json(r)::text from (select ${row}) r) as line from ${quoted(table)}
    where ${where} order by ${order.map(quoted).join(', ')}`
}

function ofNetwork(table: ArchivedTable, networkId: number): string {
  const names = table.columns.map(each => each.name)
  const of = table.name === 'network' ? 'id' : 'network_id'
  const statement = lines(table.name, names, `${of} = ${Number(networkId)}`, table.key)
  return names.includes('store_key') ? statement.replace(' as line', ' as line, store_key') : statement
}

interface Entry {
  write(part: string | Uint8Array): Promise<void>
  end(): Promise<void>
}

/** A zip that is written while it is made: never the whole of it in memory. */
function openZip(out: Writable) {
  const sha256: Record<string, string> = {}
  let failed: Error | undefined
  const zip = new Zip((error, part) => {
    if (error) failed = error
    else if (part.length > 0) out.write(part)
  })
  const settled = async () => {
    if (failed) throw failed
    if (out.writableNeedDrain) await new Promise<void>(resolve => out.once('drain', resolve))
  }
  return {
    sha256,
    entry(name: string): Entry {
      const hash = createHash('sha256')
      const one = new ZipDeflate(name, { level: 6 })
      zip.add(one)
      return {
        async write(part) {
          const bytes = typeof part === 'string' ? strToU8(part) : part
          hash.update(bytes)
          one.push(bytes)
          await settled()
        },
        async end() {
          one.push(new Uint8Array(), true)
          sha256[name] = hash.digest('hex')
          await settled()
        },
      }
    },
    async end() {
      zip.end()
      await settled()
      await new Promise<void>((resolve, reject) => {
        out.once('error', reject)
        out.end(resolve)
      })
    },
  }
}
