import { sql } from 'kysely'
import { z } from 'zod'
import { Form, LinkList } from '#design/index.ts'
import { type Question, question } from '#platform/database/questions.ts'
import { type AnyRoute, form, type HomePart, type Screen, type Visit } from '#platform/http/route.ts'
import { aPerson } from '#platform/permission.ts'
import { helpPaths as paths } from './paths.ts'
import { readerOf } from './reader.ts'
import './tables.ts'
import type { Reader } from './texts.ts'

interface Step {
  readonly text: string
  readonly hint: string
  readonly path: string
}

const step = (path: string, text: string, hint: string): Step => ({ path, text, hint })
const reach = step('/account', 'See how we reach you', 'Change the way, the hours, or ask for large print.')
const needs = step(
  '/account/needs',
  'Tell us what you need to take part',
  'Large print, captions, breaks, a call: once is enough.',
)
const say = step(
  '/contributions/new',
  'Say something',
  'An idea, an experience or a question. Try it: you can stop at any time.',
)
const meetings = step(
  '/meetings',
  'See when your group meets',
  'And put the meetings into your own calendar.',
)
const declare = step('/interests/confirm', 'Tell us of your interests', 'Also when you have none.')
const home = step('/home', 'Look at your home page', 'It shows what needs you, and what you wait for.')

/** The first things to do and to know, for each kind of person. */
const stepsFor: Record<Exclude<Reader, 'visitor'>, readonly Step[]> = {
  applicant: [
    home,
    step('/how-this-works', 'Read how this works', 'What happens when you say something.'),
    reach,
    needs,
  ],
  volunteer: [
    step('/induction', 'Begin your induction', 'In your own time, step by step.'),
    needs,
    reach,
    meetings,
    declare,
    say,
    home,
  ],
  member: [
    meetings,
    declare,
    step('/contributions', 'See what people said', 'Of your groups, and where each is.'),
    reach,
    home,
  ],
  chair: [
    home,
    step('/requests', 'See what your group is asked', 'Say that you have it, then answer.'),
    step('/requests/away', 'Say when you are away', 'Your deputy gets what comes in by itself.'),
    meetings,
    declare,
    reach,
  ],
  team: [
    step('/team/week', 'See what is due this week', 'What is late stands first.'),
    step('/team/applications', 'See who would like to take part', 'And talk with them.'),
    step(
      '/contributions/on-behalf',
      'Write down what somebody said',
      'On the phone, by post or in the room.',
    ),
    step('/team/settings', 'Look at the network’s settings', 'Each has a day from which it holds.'),
    home,
  ],
  'trust-contact': [
    home,
    step('/actions', 'See your Trust’s actions', 'What was agreed, and by when.'),
    reach,
  ],
  administrator: [
    home,
    step('/api', 'See what programs can read', 'Tokens, and who is told what happened.'),
    reach,
  ],
}

const routesOf = (visit: Visit): readonly Step[] => {
  const reader = readerOf(visit.actor)
  return reader === 'visitor' ? [] : stepsFor[reader]
}

export const firstStepsRoute: AnyRoute = form('/:network/first-steps', {
  who: aPerson,
  audit: 'first-steps-done',
  guardsVersion: false,
  fields: z.object({}),
  screen: (visit): Screen => ({
    title: 'Your first steps here',
    back: { href: `/${visit.network.slug}/home`, text: 'Home' },
    body: (
      <>
        <p>
          Take them in any order, when it suits you. Each opens a page, and nothing happens before you say so.
        </p>
        <LinkList
          links={routesOf(visit).map(({ path, text, hint }) => ({
            href: `/${visit.network.slug}${path}`,
            text,
            hint,
          }))}
        />
        <p>
          On each page, “Help with this page” stands at the end.{' '}
          {visit.network.phone && `Or ring us on ${visit.network.phone}.`}
        </p>
        <Form hidden={visit.hidden} button="I know my way now">
          <p>Then this does not stand on your home page any more.</p>
        </Form>
      </>
    ),
  }),
  async submit(visit) {
    await visit.tx
      .insertInto('first_steps')
      .values({ network_id: visit.network.id, person_id: visit.me.personId, done_at: visit.now })
      .onConflict(on => on.columns(['network_id', 'person_id']).doNothing())
      .execute()
    return { to: `/${visit.network.slug}/home` }
  },
})

/** So many days after somebody came, their home page shows the way. */
const daysNew = 60

/** Whoever is new and has not said that they know their way. */
export function firstStepsAtHome(visit: Visit): Question<HomePart>[] {
  if (!visit.actor) return []
  const since = visit.today.subtract({ days: daysNew })
  return [
    question(
      sql<{ isNew: boolean }>`select true as "isNew" from person p where p.id = ${visit.actor.personId}
        and (exists (select from membership m where m.network_id = p.network_id and m.person_id = p.id and m.from_on >= ${since})
          or exists (select from post_holding h where h.network_id = p.network_id and h.person_id = p.id and h.from_on >= ${since}))
        and not exists (select from membership m where m.network_id = p.network_id and m.person_id = p.id and m.from_on < ${since})
        and not exists (select from post_holding h where h.network_id = p.network_id and h.person_id = p.id and h.from_on < ${since})
        and not exists (select from first_steps f where f.network_id = p.network_id and f.person_id = p.id)`,
      rows =>
        rows.length === 0
          ? {}
          : {
              needs: [
                {
                  title: 'Your first steps here',
                  href: paths.firstSteps(visit.network.slug),
                  status: 'You are new here',
                  hint: 'What to do and to know first',
                },
              ],
            },
    ),
  ]
}
