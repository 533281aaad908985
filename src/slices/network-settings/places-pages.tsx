import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import {
  ButtonLink,
  DateField,
  Empty,
  Form,
  InsetText,
  LinkList,
  Select,
  SummaryList,
  TextField,
} from '#design/index.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import type { PlainDate } from '#platform/database/tables.ts'
import { optionalText, pickedId, text, withDate } from '#platform/form/fields.ts'
import {
  type AnyRoute,
  errors,
  type Filled,
  form,
  page,
  refused,
  type Screen,
  show,
  type Visit,
} from '#platform/http/route.ts'
import { rule, theTeamOrAdministrator } from '#platform/permission.ts'
import { settingsPaths as paths } from './paths.ts'
import { odsSentence, readOds } from './places.ts'
import {
  addSite,
  addTrust,
  changeSite,
  changeTrust,
  mergeTrust,
  type SiteInFull,
  type TrustInFull,
  takeMergerBack,
  trustsOf,
} from './places-store.ts'

const who = theTeamOrAdministrator
const mayOf = <Thing,>() => rule<Thing>(who.name, actor => who.holds(actor, undefined))
const loadTrust = async (visit: Visit<undefined>, how: { forChange: boolean }) =>
  (await trustsOf(visit.tx, visit.params.trust ?? '', how.forChange))[0]

interface SiteHere {
  readonly trust: TrustInFull
  readonly site: SiteInFull
  readonly version: number
}

async function loadSite(visit: Visit<undefined>, how: { forChange: boolean }): Promise<SiteHere | undefined> {
  const trust = await loadTrust(visit, how)
  const site = trust?.hospitals.find(each => each.slug === visit.params.site)
  return trust && site && { trust, site, version: trust.version }
}

const odsCode = optionalText({ max: 12, name: 'The ODS code' }).transform((given, context) => {
  const code = readOds(given)
  if (code !== undefined) return code
  context.addIssue({ code: 'custom', message: odsSentence })
  return z.NEVER
})
const trustFields = z.object({
  name: text('Enter the name of the Trust', { max: 200, name: 'The name' }),
  short: optionalText({ max: 80, name: 'The short name' }),
  ods: odsCode,
  system: optionalText({ max: 120, name: 'The care system' }),
})
const siteShape = {
  name: text('Enter the name of the hospital', { max: 200, name: 'The name' }),
  town: optionalText({ max: 80, name: 'The town' }),
  ods: odsCode,
}
const asTrust = (given: z.infer<typeof trustFields>) => ({
  name: given.name,
  shortName: given.short,
  ods: given.ods,
  system: given.system,
})

/** Trusts and hospitals: one page for each, with codes, days and mergers (R69). */
export const placesRoutes: AnyRoute[] = [
  page('/:network/team/settings/trusts', {
    who,
    audit: 'nothing',
    handler: async visit => show(listScreen(visit, await trustsOf(visit.tx))),
  }),
  form('/:network/team/settings/trusts/new', {
    who,
    audit: 'trust-added',
    fields: trustFields,
    screen: (visit, filled) => ({
      title: 'Add a Trust',
      back: { href: paths.places(visit.network.slug), text: 'Trusts and hospitals' },
      body: (
        <Form hidden={visit.hidden} button="Add this Trust">
          <TrustFields filled={filled} />
        </Form>
      ),
    }),
    async submit(visit, given) {
      const added = await addTrust(visit, asTrust(given))
      return added.accepted
        ? { to: paths.trust(visit.network.slug, added.state.slug) }
        : refused(added, 'ods')
    },
  }),
]

export const trustRoutes: AnyRoute[] = [
  form<typeof trustFields, TrustInFull>('/:network/team/settings/trusts/:trust', {
    who: mayOf(),
    audit: 'trust-changed',
    load: loadTrust,
    fields: trustFields,
    screen: trustScreen,
    async submit(visit, given) {
      const done = await changeTrust(visit, visit.thing, asTrust(given))
      return done.accepted ? { to: paths.places(visit.network.slug) } : refused(done, 'ods')
    },
  }),
  form('/:network/team/settings/trusts/:trust/merge', {
    who: mayOf<TrustInFull>(),
    audit: 'trust-merged',
    load: loadTrust,
    fields: withDate(
      'on',
      { required: 'Enter the day from which it is part of the other Trust' },
      { into: pickedId('Choose the Trust that it becomes part of') },
    ),
    screen: mergeScreen,
    async submit(visit, { into, on }) {
      const other = (await trustsOf(visit.tx)).find(each => each.id === into)
      if (!other) return errors({ field: 'into', message: 'Choose the Trust that it becomes part of' })
      const wrong = wrongDay(on, visit.today)
      if (wrong) return errors({ field: 'on', message: wrong })
      const done = await mergeTrust(visit, visit.thing, other, on)
      return done.accepted ? { to: paths.trust(visit.network.slug, visit.thing.slug) } : refused(done, 'into')
    },
  }),
  form('/:network/team/settings/trusts/:trust/merge/undo', {
    who: mayOf<TrustInFull>(),
    audit: 'trust-merger-taken-back',
    load: loadTrust,
    page: false,
    fields: z.object({}),
    screen: visit => trustScreen(visit, { values: {}, lists: {}, errors: [] }),
    async submit(visit) {
      const done = await takeMergerBack(visit, visit.thing)
      return done.accepted ? { to: paths.trust(visit.network.slug, visit.thing.slug) } : refused(done)
    },
  }),
  form('/:network/team/settings/trusts/:trust/hospitals/new', {
    who: mayOf<TrustInFull>(),
    audit: 'hospital-added',
    load: loadTrust,
    fields: z.object(siteShape),
    screen: (visit, filled) => ({
      title: 'Add a hospital',
      caption: visit.thing.name,
      back: { href: paths.trust(visit.network.slug, visit.thing.slug), text: visit.thing.name },
      body: (
        <Form hidden={visit.hidden} button="Add this hospital">
          <SiteFields filled={filled} />
        </Form>
      ),
    }),
    async submit(visit, given) {
      const added = await addSite(visit, visit.thing, given)
      return added.accepted
        ? { to: paths.trust(visit.network.slug, visit.thing.slug) }
        : refused(added, 'ods')
    },
  }),
  form('/:network/team/settings/trusts/:trust/hospitals/:site', {
    who: mayOf<SiteHere>(),
    audit: 'hospital-changed',
    load: loadSite,
    fields: withDate('closed', {}, siteShape),
    screen: siteScreen,
    async submit(visit, { name, town, ods, closed }) {
      const { trust, site } = visit.thing
      const done = await changeSite(visit, site, { name, town, ods, closedOn: closed ?? null })
      return done.accepted ? { to: paths.trust(visit.network.slug, trust.slug) } : refused(done, 'ods')
    },
  }),
]

function wrongDay(on: PlainDate, today: PlainDate): string | undefined {
  if (Temporal.PlainDate.compare(on, today.subtract({ years: 10 })) < 0) {
    return 'The day must be within the last ten years'
  }
  return Temporal.PlainDate.compare(on, today.add({ years: 5 })) > 0
    ? 'The day must be within the next five years'
    : undefined
}

export function daysInWords(trust: Pick<TrustInFull, 'to' | 'became'>, today: PlainDate): string | undefined {
  if (trust.to === null || trust.became === null) return undefined
  const from = trust.to.add({ days: 1 })
  return Temporal.PlainDate.compare(from, today) <= 0
    ? `Part of ${trust.became.name} since ${dateInWords(from)}`
    : `Will be part of ${trust.became.name} from ${dateInWords(from)}`
}

function listScreen(visit: Visit, trusts: readonly TrustInFull[]): Screen {
  const { slug } = visit.network
  const hospitals = trusts.reduce((sum, each) => sum + each.hospitals.length, 0)
  return {
    title: 'Trusts and hospitals',
    caption: `${trusts.length} ${trusts.length === 1 ? 'Trust' : 'Trusts'}, ${hospitals} ${hospitals === 1 ? 'hospital' : 'hospitals'}`,
    back: { href: paths.all(slug), text: 'Settings of the network' },
    body: (
      <>
        <ButtonLink href={paths.newTrust(slug)}>Add a Trust</ButtonLink>
        <p>
          Many at once? <a href={paths.import(slug)}>Bring them in from a table</a>. You see what would change
          before anything does.
        </p>
        {trusts.length === 0 ? (
          <Empty>There is no Trust here yet.</Empty>
        ) : (
          <LinkList
            links={trusts.map(each => ({
              href: paths.trust(slug, each.slug),
              text: each.name,
              hint: [
                each.ods ?? 'no ODS code',
                each.system,
                `${each.hospitals.length} ${each.hospitals.length === 1 ? 'hospital' : 'hospitals'}`,
                daysInWords(each, visit.today),
              ]
                .filter(Boolean)
                .join(', '),
            }))}
          />
        )}
      </>
    ),
  }
}

const odsHint =
  '3 to 6 capital letters and digits, from the NHS list of organisations. Leave it empty if you do not know it.'

function TrustFields({ filled, trust }: { filled: Filled; trust?: TrustInFull }) {
  const { values, errors: wrong } = filled
  return (
    <>
      <TextField name="name" label="Name of the Trust" value={values.name ?? trust?.name} errors={wrong} />
      <TextField
        optional
        name="short"
        label="Short name"
        hint="For lists, like “Royal Wolverhampton”."
        value={values.short ?? trust?.shortName}
        errors={wrong}
      />
      <TextField
        optional
        name="ods"
        label="ODS code"
        hint={odsHint}
        width={10}
        value={values.ods ?? trust?.ods ?? ''}
        errors={wrong}
      />
      <TextField
        optional
        name="system"
        label="Care system"
        hint="The integrated care system that it belongs to."
        value={values.system ?? trust?.system}
        errors={wrong}
      />
    </>
  )
}

function SiteFields({ filled, site }: { filled: Filled; site?: SiteInFull }) {
  const { values, errors: wrong } = filled
  return (
    <>
      <TextField name="name" label="Name of the hospital" value={values.name ?? site?.name} errors={wrong} />
      <TextField optional name="town" label="Town" value={values.town ?? site?.town} errors={wrong} />
      <TextField
        optional
        name="ods"
        label="ODS code of the hospital"
        hint={`${odsHint} It need not begin with the code of its Trust.`}
        width={10}
        value={values.ods ?? site?.ods ?? ''}
        errors={wrong}
      />
    </>
  )
}

function trustScreen(visit: Visit<TrustInFull>, filled: Filled): Screen {
  const { slug } = visit.network
  const trust = visit.thing
  const merged = daysInWords(trust, visit.today)
  const canUndo = trust.to !== null && Temporal.PlainDate.compare(trust.to, visit.today) >= 0
  return {
    title: trust.name,
    caption: 'Trust',
    back: { href: paths.places(slug), text: 'Trusts and hospitals' },
    body: (
      <>
        {merged && <InsetText>{merged}.</InsetText>}
        {merged && canUndo && (
          <Form
            action={`${paths.merge(slug, trust.slug)}/undo`}
            hidden={visit.hidden}
            button="Take the merger back"
          />
        )}
        <h2 className="nhsuk-heading-m">Hospitals</h2>
        {trust.hospitals.length === 0 ? (
          <Empty>
            {merged && !canUndo ? 'Its hospitals went with it.' : 'There is no hospital here yet.'}
          </Empty>
        ) : (
          <LinkList
            links={trust.hospitals.map(each => ({
              href: paths.site(slug, trust.slug, each.slug),
              text: each.name,
              hint: [
                each.town,
                each.ods ?? 'no ODS code',
                each.to && `closed after ${dateInWords(Temporal.PlainDate.from(each.to))}`,
              ]
                .filter(Boolean)
                .join(', '),
            }))}
          />
        )}
        <p>
          <a href={paths.newSite(slug, trust.slug)}>Add a hospital</a>
        </p>
        <h2 className="nhsuk-heading-m">Change what is said of it</h2>
        <Form hidden={visit.hidden} button="Save">
          <TrustFields filled={filled} trust={trust} />
        </Form>
        {trust.to === null && (
          <p>
            <a href={paths.merge(slug, trust.slug)}>It becomes part of another Trust</a>
          </p>
        )}
      </>
    ),
  }
}

async function mergeScreen(visit: Visit<TrustInFull>, filled: Filled): Promise<Screen> {
  const { slug } = visit.network
  const trust = visit.thing
  const others = (await trustsOf(visit.tx)).filter(each => each.id !== trust.id && each.to === null)
  return {
    title: `${trust.name} becomes part of another Trust`,
    back: { href: paths.trust(slug, trust.slug), text: trust.name },
    body: (
      <>
        <p>
          On that day its hospitals go to the other Trust, and so do the people who know them and its contact.
          What was said about them stays as it was. Until the day you can take it back.
        </p>
        <SummaryList
          rows={[
            { key: 'ODS code', value: trust.ods ?? 'Not said' },
            { key: 'Hospitals', value: String(trust.hospitals.length) },
          ]}
        />
        <Form hidden={visit.hidden} button="Save the merger">
          <Select
            name="into"
            label="Which Trust does it become part of?"
            hint="A new Trust? Add it first."
            empty="Choose a Trust"
            value={filled.values.into ?? ''}
            options={others.map(each => ({ value: String(each.id), text: each.name }))}
            errors={filled.errors}
          />
          <DateField
            name="on"
            label="From which day on?"
            value={{
              day: filled.values['on-day'] ?? '',
              month: filled.values['on-month'] ?? '',
              year: filled.values['on-year'] ?? '',
            }}
            errors={filled.errors}
          />
        </Form>
      </>
    ),
  }
}

function siteScreen(visit: Visit<SiteHere>, filled: Filled): Screen {
  const { trust, site } = visit.thing
  const closed = site.to === null ? undefined : Temporal.PlainDate.from(site.to)
  return {
    title: site.name,
    caption: trust.name,
    back: { href: paths.trust(visit.network.slug, trust.slug), text: trust.name },
    body: (
      <Form hidden={visit.hidden} button="Save">
        <SiteFields filled={filled} site={site} />
        <DateField
          optional
          name="closed"
          label="Last day, if it closes"
          hint="Afterwards it is not offered any more. What was said about it stays."
          value={{
            day: filled.values['closed-day'] ?? String(closed?.day ?? ''),
            month: filled.values['closed-month'] ?? String(closed?.month ?? ''),
            year: filled.values['closed-year'] ?? String(closed?.year ?? ''),
          }}
          errors={filled.errors}
        />
      </Form>
    ),
  }
}
