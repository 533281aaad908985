import { dateInWords } from '#kernel/calendar/words.ts'
import { dayOf } from '#kernel/calendar/working-days.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { Doing } from '#platform/doing.ts'
import type { Telling } from '#platform/outbox.ts'
import { getsPapers } from '#slices/agreements/index.ts'
import { meetingPaths } from '#slices/meetings/index.ts'
import { lateWords } from './paper.ts'
import type { LoadedPaper, Version } from './store.ts'

/**
 * What a paper is called in a message: its title only when anybody may read both it and its item; a title for fewer
 * people never leaves the page behind the sign-in (R42).
 */
export const namedInMessages = (paper: LoadedPaper): string =>
  paper.handling === 'public' && paper.item.handling === 'public'
    ? `${paper.reference}, ${theirs(paper.row.title)}`
    : `paper ${paper.reference}`

export const meetingDay = (paper: Pick<LoadedPaper, 'meeting'>): string =>
  dateInWords(dayOf(paper.meeting.it.startsAt))

/** @param mark what makes this telling its own: told once per paper, mark and person */
export function tellingsTo(
  doing: Pick<Doing, 'network' | 'actor'>,
  paper: LoadedPaper,
  people: readonly (number | null | undefined)[],
  message: { kind: string; mark: string; subject: string; paragraphs: readonly string[]; path?: string },
): Telling[] {
  return (
    [...new Set(people)]
      // Nobody is told what they did themselves, and nobody of a paper that a conflict keeps from them.
      .filter((each): each is number => each != null && each !== doing.actor?.personId)
      .filter(each => !paper.excludedIds.includes(each))
      .map(personId => ({
        key: `${message.kind}:${paper.id}:${message.mark}:${personId}`,
        personId,
        kind: message.kind,
        subject: message.subject,
        paragraphs: message.paragraphs.filter(each => each !== ''),
        link: {
          path:
            message.path ?? meetingPaths.paper(doing.network.slug, paper.meeting.reference, paper.reference),
          words: 'See it here',
        },
        about: { kind: 'paper', id: paper.reference },
      }))
  )
}

export async function tellToWrite(doing: Doing, paper: LoadedPaper): Promise<void> {
  await doing.tell(
    ...tellingsTo(doing, paper, [paper.authorId], {
      kind: 'paper-to-write',
      mark: 'made',
      subject: `${paper.reference} is yours to write`,
      paragraphs: [
        `${theirs(paper.meeting.group.name)} meets on ${meetingDay(paper)}, and asks you for a paper: ${namedInMessages(paper)}.`,
        `It should be out by ${dateInWords(paper.meeting.it.papersDueOn)}. It needs a file and a summary of at most 200 words in plain English.`,
      ],
    }),
  )
}

/** Those who may read it once it is out: for a message after the others went out. */
async function readersOf(doing: Doing, paper: LoadedPaper): Promise<number[]> {
  if (paper.handling === 'named') return [...paper.readerIds]
  const rows = await doing.tx
    .selectFrom('membership')
    .select('person_id')
    .where('group_id', '=', paper.groupId)
    .where(getsPapers(doing.today))
    .where('from_on', '<=', doing.today)
    .where(eb => eb.or([eb('to_on', 'is', null), eb('to_on', '>=', doing.today)]))
    .execute()
  return rows.map(each => each.person_id)
}

export async function tellOut(doing: Doing, paper: LoadedPaper, lateDays: number): Promise<void> {
  await doing.tell(
    ...tellingsTo(doing, paper, await readersOf(doing, paper), {
      kind: 'paper-late-out',
      mark: 'out',
      subject: 'a late paper is out',
      paragraphs: [
        `A paper for the meeting on ${meetingDay(paper)} is out: ${namedInMessages(paper)}. It is ${lateWords(lateDays)}.`,
        'If that leaves you too little time, you can ask for the item to be put off.',
      ],
    }),
  )
}

/**
 * Everybody who may read it hears that it changed, in the same words: a message to those alone who had read it would
 * show whoever looks after messages who reads what (BOARD-8).
 */
export async function tellNewVersion(doing: Doing, paper: LoadedPaper, version: Version): Promise<void> {
  const open = paper.handling === 'public' && paper.item.handling === 'public'
  await doing.tell(
    ...tellingsTo(doing, paper, [...(await readersOf(doing, paper)), paper.authorId], {
      kind: 'paper-changed',
      mark: String(version.number),
      subject: 'a paper has changed',
      paragraphs: [
        `There is a new version of a paper for the meeting on ${meetingDay(paper)}: ${namedInMessages(paper)}.`,
        open ? `What changed: ${theirs(version.whatChanged)}` : '',
        'If you have read it already, its page says what changed since then.',
      ],
    }),
  )
}

/** Whoever could read it hears that it is gone, so that nobody looks for it. */
export async function tellWithdrawn(doing: Doing, paper: LoadedPaper, because: string): Promise<void> {
  const open = paper.handling === 'public' && paper.item.handling === 'public'
  await doing.tell(
    ...tellingsTo(doing, paper, [...(await readersOf(doing, paper)), paper.authorId], {
      kind: 'paper-withdrawn',
      mark: 'withdrawn',
      subject: 'a paper was withdrawn',
      paragraphs: [
        `A paper for the meeting on ${meetingDay(paper)} was withdrawn: ${namedInMessages(paper)}. You need not read it.`,
        open ? `The reason: ${theirs(because)}` : '',
      ],
      path: meetingPaths.one(doing.network.slug, paper.meeting.reference),
    }),
  )
}
