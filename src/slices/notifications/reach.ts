import { createECDH, createHash } from 'node:crypto'
import { type Box, openLong, shutLong } from '#platform/box.ts'

/** Where a browser can be told something, and how to seal it for its eyes alone (RFC 8030, RFC 8291). */
export interface DeviceReach {
  readonly endpoint: string
  readonly p256dh: string
  readonly auth: string
}

const isKey = (given: string, bytes: number) =>
  /^[\w-]+=*$/.test(given) && Buffer.from(given, 'base64url').length === bytes

/** Whether a browser could have given these keys: a point of the curve, and sixteen bytes. */
export function keysAreRight(given: DeviceReach): boolean {
  if (!isKey(given.p256dh, 65) || !isKey(given.auth, 16)) return false
  try {
    const curve = createECDH('prime256v1')
    curve.generateKeys()
    curve.computeSecret(Buffer.from(given.p256dh, 'base64url'))
    return true
  } catch {
    return false
  }
}

export const hashOfReach = (reach: DeviceReach): string =>
  createHash('sha256').update(reach.endpoint).digest('hex')

export const shutReach = (box: Box, reach: DeviceReach): string =>
  shutLong(box, JSON.stringify(reach), hashOfReach(reach)).join(' ')

/** @returns undefined when it cannot be opened: it came from elsewhere, or its secret is gone */
export function openReach(box: Box, row: { reach: string; reach_hash: string }): DeviceReach | undefined {
  const text = openLong(box, row.reach.split(' '), row.reach_hash)
  return text === undefined ? undefined : (JSON.parse(text) as DeviceReach)
}
