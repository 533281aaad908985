import { Temporal } from 'temporal-polyfill'
import { Empty, Pagination, Timeline } from '#design/index.ts'
import { dateInWords, momentInWords } from '#kernel/calendar/words.ts'
import { type AnyRoute, page, type Slice, show } from '#platform/http/route.ts'
import { theTeamOrAdministrator } from '#platform/permission.ts'
import { type Change, changesOf, pageLength } from './changes.ts'
import { settingsOf, valueInWords } from './choices-pages.tsx'
import { settingsPaths as paths } from './paths.ts'
import { networkTexts } from './texts.ts'

/** Who changed what: kept for good, and never written over (PEOPLE-24). */
export const changesRoute = (slices: () => readonly Slice[]): AnyRoute =>
  page('/:network/team/settings/changes', {
    who: theTeamOrAdministrator,
    audit: 'nothing',
    async handler(visit) {
      const given = visit.query.get('before') ?? ''
      const found = await changesOf(visit.tx, /^\d{1,15}$/.test(given) ? Number(given) : undefined)
      const shown = found.slice(0, pageLength)
      return show({
        title: 'Who changed what',
        back: { href: paths.all(visit.network.slug), text: 'Settings of the network' },
        body: (
          <>
            <p>What was changed of the network itself, the latest first. Nothing here can be taken away.</p>
            <h2 className="nhsuk-heading-m">What was changed</h2>
            {shown.length === 0 ? (
              <Empty>Nothing has been changed so far.</Empty>
            ) : (
              <Timeline
                entries={shown.map(each => ({
                  title: sentence(each, slices()),
                  when: momentInWords(each.at),
                  dateTime: each.at.toString(),
                  by: each.by_words,
                }))}
              />
            )}
            <Pagination
              next={
                found.length > pageLength
                  ? { href: `?before=${shown.at(-1)!.id}`, label: 'what was changed before' }
                  : undefined
              }
            />
          </>
        ),
      })
    },
  })

const wordsOf: Readonly<Record<string, string>> = {
  name: 'name',
  shortName: 'short name',
  ods: 'ODS code',
  system: 'care system',
  town: 'town',
  closed: 'last day',
  kind: 'kind of group',
  about: 'what it is for',
  confirmed: 'whether it is confirmed',
  purpose: 'what it is for',
  phone: 'phone number',
  email: 'e-mail address',
  website: 'website',
}

const dayIn = (given: unknown): string =>
  typeof given === 'string' && /^\d{4}-\d\d-\d\d$/.test(given)
    ? dateInWords(Temporal.PlainDate.from(given))
    : String(given)

/** One change in a sentence, also of an event that this page does not know yet. */
export function sentence(
  change: Pick<Change, 'event' | 'details' | 'about'>,
  slices: readonly Slice[],
): string {
  const it = (change.details ?? {}) as Record<string, unknown>
  const about = change.about ?? String(it.name ?? 'The network')
  switch (change.event) {
    case 'setting-set': {
      const setting = settingsOf(slices).find(each => each.name === it.name)
      return setting
        ? `${setting.title}: ${valueInWords(setting, it.value)}, from ${dayIn(it.from)}`
        : `A choice that is not used any more: ${String(it.name)}`
    }
    case 'promises-set':
      return `Promises and their days, from ${dayIn(it.from)}`
    case 'text-said':
    case 'text-taken-away': {
      const title = networkTexts[it.name as keyof typeof networkTexts]?.title ?? String(it.name)
      return change.event === 'text-said' ? `New words: ${title}` : `Words taken away: ${title}`
    }
    case 'network-made':
      return 'The network was set up'
    case 'network-named':
      return `Name and contact: ${changed(it.changes)}`
    case 'trust-added':
      return `Trust added: ${about}`
    case 'trust-merged':
      return `${about} becomes part of ${String(it.into)} on ${dayIn(it.on)}`
    case 'merger-taken-back':
      return `${about}: the merger was taken back`
    case 'trust-moved':
      return `${about}: its hospitals went to the other Trust (${String(it.hospitals)})`
    case 'site-added':
      return `Hospital added: ${about}, ${String(it.trust)}`
    case 'group-added':
      return `Group added: ${about}`
    case 'rules-changed':
      return `${about}: how the group works`
    default:
      return Array.isArray(it.changes) ? `${about}: ${changed(it.changes)}` : `${about}: changed`
  }
}

const changed = (changes: unknown): string =>
  (Array.isArray(changes) ? (changes as { what: string; from: unknown; to: unknown }[]) : [])
    .map(({ what, from, to }) =>
      typeof to === 'boolean' || what === 'about' || what === 'purpose'
        ? (wordsOf[what] ?? what)
        : `${wordsOf[what] ?? what} from “${dayIn(from ?? 'nothing')}” to “${dayIn(to ?? 'nothing')}”`,
    )
    .join(', ')
