import { beforeAll, expect, test } from 'vitest'
import { aMeetingWith, ends } from '#slices/minutes/for-tests.ts'
import { aNetwork, type TestNetwork } from '#tests/network.ts'

let network: TestNetwork

beforeAll(async () => {
  network = await aNetwork()
})

test('PEOPLE-5 R14 after a meeting whoever was there and needs something is asked once whether it was there, and only the team counts it', async () => {
  const { volunteer, secondVolunteer, boardChair, coordinator, slug } = network
  await (await volunteer.reads(`/${slug}/account/needs/support`)).choose('Hearing loop').press('Save')
  const meeting = await aMeetingWith(network, { there: [volunteer, secondVolunteer, boardChair] })
  await ends(network, meeting)
  await network.house.runDue()
  await network.house.runDue()
  const question = 'could you take part as you need to?'
  const asked = (await volunteer.wasTold()).filter(each => each.body.includes(question))
  expect(asked).toHaveLength(1)
  // It does not say what the need is (R42), and nobody else is asked.
  expect(asked[0]!.body).not.toMatch(/hearing/i)
  for (const person of [secondVolunteer, boardChair])
    expect((await person.wasTold()).some(each => each.body.includes(question))).toBe(false)
  const path = meeting.step('needs-met')
  const form = await volunteer.reads(path)
  expect(form.h1).toBe('Was what you need there?')
  expect((await form.press('Send my answer')).errors).toEqual(['Choose whether what you need was there'])
  const sent = await form.choose('Partly').fill('What was missing?', 'It was not on.').press('Send my answer')
  expect(sent.text).toContain('You have answered. Thank you')
  expect((await volunteer.reads(path)).valueOf('Partly')).toBe('chosen')
  // One answer alone is nobody's business, not even in the report.
  const report = await coordinator.reads(`/${slug}/team/needs/report`)
  expect(report.text).toContain('Yes 0 Partly Not shown No 0')
  for (const who of [network.stranger, network.visitor, network.sigMember, network.administrator])
    expect((await who.opens(path)).status).toBe(404)
})
