import type { ReactNode } from 'react'
import { LinkList, StatusTag } from '#design/index.ts'
import { reference } from '#kernel/references.ts'
import type { Visit } from '#platform/http/route.ts'
import { type LoadedMeeting, type MeetingPart, meetingPaths, readablePapers } from '#slices/meetings/index.ts'
import { lateWords, stateWords } from './paper.ts'
import { minutesToRead } from './text.ts'
import { markWords, minutesWords } from './words.ts'

type Here = Visit<LoadedMeeting>

const listed = (visit: Here) =>
  visit.tx
    .selectFrom('paper')
    .innerJoin('meeting', join =>
      join.onRef('meeting.network_id', '=', 'paper.network_id').onRef('meeting.id', '=', 'paper.meeting_id'),
    )
    .innerJoin('person as w', join =>
      join.onRef('w.network_id', '=', 'paper.network_id').onRef('w.id', '=', 'paper.author_person_id'),
    )
    .select(['paper.id', 'paper.number', 'paper.item_id', 'paper.title', 'paper.state', 'paper.handling'])
    .select(['paper.late_days', 'w.name as author', 'paper.author_person_id'])
    .select(eb => [
      eb
        .selectFrom('paper_version as v')
        .select('v.words')
        .whereRef('v.network_id', '=', 'paper.network_id')
        .whereRef('v.paper_id', '=', 'paper.id')
        .orderBy('v.number', 'desc')
        .limit(1)
        .as('words'),
    ])
    .where('paper.meeting_id', '=', visit.thing.id)
    .where('paper.state', '<>', 'withdrawn')
    .where(eb => readablePapers(eb, visit.me))
    .orderBy('paper.position')
    .orderBy('paper.id')

type Listed = Awaited<ReturnType<ReturnType<typeof listed>['execute']>>[number]

export const papersOfMeeting: MeetingPart = {
  async ofItems(visit) {
    const rows = await listed(visit).execute()
    const shown = new Map<number, ReactNode>()
    for (const item of new Set(rows.map(row => row.item_id))) {
      shown.set(item, <PapersOfItem visit={visit} papers={rows.filter(row => row.item_id === item)} />)
    }
    return shown
  },
}

function PapersOfItem({ visit, papers }: { visit: Here; papers: readonly Listed[] }) {
  return (
    <LinkList
      links={papers.map(each => ({
        href: meetingPaths.paper(visit.network.slug, visit.thing.reference, reference('P', each.number)),
        text: `${reference('P', each.number)} ${each.title}`,
        hint: (
          <>
            {each.author}. {markWords[each.handling]}
            {each.words ? `. ${minutesWords(minutesToRead(each.words))} to read` : ''}{' '}
            {each.state === 'draft' && <StatusTag tone="waiting">{stateWords.draft}</StatusTag>}{' '}
            {each.late_days > 0 && <StatusTag tone="late">{lateWords(each.late_days)}</StatusTag>}
          </>
        ),
      }))}
    />
  )
}
