import { type Booklet, ringUs } from './booklet.ts'

export const register: Booklet = {
  at: 'register',
  title: 'How to join us',
  picture: 'write',
  about: 'What you do first, and what comes after.',
  longer: { path: '/register', text: 'Register your interest' },
  parts: known => [
    {
      heading: '1. You tell us who you are',
      lines: [
        ['computer', `You can do it [on this website](/${known.slug}/register).`],
        ...ringUs(known),
        ['name', 'We ask you for your name.'],
        ['phone', 'We ask how we can reach you.'],
        ['clock', 'It takes about 3 minutes.'],
        ['together', 'Somebody can help you with it.'],
      ],
    },
    {
      heading: '2. We talk with you',
      lines: [
        ['calendar', `We talk with you in ${known.days('conversation')}.`],
        ['calendar', 'Working days are Monday to Friday.'],
        ['talk', 'We tell you what people do here.'],
        ['question', 'You can ask us anything.'],
        ['large', 'You can tell us what helps you.'],
      ],
    },
    {
      heading: '3. You hear from us',
      lines: [
        ['calendar', `After the talk you hear from us in ${known.days('application-answer')}.`],
        ['yes', 'We can say yes.'],
        ['no', 'We can say no.'],
        ['talk', 'If we say no, we tell you why.'],
      ],
    },
    {
      heading: '4. You begin',
      lines: [
        ['learn', 'You learn how it all works.'],
        ['together', 'A person of our team helps you.'],
        ['meeting', 'Then you come to your first meeting.'],
      ],
    },
    {
      heading: 'You can change your mind',
      lines: [
        ['door', 'You can stop at any time.'],
        ['safe', 'You do not have to say why.'],
        ['bin', 'Then we take away what we know about you.'],
      ],
    },
  ],
}
