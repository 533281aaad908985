import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Box, loopOf, type Picture, pictureWidth, treeOf, wrap } from './layout.ts'

const words = fc.oneof(
  fc.string({ minLength: 1, maxLength: 120 }).filter(given => given.trim() !== ''),
  fc.lorem({ maxCount: 12 }),
  fc.constant('W'.repeat(90)),
)
const station = fc.record({ words, note: fc.oneof(fc.constant(''), words) })

test('PEOPLE-22 words in lines: no line is too long and no letter is lost', () => {
  fc.assert(
    fc.property(words, fc.integer({ min: 5, max: 40 }), (given, most) => {
      const lines = wrap(given, most)
      expect(lines.every(each => each.length <= most && each !== '')).toBe(true)
      expect(lines.join('').replace(/\s/g, '')).toBe(given.replace(/\s/g, ''))
    }),
  )
})

function standsWell(picture: Picture, count: number) {
  expect(picture.boxes.length).toBe(count)
  const inside = (each: Box) =>
    each.x >= 0 &&
    each.y >= 0 &&
    each.x + each.width <= pictureWidth &&
    each.y + each.height <= picture.height
  expect(picture.boxes.every(inside)).toBe(true)
  for (const [n, one] of picture.boxes.entries()) {
    for (const other of picture.boxes.slice(n + 1)) expect(other.y).toBeGreaterThanOrEqual(one.y + one.height)
  }
  for (const { points } of picture.strokes) {
    for (const [x, y] of points) {
      expect(x >= 0 && x <= pictureWidth && y >= 0 && y <= picture.height).toBe(true)
    }
  }
}

test('PEOPLE-22 whatever groups are called, every one has its box, none lies over another, and nothing leaves the picture', () => {
  fc.assert(
    fc.property(
      fc.array(station, { maxLength: 2 }),
      fc.array(station, { maxLength: 30 }),
      (top, branches) => {
        const picture = treeOf(top, branches)
        standsWell(picture, top.length + branches.length)
        expect(picture.strokes.length).toBe(branches.length)
      },
    ),
    { numRuns: 40 },
  )
})

test('PEOPLE-22 the loop leads from each station to the next, and from the last back to the first', () => {
  fc.assert(
    fc.property(fc.array(station, { minLength: 2, maxLength: 8 }), stations => {
      const picture = loopOf(stations)
      standsWell(picture, stations.length)
      expect(picture.strokes.length).toBe(stations.length)
      expect(picture.strokes.every(each => each.arrow)).toBe(true)
      const back = picture.strokes.at(-1)!.points.at(-1)!
      const first = picture.boxes[0]!
      expect(back[1]).toBe(first.y + first.height / 2)
    }),
    { numRuns: 40 },
  )
})
