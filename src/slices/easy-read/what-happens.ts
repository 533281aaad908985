import { type Booklet, ringUs } from './booklet.ts'

export const whatHappens: Booklet = {
  at: 'what-happens',
  title: 'What happens to what you tell us',
  picture: 'loop',
  about: 'Who hears it, and when you hear from us.',
  longer: { path: '/how-this-works', text: 'How this works' },
  parts: known => [
    {
      heading: 'You tell us',
      lines: [
        ['talk', 'You tell us what you think.'],
        ['idea', 'It can be an idea.'],
        ['hospital', 'It can be what happened to you.'],
        ['question', 'It can be a question.'],
        ['computer', 'You can type it on this website.'],
        ...ringUs(known),
        ['letter', 'You can write us a letter.'],
        ['meeting', 'You can say it in a meeting.'],
      ],
    },
    {
      heading: 'We write it down',
      lines: [
        ['write', 'We keep your own words.'],
        ['number', 'You get a number, like C-12.'],
        ['eye', 'With the number we can find your words again.'],
        ['calendar', `In ${known.days('acknowledge')} we tell you what comes next.`],
        ['calendar', 'Working days are Monday to Friday.'],
      ],
    },
    {
      heading: 'A group talks about it',
      lines: [
        ['people', 'We tell you which group talks about it.'],
        ['calendar', 'We tell you on which day.'],
        ['yes', 'The group can say yes.'],
        ['part', 'The group can say yes to a part of it.'],
        ['no', 'The group can say no.'],
        ['talk', 'If they say no, they must say why.'],
      ],
    },
    {
      heading: 'Somebody does it',
      lines: [
        ['person', 'If they say yes, one person must do it.'],
        ['calendar', 'There is a day when it must be done.'],
      ],
    },
    {
      heading: 'We tell you',
      lines: [
        ['letter', 'We tell you what we did.'],
        ['calendar', `You hear from us in ${known.days('feedback')}.`],
        ['phone', 'We ring you, or we write to you.'],
        ['person', 'You choose how.'],
      ],
    },
    {
      heading: 'You decide',
      lines: [
        ['question', 'We ask you: is this good enough?'],
        ['yes', 'If you say yes, it is finished.'],
        ['no', 'If you say no, we think again.'],
        ['calendar', `Then you hear from us in ${known.days('reopened')}.`],
        ['person', 'Only you can say that it is finished.'],
      ],
    },
    {
      heading: 'If we are late',
      lines: [
        ['clock', 'This website says that we are late.'],
        ['person', 'If we are still late, a manager is told.'],
        ['eye', `[Everybody can see how often we are late](/${known.slug}/promises).`],
      ],
    },
    {
      heading: 'What we cannot do',
      lines: [
        ['scan', 'We cannot help with your own care.'],
        ['hospital', 'For your own care, ask your hospital.'],
        ['together', 'Each hospital has a team called *PALS*.'],
        ['listen', 'PALS helps you if you are not happy with your care.'],
      ],
    },
  ],
}
