import { ButtonLink, Empty, Form, LinkList, StatusTag, SummaryList, Table } from '#design/index.ts'
import { momentInWords } from '#kernel/calendar/words.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { Channel } from '#platform/database/tables.ts'
import { troubledWays } from '#platform/delivery/troubled.ts'
import type { House } from '#platform/house.ts'
import { actorOf } from '#platform/http/corridor.tsx'
import { type AnyRoute, type Call, doorsOf, go, page, plain, type Slice } from '#platform/http/route.ts'
import { anyone, aPerson, whoeverIsSignedIn } from '#platform/permission.ts'
import type { Session } from '#platform/session.ts'
import { deviceInWords } from './devices.ts'
import type { WaysElsewhere } from './elsewhere.ts'
import { auditAccount, placesOf, tellOfChange } from './letters.ts'
import { passkeysOf } from './passkeys.ts'
import { signInPaths as paths } from './paths.ts'
import { factorsOf, recoveryCodesLeft, removeApp } from './second-factor.ts'

const changing = (audit: string) => ({ who: whoeverIsSignedIn, audit }) as const

/** One's own account: how we reach you, how you sign in, and where you are signed in. */
export function accountRoutes(
  house: House,
  slices: () => readonly Slice[],
  elsewhere: WaysElsewhere,
): AnyRoute[] {
  return [
    page('/:network/account', { who: aPerson, audit: 'nothing', handler: () => go(paths.account) }),
    plain('GET', paths.account, {
      who: whoeverIsSignedIn,
      audit: 'nothing',
      async handler(call) {
        return call.session ? await accountPage(call, call.session) : call.go(paths.signIn(paths.account))
      },
    }),
    plain('POST', paths.signOut, {
      // Also whose session has ended already: it is what they wanted.
      who: anyone,
      audit: 'signed-out',
      async handler(call) {
        const next = call.anySession && (await elsewhere.afterSignOut(call, call.anySession))
        if (call.anySession) await house.sessions.end(call.anySession.id)
        return call.go(next?.to ?? '/', [house.sessions.forget, ...(next?.cookies ?? [])])
      },
    }),
    plain('POST', paths.endDevice, {
      ...changing('device-signed-out'),
      async handler(call) {
        if (!call.session) return call.go(paths.signIn(paths.account))
        const devices = await house.sessions.list(call.session)
        const device = devices.find(each => each.id === call.fields.device)
        if (device) await house.sessions.end(device.id)
        return device?.isThis ? call.go('/', [house.sessions.forget]) : call.go(paths.account)
      },
    }),
    plain('POST', paths.endAll, {
      ...changing('signed-out-everywhere'),
      async handler(call) {
        if (!call.anySession) return call.go(paths.signIn(paths.account))
        await house.sessions.endAll(call.anySession.accountId)
        return call.go('/', [house.sessions.forget])
      },
    }),
    plain('POST', paths.removePasskey, {
      ...changing('passkey-removed'),
      async handler(call) {
        const { session } = call
        if (!session) return call.go(paths.signIn(paths.account))
        const { app, passkeys } = await factorsOf(house, session.accountId)
        if (session.isStaff && !app && passkeys < 2) return await keepOne(call, session)
        const gone = await house.database.pool
          .deleteFrom('passkey')
          .where('id', '=', call.fields.passkey ?? '')
          .where('account_id', '=', session.accountId)
          .executeTakeFirst()
        if (Number(gone.numDeletedRows) > 0) {
          await auditAccount(house, session.accountId, 'passkey-removed')
          await tellOfChange(house, session.accountId, 'A passkey was removed from your account.')
        }
        return call.go(paths.account)
      },
    }),
    plain('POST', paths.removeApp, {
      ...changing('app-removed'),
      async handler(call) {
        const { session } = call
        if (!session) return call.go(paths.signIn(paths.account))
        const { passkeys } = await factorsOf(house, session.accountId)
        if (session.isStaff && passkeys === 0) return await keepOne(call, session)
        await removeApp(house, session.accountId)
        await auditAccount(house, session.accountId, 'app-removed')
        await tellOfChange(
          house,
          session.accountId,
          'The authenticator app and the recovery codes were removed from your account.',
        )
        return call.go(paths.account)
      },
    }),
  ]

  async function keepOne(call: Call, session: Session): Promise<Response> {
    const message = 'You need one of them because of your post or your chair. Add another first'
    return await accountPage(call, session, message)
  }

  async function accountPage(call: Call, session: Session, problem?: string): Promise<Response> {
    const account = await house.database.pool
      .selectFrom('account')
      .select(['name', 'email'])
      .where('id', '=', session.accountId)
      .executeTakeFirstOrThrow()
    const contacts = await contactsOf(house, session.accountId, slices())
    const first = contacts[0]
    return call.page(
      {
        title: 'Your account',
        body: (
          <>
            <SummaryList
              rows={[
                { key: 'Name', value: account.name },
                {
                  key: 'E-mail for signing in',
                  value: <span dir="ltr">{account.email}</span>,
                  action: first && { href: paths.email(first.slug), about: 'e-mail for signing in' },
                },
              ]}
            />
            {contacts.map(each => (
              <Contact contact={each} key={each.slug} />
            ))}
            <WaysIn {...(await waysIn(house, session))} call={call} />
            {await elsewhere.onAccount(call, session.accountId)}
            <Devices devices={await house.sessions.list(session)} call={call} />
          </>
        ),
      },
      problem ? { errors: [{ message: problem }] } : {},
    )
  }
}

interface Contact {
  /** What else they can do about themselves there. */
  doors: ReturnType<typeof doorsOf>
  slug: string
  network: string
  channel: Channel
  email: string | null
  phone: string | null
  postal_address: string | null
  large_print: boolean
  /** What we sent there came back. */
  troubled: readonly Channel[]
}

async function contactsOf(
  house: House,
  accountId: string,
  slices: readonly Slice[],
): Promise<readonly Contact[]> {
  const contacts: Contact[] = []
  const today = house.clock.today()
  for (const { slug, name, person_id } of await placesOf(house, accountId)) {
    await house.database.enter({ slug, accountId, today }, async (tx, entry) => {
      const person = await tx
        .selectFrom('person as p')
        .select(['p.channel', 'p.email', 'p.phone', 'p.postal_address', 'p.large_print'])
        .select(troubledWays.as('troubled'))
        .where('p.id', '=', person_id)
        .executeTakeFirst()
      if (!person || !entry) return
      const doors = doorsOf(slices, 'account', actorOf(entry), entry)
      contacts.push({ slug, network: name, doors, ...person })
    })
  }
  return contacts
}

export const channelWords: Record<Channel, string> = {
  email: 'By e-mail',
  text: 'By text message',
  phone: 'By phone',
  post: 'By post',
}

function Contact({ contact }: { contact: Contact }) {
  const { doors } = contact
  const none = 'Not given'
  return (
    <>
      <h2 className="nhsuk-heading-m">How {contact.network} reaches you</h2>
      <SummaryList
        rows={[
          {
            key: 'How we tell you things',
            value: channelWords[contact.channel] + (contact.large_print ? ', in large print' : ''),
            action: {
              href: paths.contact(contact.slug),
              about: `how ${contact.network} reaches you`,
            },
          },
          {
            key: 'E-mail',
            value: contact.troubled.includes('email') ? (
              <>
                {contact.email} <StatusTag tone="late">Does not work</StatusTag>
              </>
            ) : (
              (contact.email ?? none)
            ),
            ...(contact.troubled.includes('email') && {
              action: { href: `/${contact.slug}/account/came-back`, about: 'the e-mail that does not work' },
            }),
          },
          { key: 'Phone', value: contact.phone ?? none },
          { key: 'Postal address', value: contact.postal_address ? theirs(contact.postal_address) : none },
        ]}
      />
      {doors.length > 0 && <LinkList links={doors} />}
    </>
  )
}

interface Ways {
  app: boolean
  codesLeft: number
  isStaff: boolean
  passkeys: Awaited<ReturnType<typeof passkeysOf>>
}

async function waysIn(house: House, session: Session): Promise<Ways> {
  const { app } = await factorsOf(house, session.accountId)
  const passkeys = await passkeysOf(house, session.accountId)
  return {
    app,
    passkeys,
    isStaff: session.isStaff,
    codesLeft: app || passkeys.length > 0 ? await recoveryCodesLeft(house, session.accountId) : 0,
  }
}

function WaysIn({ app, passkeys, isStaff, codesLeft, call }: Ways & { call: Call }) {
  return (
    <>
      <h2 className="nhsuk-heading-m">How you sign in</h2>
      <p>
        With a code by e-mail, always.{' '}
        {isStaff
          ? 'Because of your post or your chair you also need one of these.'
          : 'If you like, you can add a passkey and be quicker.'}
      </p>
      {passkeys.length > 0 && (
        <Table
          caption="Your passkeys"
          columns={[{ title: 'Passkey' }, { title: 'Last used' }, { title: 'Remove' }]}
          rows={passkeys.map(each => [
            each.name ? theirs(each.name) : 'Passkey',
            each.used_at ? momentInWords(each.used_at) : 'Not yet',
            <Form
              key={each.id}
              action={paths.removePasskey}
              hidden={{ ...call.hidden, passkey: each.id }}
              button={`Remove ${each.name ? theirs(each.name) : 'passkey'}`}
            />,
          ])}
        />
      )}
      <ButtonLink href={paths.addPasskey()} secondary>
        Add a passkey
      </ButtonLink>
      {(isStaff || app) && (
        <>
          <h3 className="nhsuk-heading-s">Authenticator app</h3>
          {app ? (
            <Form action={paths.removeApp} hidden={call.hidden} button="Remove the app">
              <p>An app is set up.</p>
            </Form>
          ) : (
            <Form
              action={paths.chooseApp}
              hidden={{ ...call.hidden, to: paths.account }}
              button="Set up an app"
            >
              <Empty>No app is set up.</Empty>
            </Form>
          )}
          <h3 className="nhsuk-heading-s">Recovery codes</h3>
          <p>
            {codesLeft === 1 ? 'You have 1 code left.' : `You have ${codesLeft} codes left.`}{' '}
            <a href={paths.recoveryCodes()}>Make new recovery codes</a>
          </p>
        </>
      )}
    </>
  )
}

function Devices({ devices, call }: { devices: Awaited<ReturnType<House['sessions']['list']>>; call: Call }) {
  return (
    <>
      <h2 className="nhsuk-heading-m">Where you are signed in</h2>
      <Table
        caption="Devices"
        captionHidden
        columns={[{ title: 'Device' }, { title: 'Last used' }, { title: 'Sign out' }]}
        rows={devices.map(each => {
          const name = theirs(deviceInWords(each.userAgent))
          return [
            each.isThis ? `${name} (this device)` : name,
            momentInWords(each.seenAt),
            <Form
              key={each.id}
              action={paths.endDevice}
              hidden={{ ...call.hidden, device: each.id }}
              button={each.isThis ? 'Sign out here' : `Sign out ${name}`}
            />,
          ]
        })}
      />
      <Form action={paths.endAll} hidden={call.hidden} button="Sign out everywhere" warning>
        <p>If you lost a device, or do not know one of these, sign out everywhere.</p>
      </Form>
    </>
  )
}
