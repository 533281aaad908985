import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { assets, Card, Empty, Form, InsetText, NotificationBanner, Radios } from '#design/index.ts'
import { momentInWords } from '#kernel/calendar/words.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { choice } from '#platform/form/fields.ts'
import type { House } from '#platform/house.ts'
import {
  type AnyRoute,
  errors,
  type Filled,
  form,
  type Screen,
  type Submitted,
  type Visit,
} from '#platform/http/route.ts'
import { whyNotAddress } from '#platform/outside.ts'
import { aPerson } from '#platform/permission.ts'
import type { Session } from '#platform/session.ts'
import { deviceInWords } from '#slices/sign-in/index.ts'
import { addDevice, devicesOf, loadDevice, mostDevices, type PushDevice, removeDevice } from './devices.ts'
import { pushKeys } from './keys.ts'
import { notificationPaths as paths } from './paths.ts'
import { hashOfReach, keysAreRight } from './reach.ts'

const path = '/:network/account/notifications'
const limit = { name: 'push-device', uses: 30, minutes: 15 }

/** Devices that show that something waits: added by whoever holds one in their hand, seen and removed from anywhere. */
export function deviceRoutes(house: House): AnyRoute[] {
  const known = house.sessions.cookie('device')
  return [
    form(path, {
      who: aPerson,
      audit: 'device-added',
      limit,
      // An address of a device is no writing.
      keepsWords: false,
      fields: z.object({
        endpoint: z.string().max(1000, 'This device cannot be reached by us').optional(),
        p256dh: z.string().optional(),
        auth: z.string().optional(),
        problem: z.string().optional(),
        ends: choice('Choose what happens when you sign out', ['yes', 'no']),
      }),
      screen: (visit, filled) => screen(house, visit, filled),
      async submit(visit, given): Promise<Submitted> {
        const reach = {
          endpoint: given.endpoint ?? '',
          p256dh: given.p256dh ?? '',
          auth: given.auth ?? '',
        }
        const session = await sessionOf(house, visit)
        if (!reach.endpoint || !session) return errors({ message: whyNot(given.problem) })
        if (!keysAreRight(reach) || (whyNotAddress(reach.endpoint) && !house.alsoReaches)) {
          return errors({ message: 'This device gave us an address that we cannot use. Try again' })
        }
        const mine = await devicesOf(visit.tx, visit.me.personId)
        const again = mine.some(each => each.reach_hash === hashOfReach(reach))
        if (mine.length >= mostDevices && !again) {
          return errors({ message: `You can have up to ${mostDevices} devices. Remove one first` })
        }
        const ends = given.ends === 'yes'
        const token = /^\w+\.([\w-]{20,})$/.exec(visit.cookie(known.name) ?? '')?.[1] ?? newToken()
        const here = (await house.sessions.list(session)).find(each => each.isThis)
        await addDevice(visit, {
          personId: visit.me.personId,
          name: deviceInWords(here?.userAgent ?? null),
          reach,
          token,
          ends,
        })
        // So that signing out finds it, and leaves what makes it ring where its owner wants that.
        const cookie = known.set(`${ends ? 'ends' : 'stays'}.${token}`, 365 * 24 * 3600)
        return { to: `${paths.list(visit.network.slug)}?added`, cookies: [cookie] }
      },
    }),
    form(`${path}/:device/remove`, {
      ...ofOne,
      audit: 'device-removed',
      async submit(visit: Visit<PushDevice>): Promise<Submitted> {
        await removeDevice(visit, visit.thing.id)
        return { to: `${paths.list(visit.network.slug)}?removed` }
      },
    }),
    form(`${path}/:device/test`, {
      ...ofOne,
      audit: 'device-tried',
      async submit(visit: Visit<PushDevice>): Promise<Submitted> {
        await visit.tx
          .updateTable('push_device')
          .set({ due_at: visit.now, tries: 0 })
          .where('id', '=', visit.thing.id)
          .execute()
        return { to: `${paths.list(visit.network.slug)}?tried` }
      },
    }),
  ]
}

const newToken = () => randomBytes(24).toString('base64url')

const ofOne = {
  who: aPerson,
  limit,
  page: false,
  load: (visit: Visit<undefined>, how: { forChange: boolean }) =>
    loadDevice(visit.tx, visit.actor?.personId, visit.params.device, how),
  fields: z.object({}),
  screen: (): Screen => ({ title: 'Notifications on your devices', body: null }),
} as const

async function sessionOf(house: House, visit: Visit): Promise<Session | undefined> {
  const name = house.sessions.cookieName
  const visitor = await house.sessions.read(`${name}=${visit.cookie(name) ?? ''}`)
  return visitor.is === 'signed-in' ? visitor.session : undefined
}

const whyNot = (problem: string | undefined): string =>
  ({
    denied:
      'Your browser does not let us tell you anything. Allow notifications for this site in its settings, then try again',
    unsupported:
      'This browser cannot show notifications. On an iPhone or iPad, add this site to your home screen first and open it from there',
    AbortError: 'Your browser could not get ready for notifications just now. Try again later',
    NotAllowedError: 'Your browser does not let us tell you anything. It may be in private mode',
  })[problem ?? ''] ??
  (problem
    ? 'Your browser could not get ready for notifications. Try again later, or use another browser'
    : 'This needs JavaScript, and it is off in your browser. You hear of everything in your usual way')

async function screen(house: House, visit: Visit, { values, errors: mistakes }: Filled): Promise<Screen> {
  const { publicKey } = await pushKeys(house, visit.tx)
  const devices = await devicesOf(visit.tx, visit.me.personId)
  return {
    title: 'Notifications on your devices',
    back: { href: '/account', text: 'Your account' },
    script: assets().notificationsScript.path,
    body: (
      <>
        <Done visit={visit} />
        <p>
          A phone or computer of yours can show you at once that there is something new. You choose this for
          each device. What you get in your usual way still comes.
        </p>
        <InsetText>
          It shows “{visit.network.shortName}: there is something new for you”, and no more. What it is, you
          read after you sign in. In your quiet hours it waits.
        </InsetText>
        <h2>Your devices</h2>
        {devices.length === 0 ? (
          <Empty>You have added no device.</Empty>
        ) : (
          <Devices of={devices} visit={visit} />
        )}
        <h2>Add this device</h2>
        <p className="loop-without-script">
          To add a device, JavaScript must be on in its browser. You can do without: you hear of everything in
          your usual way.
        </p>
        <div className="loop-with-script" data-push-key={publicKey}>
          <Form
            hidden={{ ...visit.hidden, endpoint: '', p256dh: '', auth: '', problem: '' }}
            button="Tell me on this device"
          >
            <p>Your browser asks whether we may show you notifications. Say yes.</p>
            <Radios
              name="ends"
              label="What happens when you sign out here?"
              hint="If others use this device too, choose the first."
              value={values.ends ?? 'yes'}
              options={[
                { value: 'yes', label: 'This device is told nothing more' },
                { value: 'no', label: 'This device still tells me that there is something new' },
              ]}
              errors={mistakes}
            />
          </Form>
        </div>
        <p>
          On an iPhone or iPad, first add this site to your home screen: choose “Share”, then “Add to Home
          Screen”.
        </p>
      </>
    ),
  }
}

function Done({ visit }: { visit: Visit }) {
  const said = Object.entries({
    added: 'This device is added.',
    removed: 'That device is removed. It is told nothing more.',
    tried: 'A test is on its way. It should show on that device within a minute.',
  }).find(([name]) => visit.query.has(name))
  return said ? <NotificationBanner success>{said[1]}</NotificationBanner> : null
}

/** Two of the same kind are told apart by a number. */
function namesOf(devices: readonly PushDevice[]): readonly string[] {
  return devices.map(({ name }, n) => {
    const before = devices.slice(0, n).filter(each => each.name === name).length
    return before === 0 ? name : `${name} (${before + 1})`
  })
}

function Devices({ of, visit }: { of: readonly PushDevice[]; visit: Visit }) {
  const { slug } = visit.network
  const names = namesOf(of).map(each => theirs(each))
  return of.map((each, n) => (
    <Card title={names[n]!} headingLevel={3} key={each.id}>
      <p>
        Added {momentInWords(each.added_at)}.{' '}
        {each.failing_since
          ? 'The last time did not get through.'
          : each.told_at
            ? `Last told ${momentInWords(each.told_at)}.`
            : 'Not told anything yet.'}{' '}
        {each.ends ? 'It ends when you sign out there.' : 'It goes on when you sign out there.'}
      </p>
      <Form action={paths.test(slug, each.id)} hidden={visit.hidden} button={`Send a test to ${names[n]}`} />
      <Form
        action={paths.remove(slug, each.id)}
        hidden={visit.hidden}
        button={`Remove ${names[n]}`}
        warning
      />
    </Card>
  ))
}
