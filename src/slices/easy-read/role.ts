import { type Booklet, only } from './booklet.ts'

export const role: Booklet = {
  at: 'role',
  title: 'Taking part',
  picture: 'people',
  about: 'What you do, and what you get.',
  longer: { path: '/roles', text: 'Ways to take part' },
  parts: known => [
    {
      heading: 'Who we are',
      lines: [
        ['hospital', `${known.shortName} is a group of hospitals.`],
        ['scan', 'The hospitals do *scans*.'],
        ['scan', 'Scans are pictures of the inside of your body.'],
        ['person', 'We want to hear from people who use hospitals.'],
        ['together', 'We want to hear from family and carers, too.'],
      ],
    },
    {
      heading: 'What you do',
      lines: [
        ['meeting', 'You come to meetings of a group.'],
        ['computer', 'A meeting can be on a computer or a phone.'],
        ['people', 'A meeting can be in a room.'],
        ['paper', 'You read short papers before the meeting.'],
        ['together', 'Somebody can read the papers to you.'],
        ['talk', 'You say what you think.'],
        ['listen', 'You listen to what others think.'],
        ['vote', 'In some groups you *vote*.'],
        ['vote', 'To vote is to choose yes or no.'],
      ],
    },
    ...(known.roles.length > 0
      ? [
          {
            heading: 'What you can be',
            lines: known.roles.map(each => ['name', `[${each.title}](${each.href})`] as const),
          },
        ]
      : []),
    {
      heading: 'What you get',
      lines: [
        ['together', 'A person of our team helps you.'],
        ['learn', 'You get time to learn how it works.'],
        ['large', 'You get papers in the way that suits you.'],
        ['large', 'You can have large print.'],
        ['letter', 'You get an answer to what you say.'],
        ...only(
          known.paysCosts,
          ['money', 'It may cost you money to take part.'],
          ['money', 'For example, the bus to a meeting.'],
          ['yes', 'We pay you back.'],
        ),
        ...only(
          !known.paysCosts,
          ['money', 'We cannot pay for your travel now.'],
          ['phone', 'You can take part from home.'],
        ),
      ],
    },
    {
      heading: 'What you do not need',
      lines: [
        ['scan', 'You do not need to know about scans.'],
        ['person', 'You do not need to have had a scan.'],
        ['computer', 'You do not need a computer.'],
      ],
    },
    {
      heading: 'You can stop',
      lines: [
        ['door', 'You can stop at any time.'],
        ['safe', 'You do not have to say why.'],
      ],
    },
  ],
}
