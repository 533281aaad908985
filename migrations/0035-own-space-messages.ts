import { type Owner, run } from './migration.ts'

const me = `nullif(current_setting('app.person', true), '')::integer`
const own = `(about_kind <> all (array['concern', 'own-space-private']) or person_id = ${me} or ${me} is null)`

/**
 * Messages about concerns were for their own reader and the clock alone. So are those about a report in the volunteers’
 * own space: no post reads on a list whom it was about, who reported and who decides.
 */
export async function up(db: Owner): Promise<void> {
  await run(
    db,
    `drop policy of_concerns on message;
     create policy for_its_reader on message as restrictive using ${own} with check ${own};
     update message set about_kind = 'own-space-private'
       where kind in ('own-space-report', 'own-space-decided') and channel in ('email', 'text');`,
  )
}
