import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { dateInWords } from '#kernel/calendar/words.ts'
import { addWorkingDays } from '#kernel/calendar/working-days.ts'
import { clockOn } from '#kernel/clocks.ts'
import { shorten } from '#kernel/text/graphemes.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { PlainDate, Tx } from '#platform/database/tables.ts'
import type { DueWork, Reminder } from '#platform/http/route.ts'
import { notYetGiven } from '#platform/outbox.ts'
import { idsOf, postHolders } from '#platform/who-today.ts'
import { learningPaths } from './paths.ts'

/** Reminds the co-ordinators before a wish or a word is due, and tells them and the managers once it is late. */
export async function learningDue(work: DueWork): Promise<void> {
  const { tx, today, when, network } = work
  const soon = addWorkingDays(today, Math.max(1, clockOn('remind-before', today, when.clocks)))
  const open = await sql<{ kind: 'wish' | 'word'; id: number; words: string; due_on: PlainDate }>`
    select 'wish' as kind, id, words, due_on from learning_wish where state = 'asked' and due_on <= ${soon}
    union all select 'word', id, word, due_on from word_wish where state = 'asked' and due_on <= ${soon}
    order by due_on, kind, id limit 2000`.execute(tx)
  if (open.rows.length === 0) return
  const { coordinators, managers } = await postHolders(tx, today)
  const wanted = open.rows.flatMap(({ kind, id, words, due_on }): Reminder[] => {
    const isLate = Temporal.PlainDate.compare(due_on, today) < 0
    const what =
      kind === 'wish'
        ? 'Somebody would like to know more'
        : `Somebody asked what “${theirs(shorten(words, 60))}” means`
    return idsOf(isLate ? [...coordinators, ...managers] : coordinators).map(personId => ({
      key: `learning-${kind}-${isLate ? 'late' : 'soon'}:${id}:${personId}`,
      personId,
      sentence: isLate
        ? `${what}. They were to hear by ${dateInWords(due_on)}. It is late.`
        : `${what}. Please answer by ${dateInWords(due_on)}.`,
      path: kind === 'wish' ? learningPaths.one(network.slug, id) : learningPaths.wordWish(network.slug, id),
    }))
  })
  for (const reminder of await notYetGiven(tx, wanted)) await work.remind(reminder)
}

export async function lateLearning(tx: Tx, today: PlainDate): Promise<Record<string, number>> {
  const found = await sql<{ wishes: number; words: number }>`select
    (select count(*)::int from learning_wish where state = 'asked' and due_on < ${today}) as wishes,
    (select count(*)::int from word_wish where state = 'asked' and due_on < ${today}) as words`.execute(tx)
  return { learning: found.rows[0]?.wishes ?? 0, words: found.rows[0]?.words ?? 0 }
}
