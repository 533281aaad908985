import fc from 'fast-check'
import { expect, test } from 'vitest'
import { slugOf } from './changes.ts'
import { beginStage, missingKinds, type Project, possibleStages } from './project.ts'
import { kinds, type Stage, stages } from './tables.ts'

const project = (given: Partial<Project> = {}): Project => ({
  stage: 'idea',
  present: kinds,
  saysWhatChanged: false,
  ...given,
})
const reasonOf = (step: { accepted: boolean; reason?: string }) => (step.accepted ? 'accepted' : step.reason)

test.each<[string, Project, Stage | 'ended', string, string]>([
  ['the next one', project(), 'plan', '', 'accepted'],
  ['one is left out', project(), 'do', '', 'not-next'],
  ['the same again', project({ stage: 'plan' }), 'plan', '', 'not-next'],
  ['what did not help is planned again', project({ stage: 'check' }), 'plan', '', 'accepted'],
  ['nobody of a kind is in it', project({ present: ['clinicians', 'managers'] }), 'plan', '', 'kind-missing'],
  [
    'nobody of a kind is in it, with a reason',
    project({ present: ['managers'] }),
    'plan',
    'We ask at the clinic first',
    'accepted',
  ],
  ['an end without what changed', project({ stage: 'share' }), 'ended', '', 'no-change'],
  ['an end with what changed', project({ stage: 'share', saysWhatChanged: true }), 'ended', '', 'accepted'],
  ['an end in the middle', project({ stage: 'do', saysWhatChanged: true }), 'ended', '', 'not-next'],
  ['after the end', project({ stage: 'ended' }), 'idea', '', 'ended'],
])('PEOPLE-11 a stage begins: %s', (_, it, stage, because, expected) => {
  expect(reasonOf(beginStage(it, stage, because))).toBe(expected)
})

test('PEOPLE-11 no stage of any project begins with a kind missing and no reason', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...stages),
      fc.subarray([...kinds]),
      fc.constantFrom(...stages, 'ended' as const),
      fc.constantFrom('', 'A reason'),
      fc.boolean(),
      (stage, present, next, because, saysWhatChanged) => {
        const it = { stage, present, saysWhatChanged }
        const step = beginStage(it, next, because)
        if (!step.accepted) return
        expect(possibleStages(it)).toContain(next)
        if (next === 'ended') return
        expect(step.state.missing).toEqual(missingKinds(it))
        expect(step.state.missing.length === 0 || step.state.because !== '').toBe(true)
      },
    ),
  )
})

test('PEOPLE-11 a short name for an address comes from the title and is never one of our own', () => {
  expect(slugOf('Letters people can read!', 'project')).toBe('letters-people-can-read')
  expect(slugOf('New', 'project')).toBe('new-project')
  expect(slugOf('???', 'project')).toBe('one-project')
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), title => /^[a-z0-9-]{1,60}$/.test(slugOf(title, 'project'))),
  )
})
