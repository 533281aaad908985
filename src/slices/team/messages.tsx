import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import {
  Empty,
  Filters,
  Form,
  Pagination,
  Quote,
  StatusTag,
  SummaryList,
  Table,
  type Tone,
} from '#design/index.ts'
import { momentInWords } from '#kernel/calendar/words.ts'
import type { Channel, MessageState } from '#platform/database/tables.ts'
import { type AnyRoute, errors, form, page, type Screen, show, type Visit } from '#platform/http/route.ts'
import { languageOf, tagOf } from '#platform/languages/words.ts'
import { attachmentOf, englishOf, tryAgain } from '#platform/outbox.ts'
import { theTeam } from '#platform/permission.ts'
import { teamPaths as paths } from './paths.ts'
import { isPrivate, withoutKeys } from './private-words.ts'
import { type ListedMessage, listMessages, type OneMessage, oneMessage, pageLength } from './queries.ts'

export const stateWords: Record<MessageState, { words: string; tone: Tone }> = {
  waiting: { words: 'Waiting to be sent', tone: 'waiting' },
  sending: { words: 'Being sent', tone: 'moving' },
  sent: { words: 'Sent', tone: 'good' },
  failed: { words: 'Could not be sent', tone: 'late' },
  'came-back': { words: 'Came back', tone: 'plain' },
  'by-hand': { words: 'To be done by hand', tone: 'waiting' },
  done: { words: 'Done by hand', tone: 'good' },
}
const states = Object.keys(stateWords) as MessageState[]
export const channelWords: Record<Channel, string> = {
  email: 'E-mail',
  text: 'Text message',
  phone: 'Phone call',
  post: 'Letter',
}

export const idIn = (given: string | null | undefined): number | undefined =>
  /^\d{1,15}$/.test(given ?? '') ? Number(given) : undefined

export async function loadMessage(
  visit: Visit,
  how: { forChange: boolean },
): Promise<OneMessage | undefined> {
  const id = idIn(visit.params.message)
  return id === undefined ? undefined : await oneMessage(visit.tx, id, how)
}

/** Every message of the network, and "try again" for what failed for good (HOUSE-7). */
export const messageRoutes: AnyRoute[] = [
  page('/:network/team/messages', {
    who: theTeam,
    audit: 'nothing',
    async handler(visit) {
      const state = states.find(each => each === visit.query.get('state'))
      const found = await listMessages(visit.tx, {
        ...(state ? { state } : {}),
        from: idIn(visit.query.get('before')),
      })
      return show(list(visit, state, found))
    },
  }),
  page<OneMessage>('/:network/team/messages/:message', {
    who: theTeam,
    audit: 'message-opened',
    load: loadMessage,
    handler: visit => show(one(visit)),
  }),
  form('/:network/team/messages/:message/try-again', {
    who: theTeam,
    audit: 'message-tried-again',
    load: loadMessage,
    page: false,
    fields: z.object({}),
    screen: one,
    async submit(visit) {
      const { id } = visit.thing
      return (await tryAgain(visit, id))
        ? { to: paths.message(visit.network.slug, id) }
        : errors({ message: 'This message is on its way already. Nothing was sent twice' })
    },
  }),
]

/** Whom it is for, as far as the team may know. */
export const toWhom = (message: Pick<ListedMessage, 'name' | 'about_kind'>): string =>
  message.name ?? 'Somebody who is not in the list of people'

/** The team reads English, whatever the reader reads. */
export const subjectOf = (message: ListedMessage): string =>
  isPrivate(message) ? 'A private message' : (englishOf(message)?.subject ?? message.subject)

/** What it says, for the team, where it is in another language. */
export function InEnglish({ message }: { message: OneMessage }) {
  const english = englishOf(message)
  if (!english) return null
  return (
    <>
      <h2 className="nhsuk-heading-m">In English</h2>
      <p>It went out in the language of its reader. Here is the same in English.</p>
      <Quote words={withoutKeys(english.body)} />
    </>
  )
}

function list(visit: Visit, state: MessageState | undefined, found: readonly ListedMessage[]): Screen {
  const { slug } = visit.network
  const shown = found.slice(0, pageLength)
  return {
    title: 'Messages',
    caption: 'What people are told, each in their own way',
    back: { href: paths.front(slug), text: 'The team’s work' },
    wide: true,
    body: (
      <>
        <Filters
          action={paths.messages(slug)}
          filters={[
            {
              name: 'state',
              label: 'Show',
              value: state ?? '',
              options: [
                { value: '', text: 'All' },
                ...states.map(each => ({ value: each, text: stateWords[each].words })),
              ],
            },
          ]}
        />
        {shown.length === 0 ? (
          <Empty>
            {state === 'failed'
              ? 'Everything could be sent. Nobody was missed.'
              : 'There is no message like this.'}
          </Empty>
        ) : (
          <Table
            caption="Messages, newest first"
            captionHidden
            columns={[
              { title: 'Message' },
              { title: 'To' },
              { title: 'How' },
              { title: 'When' },
              { title: 'Where it is' },
            ]}
            rows={shown.map(each => [
              <a href={paths.message(slug, each.id)} key="subject">
                {subjectOf(each)}
              </a>,
              <bdi key="to">{toWhom(each)}</bdi>,
              channelWords[each.channel],
              momentInWords(each.created_at),
              <StatusTag key="state" tone={stateWords[each.state].tone}>
                {stateWords[each.state].words}
              </StatusTag>,
            ])}
          />
        )}
        {state === 'failed' && shown.length > 1 && (
          <p>
            <a href={`/${slug}/team/week/try-again`}>Try all of them again</a>
          </p>
        )}
        <Pagination
          next={
            found.length > pageLength
              ? {
                  href: `?${new URLSearchParams({ ...(state ? { state } : {}), before: String(shown.at(-1)!.id) })}`,
                  label: 'older messages',
                }
              : undefined
          }
        />
      </>
    ),
  }
}

function one(visit: Visit<OneMessage>): Screen {
  const { slug } = visit.network
  const message = visit.thing
  const hidden = isPrivate(message)
  const state = stateWords[message.state]
  return {
    title: subjectOf(message),
    caption: `${channelWords[message.channel]} to ${toWhom(message)}`,
    back: { href: paths.messages(slug), text: 'Messages' },
    body: (
      <>
        <p>
          <StatusTag tone={state.tone}>{state.words}</StatusTag>
        </p>
        {message.came_back_words && (
          <p>
            It came back to us{message.came_back_at && ` on ${momentInWords(message.came_back_at)}`}.{' '}
            {message.came_back_words}
          </p>
        )}
        {message.told_instead_id !== null && (
          <p>
            <a href={paths.message(slug, message.told_instead_id)}>See how they were told instead</a>
          </p>
        )}
        {message.instead_of !== null && (
          <p>
            It is told in this way because{' '}
            <a href={paths.message(slug, message.instead_of)}>a first message came back</a>.
          </p>
        )}
        {message.state === 'sent' && message.sent_by === 'notify' && <p>{arrival(message)}</p>}
        {message.state === 'sent' && message.last_error && <p>{message.last_error}</p>}
        {message.state === 'failed' && (
          <>
            <p>
              We tried {message.tries} {message.tries === 1 ? 'time' : 'times'} and could not send it. This is
              what we heard: <q>{message.last_error ?? 'nothing'}</q>
            </p>
            {message.person_id !== null && (
              <p>
                Is the address wrong?{' '}
                <a href={paths.ofPerson(slug, message.person_id, 'contact')}>Put it right first</a>. It goes
                to the address that the person has when you press the button.
              </p>
            )}
            <Form action={paths.tryAgain(slug, message.id)} hidden={visit.hidden} button="Try again" />
          </>
        )}
        {message.state === 'by-hand' && (
          <p>
            {message.channel === 'post' ? (
              <a href={paths.letter(slug, message.id)}>Print the letter and mark it as posted</a>
            ) : (
              <a href={paths.call(slug, message.id)}>See what to say and note the call</a>
            )}
          </p>
        )}
        <SummaryList
          rows={[
            {
              key: 'To',
              value:
                message.person_id === null ? (
                  toWhom(message)
                ) : (
                  <a href={paths.person(slug, message.person_id)}>{toWhom(message)}</a>
                ),
            },
            ...(hidden
              ? []
              : [
                  {
                    key: 'Address',
                    value: <span className="loop-words">{message.address || 'No address'}</span>,
                  },
                ]),
            ...(attachmentOf(message)
              ? [{ key: 'With it', value: `${attachmentOf(message)!.name}, for their calendar` }]
              : []),
            { key: 'Written', value: momentInWords(message.created_at) },
            ...(message.sent_at
              ? [
                  {
                    key: message.state === 'done' ? 'Done' : 'Sent',
                    value: `${momentInWords(message.sent_at)}${message.doneBy ? `, by ${message.doneBy}` : ''}`,
                  },
                ]
              : []),
          ]}
        />
        <h2 className="nhsuk-heading-m">The words</h2>
        {hidden ? (
          <p>This text is for one person only, so it is not shown here.</p>
        ) : (
          <>
            <Quote words={withoutKeys(message.body)} lang={tagOf(languageOf(message.layout))} />
            <InEnglish message={message} />
          </>
        )}
        <Notes message={message} />
      </>
    ),
  }
}

/** As far as GOV.UK Notify has told us. */
function arrival(message: OneMessage): string {
  if (message.delivered !== 'delivered' || !message.delivered_at)
    return 'It went by GOV.UK Notify. We do not know yet whether it arrived.'
  const when = momentInWords(message.delivered_at)
  return message.channel === 'post'
    ? `GOV.UK Notify has printed and posted it. We heard so on ${when}.`
    : `It arrived. We heard so on ${when}.`
}

export function Notes({ message }: { message: OneMessage }) {
  if (message.notes.length === 0) return null
  return (
    <>
      <h2 className="nhsuk-heading-m">What came of ringing</h2>
      {message.notes.map((each, n) => (
        <Quote
          key={n}
          words={each.words || (each.reached ? 'Nothing more was said.' : 'Nobody answered.')}
          by={`${each.reached ? 'Spoken with' : 'Not reached'}, ${momentInWords(Temporal.Instant.from(each.at))}, ${each.by}`}
        />
      ))}
    </>
  )
}
