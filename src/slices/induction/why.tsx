import { Temporal } from 'temporal-polyfill'
import { InsetText } from '#design/index.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { askTogether } from '#platform/database/questions.ts'
import type { Doing } from '#platform/doing.ts'
import type { Visit } from '#platform/http/route.ts'
import { settingOf } from '#platform/network-settings.ts'
import {
  type AgreementOfPerson,
  agreementPaths,
  agreementsOf,
  rolesOf,
  withoutAgreement,
} from '#slices/agreements/index.ts'
import { missingForVote } from './module.ts'
import { inductionPaths } from './paths.ts'
import { type ModuleOfPerson, modulesOf } from './queries.ts'

/** What somebody still has to do before they vote, with where. */
export interface ToDoFirst {
  readonly text: string
  readonly href: string
}

/** What is missing, of all modules and agreements of one person: empty when they vote, or have no vote at all. */
function missing(
  { actor, network, today }: Pick<Doing, 'actor' | 'network' | 'today'>,
  modules: readonly ModuleOfPerson[],
  agreements: readonly AgreementOfPerson[],
  groupId?: number,
): ToDoFirst[] {
  const roles = [
    ...new Set(
      (actor?.memberships ?? [])
        .filter(each => each.voting && (groupId === undefined || each.groupId === groupId))
        .map(each => each.role),
    ),
  ]
  const first = [...new Set(roles.flatMap(role => missingForVote(modules, role, today)))]
  const owed =
    settingOf(network, withoutAgreement) === 'no-vote' && roles.length > 0
      ? agreements.filter(
          each =>
            each.standing.agreedOn === null &&
            each.standing.dueOn !== null &&
            Temporal.PlainDate.compare(each.standing.dueOn, today) < 0,
        )
      : []
  return [
    ...first.map(each => ({
      text: theirs(each.title),
      href: inductionPaths.module(network.slug, each.slug),
    })),
    ...owed.map(each => ({ text: theirs(each.title), href: agreementPaths.one(network.slug, each.slug) })),
  ]
}

/** The same, asked of the database: for the page of a motion on which somebody is not on the roll. */
export async function toDoBeforeVote(
  doing: Pick<Doing, 'tx' | 'actor' | 'network' | 'today'>,
  groupId: number,
): Promise<ToDoFirst[]> {
  const { actor, tx, today } = doing
  if (!actor?.memberships.some(each => each.voting && each.groupId === groupId)) return []
  const [modules, agreements] = await askTogether(tx, [
    modulesOf(tx, actor.personId, today),
    agreementsOf(tx, actor.personId, rolesOf(actor), today),
  ])
  return missing(doing, modules, agreements, groupId)
}

/** "You can vote after you have finished: …", each with its link. */
export function VoteAfter({ first }: { first: readonly ToDoFirst[] }) {
  if (first.length === 0) return null
  return (
    <InsetText>
      <p>You can vote after you have finished:</p>
      <ul className="nhsuk-list nhsuk-list--bullet">
        {first.map(each => (
          <li key={each.href}>
            <a href={each.href}>{each.text}</a>
          </li>
        ))}
      </ul>
    </InsetText>
  )
}

/** On the page of one's own induction: whether one votes, and what is missing, also for later. */
export function whyNotYet(
  visit: Visit,
  modules: readonly ModuleOfPerson[],
  agreements: readonly AgreementOfPerson[],
) {
  const votes = visit.me.memberships.some(each => each.voting)
  if (!votes) return null
  const first = missing(visit, modules, agreements)
  if (first.length > 0) return <VoteAfter first={first} />
  const later = modules.filter(
    each =>
      each.finishedOn === null &&
      each.votingFrom !== null &&
      Temporal.PlainDate.compare(each.votingFrom, visit.today) > 0 &&
      visit.me.memberships.some(place => place.voting && each.roles.includes(place.role)),
  )
  return (
    <InsetText>
      <p>You have all that you need to vote.</p>
      {later.map(each => (
        <p key={each.slug}>
          From {dateInWords(each.votingFrom!)} on you need this, too:{' '}
          <a href={inductionPaths.module(visit.network.slug, each.slug)}>{theirs(each.title)}</a>
        </p>
      ))}
    </InsetText>
  )
}
