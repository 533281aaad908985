import { ButtonLink, Empty, Filters, LinkList, Pagination, StatusTag, Table } from '#design/index.ts'
import { dateInWords, dueInWords } from '#kernel/calendar/words.ts'
import { dayOf } from '#kernel/calendar/working-days.ts'
import { shorten } from '#kernel/text/graphemes.ts'
import { page, type Screen, show, type Visit } from '#platform/http/route.ts'
import { anInsider, isTeam } from '#platform/permission.ts'
import { ledGroups } from './access.ts'
import { messagePaths } from './paths.ts'
import { type ListedThread, type ListWish, listThreads, type Place, type Show } from './queries.ts'
import { listedWith } from './words.ts'

const shows: readonly { readonly value: Show; readonly text: string }[] = [
  { value: 'all', text: 'All' },
  { value: 'to-answer', text: 'Wait for my answer' },
  { value: 'late', text: 'Late' },
  { value: 'mine', text: 'About me' },
]

export const listRoute = page('/:network/messages', {
  who: anInsider,
  audit: 'nothing',
  async handler(visit) {
    const wish = readWish(visit.query)
    return show(listScreen(visit, wish, await listThreads(visit.tx, visit.me, wish, visit.today)))
  },
})

function readWish(query: URLSearchParams): ListWish {
  const place = (name: string): Place | undefined => {
    const [, at, id] = /^(\d{4}-\d\d-\d\dT[\d:.]+Z)_(\d{1,9})$/.exec(query.get(name) ?? '') ?? []
    return at && id && !Number.isNaN(Date.parse(at)) ? { at, id: Number(id) } : undefined
  }
  return {
    show: shows.find(each => each.value === query.get('show'))?.value ?? 'all',
    before: place('before'),
    after: place('after'),
  }
}

function listScreen(visit: Visit, wish: ListWish, list: Awaited<ReturnType<typeof listThreads>>): Screen {
  const { me, network } = visit
  const here = messagePaths.list(network.slug)
  const answers = isTeam(me) || ledGroups(me).length > 0
  const to = (more: Record<string, string>) =>
    `${here}?${new URLSearchParams({ ...(wish.show === 'all' ? {} : { show: wish.show }), ...more })}`
  const key = (place: Place) => `${place.at}_${place.id}`
  return {
    title: 'Messages',
    wide: true,
    body: (
      <>
        <p>
          {answers
            ? 'Words between volunteers and those who answer them. Only the two sides can read a message.'
            : 'Write to the team, to who leads your group, or to your buddy. Only the two sides can read a message.'}
        </p>
        {me.memberships.length > 0 && !isTeam(me) && (
          <ButtonLink href={messagePaths.new(network.slug)}>Write a message</ButtonLink>
        )}
        {isTeam(me) && (
          <LinkList
            links={[
              {
                href: messagePaths.onBehalf(network.slug),
                text: 'Write down a message that somebody gave you',
                hint: 'On the phone, by post or in the room.',
              },
              { href: `/${network.slug}/team/people`, text: 'Find somebody to write to' },
            ]}
          />
        )}
        <Filters
          action={here}
          clear={wish.show === 'all' ? undefined : here}
          filters={[{ name: 'show', label: 'Which', value: wish.show, options: [...shows] }]}
        />
        {list.rows.length === 0 ? (
          <Empty>
            {wish.show === 'late' ? 'Nothing is late here. That is good.' : 'There is nothing here yet.'}
          </Empty>
        ) : (
          <Table
            caption="Messages"
            captionHidden
            columns={[{ title: 'About' }, { title: 'With' }, { title: 'Last word' }, { title: 'Whose turn' }]}
            rows={list.rows.map(row => [
              <a key="about" href={messagePaths.one(network.slug, row.id)}>
                <bdi>{shorten(row.subject, 100)}</bdi>
              </a>,
              <span key="with">{listedWith(row, me)}</span>,
              dateInWords(dayOf(row.last_at)),
              <Where key="turn" row={row} visit={visit} />,
            ])}
          />
        )}
        <Pagination
          previous={list.before && { href: to({ before: key(list.before) }) }}
          next={list.after && { href: to({ after: key(list.after) }) }}
        />
      </>
    ),
  }
}

function Where({ row, visit }: { row: ListedThread; visit: Visit }) {
  if (row.turn === 'nobody') return <StatusTag tone="good">Answered</StatusTag>
  const mine = (row.turn === 'person') === (row.person_id === visit.me.personId)
  const due = row.due_on && dueInWords(row.due_on, visit.today)
  return (
    <>
      <StatusTag tone={mine ? 'moving' : 'waiting'}>{mine ? 'Yours' : 'Theirs'}</StatusTag>
      {due && row.due_on && (
        <div className={due.late ? 'loop-due loop-due--late' : 'loop-due'}>
          {due.late ? due.words : `by ${dateInWords(row.due_on)}`}
        </div>
      )}
    </>
  )
}
