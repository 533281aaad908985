import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import {
  ButtonLink,
  Checkboxes,
  DateField,
  Details,
  Empty,
  Form,
  InsetText,
  PlainText,
  ReadingHelp,
  SummaryList,
  Table,
  TextArea,
  TextField,
  Timeline,
} from '#design/index.ts'
import { dateInWords, momentInWords } from '#kernel/calendar/words.ts'
import { askTogether } from '#platform/database/questions.ts'
import { optionalText, several, text, withDate } from '#platform/form/fields.ts'
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
import { type Rule, theTeam } from '#platform/permission.ts'
import { addModule, changeModule, giveDefaultModules, setModuleRules } from './changes.ts'
import { defaultModules } from './defaults.ts'
import { inductionPaths as paths } from './paths.ts'
import { type LoadedModule, loadModule, modulesOf, votersWithout } from './queries.ts'
import { writeQuestions } from './questions.ts'
import type { ForRole } from './tables.ts'

type Here = Visit<LoadedModule>
const theirs = theTeam as Rule<LoadedModule>
const load = (visit: Visit<undefined>, how: { forChange: boolean }) =>
  loadModule(visit, visit.params.module, how)

const roleWords: Record<Exclude<ForRole, 'team'>, string> = {
  volunteer: 'Volunteers',
  member: 'Professional members',
  chair: 'Chairs',
  deputy: 'Deputies',
}
const forRoles = Object.keys(roleWords) as (keyof typeof roleWords)[]
const rolesInWords = (roles: readonly ForRole[]) =>
  forRoles
    .filter(each => roles.includes(each))
    .map((each, n) => (n === 0 ? roleWords[each] : roleWords[each].toLowerCase()))
    .join(', ')
const chosenRoles = (given: readonly string[]) => forRoles.filter(each => given.includes(each))

const list = page('/:network/team/induction/modules', {
  who: theTeam,
  audit: 'nothing',
  async handler(visit) {
    const { slug } = visit.network
    const [modules] = await askTogether(visit.tx, [modulesOf(visit.tx, -1, visit.today)])
    return show({
      title: 'Parts of the induction',
      wide: true,
      back: { href: paths.team(slug), text: 'Induction' },
      body: (
        <>
          {modules.length === 0 ? (
            <>
              <Empty>There are no parts yet.</Empty>
              <ButtonLink href={paths.readyMade(slug)}>Look at ready-made parts</ButtonLink>
            </>
          ) : (
            <Table
              caption="Parts of the induction"
              captionHidden
              columns={[{ title: 'Part' }, { title: 'In the plan of' }, { title: 'Needed for voting' }]}
              rows={modules.map(each => [
                <a href={paths.oneModule(slug, each.slug)} key="title">
                  {each.title}
                </a>,
                rolesInWords(each.roles),
                each.votingFrom ? `From ${dateInWords(each.votingFrom)} on` : 'No',
              ])}
            />
          )}
          <ButtonLink href={paths.newModule(slug)} secondary>
            Write a part
          </ButtonLink>
        </>
      ),
    })
  },
})

const one = page<LoadedModule>('/:network/team/induction/modules/:module', {
  who: theirs,
  audit: 'nothing',
  load,
  async handler(visit) {
    const { thing, network, tx, today } = visit
    const { slug } = network
    const without =
      thing.votingFrom && !thing.endedOn ? await votersWithout(tx, thing.id, thing.roles, today) : []
    const newest = thing.texts[0]!
    return show({
      title: newest.title,
      caption: 'Part of the induction',
      back: { href: paths.modules(slug), text: 'Parts of the induction' },
      body: (
        <>
          {thing.endedOn && (
            <InsetText>Ended on {dateInWords(thing.endedOn)}: nobody needs it any more.</InsetText>
          )}
          <SummaryList
            rows={[
              {
                key: 'In the plan of',
                value: rolesInWords(thing.roles),
                action: { href: paths.rules(slug, thing.slug), about: 'whose plan it is in' },
              },
              {
                key: 'Needed for voting',
                value: thing.votingFrom ? `From ${dateInWords(thing.votingFrom)} on` : 'No',
                action: { href: paths.rules(slug, thing.slug), about: 'if voting needs it' },
              },
              {
                key: 'Words',
                value: `${newest.by ? `By ${newest.by}, ` : ''}${momentInWords(Temporal.Instant.from(newest.made_at))}`,
                action: { href: paths.changeModule(slug, thing.slug), about: 'the words' },
              },
            ]}
          />
          {without.length > 0 && (
            <Details
              summary={`${without.length} who ${without.length === 1 ? 'has a vote has' : 'have a vote have'} not finished it`}
            >
              <ul className="nhsuk-list nhsuk-list--bullet">
                {without.map(each => (
                  <li key={each.id}>
                    <a href={paths.person(slug, each.id)}>{each.name}</a>
                  </li>
                ))}
              </ul>
            </Details>
          )}
          <p className="nhsuk-body-l">{newest.summary}</p>
          <PlainText text={newest.body} />
          {newest.questions.length > 0 && (
            <>
              <h2 className="nhsuk-heading-m">Questions at the end</h2>
              {newest.questions.map(each => (
                <section key={each.ask}>
                  <h3 className="nhsuk-heading-s">{each.ask}</h3>
                  <ul className="nhsuk-list nhsuk-list--bullet">
                    {each.options.map(option => (
                      <li key={option.text}>
                        {option.text} ({option.right ? 'right' : 'not right'}
                        {option.because ? `: ${option.because}` : ''})
                      </li>
                    ))}
                  </ul>
                </section>
              ))}
            </>
          )}
          <ReadingHelp text={`${newest.summary} ${newest.body}`} what="This text" />
          {thing.texts.slice(1).map((each, n) => (
            <Details
              summary={`Words before ${momentInWords(Temporal.Instant.from(thing.texts[n]!.made_at))}`}
              key={each.id}
            >
              <p>What changed then: {thing.texts[n]!.what_changed}</p>
              <PlainText text={each.body} />
            </Details>
          ))}
          <Details summary="What happened">
            <Timeline
              entries={thing.history.map(each => ({
                when: momentInWords(Temporal.Instant.from(each.at)),
                dateTime: each.at,
                by: each.by_words,
                title: moduleSentence(each.event, each.details as Record<string, unknown>),
              }))}
            />
          </Details>
        </>
      ),
    })
  },
})

export function moduleSentence(event: string, details: Readonly<Record<string, unknown>>): string {
  switch (event) {
    case 'words-written':
      return 'Its words were written'
    case 'rules-set':
      return details.ended
        ? 'It was ended'
        : `In the plan of: ${rolesInWords(details.roles as ForRole[]).toLowerCase()}. ${
            details.votingFrom
              ? `Needed for voting from ${dateInWords(Temporal.PlainDate.from(String(details.votingFrom)))} on`
              : 'Not needed for voting'
          }`
    default:
      return event
  }
}

const wordFields = {
  title: text('Give it a title', { max: 120, name: 'The title' }),
  summary: text('Say in a sentence what it is about', { max: 300, name: 'The sentence' }),
  body: text('Write what there is to read', { max: 20_000, name: 'The text' }),
  questions: optionalText({ max: 6000, name: 'The questions' }),
}

function WordFields({ filled, before }: { filled: Filled; before?: LoadedModule['texts'][number] }) {
  const { values, errors } = filled
  return (
    <>
      <TextField name="title" label="Title" value={values.title ?? before?.title} errors={errors} />
      <TextField
        name="summary"
        label="What it is about, in a sentence"
        value={values.summary ?? before?.summary}
        errors={errors}
      />
      <TextArea
        name="body"
        label="What there is to read"
        hint="An empty line begins a new paragraph. Begin a line with ## for a heading, and each line of a list with a hyphen and a space."
        rows={18}
        maxCharacters={20_000}
        value={values.body ?? before?.body}
        errors={errors}
      />
      <TextArea
        name="questions"
        label="Questions at the end"
        optional
        hint="One line each: “Question: …”, then “Right: …” and “Wrong: …”. Below each wrong answer write “Because: …”: whoever chose it reads that, and tries again."
        rows={10}
        value={values.questions ?? (before ? writeQuestions(before.questions) : undefined)}
        errors={errors}
      />
    </>
  )
}

const RoleFields = ({ filled, roles }: { filled: Filled; roles: readonly ForRole[] }) => (
  <Checkboxes
    name="roles"
    label="In whose plan is it?"
    values={filled.lists.roles ?? roles}
    errors={filled.errors}
    options={forRoles.map(each => ({ value: each, label: roleWords[each] }))}
  />
)

const add = form('/:network/team/induction/modules/new', {
  who: theTeam,
  audit: 'induction-module-written',
  fields: z.object({ ...wordFields, roles: several() }),
  screen: (visit, filled): Screen => ({
    title: 'Write a part of the induction',
    back: { href: paths.modules(visit.network.slug), text: 'Parts of the induction' },
    body: (
      <Form
        hidden={visit.hidden}
        button="Offer it"
        secondary={{ text: 'Not now', href: paths.modules(visit.network.slug) }}
      >
        <WordFields filled={filled} />
        <RoleFields filled={filled} roles={[]} />
      </Form>
    ),
  }),
  async submit(visit, given) {
    const done = await addModule(visit, { ...given, roles: chosenRoles(given.roles) })
    return done.accepted
      ? { to: paths.oneModule(visit.network.slug, done.state.slug) }
      : refused(done, done.reason)
  },
})

const readyMade = form('/:network/team/induction/modules/ready-made', {
  who: theTeam,
  audit: 'induction-module-written',
  guardsVersion: false,
  fields: z.object({}),
  screen: (visit): Screen => {
    const back = paths.modules(visit.network.slug)
    return {
      title: 'Ready-made parts',
      back: { href: back, text: 'Parts of the induction' },
      body: (
        <>
          <p>Plain texts to begin with. Read them first. You can change each of them later.</p>
          {defaultModules.map(each => (
            <Details summary={each.title} key={each.slug}>
              <p>In the plan of: {rolesInWords(each.roles).toLowerCase()}</p>
              <PlainText text={each.body} />
            </Details>
          ))}
          <Form hidden={visit.hidden} button="Use these parts" secondary={{ text: 'Not now', href: back }} />
        </>
      ),
    }
  },
  async submit(visit) {
    const made = await giveDefaultModules(visit)
    return made > 0
      ? { to: paths.modules(visit.network.slug) }
      : refused({ sentence: 'This network has parts already' })
  },
})

const change = form('/:network/team/induction/modules/:module/text', {
  who: theirs,
  audit: 'induction-module-written',
  load,
  fields: z.object({ ...wordFields, changed: optionalText({ max: 500, name: 'What changed' }) }),
  screen: (visit: Here, filled): Screen => {
    const back = paths.oneModule(visit.network.slug, visit.thing.slug)
    const before = visit.thing.texts[0]!
    return {
      title: 'Change the words',
      caption: before.title,
      back: { href: back, text: before.title },
      body: (
        <Form hidden={visit.hidden} button="Save the new words" secondary={{ text: 'Not now', href: back }}>
          <p>Who has finished it stays finished. The words before stay readable for the team.</p>
          <WordFields filled={filled} before={before} />
          <TextField
            name="changed"
            label="What changed, in a sentence"
            value={filled.values.changed}
            errors={filled.errors}
          />
        </Form>
      ),
    }
  },
  async submit(visit: Here, { changed, ...words }) {
    const done = await changeModule(visit, visit.thing, { ...words, whatChanged: changed })
    return done.accepted
      ? { to: paths.oneModule(visit.network.slug, visit.thing.slug) }
      : refused(done, done.reason)
  },
})

const rules = form('/:network/team/induction/modules/:module/rules', {
  who: theirs,
  audit: 'induction-module-rules-set',
  load,
  fields: withDate('voting', {}, { roles: several(), ended: several() }),
  async screen(visit: Here, filled): Promise<Screen> {
    const { thing, network, tx, today } = visit
    const back = paths.oneModule(network.slug, thing.slug)
    const without = await votersWithout(tx, thing.id, thing.roles, today)
    const sent = filled.values['voting-day'] !== undefined
    const was = thing.votingFrom
    return {
      title: 'Who needs it, and for what?',
      caption: thing.texts[0]!.title,
      back: { href: back, text: thing.texts[0]!.title },
      body: (
        <Form hidden={visit.hidden} button="Save" secondary={{ text: 'Do not change anything', href: back }}>
          <RoleFields filled={filled} roles={thing.roles} />
          <InsetText>
            {without.length === 0
              ? 'Everybody in these roles who has a vote has finished it.'
              : `${without.length} in these roles who ${without.length === 1 ? 'has a vote has' : 'have a vote have'} not finished it yet: ${without
                  .slice(0, 10)
                  .map(each => each.name)
                  .join(
                    ', ',
                  )}${without.length > 10 ? ' and others' : ''}. They could not vote from the day that you set, and are told at once.`}
          </InsetText>
          <DateField
            name="voting"
            label="From which day does voting need it?"
            optional
            hint="Leave it empty if nobody needs it to vote."
            value={
              sent
                ? {
                    day: filled.values['voting-day'],
                    month: filled.values['voting-month'],
                    year: filled.values['voting-year'],
                  }
                : { day: was?.day.toString(), month: was?.month.toString(), year: was?.year.toString() }
            }
            errors={filled.errors}
          />
          <Checkboxes
            name="ended"
            label="Or end it"
            values={filled.lists.ended ?? (thing.endedOn ? ['yes'] : [])}
            errors={filled.errors}
            options={[{ value: 'yes', label: 'Nobody needs it any more' }]}
          />
        </Form>
      ),
    }
  },
  async submit(visit: Here, given) {
    const done = await setModuleRules(visit, visit.thing, {
      roles: chosenRoles(given.roles),
      votingFrom: given.voting ?? null,
      ended: given.ended.includes('yes'),
    })
    return done.accepted
      ? { to: paths.oneModule(visit.network.slug, visit.thing.slug) }
      : refused(done, done.reason)
  },
})

// Addresses with words of their own come before those where a module's name may stand.
export const moduleRoutes: AnyRoute[] = [list, add, readyMade, one, change, rules]
