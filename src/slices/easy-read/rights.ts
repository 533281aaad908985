import type { Booklet } from './booklet.ts'

export const rights: Booklet = {
  at: 'rights',
  title: 'Your rights',
  picture: 'rights',
  about: 'What you can ask for, and what we must do.',
  longer: { path: '/privacy', text: 'Privacy' },
  parts: known => [
    {
      heading: 'What a right is',
      lines: [
        ['rights', 'A *right* is something that you can ask for.'],
        ['yes', 'If it is your right, we must do it.'],
      ],
    },
    {
      heading: 'Your words',
      lines: [
        ['write', 'Your words stay as you said them.'],
        ['name', 'You choose who sees your name.'],
        ['question', 'We ask you before everybody can read your words.'],
        ['no', 'You can say no.'],
        ['mend', 'You can change your mind later.'],
      ],
    },
    {
      heading: 'What we know about you',
      lines: [
        ['name', 'We keep your name.'],
        ['ring', 'We keep how to reach you.'],
        ['safe', 'We keep it safe.'],
        ['money', 'We do not sell it.'],
        ['eye', 'You can ask to see all that we keep.'],
        ['mend', 'You can ask us to put it right.'],
        ['bin', 'You can ask us to take it away.'],
        ['bin', 'Some things we have to keep.'],
        ['talk', 'Then we tell you why.'],
        ['calendar', 'We answer you in one month or less.'],
      ],
    },
    {
      heading: 'Help to take part',
      lines: [
        ['question', 'Tell us what helps you.'],
        ['large', 'It can be large print.'],
        ['together', 'It can be a person who helps you.'],
        ['safe', 'You do not have to say why.'],
        ['phone', 'You choose how we tell you things.'],
      ],
    },
    {
      heading: 'To stop or to rest',
      lines: [
        ['door', 'You can stop at any time.'],
        ['safe', 'You do not have to say why.'],
        ['rest', 'You can have a rest, and come back.'],
      ],
    },
    {
      heading: 'If we ask you to stop',
      lines: [
        ['talk', 'We must tell you why.'],
        ['write', 'You can say what you think about it.'],
        ['calendar', `You have ${known.days('right-of-reply')} to say it.`],
        ['calendar', 'Working days are Monday to Friday.'],
        ['person', 'After that, somebody decides.'],
        ['letter', 'We tell you what they decided, and why.'],
      ],
    },
    {
      heading: 'If something is wrong',
      lines: [
        ['danger', 'Do you worry about something here?'],
        ['talk', 'You can tell one of the people in charge.'],
        ['person', 'You choose who reads it.'],
        ['safe', 'You can do it without your name.'],
        [
          'write',
          `[You can complain about how we use what we know](/${known.slug}/data-protection-complaint).`,
        ],
        ['rights', 'You can also ask the *ICO*.'],
        ['rights', 'The ICO checks that people obey the law.'],
        ['ring', 'Ring the ICO on [0303 123 1113](tel:03031231113).'],
      ],
    },
  ],
}
