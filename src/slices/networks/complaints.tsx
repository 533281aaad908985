import { z } from 'zod'
import {
  Empty,
  Form,
  InsetText,
  Quote,
  Select,
  SummaryList,
  TaskList,
  TextArea,
  Timeline,
} from '#design/index.ts'
import { dateInWords, dueInWords, momentInWords } from '#kernel/calendar/words.ts'
import { addWorkingDays } from '#kernel/calendar/working-days.ts'
import { happened } from '#kernel/decision.ts'
import { reference } from '#kernel/references.ts'
import type { Channel } from '#platform/database/tables.ts'
import { pickedId, text } from '#platform/form/fields.ts'
import type { HistoryEntry } from '#platform/history.ts'
import {
  type AnyRoute,
  errors,
  type Filled,
  form,
  page,
  refused,
  type Screen,
  show,
  type Visit,
} from '#platform/http/route.ts'
import { holdsPost, isTeam, personRule } from '#platform/permission.ts'
import { possibleOwners } from '#slices/actions/index.ts'
import { workingDaysToAcknowledge } from './complaint.ts'
import {
  acknowledgedByHand,
  answerComplainant,
  type ComplaintRow,
  goesByHand,
  type LoadedComplaint,
  loadComplaint,
  newsForComplainant,
} from './complaint-changes.ts'
import { howWords } from './complaint-form.tsx'
import { complaintReaderIds } from './complaint-readers.ts'
import { networkPaths } from './paths.ts'

interface Readable {
  readonly readers: readonly number[]
}

/** Those who were named, else the director (R1). Nobody else, the rest of the team included. */
const theDataProtectionContact = personRule<Readable>('the data protection contact', (actor, { readers }) =>
  readers.includes(actor.personId),
)
/** Whoever reads them names the others; the director always may, since the post answers for it. */
const whoNames = personRule<Readable>(
  'the data protection contact or the director',
  (actor, { readers }) => readers.includes(actor.personId) || holdsPost(actor, 'director'),
)
const whoSeesTheNames = personRule<Readable>(
  'the team or the data protection contact',
  (actor, { readers }) => isTeam(actor) || readers.includes(actor.personId),
)

const load = (visit: Visit<undefined>, how: { forChange: boolean }) =>
  loadComplaint(visit, visit.params.complaint, how)
const loadReaders = async (visit: Visit<undefined>): Promise<Readable> => ({
  readers: await complaintReaderIds(visit.tx, visit.today),
})

export const complaintRoutes: AnyRoute[] = [
  page<Readable>('/:network/team/data-complaints', {
    who: theDataProtectionContact,
    audit: 'data-complaints-listed',
    load: loadReaders,
    handler: async visit => show(listScreen(visit, await listed(visit))),
  }),
  page<Readable>('/:network/team/data-complaints/readers', {
    who: whoSeesTheNames,
    audit: 'nothing',
    load: loadReaders,
    handler: async visit => show(await readersScreen(visit)),
  }),
  form('/:network/team/data-complaints/readers/new', {
    who: whoNames,
    audit: 'data-contact-named',
    load: loadReaders,
    guardsVersion: false,
    fields: z.object({ person: pickedId('Choose a person') }),
    screen: (visit: Visit<Readable>, filled) => namingScreen(visit, filled),
    async submit(visit, { person }) {
      const [chosen] = await possibleOwners(visit.tx, visit.today, person)
      if (!chosen) return errors({ field: 'person', message: 'Choose a person of this network' })
      const named = await visit.tx
        .insertInto('data_contact')
        .values({
          network_id: visit.network.id,
          person_id: person,
          from_on: visit.today,
          to_on: null,
          by_person_id: visit.me.personId,
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      await visit.happened({ kind: 'data-contact', id: named.id }, [happened('named', { personId: person })])
      return { to: networkPaths.complaintReaders(visit.network.slug) }
    },
  }),
  form('/:network/team/data-complaints/readers/end', {
    who: whoNames,
    audit: 'data-contact-ended',
    load: loadReaders,
    page: false,
    guardsVersion: false,
    fields: z.object({ person: pickedId('Choose a person') }),
    screen: (visit: Visit<Readable>) => readersScreen(visit),
    async submit(visit, { person }) {
      const ended = await visit.tx
        .updateTable('data_contact')
        .set({ to_on: visit.today.subtract({ days: 1 }) })
        .where('person_id', '=', person)
        .where('to_on', 'is', null)
        .returning('id')
        .execute()
      for (const { id } of ended)
        await visit.happened({ kind: 'data-contact', id }, [happened('ended', { personId: person })])
      return { to: networkPaths.complaintReaders(visit.network.slug) }
    },
  }),
  page<LoadedComplaint>('/:network/team/data-complaints/:complaint', {
    who: theDataProtectionContact,
    audit: 'data-complaint-opened',
    load,
    handler: visit => show(complaintScreen(visit)),
  }),
  form('/:network/team/data-complaints/:complaint/acknowledge', {
    who: theDataProtectionContact,
    audit: 'data-complaint-acknowledged',
    load,
    page: false,
    fields: z.object({}),
    screen: (visit: Visit<LoadedComplaint>) => complaintScreen(visit),
    async submit(visit) {
      const no = await acknowledgedByHand(visit, visit.thing.row)
      return no ? refused(no) : { to: pathOf(visit) }
    },
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

async function listed({ tx }: Visit<Readable>): Promise<ComplaintRow[]> {
  return await tx
    .selectFrom('data_complaint')
    .selectAll()
    .orderBy(eb => eb('answered_at', 'is not', null))
    .orderBy('last_day')
    .orderBy('number', 'desc')
    .limit(100)
    .execute()
}

function listScreen({ network, today }: Visit<Readable>, rows: readonly ComplaintRow[]): Screen {
  return {
    title: 'Complaints about data',
    back: { href: `/${network.slug}/home`, text: 'Back to home' },
    body: (
      <>
        <p>
          Only those who look after data protection can read these. Each person was told at once that we have
          it. They hear something at least every 20 working days until they have an answer.
        </p>
        <p>
          <a href={networkPaths.complaintReaders(network.slug)}>Who reads complaints about data</a>
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

/** Our own target; the law's last day lies behind it. */
const tellBy = (row: ComplaintRow) =>
  addWorkingDays(row.received_at.toZonedDateTimeISO('Europe/London').toPlainDate(), workingDaysToAcknowledge)

async function readersScreen(visit: Visit<Readable>): Promise<Screen> {
  const { readers } = visit.thing
  const { slug } = visit.network
  const people = await visit.tx
    .selectFrom('person as p')
    .select(['p.id', 'p.name'])
    .select(eb =>
      eb
        .exists(
          eb
            .selectFrom('data_contact as d')
            .select('d.id')
            .whereRef('d.person_id', '=', 'p.id')
            .where('d.to_on', 'is', null),
        )
        .as('named'),
    )
    .where('p.id', 'in', readers.length > 0 ? readers : [0])
    .orderBy('p.name')
    .execute()
  const mayName = whoNames.holds(visit.me, visit.thing)
  return {
    title: 'Who reads complaints about data',
    back: { href: `/${slug}/team`, text: 'Team' },
    body: (
      <>
        <p>
          A complaint about how we use somebody’s data is read only by those who look after data protection:
          the director, until somebody is named.
        </p>
        {people.length === 0 && (
          <Empty>There is nobody: name somebody, or give the post of director. Until then they wait.</Empty>
        )}
        <ul className="nhsuk-list">
          {people.map(each => (
            <li key={each.id}>
              {each.name}
              {mayName && each.named ? (
                <Form
                  action={`${networkPaths.complaintReaders(slug)}/end`}
                  hidden={{ ...visit.hidden, person: String(each.id) }}
                  button={`${each.name} reads them no more`}
                />
              ) : null}
            </li>
          ))}
        </ul>
        {mayName && (
          <p>
            <a href={`${networkPaths.complaintReaders(slug)}/new`}>Name somebody</a>
          </p>
        )}
        {theDataProtectionContact.holds(visit.me, visit.thing) && (
          <p>
            <a href={networkPaths.complaints(slug)}>Read the complaints</a>
          </p>
        )}
      </>
    ),
  }
}

async function namingScreen(visit: Visit<Readable>, { values, errors: mistakes }: Filled): Promise<Screen> {
  const people = await possibleOwners(visit.tx, visit.today)
  return {
    title: 'Name who reads complaints about data',
    back: { href: networkPaths.complaintReaders(visit.network.slug), text: 'Back' },
    body: (
      <Form hidden={visit.hidden} button="Name this person">
        <p>From now on only those who are named read them. Name yourself, too, if you still want to.</p>
        <Select
          name="person"
          label="Who looks after data protection?"
          empty="Choose a person"
          value={values.person}
          options={people.map(each => ({ value: String(each.id), text: each.name }))}
          errors={mistakes}
        />
      </Form>
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
            {
              key: 'They were told that we have it',
              value: row.acknowledged_at
                ? momentInWords(row.acknowledged_at)
                : `Not yet: tell them, ${dueInWords(tellBy(row), visit.today).words}`,
            },
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
        {row.acknowledged_at === null && (
          <Form
            action={`${pathOf(visit)}/acknowledge`}
            hidden={visit.hidden}
            button="I have told them that we have it"
          />
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
        ? 'It reached us'
        : entry.event === 'complaint-acknowledged'
          ? 'The person was told that we have it'
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
