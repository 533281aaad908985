import { theirs } from '#kernel/text/theirs.ts'
import type { Doing } from '#platform/doing.ts'
import type { Telling } from '#platform/outbox.ts'
import { publicationPaths } from './paths.ts'
import { type PublicText, publicName } from './publication.ts'
import type { LoadedPublishing } from './store.ts'

/** The text itself goes along: whoever gets a letter or a call cannot open a page (product.md, the same service). */
export function askTellings(
  doing: Doing,
  loaded: LoadedPublishing,
  publicationId: number,
  text: PublicText,
): Telling[] {
  return loaded.contributors.map(person => ({
    key: `publication-asked:${publicationId}:${person.personId}`,
    personId: person.personId,
    kind: 'publication-asked',
    subject: `may we publish what came of ${loaded.reference}?`,
    paragraphs: [
      `We would like to show everybody what you said in ${loaded.reference}, and what came of it. We only do it if you agree to exactly these words.`,
      `Title: ${theirs(text.title)}`,
      `You said: ${theirs(text.youSaid)}`,
      `We did: ${theirs(text.weDid)}`,
      ...(text.next ? [`What happens next: ${theirs(text.next)}`] : []),
      namedAs(publicName({ ...person, agreed: person.naming, wanted: person.naming })),
      'You can say yes, no, or what should be different. You can change your mind later: then we take it away at once.',
    ],
    link: {
      path: publicationPaths.agree(doing.network.slug, loaded.reference),
      words: 'Read it and answer here',
    },
    short: `May we publish what came of ${loaded.reference}? Please read it and answer.`,
    about: { kind: 'contribution', id: loaded.reference },
  }))
}

const namedAs = (name: string | undefined) =>
  name === undefined ? 'Your name would not be shown.' : `Your name would be shown as: ${theirs(name)}.`

export function outTellings(doing: Doing, loaded: LoadedPublishing, publicationId: number): Telling[] {
  return loaded.contributors.map(person => ({
    key: `publication-out:${publicationId}:${person.personId}`,
    personId: person.personId,
    kind: 'publication-out',
    subject: `what came of ${loaded.reference} is published`,
    paragraphs: [
      `What you said in ${loaded.reference}, and what came of it, is now in “You said, we did”. Everybody can read it there.`,
      'If you change your mind, tell us, and we take it away at once.',
    ],
    link: {
      path: publicationPaths.one(doing.network.slug, loaded.reference),
      words: 'See it here',
      open: true,
    },
    short: `What came of ${loaded.reference} is now published.`,
    about: { kind: 'contribution', id: loaded.reference },
  }))
}
