import { setSetting } from '#platform/network-settings.ts'
import * as expenses from '#slices/expenses/index.ts'
import * as priorities from '#slices/priorities/index.ts'
import * as projects from '#slices/projects/index.ts'
import * as tasks from '#slices/tasks/index.ts'
import { day, doingAt, known, personId, type Scene, took, type World } from './world.ts'

/** Tasks, projects, priorities and expenses. All of it is invented. */
export const workScenes = (slug: string): Scene[] =>
  slug === 'wmin' ? [...taskScenes, ...projectScenes, ...priorityScenes, ...expenseScenes] : elsewhere

const team = 'co-ordinator'
type Act = (
  world: World,
  doing: ReturnType<typeof doingAt>,
) => Promise<{ accepted: boolean; sentence?: string }>
const scene = (on: number, order: number, about: string, who: string, act: Act): Scene => ({
  day: on,
  order,
  about,
  play: async (world, at) => {
    took(world, about, (await act(world, doingAt(world, who, at))) as { accepted: boolean; sentence: string })
  },
})

interface TaskStory {
  /** Its number: tasks are made in this order. */
  readonly number: number
  readonly on: number
  readonly task: Omit<tasks.NewTask, 'neededBy'>
  readonly neededIn?: number
  readonly asks: readonly string[]
  readonly answers: readonly {
    readonly day: number
    readonly who: string
    readonly says: 'yes' | 'no' | 'step-back' | 'done' | 'thanks'
    readonly words?: string
    /** Written down by the team. */
    readonly told?: 'phone' | 'post'
  }[]
}

const taskStories: readonly TaskStory[] = [
  {
    number: 1,
    on: -70,
    task: {
      title: 'Read the new MRI letter before it goes out',
      what: 'We send you the letter. Mark each word that is not clear, and say what you would like to know first.',
      gives: 'The letter goes out with your words in it.',
      minutes: 60,
      places: 2,
      openTo: 'asked',
    },
    neededIn: -60,
    asks: ['volunteer-1', 'Geraint Foxcote'],
    answers: [
      { day: -69, who: 'volunteer-1', says: 'yes' },
      { day: -68, who: 'Geraint Foxcote', says: 'yes' },
      {
        day: -62,
        who: 'volunteer-1',
        says: 'done',
        words: 'The second page is all about you. It should be about me.',
      },
      { day: -61, who: 'Geraint Foxcote', says: 'done', words: 'A word of Welsh would be kind.' },
      {
        day: -59,
        who: 'volunteer-1',
        says: 'thanks',
        words: 'Rosa, we turned the whole second page round because of you. Thank you.',
      },
      {
        day: -58,
        who: 'Geraint Foxcote',
        says: 'thanks',
        words: 'Diolch, Geraint. The greeting is in both languages now.',
      },
    ],
  },
  {
    number: 2,
    on: -30,
    task: {
      title: 'Walk the way from the bus stop to the scanner',
      what: 'Take the way that a patient takes at Russells Hall Hospital, and tell us where you got lost.',
      gives: 'Tea with the team, and a map that you have made better.',
      minutes: 240,
      places: 2,
      openTo: 'everyone',
    },
    neededIn: -8,
    asks: ['Albert Quillfeather'],
    answers: [
      { day: -29, who: 'Albert Quillfeather', says: 'no', told: 'phone' },
      { day: -27, who: 'volunteer-2', says: 'yes' },
      {
        day: -10,
        who: 'volunteer-2',
        says: 'done',
        words: 'The lift has no voice. I got out on the wrong floor.',
      },
    ],
  },
  {
    number: 3,
    on: -12,
    task: {
      title: 'Tell new staff what it is like to wait',
      what: 'Ten minutes in your own words on a training day, in the room or by phone.',
      gives: 'Twenty new radiographers who will not forget it.',
      minutes: 120,
      places: 3,
      openTo: 'everyone',
    },
    neededIn: 12,
    asks: ['volunteer-1', 'Winifred Lambswick', 'Kofi Rushmere'],
    answers: [
      { day: -10, who: 'Winifred Lambswick', says: 'yes', told: 'post' },
      { day: -9, who: 'volunteer-1', says: 'yes' },
      { day: -5, who: 'volunteer-1', says: 'step-back' },
    ],
  },
  {
    number: 4,
    on: -3,
    task: {
      title: 'Choose the photos for the children’s page',
      what: 'We have twelve photos. Choose the three that would not frighten a child.',
      gives: 'Your choice is the first thing that a child sees.',
      minutes: 30,
      places: 1,
      openTo: 'asked',
    },
    neededIn: 6,
    asks: ['volunteer-2', 'volunteer-1'],
    answers: [],
  },
]

const taskScenes: Scene[] = taskStories.flatMap(story => [
  scene(story.on, 3_000, story.task.title, team, (world, doing) =>
    tasks.makeTask(doing, {
      ...story.task,
      // The clock looks at it from the day on which it was made.
      neededBy: story.neededIn === undefined ? null : day(world, story.neededIn),
    }),
  ),
  scene(story.on, 3_001, `${story.task.title}: asked`, team, (world, doing) =>
    tasks.askPeople(
      doing,
      story.number,
      story.asks.map(name => personId(world, name)),
    ),
  ),
  ...story.answers.map(({ day: on, who, says, words = '', told }, n) =>
    scene(
      on,
      3_010 + n,
      `${story.task.title}: ${who} ${says}`,
      told || says === 'thanks' ? team : who,
      (world, doing) => {
        const given = { personId: personId(world, who), how: told ?? ('web' as const), words }
        if (says === 'thanks') return tasks.thankForTask(doing, story.number, given)
        if (says === 'done') return tasks.finishTask(doing, story.number, given)
        if (says === 'step-back') return tasks.stepBackFromTask(doing, story.number, given)
        return tasks.answerTask(doing, story.number, { ...given, says })
      },
    ),
  ),
])

const brings = (
  on: number,
  project: string,
  who: string,
  kind: 'patients-and-carers' | 'clinicians' | 'managers',
  by: string,
) =>
  scene(on, 3_100, `${project}: ${who}`, by, (world, doing) =>
    projects.bringIn(doing, project, { personId: personId(world, who), kind }),
  )
const begins = (
  on: number,
  project: string,
  stage: 'plan' | 'do' | 'check' | 'share' | 'ended',
  by: string,
  because = '',
) =>
  scene(on, 3_110, `${project}: ${stage}`, by, (_world, doing) =>
    projects.beginProjectStage(doing, project, { stage, because }),
  )
const notes = (
  on: number,
  project: string,
  kind: 'decision' | 'change',
  words: string,
  by: string,
  sharedWith: readonly ('patients-and-carers' | 'clinicians' | 'managers')[] = [],
) =>
  scene(on, 3_105, `${project}: ${kind}`, by, (_world, doing) =>
    projects.writeNote(doing, project, { kind, words, sharedWith }),
  )
const leadsIt = (on: number, project: string, title: string, about: string, lead: string, priority: string) =>
  scene(on, 3_090, `${project}: who leads it`, team, (world, doing) =>
    projects.changeProject(doing, project, {
      title,
      about,
      priorityId: known(world.settled.priorities, priority),
      leadId: personId(world, lead),
    }),
  )

const letters = 'letters-people-can-read'
const archive = 'shared-picture-archive'
const first = 'first-scan-for-children'
const projectScenes: Scene[] = [
  leadsIt(
    -150,
    letters,
    'Letters people can read',
    'One plain letter for every scan, made with patients. (An example for this demonstration.)',
    team,
    'patient-care',
  ),
  brings(-150, letters, 'volunteer-1', 'patients-and-carers', team),
  brings(-150, letters, 'other-sig-chair', 'clinicians', team),
  brings(-149, letters, 'board-member-1', 'managers', team),
  begins(-140, letters, 'plan', team),
  notes(-132, letters, 'decision', 'We begin with the MRI letter, because most people ring about it.', team, [
    'patients-and-carers',
    'clinicians',
  ]),
  begins(-110, letters, 'do', team),
  begins(-60, letters, 'check', team),
  notes(
    -45,
    letters,
    'change',
    'The MRI letter has one page now, in large type. Calls about it went down by half in two hospitals.',
    team,
  ),
  begins(-40, letters, 'share', team),
  leadsIt(
    -90,
    first,
    'My first scan',
    'Films and stories that show children what will happen. (An example for this demonstration.)',
    'sig-chair',
    'patient-care',
  ),
  brings(-88, first, 'sig-chair', 'clinicians', 'sig-chair'),
  brings(-88, first, 'board-member-2', 'managers', 'sig-chair'),
  begins(
    -80,
    first,
    'plan',
    'sig-chair',
    'We found no family yet. We ask at the children’s clinic in two weeks, and plan nothing that cannot change.',
  ),
  brings(-66, first, 'Samira Wellowbank', 'patients-and-carers', 'sig-chair'),
  notes(-50, first, 'decision', 'The films are told by children, not by us.', 'sig-chair', [
    'patients-and-carers',
    'clinicians',
    'managers',
  ]),
  begins(-35, first, 'do', 'sig-chair'),
  leadsIt(
    -20,
    archive,
    'One place for scans',
    'Doctors in one hospital can see a scan taken in another. (An example for this demonstration.)',
    'board-member-3',
    'digital-tools',
  ),
  brings(-20, archive, 'board-member-3', 'managers', 'board-member-3'),
]

const proposes = (on: number, who: string, title: string, why: string, told?: 'phone' | 'post') =>
  scene(on, 3_210, title, told ? team : who, async (world, doing) =>
    priorities.proposeIdea(doing, await roundOf(doing), {
      personId: personId(world, who),
      how: told ?? 'web',
      title,
      why,
    }),
  )
/** The only round of this network. */
const roundOf = async ({ tx }: ReturnType<typeof doingAt>): Promise<number> =>
  (await tx.selectFrom('priority_round').select('id').orderBy('id').executeTakeFirstOrThrow()).id
const ranks = (on: number, who: string, order: readonly number[], told?: 'phone' | 'post') =>
  scene(on, 3_220, `${who} ranks`, told ? team : who, async (world, doing) => {
    const ideas = await doing.tx.selectFrom('priority_idea').select('id').orderBy('id').execute()
    return priorities.rankIdeas(doing, await roundOf(doing), {
      personId: personId(world, who),
      how: told ?? 'web',
      places: Object.fromEntries(order.map((idea, n) => [String(ideas[idea]!.id), n + 1])),
    })
  })

const priorityScenes: Scene[] = [
  scene(-16, 3_200, 'What should we work on first?', team, (world, doing) =>
    priorities.openRound(doing, {
      title: 'Our priorities for next year',
      proposeUntil: day(world, -6),
      rankUntil: day(world, 8),
    }),
  ),
  proposes(
    -15,
    'volunteer-1',
    'Shorter waits for a result',
    'The scan takes ten minutes. The wait for the letter takes the sleep of six weeks.',
  ),
  proposes(-14, 'Albert Quillfeather', 'A person on the phone', 'A machine answers, and I hang up.', 'phone'),
  proposes(-13, 'Samira Wellowbank', 'Scans after school', 'Each scan costs my son a day at school.'),
  proposes(-12, 'volunteer-2', 'Papers that a screen reader can read', 'I can only vote on what I can read.'),
  scene(-11, 3_215, 'Talk about waits', 'volunteer-2', async (_world, doing) => {
    const idea = await doing.tx
      .selectFrom('priority_idea')
      .select('id')
      .orderBy('id')
      .executeTakeFirstOrThrow()
    return priorities.talkAbout(doing, await roundOf(doing), {
      ideaId: idea.id,
      words: 'Yes. And say on the day how long it will be, even if it is long.',
    })
  }),
  ranks(-4, 'volunteer-2', [3, 0, 1]),
  ranks(-3, 'Samira Wellowbank', [2, 0]),
  ranks(-2, 'Albert Quillfeather', [1, 0], 'phone'),
]

const claimed = (
  number: number,
  on: number,
  who: string,
  whatFor: string,
  costs: readonly {
    kind: 'travel' | 'miles' | 'meals' | 'care'
    words: string
    pence?: number
    howMany?: number
  }[],
  told = false,
): Scene[] => {
  const writer = told ? team : who
  return [
    scene(on, 3_300, whatFor, writer, (world, doing) =>
      expenses.beginClaim(doing, { personId: personId(world, who), whatFor, on: doing.today }),
    ),
    ...costs.map((cost, n) =>
      scene(on, 3_301 + n, `${whatFor}: ${cost.words}`, writer, (_world, doing) =>
        expenses.addCost(doing, number, { ...cost, pence: cost.pence, howMany: cost.howMany, receipts: [] }),
      ),
    ),
    scene(on, 3_309, `${whatFor}: sent`, writer, (_world, doing) => expenses.sendClaim(doing, number)),
  ]
}
const agrees = (number: number, on: number, who: string) =>
  scene(on, 3_320, `E-${number}: ${who} says yes`, who, (_world, doing) =>
    expenses.approveClaim(doing, number),
  )

const expenseScenes: Scene[] = [
  scene(-160, 3_290, 'Expenses are paid', 'director', async (_world, doing) => {
    await setSetting(doing, expenses.expensesOn, true, doing.today)
    return { accepted: true }
  }),
  scene(-160, 3_291, 'A rate for miles (invented)', 'director', (_world, doing) =>
    expenses.agreeRate(doing, { kind: 'miles', pence: 30, from: doing.today }),
  ),
  scene(-80, 3_291, 'A new rate for miles (invented)', 'director', (_world, doing) =>
    expenses.agreeRate(doing, { kind: 'miles', pence: 35, from: doing.today }),
  ),
  ...claimed(1, -90, 'volunteer-1', 'Board meeting', [
    { kind: 'travel', words: 'Bus and back', pence: 480 },
    { kind: 'care', words: 'Somebody sat with my husband', pence: 2400 },
  ]),
  agrees(1, -88, team),
  agrees(1, -87, 'portfolio-manager'),
  scene(-80, 3_330, 'E-1: paid', team, (_world, doing) => expenses.payClaim(doing, 1, doing.today)),
  // Nobody has paid this one: it is late.
  ...claimed(2, -45, 'volunteer-2', 'Training day', [
    { kind: 'miles', words: 'From home and back', howMany: 22 },
  ]),
  agrees(2, -40, 'portfolio-manager'),
  ...claimed(
    4,
    -6,
    'Albert Quillfeather',
    'CT group meeting',
    [{ kind: 'travel', words: 'Taxi, there is no bus', pence: 1250 }],
    true,
  ),
  ...claimed(3, -9, 'Kofi Rushmere', 'Visit to the new scanner', [
    { kind: 'meals', words: 'Lunch', pence: 790 },
  ]),
  scene(-7, 3_340, 'E-3: something is missing', team, (_world, doing) =>
    expenses.sayNoToClaim(doing, 3, {
      what: 'missing',
      because: 'We cannot see the receipt. Please send it again, a photo is enough.',
    }),
  ),
  scene(-2, 3_350, 'A taxi to be booked', 'volunteer-2', (world, doing) =>
    expenses.askToBook(doing, {
      personId: personId(world, 'volunteer-2'),
      kind: 'taxi',
      words: 'From home to the board meeting at nine, and back at one. With room for my guide dog.',
      on: day(world, 9),
    }),
  ),
]

const elsewhere: Scene[] = [
  scene(-10, 3_000, 'A task elsewhere', 'other-co-ordinator', (world, doing) =>
    tasks.makeTask(doing, {
      title: 'Read a poster',
      what: 'Say whether the new poster can be read from a wheelchair.',
      gives: 'A thank-you and a better poster.',
      minutes: 30,
      places: 1,
      openTo: 'everyone',
      neededBy: day(world, 10),
    }),
  ),
  scene(-9, 3_001, 'A task elsewhere: yes', 'other-volunteer', (world, doing) =>
    tasks.answerTask(doing, 1, { personId: personId(world, 'other-volunteer'), says: 'yes', how: 'web' }),
  ),
]
