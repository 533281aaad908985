import { type RawBuilder, sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { happened, type Refusal } from '#kernel/decision.ts'
import { askTogether, type Question, question } from '#platform/database/questions.ts'
import type { Tx } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import type { AboutKind } from './tables.ts'
import {
  fingerprint,
  type GivenTranslation,
  type Original,
  type TakeBackReason,
  type Translation,
  type Wording,
  whyNotAdd,
  whyNotCorrect,
} from './translation.ts'

export interface About {
  readonly kind: AboutKind
  readonly id: number
}

type AsText<Thing> = Omit<Thing, 'at' | 'before'> & {
  at: string
  before: (Omit<Wording, 'at'> & { at: string })[]
}
/** As it comes out of `translationsAsJson`. */
export type RawTranslation = AsText<Translation>

const wording = (table: 't' | 'b') => {
  const its = (column: string) => sql.ref(`${table}.${column}`)
  return sql`jsonb_build_object('languageFrom', ${its('language_from')}, 'words', ${its('words')},
    'translatorPersonId', ${its('translator_person_id')}, 'translatorName', coalesce((select p.name from person p
      where p.network_id = ${its('network_id')} and p.id = ${its('translator_person_id')}), ${its('translator_name')}),
    'translatorFrom', ${its('translator_from')}, 'professional', ${its('professional')}, 'at', ${its('at')})`
}

/** All translations about a thing as one JSON list, for the statement of its page. @param id such as sql`c.id` */
export const translationsAsJson = (kind: AboutKind, id: RawBuilder<unknown>): RawBuilder<RawTranslation[]> =>
  sql<RawTranslation[]>`coalesce((
    select jsonb_agg(${wording('t')} || jsonb_build_object('id', t.id, 'part', t.part, 'language', t.language,
      'ofPersonId', t.of_person_id, 'ofWordsHash', t.of_words_hash, 'version', t.version, 'before', coalesce((
        select jsonb_agg(${wording('b')} order by b.id) from translation_before b
        where b.network_id = t.network_id and b.translation_id = t.id), '[]')) order by t.id)
    from translation t where t.about_kind = ${kind} and t.about_id = ${id}), '[]')`

export const readTranslations = (rows: readonly RawTranslation[]): Translation[] =>
  rows.map(row => ({
    ...row,
    at: Temporal.Instant.from(row.at),
    before: row.before.map(each => ({ ...each, at: Temporal.Instant.from(each.at) })),
  }))

/** The same, asked together with what else a page needs. */
export const translationsQuestion = ({ kind, id }: About): Question<Translation[]> =>
  question(
    sql<{ list: RawTranslation[] }>`select ${translationsAsJson(kind, sql`${id}::integer`)} as list`,
    rows => readTranslations(rows[0]?.list ?? []),
  )

export const translationsOf = async (tx: Tx, about: About): Promise<Translation[]> =>
  (await askTogether(tx, [translationsQuestion(about)]))[0]

type Done = { readonly accepted: true; readonly id: number } | Refusal

const columnsOf = (doing: Doing, given: GivenTranslation, original: Original) => ({
  language_from: given.languageFrom,
  language: given.language,
  words: given.words,
  translator_person_id: 'personId' in given.translator ? given.translator.personId : null,
  translator_name: 'personId' in given.translator ? '' : given.translator.name,
  translator_from: 'personId' in given.translator ? '' : given.translator.from,
  professional: given.professional,
  by_person_id: doing.actor!.personId,
  at: doing.now,
  of_words_hash: fingerprint(original.words),
})

/** Puts it beside the words. Whoever may read these reads it, and nobody else. */
export async function addTranslation(
  doing: Doing,
  about: About,
  original: Original,
  given: GivenTranslation,
): Promise<Done> {
  const why = whyNotAdd(given, original, await translationsOf(doing.tx, about))
  if (why) return why
  const { id } = await doing.tx
    .insertInto('translation')
    .values({
      network_id: doing.network.id,
      about_kind: about.kind,
      about_id: about.id,
      part: original.part,
      of_person_id: original.ofPersonId,
      ...columnsOf(doing, given, original),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const of = original.ofPersonId === null ? 'answer' : 'words'
  await doing.happened(about, [happened('translation-added', { of, language: given.language })])
  return { accepted: true, id }
}

/** The corrected one takes its place; what it said before can still be read below it. */
export async function correctTranslation(
  doing: Doing,
  about: About,
  it: Translation,
  original: Original,
  given: GivenTranslation,
): Promise<Done> {
  const why = whyNotCorrect(given, it, original, await translationsOf(doing.tx, about))
  if (why) return why
  await sql`insert into translation_before (network_id, translation_id, language_from, words, translator_person_id,
      translator_name, translator_from, professional, by_person_id, at)
    select network_id, id, language_from, words, translator_person_id, translator_name, translator_from, professional,
      by_person_id, at from translation where id = ${it.id}`.execute(doing.tx)
  await doing.tx
    .updateTable('translation')
    .set({ ...columnsOf(doing, given, original), version: it.version + 1 })
    .where('id', '=', it.id)
    .execute()
  const of = original.ofPersonId === null ? 'answer' : 'words'
  await doing.happened(about, [happened('translation-corrected', { of, language: given.language })])
  return { accepted: true, id: it.id }
}

/** It is gone, with all that it said before; history keeps that it was there, and why it went. */
export async function takeTranslationBack(
  doing: Doing,
  about: About,
  it: Translation,
  because: TakeBackReason,
): Promise<void> {
  await doing.tx.deleteFrom('translation').where('id', '=', it.id).execute()
  await doing.happened(about, [happened('translation-taken-back', { because, language: it.language })])
}

/**
 * With the words go their translations: all about a thing, or those that `which` names.
 * @returns how many went
 */
export async function forgetTranslations(
  tx: Tx,
  about: About,
  which: (each: Translation) => boolean = () => true,
): Promise<number> {
  const ids = (await translationsOf(tx, about)).filter(which).map(each => each.id)
  if (ids.length > 0) await tx.deleteFrom('translation').where('id', 'in', ids).execute()
  return ids.length
}
