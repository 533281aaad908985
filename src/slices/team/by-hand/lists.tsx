import { Empty, Filters, Form, NotificationBanner, Pagination, StatusTag, Table } from '#design/index.ts'
import { dateInWords, dueInWords, momentInWords } from '#kernel/calendar/words.ts'
import type { Channel } from '#platform/database/tables.ts'
import { type AnyRoute, page, type Screen, show, type Visit } from '#platform/http/route.ts'
import { theTeam } from '#platform/permission.ts'
import { idIn, toWhom } from '../messages.tsx'
import { teamPaths as paths } from '../paths.ts'
import { isPrivate } from '../private-words.ts'
import { type ByHandLine, type ByHandShow, byHandShows, listByHand, pageLength } from './queries.ts'

interface Kind {
  readonly title: string
  readonly channels: readonly Channel[]
  readonly empty: Record<ByHandShow, string>
  readonly shows: Record<ByHandShow, string>
  readonly path: (slug: string) => string
  readonly one: (slug: string, id: number) => string
}

const calls: Kind = {
  title: 'Calls to make',
  channels: ['phone', 'text'],
  empty: {
    waiting: 'There is nobody to ring. Everybody who wants a call has had it.',
    today: 'There is nobody to ring today.',
    done: 'No call was made yet.',
  },
  shows: { waiting: 'All that wait', today: 'To be made by today', done: 'Made' },
  path: paths.calls,
  one: paths.call,
}

const letters: Kind = {
  title: 'Letters to post',
  channels: ['post'],
  empty: {
    waiting: 'There is no letter to post.',
    today: 'There is no letter to post today.',
    done: 'No letter was posted yet.',
  },
  shows: { waiting: 'All that wait', today: 'To be posted by today', done: 'Posted' },
  path: paths.letters,
  one: paths.letter,
}

export const byHandListRoutes: AnyRoute[] = [calls, letters].map(kind =>
  page(`/:network/team/${kind === calls ? 'calls' : 'letters'}`, {
    who: theTeam,
    audit: 'nothing',
    async handler(visit) {
      const which = byHandShows.find(each => each === visit.query.get('show')) ?? 'waiting'
      const found = await listByHand(visit.tx, {
        channels: kind.channels,
        show: which,
        today: visit.today,
        from: idIn(visit.query.get('after')),
      })
      return show(list(visit, kind, which, found))
    },
  }),
)

function list(visit: Visit, kind: Kind, which: ByHandShow, found: readonly ByHandLine[]): Screen {
  const { slug } = visit.network
  const shown = found.slice(0, pageLength)
  const done = which === 'done'
  const link = (each: ByHandLine) =>
    // What is for one reader of the team only is opened where that one finds it.
    isPrivate(each) ? (
      <bdi key="to">{toWhom(each)}</bdi>
    ) : (
      <a href={kind.one(slug, each.id)} key="to">
        <bdi>{toWhom(each)}</bdi>
      </a>
    )
  const subject = (each: ByHandLine) => (isPrivate(each) ? 'A private message' : each.subject)
  return {
    title: kind.title,
    back: { href: paths.front(slug), text: 'The team’s work' },
    wide: true,
    body: (
      <>
        <Posted visit={visit} />
        <Filters
          action={kind.path(slug)}
          filters={[
            {
              name: 'show',
              label: 'Show',
              value: which,
              options: byHandShows.map(value => ({ value, text: kind.shows[value] })),
            },
          ]}
        />
        {kind === letters && !done && (
          <p>
            <a href={`${paths.letters(slug)}/batch`}>Print all letters that are due today in one go</a>
          </p>
        )}
        {shown.length === 0 ? (
          <Empty>{kind.empty[which]}</Empty>
        ) : (
          <Table
            caption={done ? 'Newest first' : 'Oldest first'}
            columns={[
              { title: 'To' },
              { title: 'About' },
              ...(done
                ? [{ title: 'Done by' }, { title: 'When' }]
                : [{ title: 'Waits since' }, { title: 'By' }]),
            ]}
            rows={shown.map(each => [
              link(each),
              subject(each),
              ...(done
                ? [each.doneBy ?? 'The service', each.sent_at ? momentInWords(each.sent_at) : '']
                : [waitsSince(each), <By line={each} visit={visit} key="by" />]),
            ])}
          />
        )}
        <Pagination
          next={
            found.length > pageLength
              ? { href: `?${new URLSearchParams({ show: which, after: String(shown.at(-1)!.id) })}` }
              : undefined
          }
        />
      </>
    ),
  }
}

const waitsSince = (each: ByHandLine) =>
  `${momentInWords(each.created_at)}${each.tries === 0 ? '' : each.tries === 1 ? ', tried once' : `, tried ${each.tries} times`}`

function By({ line, visit }: { line: ByHandLine; visit: Visit }) {
  if (!line.due_on) return 'Soon'
  const due = dueInWords(line.due_on, visit.today)
  return due.late ? <StatusTag tone="late">{due.words}</StatusTag> : dateInWords(line.due_on)
}

/** A batch was marked as posted: how many, and the way back for who pressed too soon. */
function Posted({ visit }: { visit: Visit }) {
  const posted = /^(\d{1,3})_(\d{1,16})$/.exec(visit.query.get('posted') ?? '')
  if (!posted)
    return visit.query.has('undone') ? <NotificationBanner>They wait again.</NotificationBanner> : null
  const many = Number(posted[1])
  return (
    <>
      <NotificationBanner success>
        {many === 1 ? '1 letter is marked as posted.' : `${many} letters are marked as posted.`}
      </NotificationBanner>
      <Form
        action={`${paths.letters(visit.network.slug)}/batch/undo`}
        hidden={{ ...visit.hidden, batch: posted[2]! }}
        button="They are not posted yet: take it back"
      />
    </>
  )
}
