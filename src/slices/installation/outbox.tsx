import { Temporal } from 'temporal-polyfill'
import { Details, Empty, Filters, Pagination } from '#design/index.ts'
import { momentInWords } from '#kernel/calendar/words.ts'
import type { Channel, MessageState } from '#platform/database/tables.ts'
import type { House } from '#platform/house.ts'
import type { Screen } from '#platform/http/route.ts'
import { htmlOf } from '#platform/mail/html.ts'
import { readLayout } from '#platform/mail/layout.ts'
import { attachmentOf, type Message } from '#platform/outbox.ts'
import type { DemoPerson } from './demo-people.ts'

export interface DemoMessage {
  readonly message: Message
  readonly network: string
  /** Null: somebody who is no person of the network, such as a visitor who left an address. */
  readonly to: string | null
}

export interface OutboxPage {
  readonly messages: readonly DemoMessage[]
  /** For older ones. */
  readonly next: string | undefined
}

const channels: Record<Channel, string> = {
  email: 'E-mail',
  text: 'Text message',
  phone: 'Phone call',
  post: 'Letter',
}
const states: Record<MessageState, string> = {
  waiting: 'waits to be sent',
  sending: 'being sent',
  sent: 'sent',
  failed: 'could not be sent',
  'came-back': 'came back',
  'by-hand': 'waits for somebody of the team',
  done: 'done by somebody of the team',
}

/** Newest first over all networks of the demonstration. */
export async function outboxPage(
  house: House,
  wish: { person: DemoPerson | undefined; channel: string | null; before: string | null; most: number },
): Promise<OutboxPage> {
  const { person, most } = wish
  const before = readCursor(wish.before)
  const channel = Object.keys(channels).find(each => each === wish.channel) as Channel | undefined
  const networks = await house.database.pool
    .selectFrom('network')
    .select(['id', 'slug'])
    .where('is_demo', '=', true)
    .execute()
  const all: DemoMessage[] = []
  for (const network of networks) {
    if (person && person.networkId !== network.id) continue
    const rows = await house.database.network(network.id, tx =>
      tx
        .selectFrom('message as m')
        .leftJoin('person as p', on =>
          on.onRef('p.network_id', '=', 'm.network_id').onRef('p.id', '=', 'm.person_id'),
        )
        .selectAll('m')
        .select('p.name as to')
        .$if(person !== undefined, query => query.where('m.person_id', '=', person!.personId))
        .$if(channel !== undefined, query => query.where('m.channel', '=', channel!))
        .$if(before !== undefined, query =>
          query.where(eb =>
            eb.or([
              eb('m.created_at', '<', before!.at),
              eb.and([
                eb('m.created_at', '=', before!.at),
                network.id === before!.networkId
                  ? eb('m.id', '<', before!.id)
                  : eb.val(network.id < before!.networkId),
              ]),
            ]),
          ),
        )
        .orderBy('m.created_at', 'desc')
        .orderBy('m.id', 'desc')
        .limit(most + 1)
        .execute(),
    )
    all.push(...rows.map(({ to, ...message }) => ({ network: network.slug, message, to })))
  }
  all.sort(
    (a, b) =>
      Temporal.Instant.compare(b.message.created_at, a.message.created_at) ||
      b.message.network_id - a.message.network_id ||
      b.message.id - a.message.id,
  )
  const messages = all.slice(0, most)
  const last = messages.at(-1)?.message
  return {
    messages,
    next: all.length > most && last ? `${last.created_at}_${last.network_id}_${last.id}` : undefined,
  }
}

function readCursor(given: string | null) {
  const [at, networkId, id] = (given ?? '').split('_')
  if (!at || !networkId || !id) return undefined
  try {
    return { at: Temporal.Instant.from(at), networkId: Number(networkId) || 0, id: Number(id) || 0 }
  } catch {
    return undefined
  }
}

/** An e-mail as mail programs show it: its own look and nothing else, so no page of ours may bring such styles. */
export async function asEmail(house: House, wanted: string): Promise<Response | undefined> {
  const [, network, id] = /^(\d{1,9})_(\d{1,15})$/.exec(wanted) ?? []
  if (!network || !id) return undefined
  const message = await house.database.network(Number(network), tx =>
    tx
      .selectFrom('message')
      .select(['subject', 'body', 'layout'])
      .where('id', '=', Number(id))
      .where('channel', '=', 'email')
      .executeTakeFirst(),
  )
  if (!message) return undefined
  return new Response(htmlOf(message, readLayout(message.layout, message.body)), {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'",
    },
  })
}

export function outboxScreen(
  { messages, next }: OutboxPage,
  given: { people: readonly DemoPerson[]; person: DemoPerson | undefined; query: URLSearchParams },
): Screen {
  const { people, person, query } = given
  const older = new URLSearchParams(query)
  if (next) older.set('before', next)
  return {
    title: person ? `Sent to ${person.name}` : 'What was sent',
    back: { href: '/demo', text: 'Back to the demonstration' },
    wide: true,
    body: (
      <>
        <p>
          Each message as it would go out, newest first. Nothing leaves this machine. Calls and letters are
          made by the team: here you read what they would say and print.
        </p>
        <Filters
          action="/demo/outbox"
          filters={[
            {
              name: 'to',
              label: 'To',
              value: person?.key ?? '',
              options: [
                { value: '', text: 'Everybody' },
                ...people.map(each => ({ value: each.key, text: `${each.name} (${each.key})` })),
              ],
            },
            {
              name: 'channel',
              label: 'How',
              value: query.get('channel') ?? '',
              options: [
                { value: '', text: 'Every way' },
                ...Object.entries(channels).map(([value, text]) => ({ value, text })),
              ],
            },
          ]}
          keep={{}}
          clear="/demo/outbox"
        />
        {messages.length === 0 && <Empty>Nothing yet.</Empty>}
        {messages.map(each => (
          <article key={`${each.message.network_id}-${each.message.id}`} className="loop-message">
            <h2 className="nhsuk-heading-s">{each.message.subject}</h2>
            <p className="nhsuk-hint loop-break">
              {channels[each.message.channel]} to {each.to ?? 'somebody outside'}
              {each.message.address && `, ${each.message.address}`}. {momentInWords(each.message.created_at)}.{' '}
              {sentence(states[each.message.state])}
            </p>
            <p className="loop-words">
              <WithLinks text={each.message.body} />
            </p>
            <Attached message={each.message} />
            {each.message.channel === 'email' && (
              <p>
                <a href={`/demo/outbox?as-e-mail=${each.message.network_id}_${each.message.id}`}>
                  See it as an e-mail
                  <span className="nhsuk-u-visually-hidden">: number {each.message.id}</span>
                </a>
              </p>
            )}
          </article>
        ))}
        <Pagination
          previous={query.has('before') ? { href: newest(query), label: 'the newest' } : undefined}
          next={next ? { href: `/demo/outbox?${older}`, label: 'older messages' } : undefined}
        />
      </>
    ),
  }
}

function Attached({ message }: { message: Message }) {
  const attachment = attachmentOf(message)
  if (!attachment) return null
  return (
    <Details summary={`With it: ${attachment.name}`}>
      <p className="loop-words loop-break">{attachment.text}</p>
    </Details>
  )
}

function newest(query: URLSearchParams): string {
  const first = new URLSearchParams(query)
  first.delete('before')
  return `/demo/outbox${first.size > 0 ? `?${first}` : ''}`
}

const sentence = (words: string) => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`

/** The links of a message lead to this installation, whatever its address was when it was written. */
function WithLinks({ text }: { text: string }) {
  return text.split(/((?:https?:\/\/\S+)|(?<=\s)\/[a-z]\S+)/).map((part, at) => {
    if (at % 2 === 0) return part
    const to = URL.parse(part, 'http://here')
    return to ? (
      <a key={at} href={to.pathname + to.search}>
        {part}
      </a>
    ) : (
      part
    )
  })
}
