import { z } from 'zod'
import { Checkboxes, Details, Form, InsetText, NotificationBanner } from '#design/index.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import { dayOf } from '#kernel/calendar/working-days.ts'
import { several } from '#platform/form/fields.ts'
import { type AnyRoute, form, page, type Screen, type Visit } from '#platform/http/route.ts'
import { anInsider, anyone } from '#platform/permission.ts'
import { meetingPaths } from '../paths.ts'
import { feedFile } from './entry.ts'
import { type Feed, feedOf, makeFeed, meetingsInFeed, type OpenFeed, openFeed, stopFeed } from './feeds.ts'
import { entryOf } from './of-meeting.ts'
import { lastChange, publicFeedRoutes } from './public-feeds.ts'

type Mine = Visit<{ feed?: Feed | undefined }>

const common = {
  who: anInsider,
  load: async (visit: Visit<undefined>) =>
    visit.actor ? { feed: await feedOf(visit.tx, visit.actor.personId) } : {},
  guardsVersion: false,
} as const

/** The feed itself: its secret address is the key. Whoever opens it without one finds nothing. */
const feed = page<OpenFeed>('/:network/calendar/:token', {
  who: anyone,
  audit: 'nothing',
  limit: { name: 'calendar-feed', uses: 2000, minutes: 60 },
  load: visit => openFeed(visit, (visit.params.token ?? '').replace(/\.ics$/, '')),
  async handler(visit) {
    const { actor, reminds } = visit.thing
    const rows = await meetingsInFeed(visit.tx, actor, visit.now)
    const { network, publicUrl } = visit
    return {
      kind: 'text',
      type: 'text/calendar; charset=utf-8',
      fileName: 'meetings.ics',
      ...lastChange(rows),
      body: feedFile(
        `${network.shortName} meetings`,
        rows.map(row => entryOf(row, { slug: network.slug, publicUrl })),
        { reminds },
      ),
    }
  },
})

const mine = form('/:network/account/calendar', {
  ...common,
  audit: 'calendar-feed-made',
  fields: z.object({ reminds: several() }),
  screen: (visit: Mine, filled): Screen => {
    const { slug } = visit.network
    const { feed: held } = visit.thing
    return {
      title: 'Your meetings in your own calendar',
      back: { href: meetingPaths.list(slug), text: 'All meetings' },
      body: (
        <>
          <p>
            Your phone or computer can show your meetings in its calendar. When a meeting moves, it moves
            there too.
          </p>
          {held && (
            <InsetText>
              You made a secret address on {dateInWords(dayOf(held.madeAt))}. It works until you stop it.
            </InsetText>
          )}
          <Form
            hidden={visit.hidden}
            button={held ? 'Make a new address and stop the old one' : 'Make a secret address'}
          >
            <Checkboxes
              name="reminds"
              label="Do you want a reminder?"
              values={filled.lists.reminds ?? (held?.reminds ? ['yes'] : [])}
              errors={filled.errors}
              options={[{ value: 'yes', label: 'Remind me one day before each meeting' }]}
            />
          </Form>
          {held && (
            <>
              <h2>Stop it</h2>
              <p>Do you not want it any more, or has somebody else seen the address? Then stop it.</p>
              <Form
                action={meetingPaths.calendarStop(slug)}
                hidden={visit.hidden}
                button="Stop the address"
                warning
              />
            </>
          )}
          <Details summary="Who can see your meetings with it">
            Whoever has the address can read when and where you meet, and the links to join. They cannot read
            agendas or papers. So keep it to yourself. It stops by itself when you leave the network.
          </Details>
        </>
      ),
    }
  },
  async submit(visit: Mine, { reminds }) {
    const token = await makeFeed(visit, visit.me.personId, reminds.includes('yes'))
    const { slug } = visit.network
    await visit.audit('calendar-feed-made', 'calendar', '')
    return { screen: addressScreen(`${visit.publicUrl}${meetingPaths.calendarFeed(slug, token)}`, slug) }
  },
})

function addressScreen(address: string, slug: string): Screen {
  return {
    title: 'Your secret address',
    back: { href: meetingPaths.calendar(slug), text: 'Back' },
    body: (
      <>
        <NotificationBanner success>Copy this address now. We cannot show it again.</NotificationBanner>
        <p className="loop-break">
          <strong dir="ltr">{address}</strong>
        </p>
        <p>
          <a href={address.replace(/^https?:/, 'webcal:')}>
            Add it to the calendar on this phone or computer
          </a>
        </p>
        <h2>Or add it by hand</h2>
        <ul className="nhsuk-list nhsuk-list--bullet">
          <li>Outlook: Calendar, then Add calendar, then Subscribe from web.</li>
          <li>Google Calendar: Other calendars, then From URL.</li>
          <li>iPhone: Settings, Apps, Calendar, Calendar accounts, Add account, Other.</li>
        </ul>
        <p>Keep it to yourself: whoever has it can see when and where you meet.</p>
      </>
    ),
  }
}

const stop = form('/:network/account/calendar/stop', {
  ...common,
  audit: 'calendar-feed-stopped',
  page: false,
  fields: z.object({}),
  screen: (): Screen => ({ title: 'Your meetings in your own calendar', body: null }),
  async submit(visit: Mine) {
    await stopFeed(visit, visit.me.personId)
    return { to: meetingPaths.calendar(visit.network.slug) }
  },
})

export const calendarRoutes: AnyRoute[] = [feed, mine, stop, ...publicFeedRoutes]
