import { z } from 'zod'
import {
  Checkboxes,
  Empty,
  Form,
  InsetText,
  LinkList,
  Radios,
  SummaryList,
  TextArea,
  telephone,
} from '#design/index.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { askTogether } from '#platform/database/questions.ts'
import type { PlainDate } from '#platform/database/tables.ts'
import { choice, optionalText, several } from '#platform/form/fields.ts'
import { type Filled, form, refused, type Screen, type Visit } from '#platform/http/route.ts'
import { messagePaths } from '#slices/messages/index.ts'
import { sharedNeedsOf } from '#slices/support-needs/index.ts'
import { endPair, endWish, sayNo, sayYes, showPhone, wishForBuddy } from './changes.ts'
import { buddyPaths } from './paths.ts'
import {
  aVolunteer,
  type ListedPair,
  type LoadedPair,
  loadPair,
  oneOfTheTwo,
  openPairs,
  sideOf,
} from './store.ts'

type Here = Visit<LoadedPair>

const wishFields = z.object({ words: optionalText({ max: 1000, name: 'What would help' }) })

/** What a buddy is, who mine are, and asking for one. */
const mineRoute = form('/:network/buddies', {
  who: aVolunteer,
  audit: 'buddy-wished',
  fields: wishFields,
  screen: mineScreen,
  async submit(visit: Visit, { words }) {
    const done = await wishForBuddy(visit, { personId: visit.me.personId, words, how: 'web' })
    return done.accepted ? { to: buddyPaths.mine(visit.network.slug) } : refused(done)
  },
})

const noWishRoute = form('/:network/buddies/no-wish', {
  who: aVolunteer,
  audit: 'buddy-wish-ended',
  page: false,
  fields: z.object({}),
  screen: mineScreen,
  async submit(visit: Visit) {
    await endWish(visit, visit.me.personId)
    return { to: buddyPaths.mine(visit.network.slug) }
  },
})

async function mineScreen(visit: Visit, { values, errors }: Filled): Promise<Screen> {
  const { tx, me, network } = visit
  const pairs = await openPairs(tx, { personId: me.personId })
  const wish = await tx
    .selectFrom('buddy_wish')
    .select('due_on')
    .where('person_id', '=', me.personId)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return {
    title: 'Buddies',
    body: (
      <>
        <p>
          A buddy is another volunteer: somebody to ask, to talk with before a meeting, or to go there with.
          Both of you say yes first, and either of you can end it at any time.
        </p>
        <h2 className="nhsuk-heading-m">Your buddies</h2>
        {pairs.length === 0 ? (
          <Empty>You have no buddy now.</Empty>
        ) : (
          <LinkList links={pairs.map(each => pairLink(each, visit))} />
        )}
        <h2 className="nhsuk-heading-m">Would you like a buddy?</h2>
        {wish ? (
          <WishIsOpen dueOn={wish.due_on} visit={visit} />
        ) : (
          <Form action={buddyPaths.mine(network.slug)} hidden={visit.hidden} button="I would like a buddy">
            <TextArea
              name="words"
              label="What would help you"
              hint="For example: somebody who has been to a meeting online, or who lives near you. The team reads it."
              optional
              value={values.words}
              rows={3}
              maxCharacters={1000}
              errors={errors}
            />
          </Form>
        )}
      </>
    ),
  }
}

function WishIsOpen({ dueOn, visit }: { dueOn: PlainDate; visit: Visit }) {
  return (
    <>
      <InsetText>You asked for a buddy. The team answers by {dateInWords(dueOn)}.</InsetText>
      <Form
        action={buddyPaths.noWish(visit.network.slug)}
        hidden={visit.hidden}
        button="I do not need a buddy any more"
      />
    </>
  )
}

const pairLink = (pair: ListedPair, { me, network }: Visit) => ({
  href: buddyPaths.one(network.slug, pair.id),
  text: pair.one_person_id === me.personId ? theirs(pair.other) : theirs(pair.one),
  hint:
    pair.state === 'together' && pair.since_on
      ? `Your buddy since ${dateInWords(pair.since_on)}`
      : 'Could be your buddy. It begins when both of you have said yes.',
})

const pairLoad = ({ tx, params }: { tx: Here['tx']; params: Here['params'] }, how: { forChange: boolean }) =>
  loadPair(tx, params.pair, how)

/** Yes or no to an offer; later, how to reach each other. */
const oneRoute = form('/:network/buddies/:pair', {
  who: oneOfTheTwo,
  audit: 'buddy-answered',
  load: pairLoad,
  fields: z.object({ answer: choice('Say yes or no', ['yes', 'no']), phone: several() }),
  screen: pairScreen,
  async submit(visit: Here, { answer, phone }) {
    const side = sideOf(visit.me, visit.thing)!
    const { slug } = visit.network
    if (answer === 'no') {
      const done = await sayNo(visit, visit.thing)
      return done.accepted ? { to: buddyPaths.mine(slug) } : refused(done)
    }
    const done = await sayYes(visit, visit.thing, {
      side,
      showsPhone: phone.includes('yes'),
      recorded: false,
    })
    return done.accepted ? { to: buddyPaths.one(slug, visit.thing.id) } : refused(done)
  },
})

const phoneRoute = form('/:network/buddies/:pair/phone', {
  who: oneOfTheTwo,
  audit: 'buddy-phone-choice',
  page: false,
  load: pairLoad,
  fields: z.object({ phone: several() }),
  screen: pairScreen,
  async submit(visit: Here, { phone }) {
    const side = sideOf(visit.me, visit.thing)!
    await showPhone(visit, visit.thing, { side, shows: phone.includes('yes') })
    return { to: buddyPaths.one(visit.network.slug, visit.thing.id) }
  },
})

const endRoute = form('/:network/buddies/:pair/end', {
  who: oneOfTheTwo,
  audit: 'buddy-ended',
  load: pairLoad,
  fields: z.object({}),
  screen: (visit: Here) => ({
    title: `Do you want to end it with ${theirs(theOther(visit).name)}?`,
    back: { href: buddyPaths.one(visit.network.slug, visit.thing.id), text: 'Back' },
    body: (
      <>
        <p>You need not give a reason. What you wrote to each other goes for both of you.</p>
        <p>{theirs(theOther(visit).name)} hears that it has ended, and nothing else.</p>
        <Form
          hidden={visit.hidden}
          button="End it"
          warning
          secondary={{ text: 'No, go back', href: buddyPaths.one(visit.network.slug, visit.thing.id) }}
        />
      </>
    ),
  }),
  async submit(visit: Here) {
    const done = await endPair(visit, visit.thing)
    return done.accepted ? { to: buddyPaths.mine(visit.network.slug) } : refused(done)
  },
})

const theOther = ({ me, thing }: Here) => (thing.one.id === me.personId ? thing.other : thing.one)
const myself = ({ me, thing }: Here) => (thing.one.id === me.personId ? thing.one : thing.other)

async function pairScreen(visit: Here, filled: Filled): Promise<Screen> {
  const { thing, network, tx } = visit
  const other = theOther(visit)
  const frame = {
    title: theirs(other.name),
    caption: 'Buddies',
    back: { href: buddyPaths.mine(network.slug), text: 'Buddies' },
  }
  const side = sideOf(visit.me, thing)!
  if (thing.it.state === 'declined' || thing.it.state === 'ended') {
    return {
      ...frame,
      body: <p>{thing.it.state === 'ended' ? 'This has ended.' : 'This did not come about.'}</p>,
    }
  }
  if (thing.it.state === 'offered') {
    return {
      ...frame,
      body: thing.it.accepted[side] ? (
        <InsetText>You said yes. We wait for {theirs(other.name)}.</InsetText>
      ) : (
        <>
          <p>
            The team thought that {theirs(other.name)} and you would get on well. You need not give a reason
            for a no.
          </p>
          <Form action={buddyPaths.one(network.slug, thing.id)} hidden={visit.hidden} button="Send my answer">
            <Radios
              name="answer"
              label={`Would you like ${theirs(other.name)} as your buddy?`}
              value={filled.values.answer}
              errors={filled.errors}
              options={[
                { value: 'yes', label: 'Yes' },
                { value: 'no', label: 'No, thank you' },
              ]}
            />
            <PhoneTick values={filled.lists.phone ?? []} />
          </Form>
        </>
      ),
    }
  }
  const [needs] = await askTogether(tx, [sharedNeedsOf([other.id], 'buddy')])
  const help = needs.get(other.id) ?? []
  if (help.length > 0) await visit.audit('needs-seen-buddy', 'person', String(other.id))
  return {
    ...frame,
    body: (
      <>
        <SummaryList
          rows={[
            ...(thing.sinceOn ? [{ key: 'Your buddy since', value: dateInWords(thing.sinceOn) }] : []),
            {
              key: 'Phone',
              value:
                other.showsPhone && other.phone ? (
                  <a href={telephone(other.phone)}>{theirs(other.phone)}</a>
                ) : (
                  'Not shared with you'
                ),
            },
            ...(help.length > 0 ? [{ key: 'What helps them', value: help.join(', ') }] : []),
          ]}
        />
        {thing.threadId !== null && (
          <p>
            <a href={messagePaths.one(network.slug, thing.threadId)}>Write to {theirs(other.name)}</a>
          </p>
        )}
        {!other.hasSignIn && (
          <InsetText>
            {theirs(other.name)} does not use this service on a computer. We tell them that you wrote. It is
            best to ring.
          </InsetText>
        )}
        <h2 className="nhsuk-heading-m">Your own phone number</h2>
        <Form action={buddyPaths.phone(network.slug, thing.id)} hidden={visit.hidden} button="Save">
          <PhoneTick values={myself(visit).showsPhone ? ['yes'] : []} />
        </Form>
        <LinkList links={[{ href: buddyPaths.end(network.slug, thing.id), text: 'End it' }]} />
      </>
    ),
  }
}

function PhoneTick({ values }: { values: readonly string[] }) {
  return (
    <Checkboxes
      name="phone"
      label="May your buddy have your phone number?"
      errors={[]}
      values={values}
      options={[{ value: 'yes', label: 'Yes, show my phone number to my buddy' }]}
    />
  )
}

export const mineRoutes = [mineRoute, noWishRoute, endRoute, phoneRoute, oneRoute]
