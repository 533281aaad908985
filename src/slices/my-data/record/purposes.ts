/** Why something is held, on which basis in law, for how long, and who reads it (R7, R10). */
export interface Purpose {
  readonly key: string
  readonly title: string
  readonly purpose: string
  readonly basis: string
  readonly kept: string
  readonly readers: string
}

const publicTask = 'Public task (UK GDPR article 6(1)(e))'
const legal = 'Legal obligation (UK GDPR article 6(1)(c))'
const consent = 'Explicit consent (UK GDPR articles 6(1)(a) and 9(2)(a))'

export const purposes: readonly Purpose[] = [
  {
    key: 'people',
    title: 'People and their places',
    purpose: 'To know who takes part, in which group, and how to reach them',
    basis: publicTask,
    kept: 'Ways to reach somebody: until they leave. Name and days in a group: as long as the minutes',
    readers: 'The person, the team; names also by members of the same groups',
  },
  {
    key: 'sign-in',
    title: 'Signing in',
    purpose: 'To let each person in, and nobody else',
    basis: publicTask,
    kept: 'Until the person leaves; codes and sessions until they end',
    readers: 'The person; nobody reads codes, keys or tokens',
  },
  {
    key: 'voices',
    title: 'What people say, and what came of it',
    purpose: 'To consider what somebody said, to act on it and to answer',
    basis: publicTask,
    kept: 'As long as the network works with it; the name as the person chose for each',
    readers: 'The person, the group that considers it, the team; the public only with consent to the text',
  },
  {
    key: 'requests',
    title: 'Questions, and wishes to know more',
    purpose: 'To answer what somebody asked a group, or wants to learn',
    basis: publicTask,
    kept: 'As long as the network works with it',
    readers: 'Who asked, the group, the team; the library without a name and with consent of both',
  },
  {
    key: 'meetings',
    title: 'Meetings, papers and minutes',
    purpose: 'To hold meetings and to show who decided what',
    basis: legal,
    kept: 'A board 20 years, then offered to the place of deposit; other groups 6 years',
    readers: 'The group, by the mark of each item and paper; the public for part A',
  },
  {
    key: 'own-eyes',
    title: 'Own marks and notes on papers',
    purpose: 'To help a reader to read',
    basis: publicTask,
    kept: 'Until the person leaves',
    readers: 'Only the reader; row-level security keeps everybody else out',
  },
  {
    key: 'votes',
    title: 'Votes',
    purpose: 'To count votes, each once, and to show the result',
    basis: legal,
    kept: 'As long as the minutes. A secret ballot leads to nobody after the count',
    readers: 'The group; in a secret vote nobody reads who voted how',
  },
  {
    key: 'interests',
    title: 'Interests',
    purpose: 'To manage conflicts of interest',
    basis: legal,
    kept: '6 months in the public register after an interest ended, then 6 years apart',
    readers: 'The public for decision-makers, unless withheld; the group and the team',
  },
  {
    key: 'registration',
    title: 'Registering an interest',
    purpose: 'To talk with who wants to take part, and to welcome them or say no',
    basis: publicTask,
    kept: 'After a no 6 months; after a welcome until the person leaves',
    readers: 'The applicant by their link, the team',
  },
  {
    key: 'messages',
    title: 'Messages, calls, letters and drafts',
    purpose: 'To tell people things in the way they chose, and to write with them',
    basis: publicTask,
    kept: '2 years; drafts 30 days',
    readers: 'The person, and those of the team whose turn it is; a buddy’s messages only the two',
  },
  {
    key: 'needs',
    title: 'Support needs',
    purpose: 'To arrange what somebody needs to take part (Accessible Information Standard)',
    basis: consent,
    kept: 'Until the person leaves',
    readers: 'The person, the team, and those whom the person ticked; an administrator never',
  },
  {
    key: 'induction',
    title: 'Induction and agreements',
    purpose: 'To show that everybody knows what they need and agreed to what holds',
    basis: publicTask,
    kept: 'Agreements 6 years after the person left; the rest until they leave',
    readers: 'The person, the team',
  },
  {
    key: 'concerns',
    title: 'Concerns, and the end of a place',
    purpose: 'To look into what somebody raises in confidence; to end a place fairly',
    basis: 'Legal obligation and substantial public interest (UK GDPR articles 6(1)(c) and 9(2)(g))',
    kept: '10 years',
    readers: 'The raiser and the reader they chose; the words are encrypted for them alone',
  },
  {
    key: 'equality',
    title: 'Equality monitoring',
    purpose: 'To see who the network does not hear from',
    basis: 'Equality Act 2010 section 149; no key leads to a person',
    kept: 'As sums, without end',
    readers: 'The team, as sums of five or more',
  },
  {
    key: 'own-space',
    title: 'The volunteers’ own space',
    purpose: 'To talk among volunteers, without staff',
    basis: publicTask,
    kept: 'Until the person leaves or takes it out',
    readers: 'The volunteers of the space; no post, chair or administrator',
  },
  {
    key: 'work',
    title: 'Tasks, projects and priorities',
    purpose: 'To share work fairly and to show who is part of it',
    basis: publicTask,
    kept: 'Tasks 2 years after their end; projects and priorities as long as the network works with them',
    readers:
      'The person, the team, the groups; the public for projects and priorities without words of others',
  },
  {
    key: 'expenses',
    title: 'Expenses',
    purpose: 'To pay back what somebody spent',
    basis: legal,
    kept: '6 years after the payment, as the law on accounts asks',
    readers: 'The person, the two who approve, whoever pays',
  },
  {
    key: 'rights',
    title: 'Data rights, goodbyes and keeping',
    purpose: 'To do what the law gives people, and to prove it',
    basis: legal,
    kept: 'Wishes 3 years, complaints 10 years, goodbyes 6 years; the last address until its answer is out',
    readers: 'The person, the team; complaints only those who look after data protection',
  },
  {
    key: 'proof',
    title: 'What happened, and who looked',
    purpose: 'To prove what happened and who opened what',
    basis: legal,
    kept: 'Nobody can change or shorten it. Files end with the thing they belong to',
    readers: 'Those who may read the thing; each person their own looks',
  },
  {
    key: 'network',
    title: 'The network itself',
    purpose: 'What a network is and what it has set',
    basis: publicTask,
    kept: 'As long as the network is there',
    readers: 'The public for most; the administrator for settings',
  },
]
