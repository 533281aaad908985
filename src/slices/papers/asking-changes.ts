import { dateInWords } from '#kernel/calendar/words.ts'
import { type Decision, happened, refuse } from '#kernel/decision.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { Row } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import { idsOf, postHolders } from '#platform/who-today.ts'
import { deferToMeeting, isAhead, loadItem } from '#slices/meetings/index.ts'
import { meetingDay, namedInMessages, tellingsTo } from './messages.ts'
import { answerDue } from './question.ts'
import type { LoadedPaper } from './store.ts'
import { holdsPassage } from './text.ts'

type Done = Decision<undefined>
const done: Done = { accepted: true, state: undefined, events: [] }

/** A paper with one of the questions on it. */
export interface LoadedQuestion extends LoadedPaper {
  readonly question: Row<'paper_question'>
}

/** A question on the record of the paper; its author is told. */
export async function askQuestion(
  doing: Doing,
  paper: LoadedPaper,
  given: { readonly passage: string; readonly words: string },
): Promise<Decision<{ readonly id: number }>> {
  const { tx, network, now, today, actor } = doing
  const version = paper.current
  if (!paper.out || !version || !actor)
    return refuse('not-out', 'This paper is not out, so nobody can ask about it')
  if (!isAhead(paper.meeting.it)) return refuse('over', 'The meeting is over. Ask the author or the team')
  if (given.passage !== '') {
    const { plain_text } = await tx
      .selectFrom('paper_version')
      .select('plain_text')
      .where('id', '=', version.id)
      .executeTakeFirstOrThrow()
    if (!holdsPassage(plain_text, given.passage)) {
      return refuse(
        'no-passage',
        'We cannot find these words in the paper. Copy them from it, or leave this empty',
      )
    }
  }
  const { dueOn, forMeeting } = answerDue(paper.meeting.it.startsAt, today, doing.when.clocks)
  const { id } = await tx
    .insertInto('paper_question')
    .values({
      network_id: network.id,
      paper_id: paper.id,
      version_id: version.id,
      asker_person_id: actor.personId,
      passage: given.passage,
      words: given.words,
      asked_at: now,
      due_on: dueOn,
      answered_by_person_id: null,
      answered_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await doing.happened({ kind: 'paper', id: paper.id }, [happened('question-asked', { question: id })])
  await doing.tell(
    ...tellingsTo(doing, paper, [paper.authorId], {
      kind: 'paper-question',
      mark: String(id),
      subject: `a question about your paper ${paper.reference}`,
      paragraphs: [
        `${theirs(actor.name)} asks about ${namedInMessages(paper)}, for the meeting on ${meetingDay(paper)}.`,
        forMeeting
          ? 'The time for questions is over, so it goes to the meeting. You can still answer before.'
          : `Please answer by ${dateInWords(dueOn)}. Everybody who may read the paper sees your answer.`,
      ],
    }),
  )
  return { accepted: true, state: { id }, events: [] }
}

/** The answer stands on the record of the paper; who asked is told. */
export async function answerQuestion(doing: Doing, loaded: LoadedQuestion, answer: string): Promise<Done> {
  const { question } = loaded
  if (question.state === 'answered') return refuse('answered', 'This question was answered already')
  if (question.state === 'withdrawn') return refuse('withdrawn', 'This question was taken back')
  await doing.tx
    .updateTable('paper_question')
    .set({
      state: 'answered',
      answer,
      answered_by_person_id: doing.actor?.personId ?? null,
      answered_at: doing.now,
      version: question.version + 1,
    })
    .where('id', '=', question.id)
    .execute()
  await doing.happened({ kind: 'paper', id: loaded.id }, [
    happened('question-answered', { question: question.id }),
  ])
  await doing.tell(
    ...tellingsTo(doing, loaded, [question.asker_person_id], {
      kind: 'paper-answer',
      mark: String(question.id),
      subject: 'your question about a paper was answered',
      paragraphs: [
        `You asked about ${namedInMessages(loaded)}, for the meeting on ${meetingDay(loaded)}. There is an answer.`,
      ],
    }),
  )
  return done
}

export async function takeQuestionBack(doing: Doing, loaded: LoadedQuestion): Promise<Done> {
  const { question } = loaded
  if (question.state !== 'asked') return refuse('over', 'This question was answered or taken back already')
  await doing.tx
    .updateTable('paper_question')
    .set({ state: 'withdrawn', version: question.version + 1 })
    .where('id', '=', question.id)
    .execute()
  await doing.happened({ kind: 'paper', id: loaded.id }, [
    happened('question-taken-back', { question: question.id }),
  ])
  return done
}

/** A lay member asks to put the item off, because its paper was late; the chair and the deputy are told. */
export async function wishToPutOff(doing: Doing, paper: LoadedPaper, words: string): Promise<Done> {
  const { tx, network, now, actor } = doing
  if (!paper.it.late || !actor) return refuse('not-late', 'This paper was in time')
  if (!isAhead(paper.meeting.it) || paper.item.state !== 'on-agenda') {
    return refuse('over', 'This item cannot be put off any more')
  }
  const before = await tx
    .selectFrom('deferral_wish')
    .select('id')
    .where('paper_id', '=', paper.id)
    .where('person_id', '=', actor.personId)
    .executeTakeFirst()
  if (before) return refuse('asked', 'You have asked for this already')
  const { id } = await tx
    .insertInto('deferral_wish')
    .values({
      network_id: network.id,
      item_id: paper.item.id,
      paper_id: paper.id,
      person_id: actor.personId,
      words,
      at: now,
      answer: null,
      answered_by_person_id: null,
      answered_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await doing.happened({ kind: 'paper', id: paper.id }, [happened('put-off-asked', { words })])
  await doing.tell(
    ...tellingsTo(doing, paper, paper.leaderIds, {
      kind: 'put-off-asked',
      mark: String(id),
      subject: 'somebody asks to put an item off',
      paragraphs: [
        `${theirs(actor.name)} asks to put off an item of the meeting on ${meetingDay(paper)}, because its paper was late: ${namedInMessages(paper)}.`,
        'Please answer, with your reason. The answer stands on the record.',
      ],
    }),
  )
  return done
}

export interface LoadedWish extends LoadedPaper {
  readonly wish: Row<'deferral_wish'>
}

/** The chair answers on record; who asked is told. To put it off, a later meeting is chosen. */
export async function answerWish(
  doing: Doing,
  loaded: LoadedWish,
  given: {
    readonly answer: 'deferred' | 'goes-ahead'
    readonly because: string
    readonly meeting: number | undefined
  },
): Promise<Done> {
  const { wish } = loaded
  if (wish.answer) return refuse('answered', 'This was answered already')
  const { answer, because } = given
  if (answer === 'deferred') {
    if (given.meeting === undefined) return refuse('no-meeting', 'Choose the meeting to which it is put off')
    const item = await loadItem(
      doing,
      { meeting: loaded.meeting.reference, item: loaded.item.id },
      { forChange: true },
    )
    if (!item) return refuse('no-item', 'This item cannot be put off any more')
    const deferred = await deferToMeeting(doing, item, { meeting: given.meeting, because })
    if (!deferred.accepted) return deferred
  }
  await doing.tx
    .updateTable('deferral_wish')
    .set({ answer, because, answered_by_person_id: doing.actor?.personId ?? null, answered_at: doing.now })
    .where('item_id', '=', loaded.item.id)
    .$if(answer === 'goes-ahead', query => query.where('id', '=', wish.id))
    .where('answer', 'is', null)
    .execute()
  await doing.happened({ kind: 'paper', id: loaded.id }, [happened('put-off-answered', { answer, because })])
  const asked = await doing.tx
    .selectFrom('deferral_wish')
    .select('person_id')
    .where('item_id', '=', loaded.item.id)
    .where('answered_at', '=', doing.now)
    .execute()
  await doing.tell(
    ...tellingsTo(
      doing,
      loaded,
      asked.map(each => each.person_id),
      {
        kind: 'put-off-answered',
        mark: String(wish.id),
        subject: answer === 'deferred' ? 'the item is put off' : 'the item goes ahead',
        paragraphs: [
          `You asked to put off an item of the meeting on ${meetingDay(loaded)}, because its paper was late.`,
          answer === 'deferred' ? 'The chair has put it off.' : 'The chair has decided that it goes ahead.',
          `The reason: ${theirs(because)}`,
        ],
      },
    ),
  )
  return done
}

/** Privately to the team: nobody of the group learns of it. */
export async function askForHelp(doing: Doing, paper: LoadedPaper, words: string): Promise<void> {
  const { tx, network, now, actor, today } = doing
  if (!actor) return
  const { id } = await tx
    .insertInto('paper_help')
    .values({
      network_id: network.id,
      paper_id: paper.id,
      person_id: actor.personId,
      words,
      asked_at: now,
      done_at: null,
      done_by_person_id: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const team = idsOf((await postHolders(tx, today)).coordinators)
  await doing.tell(
    ...tellingsTo(doing, paper, team, {
      kind: 'paper-help',
      mark: String(id),
      subject: 'somebody asks for help with a paper',
      paragraphs: [
        `${theirs(actor.name)} asks for help with paper ${paper.reference}, for the meeting on ${meetingDay(paper)}.`,
      ],
      path: helpPaths.list(network.slug),
    }),
  )
}

export const helpPaths = {
  list: (slug: string) => `/${slug}/team/paper-help`,
  one: (slug: string, help: number) => `/${slug}/team/paper-help/${help}`,
}
