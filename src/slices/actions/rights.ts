import { sql } from 'kysely'
import { happened } from '#kernel/decision.ts'
import { type Question, question } from '#platform/database/questions.ts'
import type { Doing } from '#platform/doing.ts'
import type { Held, Leaving, WhatLeavingMeans } from '#platform/http/route.ts'
import { idsOf, postHolders } from '#platform/who-today.ts'
import { loadAction, saveStep } from './store.ts'

const openStates = ['open', 'asked-for-another-date'] as const

/** What somebody had to do goes to the group's chair or deputy, else to the team: nothing is left without an owner. */
export const leaving: Leaving = {
  says: personId =>
    question(
      sql<{ open: number; over: number }>`select
        (select count(*)::int from action where owner_person_id = ${personId} and state in ('open', 'asked-for-another-date')) as open,
        (select count(*)::int from action where owner_person_id = ${personId} and state in ('done', 'dropped')) as over`,
      ([facts]): WhatLeavingMeans => ({
        handedOver:
          facts && facts.open > 0
            ? [`${facts.open} ${facts.open === 1 ? 'action goes' : 'actions go'} to the chair of the group`]
            : [],
        stays:
          facts && facts.over > 0
            ? [
                `That ${facts.over} ${facts.over === 1 ? 'action was' : 'actions were'} done or dropped, by name`,
              ]
            : [],
      }),
    ),
  async leave(doing, personId) {
    const rows = await doing.tx
      .selectFrom('action')
      .select('number')
      .where('owner_person_id', '=', personId)
      .where('state', 'in', openStates)
      .orderBy('id')
      .execute()
    for (const { number } of rows) await handOn(doing, personId, number)
  },
}

async function handOn(doing: Doing, personId: number, number: number): Promise<void> {
  const loaded = await loadAction(doing, number, { forChange: true })
  if (!loaded) return
  const { coordinators, managers, directors } = await postHolders(doing.tx, doing.today)
  const next = [...loaded.leaderIds, ...idsOf([...coordinators, ...managers, ...directors])].find(
    each => each !== personId,
  )
  if (next === undefined) return
  const { name } = await doing.tx
    .selectFrom('person')
    .select('name')
    .where('id', '=', next)
    .executeTakeFirstOrThrow()
  const because = 'Its owner has left the network'
  await saveStep(
    doing,
    loaded,
    {
      state: { state: 'open', due: loaded.it.due },
      events: [happened('reassigned', { personId: next, name, because })],
    },
    { owner_person_id: next },
  )
}

type Row = Record<string, string | number | boolean | null>

export const held = (personId: number): Question<Held>[] => [
  question(
    sql<Row>`select 'A-' || number as "Number", what as "What", made_at::date as "Since", due_on as "By", state as "Where it is"
      from action where owner_person_id = ${personId} order by id`,
    (rows): Held => ({ title: 'Actions that are or were yours', rows }),
  ),
]
