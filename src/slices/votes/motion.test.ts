import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import {
  type By,
  ballotCannot,
  type Choice,
  castDeciding,
  change,
  choiceCannot,
  close,
  type Motion,
  open,
  type Terms,
  termsCannot,
  withdraw,
} from './motion.ts'
import { fewestInSecret, type There, tallied } from './tally.ts'
import { outcomeInWords } from './words.ts'

const now = Temporal.Instant.from('2026-06-09T09:00:00Z')
const later = now.add({ hours: 1 })
const chair: By = { personId: 1, leads: true, isTeam: false, proposed: false, inConflict: false }
const member: By = { personId: 2, leads: false, isTeam: false, proposed: false, inConflict: false }
const opening = {
  closesAt: null,
  roll: 5,
  undecided: 0,
  itemStands: true,
  meetingIsOn: true,
  meetingIsCancelled: false,
}
const voter = { offBecause: null, isVotingNow: true, undecided: false }

const plain: Terms = {
  text: 'We do it.',
  kind: 'for-against',
  options: [],
  manner: 'open',
  isSecret: false,
  majority: 'simple',
  countedOf: 'votes',
  castingVote: false,
}
const three = ['a', 'b', 'c'].map(key => ({ key, text: `Choice ${key}` }))
const there = (roll: number, voting = roll): There => ({
  roll,
  voting,
  lay: voting,
  needsVoting: 1,
  needsLay: 0,
  held: true,
})
const count = (terms: Terms, ballots: readonly Choice[], roll = ballots.length) =>
  tallied(terms, { ballots, there: there(roll), conflicts: [] })
const many = (...lots: readonly (readonly [number, ...string[]])[]): Choice[] =>
  lots.flatMap(([times, ...choice]) => Array.from({ length: times }, () => choice))

const anyTerms = fc
  .record({
    kind: fc.constantFrom('for-against' as const, 'one-of' as const, 'ranked' as const),
    options: fc.integer({ min: 2, max: 6 }),
    majority: fc.constantFrom('simple' as const, 'two-thirds' as const),
    countedOf: fc.constantFrom('votes' as const, 'present' as const, 'all' as const),
    castingVote: fc.boolean(),
    isSecret: fc.boolean(),
  })
  .map(
    (wish): Terms => ({
      ...plain,
      ...wish,
      manner: wish.isSecret ? 'secret' : 'open',
      castingVote: wish.castingVote && wish.countedOf === 'votes' && wish.majority === 'simple',
      options:
        wish.kind === 'for-against'
          ? []
          : Array.from({ length: wish.options }, (_, n) => ({
              key: String.fromCharCode(97 + n),
              text: `${n}`,
            })),
    }),
  )
const anyBallot = (terms: Terms): fc.Arbitrary<Choice> => {
  const keys = terms.options.map(each => each.key)
  if (terms.kind === 'for-against') return fc.constantFrom(['for'], ['against'], ['abstain'])
  if (terms.kind === 'one-of') return fc.constantFrom(...[...keys, 'abstain'].map(each => [each]))
  return fc.oneof(
    { weight: 1, arbitrary: fc.constant(['abstain']) },
    { weight: 8, arbitrary: fc.shuffledSubarray(keys, { minLength: 1 }) },
  )
}
const anyVote = anyTerms.chain(terms =>
  fc.record({
    terms: fc.constant(terms),
    ballots: fc.array(anyBallot(terms), { maxLength: 40 }),
    silent: fc.nat(20),
  }),
)

test('BOARD-15 the tally equals the ballots: every ballot is counted once, in every kind of vote', () => {
  fc.assert(
    fc.property(anyVote, ({ terms, ballots, silent }) => {
      for (const each of ballots) expect(choiceCannot(terms, each)).toBeUndefined()
      const result = count(terms, ballots, ballots.length + silent)
      expect(result.voted).toBe(ballots.length)
      if (result.tooFew) {
        expect(result.counts).toEqual([])
        return
      }
      const counted = result.counts.reduce((sum, each) => sum + each.votes, 0)
      expect(counted).toBe(ballots.length)
      for (const { key, votes } of result.counts) {
        expect(votes).toBe(ballots.filter(each => each[0] === key).length)
      }
      // In no round are there more votes than ballots that name somebody.
      const abstained = ballots.filter(each => each[0] === 'abstain').length
      for (const round of result.rounds) {
        const sum = round.counts.reduce((all, each) => all + each.votes, 0)
        expect(sum).toBeLessThanOrEqual(ballots.length - abstained)
      }
      if (result.rounds[0]) {
        // Each wish counts in the first.
        expect(result.rounds[0].counts.reduce((all, each) => all + each.votes, 0)).toBe(
          ballots.length - abstained,
        )
      }
    }),
    { numRuns: 500 },
  )
})

test('BOARD-15 R30 the order of the ballots does not matter, nor the names of the choices', () => {
  const shuffled = anyVote.chain(vote =>
    fc.record({
      vote: fc.constant(vote),
      again: fc.shuffledSubarray(vote.ballots, {
        minLength: vote.ballots.length,
        maxLength: vote.ballots.length,
      }),
    }),
  )
  fc.assert(
    fc.property(shuffled, ({ vote, again }) => {
      expect(count(vote.terms, again)).toEqual(count(vote.terms, vote.ballots))
      // The choices in the other order on the paper: the same one is chosen.
      const turned = { ...vote.terms, options: [...vote.terms.options].reverse() }
      expect(count(turned, vote.ballots).chosen).toBe(count(vote.terms, vote.ballots).chosen)
    }),
    { numRuns: 500 },
  )
})

test('BOARD-13 what is carried has its majority, whatever it is counted of', () => {
  fc.assert(
    fc.property(anyVote, ({ terms, ballots, silent }) => {
      const roll = ballots.length + silent
      const result = count(terms, ballots, roll)
      if (result.outcome !== 'carried') return
      const last = result.rounds.at(-1)?.counts ?? result.counts
      const votes = last.find(each => each.key === result.chosen)!.votes
      // Of the votes; when they are ranked, of those that still count in the last round.
      const choosing =
        result.rounds.length > 0
          ? last.reduce((sum, each) => sum + each.votes, 0)
          : ballots.filter(each => each[0] !== 'abstain').length
      const base = terms.countedOf === 'votes' ? choosing : roll
      expect(result.base).toBe(base)
      if (terms.majority === 'simple') expect(votes * 2).toBeGreaterThan(base)
      else expect(votes * 3).toBeGreaterThanOrEqual(base * 2)
      expect(result.tied).toEqual([])
      expect(votes).toBeGreaterThan(0)
    }),
    { numRuns: 500 },
  )
})

test('BOARD-13 one more vote for what is carried never turns it down', () => {
  fc.assert(
    fc.property(anyVote, ({ terms, ballots }) => {
      if (terms.kind === 'ranked') return
      const before = count(terms, ballots, 100)
      if (before.outcome !== 'carried') return
      expect(count(terms, [...ballots, [before.chosen!]], 100).outcome).toBe('carried')
    }),
  )
})

test.each([
  ['more than half', {}, many([3, 'for'], [2, 'against']), 'carried'],
  ['a tie fails', {}, many([2, 'for'], [2, 'against'], [9, 'abstain']), 'not-carried'],
  [
    'a tie with a casting vote waits',
    { castingVote: true },
    many([2, 'for'], [2, 'against']),
    'waits-for-chair',
  ],
  ['nobody but abstentions', { castingVote: true }, many([4, 'abstain']), 'not-carried'],
  ['no ballot at all', {}, [], 'not-carried'],
  ['two thirds exactly', { majority: 'two-thirds' }, many([4, 'for'], [2, 'against']), 'carried'],
  ['just short of two thirds', { majority: 'two-thirds' }, many([5, 'for'], [3, 'against']), 'not-carried'],
  [
    'abstaining counts as there',
    { countedOf: 'present' },
    many([3, 'for'], [1, 'against'], [2, 'abstain']),
    'not-carried',
  ],
] as const)('BOARD-13 R30 for and against: %s', (_, terms, ballots, outcome) => {
  expect(count({ ...plain, ...terms }, ballots).outcome).toBe(outcome)
})

test('BOARD-13 of all: silence counts as not for', () => {
  expect(count({ ...plain, countedOf: 'all' }, many([5, 'for']), 10).outcome).toBe('not-carried')
  expect(count({ ...plain, countedOf: 'all' }, many([6, 'for']), 10).outcome).toBe('carried')
})

test('BOARD-13 ranked: the least wanted leaves and its ballots go on, and a tie is said', () => {
  const ranked: Terms = { ...plain, kind: 'ranked', options: three }
  const won = count(ranked, many([4, 'a'], [3, 'b'], [2, 'c', 'b']))
  expect(won).toMatchObject({ outcome: 'carried', chosen: 'b' })
  expect(won.rounds.map(each => each.out)).toEqual([['c'], []])
  const tie = count(ranked, many([2, 'a'], [2, 'b']))
  expect(tie).toMatchObject({ outcome: 'not-carried', chosen: null, tied: ['a', 'b'] })
  // Level at the bottom, and together they could still win: an earlier round tells, or the tie is said.
  expect(count(ranked, many([4, 'a'], [2, 'b', 'c'], [2, 'c', 'b'])).tied).toEqual(['b', 'c'])
  const four = { ...ranked, options: [...three, { key: 'd', text: 'd' }] }
  const byEarlier = count(four, many([5, 'a'], [3, 'b'], [2, 'c'], [1, 'd', 'c']))
  expect(byEarlier.rounds.map(each => each.out)).toEqual([['d'], ['c'], []])
  expect(byEarlier.chosen).toBe('a')
})

test('BOARD-12 R29 without quorum a vote is indicative, and says so', () => {
  const short = { ...there(3), needsVoting: 4, held: false }
  const result = tallied(plain, { ballots: many([3, 'for']), there: short, conflicts: [] })
  expect(result).toMatchObject({ outcome: 'carried', indicative: true, quorum: { held: false, voting: 3 } })
  expect(outcomeInWords(plain, result)).toBe(
    'There was no quorum, so this only shows what people think: it decides nothing. With a quorum the motion would have been carried.',
  )
  // Nothing is decided, so there is nothing for the chair to decide either.
  const casting = { ...plain, castingVote: true }
  const tie = tallied(casting, { ballots: many([1, 'for'], [1, 'against']), there: short, conflicts: [] })
  expect(tie.outcome).toBe('not-carried')
})

test('BOARD-14 a secret vote with too few ballots to keep a secret is not counted', () => {
  const secret = { ...plain, isSecret: true }
  const few = count(secret, many([fewestInSecret - 1, 'for']), 10)
  expect(few).toMatchObject({ outcome: 'not-carried', tooFew: true, counts: [], voted: 2 })
  expect(count(secret, many([fewestInSecret, 'for']), 10).tooFew).toBe(false)
})

const draft: Motion = { state: 'draft', terms: plain }
const opened = open(draft, chair, opening, now)
if (!opened.accepted) throw new Error(opened.sentence)
const closing = { ballots: many([3, 'for']), unreadable: 0, undecided: 0, there: there(5), conflicts: [] }

test('BOARD-13 the text cannot change once the vote was opened, and a closed vote stays as it is', () => {
  expect(change(draft, { ...member, proposed: true }, { ...plain, text: 'Better.' })).toMatchObject({
    accepted: true,
    state: { terms: { text: 'Better.' } },
  })
  expect(change(opened.state, chair, { ...plain, text: 'Other.' })).toMatchObject({ reason: 'opened' })
  const closed = close(opened.state, chair, closing, later)
  if (!closed.accepted) throw new Error(closed.sentence)
  for (const step of [
    change(closed.state, chair, plain),
    open(closed.state, chair, opening, later),
    close(closed.state, chair, closing, later),
    withdraw(closed.state, chair, 'no'),
    castDeciding(closed.state, chair, 'for'),
  ]) {
    expect(step).toMatchObject({ accepted: false, reason: 'closed' })
  }
})

test('BOARD-13 R24 what keeps a vote from opening is said in a sentence', () => {
  const reason = (by: By, how: Partial<typeof opening>, terms: Partial<Terms> = {}) => {
    const step = open({ state: 'draft', terms: { ...plain, ...terms } }, by, { ...opening, ...how }, now)
    return step.accepted ? 'opened' : step.reason
  }
  expect(reason(chair, {})).toBe('opened')
  expect(reason(member, {})).toBe('not-leading')
  expect(reason({ ...member, isTeam: true }, {})).toBe('not-leading')
  expect(reason({ ...chair, inConflict: true }, {})).toBe('in-conflict')
  expect(reason(chair, { undecided: 1 })).toBe('undecided-conflict')
  expect(reason(chair, { meetingIsOn: false })).toBe('not-held')
  expect(reason(chair, { itemStands: false })).toBe('not-on-agenda')
  expect(reason(chair, { meetingIsCancelled: true })).toBe('cancelled')
  expect(reason(chair, { roll: 0 })).toBe('no-roll')
  expect(reason(chair, { roll: 2 }, { manner: 'secret', isSecret: true })).toBe('too-few-for-secret')
  expect(reason(chair, { meetingIsOn: false }, { manner: 'written' })).toBe('no-closing')
  expect(reason(chair, { meetingIsOn: false, closesAt: later } as never, { manner: 'written' })).toBe(
    'opened',
  )
  expect(reason(chair, { closesAt: now } as never)).toBe('in-the-past')
})

test('BOARD-14 a ballot goes in while the vote is open and its voter may vote, and not after', () => {
  const cannot = (it: Motion, who: Partial<typeof voter> | undefined, choice: Choice, at = now) =>
    ballotCannot(it, who && { ...voter, ...who }, choice, at)?.reason
  expect(cannot(opened.state, {}, ['for'])).toBeUndefined()
  expect(cannot(draft, {}, ['for'])).toBe('not-open')
  expect(cannot(opened.state, undefined, ['for'])).toBe('not-on-roll')
  expect(cannot(opened.state, { offBecause: 'conflict' as never }, ['for'])).toBe('off-roll')
  expect(cannot(opened.state, { isVotingNow: false }, ['for'])).toBe('left')
  expect(cannot(opened.state, { undecided: true }, ['for'])).toBe('undecided-conflict')
  expect(cannot(opened.state, {}, [])).toBe('no-choice')
  expect(cannot(opened.state, {}, ['maybe'])).toBe('no-such-choice')
  expect(cannot(opened.state, {}, ['for', 'against'])).toBe('one-only')
  const timed = open(draft, chair, { ...opening, closesAt: later as never }, now)
  if (!timed.accepted) throw new Error(timed.sentence)
  expect(cannot(timed.state, {}, ['for'], later.subtract({ seconds: 1 }))).toBeUndefined()
  expect(cannot(timed.state, {}, ['for'], later)).toBe('closed')
  const ranked = { ...plain, kind: 'ranked' as const, options: three }
  expect(choiceCannot(ranked, ['b', 'a'])).toBeUndefined()
  expect(choiceCannot(ranked, ['b', 'b'])?.reason).toBe('twice')
  expect(choiceCannot(ranked, ['abstain', 'a'])?.reason).toBe('no-such-choice')
})

test('BOARD-13 on a tie the chair decides once, when the motion says so; nobody in conflict does', () => {
  const casting: Motion = { state: 'draft', terms: { ...plain, castingVote: true } }
  const on = open(casting, chair, opening, now)
  if (!on.accepted) throw new Error(on.sentence)
  const tie = close(on.state, undefined, { ...closing, ballots: many([2, 'for'], [2, 'against']) }, later)
  if (!tie.accepted) throw new Error(tie.sentence)
  expect(castDeciding(tie.state, member, 'for')).toMatchObject({ reason: 'not-leading' })
  expect(castDeciding(tie.state, { ...chair, inConflict: true }, 'for')).toMatchObject({
    reason: 'in-conflict',
  })
  expect(castDeciding(tie.state, chair, 'abstain')).toMatchObject({ reason: 'no-such-choice' })
  const decided = castDeciding(tie.state, chair, 'for')
  expect(decided).toMatchObject({
    state: { result: { outcome: 'carried', chosen: 'for', casting: { choice: 'for' } } },
  })
  if (decided.accepted)
    expect(castDeciding(decided.state, chair, 'against')).toMatchObject({ reason: 'closed' })
})

test('BOARD-13 terms that contradict themselves are refused', () => {
  expect(termsCannot({ ...plain, kind: 'one-of' })?.reason).toBe('too-few-options')
  expect(
    termsCannot({
      ...plain,
      kind: 'ranked',
      options: Array.from({ length: 11 }, (_, n) => ({ key: `${n}`, text: `${n}` })),
    })?.reason,
  ).toBe('too-many-options')
  expect(
    termsCannot({ ...plain, kind: 'one-of', options: [three[0]!, { key: 'b', text: 'CHOICE A' }] })?.reason,
  ).toBe('same-options')
  expect(termsCannot({ ...plain, manner: 'written', countedOf: 'present' })?.reason).toBe('nobody-present')
  expect(termsCannot({ ...plain, castingVote: true, countedOf: 'all' })?.reason).toBe('no-tie')
})
