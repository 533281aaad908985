import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import {
  ButtonLink,
  Empty,
  Filters,
  Form,
  InsetText,
  LinkList,
  Pagination,
  Quote,
  StatusTag,
  SummaryList,
  Table,
  Timeline,
} from '#design/index.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { page, type Screen, show, type Visit } from '#platform/http/route.ts'
import {
  anInsider,
  anyOf,
  isOnlyTrustContact,
  leads as leadsGroup,
  personRule,
  theTeam,
} from '#platform/permission.ts'
import { projectPaths } from './paths.ts'
import { kindWords, missingKinds, stageHints, stageWords } from './project.ts'
import { type LoadedProject, leads, loadProject } from './store.ts'
import { kinds, stages } from './tables.ts'

export const mayBegin = anyOf(
  theTeam,
  personRule('a chair or deputy', actor => actor.memberships.some(each => leadsGroup(actor, each.groupId))),
)
export type Here = Visit<LoadedProject>
const day = (text: string) => dateInWords(Temporal.PlainDate.from(text))
const pageSize = 25

interface Listed {
  readonly id: number
  readonly slug: string
  readonly title: string
  readonly stage: LoadedProject['stage']
  readonly lead: string | null
  readonly present: number
}

const list = page('/:network/projects', {
  who: anInsider,
  audit: 'nothing',
  async handler(visit) {
    const over = visit.query.get('show') === 'ended'
    const before = /^\d{1,9}$/.test(visit.query.get('before') ?? '')
      ? Number(visit.query.get('before'))
      : 2 ** 31 - 1
    const found = await sql<Listed>`select j.id, j.slug, j.title, j.stage, l.name as lead,
        (select count(distinct q.kind)::integer from project_person q where q.network_id = j.network_id
          and q.project_id = j.id and q.to_on is null) as present
      from project j left join person l on l.network_id = j.network_id and l.id = j.lead_person_id
      where (j.stage = 'ended') = ${over} and j.id < ${before} order by j.id desc limit ${pageSize + 1}`.execute(
      visit.tx,
    )
    return show(listScreen(visit, over, found.rows))
  },
})

function listScreen(visit: Visit, over: boolean, found: readonly Listed[]): Screen {
  const { slug } = visit.network
  const here = projectPaths.list(slug)
  const rows = found.slice(0, pageSize)
  const last = rows.at(-1)
  return {
    title: 'Projects',
    wide: true,
    body: (
      <>
        <p>
          What we do together, from the idea to what changed. Patients and carers, clinicians and managers
          take part from the start.
        </p>
        {mayBegin.holds(visit.me, undefined) && (
          <ButtonLink href={projectPaths.new(slug)}>Begin a project</ButtonLink>
        )}
        <LinkList links={[{ href: `/${slug}/priorities`, text: 'What we work on first' }]} />
        <Filters
          action={here}
          clear={over ? here : undefined}
          filters={[
            {
              name: 'show',
              label: 'Which',
              value: over ? 'ended' : 'now',
              options: [
                { value: 'now', text: 'Going on' },
                { value: 'ended', text: 'Ended' },
              ],
            },
          ]}
        />
        {rows.length === 0 ? (
          <Empty>{over ? 'No project has ended yet.' : 'No project is going on now.'}</Empty>
        ) : (
          <Table
            caption="Projects"
            captionHidden
            columns={[
              { title: 'Project' },
              { title: 'Stage' },
              { title: 'Led by' },
              { title: 'Who takes part' },
            ]}
            rows={rows.map(row => [
              <a key="project" href={projectPaths.one(slug, row.slug)}>
                {theirs(row.title)}
              </a>,
              <StatusTag key="stage" tone={row.stage === 'ended' ? 'good' : 'moving'}>
                {stageWords[row.stage]}
              </StatusTag>,
              row.lead ? theirs(row.lead) : 'Nobody yet',
              `${row.present} of ${kinds.length} kinds of people`,
            ])}
          />
        )}
        <Pagination
          next={
            found.length > pageSize && last
              ? { href: `${here}?${over ? 'show=ended&' : ''}before=${last.id}` }
              : undefined
          }
        />
      </>
    ),
  }
}

const one = page<LoadedProject>('/:network/projects/:project', {
  who: anInsider,
  audit: 'nothing',
  load: visit => loadProject(visit, visit.params.project, { forChange: false }),
  handler: visit => show(projectScreen(visit)),
})

export function projectScreen(visit: Here): Screen {
  const { thing, network, me } = visit
  const { slug } = network
  const to = (step: Parameters<typeof projectPaths.do>[2]) => projectPaths.do(slug, thing.slug, step)
  const mine = leads(me, thing)
  const inIt = thing.people.some(each => each.personId === me.personId && each.to === null)
  const decisions = thing.notes.filter(each => each.kind === 'decision')
  const changes = thing.notes.filter(each => each.kind === 'change')
  return {
    title: theirs(thing.title),
    caption: 'Project',
    back: { href: projectPaths.list(slug), text: 'All projects' },
    body: (
      <>
        <InsetText>
          {thing.stage === 'ended'
            ? 'This project has ended.'
            : `Stage: ${stageWords[thing.stage]}. ${stageHints[thing.stage]}`}
        </InsetText>
        {thing.about && <p>{theirs(thing.about)}</p>}
        <SummaryList
          rows={[
            { key: 'Led by', value: thing.leadName ? theirs(thing.leadName) : 'Nobody yet' },
            ...(thing.priorityTitle
              ? [
                  {
                    key: 'For our priority',
                    value: (
                      <a href={`/${slug}/priorities/${thing.prioritySlug}`}>{theirs(thing.priorityTitle)}</a>
                    ),
                  },
                ]
              : []),
            {
              key: 'What people said about it',
              value:
                thing.published > 0 ? (
                  <>
                    {thing.views === 1 ? '1 view' : `${thing.views} views`}.{' '}
                    <a href={`/${slug}/you-said-we-did`}>See what came of those that are public</a>
                  </>
                ) : thing.views === 1 ? (
                  '1 view'
                ) : (
                  `${thing.views} views`
                ),
            },
          ]}
        />
        {!inIt && thing.stage !== 'ended' && (
          <Form action={to('join')} hidden={visit.hidden} button="I would like to take part">
            <p>Who leads the project hears of it, and tells you how it goes on.</p>
          </Form>
        )}
        <h2 className="nhsuk-heading-m">Who takes part</h2>
        <Table
          caption="Who takes part, and since which stage"
          captionHidden
          columns={[{ title: 'Kind of people' }, { title: 'Who, since which stage' }]}
          rows={kinds.map(kind => [
            capital(kindWords[kind]),
            <WhoOf
              key="who"
              project={thing}
              kind={kind}
              named={kind !== 'patients-and-carers' || !isOnlyTrustContact(me)}
            />,
          ])}
        />
        {mine && (
          <LinkList
            links={[
              ...(thing.stage === 'ended' ? [] : [{ href: to('people'), text: 'Bring somebody in' }]),
              ...(thing.people.some(each => each.to === null)
                ? [{ href: to('leave'), text: 'Write down that somebody stops' }]
                : []),
            ]}
          />
        )}
        <h2 className="nhsuk-heading-m">The stages</h2>
        <Stages project={thing} />
        {mine && thing.stage !== 'ended' && (
          <LinkList links={[{ href: to('stage'), text: 'Begin the next stage' }]} />
        )}
        <h2 className="nhsuk-heading-m">What was decided</h2>
        {decisions.length === 0 && <Empty>Nothing was decided yet.</Empty>}
        {decisions.map(each => (
          <div key={each.id}>
            <Quote
              words={each.words}
              by={`${theirs(each.by)},  ${day(each.on)}, stage: ${stageWords[each.stage]}`}
            />
            <p>
              {each.sharedWith.length > 0
                ? `Decided together with ${each.sharedWith.map(kind => kindWords[kind]).join(', ')}.`
                : 'Nobody else took part in this decision.'}
            </p>
          </div>
        ))}
        <h2 className="nhsuk-heading-m">What changed</h2>
        {changes.length === 0 && <Empty>Nothing changed yet.</Empty>}
        {changes.map(each => (
          <Quote words={each.words} by={`${theirs(each.by)},  ${day(each.on)}`} key={each.id} />
        ))}
        {mine && (
          <LinkList
            links={[
              ...(thing.stage === 'ended' ? [] : [{ href: to('decision'), text: 'Write down a decision' }]),
              { href: to('change'), text: 'Write down what changed' },
              { href: to('about'), text: 'Change title, words, priority or who leads it' },
            ]}
          />
        )}
      </>
    ),
  }
}

function WhoOf({
  project,
  kind,
  named,
}: {
  project: LoadedProject
  kind: (typeof kinds)[number]
  named: boolean
}) {
  const found = project.people.filter(each => each.kind === kind)
  if (found.length === 0) return <>Nobody yet</>
  return (
    <ul className="nhsuk-list">
      {found.map(each => (
        <li key={each.id}>
          {!each.name ? 'Somebody who has left' : named ? theirs(each.name) : 'Somebody'}, since stage:{' '}
          {stageWords[each.since]} ({day(each.from)}
          {each.to ? ` to ${day(each.to)}` : ''})
        </li>
      ))}
    </ul>
  )
}

/** Each stage as it began; who was missing, and why, stays here for good. */
function Stages({ project }: { project: LoadedProject }) {
  const missing = missingKinds(project)
  return (
    <>
      <p>The way of every project: {stages.map(each => stageWords[each]).join(', ')}.</p>
      {project.stages.length === 0 ? (
        <p>It is an idea. Nothing began yet.</p>
      ) : (
        <Timeline
          entries={project.stages.map(each => ({
            when: day(each.on),
            dateTime: each.on,
            title: each.stage === 'ended' ? 'The project ended' : `${stageWords[each.stage]} began`,
            by: theirs(each.by),
            ...(each.missing.length > 0
              ? {
                  body: (
                    <>
                      <p>Began without {each.missing.map(kind => kindWords[kind]).join(' and without ')}.</p>
                      <Quote words={each.because} by={theirs(each.by)} />
                    </>
                  ),
                }
              : {}),
          }))}
        />
      )}
      {missing.length > 0 && project.stage !== 'ended' && (
        <p>
          Missing now: {missing.map(each => kindWords[each]).join(', ')}. The next stage needs them, or a
          reason.
        </p>
      )}
    </>
  )
}

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)

export const pageRoutes = [list, one]
