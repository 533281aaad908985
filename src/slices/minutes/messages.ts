import type { Happened } from '#kernel/decision.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { Doing } from '#platform/doing.ts'
import type { Telling } from '#platform/outbox.ts'
import type { LoadedMeeting } from '#slices/meetings/index.ts'
import { minutesPaths } from './paths.ts'

/** What people are told of minutes: made from history. No word of an item is in it: it may be part B (R42). */
export function minutesTellings(
  doing: Pick<Doing, 'network' | 'actor'>,
  meeting: LoadedMeeting,
  { event, details }: Happened,
  to: readonly number[],
): Telling[] {
  const where = `${theirs(meeting.row.title)} (${meeting.reference})`
  const said = wordsOf()
  if (!said) return []
  const [subject, ...paragraphs] = said
  return [...new Set(to)]
    .filter(personId => personId !== doing.actor?.personId)
    .map(personId => ({
      key: `${event}:${meeting.id}:${details.correction ?? ''}:${personId}`,
      personId,
      kind: event,
      subject: subject!,
      paragraphs: paragraphs.filter(each => each !== ''),
      link: {
        path: minutesPaths.one(doing.network.slug, meeting.reference),
        words: 'Read the minutes here',
        ...(event === 'minutes-published' ? { open: true as const } : {}),
      },
      about: { kind: 'meeting', id: meeting.reference },
    }))

  function wordsOf(): readonly string[] | undefined {
    switch (event) {
      case 'minutes-sent':
        return [
          'the draft minutes are there to read',
          `The draft minutes of ${where} are there to read.`,
          'If something is wrong, write a correction. The next meeting is asked to agree the minutes.',
        ]
      case 'correction-proposed':
        return [
          'a correction to the minutes waits for an answer',
          `A member asks for a correction to the minutes of ${where}.`,
          'Please say whether it is taken, and why.',
        ]
      case 'correction-answered':
        return [
          details.answer === 'taken' ? 'your correction was taken' : 'your correction was not taken',
          `You asked for a correction to the minutes of ${where}. ${
            details.answer === 'taken' ? 'It was taken.' : 'It was not taken.'
          }`,
          `The reason: ${theirs(String(details.because))}`,
        ]
      case 'minutes-published':
        return [
          'the minutes are published',
          `The minutes of ${where} are published. Everybody can read part A.`,
        ]
      default:
        return undefined
    }
  }
}
