export const kinds = ['idea', 'experience', 'question'] as const
export type ContributionKind = (typeof kinds)[number]
export const namings = ['named', 'first-name', 'anonymous'] as const
export type Naming = (typeof namings)[number]

export const kindOptions = [
  { value: 'idea', label: 'An idea' },
  { value: 'experience', label: 'An experience' },
  { value: 'question', label: 'A question' },
]

export const namingOptions = [
  { value: 'named', label: 'With my name' },
  { value: 'first-name', label: 'With my first name only' },
  { value: 'anonymous', label: 'Without my name: only the team knows it' },
]

/** What a new space begins with; its moderator can change it. */
export const usualRules = `Be kind. Everybody here gives their time.
Say what you think of a matter, not of a person.
What is said here stays here, unless those who said it agree to bring it out.
Do not name patients or give details that could tell who they are.
If something here hurts or worries you, report it. A moderator whom you elected looks at it.`
