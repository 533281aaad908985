import type pg from 'pg'

/** What the database says of itself, for the rules of the house. */
export interface TableFacts {
  readonly name: string
  /** Has a `network_id`: its rows belong to one network. */
  readonly ofNetwork: boolean
  readonly columns: readonly ColumnFacts[]
}

export interface ColumnFacts {
  readonly name: string
  readonly type: string
  readonly nullable: boolean
  readonly hasDefault: boolean
  readonly generated: boolean
  /** The values that a check allows, where one lists them. */
  readonly oneOf: readonly string[]
}

export async function tablesOf(owner: pg.Pool | pg.Client): Promise<TableFacts[]> {
  const { rows } = await owner.query<{ name: string; columns: ColumnFacts[] }>(`
    select c.relname as name, jsonb_agg(jsonb_build_object(
        'name', a.attname, 'type', format_type(a.atttypid, null), 'nullable', not a.attnotnull,
        'hasDefault', a.atthasdef or a.attidentity <> '', 'generated', a.attgenerated <> '' or a.attidentity <> '',
        'oneOf', coalesce((
          select jsonb_agg(m[1]) from pg_constraint k, regexp_matches(pg_get_constraintdef(k.oid), '''([^'']+)''::text', 'g') m
          where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum]
            and pg_get_constraintdef(k.oid) like '%ANY (ARRAY[%'), '[]')
      ) order by a.attnum) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
    group by c.relname order by c.relname`)
  return rows.map(row => ({
    name: row.name,
    ofNetwork: row.columns.some(each => each.name === 'network_id'),
    columns: row.columns,
  }))
}

let counter = 0

/** A row of any table, as literal SQL by column. References are not followed: put it in with foreign keys off. */
export function anyRow(
  table: TableFacts,
  networkId: number,
  options: { full: boolean },
): Record<string, string> {
  counter += 1
  const row: Record<string, string> = {}
  for (const column of table.columns) {
    if (column.generated) continue
    if (column.name === 'network_id') row[column.name] = String(networkId)
    else if (!options.full && (column.nullable || column.hasDefault)) continue
    else row[column.name] = literal(column, counter)
  }
  return row
}

function literal(column: ColumnFacts, n: number): string {
  if (column.oneOf.length > 0) return `'${column.oneOf[0]}'`
  switch (column.type) {
    case 'boolean':
      return 'true'
    case 'integer':
    case 'bigint':
    case 'smallint':
    case 'numeric':
    case 'real':
    case 'double precision':
      return String(n)
    case 'jsonb':
    case 'json':
      return `'{}'`
    case 'date':
      return `'2026-06-09'`
    case 'timestamp with time zone':
      return `'2026-06-09T09:00:00Z'`
    case 'bytea':
      return `'\\x00'`
    case 'text':
      // Also a short name, where one is asked for.
      return `'aa${n}'`
    case 'uuid':
      return 'gen_random_uuid()'
    case 'text[]':
    case 'integer[]':
      return `'{}'`
    default:
      return `null /* ${column.type} */`
  }
}

export async function insertRow(owner: pg.Client, table: string, row: Record<string, string>): Promise<void> {
  const names = Object.keys(row)
  await owner.query(`insert into "${table}" (${names.join(', ')}) values (${Object.values(row).join(', ')})`)
}
