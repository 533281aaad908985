import { z } from 'zod'
import { Empty, type FieldError, Form, InsetText, LinkList, Select, TextArea } from '#design/index.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import type { Refusal } from '#kernel/decision.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { optionalId, optionalText, text } from '#platform/form/fields.ts'
import {
  type AnyRoute,
  errors,
  type Filled,
  form,
  refused,
  type Screen,
  type Submitted,
  type Visit,
} from '#platform/http/route.ts'
import {
  isAhead,
  type LoadedMeeting,
  loadMeeting,
  mayPreparePaper,
  mayRunMeeting,
  meetingPaths,
} from '#slices/meetings/index.ts'
import {
  expectedAt,
  NeedsMetFields,
  needsMetFields,
  needsMetMistakes,
  needsPaths,
  noteNotMet,
  whoNeedsAnotherForm,
} from '#slices/support-needs/index.ts'
import { nextOut, papersToSend, sendAllOut, sendPaperOut, withdrawPaper } from './changes.ts'
import { lateBy, lateWords, notReady } from './paper.ts'
import { type NearPerson, peopleOf } from './people.ts'
import { type LoadedPaper, loadPaper } from './store.ts'
import { many, markWords } from './words.ts'

const load = (visit: Visit<undefined>, how: { forChange: boolean }) =>
  loadPaper(visit, { meeting: visit.params.meeting, paper: visit.params.paper }, how)

const sendFields = {
  because: optionalText({ max: 1000, name: 'The reason' }),
  allowed: optionalId(),
  ...needsMetFields,
}

/** Why it is late and who allowed it: the mark stays for ever. */
function LateFields(props: {
  filled: Filled
  days: number
  people: readonly NearPerson[]
  me: number
  errors: readonly FieldError[]
}) {
  const { filled, days, people, me } = props
  return (
    <>
      <InsetText>
        <p>
          This is {lateWords(days)}. It will say so for ever, with who allowed it and why, and it counts on
          the page of promises.
        </p>
      </InsetText>
      <TextArea
        name="because"
        label="Why is it late?"
        hint="Everybody who may read the paper reads this."
        value={filled.values.because}
        maxCharacters={1000}
        rows={3}
        errors={props.errors}
      />
      <Select
        name="allowed"
        label="Who allowed it?"
        hint="The chair, the deputy or somebody of the team."
        empty="Choose a person"
        value={filled.values.allowed ?? (people.some(each => each.id === me) ? String(me) : undefined)}
        options={people.map(each => ({ value: String(each.id), text: each.name }))}
        errors={props.errors}
      />
    </>
  )
}

/** Whoever runs the meeting says who allowed it; an author alone cannot. */
async function allowing(visit: Visit<{ readonly groupId: number }>): Promise<readonly NearPerson[]> {
  return (await peopleOf(visit.tx, visit.thing.groupId, visit.today)).filter(each => each.runs)
}

const lateField = (refusal: Refusal) => ({ 'no-reason': 'because', nobody: 'allowed' })[refusal.reason]

/** Readers who need papers in another form: whoever sends them out says whether they get it (R13). */
const readersWithNeeds = (visit: Visit<unknown>, meeting: LoadedMeeting) =>
  whoNeedsAnotherForm(visit.tx, expectedAt(meeting.id, meeting.groupId, visit.today))

function NeedsOfReaders(props: {
  readers: readonly number[]
  meeting: LoadedMeeting
  slug: string
  filled: Filled
}) {
  const { readers, meeting, slug, filled } = props
  if (readers.length === 0) return null
  return (
    <>
      <InsetText>
        <p>
          {readers.length === 1 ? '1 person needs' : `${readers.length} people need`} these papers in another
          form, such as large print.{' '}
          <a href={needsPaths.ofMeeting(slug, meeting.reference)}>See who needs what</a>
        </p>
      </InsetText>
      <NeedsMetFields
        label="Do they get the papers in the form they need?"
        hint="A promise to them: it is arranged when the papers go out."
        filled={filled}
        errors={filled.errors}
      />
    </>
  )
}

const sendOne = form('/:network/meetings/:meeting/papers/:paper/send-out', {
  who: mayPreparePaper,
  audit: 'paper-sent-out',
  load,
  fields: z.object(sendFields),
  async screen(visit: Visit<LoadedPaper>, filled: Filled): Promise<Screen> {
    const { thing, network, today, me } = visit
    const back = meetingPaths.paper(network.slug, thing.meeting.reference, thing.reference)
    const why = notReady(nextOut(thing))
    const isNewVersion = thing.it.state === 'out'
    const days = isNewVersion ? 0 : lateBy(thing.meeting.it.papersDueOn, today)
    const may = days === 0 || mayAllowLate(visit)
    const readers = asksForNeeds(visit) ? await readersWithNeeds(visit, thing.meeting) : []
    const open =
      isAhead(thing.meeting.it) &&
      thing.it.state !== 'withdrawn' &&
      (thing.draft !== undefined || !isNewVersion)
    return {
      title: isNewVersion ? 'Send the new version out' : 'Send this paper out',
      caption: `${thing.reference}, ${theirs(thing.row.title)}`,
      back: { href: back, text: 'Back to the paper' },
      body: !open ? (
        <p>There is nothing to send out.</p>
      ) : why.length > 0 ? (
        <>
          <p>It cannot go out yet:</p>
          <ul className="nhsuk-list nhsuk-list--bullet">
            {why.map(each => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        </>
      ) : !may ? (
        <p>
          Papers were due by {dateInWords(thing.meeting.it.papersDueOn)}. Ask the chair or the involvement
          team to let it go out late: they send it out.
        </p>
      ) : (
        <Form hidden={visit.hidden} button="Send it out" secondary={{ text: 'Not now', href: back }}>
          <p>{markWords[thing.handling]}. Once it is out, a change of it is a new version.</p>
          {days > 0 && (
            <LateFields
              filled={filled}
              days={days}
              people={await allowing(visit)}
              me={me.personId}
              errors={filled.errors}
            />
          )}
          <NeedsOfReaders readers={readers} meeting={thing.meeting} slug={network.slug} filled={filled} />
        </Form>
      ),
    }
  },
  async submit(visit: Visit<LoadedPaper>, given): Promise<Submitted> {
    const { thing, network, today } = visit
    const isLate = thing.it.state === 'draft' && lateBy(thing.meeting.it.papersDueOn, today) > 0
    if (isLate && !mayAllowLate(visit)) {
      return errors({ message: 'It is late. Ask the chair or the involvement team to send it out' })
    }
    const readers = asksForNeeds(visit) ? await readersWithNeeds(visit, thing.meeting) : []
    const mistakes = readers.length > 0 ? needsMetMistakes(given) : []
    if (mistakes.length > 0) return errors(...mistakes)
    const late = await lateAs(visit, given, isLate)
    const done = await sendPaperOut(visit, thing, late)
    if (!done.accepted) return refused(done, lateField(done))
    if (given['needs-met'] === 'no') {
      await noteNotMet(visit, 'papers', thing.meeting.id, readers, given['needs-reason'])
    }
    return { to: meetingPaths.paper(network.slug, thing.meeting.reference, thing.reference) }
  },
})

/**
 * Who runs the meeting is asked; an author alone cannot read who needs what, and a paper to named people goes to them
 * by hand.
 */
const asksForNeeds = ({ me, thing }: Visit<LoadedPaper>): boolean =>
  thing.handling !== 'named' && mayRunMeeting.holds(me, thing)

/** A confidential paper is known to its author alone until it is out. */
const mayAllowLate = ({ me, thing }: Visit<LoadedPaper>): boolean =>
  thing.handling === 'named' || mayRunMeeting.holds(me, thing)

async function lateAs(
  visit: Visit<{ readonly groupId: number }>,
  given: { because: string; allowed?: number | undefined },
  isLate: boolean,
): Promise<{ because: string; allowedById: number | undefined }> {
  const people = isLate ? await allowing(visit) : []
  return { because: given.because, allowedById: people.find(each => each.id === given.allowed)?.id }
}

const withdrawOne = form('/:network/meetings/:meeting/papers/:paper/withdraw', {
  who: mayPreparePaper,
  audit: 'paper-withdrawn',
  load,
  fields: z.object({ because: text('Say why it is withdrawn', { max: 1000, name: 'The reason' }) }),
  screen(visit: Visit<LoadedPaper>, filled: Filled): Screen {
    const { thing, network } = visit
    const back = meetingPaths.paper(network.slug, thing.meeting.reference, thing.reference)
    return {
      title: 'Withdraw this paper',
      caption: `${thing.reference}, ${theirs(thing.row.title)}`,
      back: { href: back, text: 'Back to the paper' },
      body:
        thing.it.state === 'withdrawn' ? (
          <p>This paper was withdrawn.</p>
        ) : (
          <Form
            hidden={visit.hidden}
            button="Withdraw it"
            warning
            secondary={{ text: 'Do not withdraw it', href: back }}
          >
            <p>Nobody but you and those who run the meeting can read it after that. It is kept.</p>
            <TextArea
              name="because"
              label="Why?"
              value={filled.values.because}
              maxCharacters={1000}
              rows={3}
              errors={filled.errors}
            />
          </Form>
        ),
    }
  },
  async submit(visit: Visit<LoadedPaper>, { because }): Promise<Submitted> {
    const { thing, network } = visit
    const done = await withdrawPaper(visit, thing, because)
    if (!done.accepted) return refused(done)
    return { to: meetingPaths.paper(network.slug, thing.meeting.reference, thing.reference) }
  },
})

const sendAll = form('/:network/meetings/:meeting/send-papers-out', {
  who: mayRunMeeting,
  audit: 'papers-sent-out',
  load: (visit, how) => loadMeeting(visit, visit.params.meeting, how),
  fields: z.object(sendFields),
  async screen(visit: Visit<LoadedMeeting>, filled: Filled): Promise<Screen> {
    const { thing, network, today, me } = visit
    const back = meetingPaths.one(network.slug, thing.reference)
    const { ready, notReady: behind } = await papersToSend(visit, thing, { forChange: false })
    const days = lateBy(thing.it.papersDueOn, today)
    const readers = ready.length > 0 ? await readersWithNeeds(visit, thing) : []
    const link = (paper: LoadedPaper) => meetingPaths.paper(network.slug, thing.reference, paper.reference)
    return {
      title: 'Send the papers out',
      caption: theirs(thing.row.title),
      back: { href: back, text: 'Back to the meeting' },
      body: !isAhead(thing.it) ? (
        <p>This meeting is over.</p>
      ) : (
        <>
          <h2 className="nhsuk-heading-m">Ready</h2>
          {ready.length === 0 ? (
            <Empty>No paper waits to go out.</Empty>
          ) : (
            <LinkList
              links={ready.map(each => ({
                href: link(each),
                text: `${each.reference} ${each.row.title}`,
                hint: `${each.authorName}. ${markWords[each.handling]}`,
              }))}
            />
          )}
          {behind.length > 0 && (
            <>
              <h2 className="nhsuk-heading-m">Not ready</h2>
              <p>These stay behind. You can send each out later.</p>
              <LinkList
                links={behind.map(({ paper, why }) => ({
                  href: link(paper),
                  text: `${paper.reference} ${paper.row.title}`,
                  hint: `${paper.authorName}. ${why.join(' ')}`,
                }))}
              />
            </>
          )}
          <Form
            hidden={visit.hidden}
            button={ready.length === 0 ? 'The papers are out' : `Send out ${many(ready.length, 'paper')}`}
            secondary={{ text: 'Not now', href: back }}
          >
            {days > 0 && ready.length > 0 && (
              <LateFields
                filled={filled}
                days={days}
                people={await allowing(visit)}
                me={me.personId}
                errors={filled.errors}
              />
            )}
            <NeedsOfReaders readers={readers} meeting={thing} slug={network.slug} filled={filled} />
          </Form>
        </>
      ),
    }
  },
  async submit(visit: Visit<LoadedMeeting>, given): Promise<Submitted> {
    const { thing, network, today } = visit
    const { ready } = await papersToSend(visit, thing, { forChange: true })
    const readers = ready.length > 0 ? await readersWithNeeds(visit, thing) : []
    const mistakes = readers.length > 0 ? needsMetMistakes(given) : []
    if (mistakes.length > 0) return errors(...mistakes)
    const late = await lateAs(visit, given, lateBy(thing.it.papersDueOn, today) > 0)
    const done = await sendAllOut(visit, thing, late)
    if (!done.accepted) return refused(done, lateField(done))
    if (given['needs-met'] === 'no') {
      await noteNotMet(visit, 'papers', thing.id, readers, given['needs-reason'])
    }
    return { to: meetingPaths.one(network.slug, thing.reference) }
  },
})

export const goingOutRoutes: AnyRoute[] = [sendOne, withdrawOne, sendAll]
