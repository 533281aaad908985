import { Temporal } from 'temporal-polyfill'
import type { Instant } from '#platform/database/tables.ts'
import { byEmail } from '#slices/by-email/index.ts'
import { countAnswers, loadFigures, questions } from '#slices/equality/index.ts'
import {
  book,
  handOver,
  joinPeople,
  loadApplication,
  offerTime,
  register,
  takeInMail,
} from '#slices/registration/index.ts'
import { addUsualRoles, changeRole, offerRole, roleBySlug } from '#slices/roles/index.ts'
import { day, doingAt, groupId, personId, type Scene, took, type World } from './world.ts'

/** How people come in: one pipeline, roles on offer, equality monitoring, where voices come from. */
export const intakeScenes = (slug: string): Scene[] =>
  slug === 'wmin'
    ? [...roleScenes, ...wayScenes, ...mailScenes, timeScene, ...equalityScenes]
    : [
        scene(-120, 'a role', (world, at) => addUsualRoles(doingAt(world, 'other-co-ordinator', at))),
        scene(-4, 'an e-mail', async (world, at) => {
          await takeInMail(doingAt(world, undefined, at), letter(marten), receivingServer)
        }),
      ]

let order = 6_000
const scene = (onDay: number, about: string, play: (world: World, at: Instant) => Promise<void>): Scene => ({
  day: onDay,
  order: ++order,
  about,
  play,
})

// What is on offer.

const roleScenes: readonly Scene[] = [
  scene(-170, 'roles', async (world, at) => {
    const doing = doingAt(world, 'co-ordinator', at)
    await addUsualRoles(doing)
    await offerRole(doing, {
      title: 'Letter reader',
      about: 'You read letters and leaflets before patients get them, and say what is not clear.',
      asked:
        'Read one letter a month, at home, when it suits you.\nSay what you would not understand, or what would worry you.',
      given:
        'The letters by post or e-mail, as you like.\nA call from the team each month, and an answer to what you said.',
      takes: 'About 1 hour a month',
      groupId: null,
    })
    const slug = await offerRole(doing, {
      title: 'Helper at an open day',
      about: 'You welcome visitors to an open day of a scan department.',
      asked: 'Be there for one afternoon.',
      given: 'Lunch, good company, and a talk with the team before.',
      takes: 'One afternoon',
      groupId: groupId(world, 'paediatric-sig'),
    })
    const role = await roleBySlug(doing.tx, slug)
    // The day is over.
    if (role) await changeRole(doing, role, { ...words(role), groupId: role.group_id, state: 'closed' })
  }),
]

const words = (role: { title: string; about: string; asked: string; given: string; takes: string }) => ({
  title: role.title,
  about: role.about,
  asked: role.asked,
  given: role.given,
  takes: role.takes,
})

// By every way; one person twice.

const timeScene: Scene = scene(-1, 'times to talk', async (world, at) => {
  const doing = doingAt(world, 'co-ordinator', at)
  for (const [days, hour] of [
    [3, 10],
    [3, 14],
    [5, 11],
  ] as const) {
    const plainTime = Temporal.PlainTime.from({ hour })
    const startsAt = day(world, days).toZonedDateTime({ timeZone: 'Europe/London', plainTime }).toInstant()
    took(world, 'a time to talk', await offerTime(doing, { startsAt, manner: 'phone', place: '' }))
  }
  const waits = await doing.tx
    .selectFrom('application')
    .select('id')
    .where('state', '=', 'received')
    .orderBy('id')
    .executeTakeFirst()
  const first = await doing.tx.selectFrom('conversation_time').select('id').orderBy('id').executeTakeFirst()
  const loaded = waits && (await loadApplication(doing.tx, { id: waits.id }, { forChange: true }))
  if (loaded && first) took(world, 'a time to talk', await book(doing, loaded, first.id))
})

let harriet: { id: number; personId: number } | undefined

const wayScenes: readonly Scene[] = [
  scene(-45, 'Percival Ambleside, by post', async (world, at) => {
    await register(
      doingAt(world, 'co-ordinator', at),
      {
        name: 'Percival Ambleside',
        channel: 'post',
        contact: '12 Invented Row, Dudley DY1 9ZZ',
        words: 'I have worn a pacemaker for twenty years and I know every corridor.',
        help: 'Please write in large letters.',
        trustId: await trustNamed(world, 'Dudley'),
        trustMayKnow: true,
        role: 'letter-reader',
      },
      { how: 'post' },
    )
  }),
  scene(-9, 'Harriet Moonbeck, by phone', async (world, at) => {
    harriet = await register(
      doingAt(world, 'co-ordinator', at),
      {
        name: 'Harriet Moonbeck',
        channel: 'phone',
        contact: '0121 496 0187',
        words: 'I have time on Tuesdays.',
        help: '',
        trustId: null,
      },
      { how: 'phone' },
    )
  }),
  scene(-8, 'Harriet Moonbeck, at an event', async (world, at) => {
    await register(
      doingAt(world, 'co-ordinator', at),
      {
        name: 'Harriett Moonbeck',
        channel: 'email',
        contact: 'harriet.moonbeck@example.org',
        words: 'We talked at the stall. I would like to read letters.',
        help: '',
        trustId: await trustNamed(world, 'Walsall'),
        role: 'letter-reader',
      },
      { how: 'event', occasion: 'Open day at the library' },
    )
  }),
  scene(-7, 'Harriet Moonbeck is one person', async (world, at) => {
    const doing = doingAt(world, 'co-ordinator', at)
    const loaded = harriet && (await loadApplication(doing.tx, { id: harriet.id }, { forChange: true }))
    const other = await doing.tx
      .selectFrom('person')
      .select('id')
      .where('name', '=', 'Harriett Moonbeck')
      .executeTakeFirst()
    if (!loaded || !other) return void world.refusals.push('Harriet Moonbeck: not found')
    took(world, 'Harriet Moonbeck', await joinPeople(doing, loaded, other.id, undefined))
    const joined = await loadApplication(doing.tx, { id: loaded.id }, { forChange: true })
    if (joined) await handOver(doing, joined, personId(world, 'portfolio-manager'))
  }),
  scene(-2, 'Barnaby Quillfeather, twice, not yet seen', async (world, at) => {
    for (const name of ['Barnaby Quillfeather', 'Barnaby Quilfeather']) {
      await register(doingAt(world, undefined, at), {
        name,
        channel: 'text',
        contact: '07700 900188',
        words: 'I am deaf. I want to help to make the waiting room better.',
        help: 'Please send text messages.',
        trustId: null,
        trustMayKnow: false,
      })
    }
  }),
]

async function trustNamed(world: World, part: string): Promise<number | null> {
  const found = await world.tx
    .selectFrom('trust')
    .select('id')
    .where('name', 'like', `%${part}%`)
    .orderBy('id')
    .executeTakeFirst()
  return found?.id ?? null
}

// By e-mail: one that is what it says, one that nobody vouches for, one more from the same person, one of a program.

const receivingServer = 'mx.example.org'

interface Letter {
  readonly id: string
  readonly from: string
  readonly subject: string
  readonly words: string
  readonly headers: readonly string[]
}

const letter = (given: Letter): Uint8Array =>
  new TextEncoder().encode(
    [
      ...given.headers,
      `From: ${given.from}`,
      `To: take-part@example.org`,
      `Subject: ${given.subject}`,
      `Message-ID: <${given.id}@example.org>`,
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8',
      '',
      given.words,
      '',
    ].join('\r\n'),
  )

const vouched = [`Authentication-Results: ${receivingServer}; dmarc=pass header.from=example.org`]

const marten: Letter = {
  id: 'marten',
  from: 'Marten Oddington <marten.oddington@example.org>',
  subject: 'Your poster',
  words: 'I saw your poster in the X-ray waiting room. I would like to take part.',
  headers: vouched,
}

const letters: readonly (Letter & { day: number })[] = [
  {
    day: -6,
    id: 'sylvie',
    from: 'Sylvie Brackwater <sylvie.brackwater@example.org>',
    subject: 'Taking part',
    words:
      'Hello\n\nMy mother has a scan every year and I go with her. I would like to take part. I can come on most days after school.\n\nSylvie',
    headers: vouched,
  },
  {
    day: -5,
    id: 'somebody',
    from: 'crispin.farrowdale@example.org',
    subject: 'Interested',
    words: 'Please tell me more.',
    headers: [],
  },
  {
    day: -3,
    id: 'sylvie-again',
    from: 'Sylvie Brackwater <sylvie.brackwater@example.org>',
    subject: 'Re: Taking part',
    words: 'I forgot to say that I do not drive.',
    headers: vouched,
  },
  {
    day: -3,
    id: 'away',
    from: 'Crispin Farrowdale <crispin.farrowdale@example.org>',
    subject: 'I am away',
    words: 'I am on holiday and read e-mails next week.',
    headers: ['Auto-Submitted: auto-replied'],
  },
]

/** Of somebody we know: it becomes a view, with a receipt. Of somebody we do not know: it waits. */
const views: readonly (Letter & { day: number })[] = [
  {
    day: -1,
    id: 'rosa-view',
    from: 'Rosa Thistlewood <rosa.thistlewood@example.org>',
    subject: 'The tannoy',
    words:
      'Hello\n\nIn the waiting room for scans names are called over a loudspeaker. My neighbour cannot hear it. Could there be a screen, too?\n\n-- \nRosa Thistlewood\nSent from my iPhone',
    headers: vouched,
  },
  {
    day: -1,
    id: 'unknown-view',
    from: 'Wendeline Marshacre <wendeline.marshacre@example.org>',
    subject: 'My appointment',
    words: 'I waited two hours for my scan and nobody told me why. Why is that?',
    headers: vouched,
  },
]

const mailScenes: readonly Scene[] = [...letters, ...views].map(each =>
  scene(each.day, `e-mail ${each.id}`, async (world, at) => {
    const rooms = [byEmail(() => [])]
    const taken = await takeInMail(doingAt(world, undefined, at), letter(each), receivingServer, rooms)
    if (taken.kind === 'unreadable') world.refusals.push(`e-mail ${each.id} could not be read`)
  }),
)

// Sums of answers, and figures of the area. Both are invented.

const forms: readonly (readonly [number, number, Record<string, string>])[] = [
  [-165, 9, { age: '65-to-79', sex: 'female', 'ethnic-group': 'white', disability: 'yes-a-little' }],
  [-160, 6, { age: '80-or-over', sex: 'male', 'ethnic-group': 'white', religion: 'christian' }],
  [-155, 7, { age: '50-to-64', sex: 'female', 'ethnic-group': 'asian-asian-british-or-asian-welsh' }],
  [-110, 6, { age: '35-to-49', sex: 'male', caring: 'yes-without-pay', disability: 'no' }],
  [-105, 2, { age: '18-to-34', sex: 'female', religion: 'muslim' }],
  [-15, 4, { age: '65-to-79', sex: 'male' }],
]

const area: Readonly<Record<string, readonly number[]>> = {
  age: [230, 240, 190, 180, 120, 40],
  sex: [510, 490],
  'ethnic-group': [210, 60, 35, 660, 35],
  disability: [80, 100, 820],
  religion: [330, 4, 430, 15, 1, 150, 50, 20],
  caring: [90, 910],
}

const equalityScenes: readonly Scene[] = [
  ...forms.map(([day, count, answers], n) =>
    scene(day, 'equality answers', async (world, at) => {
      const doing = doingAt(world, undefined, at)
      for (let k = 0; k < count; k += 1) await countAnswers(doing, answers, `demonstration-${n}-${k}`)
    }),
  ),
  scene(-90, 'figures of the area', async (world, at) => {
    const figures = questions.flatMap(({ key, answers }) =>
      (area[key] ?? []).map((thousands, n) => ({
        question: key,
        answer: answers[n]!.key,
        people: thousands * 1000,
      })),
    )
    await loadFigures(
      doingAt(world, 'co-ordinator', at),
      'Made up for this demonstration, not a census',
      figures,
    )
  }),
]
