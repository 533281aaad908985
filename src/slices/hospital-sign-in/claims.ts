/** What a provider said of somebody, as it said it. */
export type Claims = Readonly<Record<string, unknown>>

/** Providers say the same things in different ways. */
export type Shape = 'entra' | 'nhs-login' | 'cis2' | 'other'
export type Wanted = 'any' | 'two-factors' | 'identity-checked'

export interface WhatCounts {
  readonly shape: Shape
  readonly assurance: Wanted
  /** Domains of e-mail addresses, in small letters; none: every domain. */
  readonly domains: readonly string[]
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')
const isYes = (value: unknown): boolean => value === true || value === 'true' || value === 1 || value === '1'
const listOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter(each => typeof each === 'string') : textOf(value) ? [textOf(value)] : []

const isAddress = (text: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) && text.length <= 254
const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase()

/**
 * The e-mail address that the provider has proven to be this person's, in small letters; undefined when it does not
 * say so. An address that is only written down somewhere is nobody's: whoever may write it could be anybody.
 */
export function verifiedAddress(claims: Claims, counts: WhatCounts): string | undefined {
  const ofTheirDomain = (address: string) => counts.domains.includes(domainOf(address))
  const email = textOf(claims.email)
  const found = (() => {
    switch (counts.shape) {
      case 'entra': {
        // `email` is whatever a tenant typed in, unless it says that the domain's owner verified it. A sign-in name
        // can only be in a domain that the tenant has proven; guests have one of the tenant's own.
        if (email && isYes(claims.xms_edov)) return email
        const name = textOf(claims.preferred_username)
        return name && ofTheirDomain(name) ? name : undefined
      }
      case 'cis2':
        // The national directory's address; it says nothing of how it was checked.
        return email && (isYes(claims.email_verified) || ofTheirDomain(email)) ? email : undefined
      default:
        return email && isYes(claims.email_verified) ? email : undefined
    }
  })()
  if (!found || !isAddress(found)) return undefined
  if (counts.domains.length > 0 && !ofTheirDomain(found)) return undefined
  return found.toLowerCase()
}

/** RFC 8176, by what it proves: something known, something held, something of the body. */
const kinds: readonly (readonly string[])[] = [
  ['pwd', 'pin', 'kba'],
  ['otp', 'sms', 'tel', 'hwk', 'swk', 'sc', 'pop'],
  ['face', 'fpt', 'iris', 'retina', 'vbm'],
]
const strongest = ['mfa', 'ngcmfa', 'fido']
const strongClasses = [
  'https://refeds.org/profile/mfa',
  'http://schemas.openid.net/pape/policies/2007/06/multi-factor',
  'phr',
  'phrh',
]

function saysTwoFactors(claims: Claims): boolean {
  const amr = listOf(claims.amr).map(each => each.toLowerCase())
  if (amr.some(each => strongest.includes(each))) return true
  if (kinds.filter(kind => kind.some(each => amr.includes(each))).length >= 2) return true
  return strongClasses.includes(textOf(claims.acr))
}

/** How sure the provider is, from its own words for it. */
function assuranceIn(
  claims: Claims,
  shape: Shape,
): { readonly twoFactors: boolean; readonly identityChecked: boolean } {
  switch (shape) {
    case 'nhs-login': {
      // "P9.Cp.Cd": how the identity was proven, and each credential that was shown.
      const vector = textOf(claims.vot).split('.')
      const held = vector.includes('Cd') || vector.includes('Ck')
      const twoFactors = vector.includes('Cm') || (vector.includes('Cp') && held)
      const level = textOf(claims.identity_proofing_level) || vector.find(each => /^P\d/.test(each))
      return { twoFactors, identityChecked: level === 'P9' }
    }
    case 'cis2': {
      const level = Number(
        textOf(claims.authentication_assurance_level) ||
          (/^AAL([123])(_ANY)?$/.exec(textOf(claims.acr))?.[1] ?? ''),
      )
      return { twoFactors: level >= 2, identityChecked: Number(textOf(claims.id_assurance_level)) >= 3 }
    }
    default:
      return { twoFactors: saysTwoFactors(claims), identityChecked: false }
  }
}

export type Enough =
  | { readonly is: 'enough'; readonly secondFactor: boolean }
  | { readonly is: 'too-little'; readonly words: string }

/** Whether that is what the network asked for; only what it asked for counts as the second proof of a post or chair. */
export function isEnough(claims: Claims, { shape, assurance }: WhatCounts): Enough {
  if (assurance === 'any') return { is: 'enough', secondFactor: false }
  const { twoFactors, identityChecked } = assuranceIn(claims, shape)
  if (!twoFactors) {
    return { is: 'too-little', words: 'It did not ask you for a second proof, such as a code or a card.' }
  }
  if (assurance === 'identity-checked' && !identityChecked) {
    return { is: 'too-little', words: 'It has not checked who you are with your papers yet.' }
  }
  return { is: 'enough', secondFactor: true }
}

/** What is asked of the provider, so that it can say so. */
export function asks({ shape, assurance }: WhatCounts): Record<string, string> {
  if (shape === 'nhs-login') {
    const level = assurance === 'identity-checked' ? 'P9' : 'P0'
    const least = assurance === 'any' ? ['P0.Cp'] : []
    return { vtr: JSON.stringify([...least, `${level}.Cp.Cd`, `${level}.Cp.Ck`, `${level}.Cm`]) }
  }
  if (shape === 'cis2') {
    return assurance === 'any' ? {} : { acr_values: 'AAL2_OR_AAL3_ANY' }
  }
  return {}
}

/** Whether this kind of provider can say it at all. */
export const canSay = (shape: Shape, assurance: Wanted): boolean =>
  assurance !== 'identity-checked' || shape === 'nhs-login' || shape === 'cis2'
