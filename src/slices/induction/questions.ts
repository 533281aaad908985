import { theirs } from '#kernel/text/theirs.ts'
/** A question at the end of a module. It teaches: a wrong answer is explained, and one tries again. */
export interface Question {
  readonly ask: string
  readonly options: readonly Option[]
}

export interface Option {
  readonly text: string
  readonly right: boolean
  /** Shown beside a wrong answer; of a right one, when all is done. */
  readonly because: string
}

export const mostQuestions = 10

/**
 * Questions as the team writes them into one field, a line for each part:
 * `Question: …`, then `Right: …` and `Wrong: …`, each with `Because: …` below it. Every wrong answer needs one.
 */
export function readQuestions(
  text: string,
): { ok: true; questions: Question[] } | { ok: false; sentence: string } {
  const questions: { ask: string; options: { text: string; right: boolean; because: string }[] }[] = []
  for (const [n, raw] of text.split('\n').entries()) {
    const line = raw.trim()
    if (line === '') continue
    const [, word, words] = /^(question|right|wrong|because)\s*:\s*(.+)$/i.exec(line) ?? []
    const said = `Line ${n + 1} of the questions`
    if (!word || !words) return no(`${said} must begin with Question:, Right:, Wrong: or Because:`)
    const question = questions.at(-1)
    const option = question?.options.at(-1)
    switch (word.toLowerCase()) {
      case 'question':
        questions.push({ ask: words, options: [] })
        break
      case 'because':
        if (!option) return no(`${said} explains an answer, but there is none above it`)
        if (option.because !== '') return no(`${said} explains an answer that is explained already`)
        option.because = words
        break
      default:
        if (!question) return no(`${said} is an answer, but there is no question above it`)
        question.options.push({ text: words, right: word.toLowerCase() === 'right', because: '' })
    }
  }
  if (questions.length > mostQuestions) return no(`Write at most ${mostQuestions} questions`)
  for (const { ask, options } of questions) {
    if (options.filter(each => each.right).length !== 1) return no(`“${ask}” needs exactly one right answer`)
    if (options.length < 2) return no(`“${ask}” needs a wrong answer, too`)
    if (options.some(each => !each.right && each.because === ''))
      return no(`“${ask}” has a wrong answer that is not explained`)
  }
  return { ok: true, questions }
}

const no = (sentence: string) => ({ ok: false, sentence }) as const

/** The same text back, for the next version. */
export const writeQuestions = (questions: readonly Question[]): string =>
  questions
    .map(({ ask, options }) =>
      [
        `Question: ${ask}`,
        ...options.flatMap(each => [
          `${each.right ? 'Right' : 'Wrong'}: ${each.text}`,
          ...(each.because ? [`Because: ${each.because}`] : []),
        ]),
      ].join('\n'),
    )
    .join('\n\n')

/** What is not right yet: by question, with the words that teach. @param given the place of each chosen answer */
export function notRight(
  questions: readonly Question[],
  given: readonly (number | undefined)[],
): { at: number; message: string }[] {
  return questions.flatMap(({ options }, at) => {
    const chosen = given[at] === undefined ? undefined : options[given[at]]
    if (!chosen) return [{ at, message: 'Choose an answer' }]
    return chosen.right ? [] : [{ at, message: `Not quite. ${theirs(chosen.because)} Please try again` }]
  })
}
