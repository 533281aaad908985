import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type QuorumFacts, quorumOf } from './quorum.ts'

const facts: fc.Arbitrary<QuorumFacts> = fc
  .record({
    rule: fc.record({
      quorum_voting: fc.option(fc.integer({ min: 1, max: 8 }), { nil: null }),
      quorum_lay: fc.integer({ min: 0, max: 4 }),
    }),
    lay: fc.array(fc.boolean(), { maxLength: 14 }),
    present: fc.uniqueArray(fc.integer({ min: 1, max: 18 })),
    inConflict: fc.uniqueArray(fc.integer({ min: 1, max: 18 })),
  })
  .map(({ lay, ...rest }) => ({
    ...rest,
    voters: lay.map((isLay, at) => ({ personId: at + 1, lay: isLay })),
  }))

test('BOARD-12 quorum is both numbers, of those who are here and not in conflict', () => {
  fc.assert(
    fc.property(facts, it => {
      const quorum = quorumOf(it)
      const counted = it.voters.filter(
        each => it.present.includes(each.personId) && !it.inConflict.includes(each.personId),
      )
      expect(quorum.voting).toBe(counted.length)
      expect(quorum.lay).toBe(counted.filter(each => each.lay).length)
      expect(quorum.held).toBe(quorum.voting >= quorum.needsVoting && quorum.lay >= quorum.needsLay)
      expect(quorum.words).toMatch(
        quorum.held ? /^(There is a quorum|Nobody has a vote)/ : /^There is no quorum: \d+ more/,
      )
    }),
  )
})

test('BOARD-12 somebody who comes never loses a quorum, somebody who goes or has a conflict never makes one', () => {
  fc.assert(
    fc.property(facts, fc.integer({ min: 1, max: 18 }), (it, person) => {
      const before = quorumOf(it).held
      const came = quorumOf({ ...it, present: [...it.present, person] }).held
      const went = quorumOf({ ...it, present: it.present.filter(each => each !== person) }).held
      const conflicted = quorumOf({ ...it, inConflict: [...it.inConflict, person] }).held
      if (before) expect(came).toBe(true)
      else expect(went || conflicted).toBe(false)
    }),
  )
})

test('BOARD-12 what it says is missing is enough, and one less is not', () => {
  fc.assert(
    fc.property(facts, it => {
      const quorum = quorumOf(it)
      if (quorum.held) return
      const [, more = '0'] = /: (\d+) more/.exec(quorum.words)!
      const lay = /more lay/.test(quorum.words)
        ? Number(more)
        : Number(/, (\d+) of them lay\. /.exec(quorum.words)?.[1] ?? 0)
      const with_ = (count: number, layCount: number) =>
        quorum.voting + count >= quorum.needsVoting && quorum.lay + layCount >= quorum.needsLay
      expect(with_(Number(more), lay)).toBe(true)
      expect(with_(Number(more) - 1, Math.min(lay, Number(more) - 1))).toBe(false)
    }),
  )
})

test('BOARD-12 without a number of its own a group needs a third of its voting members, rounded up, and two lay', () => {
  const voters = [1, 2, 3, 4].map(personId => ({ personId, lay: personId > 2 }))
  const rule = { quorum_voting: null, quorum_lay: 2 }
  expect(quorumOf({ rule, voters, present: [3, 4], inConflict: [] })).toMatchObject({
    held: true,
    needsVoting: 2,
  })
  expect(quorumOf({ rule, voters, present: [1, 2, 3, 9], inConflict: [] }).words).toBe(
    'There is no quorum: 1 more lay member with a vote is needed. 3 members here can vote on this, 1 of them lay.',
  )
  expect(quorumOf({ rule, voters, present: [1, 3, 4], inConflict: [4] }).held).toBe(false)
  expect(quorumOf({ rule, voters: [], present: [1], inConflict: [] }).held).toBe(true)
})
