import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import {
  Empty,
  Filters,
  Form,
  InsetText,
  LinkList,
  Pagination,
  Quote,
  Reference,
  StatusTag,
  Table,
  TextArea,
} from '#design/index.ts'
import { dateInWords, dueInWords } from '#kernel/calendar/words.ts'
import { dayOf } from '#kernel/calendar/working-days.ts'
import { reference } from '#kernel/references.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { askTogether } from '#platform/database/questions.ts'
import { text } from '#platform/form/fields.ts'
import { form, go, page, refused, type Screen, show, type Visit } from '#platform/http/route.ts'
import { aPerson } from '#platform/permission.ts'
import { sharedNeedsOf } from '#slices/support-needs/index.ts'
import { aTrustContact, itsContact } from './access.ts'
import { thank } from './changes.ts'
import { trustPaths } from './paths.ts'
import {
  actionOf,
  actionsOf,
  countsOf,
  loadTrust,
  pageSize,
  type Trust,
  type TrustAction,
  thanksTo,
  type Volunteer,
  volunteerOf,
  volunteersOf,
} from './queries.ts'

const wordsField = text('Write your thanks', { max: 1000, name: 'Your thanks' })

/** The contact of one Trust goes straight there. */
const listRoute = page('/:network/trusts', {
  who: aTrustContact,
  audit: 'nothing',
  async handler({ tx, me, today, network }) {
    const [trusts] = await askTogether(tx, [countsOf(me.trustIds, today)])
    const [only] = trusts
    if (trusts.length === 1 && only) return go(trustPaths.one(network.slug, only.slug))
    return show({
      title: 'Your Trusts',
      body: (
        <LinkList
          links={trusts.map(each => ({
            href: trustPaths.one(network.slug, each.slug),
            text: each.name,
            hint: `${each.open} open actions, ${each.late} late`,
          }))}
        />
      ),
    })
  },
})

const trustRoute = page<Trust>('/:network/trusts/:trust', {
  who: itsContact,
  audit: 'nothing',
  load: ({ tx, params }) => loadTrust(tx, params.trust),
  async handler(visit) {
    const { tx, thing, today, network, query } = visit
    const [, name, id] = /^(.{1,200})_(\d{1,9})$/.exec(query.get('after') ?? '') ?? []
    const after = name && id ? { name, id: Number(id) } : undefined
    const [volunteers, counts, late] = await askTogether(tx, [
      volunteersOf(thing, today, after),
      countsOf([thing.trustId], today),
      actionsOf(thing, { show: 'late', after: undefined }, today),
    ])
    const last = volunteers.people.at(-1)
    return show({
      title: thing.name,
      body: (
        <>
          <h2 className="nhsuk-heading-m">Volunteers who know your hospitals</h2>
          <p>
            Those who agreed that you may know of them. Open a name to see what would help, or to say thank
            you.
          </p>
          {volunteers.people.length === 0 ? (
            <Empty>Nobody has said yes to this so far. The team can ask for you.</Empty>
          ) : (
            <LinkList
              links={volunteers.people.map(each => ({
                href: trustPaths.volunteer(network.slug, thing.slug, each.id),
                text: each.name,
              }))}
            />
          )}
          <Pagination
            previous={
              after ? { href: trustPaths.one(network.slug, thing.slug), label: 'from the start' } : undefined
            }
            next={
              volunteers.more && last
                ? {
                    href: `${trustPaths.one(network.slug, thing.slug)}?${new URLSearchParams({ after: `${last.name}_${last.id}` })}`,
                  }
                : undefined
            }
          />
          <h2 className="nhsuk-heading-m">What is late at your Trust</h2>
          {late.actions.length === 0 ? (
            <Empty>Nothing is late. That is good.</Empty>
          ) : (
            <ActionTable actions={late.actions} visit={visit} caption="Late actions" />
          )}
          <p>
            <a href={trustPaths.actions(network.slug, thing.slug)}>
              All actions of {thing.name} ({counts[0]?.open ?? 0} open)
            </a>
          </p>
        </>
      ),
    })
  },
})

function ActionTable(props: { actions: readonly TrustAction[]; visit: Visit<Trust>; caption: string }) {
  const { visit } = props
  return (
    <Table
      caption={props.caption}
      captionHidden
      columns={[
        { title: 'What was agreed' },
        { title: 'Hospital' },
        { title: 'Who does it' },
        { title: 'By when' },
      ]}
      rows={props.actions.map(each => [
        <>
          <Reference>{reference('A', each.number)}</Reference> <bdi>{each.what}</bdi>
        </>,
        each.hospital ?? 'Not one alone',
        <Owner action={each} visit={visit} key="owner" />,
        <When action={each} visit={visit} key="when" />,
      ])}
    />
  )
}

function Owner({ action, visit }: { action: TrustAction; visit: Visit<Trust> }) {
  if (action.owner_id === visit.me.personId) {
    return <a href={`/${visit.network.slug}/actions/${reference('A', action.number)}`}>You: open it</a>
  }
  return (
    <>
      <bdi>{action.owner_name}</bdi>{' '}
      <a href={trustPaths.thank(visit.network.slug, visit.thing.slug, reference('A', action.number))}>
        Say thank you
        <span className="nhsuk-u-visually-hidden">
          {' '}
          to {action.owner_name} for {reference('A', action.number)}
        </span>
      </a>
    </>
  )
}

function When({ action, visit }: { action: TrustAction; visit: Visit<Trust> }) {
  const due = Temporal.PlainDate.from(action.due_on)
  if (action.state === 'done') return <StatusTag tone="good">Done</StatusTag>
  if (action.state === 'dropped') return <StatusTag tone="stopped">Dropped</StatusTag>
  const { words, late } = dueInWords(due, visit.today)
  return (
    <>
      {dateInWords(due)}
      {late && <div className="loop-due loop-due--late">{words}</div>}
    </>
  )
}

const shows = ['open', 'late', 'over'] as const

const actionsRoute = page<Trust>('/:network/trusts/:trust/actions', {
  who: itsContact,
  audit: 'nothing',
  load: ({ tx, params }) => loadTrust(tx, params.trust),
  async handler(visit) {
    const { tx, thing, today, network, query } = visit
    const which = shows.find(each => each === query.get('show')) ?? 'open'
    const [, due, id] = /^(\d{4}-\d\d-\d\d)_(\d{1,9})$/.exec(query.get('after') ?? '') ?? []
    const isDay = due !== undefined && !Number.isNaN(Date.parse(due))
    const after = isDay && id ? { due, id: Number(id) } : undefined
    const [list] = await askTogether(tx, [actionsOf(thing, { show: which, after }, today)])
    const here = trustPaths.actions(network.slug, thing.slug)
    const last = list.actions.at(-1)
    return show({
      title: `Actions of ${thing.name}`,
      wide: true,
      back: { href: trustPaths.one(network.slug, thing.slug), text: thing.name },
      body: (
        <>
          <p>What was agreed about one of your hospitals, and what you look after yourself.</p>
          <Filters
            action={here}
            clear={which === 'open' ? undefined : here}
            filters={[
              {
                name: 'show',
                label: 'Which',
                value: which,
                options: [
                  { value: 'open', text: 'Open' },
                  { value: 'late', text: 'Late' },
                  { value: 'over', text: 'Done or dropped' },
                ],
              },
            ]}
          />
          {list.actions.length === 0 ? (
            <Empty>There is nothing here.</Empty>
          ) : (
            <ActionTable actions={list.actions} visit={visit} caption="Actions" />
          )}
          <Pagination
            previous={after ? { href: `${here}?show=${which}`, label: 'from the start' } : undefined}
            next={
              list.more && last
                ? { href: `${here}?show=${which}&after=${last.due_on}_${last.id}` }
                : undefined
            }
          />
        </>
      ),
    })
  },
})

interface OneVolunteer extends Trust {
  readonly volunteer: Volunteer
}

/** A volunteer as their Trust’s contact may see them: the name, what would help, and a way to say thank you. */
const volunteerRoute = form('/:network/trusts/:trust/volunteers/:person', {
  who: itsContact,
  audit: 'trust-thanked',
  async load({ tx, params, today }): Promise<OneVolunteer | undefined> {
    const trust = await loadTrust(tx, params.trust)
    const volunteer = trust && (await volunteerOf(tx, trust, params.person, today))
    return volunteer && { ...trust, volunteer }
  },
  fields: z.object({ words: wordsField }),
  async screen(visit: Visit<OneVolunteer>, { values, errors }) {
    const { thing, tx, network } = visit
    const [needs] = await askTogether(tx, [sharedNeedsOf([thing.volunteer.id], 'trust-contact')])
    await visit.audit('needs-seen-trust', 'person', String(thing.volunteer.id))
    const help = needs.get(thing.volunteer.id) ?? []
    return {
      title: thing.volunteer.name,
      caption: thing.name,
      back: { href: trustPaths.one(network.slug, thing.slug), text: thing.name },
      body: (
        <>
          <h2 className="nhsuk-heading-m">What would help</h2>
          {help.length === 0 ? (
            <p>They have not shared anything here. Ask them what helps when you meet.</p>
          ) : (
            <ul className="nhsuk-list nhsuk-list--bullet">
              {help.map(each => (
                <li key={each}>
                  <bdi>{each}</bdi>
                </li>
              ))}
            </ul>
          )}
          <p>They can see that you looked.</p>
          <h2 className="nhsuk-heading-m">Say thank you</h2>
          <Form hidden={visit.hidden} button="Send your thanks">
            <TextArea
              name="words"
              label="Your thanks, in your own words"
              hint="It reaches them in the way they have chosen. Please do not name patients."
              value={values.words}
              maxCharacters={1000}
              rows={4}
              errors={errors}
            />
          </Form>
        </>
      ),
    }
  },
  async submit(visit: Visit<OneVolunteer>, { words }) {
    const { thing } = visit
    const sent = await thank(visit, { trust: thing, personId: thing.volunteer.id, words })
    return sent.accepted ? { screen: thanked(visit, thing.volunteer.name) } : refused(sent)
  },
})

interface OneAction extends Trust {
  readonly action: TrustAction
}

/** Thanks to whoever did, or does, what was agreed. */
const thankRoute = form('/:network/trusts/:trust/actions/:reference/thank', {
  who: itsContact,
  audit: 'trust-thanked',
  async load({ tx, params }): Promise<OneAction | undefined> {
    const trust = await loadTrust(tx, params.trust)
    const action = trust && (await actionOf(tx, trust, params.reference))
    return action && { ...trust, action }
  },
  fields: z.object({ words: wordsField }),
  screen: (visit: Visit<OneAction>, { values, errors }) => {
    const { thing, network } = visit
    return {
      title: `Thank ${thing.action.owner_name}`,
      caption: reference('A', thing.action.number),
      back: { href: trustPaths.actions(network.slug, thing.slug), text: `Actions of ${thing.name}` },
      body: (
        <>
          <InsetText>{thing.action.what}</InsetText>
          <Form hidden={visit.hidden} button="Send your thanks">
            <TextArea
              name="words"
              label="Your thanks, in your own words"
              value={values.words}
              maxCharacters={1000}
              rows={4}
              errors={errors}
            />
          </Form>
        </>
      ),
    }
  },
  async submit(visit: Visit<OneAction>, { words }) {
    const { thing } = visit
    const sent = await thank(visit, { trust: thing, personId: thing.action.owner_id, words })
    return sent.accepted ? { screen: thanked(visit, thing.action.owner_name) } : refused(sent)
  },
})

const thanked = (visit: Visit<Trust>, name: string): Screen => ({
  title: 'Your thanks were sent',
  body: (
    <>
      <p>{name} gets them in the way they have chosen.</p>
      <LinkList
        links={[
          { href: trustPaths.one(visit.network.slug, visit.thing.slug), text: `Back to ${visit.thing.name}` },
        ]}
      />
    </>
  ),
})

/** What somebody was thanked for, to read again. */
const thanksRoute = page('/:network/account/thanks', {
  who: aPerson,
  audit: 'nothing',
  async handler(visit) {
    const { network, query, me } = visit
    const given = query.get('before') ?? ''
    const before = /^\d{1,9}$/.test(given) ? Number(given) : undefined
    const found = await thanksTo(visit.tx, me.personId, before)
    const list = found.slice(0, pageSize)
    return show({
      title: 'Thanks that you were given',
      back: { href: `/${network.slug}/account`, text: 'Your account' },
      body: (
        <>
          {list.length === 0 ? (
            <Empty>None from a Trust so far.</Empty>
          ) : (
            list.map(each => (
              <Quote
                key={each.id}
                words={each.words}
                by={`${theirs(each.by)}, ${theirs(each.trust)}, ${dateInWords(dayOf(each.at))}`}
              />
            ))
          )}
          <Pagination
            previous={before ? { href: trustPaths.thanks(network.slug), label: 'newest' } : undefined}
            next={
              found.length > pageSize
                ? { href: `${trustPaths.thanks(network.slug)}?before=${list.at(-1)?.id}` }
                : undefined
            }
          />
        </>
      ),
    })
  },
})

export const trustRoutes = [listRoute, trustRoute, actionsRoute, volunteerRoute, thankRoute, thanksRoute]
