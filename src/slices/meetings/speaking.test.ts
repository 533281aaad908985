import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { inTurn, type Wish } from './speaking.ts'

const wishes: fc.Arbitrary<Wish[]> = fc
  .array(fc.record({ spoke: fc.nat({ max: 3 }), minute: fc.nat({ max: 5 }) }), { maxLength: 12 })
  .map(all =>
    all.map(({ spoke, minute }, at) => ({
      id: at + 1,
      personId: at + 1,
      name: `Person ${at + 1}`,
      askedAt: Temporal.Instant.from('2026-06-09T09:00:00Z').add({ minutes: minute }),
      spoke,
    })),
  )

test('BOARD-20 those who spoke least speak first, then those who asked first; nobody is lost', () => {
  fc.assert(
    fc.property(wishes, all => {
      const turn = inTurn(all)
      expect(new Set(turn)).toEqual(new Set(all))
      for (const [at, each] of turn.entries()) {
        const after = turn[at + 1]
        if (!after) continue
        expect(each.spoke).toBeLessThanOrEqual(after.spoke)
        if (each.spoke === after.spoke) {
          expect(each.askedAt.epochMilliseconds).toBeLessThanOrEqual(after.askedAt.epochMilliseconds)
        }
      }
    }),
  )
})
