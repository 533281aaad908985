import type pg from 'pg'

/** A table whose rows belong to a network, as the database itself tells: a new one is in the archive without a line here. */
export interface ArchivedTable {
  readonly name: string
  /** All that is kept; what the database works out itself is not. */
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  readonly key: readonly string[]
  readonly identity: string | null
}

/** Those of the network, by name; before them `network` itself. */
export async function archivedTables(client: pg.ClientBase): Promise<ArchivedTable[]> {
  const { rows } = await client.query<ArchivedTable>(`
    select c.relname as name,
      jsonb_agg(jsonb_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) order by a.attnum)
        filter (where a.attgenerated = '') as columns,
      (select array_agg(k.attname::text order by array_position(i.indkey::int2[], k.attnum))
        from pg_index i join pg_attribute k on k.attrelid = i.indrelid and k.attnum = any (i.indkey)
        where i.indrelid = c.oid and i.indisprimary) as key,
      max(a.attname) filter (where a.attidentity <> '') as identity
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
      and (c.relname = 'network' or exists (
        select from pg_attribute n where n.attrelid = c.oid and n.attname = 'network_id' and n.attnum > 0))
    group by c.oid, c.relname order by c.relname = 'network' desc, c.relname`)
  return rows
}

/** The accounts of its people, without any way to sign in. */
export const accountColumns = ['id', 'name', 'email', 'email_verified', 'created_at', 'updated_at'] as const

export interface Manifest {
  readonly format: 1
  readonly network: { readonly slug: string; readonly name: string }
  readonly madeAt: string
  /** The last change of the schema that the rows fit. */
  readonly schema: string
  readonly tables: readonly {
    readonly name: string
    readonly rows: number
    readonly columns: readonly { readonly name: string; readonly type: string }[]
  }[]
  /** Of each entry but this one: its SHA-256. */
  readonly sha256: Readonly<Record<string, string>>
}

export const tableEntry = (name: string): string => `tables/${name}.jsonl`
export const fileEntry = (key: string): string => `files/${key}`
export const manifestEntry = 'manifest.json'

/** Such as "search" of "c.search": a name that PostgreSQL takes as it is. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
