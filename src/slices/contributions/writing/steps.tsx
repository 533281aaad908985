import { z } from 'zod'
import { Form, Radios, Select, TextArea } from '#design/index.ts'
import { choice, optionalChoice, optionalText } from '#platform/form/fields.ts'
import {
  type AnyRoute,
  errors,
  type Filled,
  form,
  type Screen,
  type Submitted,
  type Visit,
} from '#platform/http/route.ts'
import { anInsider } from '#platform/permission.ts'
import { contributionPaths } from '../paths.ts'
import {
  type Choices,
  choicesOf,
  kindHints,
  kinds,
  kindWords,
  namingHints,
  namings,
  namingWords,
} from './choices.ts'
import { type Draft, type KeptDraft, readDraft, type Step, saveDraft, steps } from './draft.ts'
import { ShortSignpost, Signpost } from './signpost.tsx'

export const mostCharacters = 5_000

const path = (step: Step) => `/:network/contributions/new/${step}`

/** Where "Back" leads: to the page before, or to the answers when one of them is being changed. */
export function backFrom(visit: Visit, step: Step): NonNullable<Screen['back']> {
  const { slug } = visit.network
  if (visit.query.has('change')) return { href: contributionPaths.step(slug, 'check'), text: 'Back' }
  // "Raised before" shows itself only when there is something: nobody walks back into it.
  const before = step === 'about' ? 'words' : steps[steps.indexOf(step) - 1]
  return { href: before ? contributionPaths.step(slug, before) : contributionPaths.new(slug), text: 'Back' }
}

/** Where an answer leads: the next page, back to the answers, or away until later. */
export function after(visit: Visit, step: Step, later: 'yes' | undefined): { to: string } {
  const { slug } = visit.network
  if (later) return { to: `${contributionPaths.new(slug)}?saved` }
  if (visit.query.has('change')) return { to: contributionPaths.step(slug, 'check') }
  return { to: contributionPaths.step(slug, steps[steps.indexOf(step) + 1] ?? 'check') }
}

export const comeBackLater = { text: 'Save and come back later', name: 'later', value: 'yes' }
const later = optionalChoice(['yes'])

async function saveAndGo(
  visit: Visit,
  step: Step,
  change: Draft,
  leave: 'yes' | undefined,
): Promise<Submitted> {
  await saveDraft(visit, visit.me.personId, change)
  return after(visit, step, leave)
}

const ofDraft = {
  who: anInsider,
  audit: 'draft-saved',
  load: ({ tx, actor }: Visit<undefined>) => actor && readDraft(tx, actor.personId),
}

interface WithChoices extends KeptDraft {
  readonly choices: Choices
}
const ofDraftAndChoices = {
  who: anInsider,
  audit: 'draft-saved',
  load: async ({ tx, actor, today }: Visit<undefined>): Promise<WithChoices | undefined> =>
    actor && { ...(await readDraft(tx, actor.personId)), choices: await choicesOf(tx, today) },
}

/** One question a page, each kept before the next is asked. */
export const stepRoutes: readonly AnyRoute[] = [
  form(path('kind'), {
    ...ofDraft,
    fields: z.object({ kind: choice('Choose what you want to share', kinds), later }),
    screen: (visit: Visit<KeptDraft>, filled) => {
      const title = 'What do you want to share?'
      return {
        title,
        titleInLegend: true,
        back: backFrom(visit, 'kind'),
        body: (
          <Form hidden={visit.hidden} button="Carry on">
            <Radios
              name="kind"
              label={title}
              asHeading
              errors={filled.errors}
              value={filled.values.kind ?? visit.thing.draft.kind}
              options={kinds.map(value => ({ value, label: kindWords[value], hint: kindHints[value] }))}
            />
          </Form>
        ),
      }
    },
    submit: (visit, fields) => saveAndGo(visit, 'kind', { kind: fields.kind }, fields.later),
  }),
  form(path('words'), {
    ...ofDraft,
    fields: z.object({
      words: optionalText({ max: mostCharacters, name: 'What you want to say' }),
      later,
    }),
    screen: (visit: Visit<KeptDraft>, filled) => ({
      title: 'What do you want to say?',
      back: backFrom(visit, 'words'),
      body: (
        <>
          <Signpost phone={visit.network.phone} />
          <Form hidden={visit.hidden} button="Carry on" secondary={comeBackLater}>
            <TextArea
              name="words"
              label="In your own words"
              hint="Say it as you would to a friend. Spelling does not matter. Nobody changes your words."
              rows={10}
              maxCharacters={mostCharacters}
              errors={filled.errors}
              value={filled.values.words ?? visit.thing.draft.words}
            />
          </Form>
        </>
      ),
    }),
    submit: async (visit, fields) => {
      if (fields.words === '' && !fields.later) {
        return errors({ field: 'words', message: 'Enter what you want to say' })
      }
      return await saveAndGo(visit, 'words', { words: fields.words }, fields.later)
    },
  }),
  form(path('about'), {
    ...ofDraftAndChoices,
    fields: z.object({ about: z.string({ error: 'Choose what it is about' }), later }),
    screen: (visit: Visit<WithChoices>, filled) =>
      aboutScreen(visit, filled, visit.thing.choices, visit.thing.draft.about),
    submit: async (visit, { about, later: leave }) => {
      if (!visit.thing.choices.about.some(each => each.value === about)) {
        return errors({ field: 'about', message: 'Choose what it is about, or “Nothing in particular”' })
      }
      return await saveAndGo(visit, 'about', { about }, leave)
    },
  }),
  form(path('group'), {
    ...ofDraftAndChoices,
    fields: z.object({ group: z.string({ error: 'Choose a group, or “I do not know”' }), later }),
    screen: (visit: Visit<WithChoices>, filled) => {
      const title = 'Which group is it for?'
      return {
        title,
        titleInLegend: true,
        back: backFrom(visit, 'group'),
        body: (
          <Form hidden={visit.hidden} button="Carry on" secondary={comeBackLater}>
            <Radios
              name="group"
              label={title}
              asHeading
              hint="If you do not know, we find the right group and tell you which it is."
              errors={filled.errors}
              value={filled.values.group ?? visit.thing.draft.group}
              options={groupOptions(visit.thing.choices)}
            />
          </Form>
        ),
      }
    },
    submit: async (visit, { group, later: leave }) => {
      if (!visit.thing.choices.groups.some(each => each.value === group)) {
        return errors({ field: 'group', message: 'Choose a group, or “I do not know”' })
      }
      return await saveAndGo(visit, 'group', { group }, leave)
    },
  }),
  form(path('naming'), {
    ...ofDraft,
    fields: z.object({ naming: choice('Choose how you want to be named', namings), later }),
    screen: (visit: Visit<KeptDraft>, filled) => {
      const title = 'How do you want to be named?'
      return {
        title,
        titleInLegend: true,
        back: backFrom(visit, 'naming'),
        body: (
          <>
            <Form hidden={visit.hidden} button="Carry on" secondary={comeBackLater}>
              <NamingRadios
                label={title}
                asHeading
                filled={filled}
                value={visit.thing.draft.naming}
                hint="You can change this later. Nothing is made public unless you agree to the exact words."
              />
            </Form>
            <ShortSignpost phone={visit.network.phone} />
          </>
        ),
      }
    },
    submit: (visit, fields) => saveAndGo(visit, 'naming', { naming: fields.naming }, fields.later),
  }),
]

export const groupOptions = (choices: Choices) =>
  choices.groups.map(each => ({
    value: each.value,
    label: each.text,
    ...(each.hint ? { hint: each.hint } : {}),
    ...(each.value === 'unknown' ? { divider: 'or' } : {}),
  }))

export function NamingRadios(props: {
  label: string
  hint?: string
  asHeading?: boolean
  filled: Filled
  value: string | undefined
}) {
  return (
    <Radios
      name="naming"
      label={props.label}
      {...(props.asHeading ? { asHeading: true } : {})}
      {...(props.hint ? { hint: props.hint } : {})}
      errors={props.filled.errors}
      value={props.filled.values.naming ?? props.value}
      options={namings.map(value => ({ value, label: namingWords[value], hint: namingHints[value] }))}
    />
  )
}

function aboutScreen(visit: Visit, filled: Filled, choices: Choices, value: string | undefined): Screen {
  const title = 'What is it about?'
  return {
    title,
    titleInLegend: true,
    back: backFrom(visit, 'about'),
    body: (
      <Form hidden={visit.hidden} button="Carry on" secondary={comeBackLater}>
        <Select
          name="about"
          label={title}
          asHeading
          hint="A priority of the network, a hospital or a project. It helps us to find the right people."
          errors={filled.errors}
          value={filled.values.about ?? value}
          options={choices.about.map(each => ({ value: each.value, text: each.text }))}
        />
      </Form>
    ),
  }
}
