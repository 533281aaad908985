import { type Owner, run } from './migration.ts'

/** A message in the reader's language has its English beside it: the team must be able to read what was told. */
export async function up(db: Owner): Promise<void> {
  await run(
    db,
    `alter table message add column english jsonb;
     -- Whoever left is told what they still wanted to hear in their own language.
     alter table last_address add column language text;
     -- A visitor is answered in the language of the page on which they asked.
     alter table page_problem add column language text;
     -- Where in a reminder's sentence is a name or a title: it is said in the reader's language when it goes out.
     alter table reminder_held add column marks jsonb not null default '[]';`,
  )
}
