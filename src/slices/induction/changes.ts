import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { dateInWords, momentInWords } from '#kernel/calendar/words.ts'
import { accept, type Decision, type Happened, happened, type Refusal, refuse } from '#kernel/decision.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { Instant, NewRow, PlainDate } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import type { Telling } from '#platform/outbox.ts'
import { defaultModules } from './defaults.ts'
import { beginAgain, finishedOn, notBegun, type Progress, signByPerson, signByTeam } from './module.ts'
import { inductionPaths } from './paths.ts'
import { type LoadedModule, loadModule, modulesOfPerson, votersWithout } from './queries.ts'
import { readQuestions } from './questions.ts'
import type { ForRole } from './tables.ts'

export interface ModuleWords {
  readonly title: string
  readonly summary: string
  readonly body: string
  /** As `readQuestions` reads them; '' is none. */
  readonly questions: string
}

/** A new module with its first words. */
export async function addModule(
  doing: Doing,
  given: ModuleWords & { roles: readonly ForRole[] },
  slug = shortNameOf(given.title),
): Promise<Decision<{ slug: string }>> {
  if (given.roles.length === 0) return refuse('roles', 'Choose whose plan it is in')
  if (reserved.includes(slug) || (await loadModule(doing, slug, { forChange: false })))
    return refuse('title', 'There is a module with this title already')
  const { count } = await doing.tx
    .selectFrom('induction_module')
    .select(eb => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  const { id } = await doing.tx
    .insertInto('induction_module')
    .values({
      network_id: doing.network.id,
      slug,
      position: (Number(count) + 1) * 10,
      roles: [...given.roles],
      voting_from: null,
      ended_on: null,
      offered_on: doing.today,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const written = await writeText(doing, id, given, '')
  return written.accepted ? accept({ slug }) : written
}

/** New words for a module; the ones before stay as they were, with who wrote them. */
export async function changeModule(
  doing: Doing,
  loaded: LoadedModule,
  given: ModuleWords & { whatChanged: string },
): Promise<Decision<{ id: number }>> {
  if (given.whatChanged === '') return refuse('changed', 'Say in a sentence what changed')
  const written = await writeText(doing, loaded.id, given, given.whatChanged)
  if (written.accepted) await touch(doing, loaded, {})
  return written
}

async function writeText(
  doing: Doing,
  moduleId: number,
  given: ModuleWords,
  whatChanged: string,
): Promise<Decision<{ id: number }>> {
  const read = readQuestions(given.questions)
  if (!read.ok) return refuse('questions', read.sentence)
  const { id } = await doing.tx
    .insertInto('induction_text')
    .values({
      network_id: doing.network.id,
      module_id: moduleId,
      title: given.title,
      summary: given.summary,
      body: given.body,
      questions: JSON.stringify(read.questions),
      what_changed: whatChanged,
      made_at: doing.now,
      by_person_id: doing.actor?.personId ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await doing.happened({ kind: 'induction-module', id: moduleId }, [happened('words-written')])
  return accept({ id })
}

const touch = (
  doing: Doing,
  loaded: LoadedModule,
  change: Partial<{
    roles: ForRole[]
    voting_from: PlainDate | null
    ended_on: PlainDate | null
    position: number
  }>,
) =>
  doing.tx
    .updateTable('induction_module')
    .set({ ...change, version: loaded.version + 1 })
    .where('id', '=', loaded.id)
    .execute()

export interface ModuleRules {
  readonly roles: readonly ForRole[]
  /** Null: nobody needs it to vote. */
  readonly votingFrom: PlainDate | null
  readonly ended: boolean
}

/** Whose plan it is in and whether voting needs it. Who would lose a vote is told, with the day. */
export async function setModuleRules(
  doing: Doing,
  loaded: LoadedModule,
  given: ModuleRules,
): Promise<Decision<void>> {
  if (given.roles.length === 0 && !given.ended) return refuse('roles', 'Choose whose plan it is in')
  const isNew = given.votingFrom !== null && !(loaded.votingFrom?.equals(given.votingFrom) ?? false)
  if (isNew && Temporal.PlainDate.compare(given.votingFrom!, doing.today) < 0)
    return refuse('voting', 'The day must be today or later')
  const roles = given.ended ? loaded.roles : given.roles
  await touch(doing, loaded, {
    roles: [...roles],
    voting_from: given.votingFrom,
    ended_on: given.ended ? (loaded.endedOn ?? doing.today) : null,
  })
  await doing.happened({ kind: 'induction-module', id: loaded.id }, [
    happened('rules-set', {
      roles,
      votingFrom: given.votingFrom?.toString() ?? null,
      ended: given.ended,
    }),
  ])
  if (isNew && !given.ended) {
    const title = loaded.texts[0]?.title ?? ''
    const on = dateInWords(given.votingFrom!)
    const without = await votersWithout(doing.tx, loaded.id, roles, doing.today)
    await doing.tell(
      ...without.map(({ id }) => ({
        key: `module-for-voting:${loaded.id}:${given.votingFrom}:${id}`,
        personId: id,
        kind: 'module-for-voting',
        subject: 'something to finish before you vote',
        paragraphs: [
          `From ${on} on, voting in your group needs the module “${theirs(title)}”. You have not finished it yet.`,
          'You can read it yourself, come to a session, or go through it with somebody from the team.',
        ],
        link: { path: inductionPaths.module(doing.network.slug, loaded.slug), words: 'See the module' },
        about: { kind: 'induction-module', id: loaded.slug },
      })),
    )
  }
  return accept(undefined)
}

export interface Signing {
  readonly by: 'person' | 'team'
  /** How the person did it; the team's word says nothing of it. */
  readonly how: 'self' | 'session' | 'told'
}

/** One side signs a module for one person. */
export async function signModule(
  doing: Doing,
  personId: number,
  slug: string,
  signing: Signing,
): Promise<Decision<Progress>> {
  const [it] = await modulesOfPerson(doing, personId, slug)
  if (!it) return refuse('not-there', 'There is no such module')
  const step =
    signing.by === 'person' ? signByPerson(it.progress, doing.today) : signByTeam(it.progress, doing.today)
  if (!step.accepted) return step
  await saveProgress(doing, personId, it, step.state, signing)
  await doing.happened({ kind: 'induction-of', id: personId }, [
    ...step.events.map(each => ({
      ...each,
      details: { ...each.details, module: it.slug, title: it.title, how: signing.how },
    })),
  ])
  if (finishedOn(step.state) && signing.by === 'team')
    await doing.tell(finishedTelling(doing, personId, it.title, it.slug))
  return step
}

export async function beginModuleAgain(
  doing: Doing,
  personId: number,
  slug: string,
): Promise<Decision<Progress>> {
  const [it] = await modulesOfPerson(doing, personId, slug)
  if (!it) return refuse('not-there', 'There is no such module')
  const step = beginAgain(it.progress)
  if (!step.accepted) return step
  await doing.tx
    .deleteFrom('induction_progress')
    .where('person_id', '=', personId)
    .where('module_id', '=', it.id)
    .execute()
  await doing.happened({ kind: 'induction-of', id: personId }, [
    happened('begins-again', { module: it.slug, title: it.title }),
  ])
  return accept(notBegun)
}

async function saveProgress(
  doing: Doing,
  personId: number,
  module: { id: number; textId: number },
  progress: Progress,
  { by, how }: Signing,
) {
  const side =
    by === 'person'
      ? {
          person_on: progress.personOn,
          person_how: how,
          text_id: how === 'self' ? module.textId : null,
          recorded_by_person_id: how === 'self' ? null : (doing.actor?.personId ?? null),
        }
      : { team_on: progress.teamOn, team_person_id: doing.actor?.personId ?? null }
  const nothing = {
    text_id: null,
    person_on: null,
    person_how: null,
    recorded_by_person_id: null,
    team_on: null,
    team_person_id: null,
  }
  const finished = { finished_on: finishedOn(progress) }
  await doing.tx
    .insertInto('induction_progress')
    .values({
      network_id: doing.network.id,
      person_id: personId,
      module_id: module.id,
      ...nothing,
      ...side,
      ...finished,
    })
    .onConflict(on =>
      on.columns(['network_id', 'person_id', 'module_id']).doUpdateSet({ ...side, ...finished }),
    )
    .execute()
}

const finishedTelling = (doing: Doing, personId: number, title: string, slug: string): Telling => ({
  key: `module-finished:${personId}:${slug}:${doing.today}`,
  personId,
  kind: 'module-finished',
  subject: 'a module of your induction is finished',
  paragraphs: [`“${theirs(title)}” is finished: you have signed it, and so has the team. Well done.`],
  link: { path: inductionPaths.mine(doing.network.slug), words: 'See what else there is' },
  about: { kind: 'induction-module', id: slug },
})

const signTelling = (doing: Doing, personId: number, title: string, slug: string): Telling => ({
  key: `module-to-sign:${personId}:${slug}:${doing.today}`,
  personId,
  kind: 'module-to-sign',
  subject: 'thank you for coming: was it clear?',
  paragraphs: [
    `You were at the session “${theirs(title)}”, and the team has signed it for you.`,
    'If it was clear to you, please sign it, too. You can also ring us and say so.',
  ],
  link: { path: inductionPaths.sign(doing.network.slug, slug), words: 'Sign it here' },
  about: { kind: 'induction-module', id: slug },
})

/** What a new network begins with; nothing where there is a module already. */
export async function giveDefaultModules(doing: Doing): Promise<number> {
  const any = await doing.tx.selectFrom('induction_module').select('id').limit(1).executeTakeFirst()
  if (any) return 0
  for (const each of defaultModules) await addModule(doing, each, each.slug)
  return defaultModules.length
}

export interface NewSession {
  /** A module's short name, or undefined for a session about something else. */
  readonly module: string | undefined
  readonly title: string
  readonly about: string
  readonly startsAt: Instant
  readonly place: string
}

/** A session with a date. */
export async function planSession(doing: Doing, given: NewSession): Promise<Decision<{ id: number }>> {
  if (Temporal.Instant.compare(given.startsAt, doing.now) <= 0)
    return refuse('on', 'The day and time must be ahead')
  const module =
    given.module === undefined ? undefined : await loadModule(doing, given.module, { forChange: false })
  if (given.module !== undefined && !module) return refuse('module', 'Choose a module from the list')
  const title = given.title || module?.texts[0]?.title || ''
  if (title === '') return refuse('title', 'Give it a title, or choose a module')
  const { id } = await doing.tx
    .insertInto('learning_session')
    .values({
      network_id: doing.network.id,
      module_id: module?.id ?? null,
      title,
      about: given.about,
      starts_at: given.startsAt,
      place: given.place,
      made_at: doing.now,
      by_person_id: doing.actor?.personId ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await doing.happened({ kind: 'learning-session', id }, [happened('planned')])
  return accept({ id })
}

/** A place for somebody; the team can give one to whoever rang. Twice is harmless. */
export async function takePlace(doing: Doing, sessionId: number, personId: number): Promise<void> {
  await doing.tx
    .insertInto('session_place')
    .values({ network_id: doing.network.id, session_id: sessionId, person_id: personId, at: doing.now })
    .onConflict(on => on.columns(['network_id', 'session_id', 'person_id']).doNothing())
    .execute()
}

export async function givePlaceBack(doing: Doing, sessionId: number, personId: number): Promise<void> {
  await doing.tx
    .deleteFrom('session_place')
    .where('session_id', '=', sessionId)
    .where('person_id', '=', personId)
    .where('came', 'is', null)
    .execute()
}

/**
 * Who came to a session about a module: the team was there, and signs. Whoever said there that it is clear to them has
 * signed, too; the others sign on their page or ring.
 */
export async function noteWhoCame(
  doing: Doing,
  session: { id: number; moduleSlug: string | null; startsAt: Instant },
  given: { came: readonly number[]; clear: readonly number[] },
): Promise<Decision<void>> {
  if (Temporal.Instant.compare(session.startsAt, doing.now) > 0)
    return refuse('ahead', 'The session has not begun yet')
  const { came } = given
  if (came.length > 0) {
    await doing.tx
      .insertInto('session_place')
      .values(
        came.map(person_id => ({
          network_id: doing.network.id,
          session_id: session.id,
          person_id,
          at: doing.now,
        })),
      )
      .onConflict(on => on.columns(['network_id', 'session_id', 'person_id']).doNothing())
      .execute()
  }
  await doing.tx
    .updateTable('session_place')
    .set({ came: sql<boolean>`person_id = any(${[...came]}::integer[])` })
    .where('session_id', '=', session.id)
    .execute()
  const module =
    session.moduleSlug === null
      ? undefined
      : await loadModule(doing, session.moduleSlug, { forChange: false })
  if (module && came.length > 0) await signAfterSession(doing, module, given)
  await doing.happened({ kind: 'learning-session', id: session.id }, [
    happened('was-held', { came: came.length }),
  ])
  return accept(undefined)
}

async function signAfterSession(
  doing: Doing,
  module: LoadedModule,
  { came, clear }: { came: readonly number[]; clear: readonly number[] },
): Promise<void> {
  const { today, actor, network } = doing
  const title = module.texts[0]?.title ?? ''
  const before = await doing.tx
    .selectFrom('induction_progress')
    .selectAll()
    .where('module_id', '=', module.id)
    .where('person_id', 'in', [...came])
    .execute()
  const rows: NewRow<'induction_progress'>[] = []
  const tellings: Telling[] = []
  for (const personId of came) {
    const was = before.find(each => each.person_id === personId)
    let progress: Progress = { personOn: was?.person_on ?? null, teamOn: was?.team_on ?? null }
    const events: Happened[] = []
    const take = (step: Decision<Progress>) => {
      if (!step.accepted) return false
      progress = step.state
      events.push(...step.events)
      return true
    }
    const teamSigns = take(signByTeam(progress, today))
    const personSigns = clear.includes(personId) && take(signByPerson(progress, today))
    if (!teamSigns && !personSigns) continue
    rows.push({
      network_id: network.id,
      person_id: personId,
      module_id: module.id,
      text_id: was?.text_id ?? null,
      person_on: progress.personOn,
      person_how: personSigns ? 'session' : (was?.person_how ?? null),
      recorded_by_person_id: personSigns ? (actor?.personId ?? null) : (was?.recorded_by_person_id ?? null),
      team_on: progress.teamOn,
      team_person_id: teamSigns ? (actor?.personId ?? null) : (was?.team_person_id ?? null),
      finished_on: finishedOn(progress),
    })
    await doing.happened(
      { kind: 'induction-of', id: personId },
      events.map(each => ({
        ...each,
        details: { ...each.details, module: module.slug, title, how: 'session' },
      })),
    )
    if (finishedOn(progress)) tellings.push(finishedTelling(doing, personId, title, module.slug))
    else tellings.push(signTelling(doing, personId, title, module.slug))
  }
  if (rows.length === 0) return
  await doing.tx
    .insertInto('induction_progress')
    .values(rows)
    .onConflict(on =>
      on.columns(['network_id', 'person_id', 'module_id']).doUpdateSet(eb => ({
        person_on: eb.ref('excluded.person_on'),
        person_how: eb.ref('excluded.person_how'),
        recorded_by_person_id: eb.ref('excluded.recorded_by_person_id'),
        team_on: eb.ref('excluded.team_on'),
        team_person_id: eb.ref('excluded.team_person_id'),
        finished_on: eb.ref('excluded.finished_on'),
      })),
    )
    .execute()
  await doing.tell(...tellings)
}

export async function cancelSession(
  doing: Doing,
  session: { id: number; title: string; version: number; startsAt: Instant; cancelledBecause: string },
  because: string,
): Promise<Refusal | undefined> {
  if (session.cancelledBecause !== '') return refuse('cancelled', 'This session is cancelled already')
  if (Temporal.Instant.compare(session.startsAt, doing.now) <= 0)
    return refuse('over', 'This session has begun already')
  await doing.tx
    .updateTable('learning_session')
    .set({ cancelled_because: because, version: session.version + 1 })
    .where('id', '=', session.id)
    .execute()
  await doing.happened({ kind: 'learning-session', id: session.id }, [happened('cancelled')])
  const places = await doing.tx
    .selectFrom('session_place')
    .select('person_id')
    .where('session_id', '=', session.id)
    .execute()
  await doing.tell(
    ...places.map(({ person_id }) => ({
      key: `session-cancelled:${session.id}:${person_id}`,
      personId: person_id,
      kind: 'session-cancelled',
      subject: 'a session does not take place',
      paragraphs: [
        `The session “${theirs(session.title)}” of ${momentInWords(session.startsAt)} does not take place.`,
        `The reason: ${theirs(because)}`,
      ],
      link: { path: inductionPaths.sessions(doing.network.slug), words: 'See other sessions' },
      about: { kind: 'learning-session', id: String(session.id) },
    })),
  )
  return undefined
}

/** Words that addresses use themselves. */
const reserved = ['', 'new', 'ready-made']

/** 'How the network works' is at 'how-the-network-works'. */
function shortNameOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '')
}
