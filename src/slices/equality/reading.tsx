import { Empty, InsetText, Table } from '#design/index.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { type AnyRoute, page, type Screen, show, type Visit } from '#platform/http/route.ts'
import { anInsider, isTeam } from '#platform/permission.ts'
import { type Area, areaOf } from './census.ts'
import { type Counts, compare, countsOf, type Heard, type ShownQuestion, safe } from './count.ts'
import { equalityPaths as paths } from './paths.ts'
import { type EqualityQuestion, questions } from './questions.ts'

export const readingRoutes: AnyRoute[] = [
  page('/:network/who-we-hear-from', {
    who: anInsider,
    audit: 'nothing',
    handler: async visit =>
      show(reading(visit, await countsOf(visit.tx, visit.today), await areaOf(visit.tx))),
  }),
]

const heardWords: Record<Heard, string> = {
  less: 'We hear less from them than there are',
  more: 'We hear more from them than there are',
  'as-many': 'About as many as there are',
  nobody: 'We hear from nobody yet',
  'too-few': 'Too few answers to say',
  'not-shown': 'Not shown',
  unknown: 'No figure of the area',
}

function reading(visit: Visit, counts: Counts, area: Area | undefined): Screen {
  const { slug, name } = visit.network
  const shown = safe(counts.numbers)
  const tables = questions.map((question, n) => ({
    question,
    shown: shown.questions[n]!,
    rows: rowsOf(question, shown.questions[n]!, shown.total, area),
  }))
  const missing = tables.flatMap(({ rows }) =>
    rows.filter(row => row.heard === 'less' || row.heard === 'nobody'),
  )
  return {
    title: 'Who are we not hearing from?',
    back: { href: `/${slug}/home`, text: 'Home' },
    wide: true,
    body: (
      <>
        {counts.upTo === undefined ? (
          <Empty>
            There is nothing to show yet. Answers are shown when a quarter of a year is over and at least 5
            people answered.
          </Empty>
        ) : (
          <>
            <p>
              These are answers to <a href={paths.answer(slug)}>questions that nobody has to answer</a>. Up to{' '}
              {dateInWords(counts.upTo.add({ months: 3 }).subtract({ days: 1 }))}, {shown.total} people sent
              answers to {name}.
            </p>
            <h2 className="nhsuk-heading-m">Who is missing</h2>
            {!area ? (
              <p>We cannot say yet: nobody has loaded figures of the area.</p>
            ) : missing.length === 0 ? (
              <p>Nobody, as far as these answers show.</p>
            ) : (
              <ul className="nhsuk-list nhsuk-list--bullet">
                {missing.map(row => (
                  <li key={`${row.question} ${row.words}`}>
                    {row.question} <strong>{row.words}</strong>: {heardWords[row.heard].toLowerCase()}.
                  </li>
                ))}
              </ul>
            )}
            {tables.map(({ question, shown: cells, rows }) => (
              <Table
                key={question.key}
                caption={question.title}
                columns={[
                  { title: 'Answer' },
                  { title: 'People', numeric: true },
                  ...(area ? [{ title: 'In the area', numeric: true }, { title: 'What it means' }] : []),
                ]}
                rows={[
                  ...rows.map(row => [
                    row.words,
                    row.cell ?? 'Not shown',
                    ...(area ? [row.share, heardWords[row.heard]] : []),
                  ]),
                  [
                    'Rather not said, or no answer',
                    cells.cells.at(-1) ?? 'Not shown',
                    ...(area ? ['–', '–'] : []),
                  ],
                ]}
              />
            ))}
          </>
        )}
        <InsetText>
          A number from 1 to 4 could tell you who somebody is. So it is not shown, nor any other from which
          you could work it out. {area && `Figures of the area: ${theirs(area.source)}.`}
        </InsetText>
        {visit.actor && isTeam(visit.actor) && (
          <p>
            <a href={paths.figures(slug)}>Load figures of the area</a>
          </p>
        )}
      </>
    ),
  }
}

function rowsOf(question: EqualityQuestion, { cells }: ShownQuestion, total: number, area: Area | undefined) {
  const notSaid = cells.at(-1) ?? null
  // Only from what is shown.
  const said = notSaid === null ? null : total - notSaid
  const ofArea = area?.totalOf(question.key) ?? 0
  return question.answers.map((answer, n) => {
    const people = area?.peopleOf(question.key, answer.key) ?? 0
    const cell = cells[n] ?? null
    return {
      question: question.title,
      words: answer.words,
      cell,
      share: ofArea > 0 && people > 0 ? `${((people / ofArea) * 100).toFixed(1)}%` : '–',
      heard: area ? compare(cell, said, people, ofArea) : ('unknown' as const),
    }
  })
}
