import { deflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { readText } from './apart/index.ts'
import { aPdf, aWordFile, wordParagraph, wordTable } from './files-for-tests.ts'
import type { Block } from './text.ts'

const pdf = 'application/pdf'
const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const kinds = (blocks: readonly Block[]) => blocks.map(each => each.kind)

describe('BOARD-5 the text of a file, read apart from the service', () => {
  test('BOARD-5 a PDF gives headings by the size of their letters, paragraphs whole, and lists', async () => {
    const read = await readText(
      pdf,
      await aPdf([
        [
          { text: 'Shorter waits', size: 22 },
          '',
          'People wait eleven weeks for a scan, and nobody',
          'tells them why.',
          '',
          { text: 'What we ask', size: 16 },
          '',
          '- Two evening lists',
          '- One more radiographer',
        ],
        ['It goes on here.'],
      ]),
    )
    expect(read.state).toBe('readable')
    expect(read.pages).toBe(2)
    expect(read.blocks).toEqual([
      { kind: 'heading', level: 2, text: 'Shorter waits' },
      { kind: 'paragraph', text: 'People wait eleven weeks for a scan, and nobody tells them why.' },
      { kind: 'heading', level: 3, text: 'What we ask' },
      { kind: 'list', ordered: false, items: ['Two evening lists', 'One more radiographer'] },
      { kind: 'paragraph', text: 'It goes on here.' },
    ])
  })

  test('BOARD-5 a Word file gives headings, lists and tables; a script in its words is only words', async () => {
    const read = await readText(
      word,
      aWordFile(
        [
          wordParagraph('Costs', 'Heading1'),
          wordParagraph('&lt;script&gt;alert(1)&lt;/script&gt; is what somebody wrote.'),
          wordTable([
            ['What', 'How much'],
            ['Staff', '£20,000'],
          ]),
          wordParagraph('Risks', 'Heading2'),
        ].join(''),
      ),
    )
    expect(read.blocks).toEqual([
      { kind: 'heading', level: 2, text: 'Costs' },
      { kind: 'paragraph', text: '<script>alert(1)</script> is what somebody wrote.' },
      { kind: 'table', header: ['What', 'How much'], rows: [['Staff', '£20,000']] },
      { kind: 'heading', level: 3, text: 'Risks' },
    ])
  })

  test('BOARD-5 pictures of a Word file that lie elsewhere are never fetched', async () => {
    const { createServer } = await import('node:http')
    let asked = 0
    const server = createServer((_, response) => {
      asked += 1
      response.end()
    })
    await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready))
    const { port } = server.address() as { port: number }
    const picture =
      '<w:p><w:r><w:drawing><wp:inline><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:link="rId7"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>'
    const read = await readText(
      word,
      aWordFile(picture + wordParagraph('Words beside a picture from elsewhere.'), {
        'word/_rels/document.xml.rels': `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId7" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="http://127.0.0.1:${port}/x.png" TargetMode="External"/></Relationships>`,
      }),
    )
    server.close()
    expect(read.state).toBe('readable')
    expect(kinds(read.blocks)).toEqual(['paragraph'])
    expect(asked).toBe(0)
  })

  test('BOARD-5 scanned, locked, broken and endless files each have their answer', async () => {
    const scanned = await aPdf([[], [], []])
    expect((await readText(pdf, scanned)).state).toBe('scanned')
    const locked = await aPdf([['Secret words that nobody reads']], file =>
      file.encrypt({ userPassword: 'x' }),
    )
    expect((await readText(pdf, locked)).state).toBe('encrypted')
    expect((await readText(pdf, new TextEncoder().encode('%PDF-1.7 and then nothing'))).state).toBe('broken')
    const whole = await aPdf([['A page that is cut off in the middle of the file']])
    expect((await readText(pdf, whole.slice(0, whole.length / 2))).state).toMatch(/broken|scanned/)
    const endless = await aPdf(Array.from({ length: 2000 }, (_, n) => [`Page ${n + 1} of very many pages`]))
    expect(await readText(pdf, endless)).toEqual({ state: 'too-large', pages: 2000, blocks: [] })
    expect((await readText(word, new TextEncoder().encode('PK nothing'))).state).toBe('broken')
  })

  test('BOARD-5 a script in a PDF does not run: its words are read and nothing else', async () => {
    const scripted = await aPdf([['Words of a paper that brings a script with it']], file =>
      file.addJavaScript('harm', 'app.alert("harm")'),
    )
    const read = await readText(pdf, scripted)
    expect(read.blocks).toEqual([
      { kind: 'paragraph', text: 'Words of a paper that brings a script with it' },
    ])
  })

  test('BOARD-5 what takes too long or too much room is stopped, and the service goes on', async () => {
    const long = await aPdf(Array.from({ length: 300 }, () => ['Many words on each page of this']))
    const started = performance.now()
    const read = await readText(pdf, long, { seconds: 0.05, megabytes: 768 })
    expect(performance.now() - started).toBeLessThan(3000)
    expect(read.state).toBe('too-large')
    expect((await readText(pdf, long, { seconds: 60, megabytes: 10 })).state).toBe('too-large')
    expect((await readText(pdf, long)).state).toBe('readable')
  })

  test('BOARD-5 a file of a thousand bytes that unpacks to hundreds of millions is stopped', async () => {
    const spaces = Buffer.alloc(250 * 1024 * 1024, ' ')
    const packed = deflateSync(deflateSync(spaces))
    const parts: Buffer[] = [Buffer.from('%PDF-1.5\n')]
    const object = (number: number, dictionary: string, stream?: Buffer) => {
      parts.push(Buffer.from(`${number} 0 obj\n${dictionary}`))
      if (stream) parts.push(Buffer.from('\nstream\n'), stream, Buffer.from('\nendstream'))
      parts.push(Buffer.from('\nendobj\n'))
    }
    object(1, '<</Type/Catalog/Pages 2 0 R>>')
    object(2, '<</Type/Pages/Kids[3 0 R]/Count 1>>')
    object(3, '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>')
    object(4, `<</Filter[/FlateDecode/FlateDecode]/Length ${packed.length}>>`, packed)
    parts.push(Buffer.from('trailer<</Size 5/Root 1 0 R>>\n%%EOF'))
    const bomb = Buffer.concat(parts)
    expect(bomb.length).toBeLessThan(3_000)
    const read = await readText(pdf, new Uint8Array(bomb), { seconds: 60, megabytes: 300 })
    expect(read.state).toBe('too-large')
    expect(read.blocks).toEqual([])
  })
})
