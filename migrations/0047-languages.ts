import { sql } from 'kysely'
import { type Owner, run } from './migration.ts'

export async function up(db: Owner): Promise<void> {
  await languageOfWhoEnters(db)
}

/** Whoever enters a network brings along the language that they chose. */
async function languageOfWhoEnters(db: Owner): Promise<void> {
  const asked = await sql<{ source: string }>`
    select pg_get_functiondef('enter_network(text, text, date)'::regprocedure) as source`.execute(db)
  const before = `return answer || jsonb_build_object('person',`
  const source = asked.rows[0]!.source
  if (!source.includes(before)) throw new Error('enter_network no longer ends as this migration knows it')
  await run(
    db,
    source.replace(
      before,
      `return answer || jsonb_build_object(
         'language', (select w.language from preference w where w.network_id = n.id and w.person_id = p.id),
         'person',`,
    ),
  )
}
