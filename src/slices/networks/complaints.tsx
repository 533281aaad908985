import { z } from 'zod'
import { Empty, Form, InsetText, Quote, SummaryList, TaskList, TextArea, Timeline } from '#design/index.ts'
import { dateInWords, dueInWords, momentInWords } from '#kernel/calendar/words.ts'
import { reference } from '#kernel/references.ts'
import type { Channel } from '#platform/database/tables.ts'
import { text } from '#platform/form/fields.ts'
import type { HistoryEntry } from '#platform/history.ts'
import {
  type AnyRoute,
  type Filled,
  form,
  page,
  refused,
  type Screen,
  show,
  type Visit,
} from '#platform/http/route.ts'
import { holdsPost, personRule, type Rule } from '#platform/permission.ts'
import {
  answerComplainant,
  type ComplaintRow,
  goesByHand,
  type LoadedComplaint,
  loadComplaint,
  newsForComplainant,
} from './complaint-changes.ts'
import { howWords } from './complaint-form.tsx'
import { networkPaths } from './paths.ts'

/** The director until the network names somebody else (R1). Nobody else, the rest of the team included. */
export const theDataProtectionContact: Rule = personRule('the data protection contact', actor =>
  holdsPost(actor, 'director'),
)

const load = (visit: Visit<undefined>, how: { forChange: boolean }) =>
  loadComplaint(visit.tx, visit.params.complaint, how)

export const complaintRoutes: AnyRoute[] = [
  page('/:network/team/data-complaints', {
    who: theDataProtectionContact,
    audit: 'data-complaints-listed',
    handler: async visit => show(listScreen(visit, await listed(visit))),
  }),
  page<LoadedComplaint>('/:network/team/data-complaints/:complaint', {
    who: theDataProtectionContact,
    audit: 'data-complaint-opened',
    load,
    handler: visit => show(complaintScreen(visit)),
  }),
  form('/:network/team/data-complaints/:complaint/news', {
    who: theDataProtectionContact,
    audit: 'data-complaint-news-given',
    load,
    fields: z.object({ words: text('Write what you want to tell them', { max: 5_000, name: 'News' }) }),
    screen: newsScreen,
    async submit(visit, { words }) {
      const no = await newsForComplainant(visit, visit.thing.row, words)
      return no ? refused(no) : { to: pathOf(visit) }
    },
  }),
  form('/:network/team/data-complaints/:complaint/outcome', {
    who: theDataProtectionContact,
    audit: 'data-complaint-answered',
    load,
    fields: z.object({
      outcome: text('Write what you found and what you did', { max: 10_000, name: 'Outcome' }),
    }),
    screen: outcomeScreen,
    async submit(visit, { outcome }) {
      const no = await answerComplainant(visit, visit.thing.row, outcome)
      return no ? refused(no) : { to: pathOf(visit) }
    },
  }),
]

const pathOf = (visit: Visit<LoadedComplaint>) =>
  networkPaths.complaint(visit.network.slug, reference('D', visit.thing.row.number))

async function listed({ tx }: Visit): Promise<ComplaintRow[]> {
  return await tx
    .selectFrom('data_complaint')
    .selectAll()
    .orderBy(eb => eb('answered_at', 'is not', null))
    .orderBy('last_day')
    .orderBy('number', 'desc')
    .limit(100)
    .execute()
}

function listScreen({ network, today }: Visit, rows: readonly ComplaintRow[]): Screen {
  return {
    title: 'Complaints about data',
    back: { href: `/${network.slug}/home`, text: 'Back to home' },
    body: (
      <>
        <p>
          Only you can read these. Each person was told at once that we have it. They hear something at least
          every 20 working days until they have an answer.
        </p>
        {rows.length === 0 ? (
          <Empty>Nobody has complained about how we use data. Good.</Empty>
        ) : (
          <TaskList
            items={rows.map(row => {
              const due = row.update_by && dueInWords(row.update_by, today)
              return {
                title: reference('D', row.number),
                href: networkPaths.complaint(network.slug, reference('D', row.number)),
                hint: `From ${row.name}, ${dateInWords(row.received_at.toZonedDateTimeISO('Europe/London').toPlainDate())}`,
                status: row.answered_at
                  ? { words: 'Answered', tone: 'good' as const }
                  : { words: 'Waits for you', tone: due?.late ? ('late' as const) : ('waiting' as const) },
                dueWords: row.answered_at ? undefined : `next news ${due?.words}`,
                late: due?.late ?? false,
              }
            })}
          />
        )}
      </>
    ),
  }
}

const channelWords: Record<Channel, string> = {
  email: 'by e-mail',
  text: 'by text message',
  phone: 'by phone',
  post: 'by post',
}

function complaintScreen(visit: Visit<LoadedComplaint>): Screen {
  const { row, history } = visit.thing
  const due = row.update_by && dueInWords(row.update_by, visit.today)
  return {
    title: `Complaint ${reference('D', row.number)}`,
    back: { href: networkPaths.complaints(visit.network.slug), text: 'Back to complaints about data' },
    body: (
      <>
        <Quote words={row.words} by={`${row.name}, ${momentInWords(row.received_at)}`} />
        <SummaryList
          rows={[
            { key: 'Answer', value: `${channelWords[row.channel]}: ${row.address}` },
            { key: 'How it came', value: howWords[row.how] },
            { key: 'Last day by law to say that we have it', value: dateInWords(row.last_day) },
            row.answered_at
              ? { key: 'Answered', value: momentInWords(row.answered_at) }
              : { key: 'Next news', value: due?.words ?? 'soon' },
          ]}
        />
        {goesByHand(row.channel) && (
          <InsetText>
            This person is answered {channelWords[row.channel]}. Please do it yourself, so that nobody else
            reads it: each text that you write here is kept below, with what happened.
          </InsetText>
        )}
        {row.outcome === null ? (
          <p>
            <a href={`${pathOf(visit)}/outcome`}>Answer it</a> or{' '}
            <a href={`${pathOf(visit)}/news`}>give news</a>
          </p>
        ) : (
          <>
            <h2>Our answer</h2>
            <Quote words={row.outcome} />
          </>
        )}
        <h2>What happened</h2>
        <Timeline entries={history.map(entryOf)} />
      </>
    ),
  }
}

function entryOf(entry: HistoryEntry) {
  const details = entry.details as { words?: string }
  return {
    when: momentInWords(entry.at),
    dateTime: entry.at.toString(),
    title:
      entry.event === 'complaint-received'
        ? 'It reached us, and the person was told so'
        : entry.event === 'complaint-news'
          ? 'News for the person'
          : 'It was answered',
    by: entry.by_words,
    ...(details.words ? { body: <Quote words={details.words} /> } : {}),
  }
}

function newsScreen(visit: Visit<LoadedComplaint>, { values, errors }: Filled): Screen {
  return {
    title: 'Give news',
    caption: reference('D', visit.thing.row.number),
    back: { href: pathOf(visit), text: 'Back to the complaint' },
    body: (
      <Form hidden={visit.hidden} button="Send the news">
        <TextArea
          name="words"
          label="What do you want to tell them?"
          hint="How far you are, and what you still look into. This is sent as you write it."
          errors={errors}
          value={values.words}
          maxCharacters={5_000}
        />
      </Form>
    ),
  }
}

function outcomeScreen(visit: Visit<LoadedComplaint>, { values, errors }: Filled): Screen {
  return {
    title: 'Answer the complaint',
    caption: reference('D', visit.thing.row.number),
    back: { href: pathOf(visit), text: 'Back to the complaint' },
    body: (
      <Form hidden={visit.hidden} button="Send the answer">
        <TextArea
          name="outcome"
          label="What did you find, and what did you do?"
          hint="This is sent as you write it. We add that they can go to the Information Commissioner’s Office (ICO)."
          errors={errors}
          value={values.outcome}
          maxCharacters={10_000}
          rows={10}
        />
      </Form>
    ),
  }
}
