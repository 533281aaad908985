import { z } from 'zod'
import {
  Checkboxes,
  Details,
  Form,
  InsetText,
  NotificationBanner,
  Radios,
  Select,
  SummaryList,
} from '#design/index.ts'
import type { Channel } from '#platform/database/tables.ts'
import { startTexts } from '#platform/delivery/text-stop.ts'
import { choice, several } from '#platform/form/fields.ts'
import { type AnyRoute, errors, form, page, type Screen, show, type Visit } from '#platform/http/route.ts'
import { offeredBy } from '#platform/languages/offered.ts'
import { type OtherLanguage, otherLanguages } from '#platform/languages/words.ts'
import { anyone, aPerson, type Rule, theTeam } from '#platform/permission.ts'
import {
  type ChannelWishes,
  hashOfTypedToken,
  hourInWords,
  languages,
  type MessageGroup,
  messageGroups,
} from '#platform/preferences.ts'
import { preferencePaths } from './paths.ts'
import { changePreferences, loadPreferences, type PreferenceChange, type Preferences } from './store.ts'

type Here = Visit<Preferences>

/** One way in: whose choices, where the pages are, and who the reader is. */
interface Way {
  readonly how: 'page' | 'link' | 'team'
  readonly path: string
  readonly who: Rule<Preferences>
  readonly load: (
    visit: Visit<undefined>,
    how: { forChange: boolean },
  ) => Promise<Preferences | undefined> | undefined
  readonly at: (visit: Here, part?: string) => string
  readonly back: (visit: Here) => { href: string; text: string } | undefined
}

const personIn = (given: string | undefined) => (/^\d{1,9}$/.test(given ?? '') ? Number(given) : undefined)

const ways: readonly Way[] = [
  {
    how: 'page',
    path: '/:network/account/preferences',
    who: aPerson,
    load: (visit, how) => (visit.actor ? loadPreferences(visit.tx, visit.actor.personId, how) : undefined),
    at: (visit, part) => preferencePaths.mine(visit.network.slug, part),
    back: () => ({ href: '/account', text: 'Your account' }),
  },
  {
    how: 'team',
    path: '/:network/team/people/:person/preferences',
    who: theTeam,
    load: (visit, how) => {
      const id = personIn(visit.params.person)
      return id === undefined ? undefined : loadPreferences(visit.tx, id, how)
    },
    at: (visit, part) => preferencePaths.ofPerson(visit.network.slug, visit.thing.personId, part),
    back: visit => ({
      href: `/${visit.network.slug}/team/people/${visit.thing.personId}`,
      text: visit.thing.name,
    }),
  },
  {
    // The key to one thing: it shows and changes how somebody is told, and nothing else (R42).
    how: 'link',
    path: '/:network/preferences/:token',
    who: anyone,
    load: loadLink,
    at: (visit, part) => preferencePaths.byLink(visit.network.slug, visit.params.token ?? '', part),
    back: () => undefined,
  },
]

async function loadLink(
  visit: Visit<undefined>,
  how: { forChange: boolean },
): Promise<Preferences | undefined> {
  const link = await visit.tx
    .selectFrom('preference_link')
    .select('person_id')
    .where('token_hash', '=', hashOfTypedToken(visit.params.token ?? ''))
    .where('expires_on', '>=', visit.today)
    .executeTakeFirst()
  return link && (await loadPreferences(visit.tx, link.person_id, how))
}

export const channelWords: Record<Channel, string> = {
  email: 'E-mail',
  text: 'Text message',
  phone: 'Phone call',
  post: 'Letter',
}
const groupWords: Record<MessageGroup, { title: string; hint: string }> = {
  answers: { title: 'Answers and messages to you', hint: 'What came of what you said or asked.' },
  meetings: { title: 'Meetings and papers', hint: 'Invitations, papers, votes and minutes.' },
  tasks: { title: 'Things we ask of you', hint: 'Actions, tasks and declarations.' },
  reminders: { title: 'Reminders', hint: 'What still waits for you.' },
}
const digestWords = {
  'as-it-comes': 'As they come',
  daily: 'Together, once a day at 8am',
  weekly: 'Together, once a week on Monday at 8am',
} as const

const linkLimit = { name: 'preference-link', uses: 60, minutes: 15 }

const wishWords = (wish: ChannelWishes[MessageGroup], usual: Channel) =>
  wish === 'off'
    ? 'Not sent. The home page shows them'
    : wish === undefined
      ? `The usual way: ${channelWords[usual].toLowerCase()}`
      : channelWords[wish]

const quietInWords = ({ quietFrom, quietUntil }: Preferences) =>
  quietFrom === null || quietUntil === null
    ? 'None'
    : `From ${hourInWords(quietFrom)} to ${hourInWords(quietUntil)}`

function overview(visit: Here, way: Way): Screen {
  const { thing } = visit
  const change = (part: string, about: string) => ({ href: way.at(visit, part), about })
  const back = way.back(visit)
  const yesNo = (is: boolean) => (is ? 'Yes' : 'No')
  return {
    title: way.how === 'team' ? `How ${thing.name} wants to be told` : 'How and when we tell you things',
    ...(back ? { back } : {}),
    body: (
      <>
        {visit.query.has('saved') && (
          <NotificationBanner success>Saved. It holds from the next message on.</NotificationBanner>
        )}
        {way.how === 'link' && (
          <p>You came here by the link in a message. You do not have to sign in to change these.</p>
        )}
        <h2 className="nhsuk-heading-m">In which way</h2>
        <SummaryList
          rows={messageGroups.map(group => ({
            key: groupWords[group].title,
            value: wishWords(thing.wishes[group], thing.usual),
            action: change('ways', groupWords[group].title.toLowerCase()),
          }))}
        />
        {way.how === 'page' && (
          <p>
            The usual way, your number and your address:{' '}
            <a href={`/${visit.network.slug}/account/contact`}>change how we reach you</a>. A phone or
            computer of yours can show it, too:{' '}
            <a href={`/${visit.network.slug}/account/notifications`}>notifications on your devices</a>.
          </p>
        )}
        {thing.textsStopped && (
          <>
            <h2 className="nhsuk-heading-m">Text messages are off</h2>
            {way.how === 'team' ? (
              <p>
                They answered STOP to a text message, so they hear in another way. They can switch text
                messages on again here, or by a text with START.
              </p>
            ) : (
              <>
                <p>You answered STOP to a text message. Since then you hear from us in another way.</p>
                <Form
                  action={way.at(visit, 'texts-on')}
                  hidden={visit.hidden}
                  button="Switch text messages on again"
                />
              </>
            )}
          </>
        )}
        <h2 className="nhsuk-heading-m">When</h2>
        <SummaryList
          rows={[
            { key: 'Quiet hours', value: quietInWords(thing), action: change('when', 'quiet hours') },
            {
              key: 'Reminders come',
              value: digestWords[thing.digest],
              action: change('when', 'how often reminders come'),
            },
          ]}
        />
        <h2 className="nhsuk-heading-m">How it looks</h2>
        <SummaryList
          rows={[
            { key: 'Large print', value: yesNo(thing.largePrint), action: change('looks', 'large print') },
            { key: 'Easy read', value: yesNo(thing.easyRead), action: change('looks', 'easy read') },
            {
              key: 'Language',
              value: languages[thing.language] ?? thing.language,
              action: change('looks', 'language'),
            },
          ]}
        />
        <Always phone={visit.network.phone} />
      </>
    ),
  }
}

/** Which messages nobody can switch off, and why. */
function Always({ phone }: { phone: string | null }) {
  return (
    <Details summary="Messages that always come">
      <p>A few messages come at once, in the usual way, whatever you choose here:</p>
      <ul className="nhsuk-list nhsuk-list--bullet">
        <li>codes and changes of how you sign in, so that nobody else can use your name</li>
        <li>what the law says we must tell you about your own details, or about a complaint</li>
        <li>messages about a concern that you raised, or about your place with us</li>
      </ul>
      <p>They say no more than they must. {phone && `Questions? Ring us on ${phone}.`}</p>
    </Details>
  )
}

function waysForm(way: Way): AnyRoute {
  const name = (group: MessageGroup) => `way-${group}`
  const fields = z.object(
    Object.fromEntries(messageGroups.map(group => [name(group), z.string().optional()])),
  )
  return form(`${way.path}/ways`, {
    ...common(way),
    fields,
    screen: (visit: Here, { values, errors: mistakes }) => {
      const { thing } = visit
      const options = (group: MessageGroup) => [
        { value: '', text: `The usual way: ${channelWords[thing.usual].toLowerCase()}` },
        ...thing.reaches
          .filter(each => each !== thing.usual)
          .map(each => ({ value: each as string, text: channelWords[each] })),
        ...(group === 'reminders' ? [{ value: 'off', text: 'Do not send them' }] : []),
      ]
      return step(
        visit,
        way,
        'In which way?',
        <Form hidden={visit.hidden} button="Save" secondary={{ text: 'Change nothing', href: way.at(visit) }}>
          <p>You get the same words in each way. A letter takes longest.</p>
          {messageGroups.map(group => (
            <Select
              key={group}
              name={name(group)}
              label={groupWords[group].title}
              hint={groupWords[group].hint}
              value={values[name(group)] ?? thing.wishes[group] ?? ''}
              options={options(group)}
              errors={mistakes}
            />
          ))}
          {thing.reaches.length < 4 && (
            <InsetText>
              {way.how === 'page' ? (
                <>
                  A way is missing? <a href={`/${visit.network.slug}/account/contact`}>Give us the number</a>{' '}
                  or the address first.
                </>
              ) : (
                'A way is missing? We need the number or the address for it first.'
              )}
            </InsetText>
          )}
        </Form>,
      )
    },
    submit: async (visit: Here, given: Record<string, string | undefined>) => {
      const wishes: Record<string, string> = {}
      for (const group of messageGroups) {
        const wish = given[name(group)]
        if (!wish) continue
        const can = (visit.thing.reaches as readonly string[]).includes(wish)
        if (!can && !(wish === 'off' && group === 'reminders')) {
          return errors({ field: name(group), message: 'Choose a way from the list' })
        }
        wishes[group] = wish
      }
      return await saved(visit, way, { wishes: wishes as ChannelWishes })
    },
  })
}

const hours = Array.from({ length: 24 }, (_, hour) => ({ value: String(hour), text: hourInWords(hour) }))
const hourOf = (given: string | undefined) => (/^([01]?\d|2[0-3])$/.test(given ?? '') ? Number(given) : null)

function whenForm(way: Way): AnyRoute {
  return form(`${way.path}/when`, {
    ...common(way),
    fields: z.object({
      'quiet-from': z.string().optional(),
      'quiet-until': z.string().optional(),
      digest: choice('Choose how often reminders come', ['as-it-comes', 'daily', 'weekly']),
    }),
    screen: (visit: Here, { values, errors: mistakes }) => {
      const { thing } = visit
      const shown = (name: string, now: number | null) => values[name] ?? (now === null ? '' : String(now))
      return step(
        visit,
        way,
        'When may we tell you things?',
        <Form hidden={visit.hidden} button="Save" secondary={{ text: 'Change nothing', href: way.at(visit) }}>
          <p>In quiet hours no text, e-mail or call comes. It waits until they are over.</p>
          <Select
            name="quiet-from"
            label="Quiet hours begin at"
            empty="No quiet hours"
            value={shown('quiet-from', thing.quietFrom)}
            options={hours}
            errors={mistakes}
          />
          <Select
            name="quiet-until"
            label="Quiet hours end at"
            empty="No quiet hours"
            value={shown('quiet-until', thing.quietUntil)}
            options={hours}
            errors={mistakes}
          />
          <Radios
            name="digest"
            label="How often shall reminders come?"
            value={values.digest ?? thing.digest}
            options={[
              { value: 'as-it-comes', label: digestWords['as-it-comes'] },
              { value: 'daily', label: digestWords.daily },
              {
                value: 'weekly',
                label: digestWords.weekly,
                hint: 'A day that you are reminded of may then be over. Your home page always shows it.',
              },
            ]}
            errors={mistakes}
          />
        </Form>,
      )
    },
    submit: async (visit: Here, given) => {
      const from = hourOf(given['quiet-from'])
      const until = hourOf(given['quiet-until'])
      if ((from === null) !== (until === null)) {
        return errors(
          from === null
            ? { field: 'quiet-from', message: 'Choose when quiet hours begin' }
            : { field: 'quiet-until', message: 'Choose when quiet hours end' },
        )
      }
      if (from !== null && from === until) {
        return errors({ field: 'quiet-until', message: 'Choose another hour for the end than for the start' })
      }
      return await saved(visit, way, { quietFrom: from, quietUntil: until, digest: given.digest })
    },
  })
}

const pageLanguages = ['en', ...otherLanguages] as const
/** 'English, Welsh and Urdu' */
const inWords = (others: readonly OtherLanguage[]): string => {
  const names = ['en', ...others].map(each => languages[each]!)
  return [names.slice(0, -1).join(', '), names.at(-1)].filter(Boolean).join(' and ')
}
const languageCodes = Object.keys(languages) as [string, ...string[]]

function looksForm(way: Way): AnyRoute {
  return form(`${way.path}/looks`, {
    ...common(way),
    fields: z.object({ looks: several(), language: choice('Choose a language', languageCodes) }),
    screen: (visit: Here, { values, lists, errors: mistakes }) => {
      const { thing } = visit
      const typed = Object.keys(values).length > 0
      const now = [...(thing.largePrint ? ['large-print'] : []), ...(thing.easyRead ? ['easy-read'] : [])]
      return step(
        visit,
        way,
        'How shall it look?',
        <Form hidden={visit.hidden} button="Save" secondary={{ text: 'Change nothing', href: way.at(visit) }}>
          <Checkboxes
            name="looks"
            label="What would make it easier to read?"
            hint="The team sees it and sees to it. You find it among your support needs, too."
            values={typed ? (lists.looks ?? []) : now}
            options={[
              { value: 'large-print', label: 'Large print', hint: 'Letters in 18 point.' },
              { value: 'easy-read', label: 'Easy read', hint: 'Short sentences with pictures.' },
            ]}
            errors={mistakes}
          />
          <Select
            name="language"
            label="Language"
            hint={`Our pages and messages are in ${inWords(offeredBy(visit.network))}. For another language we find somebody who helps.`}
            value={values.language ?? thing.language}
            options={languageCodes.map(code => ({ value: code, text: languages[code]! }))}
            errors={mistakes}
          />
        </Form>,
      )
    },
    submit: (visit: Here, { looks, language }) =>
      saved(visit, way, {
        largePrint: looks.includes('large-print'),
        easyRead: looks.includes('easy-read'),
        language,
      }),
  })
}

/** After STOP only they themselves want text messages again. */
function textsOn(way: Way): AnyRoute {
  return form(`${way.path}/texts-on`, {
    ...common(way),
    page: false,
    guardsVersion: false,
    fields: z.object({}),
    screen: (visit: Here) => overview(visit, way),
    async submit(visit: Here) {
      const { personId: id, phone } = visit.thing
      if (phone) await startTexts(visit, phone, [{ id }], 'page')
      return { to: `${way.at(visit)}?saved` }
    },
  })
}

/** The words in the header of each page: the pages from now on, and the messages. */
function languageForm(way: Way): AnyRoute {
  return form('/:network/account/language', {
    ...common(way),
    page: false,
    guardsVersion: false,
    keepsWords: false,
    fields: z.object({ language: choice('Choose a language', pageLanguages), to: z.string().max(2000) }),
    screen: (visit: Here) => overview(visit, way),
    async submit(visit: Here, { language, to }) {
      const { network, thing } = visit
      if (language !== 'en' && !offeredBy(network).includes(language)) {
        return errors({ message: 'Choose a language that is in the list' })
      }
      if (language !== thing.language || !network.language) {
        await changePreferences(visit, thing, { language }, 'page')
      }
      const [within = '', ...more] = to.slice(1).split(/[/?]/)
      const isOurs = to.startsWith('/') && within === network.slug && !more.some(each => /[\s\\]/.test(each))
      return { to: isOurs ? to : preferencePaths.mine(network.slug) }
    },
  })
}

const common = (way: Way) => ({
  who: way.who,
  audit: way.how === 'link' ? 'preferences-changed-by-link' : 'preferences-changed',
  load: way.load,
  ...(way.how === 'link' ? { limit: linkLimit } : {}),
})

const step = (visit: Here, way: Way, title: string, body: Screen['body']): Screen => ({
  title,
  ...(way.how === 'team' ? { caption: visit.thing.name } : {}),
  back: { href: way.at(visit), text: 'All choices' },
  body,
})

async function saved(visit: Here, way: Way, change: PreferenceChange) {
  await changePreferences(visit, visit.thing, change, way.how)
  return { to: `${way.at(visit)}?saved` }
}

export const preferenceRoutes: AnyRoute[] = ways.flatMap(way => [
  page<Preferences>(way.path, {
    who: way.who,
    audit: way.how === 'team' ? 'preferences-opened' : 'nothing',
    load: way.load,
    ...(way.how === 'link' ? { limit: linkLimit } : {}),
    handler: visit => show(overview(visit, way)),
  }),
  ...[waysForm(way), whenForm(way), looksForm(way)],
  ...(way.how === 'team' ? [] : [textsOn(way)]),
  ...(way.how === 'page' ? [languageForm(way)] : []),
])
