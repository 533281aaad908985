import type { Instant } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import * as registration from '#slices/registration/index.ts'
import { day, doingAt, groupId, personId, type Scene, took, type World } from './world.ts'

/** Somebody who would like to take part, from the first word to where it is now. All of it is invented. */
interface ApplicationStory {
  readonly on: number
  readonly how: 'web' | 'phone'
  readonly answers: registration.Answers
  readonly steps: readonly Step[]
}

interface Step {
  readonly day: number
  take(
    doing: Doing,
    loaded: registration.LoadedApplication,
    world: World,
  ): Promise<{ accepted: boolean; sentence?: string }>
}

const spokeWith = (onDay: number, said: string): Step => ({
  day: onDay,
  take: (doing, loaded) => registration.noteConversation(doing, loaded, { said, spokenOn: doing.today }),
})
const saidYes = (onDay: number, group: string): Step => ({
  day: onDay,
  take: (doing, loaded, world) =>
    registration.accept(doing, loaded, { groupId: groupId(world, group), voting: false, lay: true }),
})
const saidNo = (onDay: number, reason: string, words: string): Step => ({
  day: onDay,
  take: (doing, loaded) => registration.decline(doing, loaded, { reason, words }),
})
const later = (onDay: number, until: number, why: string): Step => ({
  day: onDay,
  take: (doing, loaded, world) => registration.keepInTouch(doing, loaded, { why, until: day(world, until) }),
})
const tookBack = (onDay: number): Step => ({ day: onDay, take: registration.withdraw })

const stories: readonly ApplicationStory[] = [
  {
    on: -60,
    how: 'web',
    answers: {
      name: 'Tobias Penhallow',
      channel: 'email',
      contact: 'tobias.penhallow@example.org',
      words: 'I have had more scans than hot dinners and I have things to say.',
      help: '',
    },
    steps: [spokeWith(-57, 'Would like the CT group. Has time on Thursdays.'), saidYes(-55, 'ct-sig')],
  },
  {
    on: -40,
    how: 'phone',
    answers: {
      name: 'Ida Marchbanks',
      channel: 'phone',
      contact: '0121 496 0141',
      words: 'My husband waited too long. I would like that nobody else does.',
      help: 'Please ring after eleven.',
    },
    steps: [
      spokeWith(-37, 'Still grieving. We agreed to speak again when she is ready.'),
      later(-36, 25, 'She asked for some time.'),
    ],
  },
  {
    on: -33,
    how: 'web',
    answers: {
      name: 'Leopold Grainger',
      channel: 'email',
      contact: 'leopold.grainger@example.org',
      words: 'I sell scanners and would like to join the board.',
      help: '',
    },
    steps: [
      spokeWith(-30, 'Works for a firm that sells to the Trusts.'),
      saidNo(
        -29,
        'Sells to the Trusts of the network',
        'You sell to our hospitals, so you cannot have a vote here. You are welcome at the public meetings.',
      ),
    ],
  },
  {
    on: -20,
    how: 'web',
    answers: {
      name: 'Farida Holmbrook',
      channel: 'text',
      contact: '07700 900141',
      words: '',
      help: 'I use a wheelchair. I need a lift and a door that opens.',
    },
    steps: [spokeWith(-6, 'Would like the Paediatric SIG: her son has many X-rays.')],
  },
  {
    on: -12,
    how: 'web',
    answers: {
      name: 'Rhys Tillingham',
      channel: 'email',
      contact: 'rhys.tillingham@example.org',
      words: 'I saw the poster.',
      help: '',
    },
    steps: [],
  },
  {
    on: -25,
    how: 'web',
    answers: {
      name: 'Nell Cartwheel',
      channel: 'email',
      contact: 'nell.cartwheel@example.org',
      words: 'Not sure yet.',
      help: '',
    },
    steps: [tookBack(-22)],
  },
  {
    on: -1,
    how: 'web',
    answers: {
      name: 'Oskar Bellweather',
      channel: 'post',
      contact: '3 Made-up Close, Walsall',
      words: 'I am 84 and have time.',
      help: 'Large print.',
    },
    steps: [],
  },
]

export function applicationScenes(order: number): Scene[] {
  // The one whom somebody can sign in as.
  const applicant: Scene = {
    day: -3,
    order,
    about: 'applicant-1',
    async play(world, at) {
      await registration.applyFor(
        doingAt(world, undefined, at),
        personId(world, 'applicant-1'),
        'I had an MRI last year and would like to help to make it less frightening.',
      )
    },
  }
  return [
    applicant,
    ...stories.flatMap((story, n) => {
      let id = 0
      const first: Scene = {
        day: story.on,
        order: order + n + 1,
        about: story.answers.name,
        async play(world, at) {
          const doing = doingAt(world, story.how === 'phone' ? 'co-ordinator' : undefined, at)
          id = (await registration.register(doing, story.answers, { how: story.how })).id
        },
      }
      const rest = story.steps.map((step, m) => ({
        day: step.day,
        order: order + n + 1 + (m + 1) / 100,
        about: story.answers.name,
        async play(world: World, at: Instant) {
          const loaded = await registration.loadApplication(world.tx, { id }, { forChange: false })
          const about = `${story.answers.name}, ${step.day}`
          if (loaded) took(world, about, await step.take(doingAt(world, 'co-ordinator', at), loaded, world))
          else world.refusals.push(about)
        },
      }))
      return [first, ...rest]
    }),
  ]
}
