import { beforeAll, describe, expect, test } from 'vitest'
import { aNetwork, type TestNetwork } from '#tests/network.ts'
import { aMeeting } from './for-tests.ts'

let network: TestNetwork

beforeAll(async () => {
  network = await aNetwork()
})

describe('BOARD-4 the meeting and its agenda', () => {
  test('BOARD-4 the page says when, where, what is next, and each item with its clock time', async () => {
    const meeting = await aMeeting(network)
    const page = await network.volunteer.reads(meeting.path)
    expect(page.h1).toBe('Operational Board, the next one')
    expect(page.text).toContain('Wednesday 24 June 2026, 10am to midday')
    expect(page.text).toContain('The papers are due by 17 June 2026')
    expect(page.text).toContain('The link to join is here from 23 June 2026')
    expect(page.text).toContain('10:10am 3. Minutes of last time')
    expect(page.text).toContain('10:25am 5. Volunteers’ time')
    expect(page.text).toContain('These items take 45 minutes.')
    expect((await page.follow('See what the group has still to do')).status).toBe(200)
    const item = await page.follow('Volunteers’ time')
    expect(item.h1).toBe('Volunteers’ time')
    for (const path of [meeting.path, item.path]) {
      expect((await network.stranger.opens(path)).status).toBe(404)
      expect((await network.visitor.opens(path)).status).toBe(404)
      expect((await network.sigMember.opens(path)).status).toBe(404)
      expect((await network.administrator.opens(path)).status).toBe(404)
    }
  })
})
