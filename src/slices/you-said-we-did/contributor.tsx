import { z } from 'zod'
import { Form, InsetText, Radios, TextArea } from '#design/index.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import { dayOf } from '#kernel/calendar/working-days.ts'
import { choice, optionalText } from '#platform/form/fields.ts'
import {
  type AnyRoute,
  errors,
  type Filled,
  form,
  refused,
  type Screen,
  type Visit,
} from '#platform/http/route.ts'
import { answerPublication } from './changes.ts'
import { publicationPaths as to } from './paths.ts'
import { publicName } from './publication.ts'
import { type LoadedPublishing, loadPublishing, mayAgree, mayTakeBack } from './store.ts'
import { PublicTextParts } from './text.tsx'

const load = (visit: Visit<undefined>, how: { forChange: boolean }) =>
  loadPublishing(visit.tx, visit.params.reference, how)

/** The contributor's side: agree to exactly this text, or not, and take it back whenever they like. */
export const contributorRoutes: AnyRoute[] = [
  form('/:network/contributions/:reference/publication', {
    who: mayAgree,
    audit: 'publication-answered',
    load,
    // The text's own hash guards it: another person's answer meanwhile does no harm.
    guardsVersion: false,
    fields: z.object({
      answer: choice('Choose if we may publish this', ['yes', 'different', 'no']),
      words: optionalText({ max: 1_000, name: 'Your words' }),
      text: z.string().optional(),
    }),
    screen: (visit, filled) => agreeScreen(visit, filled),
    async submit(visit, fields) {
      if (fields.answer === 'different' && fields.words === '') {
        return errors({ field: 'words', message: 'Enter what should be different' })
      }
      const step = await answerPublication(visit, visit.thing, {
        personId: visit.me.personId,
        answer: fields.answer,
        words: fields.words,
        textHash: fields.text ?? '',
        how: 'page',
      })
      return step.accepted ? { to: to.agree(visit.network.slug, visit.thing.reference) } : refused(step)
    },
  }),
  form('/:network/contributions/:reference/publication/take-back', {
    who: mayTakeBack,
    audit: 'publication-taken-back',
    load,
    guardsVersion: false,
    fields: z.object({}),
    screen: visit => ({
      title: 'Take it back',
      caption: visit.thing.reference,
      back: { href: to.agree(visit.network.slug, visit.thing.reference), text: 'What is published' },
      body: (
        <>
          <p>
            It goes at once from the page, the list, the feeds and every search. You do not have to say why.
            What you said and what came of it stay with the network as before.
          </p>
          <Form hidden={visit.hidden} button="Take it back now" warning />
        </>
      ),
    }),
    async submit(visit) {
      if (!visit.thing.published) return { to: to.agree(visit.network.slug, visit.thing.reference) }
      const step = await answerPublication(visit, visit.thing, {
        personId: visit.me.personId,
        answer: 'no',
        words: '',
        textHash: visit.thing.published.textHash,
        how: 'page',
      })
      return step.accepted ? { to: to.agree(visit.network.slug, visit.thing.reference) } : refused(step)
    },
  }),
]

function agreeScreen(visit: Visit<LoadedPublishing>, filled: Filled): Screen {
  const it = visit.thing
  const { slug } = visit.network
  const version = it.open ?? it.published
  const back = { href: to.contribution(slug, it.reference), text: it.reference }
  const me = it.contributors.find(each => each.personId === visit.me.personId)!
  if (!version) {
    return {
      title: 'This is not published',
      caption: it.reference,
      back,
      body: (
        <p>
          It was taken back. Nobody can read it any more. If a new text is written, you will be asked first.
        </p>
      ),
    }
  }
  const mine = version.answers.find(each => each.personId === me.personId)
  const shown = publicName({ ...me, agreed: me.naming, wanted: me.naming })
  const named = (
    <p>
      {shown ? `Your name is shown as: ${shown}.` : 'Your name is not shown.'} You chose this when you sent
      it, and you can change it on the page of {it.reference}.
    </p>
  )
  if (!it.open) {
    return {
      title: 'This is published',
      caption: it.reference,
      back,
      body: (
        <>
          <PublicTextParts text={version.text} titleLevel={2} />
          {named}
          <p>
            <a href={to.one(slug, it.reference)}>See it in “You said, we did”</a>
          </p>
          <p>
            You can change your mind. <a href={to.takeBack(slug, it.reference)}>Take it back</a>
          </p>
        </>
      ),
    }
  }
  return {
    title: 'May we publish this?',
    caption: it.reference,
    back,
    body: (
      <>
        {mine && (
          <InsetText>
            {saidWords[mine.answer]} on {dateInWords(dayOf(mine.at))}. You can change your answer below.
          </InsetText>
        )}
        {it.published && (
          <p>
            Another text of this is published now. It stays until everyone agrees to the new one.{' '}
            <a href={to.takeBack(slug, it.reference)}>Take it back</a>
          </p>
        )}
        <p>Everybody would be able to read this. It only goes out if you agree to exactly these words.</p>
        <PublicTextParts text={version.text} titleLevel={2} />
        {named}
        <Form hidden={{ ...visit.hidden, text: version.textHash }} button="Send my answer">
          <Radios
            name="answer"
            label="May we publish exactly this?"
            value={filled.values.answer ?? mine?.answer}
            errors={filled.errors}
            options={[
              { value: 'yes', label: 'Yes, publish exactly this' },
              { value: 'different', label: 'It should be different', hint: 'Say below what to change' },
              { value: 'no', label: 'No, do not publish it' },
            ]}
          />
          <TextArea
            name="words"
            label="What should be different?"
            hint="Do not give details that identify a patient."
            optional
            value={filled.values.words ?? mine?.words}
            errors={filled.errors}
            maxCharacters={1_000}
            rows={4}
          />
        </Form>
      </>
    ),
  }
}

const saidWords = {
  yes: 'You agreed to exactly this',
  different: 'You asked for other words',
  no: 'You said no',
} as const
