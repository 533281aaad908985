import { z } from 'zod'
import { Empty, Form, InsetText, Pagination, Quote, SummaryList, TaskList, TextArea } from '#design/index.ts'
import { dateInWords, dueInWords } from '#kernel/calendar/words.ts'
import { text } from '#platform/form/fields.ts'
import {
  type AnyRoute,
  type Filled,
  form,
  page,
  refused,
  type Screen,
  show,
  type Visit,
} from '#platform/http/route.ts'
import { theTeam } from '#platform/permission.ts'
import { type LeavingRow, thankFor } from './changes.ts'
import { withdrawalPaths as paths } from './paths.ts'

const pageLength = 25

interface LoadedLeaving {
  readonly row: LeavingRow & { readonly name: string; readonly thankedBy: string | null }
  readonly version: number
}

async function loadLeaving(
  visit: Visit<undefined>,
  how: { forChange: boolean },
): Promise<LoadedLeaving | undefined> {
  const given = visit.params.leaving ?? ''
  if (!/^\d{1,9}$/.test(given)) return undefined
  const row = await withNames(visit)
    .where('l.id', '=', Number(given))
    .$if(how.forChange, query => query.forUpdate('l'))
    .executeTakeFirst()
  return row && { row, version: row.version }
}

const withNames = (visit: Pick<Visit<unknown>, 'tx'>) =>
  visit.tx
    .selectFrom('leaving as l')
    .innerJoin('person as p', join =>
      join.onRef('p.network_id', '=', 'l.network_id').onRef('p.id', '=', 'l.person_id'),
    )
    .leftJoin('person as t', join =>
      join.onRef('t.network_id', '=', 'l.network_id').onRef('t.id', '=', 'l.thanked_by_person_id'),
    )
    .selectAll('l')
    .select(['p.name', 't.name as thankedBy'])

const pathOf = (visit: Visit<LoadedLeaving>) => paths.one(visit.network.slug, visit.thing.row.id)

/** Who leaves and who left, and the thank-you that a person of the team writes (PEOPLE-16). */
export const leavingTeamRoutes: AnyRoute[] = [
  page('/:network/team/leaving', {
    who: theTeam,
    audit: 'nothing',
    async handler(visit) {
      const after = /^\d{1,9}$/.test(visit.query.get('after') ?? '')
        ? Number(visit.query.get('after'))
        : undefined
      const rows = await withNames(visit)
        .where('l.state', '<>', 'called-off')
        .$if(after !== undefined, query => query.where('l.id', '<', after!))
        .orderBy('l.id', 'desc')
        .limit(pageLength + 1)
        .execute()
      return show(list(visit, rows))
    },
  }),
  page<LoadedLeaving>('/:network/team/leaving/:leaving', {
    who: theTeam,
    audit: 'leaving-opened',
    load: loadLeaving,
    handler: visit => show(one(visit)),
  }),
  form('/:network/team/leaving/:leaving/thank', {
    who: theTeam,
    audit: 'thanked',
    load: loadLeaving,
    fields: z.object({ words: text('Write a few words of your own', { max: 3_000, name: 'Your words' }) }),
    screen: (visit: Visit<LoadedLeaving>, filled) => thanking(visit, filled),
    async submit(visit, { words }) {
      const done = await thankFor(visit, visit.thing.row, words)
      return done.accepted ? { to: pathOf(visit) } : refused(done, 'words')
    },
  }),
]

function list(visit: Visit, rows: readonly LoadedLeaving['row'][]): Screen {
  const { slug } = visit.network
  const shown = rows.slice(0, pageLength)
  return {
    title: 'Goodbyes',
    back: { href: `/${slug}/team`, text: 'Team' },
    body: (
      <>
        <p>
          Each person who leaves and who would like it is thanked by one of you, in your own words. Their
          address is kept for this, and deleted with it.
        </p>
        {shown.length === 0 ? (
          <Empty>Nobody has left.</Empty>
        ) : (
          <TaskList
            items={shown.map(row => {
              const due =
                row.thanks_due_on && row.thanked_at === null
                  ? dueInWords(row.thanks_due_on, visit.today)
                  : undefined
              return {
                title: row.name,
                href: paths.one(slug, row.id),
                hint: `${row.state === 'planned' ? 'Leaves on' : 'Left on'} ${dateInWords(row.on_day)}`,
                status:
                  row.thanked_at !== null
                    ? { words: 'Thanked', tone: 'good' as const }
                    : due
                      ? { words: 'Thank them', tone: due.late ? ('late' as const) : ('waiting' as const) }
                      : { words: 'Wanted no more messages', tone: 'plain' as const },
                dueWords: due?.words,
                late: due?.late ?? false,
              }
            })}
          />
        )}
        <Pagination
          next={
            rows.length > pageLength
              ? { href: `${paths.list(slug)}?after=${shown.at(-1)!.id}`, label: 'Earlier' }
              : undefined
          }
        />
      </>
    ),
  }
}

function one(visit: Visit<LoadedLeaving>): Screen {
  const { row } = visit.thing
  const canThank = row.state !== 'called-off' && row.thanks_wanted && row.thanked_at === null
  return {
    title: row.name,
    caption: 'Goodbye',
    back: { href: paths.list(visit.network.slug), text: 'Goodbyes' },
    body: (
      <>
        <SummaryList
          rows={[
            {
              key: row.state === 'done' ? 'Left on' : 'Leaves on',
              value: row.state === 'called-off' ? 'They stay: it was called off' : dateInWords(row.on_day),
            },
            { key: 'Answers to what they said', value: row.answers_wanted ? 'Wanted' : 'Not wanted' },
            {
              key: 'Name beside what they said',
              value: row.views === 'anonymous' ? 'Taken away' : 'As they chose for each',
            },
            {
              key: 'A thank-you',
              value: row.thanks_wanted
                ? row.thanked_at
                  ? `From ${row.thankedBy ?? 'the team'}`
                  : row.thanks_due_on
                    ? dueInWords(row.thanks_due_on, visit.today).words
                    : 'Not needed'
                : 'They wanted no more messages',
            },
          ]}
        />
        {row.reason !== '' && (
          <>
            <h2 className="nhsuk-heading-m">What they said about why</h2>
            <Quote words={row.reason} />
          </>
        )}
        {row.thanks !== '' && (
          <>
            <h2 className="nhsuk-heading-m">Our thank-you</h2>
            <Quote words={row.thanks} by={row.thankedBy ?? undefined} />
          </>
        )}
        {canThank && (
          <p>
            <a href={`${pathOf(visit)}/thank`}>Thank {row.name}</a>
          </p>
        )}
      </>
    ),
  }
}

function thanking(visit: Visit<LoadedLeaving>, filled: Filled): Screen {
  return {
    title: 'Say thank you',
    caption: visit.thing.row.name,
    back: { href: pathOf(visit), text: 'Back' },
    body: (
      <>
        <InsetText>
          <p>
            Say what they gave, as you would say it to them. It goes out under your name, the way they chose.
          </p>
        </InsetText>
        <Form hidden={visit.hidden} button="Send it">
          <TextArea
            name="words"
            label="Your words"
            value={filled.values.words}
            errors={filled.errors}
            maxCharacters={3_000}
            rows={6}
          />
        </Form>
      </>
    ),
  }
}
