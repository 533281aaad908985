import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { DateField, Form, InsetText, Radios } from '#design/index.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import { choice, dateFields, readDateFields } from '#platform/form/fields.ts'
import {
  type AnyRoute,
  errors,
  type FieldError,
  type Filled,
  form,
  type Screen,
  type Submitted,
  type Visit,
} from '#platform/http/route.ts'
import { aPerson, theTeam } from '#platform/permission.ts'
import { rest } from './changes.ts'
import { loadSomebody, type Somebody, toSomebody } from './for-somebody.tsx'
import { withdrawalPaths as paths } from './paths.ts'

const fields = z.object({
  rest: choice('Choose how long', ['day', 'open', 'over']),
  ...dateFields('until'),
})
type Given = z.infer<typeof fields>

const loadMe = async (visit: Visit<undefined>): Promise<Somebody | undefined> =>
  visit.actor &&
  (await visit.tx
    .selectFrom('person')
    .select(['id', 'name', 'channel', 'paused_from', 'paused_until'])
    .where('id', '=', visit.actor.personId)
    .executeTakeFirst())

/** A time of rest, by oneself or noted by the team: nothing is asked of somebody, and they keep their place. */
export const restRoutes: AnyRoute[] = [
  form('/:network/account/rest', {
    who: aPerson,
    audit: 'rest-said',
    load: loadMe,
    guardsVersion: false,
    fields,
    screen: (visit: Visit<Somebody>, filled) => screen(visit, filled, true),
    submit: (visit, given) => save(visit, given, paths.rest(visit.network.slug)),
  }),
  form('/:network/team/people/:person/rest', {
    who: theTeam,
    audit: 'rest-noted',
    load: loadSomebody,
    guardsVersion: false,
    fields,
    screen: (visit: Visit<Somebody>, filled) => screen(visit, filled, false),
    submit: (visit, given) => save(visit, given, toSomebody(visit).href),
  }),
]

async function save(visit: Visit<Somebody>, given: Given, to: string): Promise<Submitted> {
  const until = given.rest === 'day' ? readUntil(given, visit.today) : undefined
  if (until && 'mistake' in until) return errors(until.mistake)
  await rest(
    visit,
    visit.thing.id,
    given.rest === 'over' ? null : { from: visit.today, until: until?.day ?? null },
  )
  return { to }
}

function readUntil(
  given: Given,
  today: Temporal.PlainDate,
): { day: Temporal.PlainDate } | { mistake: FieldError } {
  const read = readDateFields(given, 'until')
  const wrong = (message: string) => ({ mistake: { field: 'until', message } })
  if (!read.ok) return wrong(read.nothing ? 'Enter the last day of rest' : read.sentence)
  if (Temporal.PlainDate.compare(read.date, today) < 0) return wrong('The last day must be today or later')
  if (Temporal.PlainDate.compare(read.date, today.add({ years: 2 })) > 0)
    return wrong('Enter a day within the next 2 years')
  return { day: read.date }
}

function screen(visit: Visit<Somebody>, filled: Filled, you: boolean): Screen {
  const { paused_from: from, paused_until: until, name } = visit.thing
  const now = from !== null && (until === null || until.toString() >= visit.today.toString())
  return {
    title: you ? 'Take a rest' : 'A time of rest',
    ...(you ? {} : { caption: name }),
    back: you ? { href: '/account', text: 'Your account' } : toSomebody(visit),
    body: (
      <>
        {now && (
          <InsetText>
            <p>
              {you ? 'You rest' : `${name} rests`} since {dateInWords(from)}
              {until ? `, until ${dateInWords(until)}.` : ', until you hear otherwise.'}
            </p>
          </InsetText>
        )}
        <p>
          {you ? 'While you rest' : 'While somebody rests'}, nothing is asked: no invitations, papers, tasks
          or reminders.{' '}
          {you ? 'You keep your place and may take part whenever you like.' : 'They keep their place.'}
        </p>
        <p>
          Answers to what {you ? 'you' : 'they'} said still come, and {you ? 'your' : 'their'} own time to
          answer stands still.
        </p>
        <Form hidden={visit.hidden} button="Save">
          <Radios
            name="rest"
            label={you ? 'How long do you want to rest?' : 'How long do they want to rest?'}
            value={filled.values.rest}
            errors={filled.errors}
            options={[
              {
                value: 'day',
                label: 'Until a day',
                content: (
                  <DateField
                    name="until"
                    label="The last day of rest"
                    hint="For example, 31 3 2027"
                    value={{
                      day: filled.values['until-day'],
                      month: filled.values['until-month'],
                      year: filled.values['until-year'],
                    }}
                    errors={filled.errors}
                  />
                ),
              },
              { value: 'open', label: you ? 'Until I say' : 'Until they say' },
              ...(now ? [{ value: 'over', label: you ? 'I am back' : 'They are back' }] : []),
            ]}
          />
        </Form>
      </>
    ),
  }
}
