import { sql } from 'kysely'
import { z } from 'zod'
import { Details, Empty, Form, NotificationBanner, Pagination, Quote, SummaryList } from '#design/index.ts'
import { momentInWords } from '#kernel/calendar/words.ts'
import type { Instant } from '#platform/database/tables.ts'
import { type AnyRoute, form, page, type Screen, show, type Visit } from '#platform/http/route.ts'
import { theTeam } from '#platform/permission.ts'
import { messagePaths } from '#slices/messages/index.ts'
import { notifyPaths as paths } from './paths.ts'

interface Line {
  readonly id: number
  readonly received_at: Instant
  readonly what: 'stop' | 'start' | 'reply' | 'apart'
  readonly person_id: number | null
  readonly name: string | null
  readonly number: string | null
  readonly words: string | null
  readonly answers_message_id: number | null
  readonly thread_id: number | null
}

const pageLength = 25
const numberIn = (given: string | null | undefined) =>
  /^\d{1,9}$/.test(given ?? '') ? Number(given) : undefined

export const textRoutes: AnyRoute[] = [
  page('/:network/team/texts', {
    who: theTeam,
    audit: 'texts-opened',
    async handler(visit) {
      const before = numberIn(visit.query.get('before'))
      const found = await sql<Line>`
        select t.id, t.received_at, t.what, t.person_id, p.name, t.number, t.words, t.answers_message_id, t.thread_id
        from text_in t left join person p on p.network_id = t.network_id and p.id = t.person_id
        ${before === undefined ? sql`` : sql`where t.id < ${before}`}
        order by t.id desc limit ${pageLength + 1}`.execute(visit.tx)
      return show(list(visit, found.rows))
    },
  }),
  form('/:network/team/texts/:text/seen-to', {
    who: theTeam,
    audit: 'text-seen-to',
    page: false,
    load: async (visit: Visit<undefined>) => {
      const id = numberIn(visit.params.text)
      if (id === undefined) return undefined
      return await visit.tx
        .selectFrom('text_in')
        .select('id')
        .where('id', '=', id)
        .where('what', '=', 'apart')
        .executeTakeFirst()
    },
    fields: z.object({}),
    screen: (): Screen => ({ title: 'Text messages that came in', body: null }),
    async submit(visit: Visit<{ id: number }>) {
      await visit.tx.deleteFrom('text_in').where('id', '=', visit.thing.id).execute()
      return { to: `${paths.texts(visit.network.slug)}?seen-to` }
    },
  }),
]

function list(visit: Visit, found: readonly Line[]): Screen {
  const { slug } = visit.network
  const shown = found.slice(0, pageLength)
  return {
    title: 'Text messages that came in',
    back: { href: `/${slug}/team`, text: 'The team’s work' },
    body: (
      <>
        {visit.query.has('seen-to') && (
          <NotificationBanner success>The text message is deleted.</NotificationBanner>
        )}
        <p>
          Who answers STOP gets no more text messages. They hear in another way, and can switch them on again.
          Any other answer becomes a message to the team.
        </p>
        {shown.length === 0 && <Empty>No text message came in.</Empty>}
        {shown.map(each => (
          <One line={each} visit={visit} key={each.id} />
        ))}
        <Pagination
          next={
            found.length > pageLength
              ? { href: `?before=${shown.at(-1)!.id}`, label: 'older text messages' }
              : undefined
          }
        />
        <Details summary="What GOV.UK Notify needs to know">
          <p>Give these addresses to Notify, under “API integration”, “Callbacks”.</p>
          <SummaryList
            rows={[
              { key: 'Delivery receipts', value: <Address path={paths.delivery(slug)} visit={visit} /> },
              { key: 'Received text messages', value: <Address path={paths.text(slug)} visit={visit} /> },
            ]}
          />
        </Details>
      </>
    ),
  }
}

const Address = ({ path, visit }: { path: string; visit: Visit }) => (
  <span className="loop-words" dir="ltr">
    {visit.publicUrl}
    {path}
  </span>
)

function One({ line, visit }: { line: Line; visit: Visit }) {
  const { slug } = visit.network
  const when = momentInWords(line.received_at)
  if (line.what === 'apart') {
    return (
      <>
        <h2 className="nhsuk-heading-m">From a number that is not one person’s</h2>
        <Quote words={line.words || 'Nothing was written.'} by={`${line.number}, ${when}`} />
        <p>Nobody was told anything. If you know who it is, write down what they said on their own page.</p>
        <Form
          action={paths.seenTo(slug, line.id)}
          hidden={visit.hidden}
          button={`I have seen to it: delete the text from ${line.number}`}
        />
      </>
    )
  }
  const who =
    line.person_id === null ? (
      `Somebody with the number ${line.number ?? ''}`
    ) : (
      <Who line={line} slug={slug} />
    )
  return (
    <p>
      {who}
      {line.what === 'stop' && ' asked for no more text messages'}
      {line.what === 'start' && ' asked for text messages again'}
      {line.what === 'reply' &&
        (line.thread_id === null ? (
          ' answered'
        ) : (
          <>
            {' '}
            answered: <a href={messagePaths.one(slug, line.thread_id)}>read it and answer</a>
          </>
        ))}
      {line.answers_message_id !== null && (
        <>
          {' '}
          (<a href={`/${slug}/team/messages/${line.answers_message_id}`}>the text that we sent</a>)
        </>
      )}
      , {when}.
    </p>
  )
}

const Who = ({ line, slug }: { line: Line; slug: string }) => (
  <a href={`/${slug}/team/people/${line.person_id}`}>
    <bdi>{line.name}</bdi>
  </a>
)
