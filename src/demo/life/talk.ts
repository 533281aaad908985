import { asPerson, type Doing } from '#platform/doing.ts'
import { offerBuddies, sayYes, wishForBuddy } from '#slices/buddies/index.ts'
import { beginThread, type Said, type To, writeInThread } from '#slices/messages/index.ts'
import {
  beginBringing,
  beginTopic,
  loadPost,
  loadSpace,
  openElection,
  openSpace,
  reportPost,
  type Space,
  stand,
  voteFor,
  writePost,
} from '#slices/own-space/index.ts'
import { sayTrust } from '#slices/trust-contacts/index.ts'
import { doingAt, groupId, known, personId, type Scene, took, type World } from './world.ts'

/** Messages, buddies, the volunteers’ own space and Trust contacts. All of it is invented. */
export const talkScenes = (slug: string): Scene[] =>
  slug === 'wmin'
    ? [...theirTrusts, ...talks.flatMap(scenesOf), ...theirBuddies, ...ownSpaceScenes]
    : elsewhere.flatMap(scenesOf)

/** Who speaks from which Trust; most let its contact know. */
const theirTrusts: Scene[] = (
  [
    ['Winifred Lambswick', 'the-dudley-group', true],
    ['Rosa Thistlewood', 'the-dudley-group', true],
    ['Samira Wellowbank', 'the-dudley-group', false],
  ] as const
).map(([name, trust, mayKnow], at) => ({
  day: -80,
  order: 9_000 + at,
  about: `${name} says which hospitals they know`,
  async play(world, when) {
    const given = { personId: personId(world, name), trustId: known(world.settled.trusts, trust), mayKnow }
    took(world, this.about, await sayTrust(doingAt(world, name, when), given))
  },
}))

/** A message from its first word to where it is now. */
interface Talk {
  readonly about: string
  readonly person: string
  /** A group: to who leads it. */
  readonly group?: string
  readonly words: readonly (Said & { readonly day: number; readonly by: string })[]
}

const team = 'co-ordinator'

const talks: readonly Talk[] = [
  {
    about: 'A lift to the meeting in Dudley',
    person: 'Rosa Thistlewood',
    words: [
      {
        day: -30,
        by: 'Rosa Thistlewood',
        words: 'Could somebody give me a lift from Stourbridge to the June meeting?',
      },
      {
        day: -29,
        by: team,
        words: 'Yes. A taxi is booked for you for half past eight. Does that suit you?',
        wantsAnswer: true,
      },
      { day: -28, by: 'Rosa Thistlewood', words: 'That suits me very well. Thank you.' },
      { day: -28, by: team, words: 'Good. The driver has your number.' },
    ],
  },
  {
    about: 'The letter was too small to read',
    person: 'Albert Quillfeather',
    words: [
      {
        day: -20,
        by: team,
        how: 'phone',
        words: 'I could not read your last letter. The print was far too small.',
      },
      {
        day: -19,
        by: team,
        words: 'We are sorry. We have sent it again in large type, and noted it for every letter.',
      },
    ],
  },
  {
    about: 'How long does the induction take?',
    person: 'Mei Larkspur',
    words: [
      {
        day: -2,
        by: 'Mei Larkspur',
        words: 'I work in the week. How much time should I keep free for the induction?',
      },
    ],
  },
  {
    about: 'A word about the microphones',
    person: 'Delroy Fennimore',
    words: [
      {
        day: -12,
        by: 'Delroy Fennimore',
        words: 'At the last two meetings I could not hear the people who joined online.',
      },
    ],
  },
  {
    about: 'Waiting rooms for teenagers',
    person: 'Delroy Fennimore',
    group: 'paediatric-sig',
    words: [
      {
        day: -16,
        by: 'Delroy Fennimore',
        words: 'May I bring two teenagers along to say how the room feels to them?',
      },
      {
        day: -15,
        by: 'sig-chair',
        words: 'Please do. Shall we give them the first ten minutes?',
        wantsAnswer: true,
      },
    ],
  },
]

const elsewhere: readonly Talk[] = [
  {
    about: 'A place to park',
    person: 'Juniper Blackwater',
    words: [{ day: -1, by: 'Juniper Blackwater', words: 'Is there a place to park near the door?' }],
  },
]

function scenesOf(talk: Talk, at: number): Scene[] {
  let thread: number | undefined
  const take = async (world: World, doing: Doing, said: Said) => {
    if (thread !== undefined) return await writeInThread(doing, thread, said)
    const to: To = talk.group ? { kind: 'chair', groupId: groupId(world, talk.group) } : { kind: 'team' }
    const begun = await beginThread(doing, {
      ...said,
      to,
      personId: personId(world, talk.person),
      subject: talk.about,
    })
    if (begun.accepted) thread = begun.id
    return begun
  }
  return talk.words.map(({ day, by, ...said }, nth) => ({
    day,
    order: 9_100 + at * 10 + nth,
    about: talk.about,
    play: async (world, when) =>
      void took(world, talk.about, await take(world, doingAt(world, by, when), said)),
  }))
}

const step = (
  day: number,
  who: string,
  about: string,
  take: (world: World, doing: Doing) => Promise<{ accepted: boolean; sentence?: string }>,
): Omit<Scene, 'order'> => ({
  day,
  about,
  play: async (world, when) => void took(world, about, await take(world, doingAt(world, who, when))),
})

const wishes = (day: number, who: string, words: string, by?: string) =>
  step(day, by ?? who, `${who} would like a buddy`, (world, doing) =>
    wishForBuddy(doing, { personId: personId(world, who), words, how: by ? 'phone' : 'web' }),
  )
const offers = (day: number, one: string, other: string) =>
  step(day, team, `${one} and ${other} are offered each other`, (world, doing) =>
    offerBuddies(doing, { one: personId(world, one), other: personId(world, other) }),
  )
const agrees = (day: number, who: string, one: string, side: 'one' | 'other') =>
  step(day, who, `${who} would like this buddy`, async (world, doing) =>
    sayYes(doing, await pairOf(world, one), { side, showsPhone: true, recorded: false }),
  )

async function pairOf(world: World, one: string): Promise<number> {
  const found = await world.tx
    .selectFrom('buddy_pair')
    .select('id')
    .where('one_person_id', '=', personId(world, one))
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
  return found.id
}

/** One pair that is together, an offer that waits, and somebody who has waited too long. */
const theirBuddies: Scene[] = [
  wishes(-14, 'Mei Larkspur', 'Somebody who has been to a board meeting and can tell me how it goes.'),
  offers(-13, 'Mei Larkspur', 'Rosa Thistlewood'),
  agrees(-12, 'Rosa Thistlewood', 'Mei Larkspur', 'other'),
  agrees(-11, 'Mei Larkspur', 'Mei Larkspur', 'one'),
  step(-10, 'Rosa Thistlewood', 'a word between two buddies', async (world, doing) => {
    const rosa = personId(world, 'Rosa Thistlewood')
    return await asPerson(doing, rosa, async () => {
      const { id } = await world.tx
        .selectFrom('message_thread')
        .select('id')
        .where('pair_id', '=', await pairOf(world, 'Mei Larkspur'))
        .executeTakeFirstOrThrow()
      return await writeInThread(doing, id, {
        words: 'Welcome! Sit next to me at the next meeting, and ask me anything.',
      })
    })
  }),
  wishes(-9, 'Albert Quillfeather', 'Somebody to talk with on the phone after a meeting.', team),
  offers(-3, 'Samira Wellowbank', 'Ravi Sandlebrook'),
].map((scene, at) => ({ ...scene, order: 9_300 + at }))

/** What happens in the volunteers’ own space, in the name of one of them: the database shows it to nobody else. */
const inSpace = (
  day: number,
  who: string,
  about: string,
  take: (world: World, doing: Doing, space: Space) => Promise<{ accepted: boolean; sentence?: string }>,
) =>
  step(day, who, about, (world, doing) =>
    asPerson({ tx: doing.tx, today: world.settled.today }, personId(world, who), async () => {
      const opened = await openSpace(doing, null)
      const space = opened.accepted ? await loadSpace(doing.tx, opened.id) : undefined
      return space ? await take(world, doing, space) : { accepted: false, sentence: 'there is no space' }
    }),
  )

const topicOf = async (doing: Doing, title: string): Promise<number> =>
  (
    await doing.tx
      .selectFrom('own_space_topic')
      .select('id')
      .where('title', '=', title)
      .executeTakeFirstOrThrow()
  ).id

const begins = (day: number, who: string, title: string, words: string) =>
  inSpace(day, who, `${who} begins a topic`, (_world, doing, space) =>
    beginTopic(doing, space, { title, words }),
  )
const replies = (day: number, who: string, title: string, words: string) =>
  inSpace(day, who, `${who} answers`, async (_world, doing, space) =>
    writePost(doing, space, await topicOf(doing, title), { words }),
  )
const stands = (day: number, who: string, words: string) =>
  inSpace(day, who, `${who} stands for moderator`, async (_world, doing, space) =>
    stand(doing, space, await electionOf(doing), words),
  )
const votes = (day: number, who: string, ...names: string[]) =>
  inSpace(day, who, `${who} votes for a moderator`, async (world, doing, space) =>
    voteFor(
      doing,
      space,
      await electionOf(doing),
      names.map(name => personId(world, name)),
    ),
  )

const electionOf = (doing: Doing) =>
  doing.tx
    .selectFrom('own_space_election')
    .select(['id as electionId', 'stand_until as standUntil', 'vote_until as voteUntil'])
    .where('counted_on', 'is', null)
    .executeTakeFirstOrThrow()

const first = 'Before the first meeting'
const buses = 'Which bus goes to the meeting in June?'

/** An elected moderator, talk between volunteers, a report that waits, and something that collects names. */
const ownSpaceScenes: Scene[] = [
  begins(
    -75,
    'Rosa Thistlewood',
    first,
    'What do you wish somebody had told you before your first board meeting?',
  ),
  replies(
    -74,
    'Delroy Fennimore',
    first,
    'That you may ask what every short word means. I waited half a year.',
  ),
  replies(-73, 'Samira Wellowbank', first, 'That nobody minds if you say: I need to think about that.'),
  inSpace(-70, 'Delroy Fennimore', 'an election begins', (_world, doing, space) =>
    openElection(doing, space),
  ),
  stands(-68, 'Samira Wellowbank', 'I read slowly and kindly.'),
  stands(-67, 'Ravi Sandlebrook', 'I have moderated a choir.'),
  votes(-60, 'Rosa Thistlewood', 'Samira Wellowbank', 'Ravi Sandlebrook'),
  votes(-59, 'Delroy Fennimore', 'Samira Wellowbank'),
  begins(-6, 'Geraint Foxcote', buses, 'I come by train. Is it far from the station?'),
  replies(
    -5,
    'Ravi Sandlebrook',
    buses,
    'Ten minutes, and anybody who cannot walk that should stay at home.',
  ),
  inSpace(-5, 'Rosa Thistlewood', 'a post is reported', async (_world, doing, space) => {
    const { id } = await doing.tx
      .selectFrom('own_space_post')
      .select('id')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow()
    const post = await loadPost(doing.tx, space, String(id))
    return post
      ? await reportPost(doing, post, 'It hurts those of us who use a wheelchair.')
      : { accepted: false, sentence: 'there is no post' }
  }),
  inSpace(-4, 'Delroy Fennimore', 'something is brought out', (_world, doing, space) =>
    beginBringing(doing, space, {
      words: 'Every meeting should end early enough for the last direct bus, and say so in the invitation.',
      kind: 'idea',
      naming: 'named',
    }),
  ),
].map((scene, at) => ({ ...scene, order: 9_400 + at }))
