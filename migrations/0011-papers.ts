import { type Owner, run } from './migration.ts'

/**
 * A new version brings its own title and summary, which readers see once it is out. That it is there is told to
 * everybody who may read it: a message to readers alone would show the team who had read what.
 */
export async function up(db: Owner): Promise<void> {
  await run(
    db,
    `alter table paper_version add column title text;
     alter table paper_version add column summary text;
     create index paper_version_waiting on paper_version (network_id, id) where text_state = 'waiting';
     drop function readers_of_paper(integer);`,
  )
}
