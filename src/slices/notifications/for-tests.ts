import {
  createDecipheriv,
  createECDH,
  createPublicKey,
  type ECDH,
  hkdfSync,
  randomBytes,
  verify,
} from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll } from 'vitest'
import type { Doing } from '#platform/doing.ts'
import { doingAs } from '#slices/contributions/for-tests.ts'
import type { Someone, TestNetwork } from '#tests/network.ts'
import type { SeenPage } from '#tests/person.ts'
import { tellDevices } from './send.ts'

export interface Arrived {
  readonly path: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Buffer
}

/** A push service as a browser's maker runs one: takes what comes, or answers as it is told. */
export async function aPushService() {
  const arrived: Arrived[] = []
  let answer = 201
  let before: (() => Promise<void>) | undefined
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', part => parts.push(part))
    request.on('end', async () => {
      arrived.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(parts) })
      await before?.()
      response.writeHead(answer).end()
    })
  })
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready))
  afterAll(() => void server.close())
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    origin,
    arrived,
    answers(status: number, meanwhile?: () => Promise<void>) {
      answer = status
      before = meanwhile
    },
  }
}

/** A browser's side of RFC 8291: its own keys, and how it opens what was sealed for it. */
export class PushBrowser {
  private readonly curve: ECDH = createECDH('prime256v1')
  private readonly secret = randomBytes(16)
  readonly endpoint: string

  constructor(origin: string) {
    this.curve.generateKeys()
    this.endpoint = `${origin}/push/${randomBytes(80).toString('base64url')}`
  }

  /** What its script hands to the form. */
  get reach() {
    return {
      endpoint: this.endpoint,
      p256dh: this.curve.getPublicKey().toString('base64url'),
      auth: this.secret.toString('base64url'),
    }
  }

  /** RFC 8188 with the keys of RFC 8291. Throws when it was sealed for another browser. */
  opens({ body }: Arrived): unknown {
    const salt = body.subarray(0, 16)
    const theirs = body.subarray(21, 21 + body[20]!)
    const sealed = body.subarray(21 + body[20]!)
    const mine = this.curve.getPublicKey()
    const derive = (from: Buffer, by: Buffer, info: Buffer, length: number) =>
      Buffer.from(hkdfSync('sha256', from, by, info, length))
    const both = Buffer.concat([Buffer.from('WebPush: info\0'), mine, theirs])
    const shared = derive(this.curve.computeSecret(theirs), this.secret, both, 32)
    const key = derive(shared, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16)
    const nonce = derive(shared, salt, Buffer.from('Content-Encoding: nonce\0'), 12)
    const decipher = createDecipheriv('aes-128-gcm', key, nonce).setAuthTag(sealed.subarray(-16))
    const padded = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()])
    return JSON.parse(padded.subarray(0, padded.lastIndexOf(2)).toString('utf8'))
  }
}

/** As a push service looks at who sends (RFC 8292). @returns what was claimed, when its key signed it */
export function provenSender(arrived: Arrived): { claims: Record<string, unknown>; key: string } | undefined {
  const [, token = '', key = ''] =
    /^vapid t=([^,]+), k=(.+)$/.exec(String(arrived.headers.authorization)) ?? []
  const [head = '', claims = '', mark = ''] = token.split('.')
  const point = Buffer.from(key, 'base64url')
  const publicKey = createPublicKey({
    key: {
      kty: 'EC',
      crv: 'P-256',
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33).toString('base64url'),
    },
    format: 'jwk',
  })
  const good = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key: publicKey, dsaEncoding: 'ieee-p1363' },
    Buffer.from(mark, 'base64url'),
  )
  return good ? { claims: JSON.parse(Buffer.from(claims, 'base64url').toString()), key } : undefined
}

/** People with devices, a push service of this test's own, and something to tell them. */
export async function aPushStory(network: TestNetwork) {
  const { house, slug, coordinator } = network
  const at = () => `/${slug}/account/notifications`
  const alsoInside = (yes: boolean) => {
    const allows = (address: string) => address === '127.0.0.1'
    Object.assign(house.house, { alsoReaches: yes ? allows : undefined })
  }
  alsoInside(true)
  return {
    service: await aPushService(),
    at,
    /** The service of this test is inside; nothing else is called. */
    alsoInside,
    /** As the page's script does it for somebody who presses the button. */
    async adds(
      person: Someone,
      reach: Record<string, string>,
      ends: 'yes' | 'no' = 'yes',
    ): Promise<SeenPage> {
      await person.signsIn()
      const { to, body } = (await person.reads(at())).wouldSend('Tell me on this device')
      for (const [name, value] of Object.entries({ ...reach, ends })) body.set(name, value)
      return await person.posts(to, body)
    },
    async writes(person: Someone, about = 'contribution', by?: Doing): Promise<void> {
      const write = (doing: Doing) =>
        doing.tell({
          key: `test:${about}:${Math.random()}`,
          personId: person.id,
          kind: about === 'digest' ? about : 'a-test',
          subject: 'the ramp is mended',
          paragraphs: ['Door B has a new ramp.'],
          about: { kind: about, id: '1' },
        })
      await (by ? write(by) : doingAs(network, coordinator, write))
    },
    telling: () => tellDevices(house.house, house.app.slices),
    async devices(person: Someone) {
      const mine = 'select * from push_device where person_id = $1 order by id'
      return (await house.owner.query(mine, [person.id])).rows
    },
  }
}
