import { sql } from 'kysely'
import type { Doing } from '#platform/doing.ts'
import * as agreements from '#slices/agreements/index.ts'
import * as induction from '#slices/induction/index.ts'
import * as interests from '#slices/interests/index.ts'
import * as learning from '#slices/learning/index.ts'
import { atHour } from '../calendar.ts'
import { day, doingAt, personId, type Scene, took, type World } from './world.ts'

/** Induction, learning, the word list and agreements. All of it is invented. */
export const inductionScenes = (slug: string): Scene[] => (slug === 'wmin' ? wmin : elsewhere)

const team = 'co-ordinator'
const mei = 'volunteer-3'
/** What voting needs, from this day on. */
const forVoting = ['confidentiality', 'conflicts-of-interest']
const votingNeeds = -150

type Told = Promise<{ accepted: boolean; sentence?: string } | { sentence: string } | undefined | unknown>

/** Somebody does something on a day; what the product refuses is counted. */
const does = (
  onDay: number,
  who: string | undefined,
  about: string,
  step: (doing: Doing, world: World) => Told,
  order = 3_000,
): Scene => ({
  day: onDay,
  order,
  about,
  async play(world, at) {
    const done = await step(doingAt(world, who, at), world)
    if (typeof done === 'object' && done !== null && ('accepted' in done || 'sentence' in done))
      took(world, about, done as { sentence: string })
  },
})

/** What every network begins with. */
const begins = (onDay: number, who: string): Scene =>
  does(onDay, who, 'modules, agreements and words to begin with', async doing => {
    await induction.giveDefaultModules(doing)
    await agreements.giveDefaultAgreements(doing)
    await learning.giveDefaultWords(doing)
  })

/** Everybody with a place on that day. */
async function members({ tx, today }: Doing, roles: readonly string[] = []): Promise<number[]> {
  const found = await sql<{ id: number }>`select distinct m.person_id as id from membership m
    where m.from_on <= ${today} and (m.to_on is null or m.to_on >= ${today})
      and (${roles.length} = 0 or m.role = any(${[...roles]}::text[])) order by 1`.execute(tx)
  return found.rows.map(each => each.id)
}

const neededForVoting = (module: string): Scene =>
  does(-172, team, `voting needs ${module}`, async (doing, world) => {
    const loaded = (await induction.loadModule(doing, module, { forChange: true }))!
    return await induction.setModuleRules(doing, loaded, {
      roles: loaded.roles,
      votingFrom: day(world, votingNeeds),
      ended: false,
    })
  })

const anInterest = (world: World, since: number) => ({
  type: 'financial' as const,
  conflict: 'potential' as const,
  whose: '',
  otherNames: '',
  from: day(world, since),
  to: null,
  trustId: null,
  projectId: null,
})

let planned = new Map<string, number>()

const session = (onDay: number, inDays: number, module: string | undefined, title = '', about = ''): Scene =>
  does(onDay, team, `plans a session: ${module ?? title}`, async (doing, world) => {
    const done = await induction.planSession(doing, {
      module,
      title,
      about,
      startsAt: atHour(day(world, inDays), 10).add({ minutes: 30 }),
      place: 'Online, or ring in',
    })
    if (done.accepted)
      planned = new Map(planned).set(`${world.settled.slug} ${inDays} ${module ?? title}`, done.state.id)
    return done
  })

const sessionId = (world: World, inDays: number, what: string): number =>
  planned.get(`${world.settled.slug} ${inDays} ${what}`) ?? -1

/** All who were members came, and said that it is clear to them. */
const everybodyCame = (inDays: number, module: string): Scene =>
  does(inDays + 1, team, `who came: ${module}`, async (doing, world) => {
    const came = await members(doing)
    return await induction.noteWhoCame(
      doing,
      {
        id: sessionId(world, inDays, module),
        moduleSlug: module,
        startsAt: doing.now.subtract({ hours: 20 }),
      },
      { came, clear: came },
    )
  })

const signs = (onDay: number, who: string, module: string, by: 'self' | 'told' | 'team'): Scene =>
  does(onDay, by === 'self' ? who : team, `${who}: ${module}`, (doing, world) =>
    induction.signModule(doing, personId(world, who), module, {
      by: by === 'team' ? 'team' : 'person',
      how: by === 'self' ? 'self' : 'told',
    }),
  )

/** Read and agreed by everybody who is asked, but for those who wait, or would like to talk first. */
const agreed = (
  onDay: number,
  agreement: string,
  roles: readonly string[],
  without: readonly string[],
): Scene =>
  does(onDay, team, `agree to ${agreement}`, async (doing, world) => {
    const not = without.map(each => personId(world, each))
    for (const id of await members(doing, roles)) {
      if (not.includes(id)) continue
      const done = await agreements.answerAgreement(doing, id, {
        agreement,
        number: 1,
        answer: 'agreed',
        words: '',
        how: 'in-person',
      })
      if (!done.accepted) return done
    }
  })

const says = (
  onDay: number,
  who: string,
  agreement: string,
  number: number,
  answer: 'agreed' | 'talk-first',
  words = '',
): Scene =>
  does(onDay, who, `${who} about ${agreement}`, (doing, world) =>
    agreements.answerAgreement(doing, personId(world, who), { agreement, number, answer, words, how: 'web' }),
  )

const newConduct: Scene = does(-14, team, 'a new version of the code of conduct', async (doing, world) => {
  const loaded = (await agreements.loadAgreement(doing, 'conduct', { forChange: true }))!
  const before = loaded.versions[0]!
  return await agreements.publishVersion(doing, loaded, {
    title: before.title,
    body: `${before.body}\n\n## In online meetings\n\n- We say our name before we speak.\n- Nobody needs to switch a camera on.`,
    whatChanged: 'There is a part about online meetings now.',
    fromOn: day(world, -12),
    agreeBy: day(world, 16),
  })
})

interface WishStory {
  readonly by: string
  readonly on: number
  readonly words: string
  readonly how?: 'web' | 'phone' | 'post'
  readonly answered?: {
    readonly on: number
    readonly title: string
    readonly answer: string
    readonly shared: boolean
  }
  readonly session?: { readonly on: number; readonly inDays: number; readonly what: string }
}

const wishes: readonly WishStory[] = [
  {
    by: 'volunteer-1',
    on: -96,
    words: 'How the board decides which scanner is bought, and who pays for it.',
    answered: {
      on: -90,
      title: 'Who decides about a new scanner?',
      answer:
        'Each Trust buys its own scanners. The board of the network says where one is needed most, because it sees all hospitals together.\n\nThe money comes from the Trust, or from NHS England when there is a national plan. Buying follows rules that keep it fair: that is called procurement.',
      shared: true,
    },
  },
  {
    by: 'Albert Quillfeather',
    on: -64,
    how: 'phone',
    words: 'What a radiologist does all day, because nobody ever sees one.',
    answered: {
      on: -58,
      title: 'What does a radiologist do?',
      answer:
        'A radiologist is a doctor who reads images and writes down what they show. Most of the day that is done at a screen, often for people in several hospitals.\n\nSome radiologists also treat people, guided by images. That is called interventional radiology.',
      shared: true,
    },
  },
  {
    by: 'volunteer-2',
    on: -30,
    words: 'What “artificial intelligence” reads on our images, and who checks it.',
    session: { on: -24, inDays: 11, what: 'Computers that read images' },
  },
  { by: 'Kofi Rushmere', on: -22, words: 'How long images are kept, and who may look at them.' },
  { by: mei, on: -3, words: 'How to read a paper with many figures in it.' },
]

const wishScenes = (it: WishStory): Scene[] => {
  let id = 0
  const how = it.how ?? 'web'
  const load = async (doing: Doing) => (await learning.loadWish(doing, id, { forChange: true }))!
  const { answered, session: into } = it
  return [
    does(it.on, how === 'web' ? it.by : team, `would like to know: ${it.words}`, async (doing, world) => {
      id = (await learning.wishToKnow(doing, { personId: personId(world, it.by), words: it.words, how })).id
    }),
    ...(answered
      ? [
          does(answered.on, team, `answers: ${answered.title}`, async doing =>
            learning.answerWish(doing, await load(doing), {
              title: answered.title,
              answer: answered.answer,
              shares: true,
            }),
          ),
          ...(answered.shared
            ? [
                does(answered.on + 1, it.by, `shares: ${answered.title}`, async doing =>
                  learning.shareWish(doing, await load(doing), true),
                ),
              ]
            : []),
        ]
      : []),
    ...(into
      ? [
          does(into.on, team, `a session for: ${it.words}`, async (doing, world) => {
            const found = await doing.tx
              .selectFrom('learning_session')
              .select(['id', 'title', 'starts_at', 'place'])
              .where('id', '=', sessionId(world, into.inDays, into.what))
              .executeTakeFirst()
            return await learning.putWishInSession(doing, await load(doing), found)
          }),
        ]
      : []),
  ]
}

const asksWord = (onDay: number, who: string | undefined, word: string, whereSeen: string): Scene =>
  does(onDay, who, `asks for “${word}”`, doing => learning.askForWord(doing, { word, whereSeen }))

let talks = -1

/** A supplier with what is done about it, and one who fears for her safety. */
const interestScenes: readonly Scene[] = [
  does(-80, 'board-member-2', 'declares Lumen Scan Supplies', async (doing, world) => {
    const done = await interests.declareInterest(doing, personId(world, 'board-member-2'), {
      ...anInterest(world, -90),
      organisation: 'Lumen Scan Supplies',
      organisationKind: 'supplier',
      what: 'I am paid to give two talks a year.',
    })
    if (done.accepted) talks = done.state.id
    return done
  }),
  does(-78, team, 'what is done about Lumen Scan Supplies', async doing =>
    interests.sayWhatIsDone(
      doing,
      (await interests.loadInterest(doing, talks, { forChange: true }))!,
      'Leaves the room when this supplier is talked about.',
    ),
  ),
  does(-6, 'Samira Wellowbank', 'asks to keep an interest out of the public register', (doing, world) =>
    interests.declareInterest(doing, personId(world, 'Samira Wellowbank'), {
      ...anInterest(world, -20),
      type: 'non-financial-personal',
      organisation: 'Quiet Harbour',
      organisationKind: 'charity',
      what: 'I help there on Sundays.',
      withholdBecause: 'Somebody must not find out where I am on Sundays.',
    }),
  ),
]

const wmin: Scene[] = [
  begins(-175, team),
  ...forVoting.map(neededForVoting),
  ...[...forVoting, 'how-the-network-works'].flatMap((module, n) => [
    session(-171, -162 + n * 3, module),
    everybodyCame(-162 + n * 3, module),
  ]),
  // Who came later does it alone, or by phone.
  ...[...forVoting, 'how-the-network-works', 'this-service'].flatMap(module => [
    signs(-146, 'Samira Wellowbank', module, 'self'),
    signs(-143, 'Samira Wellowbank', module, 'team'),
  ]),
  // Mei is on her way: one part is finished, one waits for the team, and what voting needs is still to do.
  signs(-20, mei, 'this-service', 'self'),
  signs(-18, mei, 'this-service', 'team'),
  signs(-5, mei, 'confidentiality', 'self'),
  session(-10, 9, 'meetings'),
  does(-8, mei, 'takes a place', (doing, world) =>
    induction.takePlace(doing, sessionId(world, 9, 'meetings'), personId(world, mei)),
  ),
  agreed(-158, 'role', ['volunteer'], []),
  agreed(-158, 'confidentiality', [], []),
  agreed(-157, 'conduct', [], ['Ewan Tidebrook', 'Lionel Garrowby']),
  says(-150, 'Ewan Tidebrook', 'conduct', 1, 'talk-first', 'Does this hold in my own hospital, too?'),
  newConduct,
  says(-9, 'volunteer-1', 'conduct', 2, 'agreed'),
  says(-8, 'board-chair', 'conduct', 2, 'agreed'),
  session(
    -26,
    11,
    undefined,
    'Computers that read images',
    'What they can do, what they cannot, and who checks them.',
  ),
  ...wishes.flatMap(wishScenes),
  asksWord(-60, 'Geraint Foxcote', 'Elastography', 'In a paper of the MRI SIG'),
  does(-55, team, 'explains a word', doing =>
    learning.explainWord(doing, {
      word: 'Elastography',
      also: '',
      meaning: 'A scan that shows how stiff a part of the body is.',
    }),
  ),
  asksWord(-24, 'Ravi Sandlebrook', 'Dosimetry', 'Somebody said it in a meeting'),
  asksWord(-2, undefined, 'Gantry', 'On a leaflet'),
  ...interestScenes,
]

const elsewhere: Scene[] = [begins(-40, 'other-co-ordinator')]
