/** What is said of a role. */
export interface RoleWords {
  readonly title: string
  readonly about: string
  readonly asked: string
  readonly given: string
  readonly takes: string
}

export const longest = { title: 80, about: 1500, asked: 1500, given: 1500, takes: 200 } as const

/** A new network begins with this one, and puts it in its own words. */
export const usualRole: RoleWords = {
  title: 'Service user representative',
  about:
    'You help a group to see scans as patients see them. You hear what the group talks about, and you say what you think. You can also bring ideas of your own.',
  asked:
    'Come to meetings, online or in person, when you can. Read short papers before them, or let somebody read them to you. Say what you think, and listen to others.\nYou do not need to know anything about imaging. You do not need to have had a scan.',
  given:
    'A person of the team who knows you and answers your questions. A friendly start with time to learn. Papers in the form that suits you. An answer to everything that you say.\nYou can stop at any time, and you do not have to say why.',
  takes: 'About 4 hours a month, often less',
}

/** The end of its address; kept for ever, also when the title changes. */
export function slugOf(title: string): string {
  const plain = title
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
  return plain === '' || plain === 'new' ? 'role' : plain
}
