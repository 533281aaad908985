import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import {
  ButtonLink,
  Details,
  Empty,
  Form,
  InsetText,
  PlainText,
  Radios,
  SummaryList,
  TaskList,
  TextArea,
} from '#design/index.ts'
import { dateInWords, dueInWords } from '#kernel/calendar/words.ts'
import { promisedBy } from '#kernel/clocks.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { choice, optionalText } from '#platform/form/fields.ts'
import { type AnyRoute, form, page, refused, type Screen, show, type Visit } from '#platform/http/route.ts'
import { settingOf } from '#platform/network-settings.ts'
import { aMemberOrTheTeam, type Rule } from '#platform/permission.ts'
import { rolesOf, standingState } from './agreement.ts'
import { answerAgreement } from './changes.ts'
import { agreementPaths as paths } from './paths.ts'
import { type AgreementOfPerson, type LoadedAgreement, loadAgreement, mine } from './queries.ts'
import { withoutAgreement } from './settings.ts'

type Here = Visit<AgreementOfPerson>

const load = async (visit: Visit<undefined>): Promise<AgreementOfPerson | undefined> =>
  visit.actor && (await mine(visit, visit.actor.personId, visit.params.agreement ?? ''))[0]

/** Everybody with a place may read what is agreed to here; who is not asked just reads it. */
const mayRead = aMemberOrTheTeam as Rule<AgreementOfPerson>

/**
 * By when: as they were asked; whoever came today and is asked in a moment has the whole clock, however old the
 * version is.
 */
export function dueOf(
  { standing, agreeBy }: Pick<AgreementOfPerson, 'standing' | 'agreeBy'>,
  { today, when }: Pick<Visit, 'today' | 'when'>,
): Temporal.PlainDate {
  if (standing.dueOn) return standing.dueOn
  return Temporal.PlainDate.compare(agreeBy, today) > 0
    ? agreeBy
    : promisedBy('agreement', today, when.clocks)
}

/** Where I stand with one agreement, as a line. */
export function stateInWords(it: AgreementOfPerson, visit: Pick<Visit, 'today' | 'when'>) {
  const due = dueOf(it, visit)
  switch (standingState({ ...it.standing, dueOn: due }, visit.today)) {
    case 'agreed':
      return { words: 'Agreed', tone: 'good' as const }
    case 'talk-first':
      return { words: 'We talk first', tone: 'moving' as const }
    case 'late':
      return { words: 'Still to read', tone: 'late' as const }
    case 'asked':
      return { words: 'To read', tone: 'waiting' as const }
  }
}

const list = page('/:network/agreements', {
  who: aMemberOrTheTeam,
  audit: 'nothing',
  async handler(visit) {
    const all = await mine(visit, visit.me.personId, rolesOf(visit.me))
    return show({
      title: 'My agreements',
      body: (
        <>
          <p>What we ask of each other. You read each one and say if you agree. If not, we talk first.</p>
          {all.length === 0 ? (
            <Empty>There is nothing that you need to agree to.</Empty>
          ) : (
            <TaskList
              items={all.map(each => {
                const due = dueInWords(dueOf(each, visit), visit.today)
                const open = each.standing.agreedOn === null
                return {
                  title: theirs(each.title),
                  href: paths.one(visit.network.slug, each.slug),
                  status: stateInWords(each, visit),
                  hint: each.standing.agreedOn
                    ? `Version ${each.number}, on ${dateInWords(each.standing.agreedOn)}`
                    : `Version ${each.number}`,
                  ...(open ? { dueWords: due.words, late: due.late } : {}),
                }
              })}
            />
          )}
        </>
      ),
    })
  },
})

const effects = {
  nothing: '',
  reminder: 'After that day we remind you.',
  'no-papers': 'After that day you get no papers until you agree.',
  'no-vote': 'After that day you do not vote until you agree.',
} as const

const one = page<AgreementOfPerson>('/:network/agreements/:agreement', {
  who: mayRead,
  audit: 'nothing',
  load,
  handler: visit => show(oneScreen(visit)),
})

function oneScreen(visit: Here): Screen {
  const { thing, network, me } = visit
  const { slug } = network
  const asked = rolesOf(me).some(each => thing.roles.includes(each))
  const { agreedOn, talkFirst } = thing.standing
  const by = dueOf(thing, visit)
  return {
    title: theirs(thing.title),
    caption: `Version ${thing.number}, from ${dateInWords(thing.fromOn)}`,
    back: { href: paths.mine(slug), text: 'My agreements' },
    body: (
      <>
        {agreedOn && <InsetText>You agreed to this version on {dateInWords(agreedOn)}.</InsetText>}
        {talkFirst && (
          <InsetText>You would like to talk about it first. The team will be in touch with you.</InsetText>
        )}
        {thing.whatChanged !== '' && (
          <InsetText>
            <p>What changed in this version:</p>
            <p dir="auto">{thing.whatChanged}</p>
          </InsetText>
        )}
        <PlainText text={thing.body} />
        {asked && agreedOn === null && (
          <>
            <p>
              Please tell us by {dateInWords(by)}. {effects[settingOf(network, withoutAgreement)]}
            </p>
            <ButtonLink href={paths.answer(slug, thing.slug)}>
              {talkFirst ? 'Agree, or write more' : 'Say if you agree'}
            </ButtonLink>
          </>
        )}
        {thing.before.length > 0 && (
          <Details summary="What you agreed to before">
            <ul className="nhsuk-list nhsuk-list--bullet">
              {thing.before.map(each => (
                <li key={each.number}>
                  <a href={paths.version(slug, thing.slug, each.number)}>Version {each.number}</a>, on{' '}
                  {dateInWords(dayOf(each.on))}
                </li>
              ))}
            </ul>
          </Details>
        )}
      </>
    ),
  }
}

interface OneVersion {
  readonly agreement: LoadedAgreement
  readonly version: LoadedAgreement['versions'][number]
}

const version = page<OneVersion>('/:network/agreements/:agreement/versions/:number', {
  who: aMemberOrTheTeam as Rule<OneVersion>,
  audit: 'nothing',
  async load(visit) {
    const agreement = await loadAgreement(visit, visit.params.agreement, { forChange: false })
    const found = agreement?.versions.find(each => String(each.number) === visit.params.number)
    return agreement && found && { agreement, version: found }
  },
  handler({ thing, network }) {
    const { version: it, agreement } = thing
    const newer = agreement.versions[0]!
    return show({
      title: theirs(it.title),
      caption: `Version ${it.number}, as it was`,
      back: { href: paths.one(network.slug, agreement.slug), text: theirs(newer.title) },
      body: (
        <>
          {newer.number !== it.number && <InsetText>There is a newer version of this.</InsetText>}
          <SummaryList
            rows={[
              { key: 'From', value: dateInWords(dayOf(it.from_on)) },
              { key: 'To agree by', value: dateInWords(dayOf(it.agree_by)) },
              ...(it.what_changed ? [{ key: 'What changed', value: <bdi>{it.what_changed}</bdi> }] : []),
              ...(it.by ? [{ key: 'Written by', value: theirs(it.by) }] : []),
            ]}
          />
          <PlainText text={it.body} />
        </>
      ),
    })
  },
})

const answer = form('/:network/agreements/:agreement/answer', {
  who: mayRead,
  audit: 'agreement-answered',
  load,
  guardsVersion: false,
  fields: z.object({
    answer: choice('Say if you agree', ['agreed', 'talk-first']),
    words: optionalText({ max: 1000, name: 'What you want to talk about' }),
    number: z
      .string()
      .regex(/^\d{1,6}$/)
      .transform(Number),
  }),
  screen: (visit: Here, filled): Screen => {
    const back = paths.one(visit.network.slug, visit.thing.slug)
    return {
      title: 'Do you agree?',
      caption: `${theirs(visit.thing.title)}, version ${visit.thing.number}`,
      back: { href: back, text: 'Read it again' },
      titleInLegend: true,
      body: (
        <Form
          hidden={{ ...visit.hidden, number: filled.values.number ?? String(visit.thing.number) }}
          button="Send"
          secondary={{ text: 'Not now', href: back }}
        >
          <Radios
            name="answer"
            label="Do you agree?"
            asHeading
            value={filled.values.answer}
            errors={filled.errors}
            options={[
              { value: 'agreed', label: 'Yes, I have read it and I agree' },
              {
                value: 'talk-first',
                label: 'I would like to talk about it first',
                hint: 'Somebody from the team will be in touch.',
              },
            ]}
          />
          <TextArea
            name="words"
            label="What would you like to talk about?"
            optional
            value={filled.values.words}
            maxCharacters={1000}
            rows={3}
            errors={filled.errors}
          />
        </Form>
      ),
    }
  },
  async submit(visit: Here, given) {
    const done = await answerAgreement(visit, visit.me.personId, {
      agreement: visit.thing.slug,
      how: 'web',
      ...given,
    })
    return done.accepted ? { to: paths.one(visit.network.slug, visit.thing.slug) } : refused(done, 'answer')
  },
})

export const personRoutes: AnyRoute[] = [list, one, version, answer]

function dayOf(text: string): Temporal.PlainDate {
  return Temporal.PlainDate.from(text)
}
