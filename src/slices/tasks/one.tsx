import {
  Form,
  InsetText,
  LinkList,
  Quote,
  SummaryList,
  Table,
  TextArea,
  WarningCallout,
} from '#design/index.ts'
import { dateInWords, dueInWords } from '#kernel/calendar/words.ts'
import { dayOf } from '#kernel/calendar/working-days.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { type Filled, page, type Screen, show, type Visit } from '#platform/http/route.ts'
import { isTeam } from '#platform/permission.ts'
import { mayRead, whoMayTake } from './access.ts'
import { taskPaths } from './paths.ts'
import { type LoadedTask, loadTask, type Offer } from './store.ts'
import { isFull, taken } from './task.ts'
import { stateWords, timeWords } from './words.ts'

export type Here = Visit<LoadedTask>
const nothing: Filled = { values: {}, lists: {}, errors: [] }

export const oneRoute = page<LoadedTask>('/:network/tasks/:reference', {
  who: mayRead,
  audit: 'nothing',
  load: visit => loadTask(visit, visit.params.reference, { forChange: false }),
  handler: visit => show(taskScreen(visit, nothing)),
})

/** The task with what this reader can do now. A form with a mistake comes back here. */
export function taskScreen(visit: Here, filled: Filled): Screen {
  const { thing, network, me } = visit
  const team = isTeam(me)
  const mine = thing.offers.find(each => each.personId === me.personId)
  return {
    title: theirs(thing.title),
    caption: `Task ${thing.reference}`,
    back: { href: taskPaths.list(network.slug), text: 'All tasks' },
    body: (
      <>
        <Now visit={visit} mine={mine} />
        <Quote words={thing.what} by={`${theirs(thing.madeByName)}, ${dateInWords(dayOf(thing.madeAt))}`} />
        <SummaryList
          rows={[
            { key: 'Time', value: timeWords(thing.minutes) },
            { key: 'Needed by', value: thing.neededBy ? dateInWords(thing.neededBy) : 'No fixed day' },
            { key: 'What you get', value: theirs(thing.gives) },
            {
              key: 'How many people',
              value: `${thing.places}. ${taken(thing)} said yes so far.`,
            },
          ]}
        />
        <WhatICanDo visit={visit} mine={mine} filled={filled} />
        {team && <ForTheTeam visit={visit} />}
      </>
    ),
  }
}

function Now({ visit, mine }: { visit: Here; mine: Offer | undefined }) {
  const { thing, today } = visit
  if (mine?.state === 'thanked')
    return <InsetText>You did this. {theirs(mine.thankedByName ?? '')} thanks you below.</InsetText>
  if (thing.isOver)
    return (
      <InsetText>
        {thing.endReason === ''
          ? 'This task is done.'
          : `This is not needed any more. Why: ${theirs(thing.endReason)}`}
      </InsetText>
    )
  if (mine?.state === 'asked')
    return <InsetText>We ask you: could you do this? You can say no. You do not have to say why.</InsetText>
  if (mine?.state === 'done') return <InsetText>You told us that it is done.</InsetText>
  const due = thing.neededBy && dueInWords(thing.neededBy, today)
  if (due?.late && (mine?.state === 'accepted' || isTeam(visit.me)))
    return (
      <WarningCallout title="The day has passed">
        It was needed by {dateInWords(thing.neededBy!)}.
      </WarningCallout>
    )
  if (mine?.state === 'accepted') return <InsetText>You said yes. Thank you.</InsetText>
  if (isFull(thing)) return <InsetText>Enough people have said yes. Thank you for looking.</InsetText>
  return (
    <InsetText>This is still open. {thing.openTo === 'everyone' && 'Any volunteer can do it.'}</InsetText>
  )
}

function WhatICanDo({ visit, mine, filled }: { visit: Here; mine: Offer | undefined; filled: Filled }) {
  const { thing, network, hidden, me } = visit
  const to = (step: Parameters<typeof taskPaths.do>[2]) => taskPaths.do(network.slug, thing.reference, step)
  if (mine?.state === 'thanked')
    return (
      <>
        <h2 className="nhsuk-heading-m">Thank you</h2>
        <Quote words={mine.thanks} by={theirs(mine.thankedByName ?? '')} />
      </>
    )
  if (thing.isOver || mine?.state === 'done' || !whoMayTake.holds(me, thing)) return null
  if (mine?.state === 'accepted')
    return (
      <>
        <Form action={to('done')} hidden={hidden} button="It is done">
          <TextArea
            name="words"
            label="How did it go?"
            hint="If you like. The team reads it. Do not write anything that shows who a patient is."
            optional
            rows={3}
            maxCharacters={2000}
            value={filled.values.words}
            errors={filled.errors}
          />
        </Form>
        <Form action={to('step-back')} hidden={hidden} button="I cannot do it after all">
          <p>Life comes first. You do not have to say why.</p>
        </Form>
      </>
    )
  return (
    <>
      {mine?.state === 'declined' && <p>You said no. That is fine. You can still say yes.</p>}
      {!isFull(thing) && <Form action={to('yes')} hidden={hidden} button="Yes, I will do it" />}
      {mine?.state === 'asked' && <Form action={to('no')} hidden={hidden} button="No, thank you" />}
    </>
  )
}

function ForTheTeam({ visit }: { visit: Here }) {
  const { thing, network, today } = visit
  const { slug } = network
  return (
    <>
      <h2 className="nhsuk-heading-m">Who was asked</h2>
      {thing.offers.length === 0 ? (
        <p>Nobody has been asked yet, and nobody has come by themselves.</p>
      ) : (
        <Table
          caption="Who was asked, and what they said"
          captionHidden
          columns={[{ title: 'Person' }, { title: 'Where it is' }, { title: 'What you can do' }]}
          rows={thing.offers.map(each => [
            theirs(each.name),
            <Said key="said" offer={each} today={today} />,
            <TeamSteps key="steps" visit={visit} offer={each} />,
          ])}
        />
      )}
      {!thing.isOver && (
        <LinkList
          links={[
            { href: taskPaths.do(slug, thing.reference, 'ask'), text: 'Choose whom to ask' },
            {
              href: taskPaths.do(slug, thing.reference, 'end'),
              text: 'End this task: it is not needed any more',
            },
          ]}
        />
      )}
    </>
  )
}

function Said({ offer, today }: { offer: Offer; today: Here['today'] }) {
  const due = offer.state === 'done' && offer.thanksBy ? dueInWords(offer.thanksBy, today) : undefined
  return (
    <>
      {stateWords[offer.state]}
      {offer.recordedByName && ` (${offer.recordedByName} wrote it down)`}
      {offer.askedAt && <div className="loop-due">Asked on {dateInWords(dayOf(offer.askedAt))}</div>}
      {!offer.askedAt && <div className="loop-due">Came by themselves</div>}
      {due && (
        <div className={due.late ? 'loop-due loop-due--late' : 'loop-due'}>Thank them: {due.words}</div>
      )}
      {offer.doneWords && <Quote words={offer.doneWords} by={theirs(offer.name)} />}
      {offer.thanks && <Quote words={offer.thanks} by={theirs(offer.thankedByName ?? '')} />}
    </>
  )
}

function TeamSteps({ visit, offer }: { visit: Here; offer: Offer }) {
  const { thing, network, me } = visit
  if (offer.personId === me.personId) return <>Somebody else does that for you</>
  if (offer.state === 'done')
    return (
      <a href={taskPaths.thank(network.slug, thing.reference, offer.personId)}>
        Thank {offer.name} in your own words
      </a>
    )
  if (offer.state === 'thanked' || thing.isOver) return <>Nothing</>
  return (
    <a href={taskPaths.asSaid(network.slug, thing.reference, offer.personId)}>
      Write down what {offer.name} said
    </a>
  )
}
