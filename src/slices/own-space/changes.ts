import { sql } from 'kysely'
import { addWorkingDays } from '#kernel/calendar/working-days.ts'
import { promisedBy } from '#kernel/clocks.ts'
import { happened, type Refusal, refuse } from '#kernel/decision.ts'
import { reference } from '#kernel/references.ts'
import { asPerson, type Doing } from '#platform/doing.ts'
import { numberSetting, settingOf } from '#platform/network-settings.ts'
import type { Telling, TellingLink } from '#platform/outbox.ts'
import { joinContribution, loadThread, receiveContribution } from '#slices/contributions/index.ts'
import { mayDecide, moderates, type Space } from './access.ts'
import { type ContributionKind, type Naming, usualRules } from './choices.ts'
import { count, phaseOf } from './election.ts'
import { spacePaths } from './paths.ts'
import { type OnePost, peopleOf, type Report } from './store.ts'

type Done = { readonly accepted: true } | Refusal
type Made = { readonly accepted: true; readonly id: number } | Refusal

export const electionDays = numberSetting({
  name: 'own-space-election-days',
  title: 'Own space: how long people stand, and then vote, for a moderator',
  hint: 'Working days for each of the two.',
  usual: 5,
  least: 1,
  most: 20,
  unit: 'working days',
})

/** What happened in a space, without a word of it. */
const tellHistory = (doing: Doing, spaceId: number, event: string) =>
  doing.happened({ kind: 'own-space', id: spaceId }, [happened(event)])

/**
 * Who reported, whose words they were and who decides is for the volunteers alone: the team does not find such a message
 * in its lists (a policy on `message`). A call or a letter is made by the team, so it only says that something waits.
 */
export async function tellAlone(
  doing: Doing,
  spaceId: number,
  told: Pick<Telling, 'key' | 'personId' | 'kind' | 'subject' | 'paragraphs'> & { link: TellingLink },
): Promise<void> {
  const { personId } = told
  await asPerson(doing, personId, async () => {
    const person = await doing.tx
      .selectFrom('person')
      .select('channel')
      .where('id', '=', personId)
      .executeTakeFirst()
    const byHand = person?.channel === 'phone' || person?.channel === 'post'
    await doing.tell(
      byHand
        ? {
            key: told.key,
            personId,
            kind: 'digest',
            subject: 'something needs you',
            paragraphs: ['Something needs you. You find it on your first page.'],
            link: { path: `/${doing.network.slug}/home`, words: 'See it here' },
            about: { kind: 'digest', id: String(personId) },
          }
        : { ...told, about: { kind: 'own-space-private', id: String(spaceId) } },
    )
  })
}

export async function openSpace(doing: Doing, groupId: number | null): Promise<Made> {
  const { tx, network, actor } = doing
  if (!actor) return refuse('nobody', 'Only a volunteer can open a space')
  const group =
    groupId === null
      ? undefined
      : await tx.selectFrom('network_group').select('name').where('id', '=', groupId).executeTakeFirst()
  if (groupId !== null && !group) return refuse('no-group', 'There is no such group')
  const made = await tx
    .insertInto('own_space')
    .values({
      network_id: network.id,
      group_id: groupId,
      name: group ? `Volunteers of ${group.name}` : 'All volunteers',
      rules: usualRules,
      opened_by_person_id: actor.personId,
      opened_at: doing.now,
    })
    .onConflict(on => on.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (made) {
    await tellHistory(doing, made.id, 'opened')
    return { accepted: true, id: made.id }
  }
  // Somebody was a moment faster: it is open, and that is what was wished for.
  const there = await tx
    .selectFrom('own_space')
    .select('id')
    .where(groupId === null ? sql<boolean>`group_id is null` : sql<boolean>`group_id = ${groupId}`)
    .executeTakeFirstOrThrow()
  return { accepted: true, id: there.id }
}

export interface NewPost {
  readonly words: string
  /** Somebody of the space whose words they are, when another one writes them down. */
  readonly forPersonId?: number | undefined
}

export async function beginTopic(
  doing: Doing,
  space: Space,
  given: NewPost & { readonly title: string },
): Promise<Made> {
  const { id } = await doing.tx
    .insertInto('own_space_topic')
    .values({
      network_id: doing.network.id,
      space_id: space.spaceId,
      title: given.title,
      by_person_id: doing.actor!.personId,
      at: doing.now,
      last_at: doing.now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const posted = await writePost(doing, space, id, given)
  return posted.accepted ? { accepted: true, id } : posted
}

export async function writePost(doing: Doing, space: Space, topicId: number, given: NewPost): Promise<Done> {
  const me = doing.actor!.personId
  const forId = given.forPersonId === me ? undefined : given.forPersonId
  if (forId !== undefined) {
    const people = await peopleOf(doing, space.groupId)
    if (!people.some(each => each.id === forId))
      return refuse('no-person', 'Choose a volunteer of this space from the list')
  }
  await doing.tx
    .insertInto('own_space_post')
    .values({
      network_id: doing.network.id,
      space_id: space.spaceId,
      topic_id: topicId,
      by_person_id: me,
      for_person_id: forId ?? null,
      words: given.words,
      at: doing.now,
    })
    .execute()
  await doing.tx
    .updateTable('own_space_topic')
    .set({ last_at: doing.now })
    .where('id', '=', topicId)
    .execute()
  return { accepted: true }
}

/** Only who wrote it. An empty topic goes with its last post. */
export async function takePostAway(doing: Doing, post: OnePost): Promise<Done> {
  if (post.authorId !== doing.actor?.personId)
    return refuse('not-yours', 'Only who wrote this can take it away')
  await doing.tx.deleteFrom('own_space_post').where('id', '=', post.postId).execute()
  await doing.tx
    .deleteFrom('own_space_topic')
    .where('id', '=', post.topicId)
    .where(sql<boolean>`not exists (select from own_space_post p where p.topic_id = own_space_topic.id)`)
    .execute()
  return { accepted: true }
}

/** The moderator looks at it by a day; who decides where the moderator cannot, `mayDecide` says. */
export async function reportPost(doing: Doing, post: OnePost, because: string): Promise<Done> {
  const me = doing.actor!.personId
  if (post.authorId === me) return refuse('yours', 'This is your own. You can take it away')
  const dueOn = promisedBy('post-report', doing.today, doing.network.clocks)
  const made = await doing.tx
    .insertInto('own_space_report')
    .values({
      network_id: doing.network.id,
      space_id: post.spaceId,
      post_id: post.postId,
      by_person_id: me,
      because,
      at: doing.now,
      due_on: dueOn,
    })
    .onConflict(on => on.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!made) return refuse('reported', 'You have reported this already. It is being looked at')
  const { moderatorId } = post
  if (
    moderatorId !== null &&
    mayDecide({ personId: moderatorId }, post, { byId: me, authorId: post.authorId })
  ) {
    await tellAlone(doing, post.spaceId, {
      key: `own-space-report:${made.id}`,
      personId: moderatorId,
      kind: 'own-space-report',
      subject: 'something in the volunteers’ own space needs you',
      paragraphs: ['You are the moderator. Something was reported. What it is, you find behind the sign-in.'],
      link: {
        path: spacePaths.in(doing.network.slug, post.spaceId, 'reports'),
        words: 'Look at it here',
      },
    })
  }
  return { accepted: true }
}

/** All open reports on the post end with it; whoever reported, and the author of what was hidden, hear that it was decided. */
export async function decideReport(
  doing: Doing,
  report: Report,
  given: { readonly decision: 'stays' | 'hidden'; readonly answer: string },
): Promise<Done> {
  if (!doing.actor || !mayDecide(doing.actor, report, report))
    return refuse('not-yours', 'Somebody else decides on this one')
  const ended = await doing.tx
    .updateTable('own_space_report')
    .set({ decided_at: doing.now, decision: given.decision, answer: given.answer })
    .where('post_id', '=', report.postId)
    .where('decided_at', 'is', null)
    .returning('by_person_id')
    .execute()
  if (given.decision === 'hidden') {
    await doing.tx
      .updateTable('own_space_post')
      .set({ hidden_at: doing.now, hidden_because: given.answer })
      .where('id', '=', report.postId)
      .execute()
  }
  const told = [
    ...ended.map(each => each.by_person_id),
    ...(given.decision === 'hidden' && report.authorId !== null ? [report.authorId] : []),
  ]
  for (const personId of new Set(told)) {
    await tellAlone(doing, report.spaceId, {
      key: `own-space-decided:${report.reportId}:${personId}`,
      personId,
      kind: 'own-space-decided',
      subject: 'news from the volunteers’ own space',
      paragraphs: [
        'Something that was reported was looked at. What came of it, you find behind the sign-in.',
      ],
      link: {
        path: spacePaths.topic(doing.network.slug, report.spaceId, report.topicId),
        words: 'See it here',
      },
    })
  }
  return { accepted: true }
}

export async function changeRules(doing: Doing, space: Space, rules: string): Promise<Done> {
  if (!doing.actor || !moderates(doing.actor, space))
    return refuse('not-moderator', 'The moderator whom you elected can change the rules')
  await doing.tx
    .updateTable('own_space')
    .set({ rules, version: space.version + 1 })
    .where('id', '=', space.spaceId)
    .execute()
  await tellHistory(doing, space.spaceId, 'rules-changed')
  return { accepted: true }
}

export async function openElection(doing: Doing, space: Space): Promise<Done> {
  const days = settingOf(doing.network, electionDays)
  const standUntil = addWorkingDays(doing.today, days)
  const made = await doing.tx
    .insertInto('own_space_election')
    .values({
      network_id: doing.network.id,
      space_id: space.spaceId,
      opened_by_person_id: doing.actor!.personId,
      opened_on: doing.today,
      stand_until: standUntil,
      vote_until: addWorkingDays(standUntil, days),
    })
    .onConflict(on => on.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!made) return refuse('open', 'An election is going on already')
  await tellHistory(doing, space.spaceId, 'election-opened')
  return { accepted: true }
}

export interface OpenElection {
  readonly electionId: number
  readonly standUntil: Doing['today']
  readonly voteUntil: Doing['today']
}

const asElection = (it: OpenElection) => ({ ...it, counted: false })

export async function stand(doing: Doing, space: Space, it: OpenElection, words: string): Promise<Done> {
  if (phaseOf(asElection(it), doing.today) !== 'standing')
    return refuse('too-late', 'The time to stand is over')
  await doing.tx
    .insertInto('own_space_candidate')
    .values({
      network_id: doing.network.id,
      space_id: space.spaceId,
      election_id: it.electionId,
      person_id: doing.actor!.personId,
      words,
      at: doing.now,
    })
    .onConflict(on => on.columns(['network_id', 'election_id', 'person_id']).doUpdateSet({ words }))
    .execute()
  return { accepted: true }
}

/** Can be changed until the last day. */
export async function voteFor(
  doing: Doing,
  space: Space,
  it: OpenElection,
  candidates: readonly number[],
): Promise<Done> {
  if (phaseOf(asElection(it), doing.today) !== 'voting') return refuse('not-now', 'You cannot vote now')
  const ticks = JSON.stringify([...new Set(candidates)])
  await doing.tx
    .insertInto('own_space_vote')
    .values({
      network_id: doing.network.id,
      space_id: space.spaceId,
      election_id: it.electionId,
      person_id: doing.actor!.personId,
      candidates: ticks,
    })
    .onConflict(on =>
      on.columns(['network_id', 'election_id', 'person_id']).doUpdateSet({ candidates: ticks }),
    )
    .execute()
  return { accepted: true }
}

/** When the last day is over. Who voted how is forgotten with the count. */
export async function countElection(doing: Doing, spaceId: number, it: OpenElection): Promise<Done> {
  if (phaseOf(asElection(it), doing.today) !== 'to-count') return refuse('too-early', 'People can still vote')
  const { tx } = doing
  const candidates = await tx
    .selectFrom('own_space_candidate as c')
    .innerJoin('person as p', join =>
      join.onRef('p.network_id', '=', 'c.network_id').onRef('p.id', '=', 'c.person_id'),
    )
    .select(['c.person_id', 'p.name'])
    .where('c.election_id', '=', it.electionId)
    .orderBy('c.id')
    .execute()
  const votes = await tx
    .selectFrom('own_space_vote')
    .select('candidates')
    .where('election_id', '=', it.electionId)
    .execute()
  const counted = count(
    candidates.map(each => each.person_id),
    votes.map(each => each.candidates as number[]),
  )
  await tx
    .updateTable('own_space_election')
    .set({
      counted_on: doing.today,
      elected_person_id: counted.elected ?? null,
      result: JSON.stringify(counted.numbers),
    })
    .where('id', '=', it.electionId)
    .execute()
  await tx.deleteFrom('own_space_vote').where('election_id', '=', it.electionId).execute()
  if (counted.elected !== undefined) {
    await tx
      .updateTable('own_space')
      .set({ moderator_person_id: counted.elected, moderator_since: doing.today })
      .where('id', '=', spaceId)
      .execute()
    await doing.tell({
      key: `own-space-elected:${it.electionId}`,
      personId: counted.elected,
      kind: 'own-space-elected',
      subject: 'the volunteers elected you',
      paragraphs: ['You are the moderator of a space of volunteers now. Thank you for standing.'],
      link: { path: spacePaths.one(doing.network.slug, spaceId), words: 'Go to the space' },
      about: { kind: 'own-space', id: String(spaceId) },
    })
  }
  await tellHistory(doing, spaceId, 'election-counted')
  return { accepted: true }
}

/** No reason is asked for; an election can begin at once. */
export async function stepDown(doing: Doing, space: Space): Promise<Done> {
  if (!doing.actor || !moderates(doing.actor, space))
    return refuse('not-moderator', 'You are not the moderator')
  await doing.tx
    .updateTable('own_space')
    .set({ moderator_person_id: null, moderator_since: null, version: space.version + 1 })
    .where('id', '=', space.spaceId)
    .execute()
  await tellHistory(doing, space.spaceId, 'moderator-stepped-down')
  return { accepted: true }
}

export interface Bringing extends Space {
  readonly bringingId: number
  readonly words: string
  readonly kind: ContributionKind
  readonly byId: number | null
  readonly sentAt: string | null
  readonly droppedAt: string | null
  readonly number: number | null
  readonly wordsVersion: number
  readonly signings: readonly {
    readonly personId: number
    readonly name: string
    readonly naming: Naming
    readonly wordsVersion: number
  }[]
}

export async function beginBringing(
  doing: Doing,
  space: Space,
  given: { readonly words: string; readonly kind: ContributionKind; readonly naming: Naming },
): Promise<Made> {
  const { id } = await doing.tx
    .insertInto('own_space_bringing')
    .values({
      network_id: doing.network.id,
      space_id: space.spaceId,
      words: given.words,
      kind: given.kind,
      by_person_id: doing.actor!.personId,
      at: doing.now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await sign(doing, space.spaceId, { id, wordsVersion: 1 }, given.naming)
  return { accepted: true, id }
}

async function sign(
  doing: Doing,
  spaceId: number,
  bringing: { readonly id: number; readonly wordsVersion: number },
  naming: Naming,
): Promise<void> {
  await doing.tx
    .insertInto('own_space_signing')
    .values({
      network_id: doing.network.id,
      space_id: spaceId,
      bringing_id: bringing.id,
      person_id: doing.actor!.personId,
      naming,
      words_version: bringing.wordsVersion,
      at: doing.now,
    })
    .onConflict(on =>
      on
        .columns(['network_id', 'bringing_id', 'person_id'])
        .doUpdateSet({ naming, words_version: bringing.wordsVersion, at: doing.now }),
    )
    .execute()
}

const isOpen = (it: Bringing): Refusal | undefined =>
  it.sentAt !== null || it.droppedAt !== null ? refuse('over', 'This is not open any more') : undefined

/** Puts one’s name to exactly these words. */
export async function signBringing(doing: Doing, it: Bringing, naming: Naming): Promise<Done> {
  const over = isOpen(it)
  if (over) return over
  await sign(doing, it.spaceId, { id: it.bringingId, wordsVersion: it.wordsVersion }, naming)
  return { accepted: true }
}

export async function takeNameAway(doing: Doing, it: Bringing): Promise<Done> {
  const over = isOpen(it)
  if (over) return over
  const me = doing.actor!.personId
  if (it.byId === me) return refuse('yours', 'You began this. You can drop it')
  await doing.tx
    .deleteFrom('own_space_signing')
    .where('bringing_id', '=', it.bringingId)
    .where('person_id', '=', me)
    .execute()
  return { accepted: true }
}

/** Other words need everybody’s name again. */
export async function rewordBringing(doing: Doing, it: Bringing, words: string): Promise<Done> {
  const over = isOpen(it)
  if (over) return over
  if (it.byId !== doing.actor?.personId)
    return refuse('not-yours', 'Only who began this can change the words')
  if (words === it.words) return { accepted: true }
  const wordsVersion = it.wordsVersion + 1
  await doing.tx
    .updateTable('own_space_bringing')
    .set({ words, version: wordsVersion })
    .where('id', '=', it.bringingId)
    .execute()
  await doing.tx
    .updateTable('own_space_signing')
    .set({ words_version: wordsVersion })
    .where('bringing_id', '=', it.bringingId)
    .where('person_id', '=', it.byId)
    .execute()
  return { accepted: true }
}

export async function dropBringing(doing: Doing, it: Bringing): Promise<Done> {
  const over = isOpen(it)
  if (over) return over
  if (it.byId !== doing.actor?.personId) return refuse('not-yours', 'Only who began this can drop it')
  await doing.tx
    .updateTable('own_space_bringing')
    .set({ dropped_at: doing.now })
    .where('id', '=', it.bringingId)
    .execute()
  return { accepted: true }
}

/**
 * Out of the space, as one contribution of all who put their name to these words: each gets a receipt, the answer, and
 * an own say on closing.
 */
export async function sendBringing(
  doing: Doing,
  it: Bringing,
): Promise<{ readonly accepted: true; readonly reference: string } | Refusal> {
  const over = isOpen(it)
  if (over) return over
  const me = doing.actor?.personId
  if (it.byId !== me || me === undefined) return refuse('not-yours', 'Only who began this can send it')
  const mine = it.signings.find(each => each.personId === me)
  const received = await receiveContribution(doing, {
    personId: me,
    kind: it.kind,
    words: it.words,
    wishedGroupId: it.groupId,
    naming: mine?.naming ?? 'named',
  })
  // Whoever has put their name to other words, or is no volunteer of the space any more, does not go along.
  const there = new Set((await peopleOf(doing, it.groupId)).map(each => each.id))
  for (const each of it.signings) {
    if (each.personId === me || each.wordsVersion !== it.wordsVersion || !there.has(each.personId)) continue
    const thread = await loadThread(doing.tx, received.reference, { forChange: true })
    const joined =
      thread &&
      (await joinContribution(doing, thread, { personId: each.personId, words: '', naming: each.naming }))
    if (!joined?.accepted) throw new Error(`${received.reference} could not be joined`)
  }
  await doing.tx
    .updateTable('own_space_bringing')
    .set({ sent_at: doing.now, contribution_number: received.number })
    .where('id', '=', it.bringingId)
    .execute()
  return { accepted: true, reference: reference('C', received.number) }
}
