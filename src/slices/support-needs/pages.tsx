import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import {
  Checkboxes,
  Details,
  Form,
  NotificationBanner,
  Radios,
  SummaryList,
  Table,
  TextArea,
} from '#design/index.ts'
import { dateInWords, dueInWords, momentInWords } from '#kernel/calendar/words.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { optionalText, several } from '#platform/form/fields.ts'
import { type AnyRoute, errors, form, page, type Screen, show, type Visit } from '#platform/http/route.ts'
import { aPerson, type Rule, theTeam } from '#platform/permission.ts'
import {
  type Audience,
  audiences,
  groupWords,
  labelOf,
  longestWords,
  type NeedGroup,
  needGroups,
  optionOf,
  ownWords,
  usualOptions,
} from './need.ts'
import { needsPaths } from './paths.ts'
import { loadSheet, type Sheet, type SheetPromise } from './queries.ts'
import { markAsked, recordNeeds } from './store.ts'
import type { AskedHow } from './tables.ts'

type Here = Visit<Sheet>

/** One's own sheet, or the team with somebody on the phone: the same pages. */
interface Way {
  readonly mine: boolean
  readonly path: string
  readonly who: Rule<Sheet>
  readonly load: (
    visit: Visit<undefined>,
    how: { forChange: boolean },
  ) => Promise<Sheet | undefined> | undefined
  readonly at: (visit: Here, part?: string) => string
}

const ways: readonly Way[] = [
  {
    mine: true,
    path: '/:network/account/needs',
    who: aPerson,
    load: (visit, how) =>
      visit.actor ? loadSheet(visit.tx, visit.actor.personId, visit.today, how) : undefined,
    at: (visit, part) => needsPaths.mine(visit.network.slug, part),
  },
  {
    mine: false,
    path: '/:network/team/people/:person/needs',
    who: theTeam,
    load: (visit, how) =>
      /^\d{1,9}$/.test(visit.params.person ?? '')
        ? loadSheet(visit.tx, Number(visit.params.person), visit.today, how)
        : undefined,
    at: (visit, part) => needsPaths.ofPerson(visit.network.slug, visit.thing.person.id, part),
  },
]

const day = (iso: string) => dateInWords(Temporal.PlainDate.from(iso))

const audienceWords: Record<Audience, string> = {
  chair: 'The chair and deputy of my groups',
  'trust-contact': 'My Trust’s contact for involvement',
  buddy: 'My buddy',
}

function overview(visit: Here, way: Way): Screen {
  const { thing } = visit
  const { asked } = thing
  const { mine } = way
  return {
    title: mine ? 'What you need to take part' : `What ${thing.person.name} needs to take part`,
    back: mine
      ? { href: '/account', text: 'Your account' }
      : { href: `/${visit.network.slug}/team/people/${thing.person.id}`, text: thing.person.name },
    body: (
      <>
        {visit.query.has('saved') && <NotificationBanner success>Saved.</NotificationBanner>}
        <p>
          {mine
            ? 'Tell us once. We see to it whenever we write, ring, send papers or meet. You can change it at any time.'
            : 'What they need, never why. Each look at this page is logged, and they can read who looked.'}
        </p>
        <Details summary="Why we ask, who sees it and how long we keep it">
          <p>
            We ask so that you can take part as everybody else does. The involvement team sees it, and those
            whom you tick. An administrator does not. We delete it when you leave, or when you take it out.
          </p>
        </Details>
        <SummaryList
          rows={[
            ...needGroups.map(group => {
              const its = thing.needs.filter(each => each.group === group)
              return {
                key: groupWords[group].title,
                value: its.length === 0 ? 'Nothing' : <NeedList needs={its} />,
                action: { href: way.at(visit, group), about: groupWords[group].title.toLowerCase() },
              }
            }),
            {
              key: 'Shared with',
              value: (
                <ul className="nhsuk-list">
                  {['The involvement team', ...thing.shared.map(each => audienceWords[each])].map(each => (
                    <li className="loop-words" key={each}>
                      {each}
                    </li>
                  ))}
                </ul>
              ),
              action: { href: way.at(visit, 'sharing'), about: 'with whom it is shared' },
            },
          ]}
        />
        <Form
          action={way.at(visit, 'checked')}
          hidden={visit.hidden}
          button={mine ? 'This is right today' : 'We went through it: this is right today'}
        >
          <p>
            {asked
              ? `Last gone through on ${day(asked.on)}${asked.by && !(mine && asked.by === thing.person.name) ? `, by ${theirs(asked.by)}` : ''}. We ask again by ${day(asked.reviewDue)}.`
              : mine
                ? 'We have not asked you yet. If you need nothing, say so with this button.'
                : 'Nobody has asked yet. If they need nothing, say so with this button.'}
          </p>
        </Form>
        <Promises visit={visit} mine={mine} />
        <NotMet list={thing.notMet} />
        <Looks list={thing.looks} />
      </>
    ),
  }
}

function NeedList({ needs }: { needs: Sheet['needs'] }) {
  return (
    <ul className="nhsuk-list">
      {needs.map(each => (
        <li className="loop-words" dir={each.option === ownWords ? 'auto' : undefined} key={each.option}>
          {labelOf(each)}
        </li>
      ))}
    </ul>
  )
}

function promiseWords(it: SheetPromise, today: Temporal.PlainDate): string {
  const due = Temporal.PlainDate.from(it.due)
  if (it.state === 'met')
    return `Arranged${it.by ? ` by ${theirs(it.by)}` : ''}${it.ended ? `, ${day(it.ended)}` : ''}: ${theirs(it.words)}`
  if (it.state === 'not-met')
    return `Not possible now${it.by ? `, says ${theirs(it.by)}` : ''}: ${theirs(it.words)}`
  const words = dueInWords(due, today)
  return `We see to it by ${dateInWords(due)}${words.late ? `. This is ${words.words}` : ''}`
}

/** Step five: each need that was told is met, or says why not. */
function Promises({ visit, mine }: { visit: Here; mine: boolean }) {
  const { promises } = visit.thing
  if (promises.length === 0) return null
  return (
    <>
      <h2 className="nhsuk-heading-m">What we do about it</h2>
      <SummaryList
        rows={promises.map(each => ({
          key: labelOfPromise(each, visit.thing),
          value: <span className="loop-words">{promiseWords(each, visit.today)}</span>,
          action:
            mine || each.state === 'met'
              ? undefined
              : {
                  href: needsPaths.promise(visit.network.slug, each.id),
                  text: 'Say what comes of it',
                  about: `for ${labelOfPromise(each, visit.thing)}`,
                },
        }))}
      />
    </>
  )
}

const labelOfPromise = (it: SheetPromise, sheet: Sheet): string =>
  it.option === ownWords
    ? ownLabel(
        sheet.needs.find(each => each.group === it.group && each.option === ownWords)?.words,
        groupWords[it.group].title,
      )
    : labelOf({ group: it.group, option: it.option, label: it.label, words: '' })

const ownLabel = (words: string | undefined, otherwise: string) =>
  words === undefined ? otherwise : theirs(shorten(words))
const shorten = (words: string) => (words.length > 120 ? `${words.slice(0, 117)}…` : words)

const thingWords = { letter: 'A letter', call: 'A call', papers: 'Papers for a meeting' } as const

function NotMet({ list }: { list: Sheet['notMet'] }) {
  if (list.length === 0) return null
  return (
    <>
      <h2 className="nhsuk-heading-m">When it did not work</h2>
      <Table
        caption="What was sent in another form than needed, and why"
        columns={[{ title: 'What' }, { title: 'When' }, { title: 'Why' }]}
        rows={list.map(each => [
          thingWords[each.thing],
          momentInWords(Temporal.Instant.from(each.at)),
          <span className="loop-words" key="why">
            {theirs(each.reason)} ({theirs(each.by)})
          </span>,
        ])}
      />
    </>
  )
}

const lookWords: Record<string, string> = {
  'needs-opened': 'Opened this page',
  'person-opened': 'Opened the page with how to reach you',
  'needs-seen-promise': 'Saw to what you need',
  'needs-seen-letter': 'Made a letter',
  'needs-seen-call': 'Made a call',
  'needs-seen-meeting': 'Prepared a meeting',
  'needs-seen-papers': 'Sent papers out',
  'needs-seen-trust': 'Your Trust’s contact saw what would help',
  'needs-seen-buddy': 'Your buddy saw what would help',
}

function Looks({ list }: { list: Sheet['looks'] }) {
  return (
    <Details summary="Who looked at it">
      {list.length === 0 ? (
        <p>Nobody has looked yet.</p>
      ) : (
        <Table
          caption="The last 50 looks, newest first"
          columns={[{ title: 'Who' }, { title: 'When' }, { title: 'What for' }]}
          rows={list.map(each => [
            each.by ? theirs(each.by) : 'The service',
            momentInWords(Temporal.Instant.from(each.at)),
            lookWords[each.action] ?? 'Saw what you share with them',
          ])}
        />
      )}
    </Details>
  )
}

const asFields = {
  how: z
    .string()
    .optional()
    .transform(given => (['phone', 'post', 'in-person'] as const).find(each => each === given)),
}

/** How the team was told; for one's own sheet the question is not there. */
const howTold = (way: Way, given: { how?: AskedHow | undefined }): AskedHow | undefined =>
  way.mine ? 'self' : given.how
const howMissing = { field: 'how', message: 'Choose how they told you' }

const HowTold = ({
  value,
  mistakes,
}: {
  value: string | undefined
  mistakes: Parameters<typeof Radios>[0]['errors']
}) => (
  <Radios
    name="how"
    label="How did they tell you?"
    value={value}
    options={[
      { value: 'phone', label: 'On the phone' },
      { value: 'post', label: 'By post' },
      { value: 'in-person', label: 'In person' },
    ]}
    errors={mistakes}
  />
)

function groupForm(way: Way, group: NeedGroup): AnyRoute {
  return form(`${way.path}/${group}`, {
    who: way.who,
    audit: 'needs-recorded',
    load: way.load,
    // Special words are not kept for after the sign-in.
    keepsWords: false,
    fields: z.object({
      options: several(),
      words: optionalText({ max: longestWords, name: 'What you write' }),
      ...asFields,
    }),
    screen(visit: Here, { values, lists, errors: mistakes }): Screen {
      const { thing } = visit
      const typed = Object.keys(values).length > 0
      const its = thing.needs.filter(each => each.group === group)
      return {
        title: way.mine ? groupWords[group].question : groupWords[group].theirs,
        ...(way.mine ? {} : { caption: thing.person.name }),
        back: { href: way.at(visit), text: 'All needs' },
        body: (
          <Form
            hidden={visit.hidden}
            button="Save"
            secondary={{ text: 'Change nothing', href: way.at(visit) }}
          >
            {!way.mine && <HowTold value={values.how} mistakes={mistakes} />}
            <Checkboxes
              name="options"
              label={way.mine ? 'Tick what you need' : 'Tick what they need'}
              values={typed ? (lists.options ?? []) : its.map(each => each.option)}
              options={choicesOf(thing, group).map(([value, label]) => ({ value, label }))}
              errors={mistakes}
            />
            <TextArea
              name="words"
              label={way.mine ? 'Anything else, in your own words' : 'Anything else, in their own words'}
              hint="What is needed, not why. No illness has to be named."
              optional
              maxCharacters={longestWords}
              value={typed ? values.words : (its.find(each => each.option === ownWords)?.words ?? '')}
              errors={mistakes}
            />
          </Form>
        ),
      }
    },
    async submit(visit: Here, given) {
      const told = howTold(way, given)
      if (!told) return errors(howMissing)
      const known = new Set(choicesOf(visit.thing, group).map(([value]) => value))
      const options = given.options.filter(each => known.has(each))
      await recordNeeds(visit, visit.thing, group, { options, words: given.words }, told)
      return { to: `${way.at(visit)}?saved` }
    },
  })
}

/** The list of today, and what somebody ticked when it stood there. */
function choicesOf(sheet: Sheet, group: NeedGroup): [string, string][] {
  const list = new Map(Object.entries(usualOptions[group]))
  for (const each of sheet.options) if (each.group === group) list.set(optionOf(each.id), each.label)
  for (const each of sheet.needs) {
    if (each.group === group && each.option !== ownWords) list.set(each.option, labelOf(each))
  }
  return [...list]
}

function sharingForm(way: Way): AnyRoute {
  return form(`${way.path}/sharing`, {
    who: way.who,
    audit: 'needs-sharing-changed',
    load: way.load,
    fields: z.object({ shared: several(), ...asFields }),
    screen(visit: Here, { values, lists, errors: mistakes }): Screen {
      const typed = Object.keys(values).length > 0
      return {
        title: way.mine ? 'Who else may know what you need?' : 'Who else may know what they need?',
        ...(way.mine ? {} : { caption: visit.thing.person.name }),
        back: { href: way.at(visit), text: 'All needs' },
        body: (
          <Form
            hidden={visit.hidden}
            button="Save"
            secondary={{ text: 'Change nothing', href: way.at(visit) }}
          >
            {!way.mine && <HowTold value={values.how} mistakes={mistakes} />}
            <Checkboxes
              name="shared"
              label="Besides the involvement team"
              hint={
                way.mine
                  ? 'Without a tick nobody else sees it. You can take a tick away at any time: it holds at once.'
                  : 'Only what they asked for. Without a tick nobody else sees it.'
              }
              values={typed ? (lists.shared ?? []) : visit.thing.shared}
              options={audiences.map(value => ({
                value,
                label: way.mine ? audienceWords[value] : audienceWords[value].replace(/\bmy\b/gi, 'their'),
              }))}
              errors={mistakes}
            />
          </Form>
        ),
      }
    },
    async submit(visit: Here, given) {
      const told = howTold(way, given)
      if (!told) return errors(howMissing)
      const shared = audiences.filter(each => given.shared.includes(each))
      await markAsked(visit, visit.thing, told, shared)
      return { to: `${way.at(visit)}?saved` }
    },
  })
}

/** Step six: gone through, and right. Also the answer of somebody who needs nothing. */
function checkedForm(way: Way): AnyRoute {
  return form(`${way.path}/checked`, {
    who: way.who,
    audit: 'needs-reviewed',
    load: way.load,
    page: false,
    fields: z.object({}),
    screen: (visit: Here) => overview(visit, way),
    async submit(visit: Here) {
      await markAsked(visit, visit.thing, way.mine ? 'self' : 'phone')
      return { to: `${way.at(visit)}?saved` }
    },
  })
}

export const sheetRoutes: AnyRoute[] = ways.flatMap(way => [
  page<Sheet>(way.path, {
    who: way.who,
    // Each look of somebody else is logged, and the person reads who looked (R58).
    audit: way.mine ? 'nothing' : 'needs-opened',
    load: way.load,
    handler: visit => show(overview(visit, way)),
  }),
  ...needGroups.map(group => groupForm(way, group)),
  sharingForm(way),
  checkedForm(way),
])
