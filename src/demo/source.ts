import example from './example.json' with { type: 'json' }
import wmin from './wmin.json' with { type: 'json' }

/** Public facts of one network as a file holds them; what nobody has confirmed yet says `verified: false`. */
export interface NetworkSource {
  readonly network: {
    readonly slug: string
    readonly name: string
    readonly short: string
    readonly verified: boolean
    readonly populationMillions: number
    readonly trustsCount: number
    readonly hospitals: string
    readonly integratedCareSystemsCount: number
    readonly purpose: string
    readonly contact: {
      readonly email: string
      readonly phoneDisplay: string
      readonly website: string
      readonly verified: boolean
      readonly note: string
    }
  }
  readonly principles: readonly SaidSentence[]
  readonly asks: readonly SaidSentence[]
  readonly commitments: readonly SaidSentence[]
  readonly groups: readonly GroupSource[]
  readonly systems: readonly { readonly id: string; readonly name: string }[]
  readonly trusts: readonly TrustSource[]
}

export interface SaidSentence {
  readonly id: string
  readonly title?: string
  readonly text: string
  readonly verified: boolean
}

export interface GroupSource {
  readonly id: string
  readonly name: string
  readonly kind: string
  readonly status: string
  readonly verified: boolean
  readonly firstMeeting?: string
  readonly cadence?: { aboutEveryMonths: number; usualPlace: string; inPersonTimesPerYear: number }
}

export interface TrustSource {
  readonly id: string
  readonly name: string
  readonly short: string
  readonly odsCode: string | null
  readonly system: string
  readonly hospitals: readonly {
    readonly id: string
    readonly name: string
    readonly odsCode: string | null
    readonly town: string
  }[]
}

export const sources: { readonly wmin: NetworkSource; readonly example: NetworkSource } = { wmin, example }
