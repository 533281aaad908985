import { readFileSync, writeFileSync } from 'node:fs'
import { Temporal } from 'temporal-polyfill'
import { beforeAll, expect, test } from 'vitest'
import { dateInWords } from '#kernel/calendar/words.ts'
import { aNetwork, type TestNetwork } from '#tests/network.ts'
import { checks, knownInWords, monthsUntilReview, problems, reviewedOn } from './known.ts'

let network: TestNetwork
beforeAll(async () => {
  network = await aNetwork()
})

const day = (on: string) => dateInWords(Temporal.PlainDate.from(on))

test('REACH-13 R44 the statement says all that is known: what was checked, when and how, each problem with who and by when', async () => {
  const { visitor, stranger, slug, otherSlug } = network
  const seen = await visitor.reads(`/${slug}/accessibility`)
  for (const each of problems) {
    expect(seen.text).toContain(each.words)
    expect(seen.text).toContain(`Known since ${day(each.since)}`)
    expect(seen.text).toContain(
      each.by ? `${each.who} will look at it by ${day(each.by)}` : `${each.who} looks after it`,
    )
    for (const rule of each.rules) expect(seen.text).toContain(rule)
  }
  for (const each of checks)
    expect(seen.text).toContain(`${each.what}, last on ${day(each.on)}. ${each.how}.`)
  expect(seen.text).toContain('partially compliant')
  expect(seen.text).toContain(`last reviewed on ${day(reviewedOn)}`)
  // What the law prescribes: how to reach the network, who enforces, and where to go then.
  expect(seen.text).toContain('Equality and Human Rights Commission (EHRC)')
  expect(seen.hasLink('Equality Advisory and Support Service (EASS)')).toBe(true)
  expect(seen.text).toContain('Ring 0121 496 0001')
  expect(seen.text).toContain('We answer within 5 working days')
  // Each network speaks for itself, to anybody; without a network it is there, too.
  expect((await stranger.reads(`/${slug}/accessibility`)).text).toContain('First Imaging Network')
  expect((await visitor.reads(`/${otherSlug}/accessibility`)).text).toContain('Other Imaging Network')
  expect((await visitor.reads('/accessibility')).h1).toBe('Accessibility statement')
})

test('REACH-13 R44 whoever leads the team is reminded when the statement has stood for a year', async () => {
  const { house, portfolioManager, volunteer } = network
  const due = Temporal.PlainDate.from(reviewedOn).add({ months: monthsUntilReview })
  const told = async () => {
    await house.runDue()
    return (await portfolioManager.wasTold()).filter(each => each.body.includes('accessibility statement'))
  }
  house.clock.set(`${due.subtract({ days: 3 })}T10:00:00Z`)
  expect(await told()).toEqual([])
  house.clock.set(`${due.add({ days: 3 })}T10:00:00Z`)
  expect(await told()).toHaveLength(1)
  house.clock.set(`${due.add({ days: 5 })}T10:00:00Z`)
  expect(await told()).toHaveLength(1)
  expect((await volunteer.wasTold()).some(each => each.body.includes('accessibility statement'))).toBe(false)
})

const marks = /(<!-- what is known: begin -->\n)[\s\S]*(\n<!-- what is known: end -->)/

test('REACH-13 docs/accessibility.md has the same words (WRITE_DOCS=1 writes them)', () => {
  const file = 'docs/accessibility.md'
  const text = readFileSync(file, 'utf8')
  const wanted = text.replace(marks, (_, begin, end) => `${begin}${knownInWords()}${end}`)
  if (process.env.WRITE_DOCS) writeFileSync(file, wanted)
  expect(readFileSync(file, 'utf8')).toBe(wanted)
  expect(text).toMatch(marks)
})
