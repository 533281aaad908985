import type { Doing } from '#platform/doing.ts'

/** How long the link in a message can be used (R42). */
export const daysOfLink = 60

/** Made again whenever a message needs it, so that only its hash is kept. */
export const verdictToken = (
  doing: Pick<Doing, 'seal' | 'network'>,
  feedbackId: number,
  personId: number,
): string => doing.seal('verdict', `${doing.network.id} ${feedbackId} ${personId}`)
