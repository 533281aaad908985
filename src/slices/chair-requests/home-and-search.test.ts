import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { doingOf } from '#platform/doing.ts'
import { actorOf } from '#platform/http/corridor.tsx'
import { aNetwork, type TestNetwork } from '#tests/network.ts'
import { mayRead } from './access.ts'
import { aRequest, doingAs } from './for-tests.ts'
import { acknowledgeRequest, answerRequest, askAskerBack, consentToLibrary, judgeAnswer } from './index.ts'
import { listRequests } from './queries.ts'
import { loadRequest } from './store.ts'

let network: TestNetwork
beforeAll(async () => {
  network = await aNetwork()
})

test('LOOP-19 a request stands on the homes of who acts next and of who waits', async () => {
  const { slug } = network
  const home = `/${slug}/home`
  await network.volunteer.reads(home)
  const request = await aRequest(network, { what: 'How many scanners are there?' })
  expect((await network.sigChair.reads(home)).text).toContain('How many scanners are there?')
  expect((await network.sigDeputy.reads(home)).text).toContain('With the other one who leads')
  expect((await network.volunteer.reads(home)).text).toContain(request.reference)
  expect((await network.secondVolunteer.reads(home)).text).not.toContain(request.reference)
  await doingAs(network, network.sigChair, doing => acknowledgeRequest(doing, request.number))
  await doingAs(network, network.sigChair, doing => askAskerBack(doing, request.number, 'Where?'))
  expect((await network.volunteer.reads(home)).text).toContain('They ask you something')
  const answer = { words: 'Eleven', files: [], forLibrary: false }
  await doingAs(network, network.sigChair, doing => answerRequest(doing, request.number, answer))
  expect((await network.volunteer.reads(home)).text).toContain('Does this answer it?')
})

test('LOOP-21 a search finds requests by reference, words, near words and answers, for those who may see them', async () => {
  const { slug } = network
  const request = await aRequest(network, { what: 'Why is gadolinium used?', why: 'For a leaflet.' })
  const answer = { words: 'It brightens the vessels.', files: [], forLibrary: true }
  const search = (words: string) => `/${slug}/search?q=${encodeURIComponent(words)}`
  const found = async (person: typeof network.volunteer, words: string) =>
    (await person.reads(search(words))).text
  expect(await found(network.volunteer, request.reference)).toContain('gadolinium')
  expect(await found(network.sigMember, 'gadolinum')).toContain('Why is gadolinium used?')
  await doingAs(network, network.sigChair, doing => answerRequest(doing, request.number, answer))
  expect(await found(network.volunteer, 'vessels')).toContain(request.reference)
  expect(await found(network.boardMember, 'gadolinium')).not.toContain('Why is gadolinium used?')
  await doingAs(network, network.volunteer, doing =>
    judgeAnswer(doing, request.number, { verdict: 'yes', words: '', how: 'web', forLibrary: true }),
  )
  const open = await found(network.boardMember, 'vessels')
  expect(open).toContain('Why is gadolinium used?')
  expect(open).not.toContain(request.reference)
  const loaded = await doingAs(network, network.volunteer, doing =>
    loadRequest(doing, request.number, { forChange: false }),
  )
  await doingAs(network, network.volunteer, doing =>
    consentToLibrary(doing, request.number, {
      answerId: loaded!.answers[0]!.id,
      side: 'asker',
      consents: false,
    }),
  )
  expect(await found(network.boardMember, 'vessels')).not.toContain('Why is gadolinium used?')
  for (const words of ["%'; drop table x --", '_', '"unclosed', '\\']) await found(network.volunteer, words)
})

test('LOOP-17 what a list shows and what a page shows follow one rule', async () => {
  const here = await aNetwork(network.house)
  const made = [
    await aRequest(here),
    await aRequest(here, { by: here.secondVolunteer, groupId: here.groups.board }),
    await aRequest(here, { by: here.trustContact, groupId: here.groups.mri }),
  ]
  const people = [
    here.volunteer,
    here.secondVolunteer,
    here.coordinator,
    here.sigMember,
    here.boardMember,
    here.trustContact,
    here.administrator,
    here.applicant,
  ]
  const door = (accountId: string | undefined) => ({
    slug: here.slug,
    accountId,
    today: here.house.clock.today(),
  })
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...people), async person => {
      await here.house.database.enter(door(person.accountId), async (tx, entry) => {
        const actor = actorOf(entry!)!
        const doing = doingOf(here.house.house, tx, entry!, actor)
        const wish = { show: 'open', groupId: undefined, before: undefined, after: undefined } as const
        const list = await listRequests(tx, actor, wish, doing.today)
        const wanted: number[] = []
        for (const each of made) {
          const loaded = await loadRequest(doing, each.number, { forChange: false })
          if (mayRead.holds(actor, loaded!)) wanted.push(each.number)
        }
        expect(list.rows.map(row => row.number).sort()).toEqual(wanted.sort())
      })
    }),
    { numRuns: 16 },
  )
})
