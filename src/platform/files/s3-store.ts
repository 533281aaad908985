import { AwsClient } from 'aws4fetch'
import { type FileStore, isStoreKey } from './store.ts'

/** A bucket of anything that speaks S3. */
export interface S3Bucket {
  /** Where it is, without the bucket: https://s3.eu-west-2.amazonaws.com */
  readonly endpoint: string
  readonly bucket: string
  readonly region: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** Put before each key: "loop/". */
  readonly prefix: string
}

/** The store did not do what was asked; its words, without any key. */
class StoreError extends Error {}

/** Files in a bucket, each under a random name; signed requests only, so the bucket can stay private. */
export function s3Store(bucket: S3Bucket): FileStore {
  const client = new AwsClient({
    accessKeyId: bucket.accessKeyId,
    secretAccessKey: bucket.secretAccessKey,
    region: bucket.region,
    service: 's3',
    retries: 3,
    initRetryMs: 100,
  })
  const addressOf = (key: string) => {
    if (!isStoreKey(key)) throw new TypeError('not a key of this store')
    return `${bucket.endpoint}/${bucket.bucket}/${bucket.prefix}${key}`
  }
  const asked = async (doing: string, key: string, init: RequestInit) => {
    const response = await client.fetch(addressOf(key), { ...init, signal: AbortSignal.timeout(30_000) })
    if (response.ok || response.status === 404) return response
    await response.body?.cancel()
    throw new StoreError(`The file store answered ${response.status} while ${doing}`)
  }
  return {
    async put(key, bytes) {
      const response = await asked('keeping a file', key, {
        method: 'PUT',
        body: Uint8Array.from(bytes),
        headers: { 'content-type': 'application/octet-stream' },
      })
      await response.body?.cancel()
      if (response.status === 404) throw new StoreError('The file store has no such bucket')
    },
    async read(key) {
      const response = await asked('reading a file', key, { method: 'GET' })
      if (response.status === 404 || !response.body) {
        await response.body?.cancel()
        return undefined
      }
      return response.body
    },
    async remove(key) {
      const response = await asked('removing a file', key, { method: 'DELETE' })
      await response.body?.cancel()
    },
  }
}

/**
 * Reads the setting FILES_URL: `s3://KEY:SECRET@bucket/prefix?endpoint=https://…&region=eu-west-2`.
 * @returns undefined, or why not, as a sentence that says what to do
 */
export function readS3Url(url: string): { ok: true; bucket: S3Bucket } | { ok: false; sentence: string } {
  const no = (sentence: string) => ({ ok: false as const, sentence })
  if (!URL.canParse(url) || !url.startsWith('s3://')) {
    return no(
      'FILES_URL must look like s3://KEY:SECRET@bucket?endpoint=https://s3.example.org&region=eu-west-2',
    )
  }
  const given = new URL(url)
  const endpoint = given.searchParams.get('endpoint') ?? ''
  if (!/^https?:\/\/[^/?#]+$/.test(endpoint.replace(/\/+$/, ''))) {
    return no('FILES_URL needs ?endpoint= with the https address of the store')
  }
  if (!given.username || !given.password)
    return no('FILES_URL needs the key and the secret: s3://KEY:SECRET@bucket')
  const prefix = decodeURIComponent(given.pathname).replace(/^\/+|\/+$/g, '')
  return {
    ok: true,
    bucket: {
      endpoint: endpoint.replace(/\/+$/, ''),
      bucket: given.host,
      region: given.searchParams.get('region') ?? 'eu-west-2',
      accessKeyId: decodeURIComponent(given.username),
      secretAccessKey: decodeURIComponent(given.password),
      prefix: prefix === '' ? '' : `${prefix}/`,
    },
  }
}
