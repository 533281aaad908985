import { beforeAll, expect, test } from 'vitest'
import { aNetwork, type TestNetwork } from '#tests/network.ts'
import { anAction, doingAs } from './for-tests.ts'
import { answerDateWish, askForAnotherDate, reassignAction } from './index.ts'

let network: TestNetwork
beforeAll(async () => {
  network = await aNetwork()
})

test('LOOP-19 an action stands on the homes of its owner and of who decides about its date', async () => {
  const home = `/${network.slug}/home`
  const owner = network.trustContact
  await owner.reads(home)
  const action = await anAction(network, { owner, what: 'Order new chairs' })
  expect((await owner.reads(home)).text).toContain('Order new chairs')
  expect((await network.boardMember.reads(home)).text).not.toContain('Order new chairs')
  await doingAs(network, owner, doing =>
    askForAnotherDate(doing, action.number, {
      on: doing.today.add({ days: 60 }),
      because: 'The shop is shut',
    }),
  )
  expect((await network.boardChair.reads(home)).text).toContain('Another date is wished for')
  expect((await owner.reads(home)).text).toContain('the chair or the deputy answers')
  await doingAs(network, network.boardChair, doing =>
    answerDateWish(doing, action.number, { agreed: true, because: '' }),
  )
  await doingAs(network, network.boardChair, doing =>
    reassignAction(doing, action.number, { personId: network.boardMember.id, because: 'She has time' }),
  )
  expect((await network.boardMember.reads(home)).text).toContain('Order new chairs')
})

test('LOOP-21 a search finds actions by reference, words, near words and owner, for those who may see them', async () => {
  const action = await anAction(network, { owner: network.trustContact, what: 'Translate the questionnaire' })
  const found = async (person: typeof network.volunteer, words: string) =>
    (await person.reads(`/${network.slug}/search?q=${encodeURIComponent(words)}`)).text
  for (const words of [`A-${action.number}`, 'translating', 'questionaire', 'Tina Trust']) {
    expect(await found(network.volunteer, words), words).toContain('Translate the questionnaire')
    expect(await found(network.sigMember, words), words).not.toContain('Translate the questionnaire')
  }
  for (const words of ["%'; drop table x --", '_', '"unclosed', '\\']) await found(network.volunteer, words)
})
