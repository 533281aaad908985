import { beforeAll, expect, test } from 'vitest'
import { aPublishedContribution } from '#slices/you-said-we-did/for-tests.ts'
import { aNetwork, type TestNetwork } from '#tests/network.ts'
import { aContribution } from '../for-tests.ts'
import { codeInWords } from './receipt.ts'

let network: TestNetwork
beforeAll(async () => {
  network = await aNetwork()
})
const toGroup = (id: number, group: number) =>
  network.inNetwork(tx =>
    tx.updateTable('contribution').set({ group_id: group }).where('id', '=', id).execute(),
  )

test('LOOP-4 while writing, what was raised before is found, with credit, and can be joined', async () => {
  const { volunteer, secondVolunteer, slug, groups } = network
  const start = `/${slug}/contributions/new`
  const near = await aContribution(network, {
    by: volunteer,
    words: 'The hearing loop at the reception desk never works.',
    naming: 'first-name',
  })
  await toGroup(near.id, groups.board)
  const hidden = await aContribution(network, {
    by: network.sigMember,
    words: 'The hearing loop at the reception desk is a secret of the SIG.',
  })
  await toGroup(hidden.id, groups.paediatric)
  let at = await (await secondVolunteer.reads(`${start}/kind`)).choose('An idea').press('Carry on')
  at = await at
    .fill('In your own words', 'The hearing loop does not work at the reception.')
    .press('Carry on')
  expect(at.h1).toBe('Has this been raised before?')
  expect(at.text).toContain(near.reference)
  expect(at.text).toContain('First raised by Vera on 9 June 2026')
  expect(at.text).not.toContain('Volunteer on')
  expect(at.text).not.toContain('secret of the SIG')
  at = await at.follow('Join this one')
  expect(at.valueOf('What you want to add')).toBe('The hearing loop does not work at the reception.')
  const form = at.choose('Without my name')
  const { to, body } = form.wouldSend('Join')
  const [one, two] = await Promise.all([secondVolunteer.posts(to, body), secondVolunteer.posts(to, body)])
  expect([one.h1, two.h1]).toEqual(['You joined this', 'You joined this'])
  expect((await secondVolunteer.wasTold()).map(each => each.kind)).toEqual(['received'])
  expect((await secondVolunteer.wasTold())[0]!.body).toContain(codeInWords(near.receiptCode))
  // The draft is used up, and the one who joined is anonymous to the group.
  expect((await secondVolunteer.reads(`${start}/words`)).valueOf('In your own words')).toBe('')
  const seen = await network.boardMember.reads(near.path)
  expect(seen.text).toContain('The hearing loop does not work at the reception.')
  expect(seen.text).not.toContain('Sam')
  expect((await secondVolunteer.reads(near.step('join'))).text).toContain('You are in this one already')
  for (const other of [network.stranger, network.visitor, network.sigMember, network.administrator]) {
    expect((await other.opens(near.step('join'))).status).toBe(404)
  }
})

test('LOOP-4 a title that is spelled otherwise is found too, and what is not like it is not', async () => {
  const { volunteer, boardMember, slug, groups } = network
  const near = await aContribution(network, { by: volunteer, words: 'Apointment leters come to late' })
  await toGroup(near.id, groups.board)
  const far = await aContribution(network, { by: volunteer, words: 'Fish tank in the corridor' })
  await toGroup(far.id, groups.board)
  let at = await (await boardMember.reads(`/${slug}/contributions/new/kind`))
    .choose('An idea')
    .press('Carry on')
  at = await at.fill('In your own words', 'Appointment letters come too late').press('Carry on')
  expect(at.text).toContain(near.reference)
  expect(at.text).not.toContain('Fish tank')
})

test('LOOP-4 what another network published is found too, and only what it published', async () => {
  const elsewhere = await aNetwork(network.house)
  await aPublishedContribution(elsewhere, {
    by: elsewhere.volunteer,
    words: 'Private words about ultrasound gel.',
    text: {
      title: 'Warm gel for ultrasound',
      youSaid: 'The ultrasound gel is cold.',
      weDid: 'The gel is warmed in each room.',
    },
  })
  const { sigDeputy, slug } = network
  let at = await (await sigDeputy.reads(`/${slug}/contributions/new/kind`))
    .choose('An idea')
    .press('Carry on')
  at = await at.fill('In your own words', 'Please use warm gel for the ultrasound.').press('Carry on')
  expect(at.text).toContain('What came of something like it')
  expect(at.text).toContain('The gel is warmed in each room.')
  expect(at.html).not.toContain('Private words')
})

test('LOOP-4 what has its answer cannot be joined', async () => {
  const made = await aContribution(network, { by: network.volunteer, words: 'Answered already.' })
  await toGroup(made.id, network.groups.board)
  const at = await network.boardMember.reads(made.step('join'))
  await network.house.owner.query(
    "update contribution set state = 'closed', state_data = '{}' where id = $1",
    [made.id],
  )
  const late = await at.choose('With my name').press('Join')
  expect([late.status, late.errors.join()]).toEqual([422, expect.stringContaining('has its answer already')])
})

test('LOOP-3 anyone checks a receipt without signing in, and learns the day and nothing else', async () => {
  const { visitor, slug, volunteer } = network
  const made = await aContribution(network, { by: volunteer, words: 'The unmistakable gravy.' })
  const other = await aContribution(network, { by: volunteer })
  const check = async (reference: string, code: string) =>
    await (await visitor.reads(`/${slug}/receipt`))
      .fill('Reference', reference)
      .fill('Receipt code', code)
      .press('Check')
  const right = await check(made.reference.toLowerCase(), ` ${codeInWords(made.receiptCode).toLowerCase()} `)
  expect(right.text).toContain(`received ${made.reference} on 9 June 2026`)
  expect(right.html).not.toContain('gravy')
  expect(right.html).not.toContain('Vera')
  const sentences = []
  for (const [reference, code] of [
    [other.reference, made.receiptCode],
    [made.reference, 'AAAAAAAAAA'],
    ['C-999999', made.receiptCode],
    ['nonsense', '<script>'],
  ] as const) {
    const wrong = await check(reference, code)
    expect(wrong.status).toBe(422)
    sentences.push(wrong.errors.join())
  }
  expect(new Set(sentences).size).toBe(1)
  const elsewhere = await (await visitor.reads(`/${network.otherSlug}/receipt`))
    .fill('Reference', made.reference)
    .fill('Receipt code', made.receiptCode)
    .press('Check')
  expect(elsewhere.status).toBe(422)
  let last = 0
  for (let n = 0; n < 20; n++) last = (await check('C-1', 'AAAAAAAAAA')).status
  expect(last).toBe(429)
})
