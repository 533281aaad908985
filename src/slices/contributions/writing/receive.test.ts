import { expect, test } from 'vitest'
import { aNetwork } from '#tests/network.ts'
import { aContribution } from '../for-tests.ts'
import { loadThread } from '../store.ts'
import { codeInWords } from './receipt.ts'

test('LOOP-3 what was sent has a reference and a receipt at once, by the person’s channel, without their words', async () => {
  const network = await aNetwork()
  const byPhone = await network.aPerson({ name: 'Pam Phone', channel: 'phone' })
  const byText = await network.aPerson({ name: 'Tex Text', channel: 'text' })
  const byPost = await network.aPerson({ name: 'Pia Post', channel: 'post' })
  for (const by of [network.volunteer, byPhone, byText, byPost]) {
    const made = await aContribution(network, { by, words: 'The scanner room is too cold for children.' })
    const [told, ...more] = await by.wasTold()
    expect(more).toEqual([])
    expect(told!.body).toContain(made.reference)
    expect(told!.body).toContain(codeInWords(made.receiptCode))
    expect(told!.body + told!.subject).not.toContain('scanner')
    expect(await made.state()).toBe('received')
  }
})

test('LOOP-3 numbers follow each other, and each network counts for itself', async () => {
  const network = await aNetwork()
  const first = await aContribution(network, { by: network.volunteer })
  const second = await aContribution(network, { by: network.secondVolunteer })
  expect(second.number).toBe(first.number + 1)
  const loaded = await network.inNetwork(tx => loadThread(tx, first.reference, { forChange: false }))
  expect(loaded!.contributors).toMatchObject([{ personId: network.volunteer.id, isFirst: true }])
  // Two working days from Tuesday 9 June.
  expect(loaded!.thread.it).toMatchObject({ state: 'received' })
  expect(loaded!.row.due_on?.toString()).toBe('2026-06-11')
})
