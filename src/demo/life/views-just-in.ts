import { acknowledged, agreed, done, fedBack, type ViewStory, yes } from './view-scenes.ts'

/** What came in the last days; one of them is late to be acknowledged. All of it is invented. */
export const viewsJustIn: readonly ViewStory[] = [
  {
    title: 'A bell in the changing room',
    by: 'volunteer-1',
    on: -1,
    kind: 'idea',
    words: 'I was forgotten in the changing room for half an hour. A bell to ring would do.',
    wish: 'operational-board',
    priority: 'patient-care',
    steps: [],
  },
  {
    title: 'Scan in the mobile unit: no toilet',
    by: 'Ravi Sandlebrook',
    on: -7,
    kind: 'experience',
    words: 'The MRI van stands in the car park and has no toilet. You drink a litre beforehand.',
    site: 'stratford-hospital',
    steps: [],
  },
  {
    title: 'Can my guide dog come in?',
    by: 'volunteer-2',
    on: 0,
    kind: 'question',
    words: 'A friend asked me and I did not know. Where does the dog wait during an MRI, and who is with it?',
    wish: 'mri-sig',
    steps: [],
  },
  {
    title: 'Ring me, do not text me',
    by: 'Albert Quillfeather',
    how: 'phone',
    on: -2,
    kind: 'experience',
    words: 'They keep sending me texts to a telephone on the wall.',
    steps: [],
  },
  {
    title: 'Music while you wait',
    by: 'volunteer-3',
    on: -4,
    kind: 'idea',
    words: 'The radio was on a talk show about illness. Could it be music?',
    steps: [acknowledged(-3, 'operational-board', { meeting: 16 })],
  },
  {
    title: 'A scan room that smells of paint',
    by: 'Kofi Rushmere',
    how: 'in-person',
    on: -5,
    kind: 'experience',
    words: 'They had painted the day before. I have asthma. I said so and they opened a window.',
    steps: [acknowledged(-4, 'plain-film-sig', { meeting: 37 })],
  },
]

/** A little life in the second network. */
export const viewsElsewhere: readonly ViewStory[] = [
  {
    title: 'Evening X-rays after work',
    by: 'other-volunteer',
    on: -80,
    kind: 'idea',
    words: 'Could the X-ray stay open until eight one evening a week?',
    wish: 'operational-board',
    steps: [
      acknowledged(-78, 'operational-board', { meeting: -55 }),
      agreed(
        -54,
        {
          at: { meeting: -55 },
          tookPart: 'Pascoe Redfern-Hill, Tamsin Overbury and Juniper Blackwater',
          said: 'One evening, for three months, and then we count.',
          because: 'It is worth a try.',
        },
        ['Open until eight on Thursdays', 'Tamsin Overbury', -30],
      ),
      done(-31, 'Open until eight on Thursdays since this month.'),
      fedBack(
        -28,
        'People work in the day.',
        'X-ray is open until eight on Thursdays.',
        'We count in spring.',
      ),
      yes(-25, 'I have told everybody at work.'),
    ],
  },
  {
    title: 'A sign at the side door',
    by: 'Bola Kingswinter',
    on: -20,
    kind: 'idea',
    words: 'Nobody finds the side door.',
    wish: 'x-ray-sig',
    steps: [acknowledged(-18, 'x-ray-sig', { by: 15 })],
  },
  {
    title: 'Why two forms?',
    by: 'Beatrix Summerfold',
    on: -1,
    kind: 'question',
    words: 'I filled in the same form twice. What happens with the first one?',
    steps: [],
  },
]
