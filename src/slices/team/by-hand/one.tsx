import { z } from 'zod'
import { Form, InsetText, Quote, Radios, TextArea, telephone } from '#design/index.ts'
import { dateInWords, dueInWords, momentInWords } from '#kernel/calendar/words.ts'
import { choice, optionalText } from '#platform/form/fields.ts'
import {
  type AnyRoute,
  errors,
  type Filled,
  form,
  page,
  type Screen,
  type Visit,
} from '#platform/http/route.ts'
import { languageOf, tagOf } from '#platform/languages/words.ts'
import { printsWhole } from '#platform/letter/fonts.ts'
import { lettersPdf } from '#platform/letter/pdf.ts'
import { theTeam } from '#platform/permission.ts'
import {
  type Need,
  NeedFlag,
  NeedsMetFields,
  needsAnotherForm,
  needsMetFields,
  needsMetMistakes,
  needsOf,
  noteNotMet,
} from '#slices/support-needs/index.ts'
import { markDone, noteCall } from '../changes.ts'
import { channelWords, InEnglish, loadMessage, Notes, subjectOf, toWhom } from '../messages.tsx'
import { teamPaths as paths } from '../paths.ts'
import { isPrivate, withoutKeys } from '../private-words.ts'
import type { OneMessage } from '../queries.ts'
import { LetterSheet } from './sheet.tsx'

const already = 'This was marked as done already'

const letterOnly = async (visit: Visit, how: { forChange: boolean }) => {
  const message = await loadMessage(visit, how)
  return message?.channel === 'post' && !isPrivate(message) ? message : undefined
}
const callOnly = async (visit: Visit, how: { forChange: boolean }) => {
  const message = await loadMessage(visit, how)
  return (message?.channel === 'phone' || message?.channel === 'text') && !isPrivate(message)
    ? message
    : undefined
}

/** What its reader needs, at the moment when it matters; the look is logged, and the person reads who looked (R58). */
async function needsHere(visit: Visit<OneMessage>, where: 'letter' | 'call'): Promise<readonly Need[]> {
  const id = visit.thing.person_id
  const needs = id === null ? [] : await needsOf(visit.tx, [id])
  if (needs.length > 0) await visit.audit(`needs-seen-${where}`, 'person', String(id))
  return needs
}

function Done({ message }: { message: OneMessage }) {
  return (
    <InsetText>
      {`Marked as done${message.doneBy ? ` by ${message.doneBy}` : ''}${message.sent_at ? `, ${momentInWords(message.sent_at)}` : ''}.`}
    </InsetText>
  )
}

function DueLine({ visit }: { visit: Visit<OneMessage> }) {
  const { due_on: due, state } = visit.thing
  if (!due || state !== 'by-hand') return null
  const words = dueInWords(due, visit.today)
  return (
    <p>
      By {dateInWords(due)}
      {words.late ? `, ${words.words}` : ''}
    </p>
  )
}

async function callScreen(visit: Visit<OneMessage>, filled: Filled): Promise<Screen> {
  const message = visit.thing
  const { slug } = visit.network
  const waits = message.state === 'by-hand'
  const needs = await needsHere(visit, 'call')
  return {
    title: message.channel === 'text' ? `Send a text to ${toWhom(message)}` : `Ring ${toWhom(message)}`,
    caption: subjectOf(message),
    back: { href: paths.calls(slug), text: 'Calls to make' },
    body: (
      <>
        <p className="nhsuk-heading-l">
          {message.address ? <a href={telephone(message.address)}>{message.address}</a> : 'We have no number'}
        </p>
        <DueLine visit={visit} />
        {!waits && <Done message={message} />}
        <NeedFlag needs={needs} groups={['contact', 'professional', 'support']} />
        <h2 className="nhsuk-heading-m">What to say</h2>
        <Quote
          words={withoutKeys(message.body)}
          by={channelWords[message.channel]}
          lang={tagOf(languageOf(message.layout))}
        />
        <InEnglish message={message} />
        <Notes message={message} />
        {waits && (
          <Form hidden={visit.hidden} button="Save">
            <Radios
              name="reached"
              label="Did you talk with them?"
              value={filled.values.reached}
              options={[
                { value: 'yes', label: 'Yes', hint: 'This call is done' },
                { value: 'no', label: 'No', hint: 'It stays on the list' },
              ]}
              errors={filled.errors}
            />
            <TextArea
              optional
              name="words"
              label="What did they say?"
              hint="In their own words. Only the team sees it. Do not write anything that shows who another patient is."
              maxCharacters={5000}
              value={filled.values.words}
              errors={filled.errors}
            />
            {message.person_id !== null && (
              <p>
                Did they tell you their view, an answer or a vote?{' '}
                <a href={`/${slug}/team/said/of/${message.person_id}`}>Write it down and go on with it</a>.
              </p>
            )}
            <p>Is somebody in danger? Ring 999. For medical help that cannot wait, ring 111.</p>
          </Form>
        )}
      </>
    ),
  }
}

async function letterScreen(visit: Visit<OneMessage>, filled: Filled): Promise<Screen> {
  const message = visit.thing
  const needs = await needsHere(visit, 'letter')
  return {
    title: `Letter to ${toWhom(message)}`,
    caption: subjectOf(message),
    back: { href: paths.letters(visit.network.slug), text: 'Letters to post' },
    body: (
      <>
        <div className="loop-not-on-paper">
          <NeedFlag needs={needs} groups={['format', 'contact']} />
          {message.state === 'by-hand' ? (
            <>
              <DueLine visit={visit} />
              <p>
                <a href={paths.letterPdf(visit.network.slug, message.id)}>Open the letter as a PDF</a> and
                print it.
                {!printsWhole(`${message.name}${message.address}${message.body}`) && (
                  <strong>
                    {' '}
                    It has characters that the PDF cannot show: print this page instead, and look whether they
                    are there.
                  </strong>
                )}
              </p>
              <p>
                Or print this page: only the letter comes out. The address fits a window envelope when you
                fold the sheet in three.
                {message.largePrint && <strong> It is in large print, as this person asked.</strong>}
              </p>
              <Form hidden={visit.hidden} button="It is posted: mark it as done">
                {needsAnotherForm(needs) && (
                  <NeedsMetFields
                    label="Does it go out in the form they need?"
                    hint="A printed page alone is not what this person needs."
                    filled={filled}
                    errors={filled.errors}
                  />
                )}
              </Form>
            </>
          ) : (
            <Done message={message} />
          )}
          <InEnglish message={message} />
        </div>
        <LetterSheet
          letter={{ ...message, language: languageOf(message.layout) }}
          network={visit.network}
          day={visit.today}
        />
      </>
    ),
  }
}

export const oneByHandRoutes: AnyRoute[] = [
  page<OneMessage>('/:network/team/letters/:message/letter.pdf', {
    who: theTeam,
    audit: 'letter-printed',
    load: letterOnly,
    async handler(visit) {
      const { thing, network, today } = visit
      await needsHere(visit, 'letter')
      const body = lettersPdf([{ ...thing, language: languageOf(thing.layout) }], { network, day: today })
      return { kind: 'download', name: `Letter ${thing.id}.pdf`, type: 'application/pdf', body }
    },
  }),
  form('/:network/team/calls/:message', {
    who: theTeam,
    audit: 'call-noted',
    load: callOnly,
    fields: z.object({
      reached: choice('Choose whether you talked with them', ['yes', 'no']),
      words: optionalText({ max: 5000, name: 'What they said' }),
    }),
    screen: callScreen,
    async submit(visit, { reached, words }) {
      const { slug } = visit.network
      if (visit.thing.state !== 'by-hand') return errors({ message: already })
      const done = await noteCall(visit, visit.thing.id, { reached: reached === 'yes', words })
      return done ? { to: paths.calls(slug) } : errors({ message: already })
    },
  }),
  form('/:network/team/letters/:message', {
    who: theTeam,
    audit: 'letter-posted',
    load: letterOnly,
    fields: z.object(needsMetFields),
    screen: letterScreen,
    async submit(visit: Visit<OneMessage>, given) {
      const { thing, tx, network } = visit
      const { person_id: personId } = thing
      if (thing.state !== 'by-hand') return errors({ message: already })
      // Not in the form its reader needs: never without a reason, which the person reads (R13).
      if (personId !== null && needsAnotherForm(await needsOf(tx, [personId]))) {
        const mistakes = needsMetMistakes(given)
        if (mistakes.length > 0) return errors(...mistakes)
        if (given['needs-met'] === 'no') {
          await noteNotMet(visit, 'letter', thing.id, [personId], given['needs-reason'])
        }
      }
      return (await markDone(visit, thing.id))
        ? { to: paths.letters(network.slug) }
        : errors({ message: already })
    },
  }),
]
