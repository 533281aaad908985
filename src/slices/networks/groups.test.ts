import { Temporal } from 'temporal-polyfill'
import { beforeAll, expect, test } from 'vitest'
import { aNetwork, type TestNetwork } from '#tests/network.ts'

let it: TestNetwork

beforeAll(async () => {
  it = await aNetwork()
})

const at = (rest = '') => `/${it.slug}/groups/board${rest}`

test('BOARD-1 the chair says how the group works: terms, how often, quorum, papers, equal votes; everybody reads it', async () => {
  const page = await it.boardChair.reads(at())
  const form = await page.follow('Change how it works')
  const wrong = await form
    .fill('How many weeks lie between two meetings? (optional)', '0')
    .fill('Within how many months is there a meeting in person? (optional)', 'yearly')
    .fill('How many members with a vote must be there to decide? (optional)', '-3')
    .fill('How many working days before a meeting do papers come? (optional)', '99')
    .press('Save')
  expect(wrong.status).toBe(422)
  expect(wrong.errors).toEqual([
    'The weeks must be a number from 1 to 104',
    'The months must be a number from 1 to 60',
    'The members with a vote must be a number from 1 to 200',
    'The working days must be a number from 1 to 60',
  ])
  expect(wrong.valueOf('Within how many months is there a meeting in person? (optional)')).toBe('yearly')
  const tooMany = await wrong
    .fill('What is it for, and what may it decide? (optional)', 'It decides what the network does.')
    .fill('How many weeks lie between two meetings? (optional)', '9')
    .fill('Within how many months is there a meeting in person? (optional)', '12')
    .fill('How many members with a vote must be there to decide? (optional)', '3')
    .fill('How many of them must be members of the public? (optional)', '4')
    .fill('How many working days before a meeting do papers come? (optional)', '6')
    .choose('The chair’s vote decides')
    .press('Save')
  expect(tooMany.errors).toEqual(['There cannot be more members of the public than members with a vote'])
  const done = await tooMany
    .fill('How many of them must be members of the public? (optional)', '1')
    .press('Save')
  for (const seen of [done, await it.visitor.reads(at())]) {
    expect(seen.text).toContain('It decides what the network does.')
    expect(seen.text).toContain('It meets about every 9 weeks, and in person at least once a year.')
    expect(seen.text).toContain('3 members with a vote, 1 of them members of the public')
    expect(seen.text).toContain('6 working days before a meeting')
    expect(seen.text).toContain('The chair’s vote decides')
  }
  // What was changed stays readable, with who did it.
  const again = await it.coordinator.reads(at('/rules'))
  expect(again.text).toContain('Weeks between meetings: not said, now 9')
  expect(again.text).toContain('Bea Chair')
})

test('BOARD-1 the page warns its people, and nobody else, when meetings are to be planned', async () => {
  await it.inNetwork(tx =>
    tx.updateTable('network_group').set({ cadence_weeks: 6 }).where('id', '=', it.groups.mri).execute(),
  )
  const mri = `/${it.slug}/groups/mri`
  expect((await it.coordinator.reads(mri)).text).toContain('The next meeting is not planned yet.')
  expect((await it.coordinator.reads(mri)).hasLink('Plan a meeting')).toBe(true)
  expect((await it.volunteer.reads(mri)).hasLink('Plan a meeting')).toBe(false)
  expect((await it.visitor.reads(mri)).text).not.toContain('not planned yet. ')
  expect((await it.coordinator.reads(`/${it.slug}/home`)).text).toContain('Plan the next meeting of MRI SIG')
  const planning = await (await it.coordinator.reads(mri)).follow('Plan a meeting')
  expect(planning.valueOf('Who meets?')).toBe('MRI Special Interest Group')
})

test('BOARD-1 only a meeting in person ends the warning that twelve months pass without one; a cancelled one does not', async () => {
  const group = { network_id: it.id, group_id: it.groups.paediatric }
  const now = it.house.clock.now()
  const on = (days: number) => now.add({ hours: 24 * days })
  await it.inNetwork(async tx => {
    await tx
      .updateTable('network_group')
      .set({ in_person_months: 12 })
      .where('id', '=', it.groups.paediatric)
      .execute()
    await tx
      .insertInto('meeting')
      .values([
        {
          ...group,
          number: 501,
          title: 'Long ago',
          starts_at: on(-400),
          kind: 'in-person',
          state: 'published',
        },
        { ...group, number: 502, title: 'Online', starts_at: on(-30), kind: 'online', state: 'published' },
        { ...group, number: 503, title: 'Off', starts_at: on(-20), kind: 'in-person', state: 'cancelled' },
      ])
      .execute()
  })
  const page = async () => (await it.sigMember.reads(`/${it.slug}/groups/paediatric`)).text
  expect(await page()).toContain('12 months have passed without one')
  const kind = (to: 'in-person' | 'online') =>
    it.inNetwork(tx => tx.updateTable('meeting').set({ kind: to }).where('number', '=', 502).execute())
  await kind('in-person')
  expect(await page()).not.toContain('12 months have passed without one')
})

test('BOARD-1 who was a member when stands there for the group and the team: those who left too', async () => {
  const left = await it.aPerson({
    name: 'Lee Left',
    memberships: [{ group: 'board', role: 'member', voting: true }],
  })
  await it.inNetwork(tx =>
    tx
      .updateTable('membership')
      .set({ to_on: Temporal.PlainDate.from('2026-03-31') })
      .where('person_id', '=', left.id)
      .execute(),
  )
  const page = await (await it.volunteer.reads(at())).follow('Who was in it when')
  expect(page.text).toContain('Lee Left')
  expect(page.text).toContain('31 March 2026')
  expect(page.text).toContain('Still in it')
  expect((await it.volunteer.reads(at())).text).not.toContain('Lee Left')
  await it.director.reads(at('/people'))
  for (const junk of ['?before=x', '?before=2026-99-99_1', '?before=2026-01-01_1']) {
    await it.volunteer.reads(at(`/people${junk}`))
  }
  for (const person of [it.visitor, it.stranger, it.sigMember, it.administrator, it.applicant]) {
    expect((await person.opens(at('/people'))).status).toBe(404)
    expect((await person.opens(at('/rules'))).status).toBe(404)
  }
  for (const person of [it.volunteer, it.boardMember, it.sigChair]) {
    expect((await person.opens(at('/rules'))).status).toBe(404)
  }
})
