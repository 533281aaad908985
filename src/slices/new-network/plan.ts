import type { Post } from '#platform/permission.ts'
import { type GroupWords, type PlaceTrust, readPlaces } from '#slices/network-settings/index.ts'

/** What is asked, page by page, as it was typed: kept as a draft until the network is made. */
export interface Answers {
  readonly name?: {
    readonly name: string
    readonly short: string
    readonly slug: string
    readonly purpose: string
    readonly phone: string
    readonly email: string
    readonly website: string
    readonly safeguarding: string
  }
  readonly groups?: { readonly board: string; readonly sigs: string; readonly workstreams: string }
  readonly trusts?: { readonly table: string }
  readonly people?: Readonly<Record<PostKey, { readonly name: string; readonly email: string }>>
}

export const postKeys = [
  'co-ordinator',
  'portfolio-manager',
  'director',
  'administrator',
] as const satisfies readonly Post[]
export type PostKey = (typeof postKeys)[number]
export const postWords: Readonly<Record<PostKey, string>> = {
  'co-ordinator': 'Co-ordinator',
  'portfolio-manager': 'Network Portfolio Manager',
  director: 'Network Director',
  administrator: 'Administrator',
}
/** Without these two nobody could look after volunteers, nor after sign-in. */
export const mustBeThere: readonly PostKey[] = ['co-ordinator', 'administrator']

export interface NetworkPlan {
  readonly name: NonNullable<Answers['name']>
  readonly groups: readonly GroupWords[]
  readonly trusts: readonly PlaceTrust[]
  readonly people: readonly { readonly post: PostKey; readonly name: string; readonly email: string }[]
}

/** Addresses have the form of a short name: small letters, digits and hyphens, and begin with a letter. */
export const slugForm = /^[a-z][a-z0-9-]{1,30}$/

const linesOf = (text: string): string[] => [
  ...new Set(
    text
      .split(/\r?\n/)
      .map(each => each.trim().slice(0, 120))
      .filter(Boolean),
  ),
]

/** Which page still lacks something; undefined when the network can be made. */
export function missingStep(answers: Answers): 'name' | 'groups' | 'trusts' | 'people' | undefined {
  if (!answers.name) return 'name'
  if (!answers.groups) return 'groups'
  if (!answers.trusts) return 'trusts'
  if (!answers.people) return 'people'
  return undefined
}

/** @param answers complete ones */
export function planOf(answers: Answers): NetworkPlan {
  const { name, groups, trusts, people } = answers
  if (!name || !groups || !trusts || !people) throw new Error('answers are missing')
  const table = trusts.table.trim() === '' ? undefined : readPlaces(trusts.table)
  const group = (kind: GroupWords['kind'], about: string) => (given: string) => ({
    name: given,
    shortName: given,
    kind,
    about,
    confirmed: true,
  })
  return {
    name,
    groups: [
      ...[groups.board].map(
        group('board', 'Decides what the network does. Members of the public have a vote on it.'),
      ),
      ...linesOf(groups.sigs).map(group('sig', 'Knows one kind of scan or one group of patients well.')),
      ...linesOf(groups.workstreams).map(
        group('workstream', 'Gets one big piece of work done for the whole network.'),
      ),
    ],
    trusts: table?.ok ? table.trusts : [],
    people: postKeys.flatMap(post => {
      const { name: called, email } = people[post]
      return called && email ? [{ post, name: called, email }] : []
    }),
  }
}
