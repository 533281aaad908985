import { z } from 'zod'
import { ButtonLink, Form, InsetText, Quote, Radios, SummaryList, TextArea } from '#design/index.ts'
import { dateInWords, dueInWords } from '#kernel/calendar/words.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { choice, text } from '#platform/form/fields.ts'
import {
  type AnyRoute,
  type Filled,
  form,
  page,
  refused,
  type Screen,
  show,
  type Visit,
} from '#platform/http/route.ts'
import { aPerson, personRule } from '#platform/permission.ts'
import { myDataPaths as paths } from '../paths.ts'
import { wishKinds } from '../tables.ts'
import { type LoadedWish, loadWish, takeBackWish, wishFor } from './changes.ts'
import { ico, kindWords, stateWords } from './words.ts'

const whoAsked = personRule<LoadedWish>(
  'the person who asked',
  (actor, { row }) => row.person_id === actor.personId,
)
const load = (visit: Visit<undefined>, how: { forChange: boolean }) =>
  loadWish(visit.tx, visit.params.wish, how)

/** Correct, object, erase, or a copy in another way: asked in own words, followed until it is answered. */
export const myWishRoutes: AnyRoute[] = [
  form('/:network/account/my-data/ask', {
    fresh: true,
    who: aPerson,
    audit: 'data-wish-made',
    fields: z.object({
      kind: choice('Choose what we should do', wishKinds),
      words: text('Tell us what it is about', { max: 5_000, name: 'What it is about' }),
    }),
    screen: (visit: Visit, filled) => asking(visit, filled),
    async submit(visit, { kind, words }) {
      const number = await wishFor(visit, { kind, words, how: 'web', whose: { personId: visit.me.personId } })
      return { to: paths.wish(visit.network.slug, number) }
    },
  }),
  page<LoadedWish>('/:network/account/my-data/wishes/:wish', {
    fresh: true,
    who: whoAsked,
    audit: 'nothing',
    load,
    handler: visit => show(one(visit)),
  }),
  form('/:network/account/my-data/wishes/:wish/take-back', {
    fresh: true,
    who: whoAsked,
    audit: 'data-wish-taken-back',
    load,
    page: false,
    fields: z.object({}),
    screen: (visit: Visit<LoadedWish>) => one(visit),
    async submit(visit) {
      const done = await takeBackWish(visit, visit.thing)
      return done.accepted ? { to: paths.wish(visit.network.slug, visit.thing.row.number) } : refused(done)
    },
  }),
]

function asking(visit: Visit, { values, errors }: Filled): Screen {
  const { slug } = visit.network
  return {
    title: 'Ask us about your data',
    back: { href: paths.mine(slug), text: 'What we hold about you' },
    body: (
      <>
        <p>
          You can change <a href={`/${slug}/account/contact`}>how we reach you</a> yourself, at once. And when
          you <a href={`/${slug}/account/leave`}>leave</a>, most of what we hold goes by itself.
        </p>
        <Form hidden={visit.hidden} button="Send it">
          <Radios
            name="kind"
            label="What should we do?"
            value={values.kind}
            errors={errors}
            options={wishKinds.map(value => ({
              value,
              label: kindWords[value].title,
              hint: kindWords[value].hint,
            }))}
          />
          <TextArea
            name="words"
            label="What is it about?"
            hint="We use this only to answer you. The team reads it. It is kept for 3 years, as proof that we answered."
            value={values.words}
            errors={errors}
            maxCharacters={5_000}
          />
        </Form>
      </>
    ),
  }
}

function one(visit: Visit<LoadedWish>): Screen {
  const { row, it } = visit.thing
  const { slug } = visit.network
  const open = it.state === 'open' || it.state === 'paused'
  return {
    title: kindWords[row.kind].title,
    caption: `Your wish ${row.number}`,
    back: { href: paths.mine(slug), text: 'What we hold about you' },
    body: (
      <>
        <SummaryList
          rows={[
            { key: 'Where it is', value: stateWords[row.state] },
            ...(open
              ? [
                  {
                    key: 'You hear from us',
                    value:
                      it.state === 'paused'
                        ? 'When you have answered'
                        : dueInWords(it.dueOn, visit.today).words,
                  },
                  { key: 'Last day by law', value: dateInWords(it.lastDay) },
                ]
              : []),
          ]}
        />
        <Quote words={row.words} by="You" />
        {it.state === 'paused' && (
          <InsetText>
            <p>We need something from you first: {theirs(it.because)}</p>
            <p>
              Tell us in the way you like
              {visit.network.phone ? `, for example on ${visit.network.phone}` : ''}. Until then our time
              stands still.
            </p>
          </InsetText>
        )}
        {row.answer !== '' && (
          <>
            <h2 className="nhsuk-heading-m">Our answer</h2>
            <Quote words={row.answer} />
            <p>{ico}</p>
            <ButtonLink href={`/${slug}/data-protection-complaint`} secondary>
              Complain about data
            </ButtonLink>
          </>
        )}
        {open && (
          <Form
            action={`${paths.wish(slug, row.number)}/take-back`}
            hidden={visit.hidden}
            button="Take this wish back"
          />
        )}
      </>
    ),
  }
}
