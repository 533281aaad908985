import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import type { Tx } from '#platform/database/tables.ts'
import {
  type RawTranslation,
  readTranslations,
  type Translation,
  translationsAsJson,
} from '#slices/translations/index.ts'
import { type NetworkPeople, networkPeople } from '../network-people.ts'
import { type OwnText, textsOf } from '../own-words/words.ts'
import type { LoadedThread } from '../store.ts'
import type { How, Naming, Outcome } from '../tables.ts'

/** Everything on the page of one contribution, before it is decided what this reader sees of it. */
export interface ThreadView {
  readonly loaded: LoadedThread
  readonly texts: readonly OwnText[]
  readonly translations: readonly Translation[]
  readonly people: NetworkPeople
  readonly groupName: string | null
  readonly wishedGroupName: string | null
  readonly onAgenda: OnAgenda | null
  readonly meetingTitle: string | null
  readonly about: string | null
  readonly feedbackOwner: { readonly id: number; readonly name: string } | null
  readonly recordedBy: string | null
  readonly everyone: readonly EveryContributor[]
  readonly considerations: readonly SeenConsideration[]
  readonly actions: readonly SeenAction[]
  readonly feedback: readonly SeenFeedback[]
  readonly files: readonly { readonly id: number; readonly name: string; readonly bytes: number }[]
  readonly viewers: readonly { readonly id: number; readonly name: string }[]
  readonly publicText: PublicTextAsked | null
  readonly history: readonly SeenEvent[]
}

/** A text for "You said, we did" that people are being asked about. */
export interface PublicTextAsked {
  readonly everyoneAgreed: boolean
  readonly answeredBy: readonly number[]
}

/** Also those who took their part out: the history still has to know how they are named. */
export interface EveryContributor {
  readonly personId: number
  readonly name: string
  readonly knownAs: string
  readonly naming: Naming
  readonly isFirst: boolean
  readonly left: boolean
  readonly joinedAt: Temporal.Instant
  readonly verdict: 'yes' | 'no' | null
  readonly verdictAt: Temporal.Instant | null
  readonly verdictHow: string | null
  readonly recordedBy: string | null
}

export interface SeenConsideration {
  readonly id: number
  readonly groupId: number
  readonly groupName: string
  readonly meetingTitle: string | null
  readonly meetingNumber: number | null
  readonly minutesArePublic: boolean
  readonly on: Temporal.PlainDate
  readonly tookPart: string
  readonly said: string
  readonly saidInPrivate: string
  readonly outcome: Outcome
  readonly agreedPart: string
  readonly notAgreedPart: string
  readonly passedTo: string
  readonly reason: string
  readonly by: string
  readonly at: Temporal.Instant
}

export interface SeenAction {
  readonly id: number
  readonly number: number
  readonly what: string
  readonly owner: string
  readonly due: Temporal.PlainDate
  readonly state: 'open' | 'asked-for-another-date' | 'done' | 'dropped'
  readonly data: { readonly whatChanged?: string; readonly because?: string; readonly on?: string }
}

export interface SeenFeedback {
  readonly id: number
  readonly youSaid: string
  readonly weHeard: string
  readonly whatHappened: string
  readonly next: string
  readonly by: string
  readonly at: Temporal.Instant
}

export interface SeenEvent {
  readonly id: number
  readonly thing: 'contribution' | 'action'
  /** The action's number, 310 of A-310. */
  readonly number: number | null
  readonly event: string
  readonly byPersonId: number | null
  readonly by: string
  readonly at: Temporal.Instant
  readonly details: Readonly<Record<string, unknown>>
}

/** The agenda item that answers it, or else the meeting it waits for: for the group and the team. */
export interface OnAgenda {
  readonly meeting: number
  readonly title: string
  readonly groupId: number
  readonly item: number | null
}

type Raw = Record<string, unknown>
interface Found {
  groupName: string | null
  wishedGroupName: string | null
  meetingTitle: string | null
  onAgenda: OnAgenda | null
  about: string | null
  feedbackOwner: { id: number; name: string } | null
  recordedBy: string | null
  everyone: Raw[]
  considerations: Raw[]
  actions: Raw[]
  feedback: Raw[]
  files: { id: number; name: string; bytes: number }[]
  viewers: { id: number; name: string }[]
  publicText: PublicTextAsked | null
  translations: RawTranslation[]
  history: Raw[]
}

/** Three statements, however much has happened. */
export async function threadView(
  tx: Tx,
  loaded: LoadedThread,
  today: Temporal.PlainDate,
): Promise<ThreadView> {
  const list = (select: ReturnType<typeof sql>) => sql`coalesce((${select}), '[]')`
  const found = await sql<Found>`
    select g.name as "groupName", w.name as "wishedGroupName", m.title as "meetingTitle",
      -- Its title may be in part B, so it is not told here.
      coalesce((select jsonb_build_object('meeting', am.number, 'title', am.title, 'groupId', am.group_id, 'item', i.id)
        from item_contribution x
          join agenda_item i on i.network_id = x.network_id and i.id = x.item_id
          join meeting am on am.network_id = i.network_id and am.id = i.meeting_id
        where x.network_id = c.network_id and x.contribution_id = c.id and i.state in ('raised', 'on-agenda')
          and i.handling <> 'named' and am.state <> 'cancelled' order by i.id desc limit 1),
        case when m.id is not null then
          jsonb_build_object('meeting', m.number, 'title', m.title, 'groupId', m.group_id, 'item', null) end) as "onAgenda",
      nullif(concat_ws(', ', pr.title, s.name, pj.title), '') as about,
      case when o.id is null then null else jsonb_build_object('id', o.id, 'name', o.name) end as "feedbackOwner",
      r.name as "recordedBy",
      ${list(sql`select jsonb_agg(jsonb_build_object('personId', p.id, 'name', p.name, 'knownAs', p.known_as,
          'naming', b.naming, 'isFirst', b.is_first, 'left', b.withdrawn_at is not null, 'joinedAt', b.joined_at,
          'verdict', b.verdict, 'verdictAt', b.verdict_at, 'verdictHow', b.verdict_how, 'recordedBy', v.name)
          order by b.is_first desc, b.joined_at)
        from contributor b join person p on p.network_id = b.network_id and p.id = b.person_id
          left join person v on v.network_id = b.network_id and v.id = b.verdict_recorded_by_person_id
        where b.network_id = c.network_id and b.contribution_id = c.id`)} as everyone,
      ${list(sql`select jsonb_agg(jsonb_build_object('id', k.id, 'groupId', k.group_id, 'groupName', kg.name,
          'meetingTitle', km.title, 'meetingNumber', km.number,
          'minutesArePublic', coalesce(km.state = 'published', false), 'on', k.considered_on, 'tookPart', k.took_part, 'said', k.said,
          'saidInPrivate', k.said_in_private, 'outcome', k.outcome, 'agreedPart', k.agreed_part,
          'notAgreedPart', k.not_agreed_part, 'passedTo', k.passed_to, 'reason', k.reason, 'by', p.name, 'at', k.at)
          order by k.id)
        from consideration k join network_group kg on kg.network_id = k.network_id and kg.id = k.group_id
          left join meeting km on km.network_id = k.network_id and km.id = k.meeting_id
          left join person p on p.network_id = k.network_id and p.id = k.by_person_id
        where k.network_id = c.network_id and k.contribution_id = c.id`)} as considerations,
      ${list(sql`select jsonb_agg(jsonb_build_object('id', a.id, 'number', a.number, 'what', a.what, 'owner', p.name,
          'due', a.due_on, 'state', a.state, 'data', a.state_data) order by a.id)
        from action a join person p on p.network_id = a.network_id and p.id = a.owner_person_id
        where a.network_id = c.network_id and a.contribution_id = c.id`)} as actions,
      ${list(sql`select jsonb_agg(jsonb_build_object('id', f.id, 'youSaid', f.you_said, 'weHeard', f.we_heard,
          'whatHappened', f.what_happened, 'next', f.next, 'by', p.name, 'at', f.at) order by f.id)
        from feedback f left join person p on p.network_id = f.network_id and p.id = f.by_person_id
        where f.network_id = c.network_id and f.contribution_id = c.id`)} as feedback,
      ${list(sql`select jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name, 'bytes', f.bytes) order by f.id)
        from stored_file f where f.network_id = c.network_id and f.thing_kind = 'contribution' and f.thing_id = c.id
          -- Whoever took their part out took their files with it.
          and not exists (select 1 from contributor b where b.network_id = c.network_id and b.contribution_id = c.id
            and b.person_id = f.by_person_id and b.withdrawn_at is not null)`)} as files,
      ${list(sql`select jsonb_agg(distinct jsonb_build_object('id', p.id, 'name', p.name))
        from member_view v join person p on p.network_id = v.network_id and p.id = v.person_id
        where v.network_id = c.network_id and v.contribution_id = c.id`)} as viewers,
      (select jsonb_build_object('everyoneAgreed', v.state = 'consented', 'answeredBy',
          ${list(sql`select jsonb_agg(distinct a.person_id) from publication_answer a
            where a.network_id = v.network_id and a.publication_id = v.id`)})
        from publication v where v.network_id = c.network_id and v.contribution_id = c.id
          and v.state in ('proposed', 'consented')) as "publicText",
      ${translationsAsJson('contribution', sql`c.id`)} as translations,
      ${list(sql`select jsonb_agg(to_jsonb(h) order by h.id) from (
          select h.id, 'contribution' as thing, null::integer as number, h.event, h.by_person_id as "byPersonId",
            h.by_words as by, h.at, h.details
          from history h where h.network_id = c.network_id and h.thing_kind = 'contribution' and h.thing_id = c.id
          union all
          select h.id, 'action', a.number, h.event, h.by_person_id, h.by_words, h.at, h.details
          from action a join history h on h.network_id = a.network_id and h.thing_kind = 'action' and h.thing_id = a.id
          where a.network_id = c.network_id and a.contribution_id = c.id) h`)} as history
    from contribution c
      left join network_group g on g.network_id = c.network_id and g.id = c.group_id
      left join network_group w on w.network_id = c.network_id and w.id = c.wished_group_id
      left join meeting m on m.network_id = c.network_id and m.id = c.meeting_id
      left join priority pr on pr.network_id = c.network_id and pr.id = c.priority_id
      left join site s on s.network_id = c.network_id and s.id = c.site_id
      left join project pj on pj.network_id = c.network_id and pj.id = c.project_id
      left join person o on o.network_id = c.network_id and o.id = c.feedback_owner_person_id
      left join person r on r.network_id = c.network_id and r.id = c.recorded_by_person_id
    where c.id = ${loaded.id}`.execute(tx)
  const row = found.rows[0]!
  const texts = await textsOf(tx, loaded.id)
  const people = await networkPeople(tx, today, loaded.groupId === null ? [] : [loaded.groupId])
  return {
    ...row,
    loaded,
    texts,
    translations: readTranslations(row.translations),
    people,
    everyone: row.everyone.map(each => revived<EveryContributor>(each)),
    considerations: row.considerations.map(each => revived<SeenConsideration>(each)),
    actions: row.actions.map(each => revived<SeenAction>(each)),
    feedback: row.feedback.map(each => revived<SeenFeedback>(each)),
    history: row.history.map(each => revived<SeenEvent>(each)),
  }
}

const instants = ['at', 'joinedAt', 'verdictAt']
const dates = ['on', 'due']

/** What came through JSON as text becomes a moment or a day again. */
function revived<Thing>(row: Raw): Thing {
  return Object.fromEntries(
    Object.entries(row).map(([key, value]) => {
      if (typeof value !== 'string') return [key, value]
      if (instants.includes(key)) return [key, Temporal.Instant.from(value)]
      return [key, dates.includes(key) ? Temporal.PlainDate.from(value) : value]
    }),
  ) as Thing
}

export type { How }
