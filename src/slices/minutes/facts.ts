import { sql } from 'kysely'
import { reference } from '#kernel/references.ts'
import type { Row } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import { type Actor, isMemberOf, isTeam } from '#platform/permission.ts'
import {
  dayOf,
  excludedFrom,
  type ItemAccess,
  type LoadedMeeting,
  mayReadItem,
  mayReadWhatItSays,
  readersOfItem,
} from '#slices/meetings/index.ts'
import {
  type Choice,
  choiceInWords,
  figuresInWords,
  outcomeInWords,
  readMotion,
} from '#slices/votes/index.ts'
import {
  type ItemReading,
  type MinutedItem,
  type MinutedMotion,
  type MinutesText,
  publicReading,
} from './text.ts'

export interface Correction {
  readonly id: number
  readonly itemId: number | null
  readonly personId: number
  readonly by: string
  readonly words: string
  readonly at: string
  readonly answer: 'taken' | 'not-taken' | null
  readonly because: string
  readonly answeredBy: string | null
  readonly answeredAt: string | null
}

/** Everything that the page of a meeting's minutes is made of. */
export interface MinutesFacts {
  readonly row: (Pick<Row<'minutes'>, 'version'> & MinutesDates) | undefined
  /** As it stood when it was agreed; before, as it stands now. */
  readonly text: MinutesText
  readonly corrections: readonly Correction[]
  readonly history: readonly {
    readonly event: string
    readonly by: string
    readonly at: string
    readonly details: Readonly<Record<string, unknown>>
  }[]
  readingFor(reader: Actor | undefined, item: MinutedItem): ItemReading | undefined
}

interface MinutesDates {
  readonly draftedAt: string | null
  readonly agreedAt: string | null
  readonly agreedAtMeeting: string | null
  readonly agreedAtNumber: number | null
  readonly publishedAt: string | null
}

type Access = Pick<ItemAccess, 'handling' | 'readerIds' | 'excludedIds'> & {
  readonly id: number
  readonly contributorIds: readonly number[]
}

/** A motion's row as JSON, with what its result needs besides. */
interface RawMotion extends Omit<Row<'motion'>, 'opened_at' | 'closes_at' | 'closed_at' | 'made_at'> {
  readonly votes: readonly { readonly name: string; readonly choice: Choice | null }[]
  readonly dissents: MinutedMotion['dissents']
}

interface Found {
  minutes: (MinutesDates & { version: number; text: MinutesText | null }) | null
  live: Omit<MinutesText, 'items' | 'lastCorrection'> & {
    items: (Omit<MinutedItem, 'motions'> & { motions: RawMotion[] })[]
  }
  access: Access[]
  corrections: Correction[]
  history: MinutesFacts['history']
}

/** One statement, whatever happened in the meeting. */
export async function minutesFacts(doing: Pick<Doing, 'tx'>, meeting: LoadedMeeting): Promise<MinutesFacts> {
  const day = dayOf(meeting)
  const found = await sql<Found>`select
    (select jsonb_build_object('version', m.version, 'draftedAt', m.drafted_at, 'agreedAt', m.agreed_at,
        'publishedAt', m.published_at, 'text', m.agreed_text, 'agreedAtMeeting', g.title, 'agreedAtNumber', g.number)
      from minutes m left join meeting g on g.network_id = m.network_id and g.id = m.agreed_at_meeting_id
      where m.meeting_id = ${meeting.id}) as minutes,
    jsonb_build_object(
      'present', coalesce((select jsonb_agg(jsonb_build_object('name', w.name, 'place', w.place, 'lay', w.lay,
          'how', w.how, 'partly', w.partly)
          order by array_position(array['chair', 'deputy', 'member', 'volunteer', 'guest'], w.place), w.name)
        from (select p.name, a.how, coalesce(k.role, 'guest') as place, coalesce(k.lay, false) as lay,
            coalesce((select min(s.joined_at) > ${meeting.it.startsAt}::timestamptz + interval '10 minutes'
                or max(s.left_at) < ${meeting.row.ended_at}::timestamptz - interval '1 minute'
              from presence s where s.meeting_id = a.meeting_id and s.person_id = a.person_id), false) as partly
          from attendance a join person p on p.network_id = a.network_id and p.id = a.person_id
          left join lateral (select b.role, b.lay from membership b where b.group_id = ${meeting.groupId}
            and b.person_id = a.person_id and b.from_on <= ${day} and (b.to_on is null or b.to_on >= ${day})
            order by b.role limit 1) k on true
          where a.meeting_id = ${meeting.id} and a.state = 'present') w), '[]'),
      'apologies', coalesce((select jsonb_agg(jsonb_build_object('name', p.name, 'deputy', a.deputy_words) order by p.name)
        from attendance a join person p on p.network_id = a.network_id and p.id = a.person_id
        where a.meeting_id = ${meeting.id} and a.state = 'apologies'), '[]'),
      'absent', coalesce((select jsonb_agg(p.name order by p.name)
        from attendance a join person p on p.network_id = a.network_id and p.id = a.person_id
        where a.meeting_id = ${meeting.id} and a.state = 'absent'), '[]'),
      'guests', coalesce((select jsonb_agg(jsonb_build_object('name', g.name, 'why', g.why) order by g.id)
        from meeting_guest g where g.meeting_id = ${meeting.id}), '[]'),
      'items', coalesce((${itemsAsTheyStand(meeting)}), '[]')) as live,
    coalesce((select jsonb_agg(jsonb_build_object('id', i.id, 'handling', i.handling, 'readerIds', ${readersOfItem},
        'excludedIds', ${excludedFrom(sql.ref('i.id'))},
        'contributorIds', coalesce((select jsonb_agg(b.person_id) from item_contribution x join contributor b
          on b.network_id = x.network_id and b.contribution_id = x.contribution_id and b.withdrawn_at is null
          where x.item_id = i.id), '[]')))
      from agenda_item i where i.meeting_id = ${meeting.id}), '[]') as access,
    coalesce((select jsonb_agg(jsonb_build_object('id', c.id, 'itemId', c.item_id, 'personId', c.person_id,
        'by', p.name, 'words', c.words, 'at', c.at, 'answer', c.answer, 'because', c.because,
        'answeredBy', q.name, 'answeredAt', c.answered_at) order by c.id)
      from minutes_correction c join person p on p.network_id = c.network_id and p.id = c.person_id
      left join person q on q.network_id = c.network_id and q.id = c.answered_by_person_id
      where c.meeting_id = ${meeting.id}), '[]') as corrections,
    coalesce((select jsonb_agg(jsonb_build_object('event', h.event, 'by', h.by_words, 'at', h.at, 'details', h.details)
        order by h.id)
      from history h where h.thing_kind = 'minutes' and h.thing_id = ${meeting.id}), '[]') as history`.execute(
    doing.tx,
  )
  const { minutes, live, access, corrections, history } = found.rows[0]!
  const text = minutes?.text ?? {
    ...live,
    items: live.items.map(inWords),
    lastCorrection: corrections.at(-1)?.id ?? 0,
  }
  const accessOf = new Map(access.map(each => [each.id, each]))
  return {
    row: minutes ?? undefined,
    text,
    corrections,
    history,
    readingFor: (reader, item) => {
      const now = accessOf.get(item.id)
      if (!reader || !now || !(isMemberOf(reader, meeting.groupId) || isTeam(reader))) {
        return publicReading(item, now?.handling)
      }
      const its = { ...now, groupId: meeting.groupId, guestIds: meeting.guestIds }
      if (!mayReadItem.holds(reader, its)) return undefined
      const reads = mayReadWhatItSays.holds(reader, its)
      return {
        handling: now.handling,
        reads,
        readsMarked: reads && !now.contributorIds.includes(reader.personId),
      }
    },
  }
}

/** Items on the agenda in their order, as JSON. */
const itemsAsTheyStand = (meeting: Pick<LoadedMeeting, 'id'>) => sql`
  select jsonb_agg(jsonb_build_object('id', i.id, 'title', i.title, 'standing', i.standing, 'handling', i.handling,
      'asked', i.asked, 'presenter', coalesce(p.name, nullif(i.presenter_words, '')),
      'opened', i.opened_at is not null, 'said', coalesce(n.said, ''),
      'saidInPrivate', coalesce(n.said_in_private, ''),
      'conflicts', coalesce((select jsonb_agg(jsonb_build_object('name', q.name, 'outcome', x.outcome,
          'because', x.because) order by q.name)
        from conflict x join person q on q.network_id = x.network_id and q.id = x.person_id
        where x.item_id = i.id and not (x.outcome is null and x.person_says = 'no')), '[]'),
      'quorum', coalesce((select jsonb_agg(jsonb_build_object('held', h.event = 'quorum-regained', 'at', h.at,
          'words', coalesce(h.details ->> 'words', '')) order by h.id)
        from history h where h.thing_kind = 'agenda-item' and h.thing_id = i.id
          and h.event in ('quorum-lost', 'quorum-regained')), '[]'),
      'motions', coalesce((select jsonb_agg(to_jsonb(m) - 'seal' - 'search' || jsonb_build_object(
          'votes', case when m.is_secret or m.state <> 'closed' then '[]' else coalesce((
            select jsonb_agg(jsonb_build_object('name', q.name, 'choice', b.choice) order by q.name)
            from ballot b join person q on q.network_id = b.network_id and q.id = b.person_id
            where b.motion_id = m.id and not exists (select from voter v where v.network_id = b.network_id
              and v.motion_id = b.motion_id and v.person_id = b.person_id and v.off_because = 'conflict')), '[]') end,
          'dissents', coalesce((select jsonb_agg(jsonb_build_object('name', q.name, 'words', d.words) order by q.name)
            from dissent d join person q on q.network_id = d.network_id and q.id = d.person_id
            where d.motion_id = m.id and not d.for_chair_only), '[]')) order by m.id)
        from motion m where m.item_id = i.id and m.state <> 'draft'), '[]'),
      'decisions', coalesce((select jsonb_agg(jsonb_build_object('number', d.number, 'text', d.text,
          'because', d.because, 'reviewOn', d.review_on,
          'motion', (select m.number from motion m where m.id = d.motion_id),
          'contributions', coalesce((select jsonb_agg(c.number order by c.number)
            from decision_contribution x join contribution c on c.network_id = x.network_id and c.id = x.contribution_id
            where x.decision_id = d.id), '[]')) order by d.id)
        from board_decision d where d.item_id = i.id), '[]'),
      'actions', coalesce((select jsonb_agg(jsonb_build_object('number', a.number, 'what', a.what, 'owner', q.name,
          'due', a.due_on) order by a.id)
        from item_action x join action a on a.network_id = x.network_id and a.id = x.action_id
        join person q on q.network_id = a.network_id and q.id = a.owner_person_id
        where x.item_id = i.id), '[]'),
      'contributions', coalesce((select jsonb_agg(jsonb_build_object('number', c.number, 'outcome',
          (select k.outcome from consideration k where k.contribution_id = c.id and k.meeting_id = i.meeting_id
           order by k.id desc limit 1)) order by c.number)
        from item_contribution x join contribution c on c.network_id = x.network_id and c.id = x.contribution_id
        where x.item_id = i.id), '[]'))
    order by i.position nulls last, i.id)
  from agenda_item i
  left join item_minutes n on n.network_id = i.network_id and n.item_id = i.id
  left join person p on p.network_id = i.network_id and p.id = i.presenter_person_id
  where i.meeting_id = ${meeting.id} and i.state = 'on-agenda'`

const inWords = (item: Found['live']['items'][number]): MinutedItem => ({
  ...item,
  motions: item.motions.map(motionInWords),
})

/** The votes' own words for what came of it. */
function motionInWords(raw: RawMotion): MinutedMotion {
  const it = readMotion({ ...raw, opened_at: null, closes_at: null, closed_at: null })
  const closed = it.state === 'closed' ? it : undefined
  const choices = new Map<string, string[]>()
  for (const { name, choice } of raw.votes) {
    if (!choice) continue
    const words = choiceInWords(it.terms, choice)
    choices.set(words, [...(choices.get(words) ?? []), name])
  }
  return {
    number: raw.number,
    text: raw.text,
    isSecret: raw.is_secret,
    isClosed: closed !== undefined,
    outcome: closed
      ? outcomeInWords(it.terms, closed.result)
      : it.state === 'withdrawn'
        ? 'The motion was withdrawn.'
        : '',
    figures: closed ? figuresInWords(it.terms, closed.result) : '',
    chosen: [...choices].map(([choice, names]) => ({ choice, names })),
    dissents: raw.dissents,
  }
}

/** How a motion is called in the minutes. */
export const motionMark = (motion: Pick<MinutedMotion, 'number'>) => reference('V', motion.number)
