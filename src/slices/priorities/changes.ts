import { sql } from 'kysely'
import { dateInWords } from '#kernel/calendar/words.ts'
import { accept, type Decision, happened, type Refusal, refuse } from '#kernel/decision.ts'
import { readReference } from '#kernel/references.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { PlainDate } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import type { DueWork } from '#platform/http/route.ts'
import { isTeam, isVolunteer } from '#platform/permission.ts'
import { freeSlug, slugOf } from '#slices/projects/index.ts'
import { league, type Ranking } from './league.ts'
import { priorityPaths } from './paths.ts'
import * as steps from './round.ts'
import { type LoadedRound, loadRound } from './store.ts'
import type { CountedRound, ToldHow } from './tables.ts'

const notThere = refuse('not-there', 'There is no such round')
type Which = LoadedRound | number
const load = (doing: Doing, which: Which) =>
  typeof which === 'number' ? loadRound(doing, which, { forChange: true }) : Promise.resolve(which)

/** Volunteers of today, with a name: who may propose and rank. */
export async function volunteersOf({ tx, today }: Pick<Doing, 'tx' | 'today'>) {
  return await tx
    .selectFrom('person as p')
    .select(['p.id', 'p.name'])
    .where('p.left_on', 'is', null)
    .where(
      sql<boolean>`exists (select from membership m where m.network_id = p.network_id and m.person_id = p.id
        and m.role = 'volunteer' and m.from_on <= ${today} and (m.to_on is null or m.to_on >= ${today}))`,
    )
    .orderBy('p.name')
    .limit(5000)
    .execute()
}

/** Opens a round: every volunteer hears, in their own way. */
export async function openRound(
  doing: Doing,
  given: { title: string; proposeUntil: PlainDate; rankUntil: PlainDate },
): Promise<{ accepted: true; id: number } | Refusal> {
  const step = steps.openRound({ ...given, today: doing.today })
  if (!step.accepted || !doing.actor) return step.accepted ? notThere : step
  const { id } = await doing.tx
    .insertInto('priority_round')
    .values({
      network_id: doing.network.id,
      title: given.title,
      propose_until: given.proposeUntil,
      rank_until: given.rankUntil,
      opened_by_person_id: doing.actor.personId,
      opened_at: doing.now,
      result: null,
      counted_at: null,
      motion_id: null,
      adopted_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await doing.happened({ kind: 'priority-round', id }, step.events)
  await doing.tell(
    ...(await volunteersOf(doing)).map(each => ({
      key: `priorities-open:${id}:${each.id}`,
      personId: each.id,
      kind: 'priorities-open',
      subject: 'what should we work on first?',
      paragraphs: [
        `We ask all volunteers what the network should work on first: ${theirs(given.title)}.`,
        `You can propose something until ${dateInWords(given.proposeUntil)}. Then everybody puts the ideas in order, until ${dateInWords(given.rankUntil)}.`,
        'You can also tell us on the phone or by post, and we write it down.',
      ],
      link: { path: priorityPaths.round(doing.network.slug, id), words: 'Propose and read here' },
      about: { kind: 'priority-round', id: String(id) },
    })),
  )
  return { accepted: true, id }
}

/** Who speaks: a volunteer for themselves, or the team, who writes down what a volunteer told them. */
async function speaker(
  doing: Doing,
  given: { personId: number; how: ToldHow },
): Promise<{ isVolunteer: boolean; recorded: number | null } | undefined> {
  const { actor } = doing
  if (!actor) return undefined
  if (given.personId === actor.personId) return { isVolunteer: isVolunteer(actor), recorded: null }
  if (!isTeam(actor) || given.how === 'web') return undefined
  const known = (await volunteersOf(doing)).some(each => each.id === given.personId)
  return { isVolunteer: known, recorded: actor.personId }
}
const notForThem = refuse('not-theirs', 'Choose a volunteer from the list')

export async function proposeIdea(
  doing: Doing,
  which: Which,
  given: { personId: number; how: ToldHow; title: string; why: string },
): Promise<{ accepted: true; id: number } | Refusal> {
  const round = await load(doing, which)
  const by = await speaker(doing, given)
  if (!round) return notThere
  if (!by) return notForThem
  const step = steps.propose(round, by, doing.today)
  if (!step.accepted) return step
  const { id } = await doing.tx
    .insertInto('priority_idea')
    .values({
      network_id: doing.network.id,
      round_id: round.id,
      title: given.title,
      why: given.why,
      proposed_by_person_id: given.personId,
      proposed_at: doing.now,
      how: given.how,
      recorded_by_person_id: by.recorded,
      withdrawn_at: null,
      priority_id: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await doing.happened({ kind: 'priority-round', id: round.id }, step.events)
  if (by.recorded !== null)
    await doing.tell({
      key: `priority-idea:${id}`,
      personId: given.personId,
      kind: 'priority-idea',
      subject: 'your idea is in',
      paragraphs: [
        `We wrote down your idea: ${theirs(given.title)}.`,
        theirs(given.why),
        'If this is not right, tell us.',
      ],
      link: { path: priorityPaths.idea(doing.network.slug, round.id, id), words: 'See it here' },
      about: { kind: 'priority-round', id: String(round.id) },
    })
  return { accepted: true, id }
}

export async function talkAbout(
  doing: Doing,
  which: Which,
  given: { ideaId: number; words: string },
): Promise<Decision<'said'>> {
  const round = await load(doing, which)
  if (!round?.ideas.some(each => each.id === given.ideaId) || !doing.actor) return notThere
  const step = steps.talk(round, doing.today)
  if (!step.accepted) return step
  await doing.tx
    .insertInto('priority_talk')
    .values({
      network_id: doing.network.id,
      idea_id: given.ideaId,
      person_id: doing.actor.personId,
      words: given.words,
      at: doing.now,
    })
    .execute()
  await doing.happened({ kind: 'priority-round', id: round.id }, step.events)
  return step
}

/** By who proposed it, while the ranking has not begun. */
export async function withdrawIdea(
  doing: Doing,
  which: Which,
  ideaId: number,
): Promise<Decision<'withdrawn'>> {
  const round = await load(doing, which)
  const idea = round?.ideas.find(each => each.id === ideaId)
  if (!round || !idea || !doing.actor) return notThere
  if (idea.byId !== doing.actor.personId) return refuse('not-yours', 'Only who proposed it can take it back')
  if (steps.phaseOf(round, doing.today) !== 'proposing')
    return refuse('too-late', 'People put the ideas in order now, so it stays in the list')
  await doing.tx
    .updateTable('priority_idea')
    .set({ withdrawn_at: doing.now })
    .where('id', '=', ideaId)
    .execute()
  const event = happened('withdrawn')
  await doing.happened({ kind: 'priority-round', id: round.id }, [event])
  return accept('withdrawn', event)
}

export async function takeDownTalk(
  doing: Doing,
  which: Which,
  given: { ideaId: number; talkId: number; because: string },
): Promise<Decision<'down'>> {
  const round = await load(doing, which)
  const idea = round?.ideas.find(each => each.id === given.ideaId)
  if (!round || !idea?.talk.some(each => each.id === given.talkId))
    return refuse('not-there', 'Choose what to take down')
  if (!doing.actor || !isTeam(doing.actor)) return refuse('not-the-team', 'The team takes words down')
  await doing.tx
    .updateTable('priority_talk')
    .set({ taken_down_because: given.because })
    .where('id', '=', given.talkId)
    .execute()
  const event = happened('words-taken-down')
  await doing.happened({ kind: 'priority-round', id: round.id }, [event])
  return accept('down', event)
}

/** The last ranking of a person counts. */
export async function rankIdeas(
  doing: Doing,
  which: Which,
  given: { personId: number; how: ToldHow; places: Ranking },
): Promise<Decision<Ranking>> {
  const round = await load(doing, which)
  const by = await speaker(doing, given)
  if (!round) return notThere
  if (!by) return notForThem
  const step = steps.rank(round, by, given.places, doing.today)
  if (!step.accepted) return step
  const row = {
    places: JSON.stringify(step.state),
    at: doing.now,
    how: given.how,
    recorded_by_person_id: by.recorded,
  }
  await doing.tx
    .insertInto('priority_ranking')
    .values({ network_id: doing.network.id, round_id: round.id, person_id: given.personId, ...row })
    .onConflict(on => on.columns(['network_id', 'round_id', 'person_id']).doUpdateSet(row))
    .execute()
  // They hear it, so that nobody can put an order in their name. The order is in no message: it is forgotten when counted.
  if (by.recorded !== null)
    await doing.tell({
      key: `priorities-ranked:${round.id}:${given.personId}:${doing.now.epochMilliseconds}`,
      personId: given.personId,
      kind: 'priorities-ranked',
      subject: 'we wrote down your order',
      paragraphs: [
        `We wrote down in which order you want these: ${theirs(round.title)}. It stands instead of an order that you sent before.`,
        `You can change it until ${dateInWords(round.rankUntil)}. If you did not tell us an order, tell us.`,
      ],
      link: { path: priorityPaths.do(doing.network.slug, round.id, 'rank'), words: 'See it here' },
      about: { kind: 'priority-round', id: String(round.id) },
    })
  return step
}

/** Counts what is over, and forgets who ranked how; reminds once who has not ranked yet. */
export async function prioritiesDue(work: DueWork): Promise<void> {
  const open = await work.tx
    .selectFrom('priority_round')
    .select(['id', 'title', 'propose_until', 'rank_until'])
    .where('counted_at', 'is', null)
    .where('propose_until', '<', work.today)
    .orderBy('id')
    .limit(100)
    .execute()
  for (const each of open) {
    if (each.rank_until.toString() < work.today.toString()) await count(work, each.id)
    else {
      const missing = await sql<{ id: number }>`
        select v.id from person v where v.left_on is null and exists (select from membership m
            where m.network_id = v.network_id and m.person_id = v.id and m.role = 'volunteer'
              and m.from_on <= ${work.today} and (m.to_on is null or m.to_on >= ${work.today}))
          and not exists (select from priority_ranking k where k.network_id = v.network_id and k.round_id = ${each.id}
            and k.person_id = v.id)
          and not exists (select from reminder r where r.network_id = v.network_id
            and r.key = 'priorities-rank:' || ${each.id}::text || ':' || v.id)`.execute(work.tx)
      for (const { id } of missing.rows)
        await work.remind({
          key: `priorities-rank:${each.id}:${id}`,
          personId: id,
          sentence: `${theirs(each.title)}: put the ideas in the order that you want, until ${dateInWords(each.rank_until)}.`,
          path: priorityPaths.do(work.network.slug, each.id, 'rank'),
        })
    }
  }
}

async function count(work: DueWork, roundId: number): Promise<void> {
  const round = await loadRound(work, roundId, { forChange: true })
  if (!round || round.isCounted) return
  const gone = await work.tx
    .deleteFrom('priority_ranking')
    .where('round_id', '=', roundId)
    .returning(['person_id', 'places'])
    .execute()
  const result: CountedRound = {
    people: gone.length,
    rows: league(
      round.ideaIds,
      gone.map(each => each.places as Ranking),
    ),
  }
  await work.tx
    .updateTable('priority_round')
    .set({ result: JSON.stringify(result), counted_at: work.now, version: round.version + 1 })
    .where('id', '=', roundId)
    .execute()
  await work.happened({ kind: 'priority-round', id: roundId }, [happened('counted', { people: gone.length })])
  const first = result.rows
    .filter(each => each.place === 1)
    .map(each => round.ideas.find(one => one.id === each.id)?.title)
  await work.tell(
    ...gone.map(each => ({
      key: `priorities-counted:${roundId}:${each.person_id}`,
      personId: each.person_id,
      kind: 'priorities-counted',
      subject: 'how the ideas were ranked',
      paragraphs: [
        `The ranking is over: ${theirs(round.title)}. ${gone.length === 1 ? '1 person' : `${gone.length} people`} took part.`,
        ...(first.length > 0 ? [`First: ${first.map(each => theirs(each ?? '')).join(' and ')}.`] : []),
        'Next, the board votes on it. Nobody can see any more who ranked how.',
      ],
      link: { path: priorityPaths.round(work.network.slug, roundId), words: 'See all places' },
      about: { kind: 'priority-round', id: String(roundId) },
    })),
  )
}

/** The board's carried vote puts ideas on the public list, and may take others off it. */
export async function adoptPriorities(
  doing: Doing,
  which: Which,
  given: { motion: string; ideaIds: readonly number[]; endIds: readonly number[] },
): Promise<Decision<'adopted'>> {
  const round = await load(doing, which)
  if (!round) return notThere
  const number = readReference('V', given.motion)
  const motion =
    number === undefined
      ? undefined
      : await doing.tx
          .selectFrom('motion as m')
          .innerJoin('meeting as t', join =>
            join.onRef('t.network_id', '=', 'm.network_id').onRef('t.id', '=', 'm.meeting_id'),
          )
          .innerJoin('network_group as g', join =>
            join.onRef('g.network_id', '=', 't.network_id').onRef('g.id', '=', 't.group_id'),
          )
          .select([
            'm.id',
            sql<boolean>`g.kind = 'board'`.as('isOfBoard'),
            sql<boolean>`m.state = 'closed' and coalesce(m.result ->> 'outcome', '') = 'carried'`.as(
              'isCarried',
            ),
          ])
          .where('m.number', '=', number)
          .executeTakeFirst()
  const step = steps.adopt(round, motion, given.ideaIds, doing.today)
  if (!step.accepted || !motion) return step.accepted ? notThere : step
  for (const idea of round.ideas.filter(each => given.ideaIds.includes(each.id))) {
    const wanted = slugOf(idea.title, 'priority')
    const taken = await doing.tx
      .selectFrom('priority')
      .select('slug')
      .where('slug', 'like', `${wanted}%`)
      .execute()
    const { id } = await doing.tx
      .insertInto('priority')
      .values({
        network_id: doing.network.id,
        slug: freeSlug(
          wanted,
          taken.map(each => each.slug),
        ),
        title: idea.title,
        about: idea.why,
        why: 'Volunteers proposed it and put it in this place; the board adopted it.',
        adopted_on: doing.today,
        motion_id: motion.id,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await doing.tx.updateTable('priority_idea').set({ priority_id: id }).where('id', '=', idea.id).execute()
    if (idea.byId !== null && idea.byId !== doing.actor?.personId)
      await doing.tell({
        key: `priority-adopted:${idea.id}`,
        personId: idea.byId,
        kind: 'priority-adopted',
        subject: 'the board took up your idea',
        paragraphs: [
          `You proposed: ${theirs(idea.title)}. The board adopted it. It is on the public list now.`,
          'Thank you.',
        ],
        link: { path: priorityPaths.list(doing.network.slug), words: 'See the list', open: true },
        about: { kind: 'priority-round', id: String(round.id) },
      })
  }
  if (given.endIds.length > 0)
    await doing.tx
      .updateTable('priority')
      .set({ ended_on: doing.today })
      .where('id', 'in', [...given.endIds])
      .where('ended_on', 'is', null)
      .execute()
  await doing.tx
    .updateTable('priority_round')
    .set({ motion_id: motion.id, adopted_at: doing.now, version: round.version + 1 })
    .where('id', '=', round.id)
    .execute()
  await doing.happened({ kind: 'priority-round', id: round.id }, step.events)
  return step
}
