import { accept, type Decision, happened, refuse } from '#kernel/decision.ts'
import { type Kind, kinds, type Stage, stages } from './tables.ts'

/** What the steps ask about a project. */
export interface Project {
  readonly stage: Stage | 'ended'
  /** The kinds of people who are in it now. */
  readonly present: readonly Kind[]
  /** Whether what changed was written down. */
  readonly saysWhatChanged: boolean
}

export const kindWords: Record<Kind, string> = {
  'patients-and-carers': 'patients and carers',
  clinicians: 'clinicians',
  managers: 'managers',
}
export const stageWords: Record<Stage | 'ended', string> = {
  idea: 'Idea',
  plan: 'Plan',
  do: 'Do',
  check: 'Check',
  share: 'Share',
  ended: 'Ended',
}
export const stageHints: Record<Stage, string> = {
  idea: 'What should be better, and for whom?',
  plan: 'Who does what, by when, and how will we know that it helped?',
  do: 'We try it.',
  check: 'Did it help? We ask those whom it is for.',
  share: 'We tell everybody what we learned.',
}

export const missingKinds = (it: Pick<Project, 'present'>): Kind[] =>
  kinds.filter(each => !it.present.includes(each))

/** On to the next stage; from "check" also back, because what did not help is planned or tried again. */
export function possibleStages(it: Pick<Project, 'stage'>): (Stage | 'ended')[] {
  if (it.stage === 'ended') return []
  if (it.stage === 'share') return ['ended']
  const next = stages[stages.indexOf(it.stage) + 1]!
  return it.stage === 'check' ? [next, 'do', 'plan'] : [next]
}

/** No stage begins with a kind of people missing, unless the reason is written down for everybody to read. */
export function beginStage(
  it: Project,
  stage: Stage | 'ended',
  because: string,
): Decision<{ stage: Stage | 'ended'; missing: Kind[]; because: string }> {
  if (it.stage === 'ended') return refuse('ended', 'This project has ended')
  if (!possibleStages(it).includes(stage)) return refuse('not-next', 'Choose a stage that can come now')
  if (stage === 'ended') {
    if (!it.saysWhatChanged) return refuse('no-change', 'Write down what changed first, even if nothing did')
    return accept({ stage, missing: [], because: '' }, happened('ended'))
  }
  const missing = missingKinds(it)
  if (missing.length > 0 && because === '')
    return refuse(
      'kind-missing',
      `No ${missing.map(each => kindWords[each]).join(' and no ')} take part yet. Bring somebody in, or say why the stage begins without them`,
    )
  return accept(
    { stage, missing, because: missing.length > 0 ? because : '' },
    happened('stage-began', { stage, missing }),
  )
}
