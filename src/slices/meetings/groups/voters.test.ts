import { Temporal } from 'temporal-polyfill'
import { beforeAll, expect, test } from 'vitest'
import { aNetwork, type TestNetwork } from '#tests/network.ts'
import { votersOn } from '../index.ts'

let network: TestNetwork
beforeAll(async () => {
  network = await aNetwork()
})

const day = (text: string) => Temporal.PlainDate.from(text)
const namesOn = async (text: string) =>
  (await network.inNetwork(tx => votersOn(tx, network.groups.board, day(text)))).map(each => each.name)

test('BOARD-1 who has a vote is asked of the memberships of that day: the last day counts, the next does not', async () => {
  const now = network.house.clock.today().toString()
  expect(await namesOn(now)).toEqual(['Bea Chair', 'Mo Member', 'Sam Second', 'Vera Volunteer'])
  await network.inNetwork(tx =>
    tx
      .updateTable('membership')
      .set({ to_on: day('2026-03-31') })
      .where('person_id', '=', network.boardMember.id)
      .execute(),
  )
  expect(await namesOn('2026-03-31')).toContain('Mo Member')
  expect(await namesOn('2026-04-01')).not.toContain('Mo Member')
  // Before anybody came.
  expect(await namesOn('2024-12-31')).toEqual([])
})

test('BOARD-1 two memberships of one person are one vote, and lay only if both are', async () => {
  const twice = await network.aPerson({
    name: 'Una Twice',
    memberships: [
      { group: 'board', role: 'member', voting: true },
      { group: 'board', role: 'volunteer', voting: true, lay: true },
      { group: 'mri', role: 'member', voting: true },
    ],
  })
  await network.aPerson({ name: 'No Vote', memberships: [{ group: 'board', role: 'member' }] })
  const voters = await network.inNetwork(tx =>
    votersOn(tx, network.groups.board, network.house.clock.today()),
  )
  expect(voters.filter(each => each.personId === twice.id)).toEqual([
    { personId: twice.id, name: 'Una Twice', lay: false },
  ])
  expect(voters.map(each => each.name)).not.toContain('No Vote')
  expect(voters.find(each => each.name === 'Vera Volunteer')?.lay).toBe(true)
})
