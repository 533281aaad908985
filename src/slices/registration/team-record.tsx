import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import {
  Checkboxes,
  DateField,
  EmailField,
  Form,
  PhoneField,
  Quote,
  Radios,
  Select,
  SummaryList,
  TextArea,
  TextField,
} from '#design/index.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import type { Channel } from '#platform/database/tables.ts'
import {
  choice,
  dateFields,
  optionalChoice,
  optionalId,
  optionalText,
  readDateFields,
} from '#platform/form/fields.ts'
import { type AnyRoute, errors, type Filled, form, type Screen, type Visit } from '#platform/http/route.ts'
import { theTeam } from '#platform/permission.ts'
import { rolesOf } from '#slices/roles/index.ts'
import {
  type Answers,
  channelField,
  channelWords,
  contactField,
  helpField,
  longest,
  nameField,
  wordsField,
} from './answers.ts'
import { register } from './changes.ts'
import { registrationPaths as paths } from './paths.ts'
import { howWords, type KnownTrust, knownTrusts } from './queries.ts'
import { BeforeYouWrite } from './why.tsx'

const ways = ['phone', 'post', 'email', 'in-person', 'event'] as const
const contactFields = ['email', 'phone', 'text', 'post'] as const satisfies readonly Channel[]
const contactName = (channel: Channel) => `contact-${channel}`

interface Recording {
  readonly roles: readonly { slug: string; title: string }[]
  readonly trusts: readonly KnownTrust[]
}

/** Staff write down what somebody told them, read it back, and only then keep it (M40). */
export const recordRoutes: AnyRoute[] = [
  form('/:network/team/applications/new', {
    who: theTeam,
    audit: 'interest-recorded',
    load: async (visit: Visit): Promise<Recording> => ({
      roles: (await rolesOf(visit.tx, 'open')).map(({ slug, title }) => ({ slug, title })),
      trusts: await knownTrusts(visit.tx),
    }),
    fields: z.object({
      how: choice('Choose how they told us', ways),
      occasion: optionalText({ max: longest.name, name: 'The event' }),
      role: z.string().optional(),
      trust: optionalId(),
      mayKnow: optionalChoice(['yes']),
      ...dateFields('told'),
      name: nameField('Enter their name'),
      channel: channelField('Choose how they want to be reached'),
      'contact-email': z.string().optional(),
      'contact-phone': z.string().optional(),
      'contact-text': z.string().optional(),
      'contact-post': z.string().optional(),
      words: wordsField(),
      help: helpField(),
      'read-back': z.enum(['yes', 'change']).optional().catch(undefined),
    }),
    screen: recordScreen,
    async submit(visit, fields) {
      const told = readDateFields(fields, 'told')
      if (!told.ok) return errors({ field: `told-${told.part}`, message: told.sentence })
      if (Temporal.PlainDate.compare(told.date, visit.today) > 0) {
        return errors({ field: 'told', message: 'The day when they told us must be today or in the past' })
      }
      if (Temporal.PlainDate.compare(told.date, visit.today.subtract({ years: 1 })) < 0) {
        return errors({ field: 'told', message: 'The day when they told us must be within the last year' })
      }
      const field = contactName(fields.channel) as `contact-${Channel}`
      const contact = contactField(fields.channel).safeParse(fields[field])
      if (!contact.success) return errors({ field, message: contact.error.issues[0]!.message })
      const { name, channel, words, help, trust, mayKnow } = fields
      if (fields.how === 'event' && fields.occasion === '') {
        return errors({ field: 'occasion', message: 'Enter the event where they told us' })
      }
      const role = visit.thing.roles.find(each => each.slug === fields.role)
      const answers: Answers = {
        ...{ name, channel, contact: contact.data, words, help },
        trustId: visit.thing.trusts.some(each => each.id === trust) ? trust! : null,
        trustMayKnow: mayKnow === 'yes',
        ...(role ? { role: role.slug } : {}),
      }
      const hidden = Object.fromEntries(
        Object.entries(fields).flatMap(([key, value]) =>
          key === 'read-back' || value === undefined ? [] : [[key, String(value)]],
        ),
      )
      if (fields['read-back'] === 'change') {
        return { screen: recordScreen(visit, { values: hidden, lists: {}, errors: [] }) }
      }
      if (fields['read-back'] !== 'yes') {
        return {
          screen: readBackScreen(visit, answers, {
            how: fields.how,
            occasion: fields.occasion,
            told: told.date,
            hidden,
          }),
        }
      }
      const { number } = await register(visit, answers, {
        how: fields.how,
        saidOn: told.date,
        ...(fields.how === 'event' ? { occasion: fields.occasion } : {}),
      })
      return { to: paths.one(visit.network.slug, number) }
    },
  }),
]

function recordScreen(visit: Visit<Recording>, { values, lists, errors: mistakes }: Filled): Screen {
  const contact = (channel: Channel) => ({
    name: contactName(channel),
    value: values[contactName(channel)],
    errors: mistakes,
  })
  return {
    title: 'Write down an application',
    caption: 'Somebody told us that they would like to take part',
    back: { href: paths.list(visit.network.slug), text: 'Applications' },
    body: (
      <Form hidden={visit.hidden} button="Continue to read it back">
        <Radios
          name="how"
          label="How did they tell us?"
          value={values.how}
          options={ways.map(each => ({
            value: each,
            label: howWords[each],
            ...(each === 'event'
              ? {
                  content: (
                    <TextField
                      name="occasion"
                      label="Which event?"
                      value={values.occasion}
                      errors={mistakes}
                    />
                  ),
                }
              : {}),
          }))}
          errors={mistakes}
        />
        <DateField
          name="told"
          label="When did they tell us?"
          hint="Our promise to talk with them counts from this day."
          value={{
            day: values['told-day'] ?? String(visit.today.day),
            month: values['told-month'] ?? String(visit.today.month),
            year: values['told-year'] ?? String(visit.today.year),
          }}
          errors={mistakes}
        />
        <TextField
          name="name"
          label="What is their name?"
          hint="Any name they go by. Tell them: only the team sees what you write here, and they can have it deleted."
          autocomplete="off"
          value={values.name}
          errors={mistakes}
        />
        <Radios
          name="channel"
          label="How do they want to be reached?"
          value={values.channel}
          options={contactFields.map(channel => ({
            value: channel,
            label: channelWords[channel],
            content:
              channel === 'email' ? (
                <EmailField label="E-mail address" autocomplete="off" {...contact(channel)} />
              ) : channel === 'post' ? (
                <TextArea label="Postal address" rows={4} autocomplete="off" {...contact(channel)} />
              ) : (
                <PhoneField
                  label={channel === 'phone' ? 'Phone number' : 'Mobile phone number'}
                  autocomplete="off"
                  {...contact(channel)}
                />
              ),
          }))}
          errors={mistakes}
        />
        <TextArea
          optional
          name="words"
          label="What did they say about themselves?"
          hint="In their own words. Do not ask what they know about imaging."
          maxCharacters={longest.words}
          value={values.words}
          errors={mistakes}
        />
        <TextArea
          optional
          name="help"
          label="What help do they need to take part?"
          hint="Ask everybody. Write what they need, and not why."
          maxCharacters={longest.help}
          value={values.help}
          errors={mistakes}
        />
        {visit.thing.roles.length > 0 && (
          <Select
            optional
            name="role"
            label="Is there a role that they would like?"
            empty="None in particular"
            options={visit.thing.roles.map(each => ({ value: each.slug, text: each.title }))}
            value={values.role}
            errors={mistakes}
          />
        )}
        <Select
          optional
          name="trust"
          label="Which hospitals do they know best?"
          empty="None of these, or they would rather not say"
          options={visit.thing.trusts.map(each => ({ value: String(each.id), text: each.name }))}
          value={values.trust}
          errors={mistakes}
        />
        <Checkboxes
          optional
          name="mayKnow"
          label="May those hospitals know of them?"
          hint="Ask: somebody at the hospital Trust looks after people who take part."
          options={[{ value: 'yes', label: 'Yes, that person may see their name, and what would help them' }]}
          values={lists.mayKnow ?? (values.mayKnow === 'yes' ? ['yes'] : [])}
          errors={mistakes}
        />
        <BeforeYouWrite />
      </Form>
    ),
  }
}

function readBackScreen(
  visit: Visit<Recording>,
  answers: Answers,
  more: {
    how: (typeof ways)[number]
    occasion: string
    told: Temporal.PlainDate
    hidden: Record<string, string>
  },
): Screen {
  const { roles, trusts } = visit.thing
  const role = roles.find(each => each.slug === answers.role)
  const trust = trusts.find(each => each.id === answers.trustId)
  const where = more.how === 'event' ? `At an event: ${more.occasion}` : howWords[more.how]
  return {
    title: 'Read it back to them',
    caption: 'Write down an application',
    body: (
      <>
        <p>Nothing is kept yet. Read this out, or look at it once more if they are not there.</p>
        <SummaryList
          rows={[
            { key: 'How they told us', value: `${where}, on ${dateInWords(more.told)}` },
            { key: 'Your name is', value: <bdi>{answers.name}</bdi> },
            { key: 'We reach you by', value: channelWords[answers.channel].toLowerCase() },
            { key: 'At', value: <span className="loop-words">{answers.contact}</span> },
            { key: 'You said', value: answers.words ? <Quote words={answers.words} /> : 'Nothing more' },
            { key: 'You need', value: answers.help ? <Quote words={answers.help} /> : 'No help' },
            ...(role ? [{ key: 'You would like to be', value: role.title }] : []),
            {
              key: 'You know best',
              value: trust
                ? `${trust.name}. ${answers.trustMayKnow ? 'They may see your name and what would help you' : 'They do not see your name'}`
                : 'Not said',
            },
          ]}
        />
        <Form
          action={paths.record(visit.network.slug)}
          hidden={{ ...visit.hidden, ...more.hidden, 'read-back': 'yes' }}
          button="It is right: keep it and send the receipt"
        />
        <Form
          action={paths.record(visit.network.slug)}
          hidden={{ ...visit.hidden, ...more.hidden, 'read-back': 'change' }}
          button="Change something"
        />
      </>
    ),
  }
}
