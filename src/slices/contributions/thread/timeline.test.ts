import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { anAnsweredContribution, somePublicText } from '#slices/you-said-we-did/for-tests.ts'
import { answerPublication, hashOf, proposePublication } from '#slices/you-said-we-did/index.ts'
import { aNetwork } from '#tests/network.ts'
import { doingAs } from '../for-tests.ts'
import { actionEvents, contributionEvents } from './timeline.ts'

/** The names of the events that a slice's own code lets happen: the first argument of each `happened(…)`. */
function eventsOf(slice: string): string[] {
  const folder = join(import.meta.dirname, '../..', slice)
  const files = globSync('**/*.{ts,tsx}', { cwd: folder }).filter(each => !/test/.test(each))
  const code = files.map(each => readFileSync(join(folder, each), 'utf8')).join('\n')
  const first = [...code.matchAll(/(?<!\.)\bhappened\(\s*([^,()]+)/g)].map(each => each[1]!)
  return [
    ...new Set(
      first.flatMap(each => [...each.replace(/=== '[^']*'/g, '').matchAll(/'([^']+)'/g)].map(one => one[1]!)),
    ),
  ].sort()
}

test('LOOP-15 every event that can be in the history of a contribution or its action has a plain sentence, and no sentence is left over', () => {
  const contribution = [
    ...eventsOf('contributions'),
    ...eventsOf('translations'),
    ...eventsOf('you-said-we-did'),
  ].sort()
  expect(contribution.length).toBeGreaterThan(25)
  expect(Object.keys(contributionEvents).sort()).toEqual(contribution)
  expect(Object.keys(actionEvents).sort()).toEqual(eventsOf('actions'))
})

const network = await aNetwork()
const { volunteer, coordinator, boardChair, boardMember, visitor } = network

test('LOOP-15 LOOP-18 the page leads on to “You said, we did”, for each whose turn it is, and its timeline tells of it', async () => {
  const made = await anAnsweredContribution(network, { by: volunteer, naming: 'first-name' })
  const can = async (person: typeof volunteer) =>
    (await person.reads(made.path))
      .$('nav[aria-labelledby="can-do"] a')
      .toArray()
      .map(each => each.attribs.href!.split('/').at(-1))
  expect(await can(boardChair)).toContain('publish')
  expect(await can(volunteer)).not.toContain('publication')
  expect(await can(boardMember)).not.toContain('publish')
  await doingAs(network, boardChair, doing => proposePublication(doing, made.number, somePublicText))
  const asked = await (await volunteer.reads(made.path)).follow('Say whether we may publish this')
  expect(asked.h1).toBe('May we publish this?')
  await asked.choose('Yes, publish exactly this').press('Send my answer')
  expect((await volunteer.reads(made.path)).hasLink('Change what you said about publishing it')).toBe(true)
  const ready = await (await coordinator.reads(made.path)).follow('Publish it: everyone agreed to the text')
  await ready.press('Publish it now')
  const seen = await boardMember.reads(made.path)
  expect(seen.text).toContain('Vera: yes, publish this text')
  expect(seen.text).toContain('Published in “You said, we did”')
  expect((await seen.follow('Read it in “You said, we did”')).h1).toBe(somePublicText.title)
  const back = await (await volunteer.reads(made.path)).follow('See what is published, or take it back')
  await (await back.follow('Take it back')).press('Take it back now')
  const after = await boardMember.reads(made.path)
  expect(after.text).toContain('Vera took back their yes, so it is not published any more')
  expect(after.text).not.toContain('Volunteer took back')
  expect(after.hasLink('Read it in “You said, we did”')).toBe(false)
  expect(await visitor.opens(made.path)).toMatchObject({ status: 404 })
})

test('LOOP-2 LOOP-18 the chair who writes the public text does not learn a name that is not to be shown, the team does', async () => {
  const made = await anAnsweredContribution(network, { by: volunteer, naming: 'anonymous' })
  await doingAs(network, boardChair, doing => proposePublication(doing, made.number, somePublicText))
  await doingAs(network, volunteer, doing =>
    answerPublication(doing, made.number, {
      personId: volunteer.id,
      answer: 'yes',
      words: '',
      textHash: hashOf(somePublicText),
      how: 'page',
    }),
  )
  expect((await coordinator.reads(made.step('publish'))).text).toContain('Vera Volunteer')
  const chairs = await boardChair.reads(made.step('publish'))
  expect(chairs.text).not.toContain('Vera')
  expect(chairs.text).toContain('A volunteer who is not named')
})
