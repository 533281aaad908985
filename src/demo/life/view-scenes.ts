import type { Instant } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import * as actions from '#slices/actions/index.ts'
import * as views from '#slices/contributions/index.ts'
import { actionOfViewEnded, loadThread } from '#slices/contributions/index.ts'
import { minuteItem } from '#slices/minutes/index.ts'
import * as publishing from '#slices/you-said-we-did/index.ts'
import { itemMinutes } from './board-steps.ts'
import { day, doingAt, groupId, known, meetingOf, personId, type Scene, took, type World } from './world.ts'

/** One view from when it was said to where it is now. */
export interface ViewStory {
  readonly title: string
  readonly by: string
  readonly on: number
  readonly kind: 'idea' | 'experience' | 'question'
  readonly words: string
  readonly how?: 'phone' | 'post' | 'in-person'
  readonly naming?: 'named' | 'first-name' | 'anonymous'
  readonly wish?: string
  readonly priority?: string
  readonly site?: string
  readonly project?: string
  readonly steps: readonly Step[]
}

/** What the steps of one view share while it is told. */
interface Telling {
  readonly story: ViewStory
  number: number
  group: string
}

export interface Step {
  readonly day: number
  take(world: World, view: Telling, at: Instant): Promise<void>
}

const coordinator = 'co-ordinator'
/** Who leads each group, by the names that the story knows. */
const chairs: Readonly<Record<string, string>> = {
  'operational-board': 'board-chair',
  'paediatric-sig': 'sig-chair',
  'mri-sig': 'other-sig-chair',
  'ct-sig': 'Ottoline Peverell-Gray',
  digital: 'Halina Stroudmoor',
  pathways: 'Ewan Tidebrook',
  'plain-film-sig': 'Constance Ivermere',
  'breast-sig': 'Zainab Hartlewick',
}
const chairOf = (world: World, group: string): string =>
  world.settled.slug === 'wmin' ? (chairs[group] ?? coordinator) : otherChairs[group]!
const otherChairs: Readonly<Record<string, string>> = {
  'operational-board': 'Pascoe Redfern-Hill',
  'x-ray-sig': 'Tamsin Overbury',
}
const teamOf = (world: World): string => (world.settled.slug === 'wmin' ? coordinator : 'other-co-ordinator')

/** A view as scenes of the network's life. */
export function scenesOf(story: ViewStory, order: number): Scene[] {
  const view: Telling = { story, number: 0, group: story.wish ?? '' }
  const first: Scene = {
    day: story.on,
    order,
    about: story.title,
    play: (world, at) => begin(world, view, at),
  }
  return [
    first,
    ...story.steps.map((step, n) => ({
      day: step.day,
      order: order + (n + 1) / 100,
      about: story.title,
      play: (world: World, at: Instant) => step.take(world, view, at),
    })),
  ]
}

async function begin(world: World, view: Telling, at: Instant): Promise<void> {
  const { story } = view
  const { settled } = world
  const saying = {
    personId: personId(world, story.by),
    kind: story.kind,
    words: story.words,
    naming: story.naming ?? ('named' as const),
    wishedGroupId: story.wish ? groupId(world, story.wish) : null,
    about: {
      priorityId: story.priority ? known(settled.priorities, story.priority) : null,
      siteId: story.site ? known(settled.sites, story.site) : null,
      projectId: story.project ? known(settled.projects, story.project) : null,
    },
  }
  if (!story.how) {
    view.number = (await views.receiveContribution(doingAt(world, story.by, at), saying)).number
    return
  }
  const said = { ...saying, how: story.how, saidOn: day(world, story.on) }
  const recorded = await views.recordOnBehalf(doingAt(world, teamOf(world), at), said)
  if ('received' in recorded) view.number = recorded.received.number
  else took(world, story.title, recorded)
}

type Loaded = NonNullable<Awaited<ReturnType<typeof loadThread>>>

/** A step on the view's own thread, by somebody. */
export function onThread(
  onDay: number,
  who: (world: World, view: Telling) => string,
  take: (
    doing: Doing,
    loaded: Loaded,
    world: World,
    view: Telling,
  ) => Promise<{ accepted: boolean; sentence?: string }>,
): Step {
  return {
    day: onDay,
    async take(world, view, at) {
      const doing = doingAt(world, who(world, view), at)
      const loaded = await loadThread(doing.tx, view.number, { forChange: false })
      if (!loaded) throw new Error(`C-${view.number} is not there`)
      took(world, `${view.story.title}, ${onDay}`, await take(doing, loaded, world, view))
    },
  }
}

/** A meeting of the group, in days from today, or a day by which the group looks at it. */
export type When = { readonly meeting: number; readonly item?: string } | { readonly by: number }

function where(world: World, group: string, when: When) {
  return 'meeting' in when
    ? { groupId: groupId(world, group), meetingId: meetingOf(world, group, when.meeting).id, on: null }
    : { groupId: groupId(world, group), meetingId: null, on: day(world, when.by) }
}

export const acknowledged = (onDay: number, group: string, when: When, words = ''): Step =>
  onThread(onDay, teamOf, async (doing, loaded, world, view) => {
    view.group = group
    return await views.acknowledge(doing, loaded, {
      ...where(world, group, when),
      title: view.story.title,
      words: words || 'Thank you. The group talks about it then, and you hear what it said.',
    })
  })

export const asked = (onDay: number, question: string): Step =>
  onThread(onDay, teamOf, (doing, loaded) => views.ask(doing, loaded, question))
export const answered = (onDay: number, words: string): Step =>
  onThread(
    onDay,
    (_, view) => view.story.by,
    (doing, loaded) => views.answer(doing, loaded, words),
  )
/** Somebody says: me too, with words of their own. */
export const joined = (onDay: number, who: string, words: string): Step =>
  onThread(
    onDay,
    () => who,
    (doing, loaded, world) =>
      views.joinContribution(doing, loaded, { personId: personId(world, who), words, naming: 'named' }),
  )
export const corrected = (onDay: number, words: string): Step =>
  onThread(
    onDay,
    (world, view) => (view.story.how ? teamOf(world) : view.story.by),
    (doing, loaded, world, view) =>
      views.correct(doing, loaded, { personId: personId(world, view.story.by), words }),
  )
export const withdrawn = (onDay: number): Step =>
  onThread(
    onDay,
    (_, view) => view.story.by,
    (doing, loaded, world, view) => views.withdrawFrom(doing, loaded, personId(world, view.story.by)),
  )
export const hidden = (onDay: number, phrase: string, reason: string): Step =>
  onThread(onDay, teamOf, (doing, loaded) => views.hideWords(doing, loaded, { phrase, reason }))
export const signposted = (onDay: number): Step => onThread(onDay, teamOf, views.signpost)
export const thought = (onDay: number, who: string, words: string, inPrivate = false): Step =>
  onThread(
    onDay,
    () => who,
    (doing, loaded) => views.addView(doing, loaded, { words, inPrivate }),
  )

export interface Considered {
  readonly at?: When
  /** Left out where the minutes of an item say who was there. */
  readonly tookPart?: string
  readonly said: string
  /** What the group marked for itself and the team. */
  readonly marked?: string
  readonly because: string
}

/** What is done, by whom, by when (in days from today). */
export type Deed = readonly [what: string, owner: string, due: number]

const considering = (
  onDay: number,
  given: Considered & {
    outcome: 'agreed' | 'partly-agreed' | 'not-agreed' | 'passed-on'
    agreedPart?: string
    notAgreedPart?: string
    passedTo?: string
    deeds?: readonly Deed[]
  },
): Step =>
  onThread(
    onDay,
    (world, view) => chairOf(world, view.group),
    async (doing, loaded, world, view) => {
      const outcome = {
        outcome: given.outcome,
        agreedPart: given.agreedPart ?? '',
        notAgreedPart: given.notAgreedPart ?? '',
        passedTo: given.passedTo ?? '',
        reason: given.because,
        actions: (given.deeds ?? []).map(([what, owner, due]) => ({
          what,
          ownerPersonId: personId(world, owner),
          dueOn: day(world, due),
        })),
        feedbackOwnerPersonId: personId(world, teamOf(world)),
      }
      const words = { said: given.said, saidInPrivate: given.marked ?? '' }
      if (given.at && 'item' in given.at && given.at.item) {
        // What was minuted on the item is the consideration.
        const considered = [{ number: view.number, outcome }]
        const minute = itemMinutes(given.at.meeting, given.at.item, (_, it) =>
          minuteItem(doing, it, { ...words, considered, actions: [] }),
        )
        return await minute(doing, world)
      }
      return await views.consider(doing, loaded, {
        ...(given.at
          ? where(world, view.group, given.at)
          : { groupId: groupId(world, view.group), meetingId: null, on: doing.today }),
        ...outcome,
        ...words,
        tookPart: given.tookPart ?? '',
      })
    },
  )

export const agreed = (onDay: number, given: Considered, ...deeds: Deed[]): Step =>
  considering(onDay, { ...given, outcome: 'agreed', deeds })
export const partlyAgreed = (
  onDay: number,
  given: Considered & { agreedPart: string; notAgreedPart: string },
  ...deeds: Deed[]
): Step => considering(onDay, { ...given, outcome: 'partly-agreed', deeds })
export const notAgreed = (onDay: number, given: Considered): Step =>
  considering(onDay, { ...given, outcome: 'not-agreed' })
export const passedOn = (onDay: number, passedTo: string, given: Considered): Step =>
  considering(onDay, { ...given, passedTo, outcome: 'passed-on' })
export const bodySaid = (onDay: number, words: string): Step =>
  onThread(onDay, teamOf, (doing, loaded) => views.bodyAnswered(doing, loaded, words))
export const chased = (onDay: number, words: string): Step =>
  onThread(onDay, teamOf, (doing, loaded) => views.chase(doing, loaded, words))

/** A step on the view's nth action, by its owner or, where only they may, by the co-ordinator. */
function onAction(
  onDay: number,
  nth: number,
  byOwner: boolean,
  take: (doing: Doing, number: number, world: World) => Promise<{ accepted: boolean; sentence?: string }>,
): Step {
  return {
    day: onDay,
    async take(world, view, at) {
      const rows = await world.tx
        .selectFrom('action as a')
        .innerJoin('contribution as c', on =>
          on.onRef('c.network_id', '=', 'a.network_id').onRef('c.id', '=', 'a.contribution_id'),
        )
        .innerJoin('person as p', on =>
          on.onRef('p.network_id', '=', 'a.network_id').onRef('p.id', '=', 'a.owner_person_id'),
        )
        .select(['a.number', 'p.name'])
        .where('c.number', '=', view.number)
        .orderBy('a.number')
        .execute()
      const row = rows[nth - 1]
      if (!row) return void world.refusals.push(`${view.story.title}, ${onDay}: no action ${nth}`)
      const doing = doingAt(world, byOwner ? row.name : teamOf(world), at)
      took(world, `${view.story.title}, ${onDay}`, await take(doing, row.number, world))
    },
  }
}

const behind = { ended: actionOfViewEnded }
export const done = (onDay: number, whatChanged: string, nth = 1, evidence = 'The team has seen it'): Step =>
  onAction(onDay, nth, true, (doing, number) =>
    actions.finishAction(doing, behind, number, { whatChanged, evidence, link: '', files: [] }),
  )
export const dropped = (onDay: number, because: string, nth = 1): Step =>
  onAction(onDay, nth, true, (doing, number) => actions.dropAction(doing, behind, number, because))
export const wishedLater = (onDay: number, to: number, because: string, nth = 1): Step =>
  onAction(onDay, nth, true, (doing, number, world) =>
    actions.askForAnotherDate(doing, number, { on: day(world, to), because }),
  )
export const dateAgreed = (onDay: number, because: string, nth = 1): Step =>
  onAction(onDay, nth, false, (doing, number) =>
    actions.answerDateWish(doing, number, { agreed: true, because }),
  )
export const handedTo = (onDay: number, who: string, because: string, nth = 1): Step =>
  onAction(onDay, nth, false, (doing, number, world) =>
    actions.reassignAction(doing, number, { personId: personId(world, who), because }),
  )

export const fedBack = (onDay: number, weHeard: string, whatHappened: string, next: string): Step =>
  onThread(onDay, teamOf, (doing, loaded, _, view) =>
    views.giveFeedback(doing, loaded, { youSaid: view.story.title, weHeard, whatHappened, next }),
  )

type Verdict = { readonly who?: string; readonly how?: 'link' | 'phone' | 'post' | 'in-person' }
const verdict = (onDay: number, answer: 'yes' | 'no', words: string, { who, how }: Verdict): Step => {
  const recorded = how !== undefined && how !== 'link'
  return onThread(
    onDay,
    (world, view) => (recorded ? teamOf(world) : (who ?? view.story.by)),
    (doing, loaded, world, view) =>
      views.giveVerdict(doing, loaded, {
        personId: personId(world, who ?? view.story.by),
        answer,
        words,
        how: how ?? 'page',
        ...(recorded ? { recordedBy: { personId: doing.actor!.personId, name: doing.actor!.name } } : {}),
      }),
  )
}
export const yes = (onDay: number, words: string, more: Verdict = {}): Step =>
  verdict(onDay, 'yes', words, more)
export const no = (onDay: number, because: string, more: Verdict = {}): Step =>
  verdict(onDay, 'no', because, more)

/** The text is written, everyone in it says yes to exactly that text, and it goes out. */
export const published = (
  onDay: number,
  text: { title: string; youSaid: string; weDid: string; next?: string },
): Step => ({
  day: onDay,
  async take(world, view, at) {
    const about = `${view.story.title}, published`
    const team = doingAt(world, teamOf(world), at)
    const full = { next: '', ...text }
    if (!took(world, about, await publishing.proposePublication(team, view.number, full))) return
    const loaded = await loadThread(world.tx, view.number, { forChange: false })
    for (const { personId: id, name } of loaded?.contributors ?? []) {
      const hasSignIn = world.settled.people.get(name)?.accountId
      await publishing.answerPublication(doingAt(world, hasSignIn ? name : teamOf(world), at), view.number, {
        personId: id,
        answer: 'yes',
        words: '',
        textHash: publishing.hashOf(full),
        how: hasSignIn ? 'page' : 'phone',
      })
    }
    took(world, about, await publishing.publishNow(team, view.number))
  },
})
