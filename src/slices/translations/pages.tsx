import { z } from 'zod'
import { Form, InsetText, Quote, Radios, Select, TextArea, TextField } from '#design/index.ts'
import { shorten } from '#kernel/text/graphemes.ts'
import { choice, optionalId, optionalText, text } from '#platform/form/fields.ts'
import {
  type AnyRoute,
  errors,
  type FieldError,
  type Filled,
  form,
  refused,
  type Visit,
} from '#platform/http/route.ts'
import {
  loadTranslating,
  mayTranslate,
  putTranslation,
  type ThingOf,
  type Translatable,
  type Translating,
} from './loading.ts'
import { translationPaths } from './paths.ts'
import { correctTranslation, takeTranslationBack } from './store.ts'
import {
  type GivenTranslation,
  languageByLetters,
  languageChoices,
  languageCodes,
  originalLang,
  type TakeBackReason,
  type Translator,
  takeBackReasons,
} from './translation.ts'

const chooseWords = 'Choose the words that you want to translate'
const mostCharacters = 20_000

const fields = z.object({
  'language-from': choice('Choose in which language it was said', languageCodes),
  language: choice('Choose in which language the translation is', languageCodes),
  words: text('Enter the translation', { max: mostCharacters, name: 'The translation' }),
  who: choice('Choose who translated it', ['me', 'person', 'other']),
  person: optionalId(),
  name: optionalText({ max: 100, name: 'The name' }),
  from: optionalText({ max: 100, name: 'Where they are from' }),
  professional: choice('Choose yes or no', ['yes', 'no']),
})
type Fields = z.infer<typeof fields>

/** The beside-fields of a refusal, by its reason. */
const fieldOf: Readonly<Record<string, string>> = {
  'same-language': 'language',
  'there-already': 'language',
  'the-same': 'words',
  'no-words': 'words',
}

/** The pages of translations below the address of one kind of thing: choose the words, add, correct, take back. */
export function translationRoutes<Thing extends ThingOf>(of: Translatable<Thing>): readonly AnyRoute[] {
  const who = mayTranslate(of)
  const at = (visit: Visit<Translating<Thing>>) => of.hrefOf(visit.network.slug, visit.thing.thing)
  const frame = (visit: Visit<Translating<Thing>>) => ({
    caption: visit.thing.thing.reference,
    back: { href: at(visit), text: visit.thing.thing.reference },
  })
  return [
    form(`${of.path}/translate`, {
      who,
      audit: 'translation-begun',
      load: loadTranslating(of, { by: 'thing' }),
      fields: z.object({ part: z.string({ error: chooseWords }) }),
      screen: (visit: Visit<Translating<Thing>>, filled) => {
        const mine = visit.thing.originals.filter(each => of.mayTranslate(visit.me, visit.thing.thing, each))
        const title = 'Which words do you want to translate?'
        return {
          title,
          titleInLegend: true,
          ...frame(visit),
          body: (
            <Form hidden={visit.hidden} button="Continue">
              <Radios
                name="part"
                label={title}
                asHeading
                errors={filled.errors}
                value={filled.values.part ?? (mine.length === 1 ? mine[0]?.part : undefined)}
                options={mine.map(each => ({
                  value: each.part,
                  label: each.ofPersonId === null ? 'An answer' : 'What was said',
                  hint: (
                    <bdi lang={originalLang(each, visit.thing.translations)}>{shorten(each.words, 80)}</bdi>
                  ),
                }))}
              />
            </Form>
          ),
        }
      },
      submit: (visit, { part }) => {
        const { thing, originals } = visit.thing
        const chosen = originals.find(each => each.part === part && of.mayTranslate(visit.me, thing, each))
        return chosen
          ? { to: translationPaths.add(at(visit), chosen.part) }
          : errors({ field: 'part', message: chooseWords })
      },
    }),
    form(`${of.path}/translate/:part`, {
      who,
      audit: 'translation-added',
      load: loadTranslating(of, { by: 'part' }),
      fields,
      screen: (visit: Visit<Translating<Thing>>, filled) => ({
        title: 'Add a translation',
        ...frame(visit),
        body: <TranslationForm visit={visit} filled={filled} button="Add the translation" />,
      }),
      submit: async (visit, given) => {
        const read = readGiven(visit, given)
        if ('errors' in read) return read
        const { thing, original } = visit.thing
        const done = await putTranslation(of, visit, thing, original!, read)
        if (!done.accepted) return refused(done, fieldOf[done.reason])
        return { to: at(visit) }
      },
    }),
    form(`${of.path}/translations/:translation`, {
      who,
      audit: 'translation-corrected',
      load: loadTranslating(of, { by: 'translation' }),
      fields,
      screen: (visit: Visit<Translating<Thing>>, filled) => ({
        title: 'Correct a translation',
        ...frame(visit),
        body: (
          <>
            <p>What it says now is kept. Everybody who may read the words can read both.</p>
            <TranslationForm visit={visit} filled={filled} button="Correct the translation" />
            <p>
              <a href={translationPaths.takeBack(at(visit), visit.thing.translation!.id)}>
                Take this translation back
              </a>
            </p>
          </>
        ),
      }),
      submit: async (visit, given) => {
        const read = readGiven(visit, given)
        if ('errors' in read) return read
        const { thing, original, translation } = visit.thing
        const about = { kind: of.kind, id: thing.id }
        const done = await correctTranslation(visit, about, translation!, original!, read)
        return done.accepted ? { to: at(visit) } : refused(done, fieldOf[done.reason])
      },
    }),
    form(`${of.path}/translations/:translation/take-back`, {
      who,
      audit: 'translation-taken-back',
      load: loadTranslating(of, { by: 'translation' }),
      fields: z.object({
        because: choice(
          'Choose why you take it back',
          Object.keys(takeBackReasons) as [TakeBackReason, ...TakeBackReason[]],
        ),
      }),
      screen: (visit: Visit<Translating<Thing>>, filled) => ({
        title: 'Take a translation back',
        ...frame(visit),
        body: (
          <>
            <p>It is deleted, with all that it said before. What was said stays as it is.</p>
            <Form
              hidden={visit.hidden}
              button="Take it back"
              warning
              secondary={{ text: 'Keep it', href: at(visit) }}
            >
              <Radios
                name="because"
                label="Why do you take it back?"
                hint="Everybody who may read the words can read why."
                errors={filled.errors}
                value={filled.values.because}
                options={Object.entries(takeBackReasons).map(([value, label]) => ({ value, label }))}
              />
            </Form>
          </>
        ),
      }),
      submit: async (visit, { because }) => {
        const { thing, translation } = visit.thing
        await takeTranslationBack(visit, { kind: of.kind, id: thing.id }, translation!, because)
        return { to: at(visit) }
      },
    }),
  ]
}

/** Who translated it has a name: without one nobody can be asked about it. */
function readGiven(
  visit: Visit<Translating<ThingOf>>,
  given: Fields,
): GivenTranslation | { readonly errors: readonly FieldError[] } {
  const translator = translatorOf(visit, given)
  if ('message' in translator) return { errors: [translator] }
  return {
    languageFrom: given['language-from'],
    language: given.language,
    words: given.words,
    translator,
    professional: given.professional === 'yes',
  }
}

function translatorOf(
  { me, thing }: Visit<Translating<ThingOf>>,
  { who, person, name, from }: Fields,
): Translator | FieldError {
  if (who === 'me') return { personId: me.personId }
  if (who === 'other') {
    return name === '' ? { field: 'name', message: 'Enter the name of who translated it' } : { name, from }
  }
  return person !== undefined && peopleToName(thing).some(each => each.id === person)
    ? { personId: person }
    : { field: 'person', message: 'Choose who translated it' }
}

/** Whoever is named already can be left as they are, by everybody, and also when they have no place any more. */
function peopleToName({ people, translation }: Translating<ThingOf>) {
  const named = translation?.translatorPersonId ?? null
  return named === null || people.some(each => each.id === named)
    ? people
    : [...people, { id: named, name: translation!.translatorName }]
}

function whoBefore({ me, thing: { translation } }: Visit<Translating<ThingOf>>): string | undefined {
  if (!translation) return undefined
  if (translation.translatorPersonId === null) return 'other'
  return translation.translatorPersonId === me.personId ? 'me' : 'person'
}

function TranslationForm(props: { visit: Visit<Translating<ThingOf>>; filled: Filled; button: string }) {
  const { visit, filled, button } = props
  const { original, translation, translations, languageOfWriter } = visit.thing
  const { values, errors: mistakes } = filled
  const people = peopleToName(visit.thing)
  const outside = translation?.translatorPersonId === null ? translation : undefined
  const guessed = languageByLetters(original!.words) ?? languageOfWriter
  return (
    <>
      <h2 className="nhsuk-heading-s">{original!.ofPersonId === null ? 'The answer' : 'What was said'}</h2>
      <Quote words={original!.words} lang={originalLang(original!, translations)} />
      <Form hidden={visit.hidden} button={button}>
        <Select
          name="language-from"
          label="In which language was it said?"
          empty="Choose a language"
          errors={mistakes}
          value={values['language-from'] ?? translation?.languageFrom ?? guessed ?? ''}
          options={languageChoices}
        />
        <Select
          name="language"
          label="In which language is the translation?"
          empty="Choose a language"
          errors={mistakes}
          value={values.language ?? translation?.language ?? ''}
          options={languageChoices}
        />
        <TextArea
          name="words"
          label="The translation"
          hint="All that was said, and nothing else. Those who may read the words can read it, and nobody else."
          rows={10}
          maxCharacters={mostCharacters}
          errors={mistakes}
          value={values.words ?? translation?.words}
        />
        <Radios
          name="who"
          label="Who translated it?"
          hint="The name stands beside the translation."
          errors={mistakes}
          value={values.who ?? whoBefore(visit)}
          options={[
            { value: 'me', label: 'I did' },
            ...(people.length > 0
              ? [
                  {
                    value: 'person',
                    label: 'Somebody of this network',
                    content: (
                      <Select
                        name="person"
                        label="Their name"
                        empty="Choose a person"
                        errors={mistakes}
                        value={values.person ?? String(translation?.translatorPersonId ?? '')}
                        options={people.map(each => ({ value: String(each.id), text: each.name }))}
                      />
                    ),
                  },
                ]
              : []),
            {
              value: 'other',
              label: 'Somebody else',
              content: (
                <>
                  <TextField
                    name="name"
                    label="Name of the translator"
                    errors={mistakes}
                    value={values.name ?? outside?.translatorName}
                  />
                  <TextField
                    name="from"
                    label="What they are, or where they are from"
                    hint="For example: community interpreter"
                    optional
                    errors={mistakes}
                    value={values.from ?? outside?.translatorFrom}
                  />
                </>
              ),
            },
          ]}
        />
        <Radios
          name="professional"
          label="Is translating the work that they are trained for?"
          errors={mistakes}
          value={values.professional ?? (translation && (translation.professional ? 'yes' : 'no'))}
          options={[
            { value: 'yes', label: 'Yes, a professional translator' },
            { value: 'no', label: 'No' },
          ]}
        />
      </Form>
      {translation === undefined && (
        <InsetText>The first words stay as they are. The translation stands below them.</InsetText>
      )}
    </>
  )
}
