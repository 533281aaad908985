import { createHash, createHmac } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { deflateRawSync, deflateSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { checkFile } from '../files.ts'
import { withoutMetadata } from './metadata.ts'
import { readS3Url, s3Store } from './s3-store.ts'
import { unpack } from './unpacked.ts'

const bytesOf = (...parts: (string | number[] | Uint8Array)[]) =>
  new Uint8Array(
    Buffer.concat(
      parts.map(each => (typeof each === 'string' ? Buffer.from(each, 'latin1') : Buffer.from(each))),
    ),
  )

interface Part {
  name: string
  content: Uint8Array
  /** What the directory says, when it lies. */
  saysUnpacked?: number
}

function zip(...parts: Part[]): Uint8Array {
  const local: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { name, content, saysUnpacked } of parts) {
    const packed = deflateRawSync(content)
    const size = saysUnpacked ?? content.length
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04034b50, 0)
    head.writeUInt16LE(8, 8)
    head.writeUInt32LE(packed.length, 18)
    head.writeUInt32LE(size, 22)
    head.writeUInt16LE(name.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(8, 10)
    entry.writeUInt32LE(packed.length, 20)
    entry.writeUInt32LE(size, 24)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(at, 42)
    local.push(head, Buffer.from(name), packed)
    directory.push(entry, Buffer.from(name))
    at += 30 + name.length + packed.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(listed.length, 12)
  end.writeUInt32LE(at, 16)
  return new Uint8Array(Buffer.concat([...local, listed, end]))
}

const wordTypes = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`
const word = (...more: Part[]) =>
  zip(
    { name: '[Content_Types].xml', content: Buffer.from(wordTypes) },
    { name: 'word/document.xml', content: Buffer.from('<w:document/>') },
    ...more,
  )
const file = (name: string, bytes: Uint8Array) => new File([Uint8Array.from(bytes)], name)
const sentence = async (name: string, bytes: Uint8Array) => {
  const checked = await checkFile(file(name, bytes))
  return checked.ok ? 'taken' : checked.sentence
}

const pdf = bytesOf('%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF')

test('LOOP-2 the content of a file decides what it is, and must agree with its name', async () => {
  expect(await sentence('letter.pdf', pdf)).toBe('taken')
  expect(await sentence('letter.PDF', pdf)).toBe('taken')
  expect(await sentence('plan.docx', word())).toBe('taken')
  expect(await sentence('photo.jpg', pdf)).toMatch(/not what its name says/)
  expect(await sentence('letter.pdf', bytesOf('<html><script>alert(1)</script>'))).toMatch(/is not a photo/)
  expect(await sentence('letter.pdf', bytesOf('MZ', new Array(200).fill(0)))).toMatch(/is not a photo/)
  expect(await sentence('empty.pdf', bytesOf())).toMatch(/is empty/)
  expect(await sentence('any.docx', zip({ name: 'a.txt', content: Buffer.from('hello') }))).toMatch(
    /is not a photo/,
  )
  expect(await sentence('big.pdf', new Uint8Array(10 * 1024 * 1024 + 1))).toMatch(/larger than 10 MB/)
})

test('LOOP-2 a Word file with macros is refused', async () => {
  expect(
    await sentence('plan.docx', word({ name: 'word/vbaProject.bin', content: Buffer.from('x') })),
  ).toMatch(/contains macros/)
})

test('LOOP-2 a zip bomb is stopped, also when its directory says that it is small', async () => {
  const zeros = new Uint8Array(120 * 1024 * 1024)
  expect(await sentence('bomb.docx', word({ name: 'word/a.xml', content: zeros }))).toMatch(
    /cannot be opened safely/,
  )
  expect(
    await sentence('bomb.docx', word({ name: 'word/a.xml', content: zeros, saysUnpacked: 2_000 })),
  ).toMatch(/cannot be opened safely/)
  // Also in the part by which the kind of file is told.
  expect(
    await sentence('bomb.docx', zip({ name: '[Content_Types].xml', content: zeros, saysUnpacked: 99 })),
  ).toMatch(/cannot be opened safely/)
})

test('LOOP-2 a zip that is cut off, encrypted or names one part twice is refused', async () => {
  expect(await unpack(word().subarray(0, 120))).toBeUndefined()
  const locked = word()
  const at = Buffer.from(locked).indexOf(Buffer.from([0x50, 0x4b, 1, 2]))
  locked[at + 8] = 1
  expect(await unpack(locked)).toBeUndefined()
  const twice = { name: 'word/document.xml', content: Buffer.from('<other/>') }
  expect(await unpack(word(twice))).toBeUndefined()
  expect(await unpack(word(), { entries: 1, bytes: 1_000_000 })).toBeUndefined()
  expect(await unpack(word())).toMatchObject({ names: ['[Content_Types].xml', 'word/document.xml'] })
})

const segment = (mark: number, content: Uint8Array) =>
  bytesOf([0xff, mark, (content.length + 2) >> 8, (content.length + 2) & 0xff], content)
const exif = (orientation: number) =>
  segment(
    0xe1,
    bytesOf(
      'Exif\0\0II*\0',
      [8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0],
      'GPS 52.4539 N, taken by Pat Patient',
    ),
  )
const picture = bytesOf([0xff, 0xda, 0, 4, 1, 2], [7, 7, 0xff, 0, 9, 0xff, 0xd0, 3], [0xff, 0xd9])

test('LOOP-2 a JPEG loses where and when it was taken, and stays the picture that it is', () => {
  const table = segment(0xdb, bytesOf([1, 2, 3, 0xff, 0xd9, 4]))
  const photo = bytesOf(
    [0xff, 0xd8],
    segment(0xe0, bytesOf('JFIF\0')),
    exif(1),
    segment(0xe1, bytesOf('http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>Pat Patient')),
    segment(0xed, bytesOf('Photoshop 3.0\0Pat Patient')),
    segment(0xe2, bytesOf('ICC_PROFILE\0colours')),
    segment(0xfe, bytesOf('a comment by Pat Patient')),
    table,
    picture,
    'hidden behind the end: Pat Patient',
  )
  const clean = withoutMetadata('image/jpeg', photo)
  expect(Buffer.from(clean).toString('latin1')).not.toContain('Pat Patient')
  expect(Buffer.from(clean)).toEqual(
    Buffer.from(
      bytesOf(
        [0xff, 0xd8],
        segment(0xe0, bytesOf('JFIF\0')),
        segment(0xe2, bytesOf('ICC_PROFILE\0colours')),
        table,
        picture,
      ),
    ),
  )
})

test('LOOP-2 a photo that was turned stays turned, and a scan in several parts stays whole', () => {
  const clean = Buffer.from(withoutMetadata('image/jpeg', bytesOf([0xff, 0xd8], exif(6), picture)))
  expect(clean.toString('latin1')).not.toContain('Pat')
  expect(clean.includes(Buffer.from([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6]))).toBe(true)
  expect(clean.subarray(-picture.length)).toEqual(Buffer.from(picture))
  const table = segment(0xc4, bytesOf([1, 0xff, 0xd9, 2]))
  const scans = bytesOf([0xff, 0xd8], [0xff, 0xda, 0, 4, 1, 2, 7, 7], table, picture)
  expect(Buffer.from(withoutMetadata('image/jpeg', scans))).toEqual(Buffer.from(scans))
})

test('LOOP-2 what is not laid out as its kind says comes back as it was', () => {
  const odd = bytesOf([0xff, 0xd8, 0xff, 0xe1, 0xff, 0xff, 1, 2, 3])
  expect(withoutMetadata('image/jpeg', odd)).toEqual(odd)
  expect(withoutMetadata('application/pdf', pdf)).toEqual(pdf)
})

test('LOOP-2 a PNG loses its words, times and Exif', () => {
  const chunk = (name: string, content: Uint8Array | string) => {
    const body = bytesOf(content)
    const length = Buffer.alloc(4)
    length.writeUInt32BE(body.length)
    return bytesOf(length, name, body, [0, 0, 0, 0])
  }
  const head = bytesOf([0x89], 'PNG\r\n', [0x1a], '\n')
  const needed = [
    chunk('IHDR', new Uint8Array(13)),
    chunk('IDAT', deflateSync(bytesOf([1, 2, 3]))),
    chunk('IEND', ''),
  ]
  const whole = bytesOf(
    head,
    needed[0]!,
    chunk('tEXt', 'Author\0Pat'),
    chunk('eXIf', 'GPS'),
    needed[1]!,
    chunk('tIME', 'x'),
    needed[2]!,
    'behind',
  )
  expect(Buffer.from(withoutMetadata('image/png', whole))).toEqual(Buffer.from(bytesOf(head, ...needed)))
})

/** A bucket that believes nobody: it works out each signature again from what AWS publishes (SigV4). */
async function aBucket(secret: string) {
  const kept = new Map<string, Buffer>()
  let failures = 0
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const body = Buffer.concat(parts)
    const url = new URL(request.url!, 'http://store')
    if (failures > 0) {
      failures -= 1
      response.writeHead(503).end()
    } else if (!signedBy(secret, request, url, body)) response.writeHead(403).end('SignatureDoesNotMatch')
    else if (request.method === 'PUT') {
      kept.set(url.pathname, body)
      response.writeHead(200).end()
    } else if (request.method === 'DELETE') {
      kept.delete(url.pathname)
      response.writeHead(204).end()
    } else {
      const found = kept.get(url.pathname)
      response.writeHead(found ? 200 : 404).end(found)
    }
  })
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready))
  afterAll(() => void server.close())
  return {
    kept,
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    failNext: (times: number) => {
      failures = times
    },
  }
}

function signedBy(secret: string, request: IncomingMessage, url: URL, body: Buffer): boolean {
  const found = /Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]+)/.exec(
    request.headers.authorization ?? '',
  )
  if (!found) return false
  const [, credential, names, signature] = found as unknown as [string, string, string, string]
  const [, day, region, service] = credential.split('/') as [string, string, string, string]
  const said = String(request.headers['x-amz-content-sha256'])
  const real = createHash('sha256').update(body).digest('hex')
  if (said !== 'UNSIGNED-PAYLOAD' && said !== real) return false
  const canonical = [
    request.method,
    url.pathname,
    '',
    ...names.split(';').map(name => `${name}:${String(request.headers[name]).trim()}`),
    '',
    names,
    said,
  ].join('\n')
  const scope = `${day}/${region}/${service}/aws4_request`
  const toSign = [
    'AWS4-HMAC-SHA256',
    request.headers['x-amz-date'],
    scope,
    createHash('sha256').update(canonical).digest('hex'),
  ].join('\n')
  const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()
  const key = [region, service, 'aws4_request'].reduce<Buffer>(hmac, hmac(`AWS4${secret}`, day))
  return createHmac('sha256', key).update(toSign).digest('hex') === signature
}

const key = '0f8fad5b-d9cb-469f-a165-70867728950e'

test('LOOP-2 files can live in an S3-compatible store by one setting', async () => {
  const bucket = await aBucket('a+secret/with signs')
  const read = readS3Url(
    `s3://AKID:${encodeURIComponent('a+secret/with signs')}@views/loop?endpoint=${bucket.endpoint}&region=eu-west-2`,
  )
  if (!read.ok) throw new Error(read.sentence)
  const store = s3Store(read.bucket)
  await store.put(key, pdf)
  expect([...bucket.kept.keys()]).toEqual([`/views/loop/${key}`])
  expect(Buffer.from(await new Response(await store.read(key)).arrayBuffer())).toEqual(Buffer.from(pdf))
  // It was busy: asked again.
  bucket.failNext(1)
  expect(Buffer.from(await new Response(await store.read(key)).arrayBuffer())).toEqual(Buffer.from(pdf))
  await store.remove(key)
  expect(await store.read(key)).toBeUndefined()
  await expect(store.put('../../etc/passwd', pdf)).rejects.toThrow('not a key')
  const wrong = s3Store({ ...read.bucket, secretAccessKey: 'another' })
  await expect(wrong.put(key, pdf)).rejects.toThrow('403')
})

test('LOOP-2 a wrong setting for the file store says what to do', () => {
  for (const [url, words] of [
    ['folder', /must look like s3:/],
    ['s3://A:B@views', /needs \?endpoint=/],
    ['s3://views?endpoint=https://s3.example.org', /needs the key and the secret/],
  ] as const) {
    const read = readS3Url(url)
    expect(read.ok ? '' : read.sentence).toMatch(words)
  }
})
