import { z } from 'zod'
import {
  ButtonLink,
  Details,
  Empty,
  Form,
  InsetText,
  LinkList,
  Pagination,
  Quote,
  Select,
  Table,
  TextArea,
  TextField,
} from '#design/index.ts'
import { dateInWords, momentInWords } from '#kernel/calendar/words.ts'
import { dayOf } from '#kernel/calendar/working-days.ts'
import { promisedBy } from '#kernel/clocks.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { optionalId, text } from '#platform/form/fields.ts'
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
import { aVolunteerAlone, mayEnter, moderates, type Space } from './access.ts'
import { beginTopic, changeRules, openSpace, reportPost, takePostAway, writePost } from './changes.ts'
import { spacePaths } from './paths.ts'
import {
  loadPost,
  loadSpace,
  loadTopic,
  type OnePost,
  type Post,
  pageSize,
  peopleOf,
  spacesOf,
  type Topic,
  topicsOf,
} from './store.ts'

export const noPatients = 'Please do not name patients or give details that could tell who they are.'
const wordsField = text('Write what you want to say', { max: 4000, name: 'What you say' })
const numberIn = (given: string | null) => (/^\d{1,9}$/.test(given ?? '') ? Number(given) : undefined)

/** What is written into the audit log: that somebody did something here, and never what. */
export const audit = 'own-space-changed'

const listRoute = page('/:network/own-space', {
  who: aVolunteerAlone,
  audit: 'nothing',
  async handler(visit) {
    const { network } = visit
    const spaces = await spacesOf(visit.tx, visit.me)
    return show({
      title: 'Volunteers’ own space',
      body: (
        <>
          <p>
            Here volunteers talk among themselves. No member of staff, no chair and no administrator can read
            it: not on a page, not in a search, not in a message. Somebody who is a volunteer and holds a post
            as well cannot either.
          </p>
          <LinkList
            links={spaces
              .filter(each => each.space_id !== null)
              .map(each => ({
                href: spacePaths.one(network.slug, each.space_id!),
                text: theirs(each.name),
                hint: each.moderator ? `Moderator: ${theirs(each.moderator)}` : 'No moderator yet',
              }))}
          />
          {spaces
            .filter(each => each.space_id === null)
            .map(each => (
              <Form
                key={each.name}
                action={spacePaths.open(network.slug)}
                hidden={{ ...visit.hidden, group: each.group_id === null ? '' : String(each.group_id) }}
                button={`Open a space: ${theirs(each.name)}`}
              />
            ))}
        </>
      ),
    })
  },
})

const openRoute = form('/:network/own-space/open', {
  who: aVolunteerAlone,
  audit,
  page: false,
  fields: z.object({ group: optionalId() }),
  screen: () => ({ title: 'Volunteers’ own space', body: <p>Go back and try again.</p> }),
  async submit(visit: Visit, { group }) {
    const mine = visit.me.memberships.some(each => each.groupId === group)
    if (group !== undefined && !mine) return errors({ message: 'You can open a space for your own groups' })
    const done = await openSpace(visit, group ?? null)
    return done.accepted ? { to: spacePaths.one(visit.network.slug, done.id) } : refused(done)
  },
})

export const loadHere = ({ tx, params }: Visit<undefined>, how: { forChange: boolean }) =>
  loadSpace(tx, params.space, how)

const spaceRoute = page<Space>('/:network/own-space/:space', {
  who: mayEnter,
  audit: 'nothing',
  load: loadHere,
  async handler(visit) {
    const { thing, network, query } = visit
    const before = numberIn(query.get('before'))
    const topics = await topicsOf(visit.tx, thing.spaceId, before)
    const at = (rest: string) => spacePaths.in(network.slug, thing.spaceId, rest)
    return show({
      title: theirs(thing.name),
      caption: 'Volunteers’ own space',
      back: { href: spacePaths.list(network.slug), text: 'Volunteers’ own space' },
      wide: true,
      body: (
        <>
          <p>Only volunteers can read this. No member of staff, no chair and no administrator can.</p>
          <ButtonLink href={at('topics/new')}>Begin a topic</ButtonLink>
          {topics.length === 0 ? (
            <Empty>Nobody has begun a topic yet. Say hello!</Empty>
          ) : (
            <Table
              caption="Topics"
              columns={[{ title: 'Topic' }, { title: 'Posts', numeric: true }, { title: 'Last post' }]}
              rows={topics.slice(0, pageSize).map(each => [
                <a key="topic" href={spacePaths.topic(network.slug, thing.spaceId, each.id)}>
                  <bdi>{each.title}</bdi>
                </a>,
                each.posts,
                dateInWords(dayOf(each.last_at)),
              ])}
            />
          )}
          <Pagination
            previous={
              before ? { href: spacePaths.one(network.slug, thing.spaceId), label: 'newest' } : undefined
            }
            next={
              topics.length > pageSize
                ? {
                    href: `${spacePaths.one(network.slug, thing.spaceId)}?before=${topics[pageSize - 1]!.id}`,
                  }
                : undefined
            }
          />
          <h2 className="nhsuk-heading-m">More in this space</h2>
          <LinkList
            links={[
              {
                href: at('bring'),
                text: 'Bring something out together',
                hint: 'As one contribution of all who put their name to it.',
              },
              { href: at('rules'), text: 'House rules' },
              {
                href: at('moderator'),
                text: 'The moderator and how one is elected',
                hint: thing.moderatorName ? `Now: ${theirs(thing.moderatorName)}` : 'There is none now.',
              },
              { href: at('reports'), text: 'Reported posts' },
            ]}
          />
        </>
      ),
    })
  },
})

const newTopicRoute = form('/:network/own-space/:space/topics/new', {
  who: mayEnter,
  audit,
  load: loadHere,
  guardsVersion: false,
  fields: z.object({
    title: text('Write what it is about', { max: 100, name: 'What it is about' }),
    words: wordsField,
    whose: optionalId(),
  }),
  screen: async (visit: Visit<Space>, filled) => ({
    title: 'Begin a topic',
    caption: theirs(visit.thing.name),
    back: { href: spacePaths.one(visit.network.slug, visit.thing.spaceId), text: theirs(visit.thing.name) },
    body: (
      <Form hidden={visit.hidden} button="Post it">
        <TextField
          name="title"
          label="What is it about?"
          hint="A few words, up to 100 characters."
          value={filled.values.title}
          errors={filled.errors}
        />
        <WordsField filled={filled} />
        <Whose visit={visit} filled={filled} people={await peopleOf(visit, visit.thing.groupId)} />
      </Form>
    ),
  }),
  async submit(visit: Visit<Space>, { title, words, whose }) {
    const done = await beginTopic(visit, visit.thing, { title, words, forPersonId: whose })
    return done.accepted
      ? { to: spacePaths.topic(visit.network.slug, visit.thing.spaceId, done.id) }
      : refused(done, 'whose')
  },
})

function WordsField({ filled }: { filled: Filled }) {
  return (
    <TextArea
      name="words"
      label="What you want to say"
      hint={noPatients}
      value={filled.values.words}
      maxCharacters={4000}
      errors={filled.errors}
    />
  )
}

/** For a volunteer without a computer: another one writes down what they said. */
function Whose(props: {
  visit: Visit<Space>
  filled: Filled
  people: readonly { id: number; name: string }[]
}) {
  const { filled, visit } = props
  return (
    <Select
      name="whose"
      label="Whose words are these?"
      hint="Choose a name if another volunteer told you, for example on the phone."
      empty="My own"
      value={filled.values.whose}
      options={props.people
        .filter(each => each.id !== visit.me.personId)
        .map(each => ({ value: String(each.id), text: theirs(each.name) }))}
      errors={filled.errors}
    />
  )
}

const topicRoute = form('/:network/own-space/:space/topics/:topic', {
  who: mayEnter as Rule<Topic>,
  audit,
  guardsVersion: false,
  async load(visit: Visit<undefined>): Promise<Topic | undefined> {
    const space = await loadSpace(visit.tx, visit.params.space)
    return (
      space && (await loadTopic(visit.tx, space, visit.params.topic, numberIn(visit.query.get('after')) ?? 0))
    )
  },
  fields: z.object({ words: wordsField, whose: optionalId() }),
  screen: topicScreen,
  async submit(visit: Visit<Topic>, { words, whose }) {
    const done = await writePost(visit, visit.thing, visit.thing.topicId, { words, forPersonId: whose })
    return done.accepted
      ? { to: spacePaths.topic(visit.network.slug, visit.thing.spaceId, visit.thing.topicId) }
      : refused(done, 'whose')
  },
})

async function topicScreen(visit: Visit<Topic>, filled: Filled): Promise<Screen> {
  const { thing, network, query } = visit
  const here = spacePaths.topic(network.slug, thing.spaceId, thing.topicId)
  const people = await peopleOf(visit, thing.groupId)
  return {
    title: theirs(thing.title),
    caption: theirs(thing.name),
    back: { href: spacePaths.one(network.slug, thing.spaceId), text: theirs(thing.name) },
    body: (
      <>
        {thing.posts.map(each => (
          <OnePostShown key={each.id} post={each} visit={visit} />
        ))}
        <Pagination
          previous={query.has('after') ? { href: here, label: 'first posts' } : undefined}
          next={
            thing.more ? { href: `${here}?after=${thing.posts.at(-1)!.id}`, label: 'later posts' } : undefined
          }
        />
        <h2 className="nhsuk-heading-m">Say something</h2>
        <Form action={here} hidden={visit.hidden} button="Post it">
          <WordsField filled={filled} />
          <Whose visit={visit} filled={filled} people={people} />
        </Form>
      </>
    ),
  }
}

function OnePostShown({ post, visit }: { post: Post; visit: Visit<Topic> }) {
  const { thing, network, me } = visit
  const mine = post.authorId === me.personId
  const at = (rest: string) => spacePaths.in(network.slug, thing.spaceId, `posts/${post.id}/${rest}`)
  const by = `${byWords(post, mine)}, ${momentInWords(post.at)}`
  const links = (
    <p>
      {mine ? (
        <a href={at('take-away')}>
          Take it away
          <span className="nhsuk-u-visually-hidden"> (your post of {momentInWords(post.at)})</span>
        </a>
      ) : (
        <a href={at('report')}>
          Report it<span className="nhsuk-u-visually-hidden"> (the post of {by})</span>
        </a>
      )}
    </p>
  )
  if (post.hiddenBecause !== null) {
    return (
      <>
        <InsetText>
          A post of {post.author ? theirs(post.author) : 'somebody who has left'} is hidden. Why:{' '}
          <bdi>{post.hiddenBecause}</bdi>
        </InsetText>
        {mine && (
          <>
            <Quote words={post.words} by="Only you see your words" />
            {links}
          </>
        )}
      </>
    )
  }
  if (post.reported) {
    return (
      <>
        <p>A post was reported and is being looked at.</p>
        <Details summary={`Show the post of ${by}`}>
          <Quote words={post.words} by={by} />
        </Details>
        {links}
      </>
    )
  }
  return (
    <>
      <Quote words={post.words} by={by} />
      {links}
    </>
  )
}

function byWords(post: Post, mine: boolean): string {
  const writer = mine ? 'You' : post.author ? theirs(post.author) : 'Somebody who has left'
  return post.forName ? `${theirs(post.forName)}, written down by ${mine ? 'you' : writer}` : writer
}

export const postLoad = async ({ tx, params }: Visit<undefined>): Promise<OnePost | undefined> => {
  const space = await loadSpace(tx, params.space)
  return space && (await loadPost(tx, space, params.post))
}
export const mayEnterPost = mayEnter as Rule<OnePost>

const reportRoute = form('/:network/own-space/:space/posts/:post/report', {
  who: mayEnterPost,
  audit,
  guardsVersion: false,
  load: postLoad,
  fields: z.object({ because: text('Write what troubles you', { max: 1000, name: 'What troubles you' }) }),
  screen: (visit: Visit<OnePost>, { values, errors: mistakes }) => {
    const { thing, network } = visit
    const due = promisedBy('post-report', visit.today, visit.network.clocks)
    return {
      title: 'Report a post',
      caption: theirs(thing.name),
      back: { href: spacePaths.topic(network.slug, thing.spaceId, thing.topicId), text: 'Back to the topic' },
      body: (
        <>
          <Quote words={thing.words} by={thing.author ? theirs(thing.author) : 'Somebody who has left'} />
          <p>
            {whoLooks(thing)} looks at it by {dateInWords(due)}. Who wrote the post does not hear who reported
            it. If somebody is in danger, ring 999. What worries you about how you or others are treated can
            also be raised as a concern.
          </p>
          <Form hidden={visit.hidden} button="Report it">
            <TextArea
              name="because"
              label="What troubles you about it?"
              value={values.because}
              rows={4}
              maxCharacters={1000}
              errors={mistakes}
            />
          </Form>
        </>
      ),
    }
  },
  async submit(visit: Visit<OnePost>, { because }) {
    const done = await reportPost(visit, visit.thing, because)
    return done.accepted
      ? { to: spacePaths.topic(visit.network.slug, visit.thing.spaceId, visit.thing.topicId) }
      : refused(done, 'because')
  },
})

const whoLooks = (post: OnePost) =>
  post.moderatorName && post.moderatorId !== post.authorId
    ? `${theirs(post.moderatorName)}, the moderator,`
    : 'Another volunteer of this space'

const takeAwayRoute = form('/:network/own-space/:space/posts/:post/take-away', {
  who: mayEnterPost,
  audit,
  guardsVersion: false,
  load: async (visit: Visit<undefined>) => {
    const post = await postLoad(visit)
    return post?.authorId === visit.actor?.personId ? post : undefined
  },
  fields: z.object({}),
  screen: (visit: Visit<OnePost>) => ({
    title: 'Take your post away?',
    caption: theirs(visit.thing.name),
    back: {
      href: spacePaths.topic(visit.network.slug, visit.thing.spaceId, visit.thing.topicId),
      text: 'Back to the topic',
    },
    body: (
      <>
        <Quote words={visit.thing.words} by="You" />
        <p>It is gone for good.</p>
        <Form hidden={visit.hidden} button="Take it away" warning />
      </>
    ),
  }),
  async submit(visit: Visit<OnePost>) {
    const done = await takePostAway(visit, visit.thing)
    return done.accepted ? { to: spacePaths.one(visit.network.slug, visit.thing.spaceId) } : refused(done)
  },
})

const rulesRoute = form('/:network/own-space/:space/rules', {
  who: mayEnter,
  audit,
  load: loadHere,
  fields: z.object({ rules: text('Write the house rules', { max: 4000, name: 'The house rules' }) }),
  screen: (visit: Visit<Space>, { values, errors: mistakes }) => {
    const { thing } = visit
    return {
      title: 'House rules',
      caption: theirs(thing.name),
      back: { href: spacePaths.one(visit.network.slug, thing.spaceId), text: theirs(thing.name) },
      body: (
        <>
          <ul className="nhsuk-list nhsuk-list--bullet">
            {thing.rules
              .split('\n')
              .filter(each => each.trim() !== '')
              .map(each => (
                <li key={each}>
                  <bdi>{each}</bdi>
                </li>
              ))}
          </ul>
          {moderates(visit.me, thing) ? (
            <Form hidden={visit.hidden} button="Save the rules">
              <TextArea
                name="rules"
                label="Change the rules"
                hint="One rule on each line. Talk about it with the others first."
                value={values.rules ?? thing.rules}
                maxCharacters={4000}
                errors={mistakes}
              />
            </Form>
          ) : (
            <p>The moderator whom you elected can change them.</p>
          )}
        </>
      ),
    }
  },
  async submit(visit: Visit<Space>, { rules }) {
    const done = await changeRules(visit, visit.thing, rules)
    return done.accepted
      ? { to: spacePaths.in(visit.network.slug, visit.thing.spaceId, 'rules') }
      : refused(done)
  },
})

export const talkRoutes = [
  listRoute,
  openRoute,
  newTopicRoute,
  topicRoute,
  reportRoute,
  takeAwayRoute,
  rulesRoute,
  spaceRoute,
]
