import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import {
  ButtonLink,
  Form,
  InsetText,
  Panel,
  Quote,
  StatusTag,
  SummaryList,
  telephone,
} from '#design/index.ts'
import { dateInWords, dueInWords, momentInWords } from '#kernel/calendar/words.ts'
import { dayOf } from '#kernel/calendar/working-days.ts'
import type { PlainDate } from '#platform/database/tables.ts'
import { type AnyRoute, form, page, refused, type Screen, show, type Visit } from '#platform/http/route.ts'
import { type Actor, anyone, personRule } from '#platform/permission.ts'
import { equalityPaths } from '#slices/equality/index.ts'
import { type Application, dueOf, isOpen } from './application.ts'
import { withdraw } from './changes.ts'
import { registrationPaths as paths } from './paths.ts'
import { type OwnFacts, ownFacts } from './queries.ts'
import { findByLink, type LoadedApplication, loadApplication } from './store.ts'
import { mannerWords } from './times/times.ts'

type ByLink = { ended: true; version?: undefined } | ({ ended: false } & LoadedApplication)

const byLink = async (visit: Visit, how: { forChange: boolean }): Promise<ByLink | undefined> =>
  await findByLink(visit, visit.params.token, how)

const theirOwn = async (visit: Visit, how: { forChange: boolean }): Promise<LoadedApplication | undefined> =>
  visit.actor && (await loadApplication(visit.tx, { personId: visit.actor.personId }, how))

const whoRegistered = personRule<LoadedApplication>(
  'the person who registered',
  (actor: Actor, loaded) => loaded.person.id === actor.personId,
)

/** The applicant follows their application: by the link they were sent, or signed in. */
export const followRoutes: AnyRoute[] = [
  page<LoadedApplication>('/:network/application', {
    who: whoRegistered,
    audit: 'nothing',
    load: theirOwn,
    handler: async visit =>
      show(
        following(
          visit,
          visit.thing,
          await ownFacts(visit, visit.thing),
          mayWithdraw(visit.thing.it) ? paths.withdrawMine(visit.network.slug) : undefined,
          paths.chooseMyTime(visit.network.slug),
        ),
      ),
  }),
  form('/:network/application/withdraw', {
    who: whoRegistered,
    audit: 'application-withdrawn',
    load: theirOwn,
    guardsVersion: false,
    fields: z.object({}),
    screen: (visit: Visit<LoadedApplication>) =>
      withdrawing(visit, visit.thing, paths.mine(visit.network.slug)),
    async submit(visit) {
      const done = await withdraw(visit, visit.thing)
      return done.accepted ? { to: `/${visit.network.slug}` } : refused(done)
    },
  }),
  page<ByLink>('/:network/application/:token', {
    who: anyone,
    audit: 'nothing',
    load: byLink,
    async handler(visit) {
      const { thing } = visit
      if (thing.ended) return { kind: 'screen', screen: linkEnded(visit), status: 410 }
      const to = paths.withdraw(visit.network.slug, visit.params.token!)
      const facts = await ownFacts(visit, thing)
      const choose = paths.chooseTime(visit.network.slug, visit.params.token!)
      return show(following(visit, thing, facts, mayWithdraw(thing.it) ? to : undefined, choose))
    },
  }),
  page<ByLink>('/:network/application/:token/received', {
    who: anyone,
    audit: 'nothing',
    load: byLink,
    handler: visit =>
      visit.thing.ended
        ? { kind: 'screen', screen: linkEnded(visit), status: 410 }
        : show(received(visit, visit.thing)),
  }),
  form('/:network/application/:token/withdraw', {
    who: anyone,
    audit: 'application-withdrawn',
    load: byLink,
    guardsVersion: false,
    fields: z.object({}),
    screen: (visit: Visit<ByLink>) =>
      visit.thing.ended
        ? linkEnded(visit)
        : withdrawing(visit, visit.thing, paths.follow(visit.network.slug, visit.params.token!)),
    async submit(visit) {
      const to = paths.follow(visit.network.slug, visit.params.token!)
      // A second click finds it done.
      if (visit.thing.ended || visit.thing.it.state === 'withdrawn') return { to }
      const done = await withdraw(visit, visit.thing)
      return done.accepted ? { to } : refused(done)
    },
  }),
]

const mayWithdraw = (it: Application) => isOpen(it) || it.state === 'declined'

function received(visit: Visit, loaded: LoadedApplication): Screen {
  const due = 'due' in loaded.it ? loaded.it.due : null
  const where = { email: 'by e-mail', text: 'by text message', phone: 'by phone', post: 'by post' }[
    loaded.person.channel
  ]
  return {
    title: 'Thank you',
    titleInLegend: true,
    body: (
      <>
        <Panel title="Thank you" asHeading>
          Your application number
          <br />
          <strong>{loaded.number}</strong>
        </Panel>
        <h2 className="nhsuk-heading-m">What happens next</h2>
        <p>
          Somebody from the team gets in touch {where}
          {due && (
            <>
              {' '}
              by <strong>{dateInWords(due)}</strong>
            </>
          )}
          , to hear from you and to answer your questions. You do not need to prepare.
        </p>
        <p>We also send you this number {where}.</p>
        <p>
          <a href={paths.follow(visit.network.slug, visit.params.token!)}>See where your application is</a>.
          You can keep this address. It works without signing in, so show it only to people you trust.
        </p>
        <p>
          If you like, answer <a href={equalityPaths.answer(visit.network.slug)}>a few questions</a> that help
          us to see who is missing. We do not keep your name with them.
        </p>
        <OrRing phone={visit.network.phone} number={loaded.number} />
        <ButtonLink href={`/${visit.network.slug}`} secondary>
          To the network’s page
        </ButtonLink>
      </>
    ),
  }
}

function OrRing({ phone, number }: { phone: string | null; number: number }) {
  if (!phone) return null
  return (
    <p>
      You can also ring us on <a href={telephone(phone)}>{phone}</a> and say: application {number}.
    </p>
  )
}

/** What the applicant is told about each state. */
export function inApplicantsWords(it: Application): { status: string; next: string } {
  switch (it.state) {
    case 'received':
      return { status: 'We have it', next: 'Somebody from the team gets in touch with you' }
    case 'spoken-with':
      return { status: 'We have talked with you', next: 'The team gives you an answer' }
    case 'keeping-in-touch':
      return { status: 'We stay in touch', next: 'The team gets in touch with you again' }
    case 'accepted':
      return { status: 'Welcome', next: 'You have a place with us. The team agrees with you how to begin' }
    case 'declined':
      return { status: 'Not this time', next: 'Nothing more happens, and we delete your details in 6 months' }
    case 'withdrawn':
      return { status: 'You withdrew this', next: 'Nothing more happens' }
    case 'merged':
      return { status: 'Joined with another', next: `It goes on with your application ${it.into}` }
  }
}

function following(
  visit: Visit,
  loaded: LoadedApplication,
  facts: OwnFacts,
  withdrawHref: string | undefined,
  chooseHref: string,
): Screen {
  const { it, number } = loaded
  const { status, next } = inApplicantsWords(it)
  const due = 'due' in it ? dueInWords(it.due, visit.today) : undefined
  return {
    title: `Application ${number}`,
    caption: 'Your interest in taking part',
    body: (
      <>
        <p>
          <StatusTag tone={it.state === 'accepted' ? 'good' : isOpen(it) ? 'moving' : 'stopped'}>
            {status}
          </StatusTag>
        </p>
        <p>
          {next}
          {due && (
            <>
              : <strong>{due.words}</strong>
            </>
          )}
          .
        </p>
        <Stages loaded={loaded} facts={facts} today={visit.today} />
        {isOpen(it) && (facts.booked || facts.canBook) && (
          <p>
            <a href={chooseHref}>
              {facts.booked ? 'Change the time to talk, or give it back' : 'Choose a time to talk'}
            </a>
          </p>
        )}
        {due?.late && <p>We are sorry. The person who leads the team knows that we are late.</p>}
        {it.state === 'declined' && it.words && <Quote words={it.words} by={visit.network.name} />}
        {it.state === 'withdrawn' && (
          <InsetText>
            We have deleted your name, how to reach you, and what you told us. We keep only that there was an
            application with this number.
          </InsetText>
        )}
        {it.state !== 'withdrawn' && <OrRing phone={visit.network.phone} number={number} />}
        {withdrawHref && (
          <ButtonLink href={withdrawHref} secondary>
            Withdraw my application
          </ButtonLink>
        )}
      </>
    ),
  }
}

/** The whole way, each step with who and by when. */
function Stages({
  loaded: { it, row },
  facts,
  today,
}: {
  loaded: LoadedApplication
  facts: OwnFacts
  today: PlainDate
}) {
  if (!isOpen(it)) return null
  const due = dueOf(it)
  const who = facts.owner ?? 'Somebody from the team'
  const by = due ? dueInWords(due, today).words : ''
  const spoken = facts.spokenOn && dateInWords(Temporal.PlainDate.from(facts.spokenOn))
  return (
    <>
      {facts.role && <p>The role that you would like: {facts.role}.</p>}
      <SummaryList
        rows={[
          { key: '1. You told us', value: `Done, on ${dateInWords(dayOf(row.received_at))}` },
          {
            key: '2. We talk with you',
            value: facts.booked
              ? `${who} talks with you on ${momentInWords(Temporal.Instant.from(facts.booked.at))}, ${mannerWords[facts.booked.manner]}`
              : spoken
                ? `Done, on ${spoken}`
                : `${who} gets in touch with you, ${by}`,
          },
          {
            key: '3. You hear our answer',
            value:
              it.state === 'spoken-with'
                ? `${who} tells you, ${by}`
                : it.state === 'keeping-in-touch'
                  ? `Later, as we agreed. ${who} gets in touch with you again, ${by}`
                  : 'After we have talked',
          },
        ]}
      />
    </>
  )
}

function withdrawing(visit: Visit, loaded: LoadedApplication, back: string): Screen {
  return {
    title: 'Withdraw your application?',
    back: { href: back, text: 'Back' },
    body: (
      <>
        <p>You do not have to say why. If you change your mind, you can register again at any time.</p>
        <h2 className="nhsuk-heading-s">We delete at once</h2>
        <ul className="nhsuk-list nhsuk-list--bullet">
          <li>your name, and your e-mail address, phone number or address</li>
          <li>what you wrote, and the help you said you need</li>
          <li>what we noted of talking with you, and what we wrote to you</li>
        </ul>
        <h2 className="nhsuk-heading-s">We keep</h2>
        <p>
          That there was an application {loaded.number}, when things happened to it, and that you took it
          back.
        </p>
        <Form hidden={visit.hidden} button="Withdraw and delete" warning />
      </>
    ),
  }
}

function linkEnded(visit: Visit): Screen {
  const { phone } = visit.network
  return {
    title: 'This link has ended',
    body: (
      <p>
        Links like this one work for 180 days.{' '}
        {phone ? (
          <>
            Ring us on <a href={telephone(phone)}>{phone}</a> and we tell you where your application is.
          </>
        ) : (
          'Ask the team, and they tell you where your application is.'
        )}
      </p>
    ),
  }
}
