import { sql } from 'kysely'
import { askTogether, type Question, question } from '#platform/database/questions.ts'
import type { Tx } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import type { Load, Visit } from '#platform/http/route.ts'
import type { Telling } from '#platform/outbox.ts'
import { type Actor, isTeam, personRule, type Rule } from '#platform/permission.ts'
import { addTranslation, translationsQuestion } from './store.ts'
import type { AboutKind } from './tables.ts'
import type { GivenTranslation, Original, Translation } from './translation.ts'

export interface ThingOf {
  readonly id: number
  readonly version: number
  readonly reference: string
}

/** What the room of a thing says about it, so that its texts can have translations. */
export interface Translatable<Thing extends ThingOf> {
  readonly kind: AboutKind
  /** '/:network/contributions/:reference' */
  readonly path: string
  readonly load: Load<Thing>
  readonly mayRead: Rule<Thing>
  /** Who may put a translation beside these words, correct it and take it back; of those who may read them. */
  readonly mayTranslate: (actor: Actor, thing: Thing, original: Original) => boolean
  /** All of its texts that can have one, and that are still there to read. */
  readonly originals: (tx: Tx, thing: Thing) => Promise<readonly Original[]>
  /** More of them, asked together with what else the page needs. */
  readonly more: (thing: Thing) => Question<readonly Original[]>
  /** Whose words there can be in it. */
  readonly writers: (thing: Thing) => readonly number[]
  /** No new translation comes to it. */
  readonly isOver: (thing: Thing) => boolean
  readonly hrefOf: (slug: string, thing: Thing) => string
  /** What one of the writers is told who can read an answer in their language now. */
  readonly answerTranslated: (doing: Doing, thing: Thing, added: AnswerTranslated) => Telling
}

interface AnswerTranslated {
  readonly translationId: number
  readonly personId: number
}

/** Puts a translation beside words of a thing; who waits for an answer in that language is told. */
export async function putTranslation<Thing extends ThingOf>(
  of: Translatable<Thing>,
  doing: Doing,
  thing: Thing,
  original: Original,
  given: GivenTranslation,
): ReturnType<typeof addTranslation> {
  const done = await addTranslation(doing, { kind: of.kind, id: thing.id }, original, given)
  if (done.accepted && original.ofPersonId === null) {
    const [languages] = await askTogether(doing.tx, [languagesQuestion(of.writers(thing))])
    const readers = languages.filter(each => each.language === given.language)
    await doing.tell(
      ...readers.map(each =>
        of.answerTranslated(doing, thing, { translationId: done.id, personId: each.person_id }),
      ),
    )
  }
  return done
}

/** A visit to what one person may translate of a thing. */
export interface Translating<Thing> {
  readonly thing: Thing
  /** What a form was opened with: the thing as it was, or the translation. */
  readonly version: number
  readonly originals: readonly Original[]
  readonly original: Original | undefined
  readonly translation: Translation | undefined
  readonly translations: readonly Translation[]
  /** Whom the team can name as the translator. */
  readonly people: readonly { readonly id: number; readonly name: string }[]
  /** In which language whoever wrote the words reads. */
  readonly languageOfWriter: string | undefined
}

interface Wanted {
  /** Of the address: which text, or which translation. */
  readonly by: 'thing' | 'part' | 'translation'
}

/** Finds what is translated: no text of that name, no such translation, nothing to translate any more: nothing. */
export function loadTranslating<Thing extends ThingOf>(
  of: Translatable<Thing>,
  { by }: Wanted,
): Load<Translating<Thing>> {
  return async (visit, how) => {
    const thing = await of.load(visit, how)
    if (!thing || (by !== 'translation' && of.isOver(thing))) return undefined
    const [translations, more, people, languages] = await askTogether(visit.tx, [
      translationsQuestion({ kind: of.kind, id: thing.id }),
      of.more(thing),
      peopleQuestion(visit),
      languagesQuestion(of.writers(thing)),
    ])
    const originals = [...(await of.originals(visit.tx, thing)), ...more].filter(each => each.words !== '')
    const translation =
      by === 'translation'
        ? translations.find(each => String(each.id) === visit.params.translation)
        : undefined
    if (by === 'translation' && !translation) return undefined
    const part = translation?.part ?? visit.params.part
    const original = originals.find(each => each.part === part)
    if (by !== 'thing' && !original) return undefined
    return {
      thing,
      version: translation?.version ?? thing.version,
      originals,
      original,
      translation,
      translations,
      people,
      languageOfWriter: languages.find(each => each.person_id === original?.ofPersonId)?.language,
    }
  }
}

/** Whoever may read the thing, and may speak for these words. */
export const mayTranslate = <Thing extends ThingOf>(of: Translatable<Thing>): Rule<Translating<Thing>> =>
  personRule('the team, or whose words they are', (actor, it) => {
    if (!of.mayRead.holds(actor, it.thing)) return false
    const may = (original: Original) => of.mayTranslate(actor, it.thing, original)
    return it.original ? may(it.original) : it.originals.some(may)
  })

/** Everybody with a place or a post today, for the team alone. */
function peopleQuestion(visit: Visit<undefined>): Question<readonly { id: number; name: string }[]> {
  const { today } = visit
  const holds = sql`from_on <= ${today} and (to_on is null or to_on >= ${today})`
  const asked = visit.actor !== undefined && isTeam(visit.actor)
  return question(
    sql<{ id: number; name: string }>`select p.id, p.name from person p where ${asked} and p.left_on is null
      and (exists (select from membership m where m.network_id = p.network_id and m.person_id = p.id and ${holds})
        or exists (select from post_holding h where h.network_id = p.network_id and h.person_id = p.id and ${holds}))
      order by p.name, p.id limit 1000`,
    rows => rows,
  )
}

const languagesQuestion = (
  writers: readonly number[],
): Question<readonly { person_id: number; language: string }[]> =>
  question(
    sql<{ person_id: number; language: string }>`select person_id, language from preference
      where person_id = any(${[...writers]}::integer[])`,
    rows => rows,
  )
