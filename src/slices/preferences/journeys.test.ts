import { beforeAll, describe, expect, test } from 'vitest'
import { doingOf } from '#platform/doing.ts'
import type { Telling } from '#platform/outbox.ts'
import { aNetwork, type Someone, type TestNetwork } from '#tests/network.ts'

let network: TestNetwork
let counter = 0

beforeAll(async () => {
  network = await aNetwork()
})

/** Tells somebody something, as a room would. */
async function tells(person: Someone, about: string, more: Partial<Telling> = {}): Promise<void> {
  const { house } = network
  await house.database.enter(
    { slug: network.slug, accountId: undefined, today: house.clock.today() },
    async (tx, entry) => {
      await doingOf(house.house, tx, entry!, undefined).tell({
        key: `test:${++counter}`,
        personId: person.id,
        kind: 'test',
        subject: 'a test',
        paragraphs: [`About ${about} ${counter}.`],
        about: { kind: about, id: '1' },
        ...more,
      })
    },
  )
}

async function remindedOf(person: Someone, sentence: string): Promise<void> {
  const { house } = network
  const { dueInNetwork } = await import('#platform/delivery/due.ts')
  await house.database.enter(
    { slug: network.slug, accountId: undefined, today: house.clock.today() },
    (tx, entry) =>
      dueInNetwork(house.house, tx, entry!, [
        {
          name: 'test',
          routes: [],
          due: work =>
            work.remind({ key: `test:${person.id}:${sentence}`, personId: person.id, sentence, path: '/x' }),
        },
      ]),
  )
}

const mine = (part = '') => `/${network.slug}/account/preferences${part}`
const lastOf = async (person: Someone) => (await person.wasTold()).at(-1)!

describe('PEOPLE-19 preferences', () => {
  test('PEOPLE-19 somebody chooses a way for each kind of message, and each comes in it; legal ones cannot be switched off', async () => {
    const ann = await network.aPerson({ name: 'Ann Choosy' })
    const page = await ann.reads(mine())
    expect(page.h1).toBe('How and when we tell you things')
    expect(page.text).toContain('Messages that always come')
    const form = await page.follow('Change meetings and papers')
    const saved = await form
      .fill('Meetings and papers', 'Letter')
      .fill('Answers and messages to you', 'Text message')
      .fill('Reminders', 'Do not send them')
      .press('Save')
    expect(saved.text).toContain('Saved.')
    await tells(ann, 'meeting')
    expect(await lastOf(ann)).toMatchObject({ channel: 'post', state: 'by-hand' })
    expect((await lastOf(ann)).body).toContain('Dear Ann Choosy')
    await tells(ann, 'contribution', { short: 'There is an answer.' })
    expect(await lastOf(ann)).toMatchObject({ channel: 'text', body: 'First: There is an answer.' })
    await tells(ann, 'action')
    expect(await lastOf(ann)).toMatchObject({ channel: 'email' })
    await tells(ann, 'data-complaint')
    expect(await lastOf(ann)).toMatchObject({ channel: 'email' })
    const before = (await ann.wasTold()).length
    await remindedOf(ann, 'This is not sent.')
    expect(await ann.wasTold()).toHaveLength(before)
    // No legal message is in the form, and what is forged is refused.
    const { to, body } = (await ann.reads(mine('/ways'))).wouldSend('Save')
    body.set('way-answers', 'off')
    expect((await ann.posts(to, body)).errors).toEqual(['Choose a way from the list'])
  })

  test('PEOPLE-19 in quiet hours a text waits until they are over; a call says when not to ring; a code to sign in does not wait', async () => {
    const { clock } = network.house
    const start = clock.now().toString()
    const bob = await network.aPerson({ name: 'Bob Sleeper', channel: 'text' })
    const form = await bob.reads(mine('/when'))
    const half = await form.fill('Quiet hours begin at', '10pm').press('Save')
    expect(half.errors).toEqual(['Choose when quiet hours end'])
    const same = await form.fill('Quiet hours end at', '10pm').press('Save')
    expect(same.errors).toEqual(['Choose another hour for the end than for the start'])
    const saved = await form.fill('Quiet hours end at', '8am').press('Save')
    expect(saved.text).toContain('From 10pm to 8am')
    const night = clock
      .now()
      .toZonedDateTimeISO('Europe/London')
      .add({ days: 1 })
      .with({ hour: 23, minute: 5 })
    clock.set(night.toInstant().toString())
    await tells(bob, 'contribution')
    await tells(bob, 'sign-in')
    const rows = await network.inNetwork(tx =>
      tx
        .selectFrom('message')
        .select(['about_kind', 'next_try_at'])
        .where('person_id', '=', bob.id)
        .execute(),
    )
    const nextOf = (about: string) => rows.find(each => each.about_kind === about)!.next_try_at
    expect(nextOf('sign-in').equals(night.toInstant())).toBe(true)
    const waits = nextOf('contribution').toZonedDateTimeISO('Europe/London')
    expect([waits.hour, waits.minute, waits.day]).toEqual([8, 0, night.add({ days: 1 }).day])
    // A worker that looks at night leaves it alone.
    await network.house.runDue()
    expect((await bob.wasTold()).find(each => each.kind === 'test')?.state).toBe('waiting')
    clock.set(start)
    for (const person of [bob, network.coordinator, network.administrator, network.volunteer])
      await person.signsIn()
    await network.inNetwork(tx =>
      tx.updateTable('person').set({ channel: 'phone' }).where('id', '=', bob.id).execute(),
    )
    await tells(bob, 'contribution')
    expect((await lastOf(bob)).body).toContain('Do not ring between 10pm and 8am.')
  })

  test('PEOPLE-19 reminders come together once a week, each once, and none is lost', async () => {
    const { clock } = network.house
    const start = clock.now().toString()
    const cat = await network.aPerson({ name: 'Cat Weekly' })
    await (await cat.reads(mine('/when'))).choose('Together, once a week on Monday at 8am').press('Save')
    const friday = clock.now().toZonedDateTimeISO('Europe/London').with({ hour: 9 })
    let day = friday
    while (day.dayOfWeek !== 5) day = day.add({ days: 1 })
    clock.set(day.toInstant().toString())
    await remindedOf(cat, 'First thing.')
    await remindedOf(cat, 'First thing.')
    clock.set(day.add({ days: 1 }).toInstant().toString())
    await remindedOf(cat, 'Second thing.')
    expect(await cat.wasTold()).toEqual([])
    clock.set(day.add({ days: 3 }).toInstant().toString())
    await remindedOf(cat, 'Third thing.')
    await remindedOf(cat, 'Third thing.')
    const told = await cat.wasTold()
    expect(told).toHaveLength(1)
    expect(told[0]!.subject).toContain('2 things need you')
    expect(told[0]!.body).toMatch(/First thing\.[\s\S]*Second thing\./)
    clock.set(day.add({ days: 10 }).toInstant().toString())
    await remindedOf(cat, 'Third thing.')
    expect((await cat.wasTold()).at(-1)!.body).toContain('Third thing.')
    clock.set(start)
    for (const person of [network.coordinator, network.administrator, network.volunteer])
      await person.signsIn()
  })

  test('PEOPLE-19 R42 the link in an e-mail and a letter changes preferences without signing in, shows nothing else, changes nothing on GET, and ends', async () => {
    const { clock } = network.house
    const start = clock.now().toString()
    const dot = await network.aPerson({ name: 'Dot Linked', signsIn: false })
    await tells(dot, 'meeting')
    const mail = (await lastOf(dot)).body
    expect(mail).toContain('Change how we reach you, without signing in:')
    const link = new URL(/https?:\/\/\S+\/preferences\/\S+/.exec(mail)![0])
    const page = await network.visitor.reads(link.pathname)
    expect(page.text).toContain('You do not have to sign in')
    for (const secret of ['Dot', '07700', 'example.org', 'Example Street'])
      expect(page.html).not.toContain(secret)
    const count = () =>
      network.inNetwork(tx =>
        tx.selectFrom('preference').selectAll().where('person_id', '=', dot.id).execute(),
      )
    await network.visitor.reads(`${link.pathname}/ways`)
    expect(await count()).toEqual([])
    const looks = await page.follow('Change large print')
    await looks.choose('Large print').choose('Easy read').fill('Language', 'Polish').press('Save')
    const post = await (await network.visitor.reads(`${link.pathname}/ways`))
      .fill('Meetings and papers', 'Letter')
      .press('Save')
    expect(post.text).toContain('Saved.')
    await tells(dot, 'meeting')
    const letter = await lastOf(dot)
    expect(letter.channel).toBe('post')
    expect(letter.body).toContain('[Print in large type: 18 point]')
    expect(letter.body).toContain('If you would rather have it in Polish')
    expect(letter.body).toContain('It needs no sign-in.')
    // It is a support need, with its promise, and in one truth with the page about needs.
    const needs = await network.coordinator.reads(`/${network.slug}/team/people/${dot.id}/needs`)
    expect(needs.text).toMatch(/What we send Large print Easy read/)
    expect(needs.text).toContain('We see to it by')
    // As typed from a letter, in large letters.
    const typed = link.pathname.replace(/[^/]+$/, token => token.toUpperCase())
    expect((await network.visitor.opens(typed)).status).toBe(200)
    // It opens nothing else, in no other network, and not for ever.
    expect((await network.visitor.opens(link.pathname.replace(network.slug, network.otherSlug))).status).toBe(
      404,
    )
    expect(
      (await network.visitor.opens(`/${network.slug}/preferences/aaaa-bbbb-cccc-dddd-eeee`)).status,
    ).toBe(404)
    // The team reads the message without its key.
    const list = await network.coordinator.reads(`/${network.slug}/team/messages`)
    const opened = await list.follow('First: a test')
    expect(opened.html).not.toContain(link.pathname.split('/').at(-1)!)
    clock.daysOn(300)
    await network.house.runDue()
    expect((await network.visitor.opens(link.pathname)).status).toBe(404)
    const left = await network.inNetwork(tx => tx.selectFrom('preference_link').selectAll().execute())
    expect(left.every(each => each.expires_on.toString() >= clock.today().toString())).toBe(true)
    clock.set(start)
    for (const person of [network.coordinator, network.administrator, network.volunteer])
      await person.signsIn()
  })

  test('PEOPLE-19 the team sets it as told on the phone; a stranger and an administrator find nothing', async () => {
    const eve = await network.aPerson({ name: 'Eve Phones', signsIn: false, channel: 'phone' })
    const path = `/${network.slug}/team/people/${eve.id}/preferences`
    const person = await network.coordinator.reads(`/${network.slug}/team/people/${eve.id}`)
    const page = await person.follow('How and when they want to be told')
    await (await page.follow('Change answers and messages to you'))
      .fill('Answers and messages to you', 'Letter')
      .press('Save')
    await tells(eve, 'contribution')
    expect(await lastOf(eve)).toMatchObject({ channel: 'post' })
    for (const who of [network.stranger, network.administrator, network.volunteer, network.visitor]) {
      for (const part of ['', '/ways', '/when', '/looks'])
        expect((await who.opens(`${path}${part}`)).status).toBe(404)
    }
  })

  test('PEOPLE-19 PEOPLE-16 nothing is asked of somebody who rests: reminders wait, answers still come', async () => {
    const fay = await network.aPerson({ name: 'Fay Resting' })
    const today = network.house.clock.today()
    const rests = (from: string | null, until: string | null) =>
      network.inNetwork(tx =>
        tx
          .updateTable('person')
          .set({
            paused_from: from === null ? null : today.add({ days: Number(from) }),
            paused_until: until === null ? null : today.add({ days: Number(until) }),
          })
          .where('id', '=', fay.id)
          .execute(),
      )
    await rests('-1', null)
    await tells(fay, 'action')
    await tells(fay, 'meeting')
    await remindedOf(fay, 'Waits for after the rest.')
    expect(await fay.wasTold()).toEqual([])
    await tells(fay, 'contribution')
    await tells(fay, 'account')
    expect(await fay.wasTold()).toHaveLength(2)
    await rests('-3', '-1')
    await remindedOf(fay, 'Waits for after the rest.')
    expect((await lastOf(fay)).body).toContain('Waits for after the rest.')
  })
})
