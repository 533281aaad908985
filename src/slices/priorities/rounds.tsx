import { z } from 'zod'
import {
  ButtonLink,
  Checkboxes,
  DateField,
  Empty,
  Form,
  InsetText,
  LinkList,
  Pagination,
  Quote,
  Radios,
  Select,
  StatusTag,
  Table,
  TextArea,
  TextField,
} from '#design/index.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import { reference } from '#kernel/references.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { optionalId, pickedId, readDateFields, several, text, withDate } from '#platform/form/fields.ts'
import {
  type Filled,
  form,
  type Load,
  errors as mistakes,
  page,
  refused,
  type Screen,
  type Submitted,
  show,
  type Visit,
} from '#platform/http/route.ts'
import { anInsider, anyOf, isTeam, isVolunteer, personRule, theTeam } from '#platform/permission.ts'
import {
  adoptPriorities,
  openRound,
  proposeIdea,
  rankIdeas,
  takeDownTalk,
  talkAbout,
  volunteersOf,
  withdrawIdea,
} from './changes.ts'
import { priorityPaths } from './paths.ts'
import { phaseOf } from './round.ts'
import { type Idea, type LoadedRound, loadRound, publicPriorities, rankingOf } from './store.ts'
import type { ToldHow } from './tables.ts'

const volunteerOrTeam = anyOf(personRule('a volunteer', isVolunteer), theTeam)
type Here = Visit<LoadedRound>
const load: Load<LoadedRound> = (visit, how) => loadRound(visit, visit.params.round, how)
const pathOf = (visit: Here) => priorityPaths.round(visit.network.slug, visit.thing.id)
const taken = (visit: Here, done: { accepted: boolean; sentence?: string }, field?: string): Submitted =>
  done.accepted ? { to: pathOf(visit) } : refused(done as { sentence: string }, field)
const phaseWords = {
  proposing: 'People propose',
  ranking: 'People put the ideas in order',
  'to-count': 'Is being counted',
  counted: 'Waits for the board',
  adopted: 'The board has decided',
} as const
const pageSize = 25

const list = page('/:network/priorities/choosing', {
  who: anInsider,
  audit: 'nothing',
  async handler(visit) {
    const { slug } = visit.network
    const before = visit.query.get('before') ?? ''
    const found = await visit.tx
      .selectFrom('priority_round')
      .selectAll()
      .$if(/^\d{1,9}$/.test(before), query => query.where('id', '<', Number(before)))
      .orderBy('id', 'desc')
      .limit(pageSize + 1)
      .execute()
    const rows = found.slice(0, pageSize)
    return show({
      title: 'Choosing what comes first',
      back: { href: priorityPaths.list(slug), text: 'What we work on first' },
      body: (
        <>
          <p>Volunteers propose what the network should work on, talk about it and put it in order.</p>
          {isTeam(visit.me) && (
            <ButtonLink href={priorityPaths.newRound(slug)}>Ask all volunteers</ButtonLink>
          )}
          {rows.length === 0 ? (
            <Empty>Nobody has been asked yet.</Empty>
          ) : (
            <Table
              caption="Rounds"
              captionHidden
              columns={[{ title: 'Round' }, { title: 'Where it is' }]}
              rows={rows.map(row => [
                <a key="round" href={priorityPaths.round(slug, row.id)}>
                  {row.title}
                </a>,
                phaseWords[
                  phaseOf(
                    {
                      proposeUntil: row.propose_until,
                      rankUntil: row.rank_until,
                      isCounted: row.counted_at !== null,
                      isAdopted: row.adopted_at !== null,
                      ideaIds: [],
                    },
                    visit.today,
                  )
                ],
              ])}
            />
          )}
          <Pagination
            next={
              found.length > pageSize
                ? { href: `${priorityPaths.rounds(slug)}?before=${rows.at(-1)!.id}` }
                : undefined
            }
          />
          <LinkList links={[{ href: priorityPaths.how(slug), text: 'How we choose, and why it is fair' }]} />
        </>
      ),
    })
  },
})

const rankDay = z.unknown().transform((parts, context) => {
  const read = readDateFields(parts as Record<string, unknown>, 'rank')
  if (read.ok) return read.date
  context.addIssue({
    code: 'custom',
    message: read.nothing ? 'Enter the last day of the ranking' : read.sentence,
  })
  return z.NEVER
})
const roundFields = z.preprocess(
  raw => (typeof raw === 'object' && raw !== null ? { ...raw, rank: raw } : raw),
  withDate(
    'propose',
    { required: 'Enter the last day to propose' },
    { title: text('Say what it is about', { max: 100, name: 'What it is about' }), rank: rankDay },
  ),
)

const newRound = form('/:network/priorities/choosing/new', {
  who: theTeam,
  audit: 'priorities-round-opened',
  fields: roundFields,
  screen: (visit: Visit, { values, errors }) => {
    const dateOf = (name: string) => ({
      day: values[`${name}-day`],
      month: values[`${name}-month`],
      year: values[`${name}-year`],
    })
    return {
      title: 'Ask all volunteers what comes first',
      back: { href: priorityPaths.rounds(visit.network.slug), text: 'Choosing what comes first' },
      body: (
        <Form hidden={visit.hidden} button="Ask them">
          <p>Every volunteer hears of it in their own way, and once more when the ranking begins.</p>
          <TextField
            name="title"
            label="What is it about?"
            hint="For example, “Our priorities for 2027”."
            value={values.title}
            errors={errors}
          />
          <DateField
            name="propose"
            label="Until which day can people propose?"
            value={dateOf('propose')}
            errors={errors}
          />
          <DateField
            name="rank"
            label="Until which day can they rank?"
            value={dateOf('rank')}
            errors={errors}
          />
        </Form>
      ),
    }
  },
  async submit(visit: Visit, { title, propose, rank }) {
    const made = await openRound(visit, { title, proposeUntil: propose, rankUntil: rank })
    if (made.accepted) return { to: priorityPaths.round(visit.network.slug, made.id) }
    return refused(made, made.reason === 'rank-first' ? 'rank' : 'propose')
  },
})

const one = page<LoadedRound>('/:network/priorities/choosing/:round', {
  who: anInsider,
  audit: 'nothing',
  load,
  handler: visit => show(roundScreen(visit)),
})

function roundScreen(visit: Here): Screen {
  const { thing, network, today, me } = visit
  const { slug } = network
  const phase = phaseOf(thing, today)
  const may = volunteerOrTeam.holds(me, undefined)
  const ideas = thing.ideas.filter(each => !each.withdrawn)
  return {
    title: thing.title,
    caption: 'Choosing what comes first',
    back: { href: priorityPaths.rounds(slug), text: 'All rounds' },
    body: (
      <>
        <p>
          <StatusTag tone={phase === 'adopted' ? 'good' : 'moving'}>{phaseWords[phase]}</StatusTag>
        </p>
        <InsetText>
          {phase === 'proposing' &&
            `You can propose until ${dateInWords(thing.proposeUntil)}. Then people put the ideas in order, until ${dateInWords(thing.rankUntil)}.`}
          {phase === 'ranking' &&
            `You can put the ideas in order until ${dateInWords(thing.rankUntil)}. ${thing.ranked === 1 ? '1 person' : `${thing.ranked} people`} did so far.`}
          {phase === 'to-count' && 'The ranking is over. It is counted in a few minutes.'}
          {phase === 'counted' && 'The ranking is over. Next, the board votes on it.'}
          {phase === 'adopted' &&
            `The board decided in its vote ${thing.motionNumber === null ? '' : reference('V', thing.motionNumber)}.`}
        </InsetText>
        {may && phase === 'proposing' && (
          <ButtonLink href={priorityPaths.do(slug, thing.id, 'propose')}>Propose something</ButtonLink>
        )}
        {may && phase === 'ranking' && ideas.length > 0 && (
          <ButtonLink href={priorityPaths.do(slug, thing.id, 'rank')}>Put the ideas in order</ButtonLink>
        )}
        {isTeam(me) && phase === 'counted' && (
          <ButtonLink href={priorityPaths.do(slug, thing.id, 'adopt')}>
            Write down what the board decided
          </ButtonLink>
        )}
        {thing.result && <League visit={visit} />}
        <h2 className="nhsuk-heading-m">The ideas</h2>
        {ideas.length === 0 ? (
          <Empty>Nobody has proposed anything yet.</Empty>
        ) : (
          <LinkList
            links={ideas.map(each => ({
              href: priorityPaths.idea(slug, thing.id, each.id),
              text: each.title,
              hint: `${each.by ? theirs(each.by) : 'Somebody who has left'}. ${each.talk.length === 1 ? '1 person' : each.talk.length === 0 ? 'Nobody' : `${each.talk.length} times somebody`} said something about it.`,
            }))}
          />
        )}
        <LinkList links={[{ href: priorityPaths.how(slug), text: 'How we choose, and why it is fair' }]} />
      </>
    ),
  }
}

function League({ visit }: { visit: Here }) {
  const { thing, network } = visit
  const { people, rows } = thing.result!
  return (
    <Table
      caption={`The order, as ${people === 1 ? '1 person' : `${people} people`} wished it`}
      columns={[
        { title: 'Idea' },
        { title: 'Place', numeric: true },
        { title: 'Points', numeric: true },
        { title: 'Won, level, lost' },
        { title: 'For less against', numeric: true },
      ]}
      rows={rows.map(row => {
        const idea = thing.ideas.find(each => each.id === row.id)
        return [
          <a key="idea" href={priorityPaths.idea(network.slug, thing.id, row.id)}>
            {idea?.title}
          </a>,
          row.place,
          row.points,
          `${row.won}, ${row.drawn}, ${row.lost}`,
          row.margin,
        ]
      })}
    />
  )
}

/** The team, for a volunteer who told them by phone, by post or in the room. */
async function ForWhom({ visit, filled }: { visit: Visit<unknown>; filled: Filled }) {
  if (!isTeam(visit.me)) return null
  const people = await volunteersOf(visit)
  const { values, errors } = filled
  return (
    <>
      <Select
        name="person"
        label="Which volunteer told you this?"
        empty="Choose a volunteer"
        value={values.person}
        options={people.map(each => ({ value: String(each.id), text: each.name }))}
        errors={errors}
      />
      <Radios
        name="how"
        label="How did they tell you?"
        value={values.how}
        errors={errors}
        options={[
          { value: 'phone', label: 'On the phone' },
          { value: 'post', label: 'By post' },
          { value: 'in-person', label: 'In the room' },
        ]}
      />
    </>
  )
}
const forWhom = { person: optionalId(), how: z.string().optional() }
function whoSpeaks(visit: Visit<unknown>, given: { person?: number | undefined; how?: string | undefined }) {
  if (!isTeam(visit.me)) return { personId: visit.me.personId, how: 'web' as ToldHow }
  if (given.person === undefined)
    return mistakes({ field: 'person', message: 'Choose which volunteer told you' })
  const how = (['phone', 'post', 'in-person'] as const).find(each => each === given.how)
  if (!how) return mistakes({ field: 'how', message: 'Choose how they told you' })
  return { personId: given.person, how: how as ToldHow }
}

const propose = form('/:network/priorities/choosing/:round/propose', {
  load,
  who: volunteerOrTeam,
  audit: 'priority-proposed',
  guardsVersion: false,
  fields: z.object({
    title: text('Say in a few words what it is', { max: 100, name: 'What it is' }),
    why: text('Say why it should come first', { max: 2000, name: 'Why' }),
    ...forWhom,
  }),
  screen: async (visit: Here, filled) => ({
    title: 'Propose something',
    caption: visit.thing.title,
    back: { href: pathOf(visit), text: 'Back' },
    body: (
      <Form hidden={visit.hidden} button="Propose it" secondary={{ text: 'Not now', href: pathOf(visit) }}>
        {await ForWhom({ visit, filled })}
        <TextField
          name="title"
          label="What should we work on?"
          hint="A few words, such as “Shorter waits for children”."
          value={filled.values.title}
          errors={filled.errors}
        />
        <TextArea
          name="why"
          label="Why should it come first?"
          hint="Everybody in the network can read it. Do not write anything that shows who a patient is."
          value={filled.values.why}
          maxCharacters={2000}
          rows={4}
          errors={filled.errors}
        />
      </Form>
    ),
  }),
  async submit(visit: Here, given) {
    const who = whoSpeaks(visit, given)
    if (!('personId' in who)) return who
    const done = await proposeIdea(visit, visit.thing, { ...who, title: given.title, why: given.why })
    return done.accepted
      ? { to: priorityPaths.idea(visit.network.slug, visit.thing.id, done.id) }
      : refused(done, done.reason === 'not-a-volunteer' && isTeam(visit.me) ? 'person' : undefined)
  },
})

const rank = form('/:network/priorities/choosing/:round/rank', {
  load,
  who: volunteerOrTeam,
  audit: 'priorities-ranked',
  guardsVersion: false,
  fields: z.looseObject(forWhom),
  async screen(visit: Here, filled) {
    const { thing, network } = visit
    const ideas = thing.ideas.filter(each => !each.withdrawn)
    const own = isTeam(visit.me) ? undefined : await rankingOf(visit, thing.id, visit.me.personId)
    return {
      title: 'Put the ideas in order',
      caption: thing.title,
      back: { href: pathOf(visit), text: 'Back' },
      body: (
        <Form
          hidden={visit.hidden}
          button="Send the order"
          secondary={{ text: 'Not now', href: pathOf(visit) }}
        >
          <p>
            Give 1 to what should come first, then 2, 3 and so on. Two can have the same place. You can leave
            some out: they come after the others. Until {dateInWords(thing.rankUntil)} you can change it.{' '}
            <a href={priorityPaths.how(network.slug)}>How it is counted</a>
          </p>
          {own && <InsetText>You have sent an order already. What you send now counts instead.</InsetText>}
          {await ForWhom({ visit, filled })}
          {ideas.map(each => (
            <Select
              key={each.id}
              name={`place-${each.id}`}
              label={each.title}
              empty="No place"
              value={
                filled.values[`place-${each.id}`] ??
                (own?.[each.id] === undefined ? '' : String(own[each.id]))
              }
              options={ideas.map((_, n) => ({ value: String(n + 1), text: String(n + 1) }))}
              errors={filled.errors}
            />
          ))}
        </Form>
      ),
    }
  },
  async submit(visit: Here, given) {
    const who = whoSpeaks(visit, given)
    if (!('personId' in who)) return who
    const places = Object.fromEntries(
      visit.thing.ideaIds.flatMap(id => {
        const place = (given as Record<string, unknown>)[`place-${id}`]
        return typeof place === 'string' && /^\d{1,4}$/.test(place) ? [[String(id), Number(place)]] : []
      }),
    )
    const done = await rankIdeas(visit, visit.thing, { ...who, places })
    const first = visit.thing.ideaIds[0]
    return taken(
      visit,
      done,
      !done.accepted && done.reason === 'nothing' && first ? `place-${first}` : undefined,
    )
  },
})

interface WithIdea extends LoadedRound {
  readonly idea: Idea
}
const loadIdea: Load<WithIdea> = async (visit, how) => {
  const round = await loadRound(visit, visit.params.round, how)
  const idea = round?.ideas.find(each => String(each.id) === visit.params.idea)
  return round && idea && !idea.withdrawn ? { ...round, idea } : undefined
}
const ideaPath = (visit: Visit<WithIdea>) =>
  priorityPaths.idea(visit.network.slug, visit.thing.id, visit.thing.idea.id)

const ideaPage = page<WithIdea>('/:network/priorities/choosing/:round/ideas/:idea', {
  who: anInsider,
  audit: 'nothing',
  load: loadIdea,
  handler: visit => show(ideaScreen(visit, { values: {}, lists: {}, errors: [] })),
})

function ideaScreen(visit: Visit<WithIdea>, filled: Filled): Screen {
  const { thing, network, me, today } = visit
  const { idea } = thing
  const { slug } = network
  const phase = phaseOf(thing, today)
  const step = (which: 'talk' | 'withdraw' | 'take-down') =>
    priorityPaths.ideaStep(slug, thing.id, idea.id, which)
  return {
    title: idea.title,
    caption: thing.title,
    back: { href: pathOf(visit), text: 'All ideas of this round' },
    body: (
      <>
        <Quote
          words={idea.why}
          by={`${idea.by ? theirs(idea.by) : 'Somebody who has left'}${idea.recordedBy ? `, written down by ${theirs(idea.recordedBy)}` : ''}`}
        />
        {idea.prioritySlug && (
          <p>
            The board adopted it: <a href={priorityPaths.one(slug, idea.prioritySlug)}>see the priority</a>.
          </p>
        )}
        <h2 className="nhsuk-heading-m">What people say about it</h2>
        {idea.talk.length === 0 && <Empty>Nobody has said anything about it yet.</Empty>}
        {idea.talk.map(each =>
          each.downBecause ? (
            <p key={each.id}>The team took these words down. Why: {theirs(each.downBecause)}</p>
          ) : (
            <Quote
              words={each.words}
              by={each.by ? theirs(each.by) : 'Somebody who has left'}
              key={each.id}
            />
          ),
        )}
        {(phase === 'proposing' || phase === 'ranking') && (
          <Form action={step('talk')} hidden={visit.hidden} button="Say it">
            <TextArea
              name="words"
              label="What do you say about it?"
              hint="Everybody in the network can read it, with your name."
              value={filled.values.words}
              maxCharacters={2000}
              rows={3}
              errors={filled.errors}
            />
          </Form>
        )}
        {phase === 'proposing' && idea.byId === me.personId && (
          <Form action={step('withdraw')} hidden={visit.hidden} button="Take this idea back" />
        )}
        {isTeam(me) && idea.talk.some(each => each.downBecause === '') && (
          <LinkList
            links={[{ href: step('take-down'), text: 'Take down words that hurt or show who a patient is' }]}
          />
        )}
      </>
    ),
  }
}

const talk = form('/:network/priorities/choosing/:round/ideas/:idea/talk', {
  load: loadIdea,
  who: anInsider,
  audit: 'priority-talked',
  page: false,
  guardsVersion: false,
  fields: z.object({ words: text('Write what you want to say', { max: 2000, name: 'What you say' }) }),
  screen: (visit: Visit<WithIdea>, filled) => ideaScreen(visit, filled),
  async submit(visit: Visit<WithIdea>, { words }) {
    const done = await talkAbout(visit, visit.thing, { ideaId: visit.thing.idea.id, words })
    return done.accepted ? { to: ideaPath(visit) } : refused(done, 'words')
  },
})
const withdraw = form('/:network/priorities/choosing/:round/ideas/:idea/withdraw', {
  load: loadIdea,
  who: personRule<WithIdea>('who proposed it', (actor, it) => it.idea.byId === actor.personId),
  audit: 'priority-idea-taken-back',
  page: false,
  guardsVersion: false,
  fields: z.object({}),
  screen: (visit: Visit<WithIdea>, filled) => ideaScreen(visit, filled),
  submit: async (visit: Visit<WithIdea>) =>
    taken(visit, await withdrawIdea(visit, visit.thing, visit.thing.idea.id)),
})
const takeDown = form('/:network/priorities/choosing/:round/ideas/:idea/take-down', {
  load: loadIdea,
  who: theTeam,
  audit: 'priority-words-taken-down',
  guardsVersion: false,
  fields: z.object({
    talk: pickedId('Choose what to take down'),
    because: text('Say why', { max: 500, name: 'Why' }),
  }),
  screen: (visit: Visit<WithIdea>, { values, errors }) => ({
    title: 'Take words down',
    caption: visit.thing.idea.title,
    back: { href: ideaPath(visit), text: 'Back to the idea' },
    body: (
      <Form
        hidden={visit.hidden}
        button="Take them down"
        secondary={{ text: 'Keep all', href: ideaPath(visit) }}
      >
        <Radios
          name="talk"
          label="Which words?"
          value={values.talk}
          errors={errors}
          options={visit.thing.idea.talk
            .filter(each => each.downBecause === '')
            .map(each => ({
              value: String(each.id),
              label: each.words.slice(0, 200),
              hint: each.by ?? undefined,
            }))}
        />
        <TextField
          name="because"
          label="Why?"
          hint="Everybody reads the reason in place of the words."
          value={values.because}
          errors={errors}
        />
      </Form>
    ),
  }),
  async submit(visit: Visit<WithIdea>, { talk: talkId, because }) {
    const done = await takeDownTalk(visit, visit.thing, { ideaId: visit.thing.idea.id, talkId, because })
    return done.accepted ? { to: ideaPath(visit) } : refused(done, 'talk')
  },
})

const ids = (list: readonly string[]) => list.filter(each => /^\d{1,9}$/.test(each)).map(Number)
const adopt = form('/:network/priorities/choosing/:round/adopt', {
  load,
  who: theTeam,
  audit: 'priorities-adopted',
  fields: z.object({
    motion: text('Write the number of the board’s vote, such as V-5', { max: 20, name: 'The number' }),
    ideas: several(),
    ends: several(),
  }),
  async screen(visit: Here, { values, lists, errors }) {
    const now = await publicPriorities(visit)
    const { thing } = visit
    const order = thing.result?.rows.map(each => each.id) ?? thing.ideaIds
    return {
      title: 'Write down what the board decided',
      caption: thing.title,
      back: { href: pathOf(visit), text: 'Back' },
      body: (
        <Form
          hidden={visit.hidden}
          button="Put it on the public list"
          secondary={{ text: 'Not now', href: pathOf(visit) }}
        >
          <p>
            First the board votes, as on everything: propose the motion on an item of its{' '}
            <a href={`/${visit.network.slug}/meetings`}>next meeting</a>. Come back here when it was carried.
          </p>
          <TextField
            name="motion"
            label="Which vote of the board was it?"
            hint="Its number, such as V-5."
            value={values.motion}
            width={10}
            errors={errors}
          />
          <Checkboxes
            name="ideas"
            label="What did the board adopt?"
            hint="In the order of the ranking."
            values={lists.ideas ?? []}
            errors={errors}
            options={order.map(id => ({
              value: String(id),
              label: thing.ideas.find(each => each.id === id)?.title ?? '',
            }))}
          />
          {now.length > 0 && (
            <Checkboxes
              name="ends"
              label="What is not a priority any more?"
              hint="Leave it empty if all of them stay."
              values={lists.ends ?? []}
              errors={errors}
              options={now.map(each => ({ value: String(each.id), label: each.title }))}
            />
          )}
        </Form>
      ),
    }
  },
  async submit(visit: Here, given) {
    const done = await adoptPriorities(visit, visit.thing, {
      motion: given.motion,
      ideaIds: ids(given.ideas),
      endIds: ids(given.ends),
    })
    if (done.accepted) return { to: priorityPaths.list(visit.network.slug) }
    return refused(done, done.reason === 'nothing' || done.reason === 'no-idea' ? 'ideas' : 'motion')
  },
})

export const roundRoutes = [list, newRound, one, propose, rank, ideaPage, talk, withdraw, takeDown, adopt]
