import { dateInWords } from '#kernel/calendar/words.ts'
import type { Happened } from '#kernel/decision.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { Doing } from '#platform/doing.ts'
import type { Telling } from '#platform/outbox.ts'
import { type ChairRequest, promisedAnswer } from './chair-request.ts'
import { requestPaths } from './paths.ts'
import type { LoadedRequest } from './store.ts'

/** What people are told of what happened to a request: made from history, never by hand. */
export function tellingsOf(
  doing: Pick<Doing, 'network' | 'actor'>,
  loaded: LoadedRequest,
  now: ChairRequest,
  events: readonly Happened[],
): Telling[] {
  return events.flatMap(event => tellingsOfOne(doing, loaded, now, event))
}

/** The asker, once for each translation. */
export function answerTranslatedTelling(
  doing: Pick<Doing, 'network'>,
  { reference: mark, askerId }: LoadedRequest,
  translationId: number,
): Telling {
  return {
    key: `request-answer-translated:${translationId}:${askerId}`,
    personId: askerId,
    kind: 'request-answer-translated',
    subject: `the answer to ${mark} in your language`,
    paragraphs: [
      `You can now read the answer to ${mark} in your language.`,
      'Its page says who translated it. The answer as it was given stands above it.',
    ],
    short: `You can now read the answer to ${mark} in your language.`,
    link: { path: requestPaths.one(doing.network.slug, mark), words: 'Read it here' },
    about: { kind: 'chair-request', id: mark },
  }
}

/** What `replies.ts` understands, after what happened. */
const askerReplies: Readonly<Record<string, string>> = {
  'asked-back': 'You can also answer this e-mail.',
  answered: 'You can also answer this e-mail: write yes, partly or no. If not yes, say what is missing.',
}
const sigReplies =
  'You can also answer this e-mail. What you write is the answer, once you said that it is right.'

function tellingsOfOne(
  doing: Pick<Doing, 'network' | 'actor'>,
  loaded: LoadedRequest,
  now: ChairRequest,
  { event, details }: Happened,
): Telling[] {
  const { reference: mark, askerId } = loaded
  const [askerName, groupName, what] = [
    theirs(loaded.askerName),
    theirs(loaded.groupName),
    theirs(loaded.what),
  ]
  const to = (people: readonly number[], words: string, subject: string, paragraphs: string[]): Telling[] =>
    [...new Set(people)].map(personId => ({
      key: `request-${event}:${loaded.id}:${loaded.version}:${personId}`,
      personId,
      kind: `request-${event}`,
      subject,
      paragraphs: paragraphs.filter(each => each !== ''),
      link: { path: requestPaths.one(doing.network.slug, mark), words },
      ...(askerReplies[event] && { reply: askerReplies[event] }),
      about: { kind: 'chair-request', id: mark },
    }))
  /** Nobody is told what they have just done themselves. */
  const others = (people: readonly number[]) => people.filter(each => each !== doing.actor?.personId)
  const asker = (subject: string, ...paragraphs: string[]) =>
    to(others([askerId]), 'See it here', subject, paragraphs)
  const sig = (subject: string, ...paragraphs: string[]) =>
    to(others(inTheSig(loaded)), 'Read it and answer here', subject, paragraphs).map(each =>
      event === 'asked' || event === 'replied' ? { ...each, reply: sigReplies } : each,
    )
  // What the asker says of an answer is for whoever has the request and for whoever gave the answer.
  const author = loaded.answers.at(-1)?.byId
  const answerers = (subject: string, ...paragraphs: string[]) =>
    to(
      others([...inTheSig(loaded), ...(author === undefined ? [] : [author])]),
      'Read it here',
      subject,
      paragraphs,
    )
  const words = details.words ? `In their words: ${theirs(String(details.words))}` : ''
  const answerBy = promisedAnswer(now)
  switch (event) {
    case 'asked':
      return [
        // The receipt goes to the asker whoever wrote it down: it is how they learn the reference.
        ...to([askerId], 'Follow it here', `your request ${mark} is with ${groupName}`, [
          details.recorded
            ? `We wrote down what you asked. Your request is ${mark}. If this is not right, tell us.`
            : `Thank you for asking. Your request is ${mark}.`,
          `You asked ${groupName}: ${what}`,
          ...(now.state === 'asked'
            ? [
                `They will tell you by ${dateInWords(now.acknowledgeBy)} that they have it, and answer by ${dateInWords(now.answerBy)}.`,
              ]
            : []),
        ]),
        ...sig(
          `${mark}: somebody asks ${groupName} something`,
          `${askerName} asks ${groupName}: ${what}`,
          `Why they need it: ${theirs(loaded.why)}`,
          ...(now.state === 'asked'
            ? [
                `Please say by ${dateInWords(now.acknowledgeBy)} that you have it, and answer by ${dateInWords(now.answerBy)}. It takes a minute.`,
              ]
            : []),
        ),
      ]
    case 'acknowledged':
      return asker(
        `${groupName} has your request ${mark}`,
        `${groupName} has read your request.`,
        answerBy ? `They will answer by ${dateInWords(answerBy)}.` : '',
      )
    case 'asked-back':
      return asker(
        `${groupName} asks you something about ${mark}`,
        `To answer your request, ${groupName} needs to know: ${theirs(String(details.question))}`,
        'Take the time you need. Their clock stands still until you reply.',
      )
    case 'replied':
      return sig(
        `${mark}: ${askerName} replied`,
        `${askerName} replied to your question. ${words}`,
        answerBy ? `The clock goes on. Please answer by ${dateInWords(answerBy)}.` : '',
      )
    case 'answered':
      return asker(
        `${groupName} answered your request ${mark}`,
        `You asked: ${what}`,
        `The answer: ${theirs(String(details.words))}`,
        Number(details.files ?? 0) > 0
          ? 'There are files with it. You find them on the page, or ask us for a copy.'
          : '',
        'Please say whether this answers it, partly or not. Only you can say so.',
      )
    case 'said-yes':
      return [
        ...answerers(`${mark}: the answer helped`, `${askerName} says that this answers it.`, words),
        ...readBack('that this answers it'),
      ]
    case 'said-partly':
    case 'said-no': {
      const said =
        event === 'said-no' ? 'that this does not answer it' : 'that this answers only a part of it'
      return [
        ...answerers(
          `${mark}: ${askerName} needs more`,
          `${askerName} says ${said}.`,
          words,
          now.state === 'with-portfolio-manager'
            ? 'It is now with the Network Portfolio Manager.'
            : answerBy
              ? `Please answer again by ${dateInWords(answerBy)}.`
              : '',
        ),
        ...readBack(said),
      ]
    }
    case 'to-portfolio-manager':
      return to(others(loaded.managerIds), 'Read it and answer here', `${mark} is now yours to answer`, [
        `${groupName} has answered twice, and it still does not answer what ${askerName} asked: ${what}`,
        answerBy ? `Please see to it by ${dateInWords(answerBy)}.` : '',
      ])
    case 'withdrawn':
      return [
        ...sig(
          `${mark} was withdrawn`,
          `${askerName} does not need an answer any more. You need do nothing.`,
        ),
        ...readBack('that you do not need an answer any more'),
      ]
    case 'passed-on':
      return to([Number(details.personId)], 'Read it and answer here', `${mark} is now with you`, [
        `${details.because} So this request to ${groupName} is with you: ${what}`,
        answerBy ? `Please answer by ${dateInWords(answerBy)}.` : '',
      ])
    default:
      return []
  }

  /** The asker hears what the team wrote down for them. */
  function readBack(said: string): Telling[] {
    if (!details.recorded) return []
    return to([askerId], 'See it here', `we wrote down what you said about ${mark}`, [
      `We wrote down that you said ${said}.`,
      words ? words.replace('In their words', 'In your words') : '',
      'If this is not right, tell us.',
    ]).map(each => ({ ...each, key: `${each.key}:read-back` }))
  }
}

/** Whoever has it in the SIG; nobody there: the team has to find somebody. */
function inTheSig(loaded: LoadedRequest): readonly number[] {
  return loaded.holderId === null ? loaded.coordinatorIds : [loaded.holderId]
}
