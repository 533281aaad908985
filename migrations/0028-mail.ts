import { type Owner, run } from './migration.ts'

/** E-mail both ways. */
export async function up(db: Owner): Promise<void> {
  await run(
    db,
    `alter table contribution drop constraint contribution_how_check;
     alter table contribution add constraint contribution_how_check
       check (how in ('web', 'email', 'phone', 'post', 'in-person'));`,
  )
}
