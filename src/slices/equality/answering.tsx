import { z } from 'zod'
import { ButtonLink, Form, InsetText, Radios } from '#design/index.ts'
import { optionalText } from '#platform/form/fields.ts'
import {
  type AnyRoute,
  type Filled,
  form,
  page,
  type Screen,
  show,
  type Visit,
} from '#platform/http/route.ts'
import { anyone } from '#platform/permission.ts'
import { countAnswers } from './count.ts'
import { equalityPaths as paths } from './paths.ts'
import { questions } from './questions.ts'

const fields = Object.fromEntries(
  questions.map(each => [each.key, optionalText({ max: 60, name: 'The answer' })]),
) as Record<string, ReturnType<typeof optionalText>>

export const answeringRoutes: AnyRoute[] = [
  form('/:network/equality', {
    who: anyone,
    // Who answered is for nobody to know, nor when (R50).
    audit: 'nothing',
    limit: { name: 'public-form', uses: 5, minutes: 60 },
    againstBots: true,
    keepsWords: false,
    fields: z.object({
      ...fields,
      once: z
        .string()
        .regex(/^[\w-]{16,64}$/)
        .optional(),
    }),
    screen: answering,
    async submit(visit, { once, ...answers }) {
      if (once !== undefined) await countAnswers(visit, answers as Record<string, string>, once)
      return { to: paths.thanks(visit.network.slug) }
    },
  }),
  page('/:network/equality/thanks', {
    who: anyone,
    audit: 'nothing',
    handler: visit => show(thanks(visit)),
  }),
]

function answering(visit: Visit, { values, errors }: Filled): Screen {
  const { slug, name, phone } = visit.network
  // The corridor writes down who sent a form with its own mark; this one is known by another, which nobody writes down.
  const { _key: once = '', ...hidden } = visit.hidden
  return {
    title: 'Who are we hearing from?',
    back: { href: visit.actor ? `/${slug}/home` : `/${slug}`, text: visit.actor ? 'Home' : name },
    body: (
      <>
        <p>
          We want to hear from all kinds of people. These questions help us to see who is missing. You do not
          have to answer any of them, and it changes nothing for you.
        </p>
        <InsetText>
          <p>
            We do not keep your name with your answers, nor a time, nor anything that leads back to you. We
            only count: your answers become part of a sum.
          </p>
          <p>
            So <strong>you cannot change your answers after you send them</strong>, and we cannot find them
            again to show or delete them. Please send them once.
          </p>
        </InsetText>
        <p>
          Sums are shown to people who take part, and no number below 5 is ever shown.{' '}
          <a href={`/${slug}/privacy`}>How we look after what you tell us</a>.
          {phone && ` You can also ring us on ${phone}: we fill it in with you, without your name.`}
        </p>
        <Form hidden={{ ...hidden, once: values.once ?? once }} button="Send my answers">
          {questions.map(each => (
            <Radios
              optional
              name={each.key}
              label={each.title}
              value={values[each.key] || undefined}
              options={[
                ...each.answers.map(answer => ({ value: answer.key, label: answer.words })),
                { value: 'not-said', label: 'I would rather not say', divider: 'or' },
              ]}
              errors={errors}
              key={each.key}
            />
          ))}
          <div hidden aria-hidden="true">
            <label htmlFor="website">Leave this empty</label>
            <input id="website" name="website" type="text" tabIndex={-1} autoComplete="off" defaultValue="" />
          </div>
        </Form>
      </>
    ),
  }
}

function thanks(visit: Visit): Screen {
  const { slug } = visit.network
  return {
    title: 'Thank you for your answers',
    body: (
      <>
        <p>They are counted. Nobody can tell which of them are yours.</p>
        <ButtonLink href={visit.actor ? `/${slug}/home` : `/${slug}`} secondary>
          {visit.actor ? 'To your home page' : 'To the network’s page'}
        </ButtonLink>
      </>
    ),
  }
}
