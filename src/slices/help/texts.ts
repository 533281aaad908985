/** Who reads: what helps a volunteer is not what helps a chair. */
export type Reader =
  | 'visitor'
  | 'applicant'
  | 'volunteer'
  | 'member'
  | 'chair'
  | 'team'
  | 'trust-contact'
  | 'administrator'

export interface HelpText {
  /** The beginning of the addresses that it is for, after the network's short name. */
  readonly at: string
  readonly what: string
  readonly how: readonly string[]
  /** Who sees what is done there. */
  readonly seen?: string
  /** More for some readers. */
  readonly more?: Partial<Record<Reader, readonly string[]>>
}

/** Help for each room, in plain words. The longest beginning that fits is shown; a test asks for one for every page. */
export const helpTexts: readonly HelpText[] = [
  {
    at: '',
    what: 'This is the front page of the network: what it does, its hospitals and its groups.',
    how: ['To take part, choose “Register your interest”.', 'To sign in, choose “Sign in” at the top.'],
  },
  {
    at: '/home',
    what: 'Your home page shows what needs you, what moved, and what you wait for.',
    how: [
      'Begin with the list “What needs you now”. What is late stands first.',
      'Each line leads to the page where you do it.',
      'Everything else you can do here stands at the end of the page.',
    ],
    seen: 'Only you see this page.',
  },
  {
    at: '/register',
    what: 'Here you tell us that you would like to take part. It takes about three minutes.',
    how: [
      'Each page asks one thing. You can go back and change it.',
      'You do not need to know anything about imaging.',
      'At the end you see all your answers. Nothing is sent before you press the last button.',
      'You can also ring us, write to us or send an e-mail. It counts the same.',
    ],
    seen: 'Only the network’s team sees your answers.',
  },
  {
    at: '/easy-read',
    what: 'These pages say the most important things in short words, with a picture for each.',
    how: ['Read one line at a time.', 'You can print a page, or ask us for it on paper.'],
  },
  {
    at: '/by-e-mail',
    what: 'Here you say whether we understood your e-mail.',
    how: [
      'Read how we understood it, and press yes or no. You do not have to sign in.',
      'Nothing counts before you press a button. Opening the page changes nothing.',
      'If it is not right, press no, and write to us again or ring us.',
    ],
    seen: 'Only who has the link sees this page.',
  },
  {
    at: '/sign-in',
    what: 'Here you sign in with the account that you have at work, or with NHS login.',
    how: [
      'The first time we send a code to your e-mail address. Type it in once.',
      'If it does not work, sign in with a code by e-mail. That always works.',
      'On the page “Your account” you can take it away again.',
    ],
    seen: 'Your hospital learns that you sign in here. It does not learn what you do here.',
  },
  {
    at: '/roles',
    what: 'Here you read what you can do in the network: what each role asks of you, and what you get.',
    how: ['Choose a role to read more.', 'If you like one, register your interest for it.'],
  },
  {
    at: '/equality',
    what: 'Here you can tell us about yourself, so that we see who we do not hear from. You can leave out anything, or all of it.',
    how: [
      'Choose an answer, or “prefer not to say”.',
      'It is kept without your name. So you cannot change it later.',
    ],
    seen: 'Nobody can see what you answered. We only see sums of five people or more.',
  },
  {
    at: '/application',
    what: 'Here you see where your application is, and who acts next by when.',
    how: ['You can withdraw it at any time. You do not have to say why.'],
    seen: 'Only you and the team see this page. Keep its link to yourself.',
  },
  {
    at: '/contributions',
    what: 'A contribution is something that somebody said: an idea, an experience or a question. Here you see where each is.',
    how: [
      'Open one to read it and to see what happened so far.',
      'The page always says who acts next, and by when.',
      'Only the person who said it can close it.',
    ],
    seen: 'You see what you may see: your own, and those of your groups.',
    more: {
      team: [
        'Acknowledge what is new: say which group considers it and when.',
        'Use “Write down what somebody said” for calls and letters.',
      ],
      chair: ['After the meeting, write down what was said and what was decided.'],
    },
  },
  {
    at: '/contributions/new',
    what: 'Here you tell us something: an idea, an experience or a question.',
    how: [
      'Each page asks one thing. What you write is kept while you go.',
      'Use your own words. There is no right or wrong.',
      'Do not write anything that tells who a patient is.',
      'Somebody is in danger? Ring 999. To complain about care, ask the hospital’s PALS.',
    ],
    seen: 'On one of the pages you choose who sees your name.',
  },
  {
    at: '/contributions/:reference/translate',
    what: 'Here you put a translation beside what somebody wrote in another language.',
    how: [
      'Choose the words first, if there are more than one.',
      'Say which languages they are, write the translation, and say who made it.',
      'The first words stay as they are. The translation stands below them.',
    ],
    seen: 'Those who may read the words can read it, and nobody else.',
  },
  {
    at: '/contributions/:reference/translations',
    what: 'Here you put right a translation, or take it back.',
    how: [
      'Change what is wrong. What it said before can still be read below it.',
      'To delete it, choose “Take this translation back” and say why.',
    ],
    seen: 'Those who may read the words can read it, and nobody else.',
  },
  {
    at: '/requests/:reference/translate',
    what: 'Here you put a translation beside a question to a group, or beside its answer.',
    how: [
      'Choose the words first, if there are more than one.',
      'Say which languages they are, write the translation, and say who made it.',
    ],
    seen: 'Those who may read the words can read it, and nobody else.',
  },
  {
    at: '/requests/:reference/translations',
    what: 'Here you put right a translation, or take it back.',
    how: [
      'Change what is wrong. What it said before can still be read below it.',
      'To delete it, choose “Take this translation back” and say why.',
    ],
    seen: 'Those who may read the words can read it, and nobody else.',
  },
  {
    at: '/meeting-answer',
    what: 'Here you say whether an answer to an invitation came from you.',
    how: ['Choose “yes” if you sent it, or “no” if you did not.', 'Nothing changes before you choose.'],
    seen: 'Only who has the link in the message sees this page.',
  },
  {
    at: '/verdict',
    what: 'Here you say whether our answer closes it for you.',
    how: ['Choose “yes”, or “no” and say why.', 'Nobody but you can close it. There is no hurry.'],
  },
  {
    at: '/team/connections',
    what: 'Here you connect the network to other services, such as its mailbox. Each is off until you set it up.',
    how: [
      'Open one, fill in what the other side gave you, and save.',
      'Then press the button that tests it. It says in words what is wrong.',
    ],
    seen: 'A secret that you type in is locked away. Nobody can read it here again.',
  },
  {
    at: '/receipt',
    what: 'Here anybody can check that we have a view, with its reference and the code from the receipt.',
    how: ['Type both as they stand in the message that you got.'],
  },
  {
    at: '/actions',
    what: 'An action is something that was agreed. It has one owner and one date.',
    how: [
      'If it is yours, say when it is done and what changed.',
      'If you need more time, ask for another date and say why.',
    ],
  },
  {
    at: '/requests',
    what: 'Here people ask a special interest group for information, data, context, background or education.',
    how: [
      'The page says whose turn it is and by when.',
      'When you get an answer, say whether it answers your question: yes, partly or no.',
    ],
    more: {
      chair: ['Say that you have it, then answer. If you are away, tell us: your deputy gets it by itself.'],
    },
  },
  {
    at: '/meetings',
    what: 'Here you find the meetings of your groups: when, where, what about, and the papers.',
    how: [
      'Open a meeting to see its agenda and to say if you cannot come.',
      'Each paper has a summary in plain English. You can ask about any passage of it.',
      'Would you like something to be talked about? Ask for an item.',
    ],
    more: {
      chair: ['You give each item its place, decide about conflicts, and open votes in the room.'],
      team: ['You plan meetings, send the papers out and draft the minutes.'],
    },
  },
  {
    at: '/calendar/meetings.ics',
    what: 'This is a calendar of the meetings of all groups. It says when and where.',
    how: ['Give its address to the calendar on your phone or computer.'],
    seen: 'Anybody can use it. It has no links to join, and no agenda.',
  },
  {
    at: '/calendar/groups',
    what: 'This is a calendar of the meetings of one group. It says when and where.',
    how: ['Give its address to the calendar on your phone or computer.'],
    seen: 'Anybody can use it. It has no links to join, and no agenda.',
  },
  {
    at: '/calendar',
    what: 'This is the secret address of a calendar with somebody’s meetings.',
    how: ['Give it to the calendar on your phone or computer.'],
  },
  {
    at: '/motions',
    what: 'A motion is put to the vote. Here you read it, vote, and see what came of it.',
    how: [
      'Choose for, against or abstain. You can change your vote until it closes.',
      'You get a receipt. It proves that your vote was counted, and says nothing of how you voted.',
      'If you are against, you can have your words put into the minutes.',
    ],
    seen: 'In an open vote the group sees how you voted. In a secret vote nobody can.',
  },
  {
    at: '/decisions',
    what: 'Here is what groups decided, with the reason and whose views were used.',
    how: ['Open one to read more.'],
  },
  {
    at: '/interests',
    what: 'An interest is something you have a stake in: work, money, a charity, a friend. It could matter when the board decides.',
    how: [
      'Tell us of yours, also when you have none: that is an answer, too.',
      'If one of them meets an item of a meeting, the chair decides what follows.',
    ],
    seen: 'The register of those who vote is public. If that is not safe for you, tell the team.',
  },
  {
    at: '/conflicts',
    what: 'An interest of somebody meets an item of a meeting. Here the chair decides what follows.',
    how: ['The person can say what they think. The chair decides before the item opens.'],
  },
  {
    at: '/groups',
    what: 'Here you read about one group: what it does, who is in it and when it meets.',
    how: ['Its library has answers that it shares.'],
  },
  {
    at: '/governance',
    what: 'Here you see the network’s groups, who decides what, and how a view travels.',
    how: ['The same is shown as a picture and in words.'],
  },
  {
    at: '/priorities',
    what: 'These are the things that the network works on first.',
    how: ['Open one to see what people said about it, and what changed.'],
  },
  {
    at: '/projects',
    what: 'Here you see each project from its start to its end, and who has been involved since when.',
    how: ['Open one to see what was decided and what changed.'],
  },
  {
    at: '/promises',
    what: 'Here you see whether the network kept its word.',
    how: ['Small numbers are hidden, so that nobody can be found.'],
  },
  {
    at: '/you-said-we-did',
    what: 'Here you read what people said and what came of it. They agreed to each text.',
    how: ['You can choose a group, a priority, a Trust or a year.'],
  },
  {
    at: '/search',
    what: 'Here you look for something in all that you may see.',
    how: ['Type a word or a reference such as C-1042. Each result says why it was found.'],
  },
  {
    at: '/words',
    what: 'Here you find words explained in plain English.',
    how: ['Is a word missing? Ask for it.'],
  },
  {
    at: '/tasks',
    what: 'A task is something we ask help with. You choose.',
    how: ['You can say yes or no. You never have to say why.', 'When you have done it, say so.'],
  },
  {
    at: '/induction',
    what: 'The induction tells you what you need to know to take part.',
    how: [
      'Take one step after the other, when it suits you.',
      'Questions at the end help you to learn. You cannot fail.',
    ],
  },
  {
    at: '/learning',
    what: 'Here you can ask to know more about something, and find what others asked before.',
    how: ['Say what you would like to know. Somebody answers by a day that we tell you.'],
  },
  {
    at: '/agreements',
    what: 'Here are the texts that we ask you to agree to.',
    how: ['Read one, then say whether you agree. You can read it again at any time.'],
  },
  {
    at: '/messages',
    what: 'Here you write with the team, a chair or your buddy.',
    how: ['The page says whose turn it is. We answer by the day that it shows.'],
    seen: 'Only those who write with each other can read it.',
  },
  {
    at: '/buddies',
    what: 'A buddy is another volunteer who helps you to find your way.',
    how: ['You both have to say yes. Either of you can end it.'],
  },
  {
    at: '/own-space',
    what: 'This space belongs to the volunteers. No member of staff can read it.',
    how: ['Write to each other, and bring something out together when you want the network to hear it.'],
    seen: 'Only volunteers see it. The team, the chairs and the administrator cannot.',
  },
  {
    at: '/concerns',
    what: 'Here you can tell one person you choose that something is wrong in how we work or behave.',
    how: [
      'You choose who reads it. Nobody else sees that it exists.',
      'You need not say your name. Then you get a code: keep it.',
      'Is somebody in danger? Ring 999.',
    ],
    seen: 'Only you and the one person you chose.',
  },
  {
    at: '/expenses',
    what: 'Here you claim back what you paid to take part.',
    how: ['Add a receipt for each thing. Two people look at each claim.'],
  },
  {
    at: '/trusts',
    what: 'Here the contact of a Trust sees its volunteers who agreed to it, and its actions.',
    how: ['You can thank somebody in your own words.'],
  },
  {
    at: '/voices',
    what: 'Here you see from where we hear people, and from where not.',
    how: ['Small numbers are hidden.'],
  },
  {
    at: '/who-we-hear-from',
    what: 'Here you see who has told us about themselves, in sums, beside the people of our area.',
    how: ['Who lives here and is not among us yet stands first. Small numbers are hidden.'],
  },
  {
    at: '/endings',
    what: 'The network means to end somebody’s place in a group. Here the person reads why, and can reply.',
    how: [
      'Write what you want to say before the day that is shown. Nothing is decided before it.',
      'Another person reads your reply and decides.',
    ],
    seen: 'The person, and those who decide.',
  },
  {
    at: '/new-network',
    what: 'Here an administrator sets up another network, page by page.',
    how: ['Nothing is made before the last page, where you check your answers.'],
  },
  {
    at: '/account/notifications',
    what: 'Here you choose devices that show you at once that there is something new for you.',
    how: [
      'Open this page on the device that you want to add, and press the button.',
      'A device that you have lost, or no longer use, you can remove here from any other one.',
    ],
    seen: 'Only you.',
  },
  {
    at: '/manifest.webmanifest',
    what: 'This is for your device: the name and the mark of this site, for your home screen.',
    how: ['There is nothing to read here. Use “Add to home screen” or “Install” in your browser.'],
  },
  {
    at: '/account',
    what: 'Here you change how we reach you, what you need, and what we hold about you.',
    how: ['Every change counts at once.', 'You can take a rest, or leave, at any time.'],
    seen: 'Only you, and the team where you agreed to it.',
  },
  {
    at: '/account/came-back',
    what: 'Here you see whether our messages reach you, and put it right when they do not.',
    how: [
      'If an address of yours does not work, give us another one or choose another way.',
      'If you put it right on your side, press “It works again”.',
    ],
    seen: 'You and the team.',
  },
  {
    at: '/team/came-back',
    what: 'Here are people whose e-mail came back to us. Meanwhile they hear in another way, if they have one.',
    how: [
      'Open one to see what their mail server said.',
      'Ring or write to them, and ask for an address that works.',
      'Messages that waited for an address go out by themselves.',
    ],
    seen: 'The team. Each look is logged.',
  },
  {
    at: '/preferences',
    what: 'Here you change how and when we tell you things, without signing in.',
    how: ['Choose, then save. Keep the link to yourself.'],
  },
  {
    at: '/goodbye',
    what: 'You have left the network. Thank you.',
    how: ['You can come back at any time: register your interest again.'],
  },
  {
    at: '/help',
    what: 'Here you find help, and how to reach us.',
    how: ['Each page has “Help with this page” at its end.'],
  },
  {
    at: '/how-this-works',
    what: 'Here you read how this service works.',
    how: ['It begins with what happens when you say something.'],
  },
  {
    at: '/privacy',
    what: 'Here you read what we keep about people, why and how long.',
    how: ['Ask us if anything is not clear.'],
  },
  {
    at: '/cookies',
    what: 'Here you see each cookie that we set, and what for.',
    how: ['We set only those without which this cannot work.'],
  },
  {
    at: '/accessibility',
    what: 'Here you read how well this works for everybody, and where it does not yet.',
    how: ['Tell us if you cannot use something.'],
  },
  {
    at: '/data-protection-complaint',
    what: 'Here you complain about how we use your data.',
    how: ['Say in your own words what went wrong. By law you hear from us within 30 days.'],
    seen: 'Only the person who looks after data protection reads it.',
  },
  {
    at: '/first-steps',
    what: 'These are the first things to do and to know here.',
    how: ['Take them in any order. Tell us when you know your way.'],
  },
  {
    at: '/api',
    what: 'This page is for people who write programs.',
    how: ['If that is not you, you need nothing from here.'],
  },
  {
    at: '/team',
    what: 'This is the team’s work: what waits, what is late, and what you can look up.',
    how: ['Begin with what is late.', 'Each list leads to the page where you do it.'],
    seen: 'Only the team sees these pages.',
  },
  {
    at: '/team/texts',
    what: 'Here you see text messages that people sent to this network.',
    how: [
      'An answer from somebody we know is a message to the team. Follow the link to answer it.',
      'A text from a number we do not know stays here until you delete it.',
    ],
    seen: 'Only the team sees these pages.',
  },
  {
    at: '/team/week',
    what: 'Here you see what is due, late and coming, by person and by promise.',
    how: ['Narrow the list, or take it away as a table (CSV).'],
  },
  {
    at: '/team/people',
    what: 'Here are the people of the network: how to reach them, their places and posts.',
    how: [
      'Look for a name, an e-mail address or a phone number.',
      'Each look at a person’s page is written down, and the person can see it.',
    ],
  },
  {
    at: '/team/applications',
    what: 'Here are the people who would like to take part.',
    how: ['Talk with each by the day shown. Then welcome them, kindly decline, or keep in touch.'],
  },
  {
    at: '/team/calls',
    what: 'These people chose the phone. Ring them and read out the words.',
    how: ['Write down what they said, in their own words.'],
  },
  {
    at: '/team/letters',
    what: 'These people chose post. Print each letter and post it.',
    how: ['Say that it is posted, so that nobody posts it twice.'],
  },
  {
    at: '/team/messages',
    what: 'Here is every message that we sent, and what came of it.',
    how: ['What could not be sent says why. Mend the address, then try again.'],
  },
  {
    at: '/team/settings',
    what: 'Here you set the network’s numbers, texts and places.',
    how: ['Each has a day from which it holds. What was promised stays promised.'],
  },
  {
    at: '/team/needs',
    what: 'Here you see what people need to take part, and what is still to be arranged.',
    how: ['Each look is written down.'],
  },
]

/** The help for one kind of page: the longest beginning that fits. */
export function helpFor(page: string): HelpText {
  const fits = (text: HelpText) =>
    page === text.at || page.startsWith(`${text.at}/`) || page.startsWith(`${text.at}.`)
  return helpTexts
    .filter(fits)
    .reduce((best, each) => (each.at.length >= best.at.length ? each : best), helpTexts[0]!)
}
