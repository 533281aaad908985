import { sql } from 'kysely'
import { accept, type Decision, type Happened, happened, type Refusal, refuse } from '#kernel/decision.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { RowChange } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import type { Telling } from '#platform/outbox.ts'
import { idsOf, postHolders } from '#platform/who-today.ts'
import { possibleOwners } from '#slices/actions/index.ts'
import { projectPaths } from './paths.ts'
import { beginStage, stageWords } from './project.ts'
import { type LoadedProject, leads, loadProject } from './store.ts'
import type { Kind, Stage } from './tables.ts'

type Which = LoadedProject | string
const notThere = refuse('not-there', 'There is no such project')
const notYours = refuse('not-yours', 'Who leads the project does that, or the team')

async function load(doing: Doing, which: Which): Promise<LoadedProject | Refusal> {
  const project = typeof which === 'string' ? await loadProject(doing, which, { forChange: true }) : which
  if (!project || !doing.actor) return notThere
  return leads(doing.actor, project) ? project : notYours
}
const isRefusal = (it: LoadedProject | Refusal): it is Refusal => 'accepted' in it

/** A short name for addresses, from the title; words of our own addresses are left out. */
export function slugOf(title: string, mark: string): string {
  const slug = title
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 50)
    .replace(/-+$/g, '')
  return !slug || ['new', 'choosing', 'how-we-choose'].includes(slug) ? `${slug || 'one'}-${mark}` : slug
}

/** The wanted name, or with the first number that nobody has. */
export function freeSlug(wanted: string, taken: readonly string[]): string {
  let slug = wanted
  for (let n = 2; taken.includes(slug); n++) slug = `${wanted}-${n}`
  return slug
}

export async function beginProject(
  doing: Doing,
  given: { title: string; about: string; priorityId: number | null; leadId: number },
): Promise<{ accepted: true; slug: string } | Refusal> {
  if (!doing.actor) return notThere
  const [lead] = await possibleOwners(doing.tx, doing.today, given.leadId)
  if (!lead) return refuse('lead', 'Choose who leads it from the list')
  const wanted = slugOf(given.title, 'project')
  const taken = await doing.tx
    .selectFrom('project')
    .select('slug')
    .where('slug', 'like', `${wanted}%`)
    .execute()
  const slug = freeSlug(
    wanted,
    taken.map(each => each.slug),
  )
  const { id } = await doing.tx
    .insertInto('project')
    .values({
      network_id: doing.network.id,
      slug,
      title: given.title,
      about: given.about,
      stage: 'idea',
      stage_since: doing.today,
      priority_id: given.priorityId,
      lead_person_id: lead.id,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await doing.happened({ kind: 'project', id }, [happened('begun')])
  return { accepted: true, slug }
}

/** The next stage. Everybody in the project hears, with the reason if a kind of people is missing. */
export async function beginProjectStage(
  doing: Doing,
  which: Which,
  given: { stage: Stage | 'ended'; because: string },
): Promise<Decision<unknown>> {
  const project = await load(doing, which)
  if (isRefusal(project)) return project
  const step = beginStage(project, given.stage, given.because)
  if (!step.accepted) return step
  const { stage, missing, because } = step.state
  await doing.tx
    .insertInto('project_stage')
    .values({
      network_id: doing.network.id,
      project_id: project.id,
      stage,
      began_on: doing.today,
      missing: JSON.stringify(missing),
      because,
      by_person_id: doing.actor!.personId,
    })
    .execute()
  await save(doing, project, { stage, stage_since: doing.today }, step.events)
  await tellAll(
    doing,
    project,
    `stage:${project.version}`,
    `${theirs(project.title)}: ${stageWords[stage].toLowerCase()}`,
    [
      stage === 'ended'
        ? `The project has ended: ${theirs(project.title)}.`
        : `A new stage began: ${stageWords[stage]}.`,
      ...(because ? [`Somebody is missing in it. Why: ${theirs(because)}`] : []),
    ],
  )
  return step
}

/** Brings somebody in as one of a kind; from which stage on stays on the page. */
export async function bringIn(
  doing: Doing,
  which: Which,
  given: { personId: number; kind: Kind },
): Promise<Decision<'in'>> {
  const project = await load(doing, which)
  if (isRefusal(project)) return project
  if (project.stage === 'ended') return refuse('ended', 'This project has ended')
  const [person] = await possibleOwners(doing.tx, doing.today, given.personId)
  if (!person) return refuse('person', 'Choose a person from the list')
  if (
    project.people.some(each => each.personId === person.id && each.kind === given.kind && each.to === null)
  )
    return refuse('in-it', `${person.name} takes part already`)
  await doing.tx
    .insertInto('project_person')
    .values({
      network_id: doing.network.id,
      project_id: project.id,
      person_id: person.id,
      kind: given.kind,
      since_stage: project.stage,
      from_on: doing.today,
      to_on: null,
    })
    .execute()
  const event = happened('brought-in', { kind: given.kind })
  await save(doing, project, {}, [event])
  if (person.id !== doing.actor?.personId)
    await doing.tell(
      telling(
        doing,
        project,
        `in:${project.version}`,
        person.id,
        `you take part in ${theirs(project.title)}`,
        [
          `You take part in a project now: ${theirs(project.title)}.`,
          theirs(project.about),
          'You hear what is decided and what changes. If this is not right, tell us.',
        ],
      ),
    )
  return accept('in', event)
}

export async function takeOut(doing: Doing, which: Which, placeId: number): Promise<Decision<'out'>> {
  const project = await load(doing, which)
  if (isRefusal(project)) return project
  if (!project.people.some(each => each.id === placeId && each.to === null))
    return refuse('not-in-it', 'Choose somebody who takes part')
  await doing.tx.updateTable('project_person').set({ to_on: doing.today }).where('id', '=', placeId).execute()
  const event = happened('place-ended')
  await save(doing, project, {}, [event])
  return accept('out', event)
}

/** What was decided, with whom; or what changed. Everybody in the project hears it. */
export async function writeNote(
  doing: Doing,
  which: Which,
  given: { kind: 'decision' | 'change'; words: string; sharedWith: readonly Kind[] },
): Promise<Decision<'written'>> {
  const project = await load(doing, which)
  if (isRefusal(project)) return project
  if (given.kind === 'decision' && project.stage === 'ended') return refuse('ended', 'This project has ended')
  await doing.tx
    .insertInto('project_note')
    .values({
      network_id: doing.network.id,
      project_id: project.id,
      kind: given.kind,
      stage: project.stage,
      words: given.words,
      shared_with: JSON.stringify(given.sharedWith),
      on_date: doing.today,
      by_person_id: doing.actor!.personId,
      at: doing.now,
    })
    .execute()
  const event = happened(given.kind === 'decision' ? 'decided' : 'changed')
  await save(doing, project, {}, [event])
  await tellAll(
    doing,
    project,
    `note:${project.version}`,
    given.kind === 'decision'
      ? `a decision in ${theirs(project.title)}`
      : `what changed: ${theirs(project.title)}`,
    [`${given.kind === 'decision' ? 'It was decided' : 'This changed'}: ${theirs(given.words)}`],
  )
  return accept('written', event)
}

export async function changeProject(
  doing: Doing,
  which: Which,
  given: { title: string; about: string; priorityId: number | null; leadId: number },
): Promise<Decision<'changed'>> {
  const project = await load(doing, which)
  if (isRefusal(project)) return project
  const [lead] = await possibleOwners(doing.tx, doing.today, given.leadId)
  if (!lead) return refuse('lead', 'Choose who leads it from the list')
  const event = happened('about-changed')
  await save(
    doing,
    project,
    { title: given.title, about: given.about, priority_id: given.priorityId, lead_person_id: lead.id },
    [event],
  )
  return accept('changed', event)
}

/** Somebody would like to take part: who leads it hears, or the team. */
export async function wishToJoin(doing: Doing, project: LoadedProject): Promise<Decision<'asked'>> {
  if (!doing.actor) return notThere
  if (project.stage === 'ended') return refuse('ended', 'This project has ended')
  const { personId, name } = doing.actor
  if (project.people.some(each => each.personId === personId && each.to === null))
    return refuse('in-it', 'You take part already')
  const to =
    project.leadId === null
      ? idsOf((await postHolders(doing.tx, doing.today)).coordinators)
      : [project.leadId]
  const event = happened('wish-to-join', { personId })
  await doing.happened({ kind: 'project', id: project.id }, [event])
  await doing.tell(
    ...to.map(each =>
      telling(
        doing,
        project,
        `join:${personId}:${doing.today}`,
        each,
        `${theirs(name)} would like to take part`,
        [
          `${theirs(name)} would like to take part in ${theirs(project.title)}. Bring them in, or tell them why not.`,
        ],
      ),
    ),
  )
  return accept('asked', event)
}

async function save(
  doing: Doing,
  project: LoadedProject,
  change: RowChange<'project'>,
  events: readonly Happened[],
): Promise<void> {
  await doing.tx
    .updateTable('project')
    .set({ ...change, version: sql`version + 1` as never })
    .where('id', '=', project.id)
    .execute()
  await doing.happened({ kind: 'project', id: project.id }, events)
}

async function tellAll(
  doing: Doing,
  project: LoadedProject,
  key: string,
  subject: string,
  paragraphs: readonly string[],
): Promise<void> {
  const people = project.people.filter(each => each.to === null).map(each => each.personId)
  const told = [...new Set([...people, project.leadId])].filter(
    (each): each is number => each !== null && each !== doing.actor?.personId,
  )
  await doing.tell(...told.map(each => telling(doing, project, key, each, subject, paragraphs)))
}

function telling(
  doing: Pick<Doing, 'network'>,
  project: LoadedProject,
  key: string,
  personId: number,
  subject: string,
  paragraphs: readonly string[],
): Telling {
  return {
    key: `project-${key}:${project.id}:${personId}`,
    personId,
    kind: `project-${key.split(':')[0]}`,
    subject,
    paragraphs,
    link: { path: projectPaths.one(doing.network.slug, project.slug), words: 'See the project' },
    about: { kind: 'project', id: project.slug },
  }
}
