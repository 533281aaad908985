import { ButtonLink, SummaryList } from '#design/index.ts'
import { csv } from '#kernel/text/csv.ts'
import { type AnyRoute, page, type Screen, show, type Visit } from '#platform/http/route.ts'
import { isTeam, theTeamOrAdministrator } from '#platform/permission.ts'
import { myDataPaths as paths } from '../paths.ts'
import { purposes } from './purposes.ts'
import { readRecord } from './record.ts'

/** The record of processing (R10): every field with personal data, why it is held, how long, and who reads it. */
export const recordRoutes: AnyRoute[] = [
  page('/:network/team/personal-data', {
    who: theTeamOrAdministrator,
    audit: 'nothing',
    handler: visit => show(screen(visit)),
  }),
  page('/:network/team/personal-data/record.csv', {
    who: theTeamOrAdministrator,
    audit: 'record-of-processing-taken',
    limit: { name: 'export', uses: 30, minutes: 60 },
    handler: () => ({
      kind: 'text',
      type: 'text/csv; charset=utf-8',
      fileName: 'record-of-processing.csv',
      body: csv([
        ['Table', 'Field', 'Purpose', 'Lawful basis', 'Kept', 'Readers'],
        ...readRecord().flatMap(({ table, personal, purpose }) =>
          personal.map(field => [
            table,
            field,
            purpose.purpose,
            purpose.basis,
            purpose.kept,
            purpose.readers,
          ]),
        ),
      ]),
    }),
  }),
]

function screen({ network: { slug }, me }: Visit): Screen {
  const record = readRecord()
  return {
    title: 'What we hold, why, and who reads it',
    back: isTeam(me)
      ? { href: `/${slug}/team/keeping`, text: 'How long we keep things' }
      : { href: `/${slug}/home`, text: 'Home' },
    body: (
      <>
        <p>
          The record of processing, for the data protection officer and for the impact assessment. It comes
          with the service: a test makes sure that no field of the database is left out.
        </p>
        <ButtonLink href={paths.recordCsv(slug)}>Take it along (CSV)</ButtonLink>
        {purposes.map(purpose => {
          const tables = record.filter(each => each.purpose === purpose && each.personal.length > 0)
          return (
            <section key={purpose.key}>
              <h2 className="nhsuk-heading-m">{purpose.title}</h2>
              <SummaryList
                rows={[
                  { key: 'Why', value: purpose.purpose },
                  { key: 'Lawful basis', value: purpose.basis },
                  { key: 'How long', value: purpose.kept },
                  { key: 'Who reads it', value: purpose.readers },
                  {
                    key: 'Fields',
                    value: (
                      <span className="loop-words">
                        {tables.map(each => `${each.table}: ${each.personal.join(', ')}`).join('\n') ||
                          'None that leads to a person'}
                      </span>
                    ),
                  },
                ]}
              />
            </section>
          )
        })}
      </>
    ),
  }
}
