import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { doingOf } from '#platform/doing.ts'
import { actorOf } from '#platform/http/corridor.tsx'
import { aNetwork, type Someone, type TestNetwork } from '#tests/network.ts'
import { mayRead } from './access.ts'
import { anAction, anAgreedView, doingAs } from './for-tests.ts'
import { finishAction } from './index.ts'
import { listActions } from './queries.ts'
import { loadAction } from './store.ts'

let network: TestNetwork
let owner: Someone

beforeAll(async () => {
  network = await aNetwork()
  owner = await network.aPerson({ name: 'Olu Owner', memberships: [{ group: 'mri', role: 'member' }] })
})

const png = () =>
  new File(
    [Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex')],
    'poster.png',
    {
      type: 'image/png',
    },
  )

describe('LOOP-10 an action and its owner', () => {
  test('LOOP-10 the owner, also outside the group, is told and finds it on their home and page', async () => {
    const view = await anAgreedView(network)
    const action = await anAction(network, { owner, view, what: 'Print the new poster' })
    const told = (await owner.wasTold()).at(-1)!
    expect(told.subject).toContain('is yours to do by 30 June 2026')
    expect(told.body).toContain('Print the new poster')
    expect(told.body).toContain(action.path)
    const page = await owner.reads(action.path)
    expect(page.text).toContain('Olu Owner')
    expect(page.text).toContain('30 June 2026')
    expect(page.hasLink('It is done')).toBe(true)
    // It leads to whose view it came from by title, never by name.
    expect(page.text).toContain('Letters that say how long a scan takes')
    expect(page.text).not.toContain('Vera')
  })

  test('LOOP-10 done says what changed with evidence, and the last one makes the view "changed"', async () => {
    const view = await anAgreedView(network)
    const first = await anAction(network, { owner, view })
    const second = await anAction(network, { owner, view, what: 'Send it out' })
    const empty = await (await owner.reads(`${first.path}/done`)).press('It is done')
    expect(empty.status).toBe(422)
    expect(empty.errors).toEqual(['Say what changed'])
    const unseen = await empty.fill('What changed?', 'There is a new letter.').press('It is done')
    expect(unseen.errors).toEqual(['Show how people can see it: some words, a link or a file'])
    expect(unseen.valueOf('What changed?')).toBe('There is a new letter.')
    const done = await unseen.attach('Files', png()).press('It is done')
    expect(done.status).toBe(200)
    expect(done.text).toContain('There is a new letter.')
    expect(await first.state()).toBe('done')
    expect(await view.state()).toBe('agreed')
    const file = await network.volunteer.raw(done.$('a[href*="/files/"]').attr('href')!)
    expect(file.status).toBe(200)
    expect(file.headers.get('content-disposition')).toContain('attachment')
    expect((await network.stranger.opens(done.$('a[href*="/files/"]').attr('href')!)).status).toBe(404)
    expect(
      (
        await owner.opens(
          `${second.path}/files/${done.$('a[href*="/files/"]').attr('href')!.split('/').pop()}`,
        )
      ).status,
    ).toBe(404)
    await (await owner.reads(`${second.path}/done`))
      .fill('What changed?', 'It goes out since today.')
      .fill('A web address', 'https://example.org/letter')
      .press('It is done')
    expect(await view.state()).toBe('changed')
  })

  test('LOOP-10 dropped takes a reason, which goes to whoever raised it', async () => {
    const raiser = await network.aPerson({
      name: 'Rae Raiser',
      channel: 'post',
      memberships: [{ group: 'mri', role: 'volunteer' }],
    })
    const view = await anAgreedView(network, raiser)
    const action = await anAction(network, { owner, view, what: 'Paint the corridor' })
    const asked = await (await owner.reads(`${action.path}/drop`)).press('Drop this action')
    expect(asked.errors).toEqual(['Say why it cannot be done'])
    await asked
      .fill('Why can it not be done?', 'The corridor is pulled down in May.')
      .press('Drop this action')
    expect(await action.state()).toBe('dropped')
    expect(await view.state()).toBe('changed')
    const letter = (await raiser.wasTold()).find(each => each.kind === 'action-dropped')!
    expect(letter.channel).toBe('post')
    expect(letter.body).toContain('The corridor is pulled down in May.')
    expect((await raiser.reads(action.path)).text).toContain('The corridor is pulled down in May.')
  })

  test('LOOP-10 another date is asked for with a reason, and only somebody else who leads agrees', async () => {
    const action = await anAction(network, { owner })
    const form = await owner.reads(`${action.path}/another-date`)
    const wrong = await form
      .fill('Day', '31')
      .fill('Month', '2')
      .fill('Year', '2027')
      .press('Ask for this date')
    expect(wrong.status).toBe(422)
    expect(wrong.errors).toEqual(['The date must be a real date', 'Say why it needs more time'])
    expect(wrong.valueOf('Day')).toBe('31')
    const past = await wrong
      .fill('Day', '1')
      .fill('Month', '2')
      .fill('Year', '2026')
      .fill('Why does it need more time?', 'The printer is slow.')
      .press('Ask for this date')
    expect(past.errors).toEqual(['The new date must be today or later'])
    await past.fill('Day', '31').fill('Month', '7').fill('Year', '2026').press('Ask for this date')
    expect(await action.state()).toBe('asked-for-another-date')
    expect((await network.boardChair.wasTold()).at(-1)!.body).toContain('The printer is slow.')
    expect((await owner.opens(`${action.path}/answer-date`)).status).toBe(404)
    const answer = await (await network.boardChair.reads(action.path)).follow('Answer this')
    const none = await answer.press('Send the answer')
    expect(none.errors).toEqual(['Choose whether the new date will do'])
    const no = await none.choose('No, the date has to stay').press('Send the answer')
    expect(no.errors).toEqual(['Say why the date has to stay'])
    const yes = await no.choose('Yes, the new date will do').press('Send the answer')
    expect(yes.text).toContain('31 July 2026')
    expect(await action.state()).toBe('open')
    expect((await owner.wasTold()).at(-1)!.subject).toContain('has a new date, 31 July 2026')
  })

  test('LOOP-10 the chair hands it on to a person outside the group, and moves a date with a reason', async () => {
    const next = await network.aPerson({
      name: 'Nia Next',
      memberships: [{ group: 'paediatric', role: 'member' }],
    })
    const action = await anAction(network, { owner })
    const none = await (await network.boardChair.reads(`${action.path}/reassign`)).press('Hand it on')
    expect(none.errors).toEqual(['Choose who does it now', 'Say why somebody else does it'])
    await none.fill('Who does it now?', 'Nia Next').fill('Why?', 'She knows the printer.').press('Hand it on')
    expect((await next.wasTold()).at(-1)!.subject).toContain('is now yours to do')
    expect((await owner.wasTold()).at(-1)!.subject).toContain('was handed on')
    await next.reads(action.path)
    expect((await owner.opens(action.path)).status).toBe(404)
    const moved = await (await network.boardChair.reads(`${action.path}/defer`))
      .fill('Day', '1')
      .fill('Month', 'September')
      .fill('Year', '2026')
      .fill('Why does the date move?', 'It waits for money.')
      .press('Set this date')
    expect(moved.text).toContain('It waits for money.')
    expect((await next.wasTold()).at(-1)!.subject).toContain('1 September 2026')
  })

  test('LOOP-10 an id of another network, or of nobody, is not an owner', async () => {
    const action = await anAction(network, { owner })
    const form = await network.boardChair.reads(`${action.path}/reassign`)
    for (const id of [network.stranger.id, 999_999, network.administrator.id, network.applicant.id]) {
      const { to, body } = form.fill('Why?', 'because').wouldSend('Hand it on')
      body.set('owner', String(id))
      body.set('_key', `key-for-a-wrong-owner-${id}`)
      const seen = await network.boardChair.posts(to, body)
      expect(seen.status).toBe(422)
      expect(seen.errors).toEqual(['Choose a person of this network'])
    }
  })

  test('LOOP-10 the team writes down what an owner without a computer told them, and it says so', async () => {
    const caller = await network.aPerson({
      name: 'Cal Caller',
      channel: 'phone',
      signsIn: false,
      memberships: [{ group: 'board', role: 'member' }],
    })
    const action = await anAction(network, { owner: caller })
    const done = await (
      await (await network.coordinator.reads(action.path)).follow('Cal Caller told us it is done')
    )
      .fill('What changed?', 'The sign is up.')
      .fill('In words', 'It hangs by the door.')
      .press('It is done')
    expect(done.text).toContain('Done, as the owner told the team')
    expect((await caller.wasTold()).at(-1)).toMatchObject({ channel: 'phone', kind: 'action-done' })
  })

  test('LOOP-10 strangers find nothing: another network, a visitor, another group, an applicant', async () => {
    const action = await anAction(network, { owner })
    const absent = await network.stranger.opens(`/${network.slug}/actions/A-999999`)
    for (const path of ['', '/done', '/drop', '/another-date', '/answer-date', '/defer', '/reassign']) {
      for (const person of [
        network.stranger,
        network.visitor,
        network.sigMember,
        network.applicant,
        network.administrator,
      ]) {
        expect((await person.opens(action.path + path)).status).toBe(404)
      }
    }
    expect((await network.stranger.opens(action.path)).html).toBe(absent.html)
    for (const path of ['/done', '/drop', '/another-date', '/defer', '/reassign', '/answer-date']) {
      const posted = await network.sigMember.posts(action.path + path, {
        _token: '',
        changed: 'x',
        evidence: 'x',
        because: 'x',
        answer: 'yes',
        owner: '1',
        'on-day': '1',
        'on-month': '9',
        'on-year': '2026',
      })
      expect([403, 404]).toContain(posted.status)
    }
    expect(await action.state()).toBe('open')
    // A volunteer of its group reads all that the group sees, and changes nothing.
    await network.secondVolunteer.reads(action.path)
    expect((await network.secondVolunteer.opens(`${action.path}/done`)).status).toBe(404)
  })

  test('LOOP-23 a second click changes nothing twice, and a stale form gets its words back', async () => {
    const action = await anAction(network, { owner })
    const stale = await owner.reads(`${action.path}/drop`)
    const form = (await owner.reads(`${action.path}/done`))
      .fill('What changed?', 'All')
      .fill('In words', 'See')
    const { to, body } = form.wouldSend('It is done')
    const [one, two] = await Promise.all([owner.posts(to, body), owner.posts(to, body)])
    expect([one.status, two.status]).toEqual([200, 200])
    const history = await network.inNetwork(tx =>
      tx
        .selectFrom('history')
        .select('event')
        .where('thing_kind', '=', 'action')
        .where('event', '=', 'done')
        .where('thing_id', '=', tx.selectFrom('action').select('id').where('number', '=', action.number))
        .execute(),
    )
    expect(history).toHaveLength(1)
    const late = await stale.fill('Why can it not be done?', 'I changed my mind').press('Drop this action')
    expect(late.status).toBe(422)
    expect(late.errors[0]).toContain('Something happened here while you were writing')
    expect(late.valueOf('Why can it not be done?')).toBe('I changed my mind')
    expect(await action.state()).toBe('done')
  })

  test('LOOP-23 two people ending it at once: one does, the other hears that it is over', async () => {
    const view = await anAgreedView(network)
    const action = await anAction(network, { owner, view })
    const ended: number[] = []
    const views = { ended: async (_: unknown, id: number) => void ended.push(id) }
    const what = { whatChanged: 'x', evidence: 'y', link: '', files: [] }
    const both = await Promise.all([
      doingAs(network, owner, doing => finishAction(doing, views, action.number, what)),
      doingAs(network, network.coordinator, doing => finishAction(doing, views, action.number, what)),
    ])
    expect(both.filter(each => each.accepted)).toHaveLength(1)
    expect(ended).toEqual([view.id])
  })

  test('LOOP-10 hostile words stay words, and a link is only a web address', async () => {
    const action = await anAction(network, {
      owner,
      what: `<script>alert('x')</script>'; drop table action; --`,
    })
    const page = await owner.reads(`${action.path}/done`)
    expect(page.html).not.toContain('<script>')
    const long = 'x'.repeat(10_000)
    const wrong = await page
      .fill('What changed?', long)
      .fill('A web address', 'javascript:alert(1)')
      .attach('Files', new File(['MZ not a picture'], 'poster.png', { type: 'image/png' }))
      .press('It is done')
    expect(wrong.status).toBe(422)
    expect(wrong.errors).toHaveLength(3)
    expect(wrong.valueOf('What changed?')).toBe(long)
    const done = await wrong
      .fill('What changed?', '\u202Eشكرا <b>bold</b> 👨‍👩‍👧‍👦 Z͑ͫ̓ͪ̂ͫ')
      .fill('A web address', '')
      .fill('In words', `'; delete from person; --`)
      .press('It is done')
    expect(done.status).toBe(200)
    expect(done.text).toContain('<b>bold</b>')
    expect(await action.state()).toBe('done')
  })
})

describe('LOOP-10 the list of all actions', () => {
  test('LOOP-10 is narrowed by group, owner and lateness, and paged by key', async () => {
    const here = await aNetwork(network.house)
    for (let n = 1; n <= 27; n++) {
      await anAction(here, { owner: here.boardMember, what: `Board thing ${n}`, dueInDays: n })
    }
    await anAction(here, {
      owner: here.sigMember,
      group: 'paediatric',
      what: 'Children’s thing',
      dueInDays: 3,
    })
    const all = await here.coordinator.reads(`/${here.slug}/actions`)
    expect(all.text).toContain('Children’s thing')
    const next = await all.follow('Next')
    expect(next.text).toContain('Board thing 27')
    expect(next.text).not.toContain('Board thing 1 ')
    expect((await next.follow('Previous')).text).toContain('Board thing 1 ')
    const sig = await all.fill('Group', String(here.groups.paediatric)).press('Show')
    expect(sig.text).toContain('Children’s thing')
    expect(sig.text).not.toContain('Board thing')
    const one = await all.fill('Owner', 'Meg Member').press('Show')
    expect(one.text).not.toContain('Board thing')
    const board = await here.volunteer.reads(`/${here.slug}/actions`)
    expect(board.text).not.toContain('Children’s thing')
    expect(board.text).not.toContain('Meg Member')
    expect((await all.fill('Which', 'Late').press('Show')).text).toContain('Nothing is late here')
    here.house.clock.daysOn(2)
    await here.coordinator.signsIn()
    const late = await (await here.coordinator.reads(`/${here.slug}/actions`))
      .fill('Which', 'Late')
      .press('Show')
    expect(late.text).toContain('1 working day late')
    expect(late.text).not.toContain('Board thing 2 ')
    here.house.clock.daysOn(-2)
    await here.coordinator.signsIn()
    expect((await here.stranger.opens(`/${here.slug}/actions`)).status).toBe(404)
    expect((await here.visitor.opens(`/${here.slug}/actions`)).status).toBe(404)
    expect(
      (await here.coordinator.reads(`/${here.slug}/actions?after=2026-99-99_1&group=x&owner='`)).status,
    ).toBe(200)
  })

  test('LOOP-10 what a list shows and what a page shows follow one rule', async () => {
    const here = await aNetwork(network.house)
    const view = await anAgreedView(here)
    const made = [
      await anAction(here, { owner: here.boardMember, view }),
      await anAction(here, { owner: here.sigMember, group: 'paediatric' }),
      await anAction(here, { owner: here.boardMember, group: 'paediatric' }),
      await anAction(here, { owner: here.trustContact, group: 'mri' }),
    ]
    const people = [
      here.volunteer,
      here.secondVolunteer,
      here.coordinator,
      here.sigChair,
      here.sigMember,
      here.boardMember,
      here.trustContact,
      here.administrator,
      here.applicant,
    ]
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...people), async person => {
        await here.house.database.enter(
          { slug: here.slug, accountId: person.accountId, today: here.house.clock.today() },
          async (tx, entry) => {
            const actor = actorOf(entry!)!
            const doing = doingOf(here.house.house, tx, entry!, actor)
            const list = await listActions(
              tx,
              actor,
              { show: 'open', groupId: undefined, ownerId: undefined },
              doing.today,
            )
            const wanted = []
            for (const each of made) {
              const loaded = await loadAction(doing, each.number, { forChange: false })
              if (mayRead.holds(actor, loaded!)) wanted.push(each.number)
            }
            expect(list.rows.map(row => row.number).sort()).toEqual(wanted.sort())
          },
        )
      }),
      { numRuns: people.length * 2 },
    )
  })

  test('LOOP-10 pages ask the database little', async () => {
    const action = await anAction(network, { owner, view: await anAgreedView(network) })
    for (const path of [action.path, `/${network.slug}/actions`]) {
      const before = network.house.database.statements.count
      await owner.reads(path)
      expect(network.house.database.statements.count - before).toBeLessThanOrEqual(6)
    }
  })
})

describe('LOOP-16 an action and the clock', () => {
  test('LOOP-16 the owner is reminded before, the chair after, the portfolio manager later, once each', async () => {
    const here = await aNetwork(network.house)
    const busy = await here.aPerson({ name: 'Bo Busy', memberships: [{ group: 'mri', role: 'member' }] })
    const start = here.house.clock.now().toString()
    const digests = async (person: Someone) =>
      (await person.wasTold()).filter(each => each.kind === 'digest' && each.body.includes('Buy a chair'))
    await anAction(here, { owner: busy, dueInDays: 7, what: 'Buy a chair' })
    await here.house.runDue()
    expect(await digests(busy)).toHaveLength(0)
    here.house.clock.daysOn(6)
    await here.house.runDue()
    await here.house.runDue()
    expect((await digests(busy)).map(each => each.body).join()).toContain('yours to do by 16 June 2026')
    expect(await digests(busy)).toHaveLength(1)
    expect(await digests(here.boardChair)).toHaveLength(0)
    here.house.clock.daysOn(2)
    await here.house.runDue()
    await here.house.runDue()
    expect(await digests(here.boardChair)).toHaveLength(1)
    expect((await digests(here.boardChair))[0]!.body).toContain('It is late')
    expect(await digests(here.portfolioManager)).toHaveLength(0)
    here.house.clock.daysOn(7)
    await here.house.runDue()
    await here.house.runDue()
    expect(await digests(here.portfolioManager)).toHaveLength(1)
    expect(await digests(here.boardChair)).toHaveLength(1)
    here.house.clock.set(start)
  })
})
