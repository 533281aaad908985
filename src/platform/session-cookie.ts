import { createHmac, timingSafeEqual } from 'node:crypto'

export function readCookie(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=')
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim() || undefined
  }
  return undefined
}

// The same form as better-auth's signed cookies: token, dot, HMAC-SHA256 in base64, percent-encoded.
const sign = (token: string, secret: string) => createHmac('sha256', secret).update(token).digest('base64')

export function sealToken(token: string, secret: string): string {
  return encodeURIComponent(`${token}.${sign(token, secret)}`)
}

export function openToken(cookie: string, secrets: (string | undefined)[]): string | undefined {
  let sealed: string
  try {
    sealed = decodeURIComponent(cookie)
  } catch {
    return undefined
  }
  const at = sealed.lastIndexOf('.')
  if (at < 1) return undefined
  const token = sealed.slice(0, at)
  const given = Buffer.from(sealed.slice(at + 1))
  for (const secret of secrets) {
    if (!secret) continue
    const right = Buffer.from(sign(token, secret))
    if (right.length === given.length && timingSafeEqual(right, given)) return token
  }
  return undefined
}
