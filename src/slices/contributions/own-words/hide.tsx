import { z } from 'zod'
import { Form, InsetText, Quote, Radios, TextField } from '#design/index.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import { text } from '#platform/form/fields.ts'
import { type AnyRoute, errors, form, page, refused, show, type Visit } from '#platform/http/route.ts'
import { holdsPost, personRule, type Rule, theTeam } from '#platform/permission.ts'
import { contributionPaths } from '../paths.ts'
import { type LoadedThread, loadThread } from '../store.ts'
import { hideWords, textKey } from './changes.ts'
import { type OwnText, textsOf, wordsFor } from './words.ts'

interface WithTexts extends LoadedThread {
  readonly texts: readonly OwnText[]
}

const load = async (
  { tx, params }: Visit<undefined>,
  how: { forChange: boolean },
): Promise<WithTexts | undefined> => {
  const loaded = await loadThread(tx, params.reference, how)
  return loaded && { ...loaded, texts: await textsOf(tx, loaded.id) }
}

const kindInWords: Readonly<Record<OwnText['kind'], string>> = {
  words: 'The first words',
  correction: 'A correction',
  joined: 'The words of somebody who joined',
  view: 'A member’s view',
  answer: 'An answer',
}
const nameOf = (each: OwnText) =>
  `${kindInWords[each.kind]}, ${dateInWords(each.at.toZonedDateTimeISO('Europe/London').toPlainDate())}`

/** The director, until a network has somebody of its own for it (rules.md, R1). */
const theDataProtectionOfficer: Rule = personRule('the data protection officer', actor =>
  holdsPost(actor, 'director'),
)

export const hideRoutes: readonly AnyRoute[] = [
  form('/:network/contributions/:reference/hide', {
    who: theTeam as Rule<WithTexts>,
    audit: 'words-hidden',
    load,
    fields: z.object({
      phrase: text('Enter the words to hide', { max: 500, name: 'The words to hide' }),
      reason: text('Enter why they are hidden', { max: 100, name: 'Why' }),
      of: z.string().optional(),
    }),
    screen: (visit: Visit<WithTexts>, filled) => {
      const texts = visit.thing.texts.filter(each => wordsFor(visit.me, each).is !== 'withdrawn')
      return {
        title: 'Hide somebody’s personal details',
        caption: visit.thing.reference,
        back: {
          href: contributionPaths.one(visit.network.slug, visit.thing.reference),
          text: visit.thing.reference,
        },
        body: (
          <>
            <p>
              Nobody can change what somebody said. You can hide what shows who a person is, and say why. It
              is then hidden for everybody but the person who wrote it. Only the data protection officer can
              look at the whole, and each look is written down.
            </p>
            <p>
              This hides it in all that people wrote here: the first words, corrections, words of those who
              joined, views and answers. It is also hidden in the title and in messages that were sent about
              it. What the team and the group wrote themselves (what was said and decided, the answer,
              actions) is not hidden by it, nor what is published: take that down first if it is there.
            </p>
            <p>
              A translation of words in which something is hidden goes, too, since it may say the same. It can
              be added again.
            </p>
            {texts.map(each => (
              <Quote words={wordsFor(visit.me, each).words} by={nameOf(each)} key={textKey(each)} />
            ))}
            <Form hidden={visit.hidden} button="Hide them">
              {texts.length > 1 && (
                <Radios
                  name="of"
                  label="Where?"
                  errors={filled.errors}
                  value={filled.values.of ?? ''}
                  options={[
                    { value: '', label: 'Everywhere they stand' },
                    ...texts.map(each => ({ value: textKey(each), label: nameOf(each) })),
                  ]}
                />
              )}
              <TextField
                name="phrase"
                label="The words to hide"
                hint="Copy them exactly. They are hidden in each place where they stand."
                errors={filled.errors}
                value={filled.values.phrase}
              />
              <TextField
                name="reason"
                label="Why"
                hint="Everybody reads this in their place, for example: a patient’s name"
                errors={filled.errors}
                value={filled.values.reason}
              />
            </Form>
          </>
        ),
      }
    },
    submit: async (visit, { phrase, reason, of }) => {
      if (of && !visit.thing.texts.some(each => textKey(each) === of)) {
        return errors({ field: 'of', message: 'Choose where' })
      }
      if (reason.toLowerCase().includes(phrase.toLowerCase())) {
        return errors({
          field: 'reason',
          message: 'Everybody reads why. Do not write the words themselves there',
        })
      }
      const answer = await hideWords(visit, visit.thing, { phrase, reason, of: of || undefined })
      return answer.accepted
        ? { to: contributionPaths.one(visit.network.slug, visit.thing.reference) }
        : refused(answer, 'phrase')
    },
  }),
  page<WithTexts>('/:network/contributions/:reference/original', {
    who: theDataProtectionOfficer as Rule<WithTexts>,
    audit: 'original-viewed',
    load,
    handler: visit => {
      const hidden = visit.thing.texts.filter(each => each.hidden.length > 0 && !each.withdrawn)
      return show({
        title: 'The words as they were given',
        caption: visit.thing.reference,
        back: {
          href: contributionPaths.one(visit.network.slug, visit.thing.reference),
          text: visit.thing.reference,
        },
        body: (
          <>
            <InsetText>That you looked at this is written down.</InsetText>
            {hidden.length === 0 ? (
              <p>Nothing is hidden in {visit.thing.reference}.</p>
            ) : (
              hidden.map(each => <Quote words={each.words} by={nameOf(each)} key={textKey(each)} />)
            )}
          </>
        ),
      })
    },
  }),
]
