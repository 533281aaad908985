import { sql } from 'kysely'
import { z } from 'zod'
import {
  Empty,
  Form,
  Pagination,
  Panel,
  Quote,
  SummaryList,
  TaskList,
  TextArea,
  TextField,
  WarningCallout,
} from '#design/index.ts'
import { dueInWords, momentInWords } from '#kernel/calendar/words.ts'
import { promisedBy } from '#kernel/clocks.ts'
import { happened } from '#kernel/decision.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { Row } from '#platform/database/tables.ts'
import { optionalText, text } from '#platform/form/fields.ts'
import {
  type AnyRoute,
  errors,
  form,
  page,
  refused,
  type Screen,
  show,
  type Visit,
  type WeekRow,
} from '#platform/http/route.ts'
import { tellAddress } from '#platform/outbox.ts'
import { anyone, theTeam } from '#platform/permission.ts'
import { idsOf, postHolders } from '#platform/who-today.ts'
import { kindIn } from './page.tsx'
import { helpPaths as paths } from './paths.ts'
import './tables.ts'

const emailForm = /^[^\s@<>()[\]\\,;:"]+@[^\s@.]+(\.[^\s@.]+)+$/

/** What is wrong with a page, from anybody: it becomes a message to the team. */
const tell = form('/:network/help/problem', {
  who: anyone,
  audit: 'page-problem-told',
  againstBots: true,
  guardsVersion: false,
  limit: { name: 'public-form', uses: 10, minutes: 60 },
  fields: z.object({
    of: optionalText({ max: 200, name: 'The page' }),
    words: text('Tell us what is wrong', { max: 2000, name: 'What is wrong' }),
    email: optionalText({ max: 254, name: 'Your e-mail address' }),
  }),
  screen: (visit, filled): Screen => {
    const of = kindIn(filled.values.of ?? visit.query.get('of'))
    return {
      title: 'What is wrong with this page?',
      back: { href: paths.page(visit.network.slug, of), text: 'Help with this page' },
      body: (
        <>
          <p>
            Is something hard to read, hard to use, or not true? Tell us. The team reads it and puts it right.
          </p>
          <WarningCallout title="Not about your care">
            Do not write anything that tells who a patient is. Ring 999 if somebody is in danger. To complain
            about care, ask the hospital’s PALS.
          </WarningCallout>
          <Form hidden={{ ...visit.hidden, of }} button="Send it">
            <TextArea
              name="words"
              label="What is wrong?"
              hint="We only see which kind of page you came from, not what was on it."
              value={filled.values.words}
              maxCharacters={2000}
              rows={5}
              errors={filled.errors}
            />
            {!visit.actor && (
              <TextField
                name="email"
                label="Your e-mail address, if you want an answer"
                hint="We use it for this answer only, and delete it after that."
                value={filled.values.email}
                errors={filled.errors}
              />
            )}
          </Form>
        </>
      ),
    }
  },
  async submit(visit, given) {
    const email = visit.actor ? null : given.email || null
    if (email && !emailForm.test(email)) {
      return errors({
        field: 'email',
        message: 'Enter an e-mail address such as name@example.org, or nothing',
      })
    }
    const { tx, network, today, now, actor } = visit
    const { id } = await tx
      .insertInto('page_problem')
      .values({
        network_id: network.id,
        page: kindIn(given.of),
        words: given.words,
        person_id: actor?.personId ?? null,
        email,
        language: email === null ? null : visit.language,
        at: now,
        due_on: promisedBy('message-answer', today, network.clocks),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await visit.happened({ kind: 'page-problem', id }, [happened('told')])
    const { coordinators } = await postHolders(tx, today)
    await visit.tell(
      ...idsOf(coordinators).map(personId => ({
        key: `page-problem:${id}:${personId}`,
        personId,
        kind: 'page-problem',
        subject: 'something is wrong with a page',
        paragraphs: ['Somebody told us that something is wrong with a page of this service.'],
        link: { path: paths.oneProblem(network.slug, id), words: 'Read it and answer here' },
        about: { kind: 'page-problem', id: String(id) },
      })),
    )
    return { to: paths.thanks(network.slug) }
  },
})

const thanks = page('/:network/help/problem/thank-you', {
  who: anyone,
  audit: 'nothing',
  handler: visit =>
    show({
      title: 'Thank you',
      titleInLegend: true,
      body: (
        <>
          <Panel title="Thank you" asHeading>
            We have it
          </Panel>
          <p>The team reads it. If you are signed in, or gave us an e-mail address, you hear from us.</p>
          <p>
            <a href={`/${visit.network.slug}`}>{visit.network.name}</a>
          </p>
        </>
      ),
    }),
})

type Problem = Row<'page_problem'> & { readonly name: string | null }
const pageLength = 25

const problems = (tx: Visit['tx']) =>
  tx
    .selectFrom('page_problem as b')
    .leftJoin('person as p', join =>
      join.onRef('p.network_id', '=', 'b.network_id').onRef('p.id', '=', 'b.person_id'),
    )
    .selectAll('b')
    .select('p.name')

const whoTold = (each: Problem): string =>
  each.name ?? (each.email ? 'A visitor, with an e-mail address' : 'A visitor')

const list = page('/:network/team/page-problems', {
  who: theTeam,
  audit: 'nothing',
  async handler(visit) {
    const { slug } = visit.network
    const before = /^\d{1,9}$/.test(visit.query.get('before') ?? '')
      ? Number(visit.query.get('before'))
      : undefined
    const done = visit.query.get('show') === 'done'
    const found = await problems(visit.tx)
      .where('b.done_at', done ? 'is not' : 'is', null)
      .$if(before !== undefined, query => query.where('b.id', '<', before!))
      .orderBy('b.id', 'desc')
      .limit(pageLength + 1)
      .execute()
    const rows = found.slice(0, pageLength)
    const here = paths.problems(slug)
    return show({
      title: 'What is wrong with pages',
      back: { href: `/${slug}/team`, text: 'The team’s work' },
      body: (
        <>
          <p>
            People tell us what is hard to read, hard to use or not true.{' '}
            {done ? (
              <a href={here}>See what is open</a>
            ) : (
              <a href={`${here}?show=done`}>See what was answered</a>
            )}
          </p>
          {rows.length === 0 ? (
            <Empty>{done ? 'Nothing was answered yet.' : 'Nobody has told us of anything. Good.'}</Empty>
          ) : (
            <TaskList
              items={rows.map(each => {
                const due = dueInWords(each.due_on, visit.today)
                return {
                  title: each.words.length > 80 ? `${each.words.slice(0, 80)}…` : each.words,
                  href: paths.oneProblem(slug, each.id),
                  hint: `${whoTold(each)}, ${momentInWords(each.at)}`,
                  status: each.done_at
                    ? ({ words: 'Answered', tone: 'good' } as const)
                    : ({ words: 'Waits for you', tone: 'waiting' } as const),
                  ...(each.done_at ? {} : { dueWords: due.words, late: due.late }),
                }
              })}
            />
          )}
          <Pagination
            next={
              found.length > pageLength
                ? {
                    href: `${here}?${new URLSearchParams({ ...(done ? { show: 'done' } : {}), before: String(rows.at(-1)!.id) })}`,
                  }
                : undefined
            }
          />
        </>
      ),
    })
  },
})

const one = form('/:network/team/page-problems/:problem', {
  who: theTeam,
  audit: 'page-problem-answered',
  load: (visit: Visit<undefined>, how) =>
    /^\d{1,9}$/.test(visit.params.problem ?? '')
      ? problems(visit.tx)
          .where('b.id', '=', Number(visit.params.problem))
          .$if(how.forChange, query => query.forUpdate('b'))
          .executeTakeFirst()
      : undefined,
  fields: z.object({ answer: text('Say what you did', { max: 2000, name: 'What you did' }) }),
  screen: (visit: Visit<Problem>, filled): Screen => {
    const { thing, network } = visit
    const reached = thing.person_id !== null || thing.email !== null
    return {
      title: 'Something is wrong with a page',
      back: { href: paths.problems(network.slug), text: 'What is wrong with pages' },
      body: (
        <>
          <SummaryList
            rows={[
              { key: 'Which page', value: thing.page || 'The front page' },
              { key: 'Who told us', value: whoTold(thing) },
              { key: 'When', value: momentInWords(thing.at) },
            ]}
          />
          <Quote words={thing.words} by={whoTold(thing)} />
          {thing.done_at ? (
            <Quote words={thing.answer ?? ''} by={`Answered, ${momentInWords(thing.done_at)}`} />
          ) : (
            <Form hidden={visit.hidden} button="Send and close">
              <TextArea
                name="answer"
                label="What did you do about it?"
                hint={reached ? 'They get these words.' : 'They left no address. This is for the team.'}
                value={filled.values.answer}
                maxCharacters={2000}
                rows={4}
                errors={filled.errors}
              />
            </Form>
          )}
        </>
      ),
    }
  },
  async submit(visit: Visit<Problem>, { answer }) {
    const { thing, tx, network, now, me } = visit
    if (thing.done_at) return refused({ sentence: 'Somebody of the team has answered this already' })
    await tx
      .updateTable('page_problem')
      .set({ answer, done_at: now, done_by_person_id: me.personId, email: null, version: thing.version + 1 })
      .where('id', '=', thing.id)
      .execute()
    await visit.happened({ kind: 'page-problem', id: thing.id }, [happened('answered')])
    const told = {
      key: `page-problem-answered:${thing.id}`,
      kind: 'page-problem-answered',
      subject: 'what you told us about a page',
      paragraphs: ['You told us what is wrong with a page. Thank you. This is what we did:', theirs(answer)],
      about: { kind: 'page-problem', id: String(thing.id) },
    }
    if (thing.person_id !== null) await visit.tell({ ...told, personId: thing.person_id })
    else if (thing.email) {
      const { language } = thing
      const name = readers[language ?? 'en'] ?? 'reader'
      const to = { name, channel: 'email' as const, address: thing.email, language }
      await tellAddress(tx, visit, to, told, now)
    }
    return { to: paths.problems(network.slug) }
  },
})

/** How somebody is greeted who left no name. */
const readers: Readonly<Record<string, string>> = { en: 'reader', cy: 'ddarllenydd', ur: 'قاری' }

export const problemRoutes: AnyRoute[] = [tell, thanks, list, one]

/** For the team's week: what is still to be answered. */
export const problemsOfWeek = () => sql<WeekRow>`
  select 'Answer what is wrong with a page'::text as promise, 'page-problem:' || id as key,
    left(words, 80) as title, '/team/page-problems/' || id as path, null::integer as person_id, due_on
  from page_problem where done_at is null`
