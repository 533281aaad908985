import { z } from 'zod'
import {
  ButtonLink,
  Checkboxes,
  Empty,
  Filters,
  Form,
  Pagination,
  Quote,
  Radios,
  Select,
  StatusTag,
  Table,
  TextArea,
  TextField,
} from '#design/index.ts'
import { dateInWords, dueInWords, momentInWords } from '#kernel/calendar/words.ts'
import { shorten } from '#kernel/text/graphemes.ts'
import { askTogether } from '#platform/database/questions.ts'
import { choice, optionalText, pickedId, several, text } from '#platform/form/fields.ts'
import {
  type AnyRoute,
  errors,
  form,
  page,
  refused,
  type Screen,
  show,
  type Visit,
} from '#platform/http/route.ts'
import { type Rule, theTeam } from '#platform/permission.ts'
import { possibleOwners } from '#slices/actions/index.ts'
import { inductionPaths, sessionsOf } from '#slices/induction/index.ts'
import { answerWish, putWishInSession, wishToKnow } from './changes.ts'
import { learningPaths as paths } from './paths.ts'
import { type LoadedWish, loadWish, wishesOf } from './queries.ts'
import { stateWords } from './wish.ts'

const most = 25
type Here = Visit<LoadedWish>
const theirs = theTeam as Rule<LoadedWish>
const load = (visit: Visit<undefined>, how: { forChange: boolean }) => loadWish(visit, visit.params.wish, how)

const shows = [
  { value: 'open', text: 'Those that wait' },
  { value: 'late', text: 'Late' },
  { value: 'all', text: 'All' },
] as const

const list = page('/:network/team/learning', {
  who: theTeam,
  audit: 'nothing',
  async handler(visit) {
    const { query, tx, today, network } = visit
    const { slug } = network
    const which = shows.find(each => each.value === query.get('show'))?.value ?? 'open'
    const before = /^\d{1,9}$/.test(query.get('before') ?? '') ? Number(query.get('before')) : undefined
    const [found] = await askTogether(tx, [wishesOf({ team: which }, { today, before, most: most + 1 })])
    const shown = found.slice(0, most)
    const here = paths.team(slug)
    return show({
      title: 'Wishes to know more',
      wide: true,
      back: { href: `/${slug}/team`, text: 'The team’s work' },
      body: (
        <>
          <Filters
            action={here}
            clear={which === 'open' ? undefined : here}
            filters={[{ name: 'show', label: 'Which', value: which, options: shows }]}
          />
          {shown.length === 0 ? (
            <Empty>Nothing waits here.</Empty>
          ) : (
            <Table
              caption="Wishes to know more"
              captionHidden
              columns={[{ title: 'What' }, { title: 'Asked by' }, { title: 'Where it is' }]}
              rows={shown.map(each => {
                const due = dueInWords(each.dueOn, today)
                return [
                  <a href={paths.one(slug, each.id)} key="what">
                    <bdi>{shorten(each.title || each.words, 120)}</bdi>
                  </a>,
                  each.name,
                  <>
                    <StatusTag tone={each.state === 'answered' ? 'good' : 'waiting'}>
                      {stateWords[each.state]}
                    </StatusTag>
                    {each.state === 'asked' && (
                      <div className={due.late ? 'loop-due loop-due--late' : 'loop-due'}>
                        {due.late ? due.words : `by ${dateInWords(each.dueOn)}`}
                      </div>
                    )}
                  </>,
                ]
              })}
            />
          )}
          <Pagination
            next={
              found.length > most
                ? { href: `${here}?show=${which}&before=${shown.at(-1)!.id}`, label: 'Older wishes' }
                : undefined
            }
          />
          <ButtonLink href={paths.onBehalf(slug)} secondary>
            Write down what somebody would like to know
          </ButtonLink>
        </>
      ),
    })
  },
})

const onBehalf = form('/:network/team/learning/on-behalf', {
  who: theTeam,
  audit: 'learning-recorded',
  fields: z.object({
    person: pickedId('Choose who asks'),
    how: choice('Choose how they asked', ['phone', 'post', 'in-person']),
    words: text('Write what they would like to know', { max: 2000, name: 'What they would like to know' }),
  }),
  async screen(visit, { values, errors: mistakes }): Promise<Screen> {
    const people = await possibleOwners(visit.tx, visit.today)
    const back = paths.team(visit.network.slug)
    return {
      title: 'Write down what somebody would like to know',
      back: { href: back, text: 'Wishes to know more' },
      body: (
        <Form hidden={visit.hidden} button="Write it down" secondary={{ text: 'Not now', href: back }}>
          <Select
            name="person"
            label="Who asks?"
            empty="Choose a person"
            value={values.person}
            options={people.map(each => ({ value: String(each.id), text: each.name }))}
            errors={mistakes}
          />
          <Radios
            name="how"
            label="How did they ask?"
            value={values.how}
            errors={mistakes}
            options={[
              { value: 'phone', label: 'On the phone' },
              { value: 'post', label: 'By post' },
              { value: 'in-person', label: 'In the room' },
            ]}
          />
          <TextArea
            name="words"
            label="What would they like to know, in their own words?"
            hint="Nothing by which somebody could tell who a patient is."
            value={values.words}
            maxCharacters={2000}
            errors={mistakes}
          />
        </Form>
      ),
    }
  },
  async submit(visit, { person, how, words }) {
    const [asker] = await possibleOwners(visit.tx, visit.today, person)
    if (!asker) return errors({ field: 'person', message: 'Choose a person from the list' })
    const { id } = await wishToKnow(visit, { personId: asker.id, how, words })
    return { to: paths.one(visit.network.slug, id) }
  },
})

const answer = form('/:network/team/learning/:wish/answer', {
  who: theirs,
  audit: 'learning-answered',
  load,
  fields: z.object({
    answer: text('Write the answer', { max: 8000, name: 'The answer' }),
    title: optionalText({ max: 120, name: 'The title' }),
    shares: several(),
  }),
  screen: (visit: Here, filled): Screen => {
    const { row } = visit.thing
    const back = paths.one(visit.network.slug, visit.thing.id)
    return {
      title: 'Answer it',
      caption: visit.thing.personName,
      back: { href: back, text: 'Back' },
      body: (
        <>
          <Quote words={row.words} by={visit.thing.personName} />
          <Form hidden={visit.hidden} button="Send the answer" secondary={{ text: 'Not now', href: back }}>
            <TextArea
              name="answer"
              label="The answer, in plain English"
              hint="An empty line begins a new paragraph. It goes to them in the way they chose."
              rows={10}
              maxCharacters={8000}
              value={filled.values.answer ?? row.answer}
              errors={filled.errors}
            />
            <Checkboxes
              name="shares"
              label="Would it help others?"
              values={filled.lists.shares ?? (row.team_shares ? ['yes'] : [])}
              errors={filled.errors}
              options={[
                {
                  value: 'yes',
                  label: 'Offer it for the library',
                  hint: 'Without their name, and only when they say yes.',
                },
              ]}
            />
            <TextField
              name="title"
              label="Title for the library"
              optional
              value={filled.values.title ?? row.title}
              errors={filled.errors}
            />
          </Form>
        </>
      ),
    }
  },
  async submit(visit: Here, given) {
    const done = await answerWish(visit, visit.thing, { ...given, shares: given.shares.includes('yes') })
    return done.accepted
      ? { to: paths.one(visit.network.slug, visit.thing.id) }
      : refused(done, done.reason === 'title' ? 'title' : 'answer')
  },
})

const session = form('/:network/team/learning/:wish/session', {
  who: theirs,
  audit: 'learning-answered',
  load,
  fields: z.object({ session: pickedId('Choose a session') }),
  async screen(visit: Here, filled): Promise<Screen> {
    const [sessions] = await askTogether(visit.tx, [sessionsOf(-1, { from: visit.now, most: 50 })])
    const { slug } = visit.network
    const back = paths.one(slug, visit.thing.id)
    return {
      title: 'Put it into a session',
      caption: visit.thing.personName,
      back: { href: back, text: 'Back' },
      body: (
        <>
          <Quote words={visit.thing.row.words} by={visit.thing.personName} />
          {sessions.length === 0 ? (
            <Empty>No session is planned. Plan one first, then come back here.</Empty>
          ) : (
            <Form
              hidden={visit.hidden}
              button="Give them a place and tell them"
              secondary={{ text: 'Not now', href: back }}
            >
              <Radios
                name="session"
                label="Which session?"
                value={filled.values.session}
                errors={filled.errors}
                options={sessions.map(each => ({
                  value: String(each.id),
                  label: each.title,
                  hint: `${momentInWords(each.startsAt)}, ${each.place}`,
                }))}
              />
            </Form>
          )}
          <p>
            <a href={inductionPaths.newSession(slug)}>Plan a session</a>
          </p>
        </>
      ),
    }
  },
  async submit(visit: Here, { session: id }) {
    const found = await visit.tx
      .selectFrom('learning_session')
      .select(['id', 'title', 'starts_at', 'place'])
      .where('id', '=', id)
      .where('cancelled_because', '=', '')
      .where('starts_at', '>', visit.now)
      .executeTakeFirst()
    const done = await putWishInSession(visit, visit.thing, found)
    return done.accepted ? { to: paths.one(visit.network.slug, visit.thing.id) } : refused(done, 'session')
  },
})

export const teamRoutes: AnyRoute[] = [list, onBehalf, answer, session]
