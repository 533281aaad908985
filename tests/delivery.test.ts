import { afterEach, beforeAll, expect, test } from 'vitest'
import { deliverWaiting, giveUp, hoursOfTrying } from '#platform/delivery/deliver.ts'
import { realSenders, type Senders } from '#platform/delivery/senders.ts'
import { doingOf } from '#platform/doing.ts'
import { tryAgain } from '#platform/outbox.ts'
import { openTestHouse, testNow } from './house.ts'
import { type MailServer, openMailServer } from './mail-server.ts'
import { aNetwork, type Someone, type TestNetwork } from './network.ts'
import { testSecret } from './postgres.ts'

let mail: MailServer
let senders: Senders
let network: TestNetwork
let counter = 0

beforeAll(async () => {
  mail = await openMailServer()
  senders = realSenders({
    smtpUrl: mail.url,
    mailFrom: 'First Network <loop@first.example.org>',
    secret: testSecret,
  })
  network = await aNetwork(await openTestHouse({ senders }))
})

afterEach(() => {
  mail.took.length = 0
  mail.refusal = undefined
  mail.afterTaking = undefined
  network.house.clock.set(testNow)
})

const deliver = () => deliverWaiting(network.house.house, senders)

async function tells(person: Someone, key = `test:${++counter}`): Promise<string> {
  const { house } = network.house
  const entered = { slug: network.slug, accountId: undefined, today: house.clock.today() }
  await house.database.enter(entered, async (tx, entry) => {
    await doingOf(house, tx, entry!, undefined).tell({
      key,
      personId: person.id,
      kind: 'test',
      subject: 'something moved',
      paragraphs: ['Something that you said has moved.'],
      link: { path: `/${network.slug}/home`, words: 'See where it is' },
      about: { kind: 'test', id: '1' },
    })
  })
  return key
}

const states = async (): Promise<{ state: string; tries: number }[]> =>
  await network.inNetwork(tx =>
    tx.selectFrom('message').select(['state', 'tries']).orderBy('id', 'desc').limit(1).execute(),
  )

test('HOUSE-7 what is told goes out once, by e-mail, to the person it is for', async () => {
  const key = await tells(network.volunteer)
  await tells(network.volunteer, key)
  expect(await deliver()).toBe(1)
  expect(await deliver()).toBe(0)
  expect(mail.took).toHaveLength(1)
  expect(mail.took[0]!.subject).toBe('First: something moved')
  expect(mail.took[0]!.text).toContain('Something that you said has moved.')
  expect(mail.took[0]!.headers.get('auto-submitted')).toBe('auto-generated')
  expect(await states()).toEqual([{ state: 'sent', tries: 1 }])
})

test('HOUSE-7 several workers share the work, and nobody is told twice', async () => {
  const people = [network.volunteer, network.secondVolunteer, network.boardChair, network.director]
  for (let round = 0; round < 6; round++) for (const person of people) await tells(person)
  await Promise.all([deliver(), deliver(), deliver()])
  const ids = mail.took.map(each => each.messageId)
  expect(ids).toHaveLength(24)
  expect(new Set(ids).size).toBe(24)
})

test('HOUSE-7 a crash after the mail server took it: it comes again under the same Message-ID, then never more', async () => {
  await tells(network.volunteer)
  // The worker's connection dies after the mail server has taken the message and before the worker hears of it.
  mail.afterTaking = async () => {
    mail.afterTaking = undefined
    await network.house.owner.query(
      `select pg_terminate_backend(pid, 10000) from pg_stat_activity
       where datname = current_database() and state = 'idle in transaction'`,
    )
  }
  await expect(deliver()).rejects.toThrow()
  expect(await states()).toEqual([{ state: 'sending', tries: 0 }])
  expect(await deliver()).toBe(1)
  expect(await deliver()).toBe(0)
  expect(mail.took).toHaveLength(2)
  expect(mail.took[0]!.messageId).toBeTruthy()
  expect(mail.took[1]!.messageId).toBe(mail.took[0]!.messageId)
  expect(await states()).toEqual([{ state: 'sent', tries: 1 }])
})

test('HOUSE-7 a message that is just being sent, however slowly, is left alone by other workers', async () => {
  await tells(network.volunteer)
  const others: number[] = []
  mail.afterTaking = async () => {
    mail.afterTaking = undefined
    // Days on: it is never taken for one that a crash left.
    network.house.clock.daysOn(2)
    others.push(await deliver())
  }
  expect(await deliver()).toBe(1)
  expect(others).toEqual([0])
  expect(mail.took).toHaveLength(1)
})

test('HOUSE-7 what cannot be sent is tried again, less and less often, and after 72 hours is the team’s to see', async () => {
  await tells(network.volunteer)
  mail.refusal = 'try later, vera@example.org'
  await deliver()
  expect(await deliver()).toBe(0)
  expect(await states()).toEqual([{ state: 'waiting', tries: 1 }])
  for (let hours = 0; hours <= hoursOfTrying; hours++) {
    network.house.clock.set(network.house.clock.now().add({ hours: 1 }).toString())
    await deliver()
  }
  const [after] = await network.inNetwork(tx =>
    tx.selectFrom('message').selectAll().orderBy('id', 'desc').limit(1).execute(),
  )
  expect(after!.state).toBe('failed')
  expect(after!.tries).toBeGreaterThan(10)
  // What the mail server said is kept, nobody's address in it.
  expect(after!.last_error).toContain('try later')
  expect(after!.last_error).not.toContain('vera@example.org')

  // "Try again": once more to the address of now, with time before it.
  mail.refusal = undefined
  const again = () =>
    network.house.database.enter(
      { slug: network.slug, accountId: undefined, today: network.house.clock.today() },
      (tx, entry) => tryAgain(doingOf(network.house.house, tx, entry!, undefined), after!.id),
    )
  expect(await again()).toBe(true)
  expect(await again()).toBe(false)
  mail.refusal = 'not yet'
  await deliver()
  expect((await states())[0]!.state).toBe('waiting')
  mail.refusal = undefined
  network.house.clock.daysOn(1)
  await deliver()
  expect((await states())[0]!.state).toBe('sent')
  expect(mail.took).toHaveLength(1)
})

test('HOUSE-7 the wait doubles and never exceeds six hours', () => {
  const since = network.house.clock.now()
  const waits = [1, 2, 3, 8, 9, 20].map(tries =>
    Math.round(
      (giveUp(since, tries, since).next_try_at.epochMilliseconds - since.epochMilliseconds) / 60_000,
    ),
  )
  expect(waits).toEqual([2, 4, 8, 256, 360, 360])
})

test('HOUSE-7 a call and a letter are jobs for people: no machine touches them', async () => {
  const byPhone = await network.aPerson({ channel: 'phone' })
  const byPost = await network.aPerson({ channel: 'post' })
  await tells(byPhone)
  await tells(byPost)
  expect(await deliver()).toBe(0)
  expect((await byPhone.wasTold())[0]!.state).toBe('by-hand')
  expect((await byPost.wasTold())[0]!.body).toMatch(/^Dear /)
})

test('HOUSE-7 without a way to send text messages they become work by hand', async () => {
  const byText = await network.aPerson({ channel: 'text' })
  await tells(byText)
  await deliver()
  expect((await byText.wasTold())[0]!.state).toBe('by-hand')
})
