import { Temporal } from 'temporal-polyfill'
import type { Happened } from '#kernel/decision.ts'
import type { Doing } from '#platform/doing.ts'
import type { Telling, TellingLink } from '#platform/outbox.ts'
import type { Contribution } from './contribution.ts'
import { type MessageKind, type MessageText, messageTexts } from './message-texts.ts'
import { type NetworkPeople, networkPeople, whoLeads } from './network-people.ts'
import { contributionPaths } from './paths.ts'
import type { LoadedThread } from './store.ts'
import type { Outcome } from './tables.ts'
import { verdictToken } from './verdict-token.ts'

/** What people are told of what happened: made from history, never by hand. */
export async function tellingsOf(
  doing: Doing,
  loaded: LoadedThread,
  now: Contribution,
  events: readonly Happened[],
): Promise<Telling[]> {
  const tellings: Telling[] = []
  for (const each of events) tellings.push(...(await tellingsOfOne(doing, loaded, now, each)))
  return tellings
}

type About = Pick<LoadedThread, 'id' | 'reference' | 'version'>

/** What `replies.ts` understands. */
const verdictByReply =
  'You can also answer this e-mail: write yes if it closes the loop for you, or no and why.'
const byReply: Partial<Record<MessageKind, string>> = {
  asked: 'You can also answer this e-mail.',
  'fed-back': verdictByReply,
  'ended-unanswered': verdictByReply,
}

/** One message for one person; the key is this step's, so that it is told once however often it is tried. */
export function telling(
  doing: Pick<Doing, 'network'>,
  about: About,
  personId: number,
  kind: MessageKind,
  text: MessageText,
  to: Omit<TellingLink, 'words'> = { path: contributionPaths.one(doing.network.slug, about.reference) },
): Telling {
  return {
    key: `contribution-${kind}:${about.id}:${about.version}:${personId}`,
    personId,
    kind,
    subject: text.subject,
    paragraphs: text.paragraphs,
    short: text.short,
    link: { ...to, words: text.link },
    ...(byReply[kind] && { reply: byReply[kind] }),
    about: { kind: 'contribution', id: String(about.id) },
  }
}

async function tellingsOfOne(
  doing: Doing,
  loaded: LoadedThread,
  now: Contribution,
  { event, details }: Happened,
): Promise<Telling[]> {
  const { slug, phone } = doing.network
  const it = loaded.reference
  const to = (
    personIds: readonly (number | null | undefined)[],
    kind: MessageKind,
    text: MessageText,
    path?: string,
  ) =>
    [...new Set(personIds)]
      // Nobody is told what they have just done themselves.
      .filter((each): each is number => typeof each === 'number' && each !== doing.actor?.personId)
      .map(personId => telling(doing, loaded, personId, kind, text, path ? { path } : undefined))
  const contributors = loaded.contributorIds
  // Those who raised it hear of it even where they acted themselves in another role.
  const toContributors = (kind: MessageKind, text: MessageText, path?: string) =>
    contributors.map(personId => telling(doing, loaded, personId, kind, text, path ? { path } : undefined))
  const words = (name: string) => (typeof details[name] === 'string' ? details[name] : '')
  switch (event) {
    case 'acknowledged': {
      const [group, on] = [words('group'), Temporal.PlainDate.from(words('on'))]
      const groupId = now.state === 'to-be-considered' ? now.groupId : null
      const people = await peopleOf(doing, groupId)
      return [
        ...toContributors('acknowledged', messageTexts.acknowledged(it, group, on, words('words'))),
        ...to(
          whoLeads(people, groupId).map(each => each.id),
          'acknowledged-group',
          messageTexts['acknowledged-group'](it, group, on),
        ),
      ]
    }
    case 'asked':
      return toContributors(
        'asked',
        messageTexts.asked(it, words('question')),
        contributionPaths.do(slug, it, 'answer'),
      )
    case 'answered': {
      const people = await peopleOf(doing, loaded.groupId)
      const leads = now.state === 'received' ? [] : whoLeads(people, loaded.groupId)
      return to(
        [...people.coordinators, ...leads].map(each => each.id),
        'answered',
        messageTexts.answered(it),
      )
    }
    case 'signposted':
      return toContributors('signposted', messageTexts.signposted(it, phone))
    case 'considered': {
      const text = messageTexts.considered(it, {
        outcome: words('outcome') as Outcome,
        group: words('group'),
        reason: words('reason'),
        passedTo: words('passedTo'),
      })
      return [
        ...toContributors('considered', text),
        ...(now.state === 'not-agreed' ? await toAnswerer(now.due) : []),
      ]
    }
    case 'changed':
      return now.state === 'changed' ? await toAnswerer(now.due) : []
    case 'fed-back': {
      if (now.state !== 'fed-back') return []
      const given = await feedbackOf(doing, now.feedbackId)
      const text = messageTexts['fed-back'](it, given)
      return contributors.map(personId =>
        telling(doing, loaded, personId, 'fed-back', text, verdictLink(doing, now.feedbackId, personId)),
      )
    }
    case 'said-yes':
    case 'said-no': {
      const personId = details.personId
      if (details.recorded !== true || typeof personId !== 'number') return []
      const answer = event === 'said-yes' ? 'yes' : 'no'
      return [
        telling(
          doing,
          loaded,
          personId,
          'verdict-recorded',
          messageTexts['verdict-recorded'](it, answer, words('words')),
        ),
      ]
    }
    case 'reopened': {
      if (now.state !== 'reopened') return []
      const people = await peopleOf(doing, loaded.groupId)
      const director = details.to === 'director' ? people.directors : people.portfolioManagers
      // Without a portfolio manager it is the director's at once: it must be somebody's.
      const those = director.length > 0 ? director : people.directors
      return to(
        those.map(each => each.id),
        'reopened',
        messageTexts.reopened(it, now.due, now.times),
      )
    }
    case 'closed':
      return to(
        [loaded.feedbackOwnerId, ...loaded.actionOwnerIds, ...(await considerersOf(doing, loaded.id))].filter(
          each => each === null || !contributors.includes(each),
        ),
        'closed',
        messageTexts.closed(it),
      )
    case 'ended-unanswered':
      return now.state === 'ended-unanswered'
        ? loaded.contributors
            .filter(each => each.verdict === null)
            .map(each =>
              telling(
                doing,
                loaded,
                each.personId,
                'ended-unanswered',
                messageTexts['ended-unanswered'](it),
                { path: contributionPaths.do(slug, it, 'verdict') },
              ),
            )
        : []
    default:
      return []
  }

  async function toAnswerer(due: Temporal.PlainDate): Promise<Telling[]> {
    const owner = await feedbackOwnerNow(doing, loaded)
    return to(
      owner,
      'answer-due',
      messageTexts['answer-due'](it, due),
      contributionPaths.do(slug, it, 'feedback'),
    )
  }
}

export const verdictLink = (doing: Doing, feedbackId: number, personId: number) =>
  ({
    path: contributionPaths.verdictLink(doing.network.slug, verdictToken(doing, feedbackId, personId)),
    open: true,
  }) as const

const peopleOf = (doing: Doing, groupId: number | null): Promise<NetworkPeople> =>
  networkPeople(doing.tx, doing.today, groupId === null ? [] : [groupId])

/** As it is after this step: it may have been named just now. Without one, whoever leads the group. */
async function feedbackOwnerNow(doing: Doing, loaded: LoadedThread): Promise<(number | null)[]> {
  const row = await doing.tx
    .selectFrom('contribution')
    .select(['feedback_owner_person_id', 'group_id'])
    .where('id', '=', loaded.id)
    .executeTakeFirstOrThrow()
  if (row.feedback_owner_person_id !== null) return [row.feedback_owner_person_id]
  return whoLeads(await peopleOf(doing, row.group_id), row.group_id).map(each => each.id)
}

async function feedbackOf(doing: Doing, feedbackId: number) {
  const row = await doing.tx
    .selectFrom('feedback')
    .leftJoin('person', 'person.id', 'feedback.by_person_id')
    .select(['you_said', 'we_heard', 'what_happened', 'next', 'person.name'])
    .where('feedback.id', '=', feedbackId)
    .executeTakeFirstOrThrow()
  return {
    youSaid: row.you_said,
    weHeard: row.we_heard,
    whatHappened: row.what_happened,
    next: row.next,
    by: row.name ?? doing.network.name,
  }
}

async function considerersOf(doing: Doing, contributionId: number): Promise<number[]> {
  const rows = await doing.tx
    .selectFrom('consideration')
    .select('by_person_id')
    .where('contribution_id', '=', contributionId)
    .execute()
  return rows.map(each => each.by_person_id)
}
