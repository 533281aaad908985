import { z } from 'zod'
import {
  ButtonLink,
  Empty,
  Form,
  InsetText,
  NotificationBanner,
  Pagination,
  StatusTag,
  SummaryList,
  Table,
} from '#design/index.ts'
import { dateInWords, dueInWords, momentInWords } from '#kernel/calendar/words.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { Channel } from '#platform/database/tables.ts'
import { worksAgain } from '#platform/delivery/came-back.ts'
import { type AnyRoute, errors, form, page, type Screen, show, type Visit } from '#platform/http/route.ts'
import { aPerson, theTeam } from '#platform/permission.ts'
import { mailOutPaths as paths } from './paths.ts'
import { listTroubled, pageLength, type TroubledAddress, troubleOf } from './queries.ts'

const numberIn = (given: string | null | undefined) =>
  /^\d{1,9}$/.test(given ?? '') ? Number(given) : undefined

const whatIs = { email: 'E-mail', text: 'Text message' } as const
const meanwhileWords: Record<Channel, string> = {
  email: 'By e-mail',
  text: 'By text message',
  phone: 'By phone',
  post: 'By post',
}

export const mailOutRoutes: AnyRoute[] = [
  page('/:network/team/came-back', {
    who: theTeam,
    // Which addresses do not work, of whom.
    audit: 'addresses-opened',
    async handler(visit) {
      return show(list(visit, await listTroubled(visit.tx, numberIn(visit.query.get('after')) ?? 0)))
    },
  }),
  form('/:network/team/came-back/:person', {
    who: theTeam,
    audit: 'address-works-again',
    load: async (visit: Visit<undefined>) => {
      const id = numberIn(visit.params.person)
      return id === undefined ? undefined : await troubleOf(visit.tx, id)
    },
    fields: z.object({}),
    screen: forTheTeam,
    async submit(visit: Visit<TroubledAddress>) {
      return (await worksAgain(visit, visit.thing.personId))
        ? { to: `${paths.list(visit.network.slug)}?works` }
        : errors({ message: 'Somebody has said so already' })
    },
  }),
  form('/:network/account/came-back', {
    who: aPerson,
    audit: 'address-works-again',
    load: async (visit: Visit<undefined>): Promise<Mine | undefined> =>
      visit.actor && { trouble: await troubleOf(visit.tx, visit.actor.personId) },
    fields: z.object({}),
    screen: forThemselves,
    async submit(visit: Visit<Mine>) {
      await worksAgain(visit, visit.me.personId)
      return { to: `${paths.mine(visit.network.slug)}?works` }
    },
  }),
]

interface Mine {
  readonly trouble: TroubledAddress | undefined
}

function list(visit: Visit, found: readonly TroubledAddress[]): Screen {
  const { slug } = visit.network
  const shown = found.slice(0, pageLength)
  const last = shown.at(-1)
  return {
    title: 'Addresses that do not work',
    caption: 'What we sent there came back to us',
    back: { href: `/${slug}/team`, text: 'The team’s work' },
    wide: true,
    body: (
      <>
        {visit.query.has('works') && (
          <NotificationBanner success>
            The address counts as good again. What waited for it goes out now.
          </NotificationBanner>
        )}
        {shown.length === 0 ? (
          <Empty>Every address works, as far as we know.</Empty>
        ) : (
          <Table
            caption="People whose address does not work"
            captionHidden
            columns={[
              { title: 'Who' },
              { title: 'Why' },
              { title: 'How they hear meanwhile' },
              { title: 'Ask them' },
            ]}
            rows={shown.map(each => [
              <a href={paths.one(slug, each.personId)} key="who">
                <bdi>{each.name}</bdi>
              </a>,
              `${whatIs[each.channel]}: ${each.words}`,
              each.meanwhile ? (
                meanwhileWords[each.meanwhile]
              ) : (
                <StatusTag tone="late" key="none">
                  Not at all
                </StatusTag>
              ),
              dueInWords(each.dueOn, visit.today).words,
            ])}
          />
        )}
        <Pagination
          next={found.length > pageLength && last ? { href: `?after=${last.personId}` } : undefined}
        />
      </>
    ),
  }
}

const facts = (trouble: TroubledAddress) => [
  { key: whatIs[trouble.channel], value: <span dir="ltr">{theirs(trouble.address)}</span> },
  { key: 'Does not work since', value: momentInWords(trouble.since) },
  { key: 'What we heard', value: trouble.words },
]

function forTheTeam(visit: Visit<TroubledAddress>): Screen {
  const { thing } = visit
  const { slug } = visit.network
  const waiting =
    thing.waiting === 0
      ? 'Nothing. They were told in another way.'
      : thing.waiting === 1
        ? '1 message. It goes out as soon as there is a way.'
        : `${thing.waiting} messages. They go out as soon as there is a way.`
  return {
    title: 'An address that does not work',
    caption: thing.name,
    back: { href: paths.list(slug), text: 'Addresses that do not work' },
    body: (
      <>
        <SummaryList
          rows={[
            {
              key: 'Who',
              value: <a href={`/${slug}/team/people/${thing.personId}`}>{thing.name}</a>,
            },
            ...facts(thing),
            {
              key: 'How they hear meanwhile',
              value: thing.meanwhile ? meanwhileWords[thing.meanwhile] : 'Not at all',
            },
            { key: 'What waits for them', value: waiting },
            { key: 'Ask them', value: `By ${dateInWords(thing.dueOn)}` },
          ]}
        />
        <h2 className="nhsuk-heading-m">Put it right</h2>
        {thing.signsIn && thing.channel === 'email' ? (
          <InsetText>
            They sign in with this address, so only they can change it, on their account page. You can add a
            phone number or a postal address for them, or choose another way.
          </InsetText>
        ) : (
          <p>Ask them for an address that works, and write it down here.</p>
        )}
        <ButtonLink href={`/${slug}/team/people/${thing.personId}/contact`}>
          Change how to reach them
        </ButtonLink>
        <h2 className="nhsuk-heading-m">Or does it work again?</h2>
        <p>Say so only when they told you. If it does not, the next message comes back again.</p>
        <Form hidden={visit.hidden} button="The address works again" />
      </>
    ),
  }
}

function forThemselves(visit: Visit<Mine>): Screen {
  const { trouble } = visit.thing
  const { slug } = visit.network
  const back = { href: '/account', text: 'Your account' }
  if (!trouble) {
    return {
      title: 'When our messages do not reach you',
      back,
      body: (
        <>
          {visit.query.has('works') && (
            <NotificationBanner success>
              Thank you. From now on we write to this address again.
            </NotificationBanner>
          )}
          <p>Nothing came back to us. As far as we know, our messages reach you.</p>
          <p>
            Is something missing? <a href={`/${slug}/account/contact`}>See how we reach you</a>.
          </p>
        </>
      ),
    }
  }
  return {
    title: 'Our messages do not reach you',
    back,
    body: (
      <>
        <p>We wrote to you, and it came back to us.</p>
        <SummaryList
          rows={[
            ...facts(trouble),
            {
              key: 'How you hear meanwhile',
              value: trouble.meanwhile ? meanwhileWords[trouble.meanwhile] : 'On your home page only',
            },
          ]}
        />
        <h2 className="nhsuk-heading-m">What you can do</h2>
        <ul className="nhsuk-list nhsuk-list--bullet">
          {trouble.channel === 'email' && (
            <li>
              <a href={`/${slug}/account/email`}>Use another e-mail address</a>
            </li>
          )}
          <li>
            <a href={`/${slug}/account/contact`}>Choose another way, or give another number</a>
          </li>
        </ul>
        <p>If you put it right on your side, tell us. Then we write there again.</p>
        <Form hidden={visit.hidden} button="It works again" />
      </>
    ),
  }
}
