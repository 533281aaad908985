import { Temporal } from 'temporal-polyfill'
import { beforeEach, expect, test } from 'vitest'
import { readability } from '#kernel/text/readability.ts'
import { deliverWaiting } from '#platform/delivery/deliver.ts'
import { realSenders } from '#platform/delivery/senders.ts'
import { doingOf } from '#platform/doing.ts'
import { setSetting } from '#platform/network-settings.ts'
import { takeInMail } from '#slices/registration/index.ts'
import { openTestHouse } from '#tests/house.ts'
import { openMailServer } from '#tests/mail-server.ts'
import { aNetwork, type Someone, type TestNetwork } from '#tests/network.ts'
import { invite } from '../correspondence/invite.ts'
import { aMeeting, doingAs, type MadeMeeting } from '../for-tests.ts'
import { cancelMeeting, moveMeeting } from '../index.ts'
import { changeDetails } from '../planning/changes.ts'
import { leaving } from '../rights.ts'
import { loadMeeting } from '../store.ts'
import { forgetOldTimes } from '../teams-report/changes.ts'
import { type Answered, calendars, fromApple, fromGoogle, fromOutlook, ourServer } from './for-tests.ts'
import { calendarsAnswer } from './invited.ts'

const house = await openTestHouse()
let network: TestNetwork
let meeting: MadeMeeting
let uid: string
let startsAt: Temporal.Instant

beforeEach(async () => {
  network = await aNetwork(house)
  meeting = await aMeeting(network, { title: 'The board meets' })
  const row = await rowOf()
  uid = row.uid
  startsAt = row.starts_at
})

const rowOf = () =>
  network.inNetwork(tx =>
    tx.selectFrom('meeting').selectAll().where('id', '=', meeting.id).executeTakeFirstOrThrow(),
  )

const emailOf = async (person: Someone) =>
  (
    await network.inNetwork(tx =>
      tx.selectFrom('person').select('email').where('id', '=', person.id).executeTakeFirstOrThrow(),
    )
  ).email!

let minute = 0
/** What a calendar of this person would say now. */
async function answerOf(person: Someone, more: Partial<Answered> = {}): Promise<Answered> {
  return {
    uid,
    startsAt,
    from: await emailOf(person),
    name: person.fullName,
    sequence: 0,
    stampedAt: house.clock.now().subtract({ hours: 1 }).add({ seconds: minute++ }),
    ...more,
  }
}

/** As the mail server hands it over. */
const comesIn = (raw: Uint8Array, to = network) =>
  house.database.enter({ slug: to.slug, accountId: undefined, today: house.clock.today() }, (tx, entry) =>
    takeInMail(doingOf(house.house, tx, entry!, undefined), raw, ourServer, house.app.slices),
  )

const pageFor = (person: Someone) => person.reads(meeting.path)
const kinds = async (person: Someone, kind: string) =>
  (await person.wasTold()).filter(each => each.kind.startsWith(kind))
const act = (
  work: (doing: Parameters<typeof moveMeeting>[0], it: Parameters<typeof moveMeeting>[1]) => unknown,
) =>
  doingAs(network, network.coordinator, async doing => {
    await work(doing, (await loadMeeting(doing, meeting.reference, { forChange: true }))!)
  })
const moves = (days = 7) =>
  act((doing, it) =>
    moveMeeting(doing, it, {
      startsAt: it.it.startsAt.add({ hours: 24 * days }),
      minutesLong: 120,
      because: 'A room is free then',
    }),
  )

test('REACH-7 accepted in Google, declined in Outlook, not sure in Apple: it stands on the meeting’s page, and a stranger sees nothing', async () => {
  const { volunteer, secondVolunteer, boardMember, boardChair, stranger, visitor } = network
  expect(await comesIn(fromGoogle(await answerOf(volunteer)))).toEqual({ kind: 'calendar' })
  await comesIn(
    fromOutlook(await answerOf(secondVolunteer, { part: 'DECLINED', comment: 'I am in hospital that day' })),
  )
  await comesIn(fromApple(await answerOf(boardMember, { part: 'TENTATIVE', comment: 'My bus, maybe' })))
  const page = await pageFor(boardChair)
  expect(page.text).toContain('Say that they come Vera Volunteer')
  expect(page.text).toContain('Cannot come Sam Second')
  expect(page.text).toContain('Do not know yet Mo Member')
  // The reason of apologies and what else was written: for those who run the meeting.
  expect(page.text).toContain('My bus, maybe')
  const attendance = await network.inNetwork(tx => tx.selectFrom('attendance').selectAll().execute())
  expect(attendance).toMatchObject([
    { person_id: secondVolunteer.id, state: 'apologies', because: 'I am in hospital that day' },
  ])
  const member = await pageFor(volunteer)
  expect(member.text).toContain('Say that they come Vera Volunteer')
  expect(member.text).not.toContain('My bus, maybe')
  // Whose doing it was stands in its history, without their words.
  const history = await network.inNetwork(tx =>
    tx
      .selectFrom('history')
      .selectAll()
      .where('thing_kind', '=', 'meeting')
      .where('thing_id', '=', meeting.id)
      .execute(),
  )
  expect(history.find(each => each.event === 'apologies')).toMatchObject({ by_person_id: secondVolunteer.id })
  expect(JSON.stringify(history)).not.toMatch(/hospital|bus/)
  expect((await stranger.opens(meeting.path)).status).toBe(404)
  expect((await visitor.opens(meeting.path)).status).toBe(404)
  // Nobody became an applicant by it, and nobody was written to.
  expect(await network.inNetwork(tx => tx.selectFrom('application_mail').selectAll().execute())).toEqual([])
  expect(await kinds(volunteer, 'meeting-answer')).toEqual([])
})

test('REACH-7 somebody changes their mind in their calendar: what they said last holds, also when e-mails overtake each other', async () => {
  const { volunteer, boardChair } = network
  const first = await answerOf(volunteer)
  const second = await answerOf(volunteer, { part: 'DECLINED' })
  const third = await answerOf(volunteer, { part: 'ACCEPTED' })
  await comesIn(fromOutlook(first))
  await comesIn(fromOutlook(second))
  expect((await pageFor(boardChair)).text).toContain('Cannot come Vera Volunteer')
  await comesIn(fromOutlook(third))
  const page = await pageFor(boardChair)
  expect(page.text).toContain('Say that they come Vera Volunteer')
  expect(page.text).not.toContain('Cannot come')
  // One from before comes late.
  await comesIn(
    fromOutlook(
      await answerOf(volunteer, {
        part: 'DECLINED',
        stampedAt: first.stampedAt.add({ milliseconds: 1 }),
        comment: 'late',
      }),
    ),
  )
  expect((await pageFor(boardChair)).text).not.toContain('Cannot come')
  // What they say on the page later holds against an e-mail from before, too.
  const form = await volunteer.reads(meeting.step('apologies'))
  await form.press('Send apologies')
  await comesIn(fromOutlook(await answerOf(volunteer, { part: 'ACCEPTED' })))
  expect((await pageFor(boardChair)).text).toContain('Cannot come Vera Volunteer')
})

test('REACH-7 the same answer twice, from two doors or four at a time, counts once', async () => {
  const { volunteer, boardChair } = network
  const answer = await answerOf(volunteer, { part: 'DECLINED', comment: 'Away' })
  const all = await Promise.all(Array.from({ length: 4 }, () => comesIn(fromGoogle(answer))))
  expect(all.map(each => each.kind)).toEqual(['calendar', 'calendar', 'calendar', 'calendar'])
  await comesIn(fromGoogle(answer))
  const replies = await network.inNetwork(tx => tx.selectFrom('calendar_reply').selectAll().execute())
  expect(replies).toHaveLength(1)
  const { rows } = await house.owner.query(
    `select count(*)::int as n from history where event = 'apologies' and thing_id = $1`,
    [meeting.id],
  )
  expect(rows[0].n).toBe(1)
  expect((await pageFor(boardChair)).text).toContain('Cannot come Vera Volunteer')
})

test('REACH-7 a forged answer changes nothing: its person is asked at the address that we have, and says yes or no without signing in', async () => {
  const { volunteer, boardChair, visitor, stranger } = network
  const forged = () => answerOf(volunteer, { part: 'DECLINED', vouchedFor: false })
  await comesIn(fromOutlook(await forged()))
  expect((await pageFor(boardChair)).text).not.toContain('Cannot come')
  expect((await pageFor(boardChair)).text).toContain('We are not sure that it came from them')
  const [asked] = await kinds(volunteer, 'meeting-answer-asked')
  expect(asked!.subject).toContain('did you answer for the meeting')
  const path = new URL(/http:\S+meeting-answer\/\S+/.exec(asked!.body)![0]).pathname
  // Opening it changes nothing, for nobody.
  const page = await visitor.reads(path)
  expect(page.h1).toBe('Is this your answer?')
  expect(page.text).toContain('You cannot come.')
  expect((await pageFor(boardChair)).text).not.toContain('Cannot come')
  expect((await visitor.opens(path.replace(network.slug, network.otherSlug))).status).toBe(404)
  expect((await stranger.opens(`${path}x`)).status).toBe(404)
  const no = await page.press('No, I did not say this')
  expect(no.text).toContain('Nothing has changed')
  expect((await pageFor(boardChair)).text).toContain('they did not send this answer')
  expect((await pageFor(boardChair)).text).not.toContain('Cannot come')
  // The same button once more, and yes afterwards, change nothing any more.
  await page.press('Yes, this is my answer')
  expect((await pageFor(boardChair)).text).not.toContain('Cannot come')

  await comesIn(fromOutlook(await forged()))
  const again = (await kinds(volunteer, 'meeting-answer-asked')).at(-1)!
  const second = new URL(/http:\S+meeting-answer\/\S+/.exec(again.body)![0]).pathname
  expect((await (await visitor.reads(second)).press('Yes, this is my answer')).text).toContain(
    'It counts now',
  )
  expect((await pageFor(boardChair)).text).toContain('Cannot come Vera Volunteer')
  // Whoever goes on forging does not send her e-mail for ever.
  for (let n = 0; n < 6; n++) await comesIn(fromOutlook(await forged()))
  expect((await kinds(volunteer, 'meeting-answer-asked')).length).toBeLessThanOrEqual(3)
})

test('REACH-7 a secretary answers: the person is asked first', async () => {
  const { volunteer, boardChair } = network
  await comesIn(
    fromOutlook(
      await answerOf(volunteer, {
        part: 'DECLINED',
        from: 'office@example.org',
        attendee: await emailOf(volunteer),
      }),
    ),
  )
  expect((await pageFor(boardChair)).text).not.toContain('Cannot come')
  const [asked] = await kinds(volunteer, 'meeting-answer-asked')
  expect(asked!.body).toContain('Somebody sent it for you')
})

test('REACH-7 somebody who was not invited: nothing changes, those who run the meeting see it, the sender hears why', async () => {
  const { boardChair, volunteer, sigMember } = network
  await comesIn(fromOutlook(await answerOf(volunteer, { from: 'else@example.org', name: 'Else Where' })))
  const page = await pageFor(boardChair)
  expect(page.text).toContain('else@example.org was not invited, and answered: comes.')
  expect(page.text).not.toContain('Say that they come')
  const toThem = () =>
    network.inNetwork(tx =>
      tx.selectFrom('message').selectAll().where('kind', '=', 'meeting-answer-not-invited').execute(),
    )
  expect(await toThem()).toMatchObject([{ address: 'else@example.org', person_id: null }])
  expect((await toThem())[0]!.body).not.toContain('Operational Board')
  // A person of the network who is in another group is none of its people either; nobody is written to twice.
  await comesIn(fromOutlook(await answerOf(sigMember)))
  await comesIn(fromOutlook(await answerOf(volunteer, { from: 'else@example.org', part: 'DECLINED' })))
  expect(await toThem()).toHaveLength(2)
  // Nobody vouches for the sender: then nobody is written to.
  await comesIn(fromOutlook(await answerOf(volunteer, { from: 'victim@example.net', vouchedFor: false })))
  expect(await toThem()).toHaveLength(2)
  expect((await pageFor(boardChair)).text).not.toContain('Say that they come')
})

test('REACH-7 an answer to a meeting that moved asks again; one that was given before only the room changed counts', async () => {
  const { volunteer, secondVolunteer, boardChair } = network
  await comesIn(fromGoogle(await answerOf(secondVolunteer)))
  await act((doing, it) =>
    changeDetails(doing, it, {
      title: 'The board meets',
      kind: 'hybrid',
      link: 'https://example.org/join',
      venue: 'Room 1',
      access: {},
      travel: '',
    }),
  )
  // Asked about nothing new: the entry says what she said.
  const changed = await network.inNetwork(tx =>
    tx
      .selectFrom('message')
      .select('attachment')
      .where('kind', '=', 'meeting-changed')
      .where('person_id', '=', secondVolunteer.id)
      .executeTakeFirstOrThrow(),
  )
  expect(JSON.stringify(changed.attachment).replaceAll('\\r\\n ', '')).toContain('PARTSTAT=ACCEPTED')
  await comesIn(fromGoogle(await answerOf(volunteer)))
  expect((await pageFor(boardChair)).text).toContain('Say that they come Sam Second, Vera Volunteer')

  await moves()
  // Who said that they come said it of another day.
  expect((await pageFor(boardChair)).text).not.toContain('Say that they come')
  for (const part of ['ACCEPTED', 'DECLINED'] as const) {
    await comesIn(fromOutlook(await answerOf(volunteer, { sequence: 1, part })))
  }
  const page = await pageFor(boardChair)
  expect(page.text).not.toContain('Say that they come')
  expect(page.text).not.toContain('Cannot come')
  const asked = await kinds(volunteer, 'meeting-answer')
  expect(asked).toHaveLength(1)
  expect(asked[0]!.body).toContain('the meeting has moved since then, so we did not count your answer')
  const { sequence, starts_at } = await rowOf()
  expect(sequence).toBe(2)
  await comesIn(fromOutlook(await answerOf(volunteer, { sequence, startsAt: starts_at })))
  expect((await pageFor(boardChair)).text).toContain('Say that they come Vera Volunteer')
  // A calendar that leaves the number out: the time says which meeting it means.
  await comesIn(fromGoogle(await answerOf(secondVolunteer, { sequence: undefined })))
  expect((await pageFor(boardChair)).text).not.toContain('Say that they come Sam Second')
  await comesIn(fromGoogle(await answerOf(secondVolunteer, { sequence: undefined, startsAt: starts_at })))
  expect((await pageFor(boardChair)).text).toContain('Say that they come Sam Second, Vera Volunteer')
})

test('REACH-7 an answer to a meeting that was cancelled, or is over, is answered in words, once', async () => {
  const { volunteer, secondVolunteer, boardChair } = network
  await act((doing, it) => cancelMeeting(doing, it, 'Nobody can come'))
  await comesIn(fromOutlook(await answerOf(volunteer)))
  await comesIn(fromOutlook(await answerOf(volunteer, { part: 'DECLINED' })))
  const told = await kinds(volunteer, 'meeting-answer')
  expect(told).toHaveLength(1)
  expect(told[0]!.body).toContain('That meeting was cancelled on 9 June 2026')
  expect((await pageFor(boardChair)).text).not.toMatch(/Say that they come|Cannot come/)

  const other = await aMeeting(network, { title: 'Soon over', inDays: 1 })
  meeting = other
  const row = await rowOf()
  uid = row.uid
  startsAt = row.starts_at
  const before = house.clock.now()
  house.clock.daysOn(2)
  await comesIn(fromOutlook(await answerOf(secondVolunteer)))
  expect((await kinds(secondVolunteer, 'meeting-answer')).map(each => each.body).join()).toContain(
    'That meeting is over',
  )
  house.clock.set(before.toString())
})

test('REACH-7 another time that somebody proposes is shown to those who plan the meeting, as words', async () => {
  const { volunteer, boardChair, boardMember } = network
  const other = Temporal.Instant.from('2026-06-25T13:00:00Z')
  await comesIn(
    fromOutlook(
      await answerOf(volunteer, {
        method: 'COUNTER',
        part: 'TENTATIVE',
        startsAt: other,
        comment: 'A day later suits me',
      }),
    ),
  )
  expect((await pageFor(boardChair)).text).toContain(
    'Vera Volunteer would like another time: Thursday 25 June 2026, 2pm.',
  )
  expect((await pageFor(boardMember)).text).not.toContain('another time')
  const [told] = await kinds(boardChair, 'meeting-answer-proposal')
  expect(told!.body).toContain('They say: “A day later suits me”')
  expect((await rowOf()).starts_at.equals(startsAt)).toBe(true)
})

test('REACH-7 replies come back to the mailbox that is read, with a key for each person by which they are known again', async () => {
  const { coordinator, volunteer, boardChair } = network
  await network.inNetwork(tx =>
    tx
      .insertInto('connection')
      .values({
        network_id: network.id,
        kind: 'mail-in',
        settings: JSON.stringify({ address: 'involve@first.example.org', plus: 'yes' }) as never,
        secrets: '{}' as never,
        state: 'on',
        set_by_person_id: coordinator.id,
        set_at: house.clock.now(),
        tried_at: null,
        works: true,
        tried_words: [],
        version: 1,
      })
      .execute(),
  )
  meeting = await aMeeting(network, { title: 'With a mailbox', inDays: 20 })
  await house.runDue()
  const row = await rowOf()
  uid = row.uid
  startsAt = row.starts_at
  const entryFor = async (person: Someone) => {
    const rows = await network.inNetwork(tx =>
      tx
        .selectFrom('message')
        .select('attachment')
        .where('kind', '=', 'meeting-invitation')
        .where('about_id', '=', meeting.reference)
        .where('person_id', '=', person.id)
        .executeTakeFirstOrThrow(),
    )
    return (rows.attachment as { text: string }).text.replaceAll('\r\n ', '')
  }
  const entry = await entryFor(volunteer)
  expect(entry).toContain('RSVP=TRUE')
  const organiser = /involve\+a-[0-9a-f]{30}@first\.example\.org/.exec(entry)![0]
  expect(await entryFor(boardChair)).not.toContain(organiser)
  expect(entry).toContain(`UID:${uid}`)
  // Nobody vouches for the sender, but only her invitation had this address.
  await comesIn(fromOutlook(await answerOf(volunteer, { organiser, vouchedFor: false })))
  expect((await pageFor(boardChair)).text).toContain('Say that they come Vera Volunteer')
  // Passed on to somebody else, it does not speak for her.
  await comesIn(
    fromOutlook(
      await answerOf(volunteer, { organiser, part: 'DECLINED', from: 'else@example.org', vouchedFor: true }),
    ),
  )
  expect((await pageFor(boardChair)).text).toContain('Say that they come Vera Volunteer')
  expect((await pageFor(boardChair)).text).not.toContain('Cannot come')
})

test('REACH-7 answers to meetings of others, and calendars of nobody, are left to whoever reads e-mail', async () => {
  const { volunteer, coordinator, slug } = network
  const elsewhere = await answerOf(volunteer, { uid: '11111111-2222-4333-8444-555555555555' })
  expect(await comesIn(fromOutlook(elsewhere))).toMatchObject({ kind: 'apart', because: 'automatic' })
  // Of another network of the same installation.
  const other = await aNetwork(house)
  expect(await comesIn(fromOutlook(await answerOf(volunteer)), other)).toMatchObject({ kind: 'apart' })
  for (const [name, each] of Object.entries(calendars)) {
    expect(await comesIn(each.mail({ ...elsewhere, uid: `not-ours-${name}@google.com` }))).toMatchObject({
      kind: 'apart',
    })
  }
  // Handed in by the team as a file, an answer counts as well.
  const file = new File([fromOutlook(await answerOf(volunteer)) as Uint8Array<ArrayBuffer>], 'answer.eml')
  const form = await coordinator.reads(`/${slug}/team/applications/e-mails/new`)
  const done = await form.attach('The e-mail as a file', file).press('Hand it in')
  expect(done.text).toContain('answered an invitation')
})

test('REACH-7 the whole way over the wire: an invitation by SMTP, its answer through the door for e-mail', async () => {
  const { volunteer, boardChair, coordinator, slug } = network
  const mail = await openMailServer()
  const senders = realSenders({
    smtpUrl: mail.url,
    mailFrom: 'First <loop@first.example.org>',
    secret: house.house.secret,
  })
  Object.assign(house.house, { mailInToken: 'a-token-of-the-mail-server', mailInServer: ourServer })
  await house.owner.query(
    `update network set facts = facts || '{"contact": {"email": "involve@first.example.org"}}' where id = $1`,
    [network.id],
  )
  await doingAs(network, coordinator, doing => setSetting(doing, calendarsAnswer, true, house.clock.today()))
  await deliverWaiting(house.house, {
    byChannel: { email: async () => ({ id: 'before' }) },
    close() {},
  } as never)
  meeting = await aMeeting(network, { title: 'Over the wire', inDays: 25 })
  await doingAs(network, coordinator, doing => invite(doing))
  await deliverWaiting(house.house, senders)
  const address = await emailOf(volunteer)
  const entries = mail.took
    .filter(each => JSON.stringify(each.to).includes(address))
    .flatMap(each => each.attachments.filter(one => one.filename === 'meeting.ics'))
    .map(each => each.content.toString().replaceAll('\r\n ', ''))
  const plain = entries.find(each => each.includes('SUMMARY:Over the wire'))!
  expect(plain).toContain('RSVP=TRUE')
  expect(plain).toContain('mailto:involve@first.example.org')
  uid = /UID:(\S+)/.exec(plain)![1]!
  startsAt = (await rowOf()).starts_at
  const hand = (token: string, raw: Uint8Array) =>
    network.visitor.raw(`/mail-in/${slug}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'message/rfc822' },
      body: raw as Uint8Array<ArrayBuffer>,
    })
  const answer = fromGoogle(
    await answerOf(volunteer, { part: 'DECLINED', organiser: 'involve@first.example.org' }),
  )
  expect((await hand('another token', answer)).status).toBe(404)
  const taken = await hand('a-token-of-the-mail-server', answer)
  expect([taken.status, await taken.text()]).toEqual([200, 'It answered an invitation to a meeting.\n'])
  expect((await pageFor(boardChair)).text).toContain('Cannot come Vera Volunteer')
  senders.close()
})

test('REACH-7 R48 what people are told about their answers can be read at eleven', async () => {
  const { rows } = await house.owner.query<{ kind: string; body: string }>(
    `select distinct on (kind, subject) kind, body from message where kind like 'meeting-answer%'`,
  )
  expect(rows.length).toBeGreaterThan(4)
  for (const { kind, body } of rows) {
    const words = body
      .split('\n')
      .filter(line => !/https?:|^(Dear|Yours)|^\d/.test(line))
      .join(' ')
    expect(readability(words).readingAge, `${kind}: ${words}`).toBeLessThanOrEqual(11)
  }
})

test('REACH-7 what calendars answered is theirs to see, goes when they leave, and ends a month after the meeting', async () => {
  const { volunteer, secondVolunteer } = network
  await comesIn(fromOutlook(await answerOf(volunteer, { part: 'TENTATIVE', comment: 'My knee' })))
  await comesIn(fromOutlook(await answerOf(secondVolunteer)))
  expect((await volunteer.reads(`/${network.slug}/account/my-data`)).html).toContain('My knee')
  const left = async () => {
    const { rows } = await house.owner.query<{ n: number }>(
      `select ((select count(*) from calendar_reply where network_id = $1)
        + (select count(*) from meeting_answer where network_id = $1)
        + (select count(*) from calendar_invitation where network_id = $1))::int as n`,
      [network.id],
    )
    return rows[0]!.n
  }
  expect(await left()).toBeGreaterThan(3)
  await doingAs(network, network.coordinator, doing =>
    leaving.leave(doing, volunteer.id, { answersWanted: false, views: 'as-they-are' }),
  )
  const { rows } = await house.owner.query(
    `select person_id from calendar_reply where network_id = $1 union all select person_id from meeting_answer where network_id = $1
     union all select person_id from calendar_invitation where network_id = $1`,
    [network.id],
  )
  expect(rows.map(each => each.person_id)).not.toContain(volunteer.id)
  const before = house.clock.now()
  house.clock.set(startsAt.add({ hours: 24 * 31 }).toString())
  await doingAs(network, network.coordinator, doing => forgetOldTimes(doing))
  expect(await left()).toBe(0)
  house.clock.set(before.toString())
})
