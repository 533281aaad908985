import { dateInWords, momentInWords } from '#kernel/calendar/words.ts'
import { promisedBy } from '#kernel/clocks.ts'
import { accept, type Decision, happened, type Refusal, refuse } from '#kernel/decision.ts'
import { shorten } from '#kernel/text/graphemes.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { Row, RowChange } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import { keptPromise } from '#platform/kept-promise.ts'
import { takePlace } from '#slices/induction/index.ts'
import { defaultWords } from './defaults.ts'
import { learningPaths } from './paths.ts'
import { type LoadedWish, loadWord } from './queries.ts'
import type { How } from './tables.ts'
import * as steps from './wish.ts'
import { keyOf } from './word.ts'

export interface NewWish {
  readonly personId: number
  readonly words: string
  /** Other than 'web': the team wrote it down. */
  readonly how: How
}

/** "I’d like to know more about…", to the team: answered, or put into a session, by a day. */
export async function wishToKnow(doing: Doing, given: NewWish): Promise<{ id: number }> {
  const recorded = given.how !== 'web'
  const dueOn = promisedBy('learning', doing.today, doing.network.clocks)
  const made = await doing.tx
    .insertInto('learning_wish')
    .values({
      network_id: doing.network.id,
      person_id: given.personId,
      words: given.words,
      how: given.how,
      recorded_by_person_id: recorded ? (doing.actor?.personId ?? null) : null,
      asked_at: doing.now,
      due_on: dueOn,
      state: 'asked',
      session_id: null,
      answered_at: null,
      answered_by_person_id: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await doing.happened({ kind: 'learning-wish', id: made.id }, [
    happened('asked', recorded ? { recorded: true, how: given.how } : {}),
  ])
  await doing.tell({
    key: `learning-asked:${made.id}`,
    personId: given.personId,
    kind: 'learning-asked',
    subject: 'we have what you would like to know',
    paragraphs: [
      `You would like to know more: “${theirs(shorten(given.words, 300))}”`,
      `By ${dateInWords(dueOn)} you have an answer, or the day of a session.`,
    ],
    link: { path: learningPaths.one(doing.network.slug, made.id), words: 'See it here' },
    about: { kind: 'learning-wish', id: String(made.id) },
  })
  return made
}

/** An accepted step with its history, and the promise when it is kept by it. */
async function save(
  doing: Doing,
  loaded: LoadedWish,
  step: Decision<steps.Wish>,
  change: RowChange<'learning_wish'>,
): Promise<Decision<steps.Wish>> {
  if (!step.accepted) return step
  await doing.tx
    .updateTable('learning_wish')
    .set({ state: step.state.state, version: loaded.version + 1, ...change })
    .where('id', '=', loaded.id)
    .execute()
  const thing = { kind: 'learning-wish', id: loaded.id }
  await doing.happened(thing, step.events)
  if (steps.keepsPromise(loaded.it, step.state))
    await keptPromise(doing, { kind: 'learning', thing, groupId: null, dueOn: loaded.it.dueOn })
  return step
}

export interface WishAnswer {
  readonly title: string
  readonly answer: string
  /** The team's yes to the library; the asker's is theirs. */
  readonly shares: boolean
}

export async function answerWish(
  doing: Doing,
  loaded: LoadedWish,
  given: WishAnswer,
): Promise<Decision<steps.Wish>> {
  if (given.shares && given.title === '') return refuse('title', 'Give it a title for the library')
  const step = await save(doing, loaded, steps.answer(loaded.it, given.answer), {
    title: given.title,
    answer: given.answer,
    team_shares: given.shares,
    answered_at: doing.now,
    answered_by_person_id: doing.actor?.personId ?? null,
  })
  if (step.accepted) {
    await doing.tell({
      key: `learning-answered:${loaded.id}:${loaded.version}`,
      personId: loaded.personId,
      kind: 'learning-answered',
      subject: 'an answer to what you wanted to know',
      paragraphs: [
        `You wanted to know: “${theirs(shorten(loaded.row.words, 200))}”`,
        theirs(given.answer),
        ...(given.shares
          ? ['We would like to put it into the library, without your name. You decide that.']
          : []),
      ],
      link: { path: learningPaths.one(doing.network.slug, loaded.id), words: 'See it here' },
      short: 'We answered what you wanted to know.',
      about: { kind: 'learning-wish', id: String(loaded.id) },
    })
  }
  return step
}

/** It has a day: the person gets a place in a session that comes. */
export async function putWishInSession(
  doing: Doing,
  loaded: LoadedWish,
  session: Pick<Row<'learning_session'>, 'id' | 'title' | 'starts_at' | 'place'> | undefined,
): Promise<Decision<steps.Wish>> {
  const step = await save(doing, loaded, steps.putInSession(loaded.it, session), {
    session_id: session?.id ?? null,
  })
  if (step.accepted && session) {
    await takePlace(doing, session.id, loaded.personId)
    await doing.tell({
      key: `learning-session:${loaded.id}:${session.id}`,
      personId: loaded.personId,
      kind: 'learning-session',
      subject: 'a session about what you wanted to know',
      paragraphs: [
        `You wanted to know: “${theirs(shorten(loaded.row.words, 200))}”`,
        `There is a session: “${theirs(session.title)}”, ${momentInWords(session.starts_at)}, ${theirs(session.place)}. You have a place. If the day does not suit you, tell us.`,
      ],
      link: { path: learningPaths.one(doing.network.slug, loaded.id), words: 'See it here' },
      about: { kind: 'learning-wish', id: String(loaded.id) },
    })
  }
  return step
}

export const withdrawWish = (doing: Doing, loaded: LoadedWish): Promise<Decision<steps.Wish>> =>
  save(doing, loaded, steps.withdraw(loaded.it), {})

/** The asker's yes to the library, given or taken back. */
export async function shareWish(
  doing: Doing,
  loaded: LoadedWish,
  shares: boolean,
): Promise<Refusal | undefined> {
  if (loaded.it.state !== 'answered') return refuse('not-answered', 'There is no answer yet')
  await doing.tx
    .updateTable('learning_wish')
    .set({ asker_shares: shares, version: loaded.version + 1 })
    .where('id', '=', loaded.id)
    .execute()
  await doing.happened({ kind: 'learning-wish', id: loaded.id }, [
    happened(shares ? 'asker-shares' : 'asker-shares-no-more'),
  ])
  return undefined
}

export interface NewMeaning {
  readonly word: string
  readonly also: string
  readonly meaning: string
}

/** Puts a word into the list, or gives it a new meaning. Whoever asked for it is told. */
export async function explainWord(
  doing: Doing,
  given: NewMeaning,
  asked?: Row<'word_wish'>,
): Promise<Decision<{ id: number }>> {
  const key = keyOf(given.word)
  if (key === '') return refuse('word', 'Enter the word')
  const made = await writeMeaning(doing, { ...given, key, taken_out: false })
  const waiting = await doing.tx
    .selectFrom('word_wish')
    .selectAll()
    .where('state', '=', 'asked')
    .orderBy('id')
    .limit(500)
    .execute()
  // Everybody who asked for the same word has their answer with it.
  const same = waiting.filter(each => each.id === asked?.id || keyOf(each.word) === key)
  for (const wish of same) await closeWordWish(doing, wish, 'explained', given)
  return accept(made)
}

async function writeMeaning(
  doing: Doing,
  row: NewMeaning & { key: string; taken_out: boolean },
): Promise<{ id: number }> {
  return await doing.tx
    .insertInto('word_meaning')
    .values({
      network_id: doing.network.id,
      ...row,
      at: doing.now,
      by_person_id: doing.actor?.personId ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
}

/** Out of the list; what it meant stays readable for the team. */
export async function takeWordOut(doing: Doing, id: number): Promise<Refusal | undefined> {
  const loaded = await loadWord(doing.tx, String(id))
  if (!loaded || loaded.row.taken_out) return refuse('gone', 'This word is not in the list any more')
  const { key, word, also, meaning } = loaded.row
  await writeMeaning(doing, { key, word, also, meaning, taken_out: true })
  return undefined
}

async function closeWordWish(
  doing: Doing,
  wish: Row<'word_wish'>,
  state: 'explained' | 'not-explained',
  given: { word: string; meaning: string },
): Promise<void> {
  const isExplained = state === 'explained'
  await doing.tx
    .updateTable('word_wish')
    .set({
      state,
      because: isExplained ? '' : given.meaning,
      done_at: doing.now,
      done_by_person_id: doing.actor?.personId ?? null,
      version: wish.version + 1,
    })
    .where('id', '=', wish.id)
    .execute()
  const thing = { kind: 'word-wish', id: wish.id }
  await doing.happened(thing, [happened(state)])
  await keptPromise(doing, { kind: 'word-explained', thing, groupId: null, dueOn: wish.due_on })
  if (wish.person_id === null) return
  await doing.tell({
    key: `word-wish:${wish.id}`,
    personId: wish.person_id,
    kind: 'word-explained',
    subject: isExplained ? 'a word that you asked about is explained' : 'about a word that you asked about',
    paragraphs: isExplained
      ? [
          `${theirs(given.word)}: ${theirs(given.meaning)}`,
          'Thank you for asking: others did not know it either.',
        ]
      : [
          `You asked about “${theirs(wish.word)}”. We do not put it into the list, because: ${theirs(given.meaning)}`,
        ],
    link: { path: learningPaths.words(doing.network.slug), words: 'See all words', open: true },
    about: { kind: 'word-wish', id: String(wish.id) },
  })
}

/** It is not put into the list, with the reason. */
export async function declineWord(
  doing: Doing,
  wish: Row<'word_wish'>,
  because: string,
): Promise<Refusal | undefined> {
  if (wish.state !== 'asked') return refuse('done', 'This was answered already')
  await closeWordWish(doing, wish, 'not-explained', { word: wish.word, meaning: because })
  return undefined
}

/** Anybody asks for a word; whoever is signed in hears the answer. */
export async function askForWord(
  doing: Doing,
  given: { word: string; whereSeen: string },
): Promise<Decision<{ id: number }>> {
  if (keyOf(given.word) === '') return refuse('word', 'Enter the word')
  const made = await doing.tx
    .insertInto('word_wish')
    .values({
      network_id: doing.network.id,
      word: given.word,
      where_seen: given.whereSeen,
      person_id: doing.actor?.personId ?? null,
      asked_at: doing.now,
      due_on: promisedBy('word-explained', doing.today, doing.network.clocks),
      state: 'asked',
      done_at: null,
      done_by_person_id: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await doing.happened({ kind: 'word-wish', id: made.id }, [happened('asked')])
  return accept(made)
}

/** What a new network's word list begins with; nothing where there is one already. */
export async function giveDefaultWords(doing: Doing): Promise<number> {
  const any = await doing.tx.selectFrom('word_meaning').select('id').limit(1).executeTakeFirst()
  if (any) return 0
  await doing.tx
    .insertInto('word_meaning')
    .values(
      defaultWords.map(each => ({
        network_id: doing.network.id,
        key: keyOf(each.word),
        word: each.word,
        also: each.also.join(', '),
        meaning: each.meaning,
        at: doing.now,
        by_person_id: doing.actor?.personId ?? null,
      })),
    )
    .execute()
  return defaultWords.length
}
