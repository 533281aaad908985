import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { Checkboxes, DateField, Radios, SummaryList, TextArea } from '#design/index.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { choice, dateFields, optionalText, readDateFields, several } from '#platform/form/fields.ts'
import type { FieldError, Filled, Visit, WhatLeavingMeans } from '#platform/http/route.ts'
import type { LeavingWish } from './changes.ts'
import { furthest } from './goodbye.ts'

/** What somebody may choose about their own goodbye; each has an answer that is right for most people. */
export const wishFields = {
  when: choice('Choose when', ['now', 'day']),
  ...dateFields('on'),
  answers: choice('Choose whether we still answer', ['yes', 'no']),
  views: choice('Choose whether the name stays', ['as-they-are', 'anonymous']),
  thanks: choice('Choose whether we may write once more', ['yes', 'no']),
  remember: several(),
  reason: optionalText({ max: 2_000, name: 'The reason' }),
}
const schema = z.object(wishFields)
export type WishAnswers = z.infer<typeof schema>

/** As it is kept between the two pages. */
export interface KeptWish {
  readonly onDay: string | null
  readonly answersWanted: boolean
  readonly views: 'as-they-are' | 'anonymous'
  readonly thanksWanted: boolean
  readonly remembered: boolean
  readonly reason: string
  readonly how: LeavingWish['how']
}

export function readWish(
  given: WishAnswers,
  how: LeavingWish['how'],
  today: Temporal.PlainDate,
  first?: Temporal.PlainDate,
): { ok: true; wish: KeptWish } | { ok: false; mistake: FieldError } {
  let onDay: string | null = null
  if (given.when === 'day') {
    const read = readDateFields(given, 'on')
    if (!read.ok) {
      return {
        ok: false,
        mistake: { field: 'on', message: read.nothing ? 'Enter the day' : read.sentence },
      }
    }
    const tooSoon = Temporal.PlainDate.compare(read.date, today) <= 0
    const tooEarly = first !== undefined && Temporal.PlainDate.compare(read.date, first) < 0
    const tooFar = Temporal.PlainDate.compare(read.date, today.add(furthest)) > 0
    if (tooSoon || tooFar || tooEarly) {
      return {
        ok: false,
        mistake: {
          field: 'on',
          message: tooFar
            ? 'Enter a day within the next 12 months'
            : tooEarly
              ? `Enter ${dateInWords(first)} or later, so that they have heard of it before`
              : 'Enter a day after today',
        },
      }
    }
    onDay = read.date.toString()
  }
  return {
    ok: true,
    wish: {
      onDay,
      answersWanted: given.answers === 'yes',
      views: given.views,
      thanksWanted: given.thanks === 'yes',
      remembered: given.remember.includes('yes'),
      reason: given.reason,
      how,
    },
  }
}

/** @param first the first day on which it can be: what "now" means */
export const asWish = (kept: KeptWish, first: Temporal.PlainDate): LeavingWish => {
  const { onDay, ...rest } = kept
  return { ...rest, onDay: onDay === null ? first : Temporal.PlainDate.from(onDay) }
}

/** A person's wish between the two pages; the team's notes of somebody else's have their own name. */
const draftKind = (personId: number, mine: boolean) => (mine ? 'leaving' : `leaving:${personId}`)

export async function keepWish(visit: Visit<unknown>, personId: number, wish: KeptWish): Promise<void> {
  const data = JSON.stringify(wish)
  await visit.tx
    .insertInto('draft')
    .values({
      network_id: visit.network.id,
      person_id: visit.me.personId,
      kind: draftKind(personId, personId === visit.me.personId),
      data,
      updated_at: visit.now,
    })
    .onConflict(on =>
      on.columns(['network_id', 'person_id', 'kind']).doUpdateSet({ data, updated_at: visit.now }),
    )
    .execute()
}

export async function keptWish(visit: Visit<unknown>, personId: number): Promise<KeptWish | undefined> {
  const row = await visit.tx
    .selectFrom('draft')
    .select('data')
    .where('person_id', '=', visit.me.personId)
    .where('kind', '=', draftKind(personId, personId === visit.me.personId))
    .executeTakeFirst()
  return row?.data as KeptWish | undefined
}

export async function forgetWish(visit: Visit<unknown>, personId: number): Promise<void> {
  await visit.tx
    .deleteFrom('draft')
    .where('person_id', '=', visit.me.personId)
    .where('kind', '=', draftKind(personId, personId === visit.me.personId))
    .execute()
}

/** What goes, what stays, what is handed over: read before anything is chosen (R8). */
export function Meaning({ means, you }: { means: Required<WhatLeavingMeans>; you: boolean }) {
  const parts: [string, readonly string[]][] = [
    ['What is deleted', means.goes],
    ['What stays, and why', means.stays],
    [you ? 'What others take over from you' : 'What others take over', means.handedOver],
  ]
  return (
    <>
      {parts.map(
        ([title, lines]) =>
          lines.length > 0 && (
            <section key={title}>
              <h2 className="nhsuk-heading-m">{title}</h2>
              <ul className="nhsuk-list nhsuk-list--bullet">
                {lines.map(line => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
            </section>
          ),
      )}
    </>
  )
}

/** @param you in the second person; else the team writes down what somebody said */
export function WishQuestions({
  filled,
  you,
  kept,
  first,
}: {
  filled: Filled
  you: boolean
  /** For the team's note: the day by which they have heard of it. */
  first?: Temporal.PlainDate
  kept: KeptWish | undefined
}) {
  const { values, errors } = filled
  const sent = Object.keys(values).length > 0
  const before = (name: string, usual: string) => (sent ? values[name] : usual)
  const keptDay = kept?.onDay ? Temporal.PlainDate.from(kept.onDay) : undefined
  return (
    <>
      <Radios
        name="when"
        label={you ? 'When do you want to leave?' : 'When do they want to leave?'}
        value={before('when', keptDay ? 'day' : 'now')}
        errors={errors}
        options={[
          first
            ? {
                value: 'now',
                label: `As soon as possible: ${dateInWords(first)}`,
                hint: 'They are told before, and can stay after all.',
              }
            : { value: 'now', label: 'Now' },
          {
            value: 'day',
            label: 'On a day that is still to come',
            content: (
              <DateField
                name="on"
                label={you ? 'The first day without a place here' : 'The first day without a place'}
                hint="For example, 31 3 2027"
                value={
                  sent
                    ? { day: values['on-day'], month: values['on-month'], year: values['on-year'] }
                    : keptDay
                      ? {
                          day: String(keptDay.day),
                          month: String(keptDay.month),
                          year: String(keptDay.year),
                        }
                      : {}
                }
                errors={errors}
              />
            ),
          },
        ]}
      />
      <Radios
        name="answers"
        label={
          you
            ? 'Do you still want answers to what you said and asked?'
            : 'Do they still want answers to what they said and asked?'
        }
        hint="For these, and only for these, one address is kept. It is deleted with the last answer."
        value={before('answers', kept?.answersWanted === false ? 'no' : 'yes')}
        errors={errors}
        options={[
          { value: 'yes', label: you ? 'Yes, answer me' : 'Yes' },
          { value: 'no', label: 'No answers needed' },
        ]}
      />
      <Radios
        name="views"
        label={
          you ? 'What about your name beside what you said?' : 'What about their name beside what they said?'
        }
        hint="Minutes and votes keep the name: a network must be able to show who decided."
        value={before('views', kept?.views ?? 'as-they-are')}
        errors={errors}
        options={[
          { value: 'as-they-are', label: you ? 'As I chose for each of them' : 'As they chose for each' },
          { value: 'anonymous', label: 'Take the name away everywhere' },
        ]}
      />
      <Radios
        name="thanks"
        label={
          you ? 'May somebody write to you once more, to thank you?' : 'May somebody write to thank them?'
        }
        value={before('thanks', kept?.thanksWanted === false ? 'no' : 'yes')}
        errors={errors}
        options={[
          { value: 'yes', label: 'Yes, once more' },
          { value: 'no', label: 'No more messages' },
        ]}
      />
      <Checkboxes
        optional
        name="remember"
        label={you ? 'If you come back one day' : 'If they come back one day'}
        values={sent ? (filled.lists.remember ?? []) : kept?.remembered ? ['yes'] : []}
        errors={errors}
        options={[
          {
            value: 'yes',
            label: you
              ? 'The team may see that I was here before'
              : 'The team may see that they were here before',
          },
        ]}
      />
      <TextArea
        optional
        name="reason"
        label={you ? 'Would you like to tell us why?' : 'Did they say why?'}
        hint={
          you
            ? 'You do not have to. Only the team reads it, and it is deleted when you were thanked.'
            : 'Only if they wanted to say. Nobody asks.'
        }
        value={sent ? values.reason : kept?.reason}
        maxCharacters={2_000}
        rows={3}
        errors={errors}
      />
    </>
  )
}

export function WishSummary({
  wish,
  change,
  first,
}: {
  wish: KeptWish
  change: string
  first?: Temporal.PlainDate
}) {
  const action = (about: string) => ({ href: change, about })
  return (
    <SummaryList
      rows={[
        {
          key: 'When',
          value: wish.onDay
            ? dateInWords(Temporal.PlainDate.from(wish.onDay))
            : first
              ? dateInWords(first)
              : 'Now',
          action: action('when'),
        },
        {
          key: 'Answers that are still to come',
          value: wish.answersWanted ? 'Yes, to one address that is kept until then' : 'None',
          action: action('answers that are still to come'),
        },
        {
          key: 'The name beside what was said',
          value: wish.views === 'anonymous' ? 'Taken away everywhere' : 'As chosen for each',
          action: action('the name'),
        },
        {
          key: 'A thank-you',
          value: wish.thanksWanted ? 'Yes, once' : 'No more messages',
          action: action('the thank-you'),
        },
        {
          key: 'The team may see it, if they come back',
          value: wish.remembered ? 'Yes' : 'No',
          action: action('what the team may see'),
        },
        {
          key: 'Why',
          value: wish.reason ? theirs(wish.reason) : 'Not said, and nobody asks',
          action: action('why'),
        },
      ]}
    />
  )
}
