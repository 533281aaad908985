import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import {
  ButtonLink,
  Checkboxes,
  Details,
  Empty,
  Form,
  LinkList,
  Pagination,
  Panel,
  SearchBox,
  StatusTag,
  SummaryList,
  Table,
  TextArea,
  TextField,
} from '#design/index.ts'
import { dateInWords, dueInWords, momentInWords } from '#kernel/calendar/words.ts'
import { promisedBy } from '#kernel/clocks.ts'
import { askTogether } from '#platform/database/questions.ts'
import type { Row } from '#platform/database/tables.ts'
import { optionalText, several, text } from '#platform/form/fields.ts'
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
import { anyone, isTeam, type Rule, theTeam } from '#platform/permission.ts'
import { askForWord, declineWord, explainWord, giveDefaultWords, takeWordOut } from './changes.ts'
import { defaultWords } from './defaults.ts'
import { learningPaths as paths } from './paths.ts'
import { type LoadedWord, loadWord, loadWordWish, openWordWishes, wordList } from './queries.ts'

const most = 60

const list = page('/:network/words', {
  who: anyone,
  audit: 'nothing',
  async handler(visit) {
    const { tx, query, network, actor } = visit
    const { slug } = network
    const words = (query.get('q') ?? '').trim().slice(0, 60)
    const after = (query.get('after') ?? '').slice(0, 60)
    const [found] = await askTogether(tx, [wordList({ words, after, most: most + 1 })])
    const shown = found.slice(0, most)
    return show({
      title: 'Words explained',
      body: (
        <>
          <p>What words in our papers and meetings mean, in plain English.</p>
          <SearchBox action={paths.words(slug)} label="Find a word" value={words} />
          {shown.length === 0 ? (
            <Empty>
              {words === '' ? 'There are no words in the list yet.' : `“${words}” is not in the list yet.`}
            </Empty>
          ) : (
            <SummaryList
              rows={shown.map(each => ({
                key: each.word,
                value: (
                  <>
                    <bdi>{each.meaning}</bdi>
                    {each.also.length > 0 && ` Also: ${each.also.join(', ')}.`}
                  </>
                ),
              }))}
            />
          )}
          <Pagination
            previous={after === '' ? undefined : { href: paths.words(slug), label: 'From the beginning' }}
            next={
              found.length > most
                ? {
                    href: `${paths.words(slug)}?${new URLSearchParams({ ...(words ? { q: words } : {}), after: shown.at(-1)!.key })}`,
                    label: 'More words',
                  }
                : undefined
            }
          />
          <p>Is a word missing, or not clear? Ask for it. Nobody needs to know every word.</p>
          <ButtonLink
            href={`${paths.askWord(slug)}${words && shown.length === 0 ? `?${new URLSearchParams({ word: words })}` : ''}`}
          >
            Ask for a word
          </ButtonLink>
          {actor && isTeam(actor) && (
            <p>
              <a href={paths.teamWords(slug)}>Change the list</a>
            </p>
          )}
        </>
      ),
    })
  },
})

const ask = form('/:network/words/ask', {
  who: anyone,
  audit: 'word-asked',
  againstBots: true,
  limit: { name: 'public-form', uses: 10, minutes: 60 },
  fields: z.object({
    word: text('Enter the word', { max: 60, name: 'The word' }),
    seen: optionalText({ max: 300, name: 'Where you saw it' }),
  }),
  screen: (visit, { values, errors }): Screen => ({
    title: 'Ask for a word',
    back: { href: paths.words(visit.network.slug), text: 'Words explained' },
    body: (
      <Form
        hidden={visit.hidden}
        button="Ask for it"
        secondary={{ text: 'Not now', href: paths.words(visit.network.slug) }}
      >
        <p>
          We explain it by {dateInWords(promisedBy('word-explained', visit.today, visit.network.clocks))}.{' '}
          {visit.actor
            ? 'We tell you when it is there.'
            : 'Look at the list again then. If you sign in first, we tell you when it is there.'}
        </p>
        <TextField
          name="word"
          label="Which word?"
          value={values.word ?? visit.query.get('word')?.slice(0, 60) ?? undefined}
          errors={errors}
        />
        <TextField
          name="seen"
          label="Where did you see or hear it?"
          optional
          hint="That helps us to find the right meaning."
          value={values.seen}
          errors={errors}
        />
      </Form>
    ),
  }),
  async submit(visit, { word, seen }) {
    const done = await askForWord(visit, { word, whereSeen: seen })
    if (!done.accepted) return refused(done, done.reason)
    const by = promisedBy('word-explained', visit.today, visit.network.clocks)
    return {
      screen: {
        title: 'Thank you for asking',
        titleInLegend: true,
        body: (
          <>
            <Panel title="Thank you for asking" asHeading>
              Others may not know it either.
            </Panel>
            <p>We explain the word by {dateInWords(by)}.</p>
            <ButtonLink href={paths.words(visit.network.slug)} secondary>
              Words explained
            </ButtonLink>
          </>
        ),
      },
    }
  },
})

const team = page('/:network/team/words', {
  who: theTeam,
  audit: 'nothing',
  async handler(visit) {
    const { tx, network, query, today } = visit
    const { slug } = network
    const after = (query.get('after') ?? '').slice(0, 60)
    const words = (query.get('q') ?? '').trim().slice(0, 60)
    const [wishes, found] = await askTogether(tx, [
      openWordWishes(),
      wordList({ words, after, most: most + 1 }),
    ])
    const shown = found.slice(0, most)
    return show({
      title: 'Word list',
      wide: true,
      back: { href: `/${slug}/team`, text: 'The team’s work' },
      body: (
        <>
          <h2 className="nhsuk-heading-m">Words that people asked for</h2>
          {wishes.length === 0 ? (
            <Empty>Nobody waits for a word.</Empty>
          ) : (
            <Table
              caption="Words that people asked for"
              captionHidden
              columns={[{ title: 'Word' }, { title: 'Seen' }, { title: 'Asked by' }, { title: 'By' }]}
              rows={wishes.map(each => {
                const due = dueInWords(each.dueOn, today)
                return [
                  <a href={paths.wordWish(slug, each.id)} key="word">
                    <bdi>{each.word}</bdi>
                  </a>,
                  each.whereSeen ? <bdi key="seen">{each.whereSeen}</bdi> : 'Not said',
                  each.name ?? 'A visitor',
                  due.late ? (
                    <StatusTag tone="late" key="due">
                      {due.words}
                    </StatusTag>
                  ) : (
                    dateInWords(each.dueOn)
                  ),
                ]
              })}
            />
          )}
          <h2 className="nhsuk-heading-m">The list</h2>
          <SearchBox action={paths.teamWords(slug)} label="Find a word" value={words} />
          {shown.length === 0 ? (
            <>
              <Empty>{words ? 'No word matches.' : 'There are no words in the list yet.'}</Empty>
              {words === '' && (
                <ButtonLink href={paths.readyMade(slug)}>Look at a ready-made list</ButtonLink>
              )}
            </>
          ) : (
            <SummaryList
              rows={shown.map(each => ({
                key: each.word,
                value: each.meaning,
                action: { href: paths.changeWord(slug, each.id), about: each.word },
              }))}
            />
          )}
          <Pagination
            previous={after === '' ? undefined : { href: paths.teamWords(slug), label: 'From the beginning' }}
            next={
              found.length > most
                ? { href: `${paths.teamWords(slug)}?${new URLSearchParams({ after: shown.at(-1)!.key })}` }
                : undefined
            }
          />
          <ButtonLink href={paths.newWord(slug)} secondary>
            Explain a word
          </ButtonLink>
        </>
      ),
    })
  },
})

const meaningFields = {
  word: text('Enter the word', { max: 60, name: 'The word' }),
  also: optionalText({ max: 200, name: 'Other spellings' }),
  meaning: text('Say what it means', { max: 600, name: 'The meaning' }),
}

function MeaningFields({
  filled,
  before,
}: {
  filled: Filled
  before?: { word?: string; also?: string; meaning?: string }
}) {
  const { values, errors } = filled
  return (
    <>
      <TextField name="word" label="The word" value={values.word ?? before?.word} errors={errors} />
      <TextField
        name="also"
        label="Other spellings"
        optional
        hint="With commas between. Papers are searched for them, too."
        value={values.also ?? before?.also}
        errors={errors}
      />
      <TextArea
        name="meaning"
        label="What it means, in plain English"
        hint="So that somebody of nine years could follow."
        rows={3}
        maxCharacters={600}
        value={values.meaning ?? before?.meaning}
        errors={errors}
      />
    </>
  )
}

const add = form('/:network/team/words/new', {
  who: theTeam,
  audit: 'word-explained',
  fields: z.object(meaningFields),
  screen: (visit, filled): Screen => ({
    title: 'Explain a word',
    back: { href: paths.teamWords(visit.network.slug), text: 'Word list' },
    body: (
      <Form
        hidden={visit.hidden}
        button="Put it into the list"
        secondary={{ text: 'Not now', href: paths.teamWords(visit.network.slug) }}
      >
        <MeaningFields filled={filled} />
      </Form>
    ),
  }),
  async submit(visit, given) {
    const done = await explainWord(visit, given)
    return done.accepted ? { to: paths.teamWords(visit.network.slug) } : refused(done, done.reason)
  },
})

const readyMade = form('/:network/team/words/ready-made', {
  who: theTeam,
  audit: 'word-explained',
  guardsVersion: false,
  fields: z.object({}),
  screen: (visit): Screen => {
    const back = paths.teamWords(visit.network.slug)
    return {
      title: 'A ready-made word list',
      back: { href: back, text: 'Word list' },
      body: (
        <>
          <p>To begin with. You can change each word later.</p>
          <SummaryList rows={defaultWords.map(each => ({ key: each.word, value: each.meaning }))} />
          <Form hidden={visit.hidden} button="Use this list" secondary={{ text: 'Not now', href: back }} />
        </>
      ),
    }
  },
  async submit(visit) {
    const made = await giveDefaultWords(visit)
    return made > 0
      ? { to: paths.teamWords(visit.network.slug) }
      : refused({ sentence: 'This network has a word list already' })
  },
})

const change = form('/:network/team/words/list/:word', {
  who: theTeam as Rule<LoadedWord>,
  audit: 'word-explained',
  load: visit => loadWord(visit.tx, visit.params.word),
  fields: z.object({
    also: meaningFields.also,
    meaning: optionalText({ max: 600, name: 'The meaning' }),
    out: several(),
  }),
  screen: (visit: Visit<LoadedWord>, filled): Screen => {
    const { row, meanings } = visit.thing
    const back = paths.teamWords(visit.network.slug)
    return {
      title: row.word,
      caption: 'Word list',
      back: { href: back, text: 'Word list' },
      body: (
        <>
          <Form
            hidden={visit.hidden}
            button="Save"
            secondary={{ text: 'Do not change anything', href: back }}
          >
            <TextField
              name="also"
              label="Other spellings"
              optional
              value={filled.values.also ?? row.also}
              errors={filled.errors}
            />
            <TextArea
              name="meaning"
              label="What it means, in plain English"
              rows={3}
              maxCharacters={600}
              value={filled.values.meaning ?? row.meaning}
              errors={filled.errors}
            />
            <Checkboxes
              name="out"
              label="Or take it out"
              values={filled.lists.out ?? (row.taken_out ? ['yes'] : [])}
              errors={filled.errors}
              options={[{ value: 'yes', label: 'It is not in the list any more' }]}
            />
          </Form>
          <Details summary="What it meant, and who wrote it">
            <ul className="nhsuk-list nhsuk-list--bullet">
              {meanings.map(each => (
                <li key={each.id}>
                  {momentInWords(Temporal.Instant.from(each.at))}
                  {each.by ? `, ${each.by}` : ''}: {each.taken_out ? 'taken out' : each.meaning}
                </li>
              ))}
            </ul>
          </Details>
        </>
      ),
    }
  },
  async submit(visit: Visit<LoadedWord>, { also, meaning, out }) {
    const { row } = visit.thing
    const to = paths.teamWords(visit.network.slug)
    if (out.length > 0) {
      const no = row.taken_out ? undefined : await takeWordOut(visit, row.id)
      return no ? refused(no, 'out') : { to }
    }
    if (meaning === '') return refused({ sentence: 'Say what it means' }, 'meaning')
    const done = await explainWord(visit, { word: row.word, also, meaning })
    return done.accepted ? { to } : refused(done, 'meaning')
  },
})

type Asked = Row<'word_wish'>

const wish = form('/:network/team/words/asked/:wish', {
  who: theTeam as Rule<Asked>,
  audit: 'word-explained',
  load: (visit, how) => loadWordWish(visit, visit.params.wish, how),
  fields: z.object({
    word: optionalText({ max: 60, name: 'The word' }),
    also: meaningFields.also,
    meaning: optionalText({ max: 600, name: 'The meaning' }),
    because: optionalText({ max: 500, name: 'The reason' }),
  }),
  screen: (visit: Visit<Asked>, filled): Screen => {
    const { thing, network } = visit
    const back = paths.teamWords(network.slug)
    return {
      title: `Explain “${thing.word}”`,
      back: { href: back, text: 'Word list' },
      body:
        thing.state === 'asked' ? (
          <>
            {thing.where_seen && (
              <p>
                Seen: <bdi>{thing.where_seen}</bdi>
              </p>
            )}
            <Form hidden={visit.hidden} button="Save" secondary={{ text: 'Not now', href: back }}>
              <MeaningFields filled={filled} before={{ word: thing.word }} />
              <TextArea
                name="because"
                label="Or say why it is not put into the list"
                optional
                hint="Whoever asked reads this."
                rows={2}
                maxCharacters={500}
                value={filled.values.because}
                errors={filled.errors}
              />
            </Form>
          </>
        ) : (
          <>
            <p>
              {thing.state === 'explained'
                ? 'It is in the list now.'
                : `It was not put into the list, because: ${thing.because}`}
            </p>
            <LinkList links={[{ href: back, text: 'Word list' }]} />
          </>
        ),
    }
  },
  async submit(visit: Visit<Asked>, given) {
    const to = paths.teamWords(visit.network.slug)
    if (visit.thing.state !== 'asked') return refused({ sentence: 'This was answered already' })
    if (given.meaning === '') {
      if (given.because === '')
        return refused({ sentence: 'Say what it means, or why it is not put into the list' }, 'meaning')
      const no = await declineWord(visit, visit.thing, given.because)
      return no ? refused(no) : { to }
    }
    const done = await explainWord(
      visit,
      { word: given.word || visit.thing.word, also: given.also, meaning: given.meaning },
      visit.thing,
    )
    return done.accepted ? { to } : refused(done, done.reason)
  },
})

export const wordRoutes: AnyRoute[] = [list, ask, team, add, readyMade, change, wish]
