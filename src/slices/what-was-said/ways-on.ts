import { sql } from 'kysely'
import { dateInWords } from '#kernel/calendar/words.ts'
import { reference } from '#kernel/references.ts'
import { shorten } from '#kernel/text/graphemes.ts'
import type { Tx } from '#platform/database/tables.ts'
import type { LoadedNote } from './store.ts'

/** One thing that the words may be, and the form where they go on. */
export interface WayOn {
  readonly key: string
  readonly text: string
  readonly hint?: string
  /** What the list says that it became. */
  readonly became: string
  readonly path: string
  /** The fields of that form which are known already. */
  readonly fills: Readonly<Record<string, string>>
}

interface Waiting {
  readonly kind: 'asked' | 'answered' | 'request-asked' | 'request-answered' | 'vote'
  readonly number: number
  readonly title: string
}

/** What waits for this person's word today: questions, answers and open votes. One statement. */
async function waitingFor(tx: Tx, personId: number): Promise<readonly Waiting[]> {
  const found = await sql<Waiting>`
    select case when c.state = 'needs-you' then 'asked' else 'answered' end as kind, c.number, c.title
    from contribution c join contributor k on k.network_id = c.network_id and k.contribution_id = c.id
    where k.person_id = ${personId} and k.withdrawn_at is null
      and (c.state = 'needs-you' or (c.state in ('fed-back', 'ended-unanswered') and k.verdict is distinct from 'yes'))
    union all
    select case when r.state = 'needs-asker' then 'request-asked' else 'request-answered' end, r.number, r.what
    from chair_request r where r.asker_person_id = ${personId} and r.waits_for = 'asker'
    union all
    select 'vote', m.number, m.text from motion m
    join voter v on v.network_id = m.network_id and v.motion_id = m.id
    join agenda_item i on i.network_id = m.network_id and i.id = m.item_id
    where v.person_id = ${personId} and m.state = 'open' and not m.is_secret and v.off_because is null
      and i.handling <> 'named'
    order by 1, 2 limit 50`.execute(tx)
  return found.rows
}

interface Known {
  readonly at: (rest: string) => string
  readonly words: string
  readonly how: string
  readonly person: string
  readonly said: Readonly<Record<string, string>>
}

const titleOf = (each: Waiting) => shorten(each.title ?? '', 80)

const wayOf: Record<Waiting['kind'], (each: Waiting, known: Known) => WayOn> = {
  asked(each, { at, person, words, how, said }) {
    const mark = reference('C', each.number)
    return {
      key: mark,
      text: `The answer to what we asked about ${mark}`,
      hint: titleOf(each),
      became: `An answer about ${mark}`,
      path: at(`/contributions/${mark}/answer-by-phone`),
      fills: { person, how, ...said, words },
    }
  },
  answered(each, { at, person, words, how, said }) {
    const mark = reference('C', each.number)
    return {
      key: mark,
      text: `Whether our answer closes ${mark} for them`,
      hint: titleOf(each),
      became: `Their word on ${mark}`,
      path: at(`/contributions/${mark}/verdict-by-phone`),
      fills: { person, how, ...said, words },
    }
  },
  'request-asked'(each, { at, words }) {
    const mark = reference('R', each.number)
    return {
      key: mark,
      text: `The reply about their request ${mark}`,
      hint: titleOf(each),
      became: `A reply about ${mark}`,
      path: at(`/requests/${mark}/reply`),
      fills: { reply: words },
    }
  },
  'request-answered'(each, { at, words, how }) {
    const mark = reference('R', each.number)
    return {
      key: mark,
      text: `Whether the group’s answer to ${mark} helps them`,
      hint: titleOf(each),
      became: `Their word on ${mark}`,
      path: at(`/requests/${mark}/verdict-as-said`),
      fills: { how, words },
    }
  },
  vote(each, { at, person }) {
    const mark = reference('V', each.number)
    return {
      key: mark,
      text: `How they vote on ${mark}`,
      hint: titleOf(each),
      became: `A vote on ${mark}`,
      path: at(`/motions/${mark}/ballot-for`),
      fills: { person },
    }
  },
}

/** All that somebody's words may become, each with what is known filled in. */
export async function waysOn(tx: Tx, slug: string, note: LoadedNote): Promise<readonly WayOn[]> {
  const { words, how, personId } = note
  const said = dayFields('said', note)
  const at = (rest: string) => `/${slug}${rest}`
  if (personId === null) {
    return [
      {
        key: 'registration',
        text: 'They would like to take part',
        hint: 'It becomes an application.',
        became: 'An application',
        path: at('/team/applications/new'),
        fills: { how, ...dayFields('told', note), name: note.name, words },
      },
    ]
  }
  const person = String(personId)
  const waiting = await waitingFor(tx, personId)
  return [
    ...waiting.map(each => wayOf[each.kind](each, { at, words, how, person, said })),
    {
      key: 'view',
      text: 'Something they want to say',
      hint: 'An idea, an experience or a question. It becomes a contribution.',
      became: 'A contribution',
      path: at(`/contributions/on-behalf/${personId}`),
      fills: { how, ...said, words },
    },
    {
      key: 'request',
      text: 'Something they want to ask a group',
      hint: 'Information, data, context, background or education.',
      became: 'A request to a group',
      path: at('/requests/on-behalf'),
      fills: { person, how, what: words },
    },
    {
      key: 'interest',
      text: 'An interest that they declare',
      became: 'An interest',
      path: at(`/interests/of/${personId}/new`),
      fills: { what: words },
    },
    {
      key: 'needs',
      text: 'What they need to take part',
      became: 'A support need',
      path: at(`/team/people/${personId}/needs/support`),
      // Ticks that stand there already are not touched by words from elsewhere.
      fills: {},
    },
    {
      key: 'preferences',
      text: 'How they want to be told',
      became: 'A preference',
      path: at(`/team/people/${personId}/preferences`),
      fills: {},
    },
    {
      key: 'withdrawal',
      text: 'They want to leave',
      hint: 'Nobody has to give a reason.',
      became: 'A goodbye',
      path: at(`/team/people/${personId}/withdraw`),
      fills: {},
    },
  ]
}

const dayFields = (name: string, { saidOn }: LoadedNote) => ({
  [`${name}-day`]: String(saidOn.day),
  [`${name}-month`]: String(saidOn.month),
  [`${name}-year`]: String(saidOn.year),
})

export const howInWords = { phone: 'on the phone', post: 'by post', 'in-person': 'in person' } as const

export const saidLine = (note: LoadedNote): string =>
  `${note.personName ?? (note.name || 'Somebody new')}, ${howInWords[note.how]}, ${dateInWords(note.saidOn)}`
