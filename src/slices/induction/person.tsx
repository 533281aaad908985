import { z } from 'zod'
import {
  ButtonLink,
  Details,
  Empty,
  Form,
  InsetText,
  LinkList,
  PlainText,
  Radios,
  StatusTag,
  SummaryList,
  type Task,
  TaskList,
} from '#design/index.ts'
import { dateInWords, momentInWords } from '#kernel/calendar/words.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { askTogether } from '#platform/database/questions.ts'
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
import { anInsider, type Rule } from '#platform/permission.ts'
import { agreementPaths, agreementsOf, rolesOf } from '#slices/agreements/index.ts'
import { signModule } from './changes.ts'
import { type ModuleState, moduleState, stateWords } from './module.ts'
import { inductionPaths as paths } from './paths.ts'
import {
  type ModuleOfPerson,
  modulesOf,
  modulesOfPerson,
  planOf,
  type SessionLine,
  sessionsOf,
} from './queries.ts'
import { mostQuestions, notRight } from './questions.ts'
import { whyNotYet } from './why.tsx'

export const tones = {
  'to-do': 'waiting',
  'waits-for-team': 'moving',
  'waits-for-person': 'waiting',
  finished: 'good',
} as const satisfies Record<ModuleState, string>

const mine = page('/:network/induction', {
  who: anInsider,
  audit: 'nothing',
  async handler(visit) {
    const { tx, me, today, now, network } = visit
    const roles = rolesOf(me)
    const [modules, plan, sessions, agreements] = await askTogether(tx, [
      modulesOf(tx, me.personId, today),
      planOf(me.personId),
      sessionsOf(me.personId, { from: now, most: 20 }),
      agreementsOf(tx, me.personId, roles, today),
    ])
    const own = modules.filter(each => each.roles.some(role => roles.includes(role)))
    const others = modules.filter(each => !own.includes(each))
    const left = own.filter(each => each.finishedOn === null)
    const open = agreements.filter(each => each.standing.agreedOn === null)
    const { slug } = network
    return show({
      title: 'My induction',
      body: (
        <>
          <p>
            What helps you to take part. Read each part when you like, or come to a session. When you have
            done it, you sign it, and so does the team.
          </p>
          {whyNotYet(visit, modules, agreements)}
          <h2 className="nhsuk-heading-m">What I still need</h2>
          {left.length === 0 && open.length === 0 ? (
            <Empty>Nothing. You have all that you need.</Empty>
          ) : (
            <>
              {plan && left.length > 0 && <p>If you can, finish by {dateInWords(plan.dueOn)}.</p>}
              <TaskList
                items={[
                  ...left.map(each => taskOf(each, visit)),
                  ...open.map(
                    (each): Task => ({
                      title: theirs(each.title),
                      href: agreementPaths.one(slug, each.slug),
                      status: { words: 'Read and agree', tone: 'waiting' },
                    }),
                  ),
                ]}
              />
            </>
          )}
          <SessionsAhead visit={visit} sessions={sessions} />
          {own.length > left.length && (
            <>
              <h2 className="nhsuk-heading-m">What I have finished</h2>
              <TaskList
                items={own.filter(each => each.finishedOn !== null).map(each => taskOf(each, visit))}
              />
            </>
          )}
          {others.length > 0 && (
            <Details summary="Other parts that you can read">
              <LinkList
                links={others.map(each => ({
                  href: paths.module(slug, each.slug),
                  text: theirs(each.title),
                  hint: theirs(each.summary),
                }))}
              />
            </Details>
          )}
          <p>
            Would you like to know about something else? <a href={`/${slug}/learning`}>Ask for it</a>
          </p>
        </>
      ),
    })
  },
})

function taskOf(it: ModuleOfPerson, visit: Pick<Visit, 'network'>): Task {
  const state = moduleState(it.progress)
  return {
    title: theirs(it.title),
    href: paths.module(visit.network.slug, it.slug),
    hint: it.finishedOn
      ? `${theirs(it.summary)} Finished on ${dateInWords(it.finishedOn)}.`
      : theirs(it.summary),
    status: { words: stateWords[state], tone: tones[state] },
  }
}

export function SessionsAhead({
  visit,
  sessions,
}: {
  visit: Visit<unknown>
  sessions: readonly SessionLine[]
}) {
  if (sessions.length === 0) return null
  return (
    <>
      <h2 className="nhsuk-heading-m">Sessions to come</h2>
      <LinkList
        links={sessions.map(each => ({
          href: paths.session(visit.network.slug, each.id),
          text: theirs(each.title),
          hint: (
            <>
              {momentInWords(each.startsAt)}, {theirs(each.place)}{' '}
              {each.mine && <StatusTag tone="good">You have a place</StatusTag>}
            </>
          ),
        }))}
      />
    </>
  )
}

interface OneModule {
  readonly it: ModuleOfPerson
  readonly sessions: readonly SessionLine[]
}

async function load(visit: Visit<undefined>): Promise<OneModule | undefined> {
  if (!visit.actor) return undefined
  const [it] = await modulesOfPerson(visit, visit.actor.personId, visit.params.module ?? '')
  if (!it) return undefined
  const [sessions] = await askTogether(visit.tx, [
    sessionsOf(visit.actor.personId, { from: visit.now, moduleId: it.id, most: 10 }),
  ])
  return { it, sessions }
}

const one = page<OneModule>('/:network/induction/modules/:module', {
  who: anInsider as Rule<OneModule>,
  audit: 'nothing',
  load,
  handler(visit) {
    const { it, sessions } = visit.thing
    const { slug } = visit.network
    const state = moduleState(it.progress)
    return show({
      title: theirs(it.title),
      caption: 'Induction',
      back: { href: paths.mine(slug), text: 'My induction' },
      body: (
        <>
          {it.endedOn && <InsetText>This part is not offered any more.</InsetText>}
          <p className="nhsuk-body-l">{theirs(it.summary)}</p>
          <SummaryList
            rows={[
              {
                key: 'Where you are',
                value: <StatusTag tone={tones[state]}>{stateWords[state]}</StatusTag>,
              },
              ...(it.votingFrom
                ? [{ key: 'Voting', value: `Needed before you vote, from ${dateInWords(it.votingFrom)} on` }]
                : []),
            ]}
          />
          <PlainText text={it.body} />
          {it.progress.personOn === null && it.endedOn === null && (
            <ButtonLink href={paths.sign(slug, it.slug)}>
              {it.questions.length > 0 ? 'Answer the questions' : 'I have read this'}
            </ButtonLink>
          )}
          {it.progress.personOn && (
            <p>
              You signed this on {dateInWords(it.progress.personOn)}.
              {it.progress.teamOn
                ? ` The team signed it on ${dateInWords(it.progress.teamOn)}.`
                : ' Somebody from the team looks at it with you, and signs next.'}
            </p>
          )}
          <SessionsAhead visit={visit} sessions={sessions} />
        </>
      ),
    })
  },
})

const names = Array.from({ length: mostQuestions }, (_, n) => `q${n}`)
const chosen = z
  .string()
  .optional()
  .transform(given => (/^\d$/.test(given ?? '') ? Number(given) : undefined))

/** The questions teach: what is not right is explained beside it, what was chosen stays, and one tries again. */
const sign = form('/:network/induction/modules/:module/questions', {
  who: anInsider as Rule<OneModule>,
  audit: 'induction-signed',
  load,
  guardsVersion: false,
  fields: z.object(Object.fromEntries(names.map(each => [each, chosen]))),
  screen: signScreen,
  async submit(visit: Visit<OneModule>, given) {
    const { it } = visit.thing
    const wrong = notRight(
      it.questions,
      names.map(each => given[each] as number | undefined),
    )
    if (wrong.length > 0) {
      return { errors: wrong.map(({ at, message }) => ({ field: names[at]!, message })) }
    }
    if (it.endedOn) return refused({ sentence: 'This part is not offered any more' })
    const done = await signModule(visit, visit.me.personId, it.slug, { by: 'person', how: 'self' })
    return done.accepted ? { to: paths.module(visit.network.slug, it.slug) } : refused(done)
  },
})

function signScreen(visit: Visit<OneModule>, filled: Filled): Screen {
  const { it } = visit.thing
  const back = paths.module(visit.network.slug, it.slug)
  return {
    title: it.questions.length > 0 ? 'Is it clear to you?' : 'Have you read it?',
    caption: theirs(it.title),
    back: { href: back, text: 'Read it again' },
    body: (
      <>
        {it.questions.length > 0 && (
          <p>
            This is no test. If an answer is not right, you see why, and try again as often as you like.
            Nobody sees how often.
          </p>
        )}
        <Form
          hidden={visit.hidden}
          button="I have done this, and it is clear to me"
          secondary={{ text: 'Not now', href: back }}
        >
          {it.questions.map((each, n) => (
            <Radios
              name={names[n]!}
              label={theirs(each.ask)}
              value={filled.values[names[n]!]}
              errors={filled.errors}
              options={each.options.map((option, at) => ({ value: String(at), label: theirs(option.text) }))}
              key={each.ask}
            />
          ))}
        </Form>
      </>
    ),
  }
}

export const personRoutes: AnyRoute[] = [mine, one, sign]
