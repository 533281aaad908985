import { sql } from 'kysely'
import { happened } from '#kernel/decision.ts'
import type { Doing } from '../doing.ts'
import { askedForNoTexts } from './another-way.ts'
import { settleCameBack } from './came-back.ts'

interface Known {
  readonly id: number
  readonly name: string
}

/**
 * No more text messages to this number; what waits for it goes another way. No answer is texted: they asked for none.
 * @param people who have it
 */
export async function stopTexts(doing: Doing, number: string, people: readonly Known[]): Promise<void> {
  const { tx, now } = doing
  const stopped = await sql`
    insert into text_stop (network_id, mark, since) values (${doing.network.id}, number_mark(${number}), ${now})
    on conflict (network_id, mark) do nothing returning mark`.execute(tx)
  await sql`update message set state = 'came-back', came_back_at = ${now}, came_back_words = ${askedForNoTexts},
      came_back_for = 'message', last_error = ${askedForNoTexts}
    where channel = 'text' and state in ('waiting', 'by-hand') and about_kind <> 'sign-in'
      and number_of(address) = number_of(${number})`.execute(tx)
  if (stopped.rows.length > 0)
    for (const { id, name } of people)
      await doing.happened({ kind: 'person', id }, [happened('texts-stopped')], { personId: id, words: name })
  await settleCameBack(doing)
}

/** @returns false when they were not stopped */
export async function startTexts(
  doing: Doing,
  number: string,
  people: readonly Pick<Known, 'id'>[],
  how: 'text' | 'page',
): Promise<boolean> {
  const gone = await sql`delete from text_stop where mark = number_mark(${number}) returning mark`.execute(
    doing.tx,
  )
  if (gone.rows.length === 0) return false
  for (const { id } of people)
    await doing.happened({ kind: 'person', id }, [happened('texts-started', { how })])
  return true
}
