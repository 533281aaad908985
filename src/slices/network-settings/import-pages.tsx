import { z } from 'zod'
import {
  Details,
  FileField,
  Form,
  InsetText,
  LinkList,
  SummaryList,
  TextArea,
  WarningCallout,
} from '#design/index.ts'
import type { Tx } from '#platform/database/tables.ts'
import { optionalText, uploads } from '#platform/form/fields.ts'
import { type AnyRoute, errors, form, refused, type Screen, type Visit } from '#platform/http/route.ts'
import { rule, theTeamOrAdministrator } from '#platform/permission.ts'
import { settingsPaths as paths } from './paths.ts'
import { changesNothing, header, mostLines, type PlacesPlan, planPlaces, readPlaces } from './places.ts'
import { asKnown, bringIn, trustsOf } from './places-store.ts'

const who = theTeamOrAdministrator
const kind = 'trusts-table'
const most = 60_000

interface Draft {
  readonly text: string
}

async function readDraft(tx: Tx, personId: number): Promise<Draft | undefined> {
  const found = await tx
    .selectFrom('draft')
    .select('data')
    .where('person_id', '=', personId)
    .where('kind', '=', kind)
    .executeTakeFirst()
  return found?.data as Draft | undefined
}

async function loadPlan(visit: Visit<undefined>): Promise<PlacesPlan | undefined> {
  if (!visit.actor) return undefined
  const draft = await readDraft(visit.tx, visit.me.personId)
  if (!draft) return undefined
  const read = readPlaces(draft.text)
  return read.ok ? planPlaces(asKnown(await trustsOf(visit.tx)), read.trusts) : undefined
}

/** A table of Trusts and hospitals: what it would change is shown first, then it is done or not (PEOPLE-24). */
export const importRoutes: AnyRoute[] = [
  form('/:network/team/settings/trusts/import', {
    who,
    audit: 'trusts-table-read',
    uploads: true,
    limit: { name: 'trusts-table', uses: 60, minutes: 60 },
    fields: z.object({
      table: optionalText({ max: most, name: 'The table' }),
      file: uploads(1, { csv: true }),
    }),
    screen: (visit, filled) => ({
      title: 'Bring Trusts in from a table',
      back: { href: paths.places(visit.network.slug), text: 'Trusts and hospitals' },
      body: (
        <>
          <p>One line for each hospital, at most {mostLines} lines. The first line names the columns:</p>
          <InsetText>{header}</InsetText>
          <p>
            Only the Trust must be there. A Trust that is here already is found by its code, or else by its
            name. Nothing is taken away: what is not in the table stays.
          </p>
          <Form hidden={visit.hidden} button="See what would change" multipart>
            <TextArea
              optional
              name="table"
              label="Paste the table"
              hint="Straight from a spreadsheet is fine."
              rows={10}
              value={filled.values.table}
              errors={filled.errors}
            />
            <FileField
              optional
              name="file"
              label="Or choose a CSV file"
              accept=".csv,.tsv,.txt"
              errors={filled.errors}
            />
          </Form>
        </>
      ),
    }),
    async submit(visit, { table, file }) {
      const [given] = file
      const text = given ? new TextDecoder().decode(given.bytes) : table
      if (text.trim() === '') return errors({ field: 'table', message: 'Paste a table, or choose a file' })
      const field = given ? 'file' : 'table'
      if (text.length > most)
        return errors({ field, message: 'The table is too long. Bring it in in two parts' })
      const read = readPlaces(text)
      if (!read.ok) {
        const more = read.mistakes.length - 20
        return errors(
          ...read.mistakes
            .slice(0, 20)
            .map(each => ({ field, message: `Line ${each.line}: ${each.sentence}` })),
          ...(more > 0 ? [{ field, message: `And ${more} more like these` }] : []),
        )
      }
      const data = JSON.stringify({ text } satisfies Draft)
      await visit.tx
        .insertInto('draft')
        .values({
          network_id: visit.network.id,
          person_id: visit.me.personId,
          kind,
          data,
          updated_at: visit.now,
        })
        .onConflict(on =>
          on.columns(['network_id', 'person_id', 'kind']).doUpdateSet({ data, updated_at: visit.now }),
        )
        .execute()
      return { to: paths.importCheck(visit.network.slug) }
    },
  }),
  form('/:network/team/settings/trusts/import/check', {
    who: rule<PlacesPlan>(who.name, actor => who.holds(actor, undefined)),
    audit: 'trusts-brought-in',
    load: loadPlan,
    fields: z.object({}),
    screen: checkScreen,
    async submit(visit) {
      const plan = visit.thing
      if (plan.mistakes.length > 0)
        return errors({ message: 'Put the table right first. Nothing was changed' })
      const done = await bringIn(visit, plan)
      if (!done.accepted) return refused(done)
      await visit.tx
        .deleteFrom('draft')
        .where('person_id', '=', visit.me.personId)
        .where('kind', '=', kind)
        .execute()
      return { to: paths.places(visit.network.slug) }
    },
  }),
]

const many = (count: number, one: string, more = `${one}s`) => `${count} ${count === 1 ? one : more}`

function checkScreen(visit: Visit<PlacesPlan>): Screen {
  const { slug } = visit.network
  const plan = visit.thing
  const newSites = plan.newSites.length + plan.newTrusts.reduce((sum, each) => sum + each.hospitals.length, 0)
  const again = { href: paths.import(slug), text: 'Choose another table' }
  const back = { href: paths.import(slug), text: 'Bring Trusts in from a table' }
  if (plan.mistakes.length > 0) {
    return {
      title: 'This table does not fit',
      back,
      body: (
        <>
          <WarningCallout title="Nothing was changed">
            <ul className="nhsuk-list nhsuk-list--bullet">
              {plan.mistakes.slice(0, 30).map(each => (
                <li key={each}>{each}</li>
              ))}
            </ul>
          </WarningCallout>
          <LinkList links={[again]} />
        </>
      ),
    }
  }
  const renamed = (from: { name: string; ods: string | null }, to: { name: string; ods: string | null }) =>
    [
      from.name !== to.name && `${from.name} is now called ${to.name}`,
      from.ods !== to.ods && `${to.name} gets the code ${to.ods}`,
    ]
      .filter(Boolean)
      .join('. ') || `${to.name}: its town or care system`
  return {
    title: 'What would change',
    back,
    body: (
      <>
        <SummaryList
          rows={[
            { key: 'New Trusts', value: String(plan.newTrusts.length) },
            { key: 'New hospitals', value: String(newSites) },
            { key: 'Changed', value: String(plan.changedTrusts.length + plan.changedSites.length) },
            { key: 'The same already', value: String(plan.same) },
          ]}
        />
        <Names
          title="New Trusts"
          names={plan.newTrusts.map(each => `${each.name}${each.ods ? ` (${each.ods})` : ''}`)}
        />
        <Names
          title="New hospitals"
          names={[
            ...plan.newTrusts.flatMap(trust => trust.hospitals.map(each => `${each.name}, ${trust.name}`)),
            ...plan.newSites.map(each => `${each.site.name}, ${each.trust}`),
          ]}
        />
        <Names
          title="Changed"
          names={[...plan.changedTrusts, ...plan.changedSites].map(each => renamed(each.from, each.to))}
        />
        {changesNothing(plan) ? (
          <>
            <p>Everything in this table is here already. There is nothing to do.</p>
            <LinkList links={[{ href: paths.places(slug), text: 'Trusts and hospitals' }, again]} />
          </>
        ) : (
          <Form
            hidden={visit.hidden}
            button={`Bring in ${many(plan.newTrusts.length + newSites + plan.changedTrusts.length + plan.changedSites.length, 'change')}`}
            secondary={again}
          />
        )}
      </>
    ),
  }
}

function Names({ title, names }: { title: string; names: readonly string[] }) {
  if (names.length === 0) return null
  return (
    <Details summary={`${title}: ${names.length}`} open={names.length <= 10}>
      <ul className="nhsuk-list nhsuk-list--bullet">
        {names.map(each => (
          <li key={each}>{each}</li>
        ))}
      </ul>
    </Details>
  )
}
