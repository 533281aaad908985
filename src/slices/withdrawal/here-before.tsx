import { sql } from 'kysely'
import { z } from 'zod'
import { Empty, Form, InsetText, Radios } from '#design/index.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import { happened } from '#kernel/decision.ts'
import type { PlainDate } from '#platform/database/tables.ts'
import { pickedId } from '#platform/form/fields.ts'
import { type AnyRoute, errors, type Filled, form, type Screen, type Visit } from '#platform/http/route.ts'
import { theTeam } from '#platform/permission.ts'
import { loadSomebody, type Somebody, toSomebody } from './for-somebody.tsx'

interface Earlier {
  readonly id: number
  readonly name: string
  readonly left_on: PlainDate
}

/** Only those who said at their goodbye that this may be seen, with a name nearly the same. */
async function whoWasHere({ tx }: Pick<Visit<unknown>, 'tx'>, name: string): Promise<readonly Earlier[]> {
  const found = await sql<Earlier>`select p.id, p.name, p.left_on from person p
    where p.left_on is not null and p.name % ${name}
      and exists (select from leaving l where l.network_id = p.network_id and l.person_id = p.id
                  and l.state = 'done' and l.remembered)
    order by similarity(p.name, ${name}) desc, p.id desc limit 10`.execute(tx)
  return found.rows
}

async function knownBefore(
  { tx }: Pick<Visit<unknown>, 'tx'>,
  personId: number,
): Promise<Earlier | undefined> {
  const found = await sql<Earlier>`select p.id, p.name, p.left_on from here_before b
    join person p on p.network_id = b.network_id and p.id = b.earlier_person_id
    where b.person_id = ${personId}`.execute(tx)
  return found.rows[0]
}

/** Somebody who left can come back: they register again, and nobody is joined by itself (PEOPLE-16). */
export const hereBeforeRoutes: AnyRoute[] = [
  form('/:network/team/people/:person/here-before', {
    who: theTeam,
    audit: 'here-before-noted',
    load: loadSomebody,
    guardsVersion: false,
    fields: z.object({ earlier: pickedId('Choose who they were') }),
    screen: (visit: Visit<Somebody>, filled) => screen(visit, filled),
    async submit(visit, { earlier }) {
      const { id, name } = visit.thing
      const chosen = (await whoWasHere(visit, name)).find(each => each.id === earlier)
      if (!chosen) return errors({ field: 'earlier', message: 'Choose somebody from the list' })
      const noted = { earlier_person_id: earlier, by_person_id: visit.me.personId, at: visit.now }
      await visit.tx
        .insertInto('here_before')
        .values({ network_id: visit.network.id, person_id: id, ...noted })
        .onConflict(on => on.columns(['network_id', 'person_id']).doUpdateSet(noted))
        .execute()
      await visit.happened({ kind: 'person', id }, [happened('came-back', { earlierPersonId: earlier })])
      return { to: toSomebody(visit).href }
    },
  }),
]

async function screen(visit: Visit<Somebody>, filled: Filled): Promise<Screen> {
  const { id, name } = visit.thing
  const known = await knownBefore(visit, id)
  const list = await whoWasHere(visit, name)
  return {
    title: 'Was here before',
    caption: name,
    back: toSomebody(visit),
    body: (
      <>
        <p>
          You see only those who agreed to it when they left, and whose name is nearly the same. Ask {name}{' '}
          first.
        </p>
        {known && (
          <InsetText>
            <p>
              {name} was here before, until {dateInWords(known.left_on)}.
            </p>
          </InsetText>
        )}
        {list.length === 0 ? (
          <Empty>There is nobody like that.</Empty>
        ) : (
          <Form hidden={visit.hidden} button="This is the same person">
            <Radios
              name="earlier"
              label="Who were they?"
              value={filled.values.earlier ?? (known && String(known.id))}
              errors={filled.errors}
              options={list.map(each => ({
                value: String(each.id),
                label: each.name,
                hint: `Left on ${dateInWords(each.left_on)}`,
              }))}
            />
          </Form>
        )}
      </>
    ),
  }
}
