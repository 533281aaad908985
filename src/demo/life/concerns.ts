import type { Doing } from '#platform/doing.ts'
import * as concerns from '#slices/concerns/index.ts'
import * as endings from '#slices/endings/index.ts'
import { day, doingAt, personId, type Scene, took, type World } from './world.ts'

/** What somebody said in confidence, from the first word to where it is now. All of it is invented. */
interface ConcernStory {
  readonly on: number
  /** Undefined: a visitor without a name, who comes back with `code`. */
  readonly by?: string
  readonly code?: string
  readonly reader: string
  readonly about?: readonly string[]
  readonly subject: string
  readonly words: string
  readonly wish?: string
  readonly steps: readonly Step[]
}

interface Step {
  readonly day: number
  readonly who: 'raiser' | 'reader'
  take(doing: Doing, concern: concerns.LoadedConcern): Promise<concerns.Done>
}

const reader = (onDay: number, take: Step['take']): Step => ({ day: onDay, who: 'reader', take })
const raiser = (onDay: number, take: Step['take']): Step => ({ day: onDay, who: 'raiser', take })

/** The smallest picture there is. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
)

const stories: readonly ConcernStory[] = [
  {
    on: -70,
    by: 'volunteer-1',
    reader: 'portfolio-manager',
    subject: 'Being talked over in meetings',
    words: 'In the last two meetings I was stopped in the middle of a sentence, four times. Others laughed.',
    wish: 'That the chair lets us finish.',
    steps: [
      reader(-68, (doing, it) =>
        concerns.acknowledge(
          doing,
          it,
          'Thank you for telling me. I was there and I should have stepped in.',
        ),
      ),
      reader(-62, (doing, it) =>
        concerns.sayPlan(
          doing,
          it,
          'I will talk with the chair this week, and sit in the next two meetings.',
        ),
      ),
      reader(-62, (doing, it) =>
        concerns.offerSupport(doing, it, 'Nadia could sit beside you in the next meeting, if you like that.'),
      ),
      raiser(-60, (doing, it) => concerns.answerSupport(doing, it, 'wanted', '')),
      reader(-45, (doing, it) =>
        concerns.sayDone(
          doing,
          it,
          'The chair now asks each person in turn and holds up a hand when somebody breaks in. Both meetings went well.',
        ),
      ),
      raiser(-41, (doing, it) =>
        concerns.giveWord(doing, it, 'heard', 'I said three things and finished all three.'),
      ),
    ],
  },
  {
    on: -33,
    by: 'Samira Wellowbank',
    reader: 'independent-contact',
    about: ['portfolio-manager', 'director'],
    subject: 'A report that we were promised',
    words: 'We were promised the report on complaints in spring. Each of the two says the other has it.',
    steps: [
      reader(-31, (doing, it) =>
        concerns.acknowledge(doing, it, 'I have read it and will ask both of them.'),
      ),
      reader(-24, (doing, it) =>
        concerns.sayPlan(doing, it, 'I have asked for it in writing, with a date, without saying who asked.'),
      ),
      reader(-24, (doing, it) =>
        concerns.offerSupport(doing, it, 'Ring me whenever you like, evenings too.'),
      ),
      reader(-6, (doing, it) =>
        concerns.sayDone(doing, it, 'The report is on the agenda of the next board meeting.'),
      ),
    ],
  },
  {
    on: -21,
    code: '24681357902468135790',
    reader: 'director',
    subject: 'A letter that was opened',
    words:
      'My letter to the network was open when it reached the co-ordinator. I do not want to say who I am.',
    steps: [
      reader(-17, (doing, it) =>
        concerns.acknowledge(doing, it, 'Thank you. Could you send a photo of the envelope?'),
      ),
      raiser(-14, (doing, it) =>
        concerns.writeMore(doing, it, 'Here is the envelope.', [
          { name: 'envelope.png', type: 'image/png', bytes: picture },
        ]),
      ),
      // What will be done is late.
    ],
  },
  {
    on: -8,
    by: 'volunteer-2',
    reader: 'portfolio-manager',
    about: ['director'],
    subject: 'How the director spoke to me',
    words: 'On the stairs she said that volunteers should be grateful to be asked at all.',
    // Nobody has said yet that it arrived: late.
    steps: [],
  },
]

const ways: readonly { name: string; about: string; reach: string }[] = [
  { name: 'In an emergency', about: 'Somebody is in danger now.', reach: 'Ring 999.' },
  {
    name: 'Safeguarding',
    about: 'An adult or a child may be harmed or neglected.',
    reach: 'Ring the social services of the council where they live.',
  },
  {
    name: 'Patient Advice and Liaison Service (PALS)',
    about: 'Something about your own care, or of somebody close to you.',
    reach: 'Each hospital has one. Ask at its main desk.',
  },
  {
    name: 'Freedom to Speak Up guardian',
    about: 'You work or volunteer for a Trust and something there worries you.',
    reach: 'Each Trust has one. Ask for the name at the Trust.',
  },
]

export const concernsScenes = (slug: string): Scene[] =>
  slug !== 'wmin'
    ? []
    : [
        {
          day: -170,
          order: 3_000,
          about: 'the independent contact is named',
          async play(world, at) {
            const doing = doingAt(world, 'administrator', at)
            const contact = personId(world, 'independent-contact')
            took(
              world,
              'independent contact',
              await concerns.nameIndependentContact(
                doing,
                contact,
                'Ring 0121 496 0134. Ruth was a hospital chaplain for 20 years.',
                day(world, -170),
              ),
            )
            for (const way of ways) await concerns.writeWay(doingAt(world, 'co-ordinator', at), way)
          },
        },
        ...stories.flatMap(scenesOf),
        ...endingScenes,
      ]

function scenesOf(story: ConcernStory, at: number): Scene[] {
  const refs = new Map<World, string>()
  const about = `a concern to the ${story.reader}`
  return [
    {
      day: story.on,
      order: 3_010 + at * 20,
      about,
      async play(world, now) {
        const doing = doingAt(world, story.by, now)
        const done = await concerns.raiseConcern(doing, {
          subject: story.subject,
          words: story.words,
          wish: story.wish ?? '',
          aboutIds: (story.about ?? []).map(each => personId(world, each)),
          readerId: personId(world, story.reader),
          code: story.code,
        })
        if (took(world, about, done) && done.accepted) refs.set(world, done.ref)
      },
    },
    ...story.steps.map(
      (step, n): Scene => ({
        day: step.day,
        order: 3_011 + at * 20 + n,
        about,
        async play(world, now) {
          const ref = refs.get(world)
          if (ref === undefined) return
          const mine = step.who === 'raiser'
          const doing = doingAt(world, mine ? story.by : story.reader, now)
          const done = await concerns.inConcern(doing, ref, mine ? story.code : undefined, it =>
            step.take(doing, it),
          )
          took(world, about, done)
        },
      }),
    ),
  ]
}

interface EndingStory {
  readonly on: number
  readonly person: string
  readonly by: string
  readonly reason: string
  readonly steps: readonly {
    readonly day: number
    readonly who: string
    take(doing: Doing, ending: endings.LoadedEnding): Promise<endings.Done>
  }[]
}

const endingStories: readonly EndingStory[] = [
  {
    on: -58,
    person: 'Bettina Crowhurst',
    by: 'portfolio-manager',
    reason: 'We have not been able to reach you since last summer, by phone or by letter.',
    steps: [
      {
        day: -52,
        who: 'portfolio-manager',
        take: (doing, it) =>
          endings.replyToEnding(doing, it, 'I moved and my number changed. I would like to stay.'),
      },
      {
        day: -50,
        who: 'director',
        take: (doing, it) =>
          endings.decideEnding(doing, it, {
            outcome: 'stays',
            words: 'We are sorry that we lost you. We have your new number now.',
            lastDay: null,
          }),
      },
    ],
  },
  {
    // Nobody replied, and the decision waits.
    on: -24,
    person: 'Geraint Foxcote',
    by: 'director',
    reason:
      'A post of yours on a social network told what another volunteer said about her illness in a meeting.',
    steps: [],
  },
]

const endingScenes: readonly Scene[] = endingStories.flatMap((story, at): Scene[] => {
  const ids = new Map<World, number>()
  const about = `the place of ${story.person}`
  return [
    {
      day: story.on,
      order: 3_200 + at * 10,
      about,
      async play(world, now) {
        const done = await endings.openEnding(doingAt(world, story.by, now), {
          personId: personId(world, story.person),
          membershipId: null,
          reason: story.reason,
        })
        if (took(world, about, done) && done.accepted) ids.set(world, done.id)
      },
    },
    ...story.steps.map(
      (step, n): Scene => ({
        day: step.day,
        order: 3_201 + at * 10 + n,
        about,
        async play(world, now) {
          const doing = doingAt(world, step.who, now)
          const loaded = await endings.loadEnding(doing, String(ids.get(world)), { forChange: true })
          if (loaded) took(world, about, await step.take(doing, loaded))
        },
      }),
    ),
  ]
})
