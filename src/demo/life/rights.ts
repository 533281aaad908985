import { answerWish, askFirst, loadWish, wishFor } from '#slices/my-data/index.ts'
import * as registration from '#slices/registration/index.ts'
import { askToLeave, type LeavingWish, rest, thankFor } from '#slices/withdrawal/index.ts'
import { day, doingAt, groupId, personId, type Scene, took, type World } from './world.ts'

/** Somebody who was welcomed once and leaves, or rests. All of it is invented. */
interface Goodbye {
  readonly name: string
  readonly channel: 'email' | 'phone' | 'post'
  readonly contact: string
  readonly group: string
  readonly welcomed: number
  readonly leaves?: { readonly on: number; readonly asked: number; readonly wish: Partial<LeavingWish> }
  readonly thanked?: { readonly on: number; readonly by: string; readonly words: string }
  readonly rests?: { readonly on: number; readonly until: number }
}

const goodbyes: readonly Goodbye[] = [
  {
    name: 'Gwendolyn Marshbank',
    channel: 'email',
    contact: 'gwendolyn.marshbank@example.org',
    group: 'ct-sig',
    welcomed: -120,
    leaves: { on: -32, asked: -32, wish: { reason: 'I move to be near my daughter.', remembered: true } },
    thanked: {
      on: -30,
      by: 'portfolio-manager',
      words:
        'You always asked what a page says to somebody who is frightened. We still ask it. Thank you, Gwendolyn.',
    },
  },
  {
    // Nobody has thanked him yet, and the day is over.
    name: 'Barnaby Oxlade',
    channel: 'phone',
    contact: '0121 496 0151',
    group: 'mri-sig',
    welcomed: -110,
    leaves: { on: -11, asked: -11, wish: {} },
  },
  {
    name: 'Ines Fairweather',
    channel: 'email',
    contact: 'ines.fairweather@example.org',
    group: 'ct-sig',
    welcomed: -80,
    leaves: { on: -18, asked: -18, wish: { thanksWanted: false, answersWanted: false, views: 'anonymous' } },
  },
  {
    // Leaves on a day that is still to come, and can stay after all.
    name: 'Cuthbert Wrenfield',
    channel: 'post',
    contact: '9 Made-up Row, Sandwell',
    group: 'plain-film-sig',
    welcomed: -95,
    leaves: { on: 24, asked: -4, wish: { how: 'post', remembered: true } },
  },
  {
    name: 'Marigold Ashdown',
    channel: 'email',
    contact: 'marigold.ashdown@example.org',
    group: 'plain-film-sig',
    welcomed: -70,
    rests: { on: -6, until: 30 },
  },
]

async function idOf(world: World, name: string): Promise<number> {
  const row = await world.tx
    .selectFrom('person')
    .select('id')
    .where('name', '=', name)
    .executeTakeFirstOrThrow()
  return row.id
}

function scenesOf(it: Goodbye, order: number): Scene[] {
  const about = it.name
  const welcome: Scene = {
    day: it.welcomed,
    order,
    about,
    async play(world, at) {
      const doing = doingAt(world, 'co-ordinator', at)
      const answers = { name: it.name, channel: it.channel, contact: it.contact, words: '', help: '' }
      const { id } = await registration.register(doing, answers, { how: 'phone' })
      const load = () => registration.loadApplication(world.tx, { id }, { forChange: false })
      const first = await load()
      took(
        world,
        about,
        await registration.noteConversation(doing, first!, {
          said: 'Would like to help.',
          spokenOn: doing.today,
        }),
      )
      const second = await load()
      const place = { groupId: groupId(world, it.group), voting: false, lay: true }
      took(world, about, await registration.accept(doing, second!, place))
    },
  }
  const { leaves, thanked, rests } = it
  return [
    welcome,
    ...(leaves
      ? [
          {
            day: leaves.asked,
            order: order + 0.1,
            about,
            async play(world: World, at: Parameters<Scene['play']>[1]) {
              const doing = doingAt(world, leaves.wish.how ? 'co-ordinator' : undefined, at)
              const onDay = leaves.on === leaves.asked ? doing.today : day(world, leaves.on)
              const wish = { ...usual, ...leaves.wish, onDay }
              took(world, about, await askToLeave(doing, world.slices, await idOf(world, it.name), wish))
            },
          },
        ]
      : []),
    ...(thanked
      ? [
          {
            day: thanked.on,
            order: order + 0.2,
            about,
            async play(world: World, at: Parameters<Scene['play']>[1]) {
              const row = await world.tx
                .selectFrom('leaving')
                .selectAll()
                .where('person_id', '=', await idOf(world, it.name))
                .executeTakeFirstOrThrow()
              took(world, about, await thankFor(doingAt(world, thanked.by, at), row, thanked.words))
            },
          },
        ]
      : []),
    ...(rests
      ? [
          {
            day: rests.on,
            order: order + 0.3,
            about,
            async play(world: World, at: Parameters<Scene['play']>[1]) {
              const doing = doingAt(world, undefined, at)
              await rest(doing, await idOf(world, it.name), {
                from: doing.today,
                until: day(world, rests.until),
              })
            },
          },
        ]
      : []),
  ]
}

const usual: Omit<LeavingWish, 'onDay'> = {
  answersWanted: true,
  views: 'as-they-are',
  thanksWanted: true,
  remembered: false,
  reason: '',
  how: 'web',
}

/** Wishes about data: one done, one late, one that waits for an answer, one just in. */
function wishScenes(order: number): Scene[] {
  return [
    {
      day: -45,
      order,
      about: 'a correction',
      async play(world, at) {
        const number = await wishFor(doingAt(world, 'volunteer-2', at), {
          kind: 'correct',
          words: 'My name is Delroy with one e before the l.',
          how: 'web',
          whose: { personId: personId(world, 'volunteer-2') },
        })
        const loaded = await loadWish(world.tx, number, { forChange: false })
        const answer = { done: true, words: 'You are right, and we are sorry. It is put right everywhere.' }
        took(world, 'a correction', await answerWish(doingAt(world, 'co-ordinator', at), loaded!, answer))
      },
    },
    {
      day: -20,
      order: order + 1,
      about: 'a copy by post',
      async play(world, at) {
        await wishFor(doingAt(world, 'co-ordinator', at), {
          kind: 'copy',
          words: 'Please send me on paper what you have about me.',
          how: 'post',
          whose: { name: 'Percival Thrupp', channel: 'post', address: '14 Made-up Lane, Walsall' },
        })
      },
    },
    {
      day: -7,
      order: order + 2,
      about: 'something to erase',
      async play(world, at) {
        const number = await wishFor(doingAt(world, 'volunteer-1', at), {
          kind: 'erase',
          words: 'Please take out what I told you about my illness in spring.',
          how: 'web',
          whose: { personId: personId(world, 'volunteer-1') },
        })
        const loaded = await loadWish(world.tx, number, { forChange: false })
        const asked = await askFirst(
          doingAt(world, 'co-ordinator', at),
          loaded!,
          'Do you mean the words in your idea about the waiting room, or something else?',
        )
        took(world, 'something to erase', asked)
      },
    },
  ]
}

/** Withdrawal, a time of rest, data rights and retention. */
export function rightsScenes(slug: string): Scene[] {
  if (slug !== 'wmin') {
    return [
      {
        day: -3,
        order: 5_000,
        about: 'a wish about data',
        async play(world, at) {
          await wishFor(doingAt(world, 'other-volunteer', at), {
            kind: 'object',
            words: 'Please do not send me papers of groups that I am not in.',
            how: 'web',
            whose: { personId: personId(world, 'other-volunteer') },
          })
        },
      },
    ]
  }
  return [...goodbyes.flatMap((each, n) => scenesOf(each, 5_000 + n)), ...wishScenes(5_100)]
}
