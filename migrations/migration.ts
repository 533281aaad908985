import { type Kysely, sql } from 'kysely'

// Migrations are frozen in time, so they do not know today's table types.
// biome-ignore lint/suspicious/noExplicitAny: see above
export type Owner = Kysely<any>

/** The database role of the running product: neither owner nor superuser. */
export const appRole = 'loop_app'

export async function run(db: Owner, statements: string): Promise<void> {
  await sql.raw(statements).execute(db)
}

/**
 * Makes a table that belongs to a network: `network_id` first, row-level security that denies by default,
 * and only the rights asked for.
 * @param definition columns and constraints after `network_id`
 */
export async function networkTable(
  db: Owner,
  name: string,
  definition: string,
  rights = 'select, insert, update, delete',
): Promise<void> {
  await run(
    db,
    `create table ${name} (
       network_id integer not null references network (id),
       ${definition}
     );`,
  )
  await protect(db, name, rights)
}

/**
 * Row-level security and rights for a table with a `network_id`. The owner is not bound by it, so that the
 * few named doors (functions that run as the owner) work; the product's own role always is.
 */
export async function protect(db: Owner, name: string, rights: string): Promise<void> {
  await run(
    db,
    `alter table ${name} enable row level security;
     create policy of_this_network on ${name}
       using (network_id = nullif(current_setting('app.network', true), '')::integer)
       with check (network_id = nullif(current_setting('app.network', true), '')::integer);
     grant ${rights} on ${name} to ${appRole};`,
  )
}
