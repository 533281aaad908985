import { sql } from 'kysely'
import { z } from 'zod'
import {
  Checkboxes,
  Empty,
  Form,
  InsetText,
  LinkList,
  Pagination,
  Quote,
  Radios,
  Table,
  TextArea,
} from '#design/index.ts'
import { dateInWords, dueInWords } from '#kernel/calendar/words.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { PlainDate } from '#platform/database/tables.ts'
import { choice, optionalText, several, text } from '#platform/form/fields.ts'
import {
  errors,
  type Filled,
  form,
  page,
  refused,
  type Screen,
  show,
  type Visit,
} from '#platform/http/route.ts'
import type { Rule } from '#platform/permission.ts'
import { mayDecide, mayEnter, moderates, type Space } from './access.ts'
import { countElection, decideReport, openElection, stand, stepDown, voteFor } from './changes.ts'
import { phaseOf } from './election.ts'
import { audit, loadHere } from './pages.tsx'
import { spacePaths } from './paths.ts'
import { loadReport, loadSpace, openReports, pageSize, type Report } from './store.ts'

const at = (visit: Visit<Space>, rest: string) => spacePaths.in(visit.network.slug, visit.thing.spaceId, rest)
const back = (visit: Visit<Space>) => ({
  href: spacePaths.one(visit.network.slug, visit.thing.spaceId),
  text: theirs(visit.thing.name),
})

/** Open reports on which the reader decides. */
const reportsRoute = page<Space>('/:network/own-space/:space/reports', {
  who: mayEnter,
  audit: 'nothing',
  load: loadHere,
  async handler(visit) {
    const given = visit.query.get('after') ?? ''
    const after = /^\d{1,9}$/.test(given) ? Number(given) : 0
    const found = await openReports(visit.tx, visit.thing, after)
    const mine = found.slice(0, pageSize).filter(each => mayDecide(visit.me, each, each))
    return show({
      title: 'Reported posts',
      caption: theirs(visit.thing.name),
      back: back(visit),
      body: (
        <>
          <p>
            The moderator decides. Where the moderator wrote the post or reported it, or where there is no
            moderator, any other volunteer of the space can.
          </p>
          {mine.length === 0 ? (
            <Empty>Nothing waits for you.</Empty>
          ) : (
            <LinkList
              links={mine.map(each => {
                const due = dueInWords(each.dueOn, visit.today)
                return {
                  href: at(visit, `reports/${each.reportId}`),
                  text: `A post of ${each.author ?? 'somebody who has left'}`,
                  hint: due.late ? `Late: ${due.words}` : `Look at it by ${dateInWords(each.dueOn)}`,
                }
              })}
            />
          )}
          <Pagination
            next={
              found.length > pageSize
                ? {
                    href: `${at(visit, 'reports')}?after=${found[pageSize - 1]!.reportId}`,
                    label: 'later reports',
                  }
                : undefined
            }
          />
        </>
      ),
    })
  },
})

const decides: Rule<Report> = {
  name: 'the moderator, or another volunteer where the moderator cannot',
  holds: (actor, report) =>
    mayEnter.holds(actor, report) && actor !== undefined && mayDecide(actor, report, report),
}

const decideRoute = form('/:network/own-space/:space/reports/:report', {
  who: decides,
  audit,
  async load({ tx, params }: Visit<undefined>): Promise<Report | undefined> {
    const space = await loadSpace(tx, params.space)
    return space && (await loadReport(tx, space, params.report))
  },
  fields: z.object({
    decision: choice('Choose what happens with the post', ['stays', 'hidden']),
    answer: text('Write why', { max: 1000, name: 'Why' }),
  }),
  screen: (visit: Visit<Report>, { values, errors: mistakes }) => ({
    title: 'A reported post',
    caption: theirs(visit.thing.name),
    back: { href: at(visit, 'reports'), text: 'Reported posts' },
    body: (
      <>
        <h2 className="nhsuk-heading-s">The post</h2>
        <Quote
          words={visit.thing.words}
          by={visit.thing.author ? theirs(visit.thing.author) : 'Somebody who has left'}
        />
        <h2 className="nhsuk-heading-s">What troubles somebody about it</h2>
        <Quote words={visit.thing.because} />
        <Form hidden={visit.hidden} button="Decide">
          <Radios
            name="decision"
            label="What happens with the post?"
            value={values.decision}
            errors={mistakes}
            options={[
              { value: 'stays', label: 'It stays' },
              {
                value: 'hidden',
                label: 'It is hidden',
                hint: 'Who wrote it still sees it, and everybody reads why.',
              },
            ]}
          />
          <TextArea
            name="answer"
            label="Why?"
            hint="In kind words. Say which rule it is about."
            value={values.answer}
            rows={4}
            maxCharacters={1000}
            errors={mistakes}
          />
        </Form>
      </>
    ),
  }),
  async submit(visit: Visit<Report>, { decision, answer }) {
    const done = await decideReport(visit, visit.thing, { decision, answer })
    return done.accepted
      ? { to: spacePaths.topic(visit.network.slug, visit.thing.spaceId, visit.thing.topicId) }
      : refused(done)
  },
})

interface WithElection extends Space {
  readonly election: Election | undefined
  readonly last:
    | { readonly countedOn: PlainDate; readonly numbers: readonly { name: string; ticks: number }[] }
    | undefined
}

interface Election {
  readonly electionId: number
  readonly standUntil: PlainDate
  readonly voteUntil: PlainDate
  readonly candidates: readonly { readonly id: number; readonly name: string; readonly words: string }[]
  readonly mine: readonly number[] | null
}

async function loadElection(
  visit: Visit<undefined>,
  how: { forChange: boolean },
): Promise<WithElection | undefined> {
  const space = await loadSpace(visit.tx, visit.params.space, how)
  if (!space || !visit.actor) return undefined
  const open = await visit.tx
    .selectFrom('own_space_election as e')
    .select([
      'e.id as electionId',
      'e.stand_until as standUntil',
      'e.vote_until as voteUntil',
      'e.counted_on',
    ])
    .select([
      sql<
        Election['candidates']
      >`coalesce((select jsonb_agg(jsonb_build_object('id', c.person_id, 'name', p.name, 'words', c.words)
          order by c.id) from own_space_candidate c join person p on p.network_id = c.network_id and p.id = c.person_id
        where c.network_id = e.network_id and c.election_id = e.id), '[]')`.as('candidates'),
      sql<
        readonly number[] | null
      >`(select v.candidates from own_space_vote v where v.network_id = e.network_id
        and v.election_id = e.id and v.person_id = ${visit.actor.personId})`.as('mine'),
      sql<
        { name: string; ticks: number }[]
      >`coalesce((select jsonb_agg(jsonb_build_object('name', p.name, 'ticks', r.ticks)
          order by r.ticks desc) from jsonb_to_recordset(e.result) as r("personId" integer, ticks integer)
        join person p on p.network_id = e.network_id and p.id = r."personId"), '[]')`.as('numbers'),
    ])
    .where('e.space_id', '=', space.spaceId)
    .orderBy('e.id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return {
    ...space,
    election: open && open.counted_on === null ? open : undefined,
    last: open?.counted_on ? { countedOn: open.counted_on, numbers: open.numbers } : undefined,
  }
}

const inIt = mayEnter as Rule<WithElection>
type Here = Visit<WithElection>
const toModerator = (visit: Here) => ({ to: at(visit, 'moderator') })
const noElection = errors({ message: 'There is no election now' })

/** Steps of the one page about the moderator; with mistakes they come back on it. */
const onThePage = {
  who: inIt,
  audit,
  load: loadElection,
  guardsVersion: false,
  screen: (visit: Here, filled: Filled) => moderatorScreen(visit, filled),
} as const

const moderatorRoute = form('/:network/own-space/:space/moderator', {
  ...onThePage,
  fields: z.object({}),
  async submit(visit: Here) {
    const done = await openElection(visit, visit.thing)
    return done.accepted ? toModerator(visit) : refused(done)
  },
})

const standRoute = form('/:network/own-space/:space/moderator/stand', {
  ...onThePage,
  page: false,
  fields: z.object({ words: optionalText({ max: 500, name: 'Why you stand' }) }),
  async submit(visit: Here, { words }) {
    if (!visit.thing.election) return noElection
    const done = await stand(visit, visit.thing, visit.thing.election, words)
    return done.accepted ? toModerator(visit) : refused(done)
  },
})

const voteRoute = form('/:network/own-space/:space/moderator/vote', {
  ...onThePage,
  page: false,
  fields: z.object({ ticks: several() }),
  async submit(visit: Here, { ticks }) {
    const { election } = visit.thing
    if (!election) return noElection
    const chosen = election.candidates.filter(each => ticks.includes(String(each.id))).map(each => each.id)
    if (chosen.length === 0) return errors({ field: 'ticks', message: 'Tick at least one name' })
    const done = await voteFor(visit, visit.thing, election, chosen)
    return done.accepted ? toModerator(visit) : refused(done)
  },
})

const countRoute = form('/:network/own-space/:space/moderator/count', {
  ...onThePage,
  page: false,
  fields: z.object({}),
  async submit(visit: Here) {
    if (!visit.thing.election) return noElection
    const done = await countElection(visit, visit.thing.spaceId, visit.thing.election)
    return done.accepted ? toModerator(visit) : refused(done)
  },
})

const stepDownRoute = form('/:network/own-space/:space/moderator/step-down', {
  ...onThePage,
  page: false,
  fields: z.object({}),
  async submit(visit: Here) {
    const done = await stepDown(visit, visit.thing)
    return done.accepted ? toModerator(visit) : refused(done)
  },
})

function moderatorScreen(visit: Here, filled: Filled): Screen {
  const { thing } = visit
  return {
    title: 'The moderator',
    caption: theirs(thing.name),
    back: back(visit),
    body: (
      <>
        <InsetText>
          {thing.moderatorName
            ? `${theirs(thing.moderatorName)} was elected moderator.`
            : 'There is no moderator now. Until there is one, any volunteer of the space can look at a reported post.'}
        </InsetText>
        <p>
          A moderator looks at posts that were reported, and can change the house rules. Volunteers elect one
          from among themselves: first people stand, then everybody ticks all whom they would be happy with.
          Most ticks wins. With as many ticks, whoever stood first. When it is counted, who ticked whom is
          forgotten.
        </p>
        {thing.election ? <ElectionNow visit={visit} election={thing.election} filled={filled} /> : null}
        {!thing.election && (
          <Form action={at(visit, 'moderator')} hidden={visit.hidden} button="Begin an election" />
        )}
        {thing.last && (
          <Table
            caption={`The last election, counted on ${dateInWords(thing.last.countedOn)}`}
            columns={[{ title: 'Who stood' }, { title: 'Ticks', numeric: true }]}
            rows={
              thing.last.numbers.length === 0
                ? [['Nobody stood', 0]]
                : thing.last.numbers.map(each => [theirs(each.name), each.ticks])
            }
          />
        )}
        {moderates(visit.me, thing) && (
          <Form
            action={at(visit, 'moderator/step-down')}
            hidden={visit.hidden}
            button="I do not want to be the moderator any more"
          />
        )}
      </>
    ),
  }
}

function ElectionNow(props: { visit: Here; election: Election; filled: Filled }) {
  const { visit, election, filled } = props
  const phase = phaseOf({ ...election, counted: false }, visit.today)
  const stands = election.candidates.some(each => each.id === visit.me.personId)
  return (
    <>
      <h2 className="nhsuk-heading-m">An election is going on</h2>
      <p>
        People can stand until {dateInWords(election.standUntil)}, and vote after that until{' '}
        {dateInWords(election.voteUntil)}.
      </p>
      {election.candidates.length > 0 && phase !== 'voting' && (
        <>
          <h3 className="nhsuk-heading-s">Who stands</h3>
          {election.candidates.map(each => (
            <Quote key={each.id} words={each.words || 'I stand.'} by={theirs(each.name)} />
          ))}
        </>
      )}
      {phase === 'standing' && (
        <Form
          action={at(visit, 'moderator/stand')}
          hidden={visit.hidden}
          button={stands ? 'Change my words' : 'I stand for moderator'}
        >
          <TextArea
            name="words"
            label="Why you stand"
            optional
            value={
              filled.values.words ?? election.candidates.find(each => each.id === visit.me.personId)?.words
            }
            rows={3}
            maxCharacters={500}
            errors={filled.errors}
          />
        </Form>
      )}
      {phase === 'voting' && election.candidates.length === 0 && (
        <p>Nobody stands. You can begin again later.</p>
      )}
      {phase === 'voting' && election.candidates.length > 0 && (
        <Form
          action={at(visit, 'moderator/vote')}
          hidden={visit.hidden}
          button={election.mine ? 'Change my vote' : 'Vote'}
        >
          <Checkboxes
            name="ticks"
            label="Whom would you be happy with?"
            hint="Tick as many as you like."
            values={filled.lists.ticks ?? (election.mine ?? []).map(String)}
            errors={filled.errors}
            options={election.candidates.map(each => ({
              value: String(each.id),
              label: theirs(each.name),
              hint: each.words ? theirs(each.words) : undefined,
            }))}
          />
        </Form>
      )}
      {phase === 'to-count' && (
        <Form action={at(visit, 'moderator/count')} hidden={visit.hidden} button="Count the votes" />
      )}
    </>
  )
}

export const moderatingRoutes = [
  reportsRoute,
  decideRoute,
  standRoute,
  voteRoute,
  countRoute,
  stepDownRoute,
  moderatorRoute,
]
