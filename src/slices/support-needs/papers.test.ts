import { beforeAll, expect, test } from 'vitest'
import { aMeeting, aPaper } from '#slices/papers/for-tests.ts'
import { aNetwork, type TestNetwork } from '#tests/network.ts'

let network: TestNetwork

beforeAll(async () => {
  network = await aNetwork()
})

test('PEOPLE-5 R13 papers do not go out past somebody’s need without a word: the sender sees it, and a reason is for the person to read', async () => {
  const { secondVolunteer: sam, boardChair, coordinator, slug } = network
  await (await sam.reads(`/${slug}/account/needs/format`)).choose('Audio').press('Save')
  const meeting = await aMeeting(network)
  await aPaper(network, { meeting, out: false })
  const path = `/${slug}/meetings/${meeting.reference}/send-papers-out`
  const form = await boardChair.reads(path)
  expect(form.text).toContain('1 person needs these papers in another form')
  // The chair reads that somebody does, and not who: it was not shared.
  expect(form.text).not.toContain('Audio')
  expect(form.text).not.toContain('Sam')
  const button = 'Send out 1 paper'
  expect((await form.press(button)).errors).toEqual(['Choose whether it comes in the form they need'])
  expect((await form.choose('No, not this time').press(button)).errors).toEqual([
    'Say why it does not come in the form they need',
  ])
  await form.choose('No, not this time').fill('If not, why?', 'The recording comes on Monday.').press(button)
  const mine = await sam.reads(`/${slug}/account/needs`)
  expect(mine.text).toContain('Papers for a meeting')
  expect(mine.text).toContain('The recording comes on Monday. (Bea Chair)')
  // Nobody in the room needs it in another form any more: nothing is asked.
  const { to, body } = (await sam.reads(`/${slug}/account/needs/format`)).wouldSend('Save')
  body.delete('options')
  await sam.posts(to, body)
  const next = await aMeeting(network)
  await aPaper(network, { meeting: next, out: false })
  const plain = await coordinator.reads(`/${slug}/meetings/${next.reference}/send-papers-out`)
  expect(plain.text).not.toContain('another form')
  for (const who of [network.stranger, network.visitor, network.boardMember])
    expect((await who.opens(path)).status).toBe(404)
})
