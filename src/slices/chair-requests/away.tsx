import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { DateField, Empty, Form } from '#design/index.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import type { PlainDate } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import { dateFields, pickedId, readDateFields, withDate } from '#platform/form/fields.ts'
import { errors, form, type Visit } from '#platform/http/route.ts'
import { leadsAGroup } from './access.ts'
import { handOnRequests } from './clockwork.ts'
import { requestPaths } from './paths.ts'

/** From these days on, requests go to the deputy by themselves. */
export async function sayAway(
  doing: Doing,
  personId: number,
  from: PlainDate,
  until: PlainDate,
): Promise<void> {
  const { id } = await doing.tx
    .insertInto('absence')
    .values({ network_id: doing.network.id, person_id: personId, from_on: from, to_on: until })
    .returning('id')
    .executeTakeFirstOrThrow()
  await doing.happened({ kind: 'absence', id }, [
    { event: 'said-away', details: { personId, from: from.toString(), until: until.toString() } },
  ])
  await handOnRequests(doing)
}

export const awayRoutes = [
  form('/:network/requests/away', {
    who: leadsAGroup,
    audit: 'absence-said',
    fields: withDate('from', { required: 'Enter the first day you are away' }, dateFields('until')),
    async screen(visit: Visit, { values, errors: mistakes }) {
      const absences = await visit.tx
        .selectFrom('absence')
        .selectAll()
        .where('person_id', '=', visit.me.personId)
        .where('to_on', '>=', visit.today)
        .orderBy('from_on')
        .limit(50)
        .execute()
      const value = (name: string) => ({
        day: values[`${name}-day`],
        month: values[`${name}-month`],
        year: values[`${name}-year`],
      })
      return {
        title: 'Say when you are away',
        back: { href: requestPaths.list(visit.network.slug), text: 'All requests' },
        body: (
          <>
            <p>While you are away, requests to your group go to the other one who leads it. They are told.</p>
            <Form hidden={visit.hidden} button="I am away on these days">
              <DateField
                name="from"
                label="First day"
                hint="For example, 31 3 2027"
                value={value('from')}
                errors={mistakes}
              />
              <DateField name="until" label="Last day" value={value('until')} errors={mistakes} />
            </Form>
            <h2 className="nhsuk-heading-m">You have said</h2>
            {absences.length === 0 ? (
              <Empty>You are not away on any day to come.</Empty>
            ) : (
              absences.map(each => (
                <Form
                  key={each.id}
                  action={`${requestPaths.away(visit.network.slug)}/back`}
                  hidden={{ ...visit.hidden, absence: String(each.id) }}
                  button={`I am there after all: ${dateInWords(each.from_on)} to ${dateInWords(each.to_on)}`}
                />
              ))
            )}
          </>
        ),
      }
    },
    async submit(visit: Visit, { from, ...rest }) {
      const until = readDateFields(rest, 'until')
      if (!until.ok) {
        return errors({
          field: 'until',
          message: until.nothing ? 'Enter the last day you are away' : until.sentence,
        })
      }
      if (Temporal.PlainDate.compare(from, visit.today) < 0) {
        return errors({ field: 'from', message: 'The first day must be today or later' })
      }
      if (Temporal.PlainDate.compare(until.date, from) < 0) {
        return errors({ field: 'until', message: 'The last day must be the first day or later' })
      }
      if (Temporal.PlainDate.compare(until.date, visit.today.add({ years: 2 })) > 0) {
        return errors({ field: 'until', message: 'The last day must be within the next 2 years' })
      }
      await sayAway(visit, visit.me.personId, from, until.date)
      return { to: requestPaths.away(visit.network.slug) }
    },
  }),
  form('/:network/requests/away/back', {
    who: leadsAGroup,
    audit: 'absence-taken-back',
    page: false,
    fields: z.object({ absence: pickedId('Choose which days') }),
    screen: (visit: Visit) => ({
      title: 'Say when you are away',
      body: (
        <p>
          <a href={requestPaths.away(visit.network.slug)}>Back to your days</a>
        </p>
      ),
    }),
    async submit(visit: Visit, { absence }) {
      const gone = await visit.tx
        .deleteFrom('absence')
        .where('id', '=', absence)
        .where('person_id', '=', visit.me.personId)
        .executeTakeFirst()
      if (Number(gone.numDeletedRows) === 0) return errors({ message: 'These days were taken back already' })
      await visit.happened({ kind: 'absence', id: absence }, [{ event: 'is-there', details: {} }])
      await handOnRequests(visit)
      return { to: requestPaths.away(visit.network.slug) }
    },
  }),
]
