import type { ReactNode } from 'react'
import { type FieldError, Form, InsetText } from '#design/index.ts'
import type { Decision } from '#kernel/decision.ts'
import {
  type Filled,
  type Load,
  refused,
  type Screen,
  type Submitted,
  type Visit,
} from '#platform/http/route.ts'
import { votePaths } from './paths.ts'
import { type Hold, type LoadedMotion, loadMotion } from './store.ts'

export type Here = Visit<LoadedMotion>

/** @param hold what a change of this kind takes before it decides */
export const loadFor =
  (hold: Hold): Load<LoadedMotion> =>
  (visit, { forChange }) =>
    loadMotion(visit, visit.params.motion, forChange ? hold : 'nothing')

/** To the motion's page, or the sentence why not. */
export function answered(visit: Here, done: Decision<unknown>, field?: string): Submitted {
  if (!done.accepted) return refused(done, field)
  return { to: votePaths.one(visit.network.slug, visit.thing.reference) }
}

/** The page of one step: what the vote is about stands above its question; what is over says so. */
export function stepScreen(
  visit: Here,
  filled: Filled,
  words: {
    title: string
    button: string
    warning?: boolean
    /** Why it cannot be done now. */
    notNow?: string | undefined
  },
  body: (errors: readonly FieldError[]) => ReactNode,
): Screen {
  const { thing, network, hidden } = visit
  const back = votePaths.one(network.slug, thing.reference)
  return {
    title: words.title,
    caption: thing.reference,
    back: { href: back, text: 'Back to the vote' },
    body: (
      <>
        <InsetText>
          <p className="loop-words" dir="auto">
            {thing.row.text}
          </p>
        </InsetText>
        {words.notNow !== undefined ? (
          <p>
            {words.notNow}. <a href={back}>See where it is</a>
          </p>
        ) : (
          <Form
            hidden={hidden}
            button={words.button}
            warning={words.warning ?? false}
            secondary={{ text: 'Do not change anything', href: back }}
          >
            {body(filled.errors)}
          </Form>
        )}
      </>
    ),
  }
}
