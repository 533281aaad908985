import { expect, test } from 'vitest'
import { aNetwork } from '#tests/network.ts'
import { aMeeting, aPaper, doingAs } from './for-tests.ts'

test('BOARD-8 a reader sees what is left and how long it takes, marks papers as read, and keeps notes', async () => {
  const network = await aNetwork()
  const { volunteer } = network
  const meeting = await aMeeting(network)
  const first = await aPaper(network, { meeting })
  await aPaper(network, { meeting, title: 'Parking' })
  const before = await volunteer.reads(meeting.path)
  expect(before.text).toContain('You have 2 of 2 papers left to read. That takes about 1 minute.')
  expect((await volunteer.reads(`/${network.slug}/home`)).text).toContain(
    'Read 2 papers for Operational Board, July',
  )
  const read = await (await volunteer.reads(first.path)).press('I have read this')
  expect(read.text).toContain('You have read this')
  expect((await volunteer.reads(meeting.path)).text).toContain('You have 1 of 2 papers left to read')
  const noted = await (await read.follow('Write a note'))
    .fill('Your notes', 'Ask about the budget.')
    .press('Keep my notes')
  expect(noted.text).toContain('Ask about the budget.')
  const changed = await (await noted.follow('Change my notes'))
    .fill('Your notes', 'Only this.')
    .press('Keep my notes')
  expect(changed.text).toContain('Only this.')
  expect(changed.text).not.toContain('budget')
  const unread = await changed.press('I have not read this')
  expect(unread.hasButton('I have read this')).toBe(true)
})

test('BOARD-8 marks and notes are for the reader alone: no person, no team query, no audit line, no history shows them', async () => {
  const network = await aNetwork()
  const { volunteer } = network
  const paper = await aPaper(network)
  await (await volunteer.reads(paper.path)).press('I have read this')
  await (await volunteer.reads(`${paper.path}/notes`))
    .fill('Your notes', 'xyzzy secret')
    .press('Keep my notes')
  const everybody = [
    network.secondVolunteer,
    network.coordinator,
    network.portfolioManager,
    network.director,
    network.boardChair,
    network.boardMember,
    network.administrator,
    network.trustContact,
    network.stranger,
  ]
  for (const other of everybody) {
    // With their own session no row exists for them, whatever they ask.
    const found = await doingAs(network, other, async ({ tx }) => ({
      marks: await tx.selectFrom('paper_reading').selectAll().execute(),
      notes: await tx.selectFrom('reading_note').selectAll().execute(),
    }))
    expect(found, other.name).toEqual({ marks: [], notes: [] })
    for (const path of [
      paper.path,
      paper.meeting.path,
      `${paper.path}/notes`,
      `/${network.slug}/search?q=xyzzy`,
      `/${network.slug}/team/messages`,
      `/${network.slug}/home`,
    ]) {
      expect((await other.opens(path)).html.split('xyzzy secret').length, `${other.name} ${path}`).toBe(1)
    }
  }
  // The clock and whoever has no person find none either, and cannot write in another's name.
  const byClock = await doingAs(network, undefined, ({ tx }) =>
    tx.selectFrom('paper_reading').selectAll().execute(),
  )
  expect(byClock).toEqual([])
  await expect(
    doingAs(network, network.coordinator, ({ tx }) =>
      tx
        .insertInto('reading_note')
        .values({
          network_id: network.id,
          person_id: volunteer.id,
          paper_id: paper.id,
          item_id: null,
          words: 'in your name',
          at: network.house.clock.now(),
        })
        .execute(),
    ),
  ).rejects.toThrow(/row-level security/)
  const written = await network.house.owner.query<{ all: string }>(
    `select coalesce((select string_agg(a::text, ' ') from audit a), '') ||
            coalesce((select string_agg(h::text, ' ') from history h), '') ||
            coalesce((select string_agg(m::text, ' ') from message m), '') as all`,
  )
  expect(written.rows[0]!.all).not.toContain('xyzzy')
  expect(written.rows[0]!.all).not.toMatch(/paper-read|notes|I have read/)
})
