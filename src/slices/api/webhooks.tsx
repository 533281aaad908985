import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import {
  ButtonLink,
  Checkboxes,
  Empty,
  Form,
  NotificationBanner,
  StatusTag,
  SummaryList,
  Table,
  TaskList,
  TextField,
} from '#design/index.ts'
import { momentInWords } from '#kernel/calendar/words.ts'
import { happened } from '#kernel/decision.ts'
import type { Row } from '#platform/database/tables.ts'
import { several, text } from '#platform/form/fields.ts'
import { type AnyRoute, errors, form, page, type Screen, show, type Visit } from '#platform/http/route.ts'
import { whyNotAddress } from '#platform/outside.ts'
import { theTeamOrAdministrator } from '#platform/permission.ts'
import { loadWebhook, shutSecret } from './calls.ts'
import { apiPaths as paths } from './paths.ts'
import { eventOf, keyOf, webhookEvents } from './webhook.ts'

type Here = Visit<Row<'webhook'>>
const load = (visit: Visit<undefined>, how: { forChange: boolean }) =>
  loadWebhook(visit.tx, visit.params.webhook, how)
const many = 100

const list = page('/:network/team/webhooks', {
  who: theTeamOrAdministrator,
  audit: 'nothing',
  async handler(visit) {
    const { slug } = visit.network
    const found = await visit.tx
      .selectFrom('webhook')
      .select(['id', 'url', 'state', 'failing_since', 'events'])
      .orderBy('id')
      .limit(many)
      .execute()
    return show({
      title: 'Who is told what happened',
      back: { href: paths.page(slug), text: 'For programs' },
      body: (
        <>
          <p>
            These addresses of other services are told at once what happened, and to which thing. They are not
            told what was said.
          </p>
          {visit.demo && <p>The demonstration sends nothing to the outside.</p>}
          {found.length === 0 ? (
            <Empty>No other service is told.</Empty>
          ) : (
            <TaskList
              items={found.map(each => ({
                title: new URL(each.url).hostname,
                href: paths.webhook(slug, each.id),
                hint: `${each.events.length} of ${webhookEvents.length} kinds`,
                status:
                  each.state === 'off'
                    ? { words: 'Off', tone: 'stopped' as const }
                    : each.failing_since
                      ? { words: 'Does not answer', tone: 'late' as const }
                      : { words: 'On', tone: 'good' as const },
              }))}
            />
          )}
          <ButtonLink href={paths.newWebhook(slug)}>Add an address</ButtonLink>
        </>
      ),
    })
  },
})

const add = form('/:network/team/webhooks/new', {
  who: theTeamOrAdministrator,
  audit: 'webhook-added',
  guardsVersion: false,
  fields: z.object({
    url: text('Enter the address', { max: 500, name: 'The address' }),
    events: several(),
  }),
  screen: (visit, filled): Screen => ({
    title: 'Tell another service what happens',
    back: { href: paths.webhooks(visit.network.slug), text: 'Who is told what happened' },
    body: (
      <Form hidden={visit.hidden} button="Add it">
        <TextField
          name="url"
          label="Its address"
          hint="It begins with https:// and can be reached from outside."
          value={filled.values.url}
          errors={filled.errors}
        />
        <Checkboxes
          name="events"
          label="What is it told?"
          values={filled.lists.events ?? []}
          errors={filled.errors}
          options={webhookEvents.map(each => ({ value: each.name, label: each.words, hint: each.name }))}
        />
      </Form>
    ),
  }),
  async submit(visit, given) {
    const wrong = whyNotAddress(given.url)
    if (wrong) return errors({ field: 'url', message: wrong })
    const chosen = webhookEvents.filter(each => given.events.includes(each.name))
    if (chosen.length === 0) return errors({ field: 'events', message: 'Choose at least one' })
    const { count } = await visit.tx
      .selectFrom('webhook')
      .select(eb => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    if (Number(count) >= many)
      return errors({ message: `There are ${many} addresses already. Remove one first` })
    const { id } = await visit.tx
      .insertInto('webhook')
      .values({
        network_id: visit.network.id,
        url: new URL(given.url).href,
        events: chosen.map(keyOf),
        secret: '',
        made_by_person_id: visit.me.personId,
        made_at: visit.now,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    const secret = `whsec_${randomBytes(32).toString('base64')}`
    await visit.tx
      .updateTable('webhook')
      .set({ secret: shutSecret(visit, secret, id) })
      .where('id', '=', id)
      .execute()
    await visit.happened({ kind: 'webhook', id }, [
      happened('added', { events: chosen.map(each => each.name) }),
    ])
    await visit.audit('webhook-added', 'webhook', String(id))
    return { screen: secretScreen(visit, id, secret) }
  },
})

function secretScreen(visit: Visit, id: number, secret: string): Screen {
  return {
    title: 'It is added',
    back: { href: paths.webhook(visit.network.slug, id), text: 'The address' },
    body: (
      <>
        <NotificationBanner success>Copy this secret now. We cannot show it again.</NotificationBanner>
        <p className="loop-break">
          <strong dir="ltr">{secret}</strong>
        </p>
        <p>With it, the other service can prove that a call came from here.</p>
      </>
    ),
  }
}

const one = page<Row<'webhook'>>('/:network/team/webhooks/:webhook', {
  who: theTeamOrAdministrator,
  audit: 'nothing',
  load,
  async handler(visit) {
    const { thing, network } = visit
    const calls = await visit.tx
      .selectFrom('webhook_call')
      .select([
        'id',
        'event',
        'thing_kind',
        'happened_at',
        'state',
        'tries',
        'last_error',
        'sent_at',
        'next_try_at',
      ])
      .where('webhook_id', '=', thing.id)
      .orderBy('id', 'desc')
      .limit(25)
      .execute()
    return show({
      title: new URL(thing.url).hostname,
      caption: 'Told what happened',
      back: { href: paths.webhooks(network.slug), text: 'Who is told what happened' },
      body: (
        <>
          <SummaryList
            rows={[
              { key: 'Address', value: <span className="loop-break">{thing.url}</span> },
              {
                key: 'Now',
                value:
                  thing.state === 'off' ? (
                    <>
                      <StatusTag tone="stopped">Off</StatusTag> {thing.off_because}
                    </>
                  ) : thing.failing_since ? (
                    `It has not answered since ${momentInWords(thing.failing_since)}`
                  ) : (
                    'On'
                  ),
              },
              {
                key: 'Told of',
                value: thing.events
                  .map(key => eventOf(...(key.split(' ') as [string, string]))?.name ?? key)
                  .join(', '),
              },
            ]}
          />
          <Form
            action={paths.ofWebhook(network.slug, thing.id, 'switch')}
            hidden={visit.hidden}
            button={thing.state === 'on' ? 'Switch it off' : 'Switch it on again'}
          />
          {calls.length === 0 ? (
            <Empty>Nothing has happened yet that it is told of.</Empty>
          ) : (
            <Table
              caption="The last calls"
              columns={[{ title: 'What' }, { title: 'When' }, { title: 'Where it is' }]}
              rows={calls.map(each => [
                eventOf(each.thing_kind, each.event)?.words ?? each.event,
                momentInWords(each.happened_at),
                whereItIs(each),
              ])}
            />
          )}
          <h2 className="nhsuk-heading-m">Remove it</h2>
          <p>It is not told any more, and what waits for it is dropped.</p>
          <Form
            action={paths.ofWebhook(network.slug, thing.id, 'remove')}
            hidden={visit.hidden}
            button="Remove this address"
            warning
          />
        </>
      ),
    })
  },
})

type Call = Pick<Row<'webhook_call'>, 'state' | 'tries' | 'last_error' | 'sent_at' | 'next_try_at'>

function whereItIs(call: Call): string {
  if (call.state === 'sent') return call.sent_at ? `Arrived, ${momentInWords(call.sent_at)}` : 'Arrived'
  if (call.state === 'failed') return `Given up after ${call.tries} tries: ${call.last_error}`
  return call.tries === 0
    ? 'Waits to be sent'
    : `Tried ${call.tries === 1 ? 'once' : `${call.tries} times`}: ${call.last_error}. Next ${momentInWords(call.next_try_at)}`
}

const step = (audit: string) =>
  ({
    who: theTeamOrAdministrator,
    audit,
    page: false,
    guardsVersion: false,
    load,
    fields: z.object({}),
  }) as const
const nowhere = (): Screen => ({ title: 'Who is told what happened', body: null })

const toggle = form('/:network/team/webhooks/:webhook/switch', {
  ...step('webhook-switched'),
  screen: nowhere,
  async submit(visit: Here) {
    const { thing, tx, network } = visit
    const on = thing.state === 'off'
    await tx
      .updateTable('webhook')
      .set({ state: on ? 'on' : 'off', off_because: '', failing_since: null, version: thing.version + 1 })
      .where('id', '=', thing.id)
      .execute()
    await visit.happened({ kind: 'webhook', id: thing.id }, [happened(on ? 'switched-on' : 'switched-off')])
    return { to: paths.webhook(network.slug, thing.id) }
  },
})

const remove = form('/:network/team/webhooks/:webhook/remove', {
  ...step('webhook-removed'),
  screen: nowhere,
  async submit(visit: Here) {
    await visit.tx.deleteFrom('webhook').where('id', '=', visit.thing.id).execute()
    await visit.happened({ kind: 'webhook', id: visit.thing.id }, [happened('removed')])
    return { to: paths.webhooks(visit.network.slug) }
  },
})

export const webhookRoutes: AnyRoute[] = [list, add, one, toggle, remove]
