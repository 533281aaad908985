import { Details, SummaryList } from '#design/index.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { Word } from './word.ts'

/** The words of a text that stand in the network's list, with their plain meaning, on demand. */
export function WordsFound({ words }: { words: readonly Word[] }) {
  if (words.length === 0) return null
  return (
    <Details summary={words.length === 1 ? 'A word explained' : `${words.length} words explained`}>
      <SummaryList rows={words.map(each => ({ key: theirs(each.word), value: theirs(each.meaning) }))} />
    </Details>
  )
}
