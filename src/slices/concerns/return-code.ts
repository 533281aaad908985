import type { Visit } from '#platform/http/route.ts'
import type { CookieName } from '#platform/session.ts'
import { fromReturnCode, readReturnCode } from './sealing.ts'

/** Whoever came with a return code is known by it for half an hour, on this device and under this address only. */
const cookieName: CookieName = 'loop-concern'
const minutes = 30

export async function codeOf(visit: Visit): Promise<{ door: string; key: Buffer } | undefined> {
  const code = readReturnCode(visit.cookie(cookieName) ?? '')
  return code ? await fromReturnCode(code, visit.network.slug) : undefined
}

export const rememberCode = (visit: Visit, digits: string): string => cookie(visit, digits, minutes * 60)
export const forgetCode = (visit: Visit): string => cookie(visit, '', 0)

function cookie(visit: Visit, value: string, seconds: number): string {
  const secure = visit.publicUrl.startsWith('https:') ? '; Secure' : ''
  return `${cookieName}=${value}; Path=/${visit.network.slug}/concerns; HttpOnly; SameSite=Strict; Max-Age=${seconds}${secure}`
}
