import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { aNetwork, type Someone, type TestNetwork } from '#tests/network.ts'
import { aMeetingWith, ends } from '../for-tests.ts'
import { fewest, isShown, type MeetingAnswers, trendOf } from './trend.ts'

let network: TestNetwork

beforeAll(async () => {
  network = await aNetwork()
})

async function answers(person: Someone, path: string, named: boolean, helps = ''): Promise<void> {
  const form = await person.reads(path)
  const { to, body } = form.fill('What would help next time?', helps).wouldSend('Send')
  body.set('took-part', 'yes')
  body.set('was-heard', named ? 'yes' : 'partly')
  body.set('named', named ? 'yes' : 'no')
  expect((await person.posts(to, body)).text).toContain('Thank you')
}

describe('BOARD-23 after the meeting', () => {
  test('BOARD-23 each volunteer who was there is asked once by their channel, answers with a name or without, and the team sees a trend from five on', async () => {
    const start = network.house.clock.now().toString()
    const volunteers: Someone[] = [network.volunteer, network.secondVolunteer]
    for (let n = 0; n < 4; n++) {
      volunteers.push(
        await network.aPerson({
          name: `Lay Person ${n}`,
          channel: n === 0 ? 'phone' : 'email',
          memberships: [{ group: 'board', role: 'volunteer', voting: true, lay: true }],
        }),
      )
    }
    const meeting = await aMeetingWith(network, { there: [...volunteers, network.boardChair] })
    const path = meeting.step('after')
    expect((await network.volunteer.reads(path)).text).toContain('You are asked after the meeting')
    await ends(network, meeting)
    await network.house.runDue()
    await network.house.runDue()
    const asked = (await volunteers[2]!.wasTold()).filter(each => each.kind === 'after-meeting')
    expect(asked).toHaveLength(1)
    expect(asked[0]!).toMatchObject({ channel: 'phone' })
    expect(asked[0]!.body).toContain('Could you take part? Were you heard? What would help next time?')
    expect((await network.boardChair.wasTold()).filter(each => each.kind === 'after-meeting')).toEqual([])
    expect((await network.volunteer.reads(`/${network.slug}/home`)).text).toContain('Three short questions')

    for (const person of [network.stranger, network.visitor, network.boardChair, network.administrator])
      expect((await person.opens(path)).status).toBe(404)
    const empty = await (await network.volunteer.reads(path)).press('Send')
    expect(empty.status).toBe(422)
    expect(empty.errors).toEqual([
      'Choose whether you could take part',
      'Choose whether you were heard',
      'Choose whether your name stands with it',
    ])
    await answers(network.volunteer, path, true, 'A break after an hour.')
    expect((await network.volunteer.reads(path)).text).toContain('Thank you')
    const twice = await network.volunteer.posts(path, empty.wouldSend('Send').body)
    expect(twice.status).toBe(422)
    for (const each of volunteers.slice(2)) await answers(each, path, false, 'Slower, please.')
    // The team writes down what somebody said on the phone, and stores no name when they do not wish it.
    const forOther = await network.coordinator.reads(path)
    const { to, body } = forOther.fill('Whose answers are these?', 'Sam Second').wouldSend('Send')
    body.set('took-part', 'no')
    body.set('was-heard', 'no')
    body.set('named', 'no')
    await network.coordinator.posts(to, body)

    const rows = await network.inNetwork(tx =>
      tx.selectFrom('after_meeting').selectAll().where('meeting_id', '=', meeting.id).execute(),
    )
    expect(rows.filter(each => each.person_id !== null)).toHaveLength(1)
    expect(rows).toHaveLength(6)

    const trendPath = `/${network.slug}/team/after-meetings`
    // While it can still move with one answer, nothing is shown.
    expect((await network.coordinator.reads(trendPath)).text).toContain('There are not enough answers yet')
    network.house.clock.daysOn(16)
    await network.coordinator.signsIn()
    const page = await network.coordinator.reads(trendPath)
    expect(page.text).toContain('A break after an hour.Vera Volunteer')
    expect(page.text).toContain('Slower, please.A volunteer')
    expect(page.text).not.toContain('Lay Person')
    await network.volunteer.signsIn()
    for (const person of [network.volunteer, network.stranger, network.visitor])
      expect((await person.opens(trendPath)).status).toBe(404)
    network.house.clock.set(start)
    for (const person of [network.volunteer, network.coordinator]) await person.signsIn()
  })

  test('BOARD-23 neither order nor time nor transaction joins an answer without a name to a person', async () => {
    const volunteers: Someone[] = []
    for (let n = 0; n < 8; n++) {
      volunteers.push(
        await network.aPerson({
          name: `Quiet Person ${n}`,
          memberships: [{ group: 'board', role: 'volunteer', voting: true, lay: true }],
        }),
      )
    }
    const meeting = await aMeetingWith(network, { there: volunteers })
    await ends(network, meeting)
    const mixed = [5, 2, 7, 0, 3, 6, 1, 4]
    for (const n of mixed) await answers(volunteers[n]!, meeting.step('after'), false, `words of ${n}`)
    await network.inNetwork(async tx => {
      const said = await sql<{ would_help: string; key: string; x: string }>`
        select would_help, key, xmin::text as x from after_meeting where meeting_id = ${meeting.id} order by ctid`.execute(
        tx,
      )
      const marks = await sql<{ person_id: number; x: string }>`
        select person_id, xmin::text as x from after_meeting_answered where meeting_id = ${meeting.id} order by ctid`.execute(
        tx,
      )
      // All rows carry the last transaction.
      expect(new Set([...said.rows, ...marks.rows].map(each => each.x)).size).toBe(1)
      // What lies where in the table does not follow the order in which they came.
      const came = mixed.map(n => `words of ${n}`)
      expect(said.rows.map(each => each.would_help)).not.toEqual(came)
      const columns = await sql<{ name: string }>`select column_name as name from information_schema.columns
        where table_name in ('after_meeting', 'after_meeting_answered')`.execute(tx)
      expect(columns.rows.map(each => each.name).filter(name => /at$|on$|time|seq/.test(name))).toEqual([])
      const history = await tx.selectFrom('history').select('id').where('event', 'like', '%after%').execute()
      expect(history).toEqual([])
    })
  })

  test('BOARD-23 never fewer than five, nor by taking away what stands beside it', () => {
    const counts = fc.record({ yes: fc.nat(9), partly: fc.nat(9), no: fc.nat(9) })
    const meeting = fc
      .record({ number: fc.nat(), tookPart: counts, part: fc.double({ min: 0, max: 1, noNaN: true }) })
      .map(({ number, tookPart, part }): MeetingAnswers => {
        const all = tookPart.yes + tookPart.partly + tookPart.no
        return {
          number,
          title: '',
          answers: all,
          unnamed: Math.floor(all * part),
          tookPart,
          wasHeard: tookPart,
        }
      })
    fc.assert(
      fc.property(fc.array(meeting, { maxLength: 8 }), meetings => {
        const { periods, hidden } = trendOf(meetings)
        for (const each of periods) {
          expect(each.answers).toBeGreaterThanOrEqual(fewest)
          expect(each.unnamed === 0 || each.unnamed >= fewest).toBe(true)
        }
        // Each meeting stands in one period or is hidden: no two numbers overlap.
        const inOne = [...periods.flatMap(each => each.meetings), ...hidden]
        expect(inOne.map(each => each.number)).toEqual(meetings.map(each => each.number))
        for (const each of hidden) expect(Object.keys(each).sort()).toEqual(['number', 'title'])
        // A period does not change when a later meeting comes.
        expect(trendOf(meetings.slice(0, -1)).periods).toEqual(
          periods.slice(0, trendOf(meetings.slice(0, -1)).periods.length),
        )
      }),
    )
    expect(isShown({ answers: 5, unnamed: 1 })).toBe(false)
    expect(isShown({ answers: 5, unnamed: 5 })).toBe(true)
    expect(isShown({ answers: 4, unnamed: 0 })).toBe(false)
  })
})
