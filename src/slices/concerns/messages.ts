import type { Doing } from '#platform/doing.ts'
import { withEyes } from './eyes.ts'

/**
 * Tells somebody that something private waits, and no more: no word of what, by whom or about whom (R42). Nobody is
 * asked to ring or to write for us: whoever is told by phone or post is told by the reader, who sees on the page that
 * it is theirs to do.
 * @param what keeps it to one message for each thing that happened
 */
export async function tellPrivately(
  doing: Doing,
  people: readonly number[],
  ref: string,
  what: string,
): Promise<void> {
  for (const personId of people) {
    await withEyes(doing.tx, { personId }, async () => {
      const person = await doing.tx
        .selectFrom('person')
        .select('channel')
        .where('id', '=', personId)
        .executeTakeFirst()
      if (person?.channel !== 'email' && person?.channel !== 'text') return
      await doing.tell({
        key: `concern:${ref}:${what}:${personId}`,
        personId,
        kind: 'concern',
        subject: 'something private waits for you',
        paragraphs: [
          'Something private waits for you. Sign in to read it: it is on your first page.',
          'What it is does not stand in this message, and nobody else was told.',
        ],
        link: { path: `/${doing.network.slug}/home`, words: 'Sign in here' },
        short: 'Something private waits for you. Sign in to read it.',
        about: { kind: 'concern', id: ref },
      })
    })
  }
}
