import { readability } from '#kernel/text/readability.ts'

export interface ReadingHelpProps {
  text: string
  /** What the text is, in the sentence: "This reason". */
  what?: string
  headingLevel?: 2 | 3 | 4
}

/** How easy a text is to read, said kindly, with the sentences that could be shorter (LOOP-9, R48). */
export function ReadingHelp({ text, what = 'This text', headingLevel = 3 }: ReadingHelpProps) {
  const { readingAge, words, hardSentences } = readability(text)
  if (words === 0) return null
  const Heading = `h${headingLevel}` as const
  return (
    <section className="nhsuk-inset-text">
      <Heading className="nhsuk-heading-s">How easy this is to read</Heading>
      <p>{ageSentence(readingAge, what)}</p>
      {hardSentences.length > 0 && (
        <>
          <p>
            {hardSentences.length === 1
              ? 'This sentence could be shorter, or use shorter words:'
              : 'These sentences could be shorter, or use shorter words:'}
          </p>
          <ul className="nhsuk-list nhsuk-list--bullet">
            {hardSentences.slice(0, 5).map((sentence, n) => (
              <li key={n} dir="auto">
                {sentence}
              </li>
            ))}
          </ul>
          {hardSentences.length > 5 && <p>There are {hardSentences.length - 5} more.</p>}
        </>
      )}
    </section>
  )
}

function ageSentence(age: number, what: string): string {
  if (age === 0) return `We cannot tell the reading age of ${lower(what)}.`
  const reads = `${what} can be read by most people from about ${age} years on.`
  if (age <= 11) return `${reads} That is right: we aim for 9 to 11.`
  return `${reads} We aim for 9 to 11. You can send it as it is, or make it easier first.`
}

const lower = (words: string) => words.charAt(0).toLowerCase() + words.slice(1)
