import { sql } from 'kysely'
import { happened } from '#kernel/decision.ts'
import type { Doing } from '../doing.ts'
import { askedForNoTexts } from './another-way.ts'
import { settleCameBack } from './came-back.ts'

/** No more text messages to them; what waits goes another way. No answer is texted: they asked for none. */
export async function stopTexts(
  doing: Doing,
  people: readonly { readonly id: number; readonly name: string }[],
): Promise<void> {
  const { tx, now } = doing
  if (people.length === 0) return
  const ids = people.map(each => each.id)
  const stopped = await sql<{ person_id: number }>`
    insert into text_stop (network_id, person_id, mark, since)
    select network_id, id, number_mark(phone), ${now} from person where id = any(${ids}::integer[])
    on conflict (network_id, person_id) do update set mark = excluded.mark, since = excluded.since
      where text_stop.mark <> excluded.mark
    returning person_id`.execute(tx)
  await tx
    .updateTable('message')
    .set({
      state: 'came-back',
      came_back_at: now,
      came_back_words: askedForNoTexts,
      came_back_for: 'message',
      last_error: askedForNoTexts,
    })
    .where('person_id', 'in', ids)
    .where('channel', '=', 'text')
    .where('state', 'in', ['waiting', 'by-hand'])
    .where('about_kind', '<>', 'sign-in')
    .execute()
  for (const { person_id: id } of stopped.rows)
    await doing.happened({ kind: 'person', id }, [happened('texts-stopped')], {
      personId: id,
      words: people.find(each => each.id === id)!.name,
    })
  await settleCameBack(doing)
}

/** @returns false when they were not stopped */
export async function startTexts(doing: Doing, personId: number, how: 'text' | 'page'): Promise<boolean> {
  const gone = await doing.tx.deleteFrom('text_stop').where('person_id', '=', personId).executeTakeFirst()
  if (Number(gone.numDeletedRows) === 0) return false
  await doing.happened({ kind: 'person', id: personId }, [happened('texts-started', { how })])
  return true
}
