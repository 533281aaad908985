import { getDocumentProxy } from 'unpdf'
import { describe, expect, test } from 'vitest'
import { aNetwork, type Someone } from '#tests/network.ts'
import { drawable } from './apart/drawable.ts'
import { makePackApart } from './apart/index.ts'
import {
  aMeeting,
  anItem,
  aPaper,
  aPdf,
  aWordFile,
  keepFrom,
  type MadeMeeting,
  pdfFile,
  runJobs,
  wordFile,
  wordParagraph,
  wordTable,
} from './for-tests.ts'

/** The words of each page, and the bookmarks, as another program reads them. */
async function opened(bytes: Uint8Array): Promise<{ pages: string[]; bookmarks: string[] }> {
  const pdf = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 })
  const pages: string[] = []
  for (let n = 1; n <= pdf.numPages; n++) {
    const { items } = await (await pdf.getPage(n)).getTextContent()
    pages.push(items.map(item => ('str' in item ? item.str : '')).join(' '))
  }
  const outline = (await pdf.getOutline()) as { title: string }[] | null
  return { pages, bookmarks: (outline ?? []).map(each => each.title) }
}

const packOf = async (person: Someone, meeting: MadeMeeting) => {
  const response = await person.raw(`${meeting.path}/pack.pdf`)
  expect(response.headers.get('content-type')).toBe('application/pdf')
  return await opened(new Uint8Array(await response.arrayBuffer()))
}

describe('BOARD-7 the pack', () => {
  test('BOARD-7 one PDF with cover, agenda with page numbers, bookmarks, and every paper that the reader may see', async () => {
    const network = await aNetwork()
    const { volunteer, secondVolunteer, boardMember } = network
    const meeting = await aMeeting(network)
    const first = await anItem(network, meeting, { presenter: boardMember, title: 'Waits for scans' })
    const second = await anItem(network, meeting, {
      presenter: boardMember,
      title: 'A new supplier',
      position: 11,
    })
    const secret = await anItem(network, meeting, {
      presenter: boardMember,
      title: 'A named matter',
      handling: 'named',
      position: 12,
    })
    const pdf = await aPaper(network, {
      meeting,
      itemId: first,
      file: pdfFile(await aPdf([['The first page of the file'], ['The second page of the file']])),
    })
    const word = await aPaper(network, {
      meeting,
      itemId: second,
      title: 'Who supplies us',
      file: wordFile(
        aWordFile(
          wordParagraph('Prices', 'Heading1') +
            wordTable([
              ['Supplier', 'Price'],
              ['Łódź Imaging', '≤ £20'],
            ]),
        ),
      ),
    })
    await aPaper(network, {
      meeting,
      itemId: secret,
      handling: 'named',
      readers: [boardMember],
      title: 'Nobody else',
    })

    const page = await (await volunteer.reads(meeting.path)).follow(
      'All papers in one file, in large print, or to be read aloud',
    )
    expect(page.text).toContain('the 2 papers that you may read')
    const waiting = await page.press('Make the file')
    expect(waiting.text).toContain('It is being made now')
    await runJobs(network)
    const { pages, bookmarks } = await packOf(volunteer, meeting)
    expect(pages[0]).toContain('Operational Board, July')
    expect(pages[0]).toContain('30 June 2026')
    expect(pages[1]).toContain('Agenda')
    expect(pages[1]).toContain('Waits for scans')
    const at = (words: string) => pages.findIndex(each => each.includes(words)) + 1
    expect(pages[1]).toContain(`${pdf.reference} Shorter waits for scans, page ${at('In short')}`)
    expect(pages[1]).toContain(`${word.reference} Who supplies us, page ${at('Prices')}`)
    expect(at('The second page of the file')).toBe(at('The first page of the file') + 1)
    expect(pages[at('The second page of the file') - 1]).toContain(
      `Page ${at('The second page of the file')} of ${pages.length}`,
    )
    expect(pages.join(' ')).toContain('Lódz Imaging')
    expect(pages.join(' ')).not.toContain('named matter')
    expect(pages.join(' ')).not.toContain('Nobody else')
    expect(bookmarks).toEqual([
      'Operational Board, July',
      'Agenda',
      `${pdf.reference} Shorter waits for scans`,
      `${word.reference} Who supplies us`,
    ])

    // Who may read the same has it at once; the author has one more, and so another.
    expect((await packOf(secondVolunteer, meeting)).pages).toEqual(pages)
    expect((await boardMember.reads(`${meeting.path}/pack.pdf`)).hasButton('Make the file')).toBe(true)
    for (const other of [network.stranger, network.visitor, network.administrator, network.sigMember]) {
      for (const which of ['pack.pdf', 'pack/large', 'pack/spoken']) {
        expect((await other.opens(`${meeting.path}/${which}`)).status, `${other.name} ${which}`).toBe(404)
      }
    }

    // A conflict of interest: from that moment their pack lacks it, and they see that.
    await keepFrom(network, second, volunteer)
    const again = await volunteer.reads(`${meeting.path}/pack.pdf`)
    await again.press('Make the file')
    await runJobs(network)
    const without = (await packOf(volunteer, meeting)).pages.join(' ')
    expect(without).toContain('A new supplier')
    expect(without).toContain('because of a conflict of interest')
    expect(without).not.toContain('Who supplies us')
    expect(without).not.toContain('Lódz')
    expect((await volunteer.reads(`${meeting.path}/pack/large`)).text).not.toContain('Who supplies us')
    expect((await packOf(secondVolunteer, meeting)).pages).toEqual(pages)
  })

  test('BOARD-7 large print and a page for a voice hold the same, tables read row by row', async () => {
    const network = await aNetwork()
    const meeting = await aMeeting(network)
    await aPaper(network, {
      meeting,
      file: wordFile(
        aWordFile(
          wordTable([
            ['What', 'How much'],
            ['Staff', '£20,000'],
          ]),
        ),
      ),
    })
    const large = await network.volunteer.reads(`${meeting.path}/pack/large`)
    expect(large.$('.loop-large table').length).toBe(1)
    const spoken = await network.volunteer.reads(`${meeting.path}/pack/spoken`)
    expect(spoken.$('table').length).toBe(0)
    expect(spoken.text).toContain('What: Staff; How much: £20,000')
  })

  test('BOARD-7 files that are locked, broken, scripted or turned do not stop the pack: a page says what is missing', async () => {
    const paper = (reference: string, pdf: Uint8Array | undefined, text = '') => ({
      reference,
      title: `Paper ${reference}`,
      lines: [],
      mark: 'For the group only',
      summary: 'A summary.',
      blocks: text ? [{ kind: 'paragraph' as const, text }] : [],
      pdf,
    })
    const bytes = await makePackApart({
      network: 'A network',
      title: 'A meeting ✓ שלום 日本',
      cover: [],
      items: [],
      papers: [
        paper('P-1', await aPdf([['Locked words']], file => file.encrypt({ userPassword: 'x' })), 'Its text'),
        paper('P-2', new TextEncoder().encode('%PDF-1.4 and nothing')),
        paper(
          'P-3',
          await aPdf([['Words beside a script']], file => file.addJavaScript('harm', 'app.alert("harm")')),
        ),
        paper(
          'P-4',
          await aPdf([['Turned words']], file => {
            file.getPage(0).setRotation({ type: 'degrees' as never, angle: 90 })
          }),
        ),
        paper('P-5', (await aPdf([['Cut off words']])).slice(0, 300)),
      ],
    })
    const { pages } = await opened(bytes!)
    const all = pages.join(' ')
    expect(all).toContain('it is locked with a password')
    expect(all).toContain('Its text')
    expect(all.match(/it is damaged/g)?.length).toBeGreaterThanOrEqual(1)
    expect(all).toContain('Words beside a script')
    expect(all).toContain('Turned words')
    expect(pages.at(-1)).toContain('For the group only. Page')
    expect(pages[1]).not.toContain('For the group only. Page')
    expect(new TextDecoder('latin1').decode(bytes)).not.toContain('JavaScript')
  })

  test('BOARD-7 when a file stops the making, the pack is made of the texts', async () => {
    const bytes = await makePackApart(
      {
        network: 'A network',
        title: 'A meeting',
        cover: [],
        items: [],
        papers: [
          {
            reference: 'P-1',
            title: 'One',
            lines: [],
            mark: '',
            summary: 'A summary.',
            blocks: [{ kind: 'paragraph', text: 'The text of the paper' }],
            pdf: await aPdf(Array.from({ length: 200 }, () => ['Many words'])),
          },
        ],
      },
      { seconds: 0.05, megabytes: 500 },
    )
    expect((await opened(bytes!)).pages.join(' ')).toContain('The text of the paper')
  })

  test('BOARD-7 every sign can be drawn or has something in its place', () => {
    expect(drawable('Zażółć gęślą jaźń → 3 ≤ 4 “so” — ✓\u202e\u0301')).toBe(
      'Zazólc gesla jazn -> 3 <= 4 “so” — yes',
    )
    expect(drawable('日本 😀')).toBe('?? ?')
  })
})
