import { Temporal } from 'temporal-polyfill'
import {
  ButtonLink,
  InsetText,
  Quote,
  StatusTag,
  SummaryList,
  Timeline,
  type TimelineEntry,
  telephone,
  WarningCallout,
} from '#design/index.ts'
import { dateInWords, dueInWords, momentInWords } from '#kernel/calendar/words.ts'
import { type AnyRoute, page, type Screen, show, type Visit } from '#platform/http/route.ts'
import { theTeam } from '#platform/permission.ts'
import { rolePaths } from '#slices/roles/index.ts'
import { channelWords } from './answers.ts'
import { isOpen } from './application.ts'
import { NotChecked } from './mail/pages.tsx'
import { registrationPaths as paths } from './paths.ts'
import { type Around, around, howWords } from './queries.ts'
import { type LoadedApplication, loadApplication, numberIn } from './store.ts'
import { teamsWords } from './team-list.tsx'

/** For every route under one application: by the number in the address. */
export async function byNumber(
  visit: Visit,
  how: { forChange: boolean },
): Promise<LoadedApplication | undefined> {
  const number = numberIn(visit.params.number)
  return number === undefined ? undefined : await loadApplication(visit.tx, { number }, how)
}

export const oneRoutes: AnyRoute[] = [
  page<LoadedApplication>('/:network/team/applications/:number', {
    who: theTeam,
    // How to reach somebody, and what help they need: each look is logged (R58).
    audit: 'application-opened',
    load: byNumber,
    handler: async visit => show(one(visit, await around(visit.tx, visit.thing, visit.today))),
  }),
]

function one(visit: Visit<LoadedApplication>, more: Around): Screen {
  const { it, row, person, number } = visit.thing
  const { slug } = visit.network
  const due = 'due' in it ? dueInWords(it.due, visit.today) : undefined
  return {
    title: `Application ${number}`,
    caption: person.name,
    back: { href: paths.list(slug), text: 'Applications' },
    body: (
      <>
        <p>
          <StatusTag tone={due?.late ? 'late' : isOpen(it) ? 'moving' : 'plain'}>
            {teamsWords[it.state]}
          </StatusTag>{' '}
          {due && <span className={due.late ? 'loop-due loop-due--late' : 'loop-due'}>{due.words}</span>}
        </p>
        {it.state === 'merged' && (
          <p>
            The same person told us twice. It goes on with{' '}
            <a href={paths.one(slug, it.into)}>application {it.into}</a>.
          </p>
        )}
        <Duplicates visit={visit} more={more} />
        <Steps visit={visit} />
        <h2 className="nhsuk-heading-m">Who it is</h2>
        <SummaryList
          rows={[
            { key: 'Name', value: <bdi>{person.name}</bdi> },
            { key: 'How to reach them', value: channelWords[person.channel] },
            ...reach(visit.thing),
            {
              key: 'How they told us',
              value: more.recordedBy ? `${toldHow(row)}, written down by ${more.recordedBy}` : toldHow(row),
            },
            { key: 'When', value: momentInWords(row.received_at) },
            ...(more.role
              ? [
                  {
                    key: 'Role they would like',
                    value: <a href={rolePaths.one(slug, more.role.slug)}>{more.role.title}</a>,
                  },
                ]
              : []),
            {
              key: 'Hospitals they know',
              value: more.trust
                ? `${more.trust}. ${person.trust_may_know ? 'Their contact may know' : 'Their contact may not know'}`
                : 'Not said',
            },
            ...(isOpen(it)
              ? [
                  {
                    key: 'Who acts next',
                    value: more.owner ?? 'The whole team',
                    action: {
                      href: paths.do(slug, number, 'owner'),
                      text: 'Hand over',
                      about: 'to somebody else',
                    },
                  },
                ]
              : []),
          ]}
        />
        {it.state !== 'withdrawn' && (
          <p>
            <a href={paths.person(slug, person.id)}>Everything about this person</a>
          </p>
        )}
        <h2 className="nhsuk-heading-m">About themselves</h2>
        {row.words ? <Quote words={row.words} /> : <p>Nothing was said.</p>}
        {more.alsoSaid.map(each => (
          <Quote
            key={each.number}
            words={each.words || 'Nothing more was said.'}
            by={`Application ${each.number}, ${howWords[each.how].toLowerCase()}, ${momentInWords(Temporal.Instant.from(each.at))}`}
          />
        ))}
        <Mails slug={slug} words={row.words} mails={more.mails} />
        <h2 className="nhsuk-heading-m">Help they need to take part</h2>
        {person.help_words ? <Quote words={person.help_words} /> : <p>None was asked for.</p>}
        <h2 className="nhsuk-heading-m">Conversations</h2>
        {more.conversations.length === 0 ? (
          <p>None yet.</p>
        ) : (
          more.conversations.map((each, n) => (
            <Quote
              key={n}
              words={each.said}
              by={`${dateInWords(Temporal.PlainDate.from(each.on))}${each.by ? `, noted by ${each.by}` : ''}`}
            />
          ))
        )}
        {it.state === 'declined' && it.reason && (
          <>
            <h2 className="nhsuk-heading-m">Why not</h2>
            <Quote words={it.reason} by="For the team only" />
            <Quote words={it.words} by="What they were told" />
          </>
        )}
        {it.state === 'keeping-in-touch' && <Quote words={it.why} by="Why we keep in touch" />}
        <h2 className="nhsuk-heading-m">What happened</h2>
        <Timeline entries={more.history.map(happenedInWords)} />
      </>
    ),
  }
}

function reach({ row, person }: LoadedApplication) {
  const email = person.email ?? row.shared_email
  return [
    ...(email ? [{ key: 'E-mail', value: <a href={`mailto:${email}`}>{email}</a> }] : []),
    ...(person.phone
      ? [{ key: 'Phone number', value: <a href={telephone(person.phone)}>{person.phone}</a> }]
      : []),
    ...(person.postal_address
      ? [{ key: 'Address', value: <span className="loop-words">{person.postal_address}</span> }]
      : []),
  ]
}

function Duplicates({ visit, more }: { visit: Visit<LoadedApplication>; more: Around }) {
  if (more.duplicates.length === 0) return null
  const { slug } = visit.network
  return (
    <WarningCallout title="Perhaps we know this person already">
      <p>
        Something is the same or nearly the same. Nothing is joined by itself: look at both, and ask when you
        talk.
      </p>
      <ul className="nhsuk-list nhsuk-list--bullet">
        {more.duplicates.map(each => (
          <li key={each.personId}>
            <a href={paths.person(slug, each.personId)}>{each.name}</a>
            {each.hasPlace && ', who has a place with us'}
            {each.application !== null && (
              <>
                , <a href={paths.one(slug, each.application)}>application {each.application}</a>
              </>
            )}
            . The same: {each.alike.map(what => alikeWords[what]).join(', ')}.
            {isOpen(visit.thing.it) && (
              <>
                {' '}
                <a href={paths.same(slug, visit.thing.number, each.personId)}>
                  Compare with {each.name}
                  {each.application !== null && `, application ${each.application}`}
                </a>
              </>
            )}
          </li>
        ))}
      </ul>
    </WarningCallout>
  )
}

function Mails({ slug, words, mails }: { slug: string; words: string; mails: Around['mails'] }) {
  if (mails.length === 0) return null
  return (
    <>
      <h2 className="nhsuk-heading-m">E-mails</h2>
      {mails.some(each => !each.verified) && <NotChecked verified={false} />}
      {mails.map(each => (
        <div key={each.id}>
          {each.words !== '' && each.words !== words && <Quote words={each.words} />}
          <p>
            <a href={paths.mail(slug, each.id)}>
              E-mail of {momentInWords(Temporal.Instant.from(each.at))}: {each.subject || 'no subject'}
            </a>
          </p>
        </div>
      ))}
    </>
  )
}

const alikeWords = { email: 'e-mail address', phone: 'phone number', name: 'name, or nearly' } as const

const toldHow = (row: LoadedApplication['row']) =>
  row.occasion ? `${howWords[row.how]}: ${row.occasion}` : howWords[row.how]

function Steps({ visit }: { visit: Visit<LoadedApplication> }) {
  const { it, number } = visit.thing
  const { slug } = visit.network
  if (!isOpen(it)) return null
  const spoken = 'spokenOn' in it && it.spokenOn !== null
  return (
    <>
      {spoken ? (
        <ButtonLink href={paths.do(slug, number, 'accept')}>Accept</ButtonLink>
      ) : (
        <InsetText>Talk with them first. Then you can accept, or kindly decline.</InsetText>
      )}
      <ButtonLink href={paths.do(slug, number, 'conversation')} secondary={spoken}>
        Note a conversation
      </ButtonLink>
      <ul className="nhsuk-list">
        <li>
          <a href={paths.do(slug, number, 'time')}>Book a time to talk for them</a>
        </li>
        <li>
          <a href={paths.do(slug, number, 'keep-in-touch')}>Keep in touch for later</a>
        </li>
        <li>
          <a href={paths.do(slug, number, 'decline')}>Kindly decline</a>
        </li>
      </ul>
    </>
  )
}

function happenedInWords(each: Around['history'][number]): TimelineEntry {
  const { details } = each
  const day = (iso: string | undefined) => (iso ? dateInWords(Temporal.PlainDate.from(iso)) : '')
  const titles: Record<string, string> = {
    registered: 'Told us of their interest',
    'conversation-noted': `Spoken with on ${day(details.on)}`,
    accepted: `Accepted into ${details.group}`,
    declined: 'Kindly declined',
    'keeping-in-touch': `We keep in touch, next by ${day(details.until)}`,
    withdrawn: 'Withdrew, and the details were deleted',
    'details-deleted': 'The details were deleted, 6 months after the answer',
    'handed-over': 'Somebody else of the team took over',
    merged: `Joined with application ${details.into}`,
    'took-in': `Application ${details.number} was joined with this one`,
    'mail-added': 'An e-mail was added',
    'time-booked': 'A time for a conversation was booked',
    'time-given-back': 'The time for a conversation was given back',
  }
  const at = Temporal.Instant.from(each.at)
  return { when: momentInWords(at), dateTime: each.at, title: titles[each.event] ?? each.event, by: each.by }
}
