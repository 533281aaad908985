import { z } from 'zod'
import {
  Form,
  Panel,
  PhoneField,
  Radios,
  Select,
  TextArea,
  TextField,
  WarningCallout,
} from '#design/index.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import { reference } from '#kernel/references.ts'
import { choice, optionalChoice, optionalText, text } from '#platform/form/fields.ts'
import {
  type AnyRoute,
  errors,
  type Filled,
  form,
  page,
  type Screen,
  show,
  type Visit,
} from '#platform/http/route.ts'
import { anyone, isTeam } from '#platform/permission.ts'
import { daysToAcknowledge } from './complaint.ts'
import { raiseComplaint } from './complaint-changes.ts'
import { networkPaths } from './paths.ts'
import { type ComplaintHow, complaintHows } from './tables.ts'

const howWords: Record<ComplaintHow, string> = {
  web: 'On this website',
  phone: 'By phone',
  post: 'By post',
  email: 'By e-mail',
  'in-person': 'In person',
}

const fields = z.object({
  words: text('Tell us what went wrong', { max: 5_000, name: 'What went wrong' }),
  name: text('Enter your name', { max: 100, name: 'Name' }),
  channel: choice('Choose how we can answer you', ['email', 'phone', 'post']),
  email: optionalText({ max: 254, name: 'E-mail address' }),
  phone: optionalText({ max: 30, name: 'Phone number' }),
  post: optionalText({ max: 500, name: 'Postal address' }),
  how: optionalChoice(complaintHows),
})

/** Anybody, signed in or not; staff write down what somebody told them through the same form (R1). */
export const complaintFormRoutes: AnyRoute[] = [
  form('/:network/data-protection-complaint', {
    who: anyone,
    audit: 'data-complaint-raised',
    fields,
    againstBots: true,
    limit: { name: 'public-form', uses: 10, minutes: 60 },
    screen: complaintScreen,
    async submit(visit, given) {
      const address = given[given.channel]
      const wrong = wrongAddress(given.channel, address)
      if (wrong) return errors({ field: given.channel, message: wrong })
      const recorded = visit.actor !== undefined && isTeam(visit.actor)
      if (recorded && !given.how) return errors({ field: 'how', message: 'Choose how it reached you' })
      const number = await raiseComplaint(visit, {
        words: given.words,
        name: given.name,
        channel: given.channel,
        address,
        how: recorded ? given.how! : 'web',
        recorded,
        ...(recorded ? {} : { language: visit.language }),
      })
      return { to: networkPaths.complaintReceived(visit.network.slug, receiptOf(visit, number)) }
    },
  }),
  page<{ number: number; lastDay: string }>('/:network/data-protection-complaint/received/:receipt', {
    who: anyone,
    audit: 'nothing',
    async load(visit) {
      const number = Number(/^(\d{1,9})-/.exec(visit.params.receipt ?? '')?.[1])
      if (!number || receiptOf(visit, number) !== visit.params.receipt) return undefined
      const row = await visit.tx
        .selectFrom('data_complaint')
        .select('last_day')
        .where('number', '=', number)
        .executeTakeFirst()
      return row && { number, lastDay: dateInWords(row.last_day) }
    },
    handler: ({ thing, network }) =>
      show({
        title: 'We have it',
        titleInLegend: true,
        body: (
          <>
            <Panel title="We have it" asHeading>
              Its number is <strong>{reference('D', thing.number)}</strong>
            </Panel>
            <p>
              Only the person who looks after data protection in {network.name} reads it. We have told you now
              that it is here. By law we had until {thing.lastDay} for that.
            </p>
            <p>You hear from us at least every 20 working days until you have an answer.</p>
            <p>
              You can also complain to the Information Commissioner’s Office (ICO):{' '}
              <a href="https://ico.org.uk/make-a-complaint">ico.org.uk</a> or{' '}
              <a href="tel:03031231113">0303 123 1113</a>.
            </p>
          </>
        ),
      }),
  }),
]

/** Shows the number to the one who sent it, and to nobody who guesses. */
const receiptOf = (visit: Pick<Visit, 'seal'>, number: number) =>
  `${number}-${visit.seal('data-complaint-receipt', String(number))}`

function wrongAddress(channel: 'email' | 'phone' | 'post', address: string): string | undefined {
  if (channel === 'email') {
    if (!address) return 'Enter an e-mail address'
    if (!/^[^\s@<>()[\]\\,;:"]+@[^\s@.]+(\.[^\s@.]+)+$/.test(address))
      return 'Enter an e-mail address in the right form, like name@example.org'
  }
  if (channel === 'phone') {
    if (!address) return 'Enter a phone number'
    if (!/^\+?[\d\s()-]{7,20}$/.test(address)) return 'Enter a phone number, like 0121 496 0000'
  }
  if (channel === 'post' && !address) return 'Enter a postal address'
  return undefined
}

function complaintScreen(visit: Visit, { values, errors: list }: Filled): Screen {
  const { actor, network } = visit
  const recording = actor !== undefined && isTeam(actor)
  return {
    title: 'Complain about how we use your data',
    back: { href: networkPaths.front(network.slug), text: `Back to ${network.shortName}` },
    body: (
      <>
        <p>
          Use this if you think we did something wrong with your personal data. You do not have to sign in. We
          tell you at once that we have it. By law we have {daysToAcknowledge} days for that.
        </p>
        <p>
          We ask for your name and a way to reach you so that we can answer. Only the person who looks after
          data protection sees it. We keep it for 10 years. <a href={`/${network.slug}/privacy`}>Privacy</a>{' '}
          says more.
        </p>
        <WarningCallout title="Not about data?">
          <p>
            For a complaint about your care, ask the hospital’s Patient Advice and Liaison Service (PALS).
            Ring 999 if somebody is in danger, or 111 for medical help.
          </p>
        </WarningCallout>
        <Form hidden={visit.hidden} button="Send">
          {recording && (
            <Select
              name="how"
              label="How did it reach you?"
              hint="You write down what somebody told you. You cannot read it again afterwards."
              errors={list}
              value={values.how}
              empty="Choose how"
              options={complaintHows
                .filter(how => how !== 'web')
                .map(how => ({ value: how, text: howWords[how] }))}
            />
          )}
          <TextArea
            name="words"
            label={recording ? 'What went wrong, in their words?' : 'What went wrong?'}
            hint="What happened, and what should we put right? Please leave out details that identify a patient."
            errors={list}
            value={values.words}
            maxCharacters={5_000}
            rows={8}
          />
          <TextField
            name="name"
            label={recording ? 'Their name' : 'Your name'}
            errors={list}
            value={values.name ?? (recording ? '' : actor?.name)}
            autocomplete={recording ? 'off' : 'name'}
          />
          <Radios
            name="channel"
            label={recording ? 'How can we answer them?' : 'How can we answer you?'}
            errors={list}
            value={values.channel}
            options={[
              {
                value: 'email',
                label: 'By e-mail',
                content: (
                  <TextField
                    name="email"
                    label="E-mail address"
                    errors={list}
                    value={values.email}
                    type="email"
                    inputMode="email"
                    spellCheck={false}
                    autoCapitalize="none"
                    autocomplete={recording ? 'off' : 'email'}
                    dir="ltr"
                  />
                ),
              },
              {
                value: 'phone',
                label: 'By phone',
                content: <PhoneField name="phone" label="Phone number" errors={list} value={values.phone} />,
              },
              {
                value: 'post',
                label: 'By post',
                content: (
                  <TextArea name="post" label="Postal address" errors={list} value={values.post} rows={4} />
                ),
              },
            ]}
          />
        </Form>
      </>
    ),
  }
}

export { howWords }
