import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { DateField, Empty, Form, Radios, SummaryList, Table, TextField } from '#design/index.ts'
import { dateInWords, momentInWords } from '#kernel/calendar/words.ts'
import type { Instant, Tx } from '#platform/database/tables.ts'
import { withDate } from '#platform/form/fields.ts'
import {
  type AnyRoute,
  errors,
  type Filled,
  form,
  page,
  type Screen,
  type Slice,
  show,
  type Visit,
} from '#platform/http/route.ts'
import { type NetworkSetting, setSetting, settingOf } from '#platform/network-settings.ts'
import { rule, theTeamOrAdministrator } from '#platform/permission.ts'
import { settingsPaths as paths } from './paths.ts'

const who = theTeamOrAdministrator
type Setting = NetworkSetting<unknown>

interface Version {
  readonly from: string
  readonly value: unknown
  readonly by: string | null
  readonly at: Instant
}
interface Here {
  readonly setting: Setting
  readonly versions: readonly Version[]
  readonly version: number
}

export const settingsOf = (slices: readonly Slice[]): Setting[] =>
  slices.flatMap(slice => slice.settings ?? []).sort((a, b) => a.title.localeCompare(b.title, 'en-GB'))

/** "Yes", "6 months", "A reminder". */
export function valueInWords(setting: Setting, value: unknown): string {
  const read = setting.read(value) ?? setting.usual
  switch (setting.form.kind) {
    case 'yes-no':
      return read ? 'Yes' : 'No'
    case 'number':
      return `${read} ${setting.form.unit}`
    case 'choice':
      return setting.form.options.find(each => each.value === read)?.text ?? String(read)
  }
}

/** What each room lets a network choose, from a day on; what was chosen before stays to be read (PEOPLE-24). */
export const choiceRoutes = (slices: () => readonly Slice[]): AnyRoute[] => [
  page('/:network/team/settings/choices', {
    who,
    audit: 'nothing',
    handler: visit => show(listScreen(visit, settingsOf(slices()))),
  }),
  form('/:network/team/settings/choices/:setting', {
    who: rule<Here>(who.name, actor => who.holds(actor, undefined)),
    audit: 'network-setting-set',
    async load(visit): Promise<Here | undefined> {
      const setting = settingsOf(slices()).find(each => each.name === visit.params.setting)
      if (!setting) return undefined
      const versions = await versionsOf(visit.tx, setting.name)
      return { setting, versions, version: versions.length }
    },
    fields: withDate(
      'from',
      { required: 'Enter the day from which it holds' },
      { value: z.string({ error: 'Choose one' }).trim() },
    ),
    screen: oneScreen,
    async submit(visit, { value, from }) {
      const { setting } = visit.thing
      const read = readValue(setting, value)
      if (read === undefined) return errors({ field: 'value', message: wrongValue(setting) })
      if (Temporal.PlainDate.compare(from, visit.today) < 0) {
        return errors({ field: 'from', message: 'The day must be today or in the future: what held, held' })
      }
      if (Temporal.PlainDate.compare(from, visit.today.add({ years: 2 })) > 0) {
        return errors({ field: 'from', message: 'The day must be within the next two years' })
      }
      await setSetting(visit, setting, read, from)
      return { to: paths.choice(visit.network.slug, setting.name) }
    },
  }),
]

function readValue(setting: Setting, given: string): unknown {
  switch (setting.form.kind) {
    case 'yes-no':
      return given === 'yes' ? true : given === 'no' ? false : undefined
    case 'number':
      return /^\d{1,9}$/.test(given) ? setting.read(Number(given)) : undefined
    case 'choice':
      return setting.read(given)
  }
}

const wrongValue = ({ form: it }: Setting): string =>
  it.kind === 'number' ? `Enter a whole number from ${it.least} to ${it.most}` : 'Choose one'

async function versionsOf(tx: Tx, name: string): Promise<Version[]> {
  const found = await sql<Version>`
    select s.from_on::text as from, s.value, p.name as by, s.at from network_setting s
    left join person p on p.network_id = s.network_id and p.id = s.by_person_id
    where s.name = ${name} order by s.from_on desc, s.id desc limit 100`.execute(tx)
  return found.rows
}

function listScreen(visit: Visit, settings: readonly Setting[]): Screen {
  const { network } = visit
  return {
    title: 'Choices of the network',
    back: { href: paths.all(network.slug), text: 'Settings of the network' },
    body: (
      <>
        <p>How the network wants things to be. What you change holds from the day that you name.</p>
        {settings.length === 0 ? (
          <Empty>There is nothing to choose.</Empty>
        ) : (
          <SummaryList
            rows={settings.map(each => ({
              key: each.title,
              value: (
                <>
                  {valueInWords(each, settingOf(network, each))}
                  {network.settings[each.name] === undefined && ' (as usual)'}
                </>
              ),
              action: { href: paths.choice(network.slug, each.name), about: each.title },
            }))}
          />
        )}
      </>
    ),
  }
}

function oneScreen(visit: Visit<Here>, filled: Filled): Screen {
  const { setting, versions } = visit.thing
  const { network, today } = visit
  const now = settingOf(network, setting)
  const asGiven = setting.form.kind === 'yes-no' ? (now ? 'yes' : 'no') : String(now)
  const field = {
    name: 'value',
    label: setting.title,
    ...(setting.hint ? { hint: setting.hint } : {}),
    value: filled.values.value ?? asGiven,
    errors: filled.errors,
  }
  return {
    title: setting.title,
    caption: `Now: ${valueInWords(setting, now)}. Usual: ${valueInWords(setting, setting.usual)}`,
    back: { href: paths.choices(network.slug), text: 'Choices of the network' },
    body: (
      <>
        <Form hidden={visit.hidden} button="Save">
          {setting.form.kind === 'number' ? (
            <TextField
              {...field}
              label="What should it be?"
              hint={[
                setting.hint,
                `In ${setting.form.unit}, from ${setting.form.least} to ${setting.form.most}.`,
              ]
                .filter(Boolean)
                .join(' ')}
              width={4}
              inputMode="numeric"
            />
          ) : (
            <Radios
              {...field}
              label="What should it be?"
              options={
                setting.form.kind === 'yes-no'
                  ? [
                      { value: 'yes', label: 'Yes' },
                      { value: 'no', label: 'No' },
                    ]
                  : setting.form.options.map(each => ({ value: each.value, label: each.text }))
              }
            />
          )}
          <DateField
            name="from"
            label="From which day on?"
            hint="Today or later. What was promised before keeps what it was promised under."
            value={{
              day: filled.values['from-day'] ?? String(today.day),
              month: filled.values['from-month'] ?? String(today.month),
              year: filled.values['from-year'] ?? String(today.year),
            }}
            errors={filled.errors}
          />
        </Form>
        {versions.length === 0 ? (
          <p>Nothing has been changed so far.</p>
        ) : (
          <Table
            caption="What was chosen"
            columns={[{ title: 'From' }, { title: 'What' }, { title: 'By' }, { title: 'Said' }]}
            rows={versions.map(each => [
              dateInWords(Temporal.PlainDate.from(each.from)),
              valueInWords(setting, each.value),
              each.by ?? 'The start of the network',
              momentInWords(each.at),
            ])}
          />
        )}
      </>
    ),
  }
}
