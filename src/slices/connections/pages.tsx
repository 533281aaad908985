import { z } from 'zod'
import {
  ButtonLink,
  Empty,
  Form,
  NotificationBanner,
  Radios,
  StatusTag,
  SummaryList,
  TaskList,
  TextArea,
  TextField,
} from '#design/index.ts'
import { momentInWords } from '#kernel/calendar/words.ts'
import { happened } from '#kernel/decision.ts'
import type { Asked, Connection } from '#platform/connections.ts'
import type { House } from '#platform/house.ts'
import {
  type AnyRoute,
  errors,
  type Filled,
  form,
  page,
  type Screen,
  show,
  type Visit,
} from '#platform/http/route.ts'
import { fieldErrors } from '#platform/http/submitted.ts'
import { theTeamOrAdministrator } from '#platform/permission.ts'
import { connectionPaths as paths } from './paths.ts'
import { type Here, keptSettings, loadConnection, saveConnection } from './store.ts'

/** A test must not hold a page for ever. */
const patienceMs = 20_000

export function connectionRoutes(house: House, all: () => readonly Connection[]): AnyRoute[] {
  const load = (
    visit: Parameters<typeof loadConnection>[0],
    how: { forChange: boolean },
  ): Promise<Here | undefined> => loadConnection(visit, all(), how)

  const list = page('/:network/team/connections', {
    who: theTeamOrAdministrator,
    audit: 'nothing',
    async handler(visit) {
      const { slug } = visit.network
      const rows = await visit.tx
        .selectFrom('connection')
        .select(['kind', 'state', 'works', 'tried_at'])
        .execute()
      return show({
        title: 'Connections',
        back: { href: `/${slug}/team/settings`, text: 'Settings of the network' },
        body: (
          <>
            <p>
              Other services that this network works with. Each is off until you set it up. Without them, all
              works as before.
            </p>
            {all().length === 0 && <Empty>There is nothing to connect.</Empty>}
            <TaskList
              items={all().map(each => ({
                title: each.title,
                hint: each.hint,
                href: paths.one(slug, each.kind),
                status: statusOf(
                  each,
                  rows.find(row => row.kind === each.kind),
                ),
              }))}
            />
          </>
        ),
      })
    },
  })

  const one = page<Here>('/:network/team/connections/:connection', {
    who: theTeamOrAdministrator,
    audit: 'nothing',
    load,
    handler(visit) {
      const { connection, row } = visit.thing
      const { slug } = visit.network
      const status = statusOf(connection, row)
      return show({
        title: connection.title,
        back: { href: paths.all(slug), text: 'Connections' },
        body: (
          <>
            <p>{connection.hint}.</p>
            {connection.says?.map(each => (
              <p key={each}>{each}</p>
            ))}
            {row?.tried_at && <WhatWasSeen row={row} />}
            <SummaryList
              rows={[
                { key: 'Now', value: <StatusTag tone={status.tone}>{status.words}</StatusTag> },
                ...(row && !connection.ofInstallation
                  ? connection.ask.map(each => ({
                      key: each.label,
                      value: each.secret
                        ? row.secrets[each.name]
                          ? 'Kept. We do not show it again.'
                          : 'None'
                        : wordsOf(each, row.settings[each.name] ?? ''),
                    }))
                  : []),
              ]}
            />
            {!connection.ofInstallation && (
              <ButtonLink href={paths.set(slug, connection.kind)}>
                {row ? 'Change it' : 'Set it up'}
              </ButtonLink>
            )}
            {(connection.ofInstallation || row?.state === 'on') && (
              <>
                <h2 className="nhsuk-heading-m">Does it work?</h2>
                <Form
                  action={paths.step(slug, connection.kind, 'try')}
                  hidden={visit.hidden}
                  button={connection.testWords ?? 'Test it'}
                />
              </>
            )}
            {row && !connection.ofInstallation && (
              <>
                <h2 className="nhsuk-heading-m">Stop using it</h2>
                <Form
                  action={paths.step(slug, connection.kind, 'switch')}
                  hidden={visit.hidden}
                  button={row.state === 'on' ? 'Switch it off' : 'Switch it on again'}
                />
                <p>Or take it away, with all that was typed in here.</p>
                <Form
                  action={paths.step(slug, connection.kind, 'remove')}
                  hidden={visit.hidden}
                  button="Take it away"
                  warning
                />
              </>
            )}
          </>
        ),
      })
    },
  })

  const set = form('/:network/team/connections/:connection/set-up', {
    who: theTeamOrAdministrator,
    audit: 'connection-set-up',
    load,
    // Which answers there are depends on the connection: they are read below.
    fields: z.record(z.string(), z.unknown()),
    // A secret is not kept for after a sign-in.
    keepsWords: false,
    screen(visit: Visit<Here>, filled): Screen {
      const { connection, row } = visit.thing
      const sent = filled.errors.length > 0
      return {
        title: connection.title,
        caption: row ? 'Change it' : 'Set it up',
        back: { href: paths.one(visit.network.slug, connection.kind), text: connection.title },
        body: (
          <Form hidden={visit.hidden} button="Save">
            {connection.ask.map(each => (
              <OneAnswer
                asked={each}
                filled={filled}
                value={each.secret ? undefined : sent ? filled.values[each.name] : row?.settings[each.name]}
                kept={Boolean(each.secret && row?.secrets[each.name])}
                key={each.name}
              />
            ))}
          </Form>
        ),
      }
    },
    async submit(visit: Visit<Here>, raw) {
      const { connection } = visit.thing
      if (connection.ofInstallation) return errors({ message: 'There is nothing to fill in here' })
      const kept = keptSettings(house, visit.network.id, visit.thing) ?? {}
      const given = Object.fromEntries(
        connection.ask.map(each => {
          const text = typeof raw[each.name] === 'string' ? (raw[each.name] as string).trim() : ''
          return [each.name, each.secret && text === '' ? (kept[each.name] ?? '') : text]
        }),
      )
      const read = await connection.fields.safeParseAsync(given)
      if (!read.success) return errors(...fieldErrors(read.error.issues))
      await saveConnection(house, visit, read.data as Record<string, string>)
      await visit.happened({ kind: 'network', id: visit.network.id }, [
        happened('connection-set-up', { connection: connection.kind }),
      ])
      return { to: paths.one(visit.network.slug, connection.kind) }
    },
  })

  const step = (audit: string) =>
    ({
      who: theTeamOrAdministrator,
      audit,
      page: false,
      guardsVersion: false,
      load,
      fields: z.object({}),
      screen: (): Screen => ({ title: 'Connections', body: null }),
    }) as const

  const attempt = form('/:network/team/connections/:connection/try', {
    ...step('connection-tried'),
    limit: { name: 'connection-tried', uses: 20, minutes: 60 },
    async submit(visit: Visit<Here>) {
      const { connection, row } = visit.thing
      const { slug } = visit.network
      const to = { to: paths.one(slug, connection.kind) }
      if (!connection.ofInstallation && row?.state !== 'on') return to
      const settings = keptSettings(house, visit.network.id, visit.thing)
      const me = await visit.tx
        .selectFrom('person')
        .select(['name', 'email', 'phone'])
        .where('id', '=', visit.me.personId)
        .executeTakeFirstOrThrow()
      const tried = settings
        ? await Promise.race([
            connection.test(house, visit.network, settings, me).catch(() => ({
              ok: false,
              words: ['Something went wrong here. Tell whoever runs this service.'],
            })),
            afterPatience(),
          ])
        : { ok: false, words: ['What was kept cannot be opened any more. Type the secrets in again.'] }
      const result = { tried_at: visit.now, works: tried.ok, tried_words: [...tried.words] }
      await visit.tx
        .insertInto('connection')
        .values({
          network_id: visit.network.id,
          kind: connection.kind,
          // biome-ignore lint/suspicious/noExplicitAny: jsonb is given as text
          settings: '{}' as any,
          // biome-ignore lint/suspicious/noExplicitAny: jsonb is given as text
          secrets: '{}' as any,
          state: 'on',
          set_by_person_id: visit.me.personId,
          set_at: visit.now,
          version: 1,
          ...result,
        })
        .onConflict(on => on.columns(['network_id', 'kind']).doUpdateSet(result))
        .execute()
      return to
    },
  })

  const toggle = form('/:network/team/connections/:connection/switch', {
    ...step('connection-switched'),
    async submit(visit: Visit<Here>) {
      const { connection, row } = visit.thing
      if (row) {
        const on = row.state === 'off'
        await visit.tx
          .updateTable('connection')
          .set({ state: on ? 'on' : 'off', version: row.version + 1 })
          .where('kind', '=', connection.kind)
          .execute()
        await visit.happened({ kind: 'network', id: visit.network.id }, [
          happened(on ? 'connection-switched-on' : 'connection-switched-off', {
            connection: connection.kind,
          }),
        ])
      }
      return { to: paths.one(visit.network.slug, connection.kind) }
    },
  })

  const remove = form('/:network/team/connections/:connection/remove', {
    ...step('connection-removed'),
    async submit(visit: Visit<Here>) {
      const { connection, row } = visit.thing
      if (row) {
        await visit.tx.deleteFrom('connection').where('kind', '=', connection.kind).execute()
        await visit.happened({ kind: 'network', id: visit.network.id }, [
          happened('connection-removed', { connection: connection.kind }),
        ])
      }
      return { to: paths.all(visit.network.slug) }
    },
  })

  return [list, one, set, attempt, toggle, remove]
}

type Row = NonNullable<Here['row']>

function statusOf(connection: Connection, row: Pick<Row, 'state' | 'works'> | undefined) {
  if (row?.works === false && row.state === 'on') return { words: 'Does not work', tone: 'late' as const }
  if (connection.ofInstallation) {
    return row?.works
      ? { words: 'Works', tone: 'good' as const }
      : { words: 'Not tested', tone: 'plain' as const }
  }
  if (!row) return { words: 'Not set up', tone: 'plain' as const }
  if (row.state === 'off') return { words: 'Off', tone: 'stopped' as const }
  return row.works
    ? { words: 'Works', tone: 'good' as const }
    : { words: 'Not tested', tone: 'plain' as const }
}

const WhatWasSeen = ({ row }: { row: Row }) => (
  <NotificationBanner success={row.works === true}>
    {row.works ? 'It works. ' : 'It does not work yet. '}
    {row.tried_words.join(' ')} <span>Tested {momentInWords(row.tried_at!)}.</span>
  </NotificationBanner>
)

const wordsOf = (asked: Asked, value: string): string =>
  (asked.options ? asked.options.find(each => each.value === value)?.label : value) || 'None'

function OneAnswer({
  asked,
  filled,
  value,
  kept,
}: {
  asked: Asked
  filled: Filled
  value: string | undefined
  kept: boolean
}) {
  const hint = [asked.hint, kept && 'One is kept. Leave this empty to keep it.'].filter(Boolean).join(' ')
  const frame = {
    name: asked.name,
    label: asked.label,
    ...(hint ? { hint } : {}),
    errors: filled.errors,
  }
  if (asked.options) return <Radios {...frame} value={value} options={asked.options} />
  if (asked.long && !asked.secret) return <TextArea {...frame} value={value} rows={6} />
  return (
    <TextField
      {...frame}
      value={value}
      {...(asked.secret ? { type: 'password' as const } : {})}
      autocomplete="off"
      spellCheck={false}
      dir="ltr"
    />
  )
}

const afterPatience = (): Promise<{ ok: boolean; words: string[] }> =>
  new Promise(resolve => {
    setTimeout(
      () => resolve({ ok: false, words: ['The other side did not answer within 20 seconds.'] }),
      patienceMs,
    ).unref()
  })
