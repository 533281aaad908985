import { sql } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import { promisedBy } from '#kernel/clocks.ts'
import { type Decision, happened } from '#kernel/decision.ts'
import type { Tx } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import { keptPromise } from '#platform/kept-promise.ts'
import { numberSetting, settingOf } from '#platform/network-settings.ts'
import {
  type Audience,
  cannotMeetNeed,
  changesOf,
  meetNeed,
  type NeedGroup,
  type NeedPromise,
  ownWords,
} from './need.ts'
import { needsPaths } from './paths.ts'
import type { Sheet } from './queries.ts'
import type { AskedHow, NeedNotMetTable } from './tables.ts'

/** R14. */
export const reviewMonths = numberSetting({
  name: 'needs-review-months',
  title: 'Support needs are gone through again after',
  hint: 'The Accessible Information Standard asks for a regular review.',
  usual: 12,
  least: 1,
  most: 36,
  unit: 'months',
})

/** To arrange for a need is a promise with a clock; one that is open already stays as it is. */
export async function needArose(
  doing: Doing,
  personId: number,
  group: NeedGroup,
  option: string,
): Promise<void> {
  const open = await doing.tx
    .selectFrom('need_promise')
    .select('id')
    .where('person_id', '=', personId)
    .where('need_group', '=', group)
    .where('option', '=', option)
    .where('state', '=', 'open')
    .executeTakeFirst()
  if (open) return
  await doing.tx
    .insertInto('need_promise')
    .values({
      network_id: doing.network.id,
      person_id: personId,
      need_group: group,
      option,
      made_on: doing.today,
      due_on: promisedBy('need-met', doing.today, doing.when.clocks),
    })
    .execute()
}

/** It is not needed any more, so nobody has to arrange for it. */
export async function needWent(
  doing: Doing,
  personId: number,
  group: NeedGroup,
  option: string,
): Promise<void> {
  await doing.tx
    .updateTable('need_promise')
    .set(eb => ({ state: 'no-longer', ended_on: doing.today, version: eb('version', '+', 1) }))
    .where('person_id', '=', personId)
    .where('need_group', '=', group)
    .where('option', '=', option)
    .where('state', 'in', ['open', 'not-met'])
    .execute()
}

/** Asked and gone through today (steps 1, 2 and 6 of the standard leave a date and a person behind). */
export async function markAsked(
  doing: Doing,
  sheet: Sheet,
  how: AskedHow,
  shared?: Audience[],
): Promise<void> {
  const row = {
    asked_on: doing.today,
    asked_by_person_id: doing.actor?.personId ?? null,
    asked_how: how,
    reviewed_on: doing.today,
    review_due_on: doing.today.add({ months: settingOf(doing.network, reviewMonths) }),
    version: sheet.version + 1,
    shared: shared ?? [...sheet.shared],
  }
  await doing.tx
    .insertInto('needs_sheet')
    .values({ network_id: doing.network.id, person_id: sheet.person.id, ...row })
    .onConflict(on => on.columns(['network_id', 'person_id']).doUpdateSet(row))
    .execute()
  await doing.happened({ kind: 'person', id: sheet.person.id }, [happened('needs-asked')])
}

export interface GivenNeeds {
  readonly options: readonly string[]
  readonly words: string
}

/** One group of needs as it is now. What was there and is not any more is gone for good. */
export async function recordNeeds(
  doing: Doing,
  sheet: Sheet,
  group: NeedGroup,
  given: GivenNeeds,
  how: AskedHow,
): Promise<void> {
  const { tx } = doing
  const personId = sheet.person.id
  const mine = sheet.needs.filter(each => each.group === group)
  const before = mine.map(each => each.option)
  const after = [...given.options, ...(given.words === '' ? [] : [ownWords])]
  const { came, went } = changesOf(before, after)
  const wordsNow = mine.find(each => each.option === ownWords)?.words ?? ''
  const otherWords = given.words !== '' && wordsNow !== '' && given.words !== wordsNow
  // Where letters and the other pages look for them.
  if (group === 'format') {
    await tx
      .updateTable('person')
      .set({ large_print: after.includes('large-print') })
      .where('id', '=', personId)
      .execute()
    await setEasyRead(doing, personId, after.includes('easy-read'))
  }
  if (group === 'support') {
    await tx.updateTable('person').set({ help_words: given.words }).where('id', '=', personId).execute()
  }
  const elsewhere = (option: string) =>
    (group === 'format' && (option === 'large-print' || option === 'easy-read')) ||
    (group === 'support' && option === ownWords)
  const gone = went.filter(each => !elsewhere(each))
  if (gone.length > 0) {
    await tx
      .deleteFrom('support_need')
      .where('person_id', '=', personId)
      .where('need_group', '=', group)
      .where('option', 'in', gone)
      .execute()
  }
  for (const option of after.filter(each => !elsewhere(each))) {
    const words = option === ownWords ? given.words : ''
    await tx
      .insertInto('support_need')
      .values({
        network_id: doing.network.id,
        person_id: personId,
        need_group: group,
        option,
        words,
        recorded_on: doing.today,
        by_person_id: doing.actor?.personId ?? null,
      })
      .onConflict(on =>
        on.columns(['network_id', 'person_id', 'need_group', 'option']).doUpdateSet({ words }),
      )
      .execute()
  }
  for (const option of went) await needWent(doing, personId, group, option)
  for (const option of otherWords ? [...came, ownWords] : came) {
    await needArose(doing, personId, group, option)
  }
  await markAsked(doing, sheet, how)
}

async function setEasyRead(doing: Doing, personId: number, easyRead: boolean): Promise<void> {
  const { tx, network } = doing
  if (easyRead) {
    await tx
      .insertInto('preference')
      .values({
        network_id: network.id,
        person_id: personId,
        channels: '{}',
        quiet_from: null,
        quiet_until: null,
        digest: 'as-it-comes',
        language: 'en',
        easy_read: true,
        version: 1,
      })
      .onConflict(on => on.columns(['network_id', 'person_id']).doUpdateSet({ easy_read: true }))
      .execute()
  } else {
    await tx.updateTable('preference').set({ easy_read: false }).where('person_id', '=', personId).execute()
  }
}

export interface LoadedPromise extends NeedPromise {
  readonly id: number
  readonly personId: number
  readonly name: string
  readonly group: NeedGroup
  readonly option: string
  readonly ownWords: string
  readonly label: string | null
  readonly dueOn: Temporal.PlainDate
  readonly madeOn: Temporal.PlainDate
  readonly version: number
}

export const loadNeedPromise = async (
  tx: Tx,
  id: number,
  how: { forChange: boolean },
): Promise<LoadedPromise | undefined> =>
  await tx
    .selectFrom('need_promise as r')
    .innerJoin('person as p', join =>
      join.onRef('p.network_id', '=', 'r.network_id').onRef('p.id', '=', 'r.person_id'),
    )
    .select(['r.id', 'r.person_id as personId', 'p.name', 'r.need_group as group', 'r.option'])
    .select(['r.state', 'r.words', 'r.due_on as dueOn', 'r.made_on as madeOn', 'r.version'])
    .select([
      sql<string | null>`(select o.label from need_option o where o.network_id = r.network_id
        and r.option = 'option-' || o.id)`.as('label'),
      sql<string>`case when r.option <> 'own-words' then ''
        when r.need_group = 'support' then p.help_words
        else coalesce((select n.words from support_need n where n.network_id = r.network_id
          and n.person_id = r.person_id and n.need_group = r.need_group and n.option = r.option), '') end`.as(
        'ownWords',
      ),
    ])
    .where('r.id', '=', id)
    .where('p.left_on', 'is', null)
    .$if(how.forChange, query => query.forUpdate('r'))
    .executeTakeFirst()

/**
 * What came of the promise to meet a need. The person is told that there is something to read, never what (R42).
 */
export async function endPromise(
  doing: Doing,
  loaded: LoadedPromise,
  outcome: 'met' | 'not-met',
  words: string,
): Promise<Decision<NeedPromise>> {
  const step = outcome === 'met' ? meetNeed(loaded, words) : cannotMeetNeed(loaded, words)
  if (!step.accepted) return step
  const { state } = step
  await doing.tx
    .updateTable('need_promise')
    .set({
      state: state.state,
      words: state.words,
      by_person_id: doing.actor?.personId ?? null,
      ended_on: doing.today,
      version: loaded.version + 1,
    })
    .where('id', '=', loaded.id)
    .execute()
  await doing.happened({ kind: 'need-promise', id: loaded.id }, step.events)
  if (state.state === 'met') {
    await keptPromise(doing, {
      kind: 'need-met',
      thing: { kind: 'need-promise', id: loaded.id },
      groupId: null,
      dueOn: loaded.dueOn,
    })
  }
  await doing.tell({
    key: `need-promise:${loaded.id}:${loaded.version}`,
    personId: loaded.personId,
    kind: 'need-looked-at',
    subject: 'what you need to take part',
    paragraphs: [
      'You told us what you need to take part. We have looked at it, and wrote down what comes of it.',
      'You can read it on your account page, or ask us to tell you. If it is not right, say so.',
    ],
    link: { path: needsPaths.mine(doing.network.slug), words: 'Read what we wrote' },
    short: 'we have looked at what you need. Please read what we wrote.',
    about: { kind: 'need', id: String(loaded.id) },
  })
  return step
}

/** Something was sent though a need was not met: the reason is for the person to read (R13). */
export async function noteNotMet(
  doing: Doing,
  thing: NeedNotMetTable['thing'],
  thingId: number,
  personIds: readonly number[],
  reason: string,
): Promise<void> {
  if (personIds.length === 0) return
  await doing.tx
    .insertInto('need_not_met')
    .values(
      personIds.map(personId => ({
        network_id: doing.network.id,
        person_id: personId,
        thing,
        thing_id: thingId,
        reason,
        by_person_id: doing.actor!.personId,
        at: doing.now,
      })),
    )
    .execute()
}
