import { createPrivateKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import type { Shape, Wanted, WhatCounts } from './claims.ts'

/** What a network says of its hospitals' sign-in. */
export interface HospitalSettings extends Record<string, string> {
  /** "NHS.net" */
  name: string
  shape: Shape
  issuer: string
  client: string
  /** A secret that both know, or a private key. */
  secret: string
  assurance: Wanted
  /** "nhs.net, rwth.nhs.uk" */
  domains: string
}

export const domainsIn = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .split(/[\s,;]+/)
    .map(each => each.replace(/^@/, ''))
    .filter(each => each !== '')

export const countsOf = ({ shape, assurance, domains }: HospitalSettings): WhatCounts => ({
  shape,
  assurance,
  domains: domainsIn(domains),
})

/**
 * The private key in what was typed in, if it is one: as PEM, whose lines a field of one line runs together, or as a
 * JWK, which also says its name and algorithm. Throws when it is half a key.
 */
export function keyIn(
  secret: string,
):
  | { readonly key: KeyObject; readonly kid?: string | undefined; readonly alg?: string | undefined }
  | undefined {
  const text = secret.trim()
  if (text.startsWith('{')) {
    const jwk = JSON.parse(text) as JsonWebKey & { kid?: string; alg?: string }
    return { key: createPrivateKey({ key: jwk, format: 'jwk' }), kid: jwk.kid, alg: jwk.alg }
  }
  if (!text.startsWith('-----BEGIN')) return undefined
  const [, kind = '', body = ''] = /^-----BEGIN ([A-Z ]+)-----(.*)-----END [A-Z ]+-----$/s.exec(text) ?? []
  const lines = body.replace(/\s/g, '').match(/.{1,64}/g) ?? []
  return { key: createPrivateKey(`-----BEGIN ${kind}-----\n${lines.join('\n')}\n-----END ${kind}-----\n`) }
}
