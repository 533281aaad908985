import { z } from 'zod'
import {
  ButtonLink,
  Checkboxes,
  Empty,
  Form,
  LinkList,
  Pagination,
  Radios,
  Select,
  SummaryList,
  Table,
  TextArea,
} from '#design/index.ts'
import { dateInWords, dueInWords } from '#kernel/calendar/words.ts'
import { choice, optionalText, pickedId, several } from '#platform/form/fields.ts'
import { errors, form, page, refused, show, type Visit } from '#platform/http/route.ts'
import { theTeam } from '#platform/permission.ts'
import { endPair, offerBuddies, sayNo, sayYes, wishForBuddy } from './changes.ts'
import { buddyPaths } from './paths.ts'
import { type LoadedPair, loadPair, openPairs, openWishes, pageSize, possibleBuddies } from './store.ts'

const number = (given: string | null) => (/^\d{1,9}$/.test(given ?? '') ? Number(given) : undefined)

/** Who would like a buddy, and who has one. What two buddies write to each other is not here, nor anywhere for the team. */
const listRoute = page('/:network/team/buddies', {
  who: theTeam,
  audit: 'nothing',
  async handler(visit) {
    const { tx, network, query, today } = visit
    const here = buddyPaths.team(network.slug)
    const after = number(query.get('after')) ?? 0
    const before = number(query.get('before'))
    const wishes = await openWishes(tx, after)
    const pairs = await openPairs(tx, { before })
    return show({
      title: 'Buddies',
      wide: true,
      body: (
        <>
          <p>You see who is with whom. What they write to each other is theirs.</p>
          <ButtonLink href={buddyPaths.offer(network.slug)}>Offer two people each other</ButtonLink>
          <LinkList
            links={[
              {
                href: buddyPaths.recordWish(network.slug),
                text: 'Write down that somebody would like a buddy',
              },
            ]}
          />
          <h2 className="nhsuk-heading-m">Would like a buddy</h2>
          {wishes.length === 0 ? (
            <Empty>Nobody waits for a buddy now.</Empty>
          ) : (
            <Table
              caption="Who would like a buddy"
              captionHidden
              columns={[
                { title: 'Who' },
                { title: 'What would help' },
                { title: 'Answer by' },
                { title: 'Next' },
              ]}
              rows={wishes.slice(0, pageSize).map(each => {
                const due = dueInWords(each.due_on, today)
                return [
                  each.name,
                  <bdi key="words">{each.words || 'Nothing was said'}</bdi>,
                  <span key="due" className={due.late ? 'loop-due loop-due--late' : 'loop-due'}>
                    {due.late ? due.words : dateInWords(each.due_on)}
                  </span>,
                  <a key="next" href={`${buddyPaths.offer(network.slug)}?one=${each.person_id}`}>
                    Find a buddy<span className="nhsuk-u-visually-hidden"> for {each.name}</span>
                  </a>,
                ]
              })}
            />
          )}
          <Pagination
            next={
              wishes.length > pageSize
                ? { href: `${here}?after=${wishes[pageSize - 1]!.id}`, label: 'later wishes' }
                : undefined
            }
          />
          <h2 className="nhsuk-heading-m">Offered, and together</h2>
          {pairs.length === 0 ? (
            <Empty>No pairs yet.</Empty>
          ) : (
            <Table
              caption="Pairs"
              captionHidden
              columns={[{ title: 'Who' }, { title: 'Where it is' }, { title: 'Answer' }]}
              rows={pairs.slice(0, pageSize).map(each => [
                `${each.one} and ${each.other}`,
                each.since_on
                  ? `Buddies since ${dateInWords(each.since_on)}`
                  : `Offered on ${dateInWords(each.offered_on)}`,
                <a key="answer" href={buddyPaths.answer(network.slug, each.id)}>
                  Write down what they said
                  <span className="nhsuk-u-visually-hidden">
                    : {each.one} and {each.other}
                  </span>
                </a>,
              ])}
            />
          )}
          <Pagination
            previous={before ? { href: here, label: 'newest pairs' } : undefined}
            next={
              pairs.length > pageSize
                ? { href: `${here}?before=${pairs[pageSize - 1]!.id}`, label: 'older pairs' }
                : undefined
            }
          />
        </>
      ),
    })
  },
})

const options = (people: readonly { id: number; name: string; buddies: number }[]) =>
  people.map(each => ({
    value: String(each.id),
    text: each.buddies === 0 ? each.name : `${each.name} (has ${each.buddies})`,
  }))

const offerRoute = form('/:network/team/buddies/offer', {
  who: theTeam,
  audit: 'buddies-offered',
  fields: z.object({
    one: pickedId('Choose who would like a buddy'),
    other: pickedId('Choose who could be their buddy'),
  }),
  async screen(visit: Visit, { values, errors: mistakes }) {
    const people = options(await possibleBuddies(visit))
    return {
      title: 'Offer two people each other',
      back: { href: buddyPaths.team(visit.network.slug), text: 'Buddies' },
      body: (
        <Form hidden={visit.hidden} button="Ask both of them">
          <p>
            Both are asked, each in their own way. It begins when both have said yes. Who rests now is not in
            the list.
          </p>
          <Select
            name="one"
            label="Who would like a buddy?"
            empty="Choose a person"
            value={values.one ?? visit.query.get('one') ?? undefined}
            options={people}
            errors={mistakes}
          />
          <Select
            name="other"
            label="Who could be their buddy?"
            hint="The number tells how many buddies somebody has, so that the same few are not always asked."
            empty="Choose a person"
            value={values.other}
            options={people}
            errors={mistakes}
          />
        </Form>
      ),
    }
  },
  async submit(visit: Visit, { one, other }) {
    const done = await offerBuddies(visit, { one, other })
    return done.accepted
      ? { to: buddyPaths.team(visit.network.slug) }
      : refused(done, done.reason === 'no-one' ? 'one' : 'other')
  },
})

const howField = choice('Choose how they said it', ['phone', 'post', 'in-person'])

function How({
  value,
  mistakes,
}: {
  value: string | undefined
  mistakes: readonly { field?: string; message: string }[]
}) {
  return (
    <Radios
      name="how"
      label="How did they say it?"
      value={value}
      errors={mistakes}
      options={[
        { value: 'phone', label: 'On the phone' },
        { value: 'post', label: 'By post' },
        { value: 'in-person', label: 'In the room' },
      ]}
    />
  )
}

const recordWishRoute = form('/:network/team/buddies/wish', {
  who: theTeam,
  audit: 'buddy-wished-on-behalf',
  fields: z.object({
    person: pickedId('Choose who would like a buddy'),
    how: howField,
    words: optionalText({ max: 1000, name: 'What would help' }),
  }),
  async screen(visit: Visit, { values, errors: mistakes }) {
    return {
      title: 'Somebody would like a buddy',
      back: { href: buddyPaths.team(visit.network.slug), text: 'Buddies' },
      body: (
        <Form hidden={visit.hidden} button="Write it down">
          <Select
            name="person"
            label="Who would like a buddy?"
            empty="Choose a person"
            value={values.person ?? visit.query.get('person') ?? undefined}
            options={options(await possibleBuddies(visit))}
            errors={mistakes}
          />
          <How value={values.how} mistakes={mistakes} />
          <TextArea
            name="words"
            label="What would help them"
            optional
            value={values.words}
            rows={3}
            maxCharacters={1000}
            errors={mistakes}
          />
        </Form>
      ),
    }
  },
  async submit(visit: Visit, { person, how, words }) {
    const done = await wishForBuddy(visit, { personId: person, how, words })
    return done.accepted ? { to: buddyPaths.team(visit.network.slug) } : refused(done, 'person')
  },
})

type Here = Visit<LoadedPair>

/** For somebody who answers by phone or by post. */
const answerRoute = form('/:network/team/buddies/:pair', {
  who: theTeam,
  audit: 'buddy-answered-on-behalf',
  load: ({ tx, params }, how) => loadPair(tx, params.pair, how),
  fields: z.object({
    who: choice('Choose who said it', ['one', 'other']),
    answer: choice('Choose what they said', ['yes', 'no', 'end']),
    phone: several(),
  }),
  screen: (visit: Here, { values, lists, errors: mistakes }) => {
    const { thing, network } = visit
    const open = thing.it.state === 'offered' || thing.it.state === 'together'
    const said = (side: 'one' | 'other') =>
      thing.it.state === 'offered'
        ? thing.it.accepted[side]
          ? 'Said yes'
          : 'Has not answered yet'
        : stateWords[thing.it.state]
    return {
      title: `${thing.one.name} and ${thing.other.name}`,
      caption: 'Buddies',
      back: { href: buddyPaths.team(network.slug), text: 'Buddies' },
      body: (
        <>
          <SummaryList
            rows={[
              { key: thing.one.name, value: said('one') },
              { key: thing.other.name, value: said('other') },
            ]}
          />
          {open && (
            <Form hidden={visit.hidden} button="Write it down">
              <Radios
                name="who"
                label="Who told you?"
                value={values.who}
                errors={mistakes}
                options={[
                  { value: 'one', label: thing.one.name },
                  { value: 'other', label: thing.other.name },
                ]}
              />
              <Radios
                name="answer"
                label="What did they say?"
                value={values.answer}
                errors={mistakes}
                options={
                  thing.it.state === 'offered'
                    ? [
                        { value: 'yes', label: 'Yes' },
                        { value: 'no', label: 'No' },
                      ]
                    : [{ value: 'end', label: 'They want to end it' }]
                }
              />
              {thing.it.state === 'offered' && (
                <Checkboxes
                  name="phone"
                  label="May the buddy have their phone number?"
                  errors={mistakes}
                  values={lists.phone ?? []}
                  options={[{ value: 'yes', label: 'Yes, they said so' }]}
                />
              )}
            </Form>
          )}
        </>
      ),
    }
  },
  async submit(visit: Here, { who, answer, phone }) {
    const { thing } = visit
    if (answer === 'yes') {
      const done = await sayYes(visit, thing, {
        side: who,
        showsPhone: phone.includes('yes'),
        recorded: true,
      })
      if (!done.accepted)
        return errors({
          field: 'who',
          message: done.reason === 'said' ? `${thing[who].name} has said yes already` : done.sentence,
        })
      return { to: buddyPaths.answer(visit.network.slug, thing.id) }
    }
    const done = answer === 'no' ? await sayNo(visit, thing) : await endPair(visit, thing)
    return done.accepted ? { to: buddyPaths.team(visit.network.slug) } : refused(done, 'answer')
  },
})

const stateWords = { offered: 'Offered', together: 'Buddies', declined: 'Did not come about', ended: 'Ended' }

export const teamRoutes = [listRoute, offerRoute, recordWishRoute, answerRoute]
