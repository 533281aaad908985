import { sql } from 'kysely'
import { type Question, question } from '#platform/database/questions.ts'

/** Another way to speak up than this one (R54). */
export interface Way {
  /** Null: one of those that hold until the network writes its own. */
  readonly id: number | null
  readonly name: string
  readonly about: string
  readonly reach: string
}

const usualWays: readonly Way[] = [
  {
    id: null,
    name: 'In an emergency',
    about: 'Somebody is in danger now.',
    reach: 'Ring 999.',
  },
  {
    id: null,
    name: 'Safeguarding',
    about: 'An adult or a child may be harmed or neglected.',
    reach: 'Ring the social services of the council where they live.',
  },
  {
    id: null,
    name: 'Patient Advice and Liaison Service (PALS)',
    about: 'Something about your own care, or the care of somebody close to you.',
    reach: 'Each hospital has one. Ask at its main desk, or look on its web page.',
  },
  {
    id: null,
    name: 'Freedom to Speak Up guardian',
    about: 'You work or volunteer for a Trust and something there worries you.',
    reach: 'Each Trust has one. Ask for the name at the Trust.',
  },
  {
    id: null,
    name: 'Care Quality Commission',
    about: 'A hospital or a service is not safe. The Commission checks them.',
    reach: 'Ring 03000 616161.',
  },
]

/** The network's own list; the usual one until there is one. At most 50. */
export const waysQuestion = (): Question<readonly Way[]> =>
  question<Way, readonly Way[]>(
    sql<Way>`select id, name, about, reach from speak_up_way where removed_at is null order by id limit 50`,
    rows => (rows.length > 0 ? rows : usualWays),
  )
