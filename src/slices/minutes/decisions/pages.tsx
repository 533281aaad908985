import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import {
  ButtonLink,
  DateField,
  Empty,
  Form,
  InsetText,
  LinkList,
  Pagination,
  Quote,
  Radios,
  Reference,
  SummaryList,
  TextArea,
  Timeline,
} from '#design/index.ts'
import { dateInWords, momentInWords } from '#kernel/calendar/words.ts'
import { dayOf } from '#kernel/calendar/working-days.ts'
import { reference } from '#kernel/references.ts'
import { shorten } from '#kernel/text/graphemes.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { choice, text, withDate } from '#platform/form/fields.ts'
import { type AnyRoute, form, page, refused, type Screen, show, type Visit } from '#platform/http/route.ts'
import { type Actor, anyone, isMemberOf, isTeam } from '#platform/permission.ts'
import { contributionPaths } from '#slices/contributions/index.ts'
import { meetingPaths } from '#slices/meetings/index.ts'
import { votePaths } from '#slices/votes/index.ts'
import { minutesPaths } from '../paths.ts'
import { reviewDecision } from './review.ts'
import {
  isDueForReview,
  type LoadedDecision,
  loadDecision,
  mayReadDecision,
  mayReview,
  otherDecision,
  readableDecisions,
} from './store.ts'

type Here = Visit<LoadedDecision>

const onAPage = 25

const list = page('/:network/decisions', {
  who: anyone,
  audit: 'nothing',
  async handler(visit) {
    const { actor, network, tx, query } = visit
    const before = /^\d{1,9}$/.test(query.get('before') ?? '') ? Number(query.get('before')) : undefined
    const found = await tx
      .selectFrom('board_decision as d')
      .innerJoin('agenda_item', join =>
        join.onRef('agenda_item.network_id', '=', 'd.network_id').onRef('agenda_item.id', '=', 'd.item_id'),
      )
      .innerJoin('meeting', join =>
        join.onRef('meeting.network_id', '=', 'd.network_id').onRef('meeting.id', '=', 'd.meeting_id'),
      )
      .innerJoin('network_group as g', join =>
        join.onRef('g.network_id', '=', 'd.network_id').onRef('g.id', '=', 'd.group_id'),
      )
      .select([
        'd.number',
        'd.text',
        'd.review_on',
        'd.reviewed_at',
        'd.still_right',
        'meeting.starts_at',
        'g.short_name',
      ])
      .select(otherDecision(sql`o.review_of_id = d.id`, actor).as('replaced_by'))
      .where(eb => readableDecisions(eb as never, actor) as never)
      .$if(before !== undefined, its => its.where('d.number', '<', before!))
      .orderBy('d.number', 'desc')
      .limit(onAPage + 1)
      .execute()
    const rows = found.slice(0, onAPage)
    return show({
      title: 'Decisions',
      body: (
        <>
          <p>What groups of the network decided, when, and why. The newest stands first.</p>
          {rows.length === 0 ? (
            <Empty>There is no decision to read here yet.</Empty>
          ) : (
            <LinkList
              links={rows.map(row => ({
                href: minutesPaths.decision(network.slug, row.number),
                text: `${row.number}: ${theirs(shorten(row.text, 120))}`,
                hint: [
                  theirs(row.short_name),
                  dateInWords(dayOf(row.starts_at)),
                  row.replaced_by !== null
                    ? `decision ${row.replaced_by} stands instead`
                    : row.still_right === 'no'
                      ? 'not right any more'
                      : isDueForReview(row, visit.today)
                        ? 'is it still right?'
                        : '',
                ]
                  .filter(Boolean)
                  .join(', '),
              }))}
            />
          )}
          {found.length > onAPage && (
            <Pagination
              next={{
                href: `${minutesPaths.decisions(network.slug)}?before=${rows.at(-1)!.number}`,
                label: 'earlier decisions',
              }}
            />
          )}
        </>
      ),
    })
  },
})

const load = (visit: Visit<undefined>, how: { forChange: boolean }) =>
  loadDecision(visit, visit.params.number, how)

const one = page<LoadedDecision>('/:network/decisions/:number', {
  who: mayReadDecision,
  audit: 'nothing',
  load,
  handler: visit => show(decisionScreen(visit)),
})

const isInside = (actor: Actor | undefined, it: LoadedDecision): boolean =>
  actor !== undefined && (isMemberOf(actor, it.groupId) || isTeam(actor))

function decisionScreen(visit: Here): Screen {
  const { thing, network, actor } = visit
  const { row } = thing
  const inside = isInside(actor, thing)
  const day = dateInWords(dayOf(Temporal.Instant.from(thing.meeting.startsAt)))
  const { slug } = network
  return {
    title: `Decision ${thing.number}`,
    caption: `${theirs(thing.groupName)}, ${day}`,
    back: { href: minutesPaths.decisions(slug), text: 'All decisions' },
    body: (
      <>
        <Standing visit={visit} />
        <Quote words={row.text} />
        <SummaryList
          rows={[
            { key: 'Why', value: <span className="loop-words">{theirs(row.because)}</span> },
            ...(thing.contributions.length > 0
              ? [{ key: 'Whose views it used', value: <Views visit={visit} /> }]
              : []),
            ...(thing.motion
              ? [
                  {
                    key: 'The vote',
                    value: inside ? (
                      <a href={votePaths.one(slug, reference('V', thing.motion.number))}>
                        {reference('V', thing.motion.number)}
                      </a>
                    ) : (
                      reference('V', thing.motion.number)
                    ),
                  },
                ]
              : [{ key: 'The vote', value: 'Decided without a vote' }]),
            {
              key: 'Where',
              value: (
                <>
                  <a href={minutesPaths.one(slug, thing.meeting.reference)}>{theirs(thing.meeting.title)}</a>,{' '}
                  {inside ? (
                    <a href={meetingPaths.item(slug, thing.meeting.reference, row.item_id)}>
                      {theirs(thing.itemTitle)}
                    </a>
                  ) : (
                    <bdi>{thing.itemTitle}</bdi>
                  )}
                </>
              ),
            },
            {
              key: 'Looked at again',
              value: row.review_on ? dateInWords(row.review_on) : 'No day is set',
            },
            ...(thing.insteadOf !== null
              ? [
                  {
                    key: 'Stands instead of',
                    value: (
                      <a href={minutesPaths.decision(slug, thing.insteadOf)}>Decision {thing.insteadOf}</a>
                    ),
                  },
                ]
              : []),
          ]}
        />
        {inside && (
          <>
            <h2 className="nhsuk-heading-m">What happened</h2>
            <Timeline
              entries={thing.history.map(each => ({
                when: momentInWords(Temporal.Instant.from(each.at)),
                dateTime: each.at,
                by: each.by,
                ...storyOf(each.event, each.details),
              }))}
            />
          </>
        )}
      </>
    ),
  }
}

function storyOf(event: string, details: Readonly<Record<string, unknown>>) {
  if (event !== 'reviewed') return { title: 'Decided' }
  return {
    title:
      details.answer === 'yes'
        ? 'Looked at again: it is still right'
        : 'Looked at again: it is not right any more',
    body: <Quote words={String(details.because)} />,
  }
}

/** Whether it stands, and what is to do. */
function Standing({ visit }: { visit: Here }) {
  const { thing, network, actor } = visit
  if (thing.replacedBy !== null) {
    return (
      <InsetText>
        <p>
          <a href={minutesPaths.decision(network.slug, thing.replacedBy)}>Decision {thing.replacedBy}</a>{' '}
          stands instead of this one.
        </p>
      </InsetText>
    )
  }
  if (thing.row.still_right === 'no') {
    return (
      <InsetText>
        The group found that this is not right any more. A new decision will stand instead.
      </InsetText>
    )
  }
  if (!isDueForReview(thing.row, visit.today)) return null
  return (
    <InsetText>
      <p>The day has come to look at it again: is this still right?</p>
      {mayReview.holds(actor, thing) && (
        <ButtonLink href={minutesPaths.review(network.slug, thing.number)}>
          Say whether it is still right
        </ButtonLink>
      )}
    </InsetText>
  )
}

/** By reference alone; a link where the reader may read it. */
function Views({ visit }: { visit: Here }) {
  const { thing, network, actor } = visit
  return (
    <>
      {thing.contributions.map((each, n) => {
        const mark = reference('C', each.number)
        const follows =
          actor !== undefined && (each.isMine || isTeam(actor) || isMemberOf(actor, each.groupId))
        const path = follows
          ? contributionPaths.one(network.slug, mark)
          : each.published
            ? `/${network.slug}/you-said-we-did/${mark}`
            : undefined
        return (
          <span key={mark}>
            {n > 0 && ', '}
            {path ? (
              <a href={path}>
                <Reference>{mark}</Reference>
              </a>
            ) : (
              <Reference>{mark}</Reference>
            )}
          </span>
        )
      })}
    </>
  )
}

const review = form('/:network/decisions/:number/review', {
  who: mayReview,
  audit: 'decision-reviewed',
  load,
  fields: withDate(
    'next',
    {},
    {
      answer: choice('Choose whether it is still right', ['yes', 'no']),
      because: text('Say why', { max: 2000, name: 'The reason' }),
    },
  ),
  screen: (visit: Here, filled) => {
    const { thing, network } = visit
    const back = minutesPaths.decision(network.slug, thing.number)
    const { errors, values } = filled
    const settled = thing.row.still_right === 'no' && errors.length === 0
    return {
      title: 'Is this still right?',
      caption: `Decision ${thing.number}`,
      back: { href: back, text: 'Back to the decision' },
      body: settled ? (
        <p>The group found already that this is not right any more.</p>
      ) : (
        <>
          <Quote words={thing.row.text} />
          <Form
            hidden={visit.hidden}
            button="Save the answer"
            secondary={{ text: 'Do not change anything', href: back }}
          >
            <Radios
              name="answer"
              label="Is it still right?"
              errors={errors}
              value={values.answer}
              options={[
                { value: 'yes', label: 'Yes, it stands' },
                {
                  value: 'no',
                  label: 'No',
                  hint: 'It goes on the next agenda, so that the group decides anew.',
                },
              ]}
            />
            <TextArea name="because" label="Why?" rows={3} errors={errors} value={values.because} />
            <DateField
              name="next"
              label="When should the group look at it again?"
              optional
              errors={errors}
              value={{ day: values['next-day'], month: values['next-month'], year: values['next-year'] }}
            />
          </Form>
        </>
      ),
    }
  },
  submit: async (visit: Here, given) => {
    const done = await reviewDecision(visit, visit.thing, {
      stillRight: given.answer === 'yes',
      because: given.because,
      next: given.next ?? null,
    })
    if (!done.accepted) return refused(done, done.reason === 'in-the-past' ? 'next' : undefined)
    return { to: minutesPaths.decision(visit.network.slug, visit.thing.number) }
  },
})

export const decisionRoutes: readonly AnyRoute[] = [list, one, review]
