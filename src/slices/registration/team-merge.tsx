import { z } from 'zod'
import { Form, InsetText, Quote, Radios, Table } from '#design/index.ts'
import { momentInWords } from '#kernel/calendar/words.ts'
import type { Row } from '#platform/database/tables.ts'
import { optionalChoice } from '#platform/form/fields.ts'
import { type AnyRoute, type Filled, form, refused, type Screen, type Visit } from '#platform/http/route.ts'
import { theTeam } from '#platform/permission.ts'
import { channelWords } from './answers.ts'
import { type Half, halvesOf, joinPeople, whoStays } from './merge.ts'
import { registrationPaths as paths } from './paths.ts'
import { howWords } from './queries.ts'
import { type LoadedApplication, numberIn } from './store.ts'
import { byNumber } from './team-one.tsx'

interface Comparing extends LoadedApplication {
  readonly own: Half
  readonly other: Half
  readonly others: readonly Row<'application'>[]
}

/** Two who may be one, side by side; only a person joins them (PEOPLE-1). */
export const mergeRoutes: AnyRoute[] = [
  form('/:network/team/applications/:number/same-person/:person', {
    who: theTeam,
    audit: 'applications-joined',
    load: comparing,
    fields: z.object({ channel: optionalChoice(['email', 'phone', 'text', 'post']) }),
    screen: compareScreen,
    async submit(visit, { channel }) {
      const done = await joinPeople(visit, visit.thing, visit.thing.other.person.id, channel)
      return done.accepted ? { to: paths.one(visit.network.slug, done.number) } : refused(done)
    },
  }),
]

async function comparing(visit: Visit, how: { forChange: boolean }): Promise<Comparing | undefined> {
  const otherId = numberIn(visit.params.person)
  const loaded = await byNumber(visit, how)
  if (!loaded || otherId === undefined) return undefined
  const halves = await halvesOf(visit, [loaded.person.id, otherId])
  const [own, other] = [halves.get(loaded.person.id), halves.get(otherId)]
  if (!own || !other) return undefined
  const others = await visit.tx
    .selectFrom('application')
    .selectAll()
    .where('person_id', '=', otherId)
    .where('state', '<>', 'merged')
    .orderBy('id', 'desc')
    .limit(5)
    .execute()
  return { ...loaded, own, other, others }
}

function compareScreen(visit: Visit<Comparing>, { values, errors }: Filled): Screen {
  const { number, row, own, other, others } = visit.thing
  const { slug } = visit.network
  const decided = whoStays(own, other)
  const both = (title: string, of: (person: Row<'person'>) => string | null) => [
    title,
    of(own.person) || '–',
    of(other.person) || '–',
  ]
  const [first] = others
  return {
    title: `Is this one person?`,
    caption: `Application ${number}, ${own.person.name}`,
    back: { href: paths.one(slug, number), text: `Application ${number}` },
    wide: true,
    body: (
      <>
        <Table
          caption="What we know of both"
          columns={[
            { title: 'What' },
            { title: `Application ${number}` },
            { title: first && first.number !== number ? `Application ${first.number}` : 'Known to us' },
          ]}
          rows={[
            both('Name', person => person.name),
            [
              'E-mail',
              row.shared_email ?? own.person.email ?? '–',
              first?.shared_email ?? other.person.email ?? '–',
            ],
            both('Phone number', person => person.phone),
            both('Address', person => person.postal_address),
            both('How to reach them', person => channelWords[person.channel]),
            both('Help they need', person => person.help_words),
            ['How they told us', howWords[row.how], first ? howWords[first.how] : '–'],
            ['When', momentInWords(row.received_at), first ? momentInWords(first.received_at) : '–'],
            ['A place with us', own.hasPlace ? 'Yes' : 'No', other.hasPlace ? 'Yes' : 'No'],
          ]}
        />
        {row.words && <Quote words={row.words} by={`Application ${number}`} />}
        {others
          .filter(each => each.words !== '')
          .map(each => (
            <Quote key={each.id} words={each.words} by={`Application ${each.number}`} />
          ))}
        {'accepted' in decided ? (
          <InsetText>{decided.sentence}.</InsetText>
        ) : (
          <>
            <h2 className="nhsuk-heading-m">If they are one person</h2>
            <p>
              Ask them first if you are not sure: two people of one house can share a phone. All words and
              conversations stay, and so do the links that both were sent. What we promised first still holds.
              They are told that it goes on as one. It cannot be undone here.
            </p>
            <Form hidden={visit.hidden} button="They are one person: join them">
              {own.person.channel !== other.person.channel && (
                <Radios
                  name="channel"
                  label="How shall we reach them from now on?"
                  value={values.channel ?? decided.stays.person.channel}
                  options={[decided.stays.person.channel, decided.goes.person.channel].map(channel => ({
                    value: channel,
                    label: channelWords[channel],
                  }))}
                  errors={errors}
                />
              )}
            </Form>
          </>
        )}
        <p>
          <a href={paths.one(slug, number)}>They are two people: leave both as they are</a>
        </p>
      </>
    ),
  }
}
