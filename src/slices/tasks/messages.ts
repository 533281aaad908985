import { dateInWords } from '#kernel/calendar/words.ts'
import type { Happened } from '#kernel/decision.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { Doing } from '#platform/doing.ts'
import type { Telling } from '#platform/outbox.ts'
import { taskPaths } from './paths.ts'
import type { LoadedTask, Offer } from './store.ts'
import { timeWords } from './words.ts'

/** What people are told of what happened to a task, in whichever way they want to be told. */
export function tellingsOf(
  doing: Pick<Doing, 'network' | 'actor'>,
  task: LoadedTask,
  events: readonly Happened[],
): Telling[] {
  return events.flatMap(({ event, details }) => {
    const offer = task.offers.find(each => each.personId === details.personId)
    if (event === 'ended') return toldOfEnd(doing, task)
    return offer ? toldOf(doing, task, event, offer) : []
  })
}

function toldOf(
  doing: Pick<Doing, 'network' | 'actor'>,
  task: LoadedTask,
  event: string,
  offer: Offer,
): Telling[] {
  const to = (personId: number, subject: string, words: string, ...paragraphs: string[]): Telling[] =>
    personId === doing.actor?.personId
      ? []
      : [telling(doing, task, `${event}:${offer.id}:${task.version}`, personId, subject, words, paragraphs)]
  const maker = (subject: string, ...paragraphs: string[]) =>
    to(task.madeById, subject, 'See the task', ...paragraphs)
  switch (event) {
    case 'asked':
      return to(
        offer.personId,
        'could you help with something?',
        'Read it and say yes or no',
        `We would like to ask you for something: ${theirs(task.title)}.`,
        theirs(task.what),
        `How much time it takes: ${timeWords(task.minutes).toLowerCase()}.`,
        ...(task.neededBy ? [`We need it by ${dateInWords(task.neededBy)}.`] : []),
        `What you get: ${theirs(task.gives)}`,
        'You can say no, and you do not have to say why.',
      )
    case 'accepted':
      return [
        // Whoever told us on the phone hears what we wrote down.
        ...to(
          offer.personId,
          `thank you for saying yes to ${task.reference}`,
          'See the task',
          `You said yes to this: ${theirs(task.title)}. Thank you.`,
          ...(task.neededBy ? [`We need it by ${dateInWords(task.neededBy)}.`] : []),
          'If it does not suit you after all, tell us. You do not have to say why.',
        ),
        ...maker(
          `${theirs(offer.name)} says yes to ${task.reference}`,
          `${theirs(offer.name)} will do this: ${theirs(task.title)}.`,
        ),
      ]
    case 'declined':
      return maker(
        `${theirs(offer.name)} cannot do ${task.reference}`,
        `${theirs(offer.name)} says no to this: ${theirs(task.title)}. Please do not ask why.`,
      )
    case 'stepped-back':
      return maker(
        `${theirs(offer.name)} steps back from ${task.reference}`,
        `${theirs(offer.name)} cannot do this after all: ${theirs(task.title)}. The place is free again.`,
      )
    case 'done':
      return maker(
        `${theirs(offer.name)} has done ${task.reference}`,
        `${theirs(offer.name)} has done this: ${theirs(task.title)}.`,
        ...(offer.thanksBy ? [`Please thank them in your own words by ${dateInWords(offer.thanksBy)}.`] : []),
      )
    case 'thanked':
      return to(
        offer.personId,
        'thank you',
        'See the task',
        `You did this for us: ${theirs(task.title)}.`,
        `${theirs(offer.thankedByName ?? '')} writes: ${theirs(offer.thanks)}`,
      )
    default:
      return []
  }
}

/** Whoever still had it in mind can put it down, and hears why. */
function toldOfEnd(doing: Pick<Doing, 'network' | 'actor'>, task: LoadedTask): Telling[] {
  return task.offers
    .filter(each => each.state === 'asked' || each.state === 'accepted')
    .map(each =>
      telling(
        doing,
        task,
        `ended:${each.id}`,
        each.personId,
        `${task.reference} is not needed any more`,
        'See the task',
        [
          `We asked you for this: ${theirs(task.title)}. It is not needed any more.`,
          `Why: ${theirs(task.endReason)}`,
          'Thank you for being ready to help.',
        ],
      ),
    )
}

function telling(
  doing: Pick<Doing, 'network'>,
  task: LoadedTask,
  key: string,
  personId: number,
  subject: string,
  words: string,
  paragraphs: readonly string[],
): Telling {
  return {
    key: `task-${key}:${personId}`,
    personId,
    kind: `task-${key.split(':')[0]}`,
    subject,
    paragraphs,
    link: { path: taskPaths.one(doing.network.slug, task.reference), words },
    ...(key.startsWith('asked:') && { reply: 'You can also answer this e-mail with yes or no.' }),
    about: { kind: 'task', id: task.reference },
  }
}
