import { sql } from 'kysely'
import { z } from 'zod'
import {
  Empty,
  Form,
  InsetText,
  LinkList,
  Pagination,
  Quote,
  Radios,
  SummaryList,
  TextArea,
} from '#design/index.ts'
import { reference } from '#kernel/references.ts'
import { shorten } from '#kernel/text/graphemes.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { choice, text } from '#platform/form/fields.ts'
import { type Filled, form, refused, type Screen, type Visit } from '#platform/http/route.ts'
import type { Rule } from '#platform/permission.ts'
import { contributionPaths } from '#slices/contributions/index.ts'
import { mayEnter, type Space } from './access.ts'
import {
  type Bringing,
  beginBringing,
  dropBringing,
  rewordBringing,
  sendBringing,
  signBringing,
  takeNameAway,
} from './changes.ts'
import { kindOptions, kinds, namingOptions, namings } from './choices.ts'
import { audit, loadHere, noPatients } from './pages.tsx'
import { spacePaths } from './paths.ts'
import { loadSpace, pageSize } from './store.ts'

const wordsField = text('Write what you want to bring out', { max: 4000, name: 'What you bring out' })
const namingField = choice('Choose how you want to be named', namings)
const at = (visit: Visit<Space>, rest: string) => spacePaths.in(visit.network.slug, visit.thing.spaceId, rest)

/** All that was or is being brought out of this space, and beginning something. */
const listRoute = form('/:network/own-space/:space/bring', {
  who: mayEnter,
  audit,
  load: loadHere,
  guardsVersion: false,
  fields: z.object({
    words: wordsField,
    kind: choice('Choose what it is', kinds),
    naming: namingField,
  }),
  async screen(visit: Visit<Space>, filled) {
    const given = visit.query.get('before') ?? ''
    const before = /^\d{1,9}$/.test(given) ? Number(given) : undefined
    const found = await visit.tx
      .selectFrom('own_space_bringing')
      .select(['id', 'words', 'sent_at', 'dropped_at', 'contribution_number'])
      .where('space_id', '=', visit.thing.spaceId)
      .$if(before !== undefined, query => query.where('id', '<', before!))
      .orderBy('id', 'desc')
      .limit(pageSize + 1)
      .execute()
    const { values, errors } = filled
    return {
      title: 'Bring something out together',
      caption: theirs(visit.thing.name),
      back: { href: spacePaths.one(visit.network.slug, visit.thing.spaceId), text: theirs(visit.thing.name) },
      body: (
        <>
          <p>
            Write what you would like the network to hear. Others put their name to it. When you send it, it
            becomes one contribution of all of you: each gets the answer, and has an own say on whether it is
            closed. Nothing else leaves this space.
          </p>
          {found.length > 0 && (
            <LinkList
              links={found.slice(0, pageSize).map(each => ({
                href: at(visit, `bring/${each.id}`),
                text: theirs(shorten(each.words, 80)),
                hint:
                  each.contribution_number !== null
                    ? `Sent as ${reference('C', each.contribution_number)}`
                    : each.dropped_at
                      ? 'Dropped'
                      : 'Collects names',
              }))}
            />
          )}
          {found.length === 0 && <Empty>Nothing has been brought out yet.</Empty>}
          <Pagination
            previous={before ? { href: at(visit, 'bring'), label: 'newest' } : undefined}
            next={
              found.length > pageSize
                ? { href: `${at(visit, 'bring')}?before=${found[pageSize - 1]!.id}`, label: 'older' }
                : undefined
            }
          />
          <h2 className="nhsuk-heading-m">Begin something</h2>
          <Form hidden={visit.hidden} button="Show it to the others">
            <TextArea
              name="words"
              label="What should the network hear?"
              hint={noPatients}
              value={values.words}
              maxCharacters={4000}
              errors={errors}
            />
            <Radios
              name="kind"
              label="What is it?"
              value={values.kind}
              errors={errors}
              options={kindOptions}
            />
            <NamingField filled={filled} />
          </Form>
        </>
      ),
    }
  },
  async submit(visit: Visit<Space>, given) {
    const done = await beginBringing(visit, visit.thing, given)
    return done.accepted ? { to: at(visit, `bring/${done.id}`) } : refused(done)
  },
})

function NamingField({ filled, value }: { filled: Filled; value?: string | undefined }) {
  return (
    <Radios
      name="naming"
      label="How do you want to be named?"
      value={filled.values.naming ?? value}
      errors={filled.errors}
      options={namingOptions}
    />
  )
}

async function load(
  visit: Visit<undefined>,
  how: { forChange: boolean },
): Promise<(Bringing & { version: number }) | undefined> {
  const { tx, params } = visit
  const space = await loadSpace(tx, params.space)
  if (!space || !/^\d{1,9}$/.test(params.bringing ?? '')) return undefined
  if (how.forChange)
    await tx
      .selectFrom('own_space_bringing')
      .select('id')
      .where('id', '=', Number(params.bringing))
      .forUpdate()
      .execute()
  const found = await tx
    .selectFrom('own_space_bringing as b')
    .select([
      'b.id as bringingId',
      'b.words',
      'b.kind',
      'b.by_person_id as byId',
      'b.version as wordsVersion',
    ])
    .select([
      sql<string | null>`b.sent_at::text`.as('sentAt'),
      sql<string | null>`b.dropped_at::text`.as('droppedAt'),
      'b.contribution_number as number',
    ])
    .select(
      sql<
        Bringing['signings']
      >`coalesce((select jsonb_agg(jsonb_build_object('personId', s.person_id, 'name', p.name,
          'naming', s.naming, 'wordsVersion', s.words_version) order by s.id)
        from own_space_signing s join person p on p.network_id = s.network_id and p.id = s.person_id
        where s.network_id = b.network_id and s.bringing_id = b.id), '[]')`.as('signings'),
    )
    .where('b.id', '=', Number(params.bringing))
    .where('b.space_id', '=', space.spaceId)
    .executeTakeFirst()
  // Other words meanwhile make a form stale: nobody signs what they have not read.
  return found && { ...space, ...found, version: found.wordsVersion }
}

const inIt = mayEnter as Rule<Bringing & { version: number }>
type Here = Visit<Bringing & { version: number }>
const onThePage = {
  who: inIt,
  audit,
  load,
  screen: (visit: Here, filled: Filled) => bringingScreen(visit, filled),
} as const
const here = (visit: Here) => ({ to: at(visit, `bring/${visit.thing.bringingId}`) })

/** Puts one’s name to it. */
const signRoute = form('/:network/own-space/:space/bring/:bringing', {
  ...onThePage,
  fields: z.object({ naming: namingField }),
  async submit(visit: Here, { naming }) {
    const done = await signBringing(visit, visit.thing, naming)
    return done.accepted ? here(visit) : refused(done)
  },
})

const step = (
  name: string,
  take: (visit: Here) => Promise<{ accepted: true } | { accepted: false; reason: string; sentence: string }>,
) =>
  form(`/:network/own-space/:space/bring/:bringing/${name}`, {
    ...onThePage,
    page: false,
    fields: z.object({}),
    async submit(visit: Here) {
      const done = await take(visit)
      return done.accepted ? here(visit) : refused(done)
    },
  })

const rewordRoute = form('/:network/own-space/:space/bring/:bringing/reword', {
  ...onThePage,
  page: false,
  fields: z.object({ words: wordsField }),
  async submit(visit: Here, { words }) {
    const done = await rewordBringing(visit, visit.thing, words)
    return done.accepted ? here(visit) : refused(done)
  },
})

export const bringingRoutes = [
  listRoute,
  step('send', visit => sendBringing(visit, visit.thing)),
  step('drop', visit => dropBringing(visit, visit.thing)),
  step('take-my-name-away', visit => takeNameAway(visit, visit.thing)),
  rewordRoute,
  signRoute,
]

function bringingScreen(visit: Here, filled: Filled): Screen {
  const { thing, me, network } = visit
  const path = (rest: string) => at(visit, `bring/${thing.bringingId}/${rest}`)
  const began = thing.byId === me.personId
  const mine = thing.signings.find(each => each.personId === me.personId)
  const open = thing.sentAt === null && thing.droppedAt === null
  return {
    title: began ? 'What you bring out' : 'Put your name to this?',
    caption: theirs(thing.name),
    back: { href: at(visit, 'bring'), text: 'Bring something out together' },
    body: (
      <>
        {thing.number !== null && (
          <InsetText>
            This was sent. See what comes of it:{' '}
            <a href={contributionPaths.one(network.slug, reference('C', thing.number))}>
              {reference('C', thing.number)}
            </a>
          </InsetText>
        )}
        {thing.droppedAt && <InsetText>This was dropped. Nothing of it left the space.</InsetText>}
        <Quote words={thing.words} />
        <h2 className="nhsuk-heading-m">Who puts their name to it</h2>
        <SummaryList
          rows={thing.signings.map(each => ({
            key: theirs(each.name),
            value:
              each.wordsVersion === thing.wordsVersion
                ? (namingOptions.find(option => option.value === each.naming)?.label ?? '')
                : 'To the words before. Not yet to these.',
          }))}
        />
        {open && !began && (
          <>
            <Form
              action={at(visit, `bring/${thing.bringingId}`)}
              hidden={visit.hidden}
              button="Put my name to these words"
            >
              <NamingField filled={filled} value={mine?.naming} />
            </Form>
            {mine && (
              <Form action={path('take-my-name-away')} hidden={visit.hidden} button="Take my name away" />
            )}
          </>
        )}
        {open && began && (
          <>
            <Form action={path('send')} hidden={visit.hidden} button="Send it to the network" />
            <Form action={path('reword')} hidden={visit.hidden} button="Change the words">
              <TextArea
                name="words"
                label="Other words"
                hint="The others put their name to it again."
                value={filled.values.words ?? thing.words}
                maxCharacters={4000}
                errors={filled.errors}
              />
            </Form>
            <Form action={path('drop')} hidden={visit.hidden} button="Drop it" />
          </>
        )}
      </>
    ),
  }
}
