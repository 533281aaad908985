import { Temporal } from 'temporal-polyfill'
import { ButtonLink, Empty, Filters, LinkList, Pagination, StatusTag, Table } from '#design/index.ts'
import { reference } from '#kernel/references.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { page, type Screen, show, type Visit } from '#platform/http/route.ts'
import { anInsider } from '#platform/permission.ts'
import { meetingWords } from '../meeting.ts'
import { meetingTones } from '../page.tsx'
import { meetingPaths } from '../paths.ts'
import { mayPlan } from '../planning/new.tsx'
import { placeInWords } from '../planning/place.ts'
import { dayAndTime } from '../words.ts'
import { groupsInList, type ListWish, listMeetings, type MeetingList, type Place } from './queries.ts'

/** What comes and what was: of all groups that I may see. */
export const listRoute = page('/:network/meetings', {
  who: anInsider,
  audit: 'nothing',
  async handler(visit) {
    const wish = readWish(visit.query)
    const list = await listMeetings(visit.tx, visit.me, wish, visit.now)
    const groups = await groupsInList(visit.tx, visit.me)
    return show(listScreen(visit, wish, list, groups))
  },
})

function readWish(query: URLSearchParams): ListWish {
  const group = query.get('group') ?? ''
  return {
    show: query.get('show') === 'past' ? 'past' : 'coming',
    groupId: /^\d{1,9}$/.test(group) ? Number(group) : undefined,
    after: readPlace(query.get('after')),
    before: readPlace(query.get('before')),
  }
}

const writePlace = (place: Place) => `${place.startsAt}_${place.id}`

function readPlace(given: string | null): Place | undefined {
  const [at = '', id = ''] = (given ?? '').split('_')
  if (!/^\d{1,9}$/.test(id)) return undefined
  try {
    return { startsAt: Temporal.Instant.from(at), id: Number(id) }
  } catch {
    return undefined
  }
}

function listScreen(
  visit: Visit,
  wish: ListWish,
  list: MeetingList,
  groups: readonly { id: number; name: string }[],
): Screen {
  const { slug } = visit.network
  const here = meetingPaths.list(slug)
  const narrowed = wish.groupId !== undefined
  const to = (change: Record<string, string>) =>
    `${here}?${new URLSearchParams({
      show: wish.show,
      ...(wish.groupId === undefined ? {} : { group: String(wish.groupId) }),
      ...change,
    })}`
  return {
    title: 'Meetings',
    wide: true,
    body: (
      <>
        {mayPlan.holds(visit.me, undefined) && (
          <ButtonLink href={meetingPaths.new(slug)}>Plan a meeting</ButtonLink>
        )}
        <Filters
          action={here}
          clear={narrowed || wish.show === 'past' ? here : undefined}
          filters={[
            {
              name: 'show',
              label: 'Which',
              value: wish.show,
              options: [
                { value: 'coming', text: 'Coming' },
                { value: 'past', text: 'Past' },
              ],
            },
            {
              name: 'group',
              label: 'Group',
              value: wish.groupId === undefined ? '' : String(wish.groupId),
              options: [
                { value: '', text: 'All groups' },
                ...groups.map(each => ({ value: String(each.id), text: theirs(each.name) })),
              ],
            },
          ]}
        />
        {list.rows.length === 0 ? (
          <Empty>
            {wish.show === 'past' ? 'No meeting has been held here yet.' : 'No meeting is planned here now.'}
          </Empty>
        ) : (
          <Table
            caption={wish.show === 'past' ? 'Past meetings' : 'Coming meetings'}
            captionHidden
            columns={[
              { title: 'Meeting' },
              { title: 'When' },
              { title: 'Where' },
              { title: 'How far it is' },
            ]}
            rows={list.rows.map(row => [
              <a key="what" href={meetingPaths.one(slug, reference('M', row.number))}>
                <bdi>{row.title}</bdi>
              </a>,
              dayAndTime(row.starts_at),
              placeInWords({ ...row, place: theirs(row.place), venue: theirs(row.venue) }),
              <StatusTag key="state" tone={meetingTones[row.state]}>
                {meetingWords[row.state]}
              </StatusTag>,
            ])}
          />
        )}
        <Pagination
          previous={list.before && { href: to({ before: writePlace(list.before) }) }}
          next={list.after && { href: to({ after: writePlace(list.after) }) }}
        />
        <LinkList
          links={[
            {
              href: `/${slug}/decisions`,
              text: 'Decisions',
              hint: 'What was decided, why, and whose views it used.',
            },
            {
              href: meetingPaths.calendar(slug),
              text: 'Have your meetings in your own calendar',
              hint: 'On your phone or computer. They change there by themselves.',
            },
          ]}
        />
      </>
    ),
  }
}
