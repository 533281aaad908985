import { expect, test } from 'vitest'
import { asks, canSay, isEnough, type Shape, verifiedAddress } from './claims.ts'

const counts = (shape: Shape, domains: string[] = []) => ({ shape, domains, assurance: 'any' }) as const

test('REACH-9 an address counts only where the provider proves it, each in its own way', () => {
  const email = 'Ann.Other@NHS.net'
  const known = 'ann.other@nhs.net'
  expect(verifiedAddress({ email, email_verified: true }, counts('other'))).toBe(known)
  expect(verifiedAddress({ email, email_verified: 'true' }, counts('nhs-login'))).toBe(known)
  for (const no of [false, 'false', undefined, null, 'maybe', {}]) {
    expect(verifiedAddress({ email, email_verified: no }, counts('other'))).toBeUndefined()
  }
  // In Entra ID anybody's tenant may write any address: only the owner of the domain counts, or a sign-in name.
  expect(verifiedAddress({ email, email_verified: true }, counts('entra'))).toBeUndefined()
  expect(verifiedAddress({ email }, counts('entra', ['nhs.net']))).toBeUndefined()
  expect(verifiedAddress({ email, xms_edov: true }, counts('entra'))).toBe(known)
  expect(verifiedAddress({ email, xms_edov: '1' }, counts('entra'))).toBe(known)
  expect(verifiedAddress({ email, xms_edov: false }, counts('entra', ['nhs.net']))).toBeUndefined()
  expect(verifiedAddress({ preferred_username: email }, counts('entra'))).toBeUndefined()
  expect(verifiedAddress({ preferred_username: email }, counts('entra', ['nhs.net']))).toBe(known)
  const guest = 'ann.other_nhs.net#EXT#@tenant.onmicrosoft.com'
  expect(verifiedAddress({ preferred_username: guest }, counts('entra', ['nhs.net']))).toBeUndefined()
  expect(verifiedAddress({ email }, counts('cis2'))).toBeUndefined()
  expect(verifiedAddress({ email }, counts('cis2', ['nhs.net']))).toBe(known)
  // Of other domains, none; and what is no address is none.
  expect(verifiedAddress({ email, email_verified: true }, counts('other', ['uhb.nhs.uk']))).toBeUndefined()
  expect(
    verifiedAddress({ email: 'a@evilnhs.net', email_verified: true }, counts('other', ['nhs.net'])),
  ).toBeUndefined()
  for (const no of ['', 'ann', 'a b@nhs.net', ['ann@nhs.net'], 7]) {
    expect(verifiedAddress({ email: no, email_verified: true }, counts('other'))).toBeUndefined()
  }
})

test('REACH-9 how sure a provider is, in its own words, and never more than it says', () => {
  const two = (shape: Shape, claims: object) =>
    isEnough({ ...claims }, { shape, domains: [], assurance: 'two-factors' }).is === 'enough'
  const checked = (shape: Shape, claims: object) =>
    isEnough({ ...claims }, { shape, domains: [], assurance: 'identity-checked' }).is === 'enough'
  expect(two('entra', { amr: ['pwd', 'mfa'] })).toBe(true)
  expect(two('other', { amr: ['pwd', 'otp'] })).toBe(true)
  expect(two('other', { acr: 'https://refeds.org/profile/mfa' })).toBe(true)
  for (const weak of [{}, { amr: ['pwd'] }, { amr: ['pwd', 'pin'] }, { amr: 'pwd' }, { acr: '1' }]) {
    expect(two('other', weak), JSON.stringify(weak)).toBe(false)
  }
  expect(two('nhs-login', { vot: 'P9.Cp.Cd' })).toBe(true)
  expect(two('nhs-login', { vot: 'P0.Cm' })).toBe(true)
  expect(two('nhs-login', { vot: 'P9.Cp' })).toBe(false)
  expect(checked('nhs-login', { vot: 'P9.Cp.Ck' })).toBe(true)
  expect(checked('nhs-login', { vot: 'P9.Cp.Ck', identity_proofing_level: 'P5' })).toBe(false)
  expect(two('cis2', { authentication_assurance_level: '2' })).toBe(true)
  expect(two('cis2', { acr: 'AAL3' })).toBe(true)
  // What was asked for is no answer.
  expect(two('cis2', { acr: 'AAL2_OR_AAL3_ANY' })).toBe(false)
  expect(two('cis2', { authentication_assurance_level: '1', acr: 'AAL3' })).toBe(false)
  expect(checked('cis2', { authentication_assurance_level: '3', id_assurance_level: '3' })).toBe(true)
  expect(checked('cis2', { authentication_assurance_level: '3' })).toBe(false)
  // It counts as the second proof here only where it was asked for.
  const any = isEnough({ amr: ['mfa'] }, { shape: 'other', domains: [], assurance: 'any' })
  expect(any).toEqual({ is: 'enough', secondFactor: false })
  for (const shape of ['entra', 'other'] as const) {
    expect(canSay(shape, 'identity-checked')).toBe(false)
    expect(checked(shape, { amr: ['mfa'], identity_proofing_level: 'P9' })).toBe(false)
  }
  expect(JSON.parse(asks({ shape: 'nhs-login', domains: [], assurance: 'identity-checked' }).vtr!)).toEqual([
    'P9.Cp.Cd',
    'P9.Cp.Ck',
    'P9.Cm',
  ])
})
