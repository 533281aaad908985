import { sql } from 'kysely'
import { type Question, question } from '#platform/database/questions.ts'
import type { Tx } from '#platform/database/tables.ts'
import './tables.ts'
import { happened } from '#kernel/decision.ts'
import type { Doing } from '#platform/doing.ts'

/** What a network says in its own words, and where it is shown. */
export const networkTexts = {
  safeguarding: {
    title: 'Whom to ring when somebody is not safe',
    hint: 'The network’s safeguarding number, and when somebody answers. Shown on the help page. Say it before the network opens.',
  },
  'speak-up': {
    title: 'Other ways to speak up',
    hint: 'For example the Freedom to Speak Up guardian. Shown on the help page and before somebody raises a concern.',
  },
  care: {
    title: 'Where to complain about care',
    hint: 'How to reach the Patient Advice and Liaison Services (PALS) of your hospitals. Shown on the help page.',
  },
  help: {
    title: 'More help',
    hint: 'Anything that people should know first. Shown at the top of the help page.',
  },
  privacy: {
    title: 'Who looks after data here',
    hint: 'The Trust that hosts the network, and its data protection contact. Shown on the privacy page.',
  },
} as const satisfies Record<string, { title: string; hint: string }>

export type TextName = keyof typeof networkTexts
export const textNames = Object.keys(networkTexts) as TextName[]
export type Texts = Readonly<Partial<Record<TextName, string>>>

/** For a page with other questions: what holds now, of each that was written. */
export const textsQuestion: Question<Texts> = question(
  sql<{
    name: string
    words: string
  }>`select distinct on (name) name, words from network_text order by name, id desc`,
  rows =>
    Object.fromEntries(
      rows
        .filter(each => textNames.includes(each.name as TextName) && each.words !== '')
        .map(each => [each.name, each.words]),
    ),
)

/** What holds now; one that nobody wrote is not there. */
export async function textsOf(tx: Tx): Promise<Texts> {
  const found = await sql<{ rows: { name: string; words: string }[] | null }>`
    select (select json_agg(r) from (${textsQuestion.rows}) r) as rows`.execute(tx)
  return textsQuestion.read(found.rows[0]?.rows ?? [])
}

export interface TextVersion {
  readonly id: number
  readonly words: string
  readonly by: string | null
  readonly at: string
}

/** All that was ever said there, the latest first. */
export async function versionsOf(tx: Tx, name: TextName): Promise<TextVersion[]> {
  const found = await sql<TextVersion>`
    select t.id, t.words, t.at::text as at, p.name as by from network_text t
    left join person p on p.network_id = t.network_id and p.id = t.by_person_id
    where t.name = ${name} order by t.id desc limit 50`.execute(tx)
  return found.rows
}

/** Said from now on. Empty words take the text away; what was said before stays readable for the team. */
export async function sayText(doing: Doing, name: TextName, words: string): Promise<void> {
  await doing.tx
    .insertInto('network_text')
    .values({
      network_id: doing.network.id,
      name,
      words,
      by_person_id: doing.actor?.personId ?? null,
      at: doing.now,
    })
    .execute()
  await doing.happened({ kind: 'network', id: doing.network.id }, [
    happened(words === '' ? 'text-taken-away' : 'text-said', { name }),
  ])
}
