import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { readReference, reference } from '#kernel/references.ts'
import type { Channel, Instant, Tx } from '#platform/database/tables.ts'
import { type Actor, isTeam, leads, personRule, type Rule } from '#platform/permission.ts'
import type { PublicText, Publishing, Version } from './publication.ts'
import type { Answer, AnsweredHow, PublicationState, PublicNaming, PublicOutcome } from './tables.ts'

export interface LoadedVersion extends Version {
  readonly number: number
  readonly state: PublicationState
  readonly text: PublicText
  readonly answers: readonly LoadedAnswer[]
}

export interface LoadedAnswer {
  readonly personId: number
  readonly answer: Answer
  readonly words: string
  readonly textHash: string
  readonly naming: PublicNaming
  readonly how: AnsweredHow
  readonly at: Instant
}

export interface PublicationContributor {
  readonly personId: number
  readonly name: string
  readonly knownAs: string
  readonly naming: PublicNaming
  readonly channel: Channel
}

/** One contribution with all that publishing it needs; `version` guards forms against what happened meanwhile. */
export interface LoadedPublishing {
  readonly id: number
  readonly number: number
  readonly reference: string
  readonly title: string
  readonly groupId: number | null
  readonly priorityId: number | null
  readonly trustId: number | null
  readonly outcome: PublicOutcome | null
  readonly version: number
  readonly lastVersion: number
  readonly contributors: readonly PublicationContributor[]
  readonly feedback: { youSaid: string; whatHappened: string; next: string } | null
  readonly open: LoadedVersion | undefined
  readonly published: LoadedVersion | undefined
  /** The newest version there was, whatever became of it. */
  readonly latest: LoadedVersion | undefined
  readonly publishing: Publishing
}

interface Found {
  id: number
  number: number
  title: string
  group_id: number | null
  priority_id: number | null
  trust_id: number | null
  state: string
  outcome: PublicOutcome | null
  contributors: PublicationContributor[]
  feedback: LoadedPublishing['feedback']
  versions: LoadedVersion[]
  moves: number
}

/** By the reference in an address; held for the change when one is made. */
export async function loadPublishing(
  tx: Tx,
  given: string | number | undefined,
  how: { forChange: boolean },
): Promise<LoadedPublishing | undefined> {
  const number = typeof given === 'number' ? given : readReference('C', given)
  if (number === undefined) return undefined
  if (how.forChange) {
    const held = await tx
      .selectFrom('contribution')
      .select('id')
      .where('number', '=', number)
      .forUpdate()
      .executeTakeFirst()
    if (!held) return undefined
  }
  const result = await sql<Found>`
    select c.id, c.number, c.title, c.group_id, c.priority_id, c.state,
      (select s.trust_id from site s where s.network_id = c.network_id and s.id = c.site_id) as trust_id,
      (select k.outcome from consideration k where k.network_id = c.network_id and k.contribution_id = c.id
        order by k.id desc limit 1) as outcome,
      coalesce((select jsonb_agg(jsonb_build_object('personId', p.id, 'name', p.name, 'knownAs', p.known_as,
          'naming', b.naming, 'channel', p.channel) order by b.is_first desc, b.joined_at, p.id)
        from contributor b join person p on p.network_id = b.network_id and p.id = b.person_id
        where b.network_id = c.network_id and b.contribution_id = c.id and b.withdrawn_at is null), '[]')
        as contributors,
      (select jsonb_build_object('youSaid', f.you_said, 'whatHappened', f.what_happened, 'next', f.next)
        from feedback f where f.network_id = c.network_id and f.contribution_id = c.id
        order by f.id desc limit 1) as feedback,
      coalesce((select jsonb_agg(jsonb_build_object('id', v.id, 'number', v.version, 'state', v.state,
          'textHash', v.text_hash,
          'text', jsonb_build_object('title', v.title, 'youSaid', v.you_said, 'weDid', v.we_did, 'next', v.next),
          'answers', coalesce((select jsonb_agg(a.line) from (
            select distinct on (a.person_id) jsonb_build_object('personId', a.person_id, 'answer', a.answer,
              'words', a.words, 'textHash', a.text_hash, 'naming', a.naming, 'how', a.how, 'at', a.at) as line
            from publication_answer a where a.network_id = v.network_id and a.publication_id = v.id
            order by a.person_id, a.id desc) a), '[]')) order by v.version)
        from publication v where v.network_id = c.network_id and v.contribution_id = c.id), '[]') as versions,
      coalesce((select max(a.id) from publication v join publication_answer a
          on a.network_id = v.network_id and a.publication_id = v.id
        where v.network_id = c.network_id and v.contribution_id = c.id), 0) as moves
    from contribution c where c.number = ${number}`.execute(tx)
  const found = result.rows[0]
  if (!found) return undefined
  const versions = found.versions.map(each => ({
    ...each,
    answers: each.answers.map(one => ({ ...one, at: Temporal.Instant.from(String(one.at)) })),
  }))
  const open = versions.find(each => each.state === 'proposed' || each.state === 'consented')
  const published = versions.find(each => each.state === 'published')
  const latest = versions.at(-1)
  return {
    id: found.id,
    number: found.number,
    reference: reference('C', found.number),
    title: found.title,
    groupId: found.group_id,
    priorityId: found.priority_id,
    trustId: found.trust_id,
    outcome: found.outcome,
    // Changes with each text and each answer; never shown.
    version: (latest?.id ?? 0) * 1_000_000 + (found.moves % 1_000_000),
    lastVersion: latest?.number ?? 0,
    contributors: found.contributors,
    feedback: found.feedback,
    open,
    published,
    latest,
    publishing: {
      state: found.state,
      hasOutcome: found.outcome !== null || found.feedback !== null,
      contributorIds: found.contributors.map(each => each.personId),
      open,
      published,
    },
  }
}

const isContributor = (actor: Actor, it: LoadedPublishing) =>
  it.contributors.some(each => each.personId === actor.personId)

/** The text is the network's: the team, or whoever leads the group that considered it, writes it. */
export const mayPrepare: Rule<LoadedPublishing> = personRule(
  'its group’s chair or deputy, or the team',
  (actor, it) => isTeam(actor) || leads(actor, it.groupId),
)
/** … and the contributor's: only they agree to it, once there is something to agree to. */
export const mayAgree: Rule<LoadedPublishing> = personRule(
  'those who raised or joined it, once a text is prepared',
  (actor, it) => isContributor(actor, it) && it.latest !== undefined,
)
/** Also for what is down already: a second press of the button goes where the first one went. */
export const mayTakeBack = mayAgree
export const mayTakeDown: Rule<LoadedPublishing> = personRule(
  'the team, once a text is prepared',
  (actor, it) => isTeam(actor) && it.latest !== undefined,
)
/** Staff write down what a contributor said. */
export const mayRecord: Rule<LoadedPublishing> = mayTakeDown
