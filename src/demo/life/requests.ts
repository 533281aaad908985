import type { Instant } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import * as requests from '#slices/chair-requests/index.ts'
import { doingAt, groupId, personId, type Scene, took, type World } from './world.ts'

/** What a volunteer asked of a SIG, from the question to where it is now. All of it is invented. */
interface RequestStory {
  readonly by: string
  readonly on: number
  readonly group: string
  readonly kind: requests.NewRequest['kind']
  readonly what: string
  readonly why: string
  readonly how?: 'phone' | 'post' | 'in-person'
  readonly steps: readonly Step[]
}

interface Step {
  readonly day: number
  /** 'asker' for whoever asked. */
  readonly who: string
  take(doing: Doing, number: number): Promise<{ accepted: boolean; sentence?: string }>
}

const chair = 'sig-chair'
const deputy = 'sig-deputy'
const mri = 'other-sig-chair'
const team = 'co-ordinator'

const seen = (day: number, who: string): Step => ({ day, who, take: requests.acknowledgeRequest })
const asksBack = (day: number, who: string, question: string): Step => ({
  day,
  who,
  take: (doing, number) => requests.askAskerBack(doing, number, question),
})
const replies = (day: number, words: string): Step => ({
  day,
  who: 'asker',
  take: (doing, number) => requests.replyToSig(doing, number, words),
})
const answers = (day: number, who: string, words: string, forLibrary = false): Step => ({
  day,
  who,
  take: (doing, number) => requests.answerRequest(doing, number, { words, files: [], forLibrary }),
})
const says = (
  day: number,
  verdict: requests.NewVerdict['verdict'],
  words = '',
  forLibrary = false,
): Step => ({
  day,
  who: 'asker',
  take: (doing, number) => requests.judgeAnswer(doing, number, { verdict, words, how: 'web', forLibrary }),
})
const saysByPhone = (day: number, verdict: requests.NewVerdict['verdict'], words: string): Step => ({
  day,
  who: team,
  take: (doing, number) =>
    requests.judgeAnswer(doing, number, { verdict, words, how: 'phone', forLibrary: false }),
})
const takesBack = (day: number): Step => ({ day, who: 'asker', take: requests.withdrawRequest })

const stories: readonly RequestStory[] = [
  {
    by: 'volunteer-2',
    on: -120,
    group: 'paediatric-sig',
    kind: 'data',
    what: 'How many children need medicine to sleep for an MRI, in each hospital?',
    why: 'I want to know if play staff make a difference before the board talks about them.',
    steps: [
      seen(-118, chair),
      answers(
        -110,
        chair,
        'Last year 1,240 children were scanned with medicine to sleep. In the two hospitals with play staff it was one child in nine, elsewhere one in four.',
        true,
      ),
      says(-106, 'yes', 'Just what I needed for the board.', true),
    ],
  },
  {
    by: 'volunteer-1',
    on: -114,
    group: 'mri-sig',
    kind: 'education',
    what: 'What is the difference between an MRI and a CT, in words for people who know nothing?',
    why: 'I read about both in board papers and nod.',
    steps: [
      seen(-112, mri),
      answers(
        -105,
        mri,
        'A CT takes many X-rays from all sides, in seconds. It is good for bones, lungs and for finding bleeding fast. An MRI uses a strong magnet and no X-rays. It is slow and loud, and shows soft parts best: brain, joints, muscles.',
        true,
      ),
      says(-101, 'yes', 'Now I can ask better questions.', true),
    ],
  },
  {
    by: 'Geraint Foxcote',
    on: -100,
    group: 'mri-sig',
    kind: 'information',
    what: 'Which hospitals have a scanner with a wide opening?',
    why: 'People who fear small spaces could choose one.',
    steps: [
      answers(
        -94,
        mri,
        'Five have one: ask the booking team for “wide bore”. They can book you there if the scan allows it.',
        true,
      ),
      says(-90, 'partly', 'Which five?'),
      answers(
        -84,
        'Mohan Ferncastle',
        'New Cross, Royal Stoke, University Hospital Coventry, Worcestershire Royal and Royal Shrewsbury.',
        true,
      ),
      says(-80, 'yes', 'Diolch.', true),
    ],
  },
  {
    by: 'Samira Wellowbank',
    on: -88,
    group: 'paediatric-sig',
    kind: 'background',
    what: 'Why was the children’s scanner plan stopped two years ago?',
    why: 'Old members speak of it and new ones do not know.',
    steps: [
      asksBack(-86, deputy, 'Do you mean the plan for the second MRI, or the one for the mobile unit?'),
      replies(-80, 'The second MRI.'),
      answers(
        -74,
        deputy,
        'The building was not strong enough for the magnet. The money went to longer hours for the first one.',
      ),
      says(-70, 'yes'),
    ],
  },
  {
    by: 'Albert Quillfeather',
    on: -76,
    group: 'ct-sig',
    kind: 'education',
    how: 'phone',
    what: 'What does the dye do in my body, and how does it get out again?',
    why: 'I have one kidney and I worry.',
    steps: [
      seen(-74, 'Ottoline Peverell-Gray'),
      answers(
        -68,
        'Ottoline Peverell-Gray',
        'The dye makes blood vessels show. Your kidney takes it out within a day. With one kidney you have a blood test first, and you drink more. Please tell the staff each time.',
      ),
      saysByPhone(-62, 'yes', 'That was plain. Thank her.'),
    ],
  },
  {
    by: 'Ravi Sandlebrook',
    on: -64,
    group: 'mri-sig',
    kind: 'data',
    what: 'How many people do not come to their MRI, and do we know why?',
    why: 'Empty places are waiting time for others.',
    steps: [
      seen(-58, mri),
      answers(-44, mri, 'About one in fourteen. We do not ask why.'),
      says(-40, 'no', 'The why was the question. Can somebody ring fifty people?'),
      answers(-27, mri, 'We have no staff for it at present.'),
      says(-24, 'no', 'Then please say when, or who else could.'),
    ],
  },
  {
    by: 'volunteer-1',
    on: -52,
    group: 'paediatric-sig',
    kind: 'context',
    what: 'What do other networks do about scans for children at night?',
    why: 'The board decides on night cover in spring.',
    steps: [
      seen(-50, deputy),
      answers(
        -45,
        deputy,
        'Three networks share one team by video. We have asked two of them for their papers and will add them here.',
      ),
      says(-41, 'partly', 'Good. The papers are still missing.'),
    ],
  },
  {
    by: 'in-two-networks',
    on: -46,
    group: 'mri-sig',
    kind: 'information',
    what: 'May I bring my own music?',
    why: 'It calms me.',
    steps: [
      answers(-43, 'Mohan Ferncastle', 'Yes, on a CD or by radio in most places. Phones cannot go in.', true),
      says(-39, 'yes', '', true),
    ],
  },
  {
    by: 'volunteer-2',
    on: -30,
    group: 'paediatric-sig',
    kind: 'education',
    what: 'Could somebody explain how much radiation a child’s X-ray has, compared with daily life?',
    why: 'Parents ask me.',
    steps: [
      seen(-28, chair),
      answers(
        -21,
        chair,
        'A chest X-ray is like one or two days of what we all get from the ground and the sky. We use the lowest dose that shows what we need.',
        true,
      ),
    ],
  },
  {
    by: 'volunteer-1',
    on: -23,
    group: 'ct-sig',
    kind: 'data',
    what: 'How long do people wait for the result of a CT, by hospital?',
    why: 'For the board in the next meeting.',
    steps: [seen(-21, 'Ottoline Peverell-Gray')],
  },
  {
    by: 'Geraint Foxcote',
    on: -18,
    group: 'mri-sig',
    kind: 'context',
    what: 'Who decides which scanner is bought?',
    why: 'We are asked for our view after the choice.',
    steps: [],
  },
  {
    by: 'Samira Wellowbank',
    on: -12,
    group: 'paediatric-sig',
    kind: 'information',
    what: 'Is there a list of play staff for each hospital?',
    why: 'Families ask in our group.',
    steps: [
      seen(-11, deputy),
      asksBack(-9, deputy, 'May we put names on it, or is the ward’s number enough?'),
    ],
  },
  {
    by: 'Ravi Sandlebrook',
    on: -15,
    group: 'plain-film-sig',
    kind: 'background',
    what: 'When did X-rays stop being on film?',
    why: 'A board paper speaks of “film” and I was not sure.',
    steps: [takesBack(-13)],
  },
  {
    by: 'volunteer-2',
    on: -6,
    group: 'paediatric-sig',
    kind: 'data',
    what: 'How many scans of children are done twice because the first was not good enough?',
    why: 'It would tell us if training helps.',
    steps: [seen(-5, chair)],
  },
  {
    by: 'volunteer-1',
    on: -1,
    group: 'paediatric-sig',
    kind: 'education',
    what: 'Could a radiographer show us a scan room before the next meeting?',
    why: 'I have never seen one from the staff’s side.',
    steps: [],
  },
  {
    by: 'Bettina Crowhurst',
    on: -9,
    group: 'breast-sig',
    kind: 'information',
    how: 'phone',
    what: 'Up to what age am I called?',
    why: 'I am 71 and nobody writes any more.',
    steps: [
      answers(
        -7,
        'Zainab Hartlewick',
        'The letters stop at 71. You can still ask for a mammogram every three years: ring the unit and say so.',
        true,
      ),
    ],
  },
]

export function requestScenes(order: number): Scene[] {
  return stories.flatMap((story, n) => {
    let number = 0
    const at = order + n
    const ask: Scene = {
      day: story.on,
      order: at,
      about: story.what,
      async play(world, when) {
        const asked = await requests.askSig(doingAt(world, story.how ? team : story.by, when), {
          groupId: groupId(world, story.group),
          askerPersonId: personId(world, story.by),
          kind: story.kind,
          what: story.what,
          why: story.why,
          neededBy: null,
          how: story.how ?? 'web',
        })
        if (took(world, story.what, asked) && 'number' in asked) number = asked.number
      },
    }
    const rest = story.steps.map((step, m) => ({
      day: step.day,
      order: at + (m + 1) / 100,
      about: story.what,
      async play(world: World, when: Instant) {
        const who = step.who === 'asker' ? story.by : step.who
        took(world, `${story.what} ${step.day}`, await step.take(doingAt(world, who, when), number))
      },
    }))
    return [ask, ...rest]
  })
}
