import { beforeAll, describe, expect, test } from 'vitest'
import { loadItem, meetingPaths } from '#slices/meetings/index.ts'
import { aNetwork, type TestNetwork } from '#tests/network.ts'
import { addPaper, writtenPaper } from './changes.ts'
import {
  aMeeting,
  anItem,
  aPaper,
  aPdf,
  aSummary,
  aWordFile,
  doingAs,
  pdfFile,
  runJobs,
  wordFile,
  wordParagraph,
  wordTable,
} from './for-tests.ts'

let network: TestNetwork

beforeAll(async () => {
  network = await aNetwork()
})

const addPath = (meeting: { reference: string }, item: number) =>
  meetingPaths.itemStep(network.slug, meeting.reference, item, 'add-paper')

describe('BOARD-5 papers, from the file to the page', () => {
  test('BOARD-5 a presenter adds a Word file; it is read apart, looked at, and sent out', async () => {
    const meeting = await aMeeting(network)
    const item = await anItem(network, meeting, { presenter: network.boardMember })
    const itemPath = meetingPaths.item(network.slug, meeting.reference, item)
    expect((await network.volunteer.reads(itemPath)).hasLink('Add a paper')).toBe(false)
    expect((await network.coordinator.reads(itemPath)).hasLink('Add a paper')).toBe(true)
    const form = await (await network.boardMember.reads(itemPath)).follow('Add a paper')
    expect(form.path).toBe(addPath(meeting, item))
    const empty = await form.press('Add this paper')
    expect(empty.status).toBe(422)
    expect(empty.errors).toEqual(['Enter the title of the paper'])
    const added = await empty
      .fill('Title', 'Shorter waits')
      .attach(
        'The file',
        wordFile(
          aWordFile(
            wordParagraph('What it costs', 'Heading1') +
              wordParagraph('We need one radiographer more in the evening.') +
              wordTable([
                ['What', 'How much'],
                ['Staff', '£20,000'],
              ]),
          ),
        ),
      )
      .press('Add this paper')
    expect(added.status).toBe(200)
    expect(added.text).toContain('Its file is still being read')
    expect(added.text).toContain('It has no summary in plain English.')
    // A draft is for its author and those who run the meeting.
    expect((await network.volunteer.opens(added.path)).status).toBe(404)
    expect((await network.coordinator.opens(added.path)).status).toBe(200)
    expect((await network.stranger.opens(added.path)).status).toBe(404)
    expect((await network.visitor.opens(added.path)).status).toBe(404)

    await runJobs(network)
    const read = await network.boardMember.reads(added.path)
    expect(read.$('main h3').text()).toContain('What it costs')
    expect(read.$('main table th').text()).toContain('How much')
    expect(read.hasLink('Send it out')).toBe(false)

    const changed = await (await read.follow('Change this paper'))
      .fill('Summary in plain English', aSummary)
      .press('Save this paper')
    const sent = await (await changed.follow('Send it out')).press('Send it out')
    expect(sent.status).toBe(200)
    const seen = await network.volunteer.reads(added.path)
    expect(seen.h1).toBe('Shorter waits')
    expect(seen.text).toContain('For the group only')
    expect(seen.text).toContain('Two more evening lists'.toLowerCase())
    expect(seen.text).toContain('Mo Member')
    expect(seen.text).toContain('£20,000')
    expect(seen.text).not.toContain('working days late')
    const href = seen.$('a[href*="/files/"]').attr('href')!
    const file = await network.volunteer.raw(href)
    expect(file.status).toBe(200)
    expect(file.headers.get('content-disposition')).toContain('attachment; filename="paper.docx"')
    for (const other of [network.stranger, network.visitor, network.administrator, network.sigMember]) {
      expect((await other.opens(added.path)).status, other.name).toBe(404)
      expect((await other.opens(href)).status, other.name).toBe(404)
    }
  })

  test('BOARD-5 a summary of more than 200 words is refused, with what was typed kept and hard sentences shown', async () => {
    const meeting = await aMeeting(network)
    const item = await anItem(network, meeting)
    const long = `${'We really do need organisational transformational capability improvement methodologies everywhere. '.repeat(30)}`
    const form = await (await network.coordinator.reads(addPath(meeting, item)))
      .fill('Title', 'Too many words')
      .fill('Summary in plain English', long)
      .press('Add this paper')
    expect(form.status).toBe(422)
    expect(form.errors).toEqual(['The summary must have 200 words or fewer'])
    expect(form.valueOf('Title')).toBe('Too many words')
    expect(form.text).toContain('How easy this is to read')
    expect(form.text).toContain('We aim for 9 to 11')
  })

  test('BOARD-5 a scanned file is recognised before it goes out, and the author is told what to do', async () => {
    const paper = await aPaper(network, { out: false, file: pdfFile(await aPdf([[], []])) })
    const page = await network.boardMember.reads(paper.path)
    expect(page.text).toContain('This file is a picture of pages')
    expect(page.hasLink('Send it out')).toBe(false)
    const tried = await network.boardMember.reads(`${paper.path}/send-out`)
    expect(tried.hasButton('Send it out')).toBe(false)
    const better = await (await network.boardMember.reads(`${paper.path}/change`))
      .attach('The file', pdfFile(await aPdf([['Words that everybody can read at home']])))
      .press('Save this paper')
    expect(better.text).toContain('still being read')
    await runJobs(network)
    expect((await network.boardMember.reads(paper.path)).hasLink('Send it out')).toBe(true)
  })

  test('BOARD-5 a text that was written here needs no reading, and two workers read each file once', async () => {
    const meeting = await aMeeting(network)
    const item = await anItem(network, meeting)
    const number = await doingAs(network, network.boardChair, async doing => {
      const made = await addPaper(
        doing,
        (await loadItem(doing, { meeting: meeting.reference, item }, { forChange: true }))!,
        {
          title: 'Written here',
          summary: aSummary,
          handling: 'board',
          readers: [],
          authorId: network.boardChair.id,
          file: await writtenPaper('Written here', [{ kind: 'paragraph', text: 'Words from the start.' }]),
        },
      )
      if (!made.accepted) throw new Error(made.sentence)
      return made.state.number
    })
    const path = meetingPaths.paper(network.slug, meeting.reference, `P-${number}`)
    expect((await network.boardChair.reads(path)).text).toContain('Words from the start.')
    const papers = await Promise.all(
      ['One', 'Two', 'Three'].map(async title =>
        (await network.coordinator.reads(addPath(meeting, item)))
          .fill('Title', title)
          .attach('The file', pdfFile(await aPdf([[`Words of the paper that is called ${title}.`]])))
          .press('Add this paper'),
      ),
    )
    await Promise.all([runJobs(network), runJobs(network)])
    for (const [n, added] of papers.entries()) {
      const words = `Words of the paper that is called ${['One', 'Two', 'Three'][n]}.`
      expect((await network.coordinator.reads(added.path)).text).toContain(words)
    }
  })

  test('BOARD-5 a file that is no PDF or Word file is refused in a sentence', async () => {
    const meeting = await aMeeting(network)
    const item = await anItem(network, meeting)
    const form = await (await network.coordinator.reads(addPath(meeting, item)))
      .fill('Title', 'A picture')
      .attach(
        'The file',
        new File(
          [Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex')],
          'a.png',
        ),
      )
      .press('Add this paper')
    expect(form.errors).toEqual(['The paper must be a PDF or a Word file (DOCX)'])
    const large = await form
      .attach('The file', new File([new Uint8Array(10 * 1024 * 1024 + 1)], 'large.pdf'))
      .press('Add this paper')
    expect(large.errors).toEqual(['large.pdf is larger than 10 MB. Choose a smaller file.'])
    const macros = await large
      .attach('The file', wordFile(aWordFile(wordParagraph('Words'), { 'word/vbaProject.bin': 'x' })))
      .press('Add this paper')
    expect(macros.errors).toEqual(['paper.docx contains macros. Save it without them and choose it again.'])
    expect((await network.visitor.opens('/healthz')).status).toBe(200)
  })

  test('BOARD-5 a paper that is out changes as a new version, which says what changed and is told', async () => {
    const paper = await aPaper(network, { handling: 'board', title: 'Secret plans' })
    const form = await network.boardMember.reads(`${paper.path}/change`)
    const silent = await form.fill('Title', 'Better plans').press('Keep this new version')
    expect(silent.errors).toEqual(['Say what changed, for those who have read it'])
    const kept = await silent
      .fill('What changed?', 'The cost is now £30,000.')
      .attach('The file', pdfFile(await aPdf([['The cost is now thirty thousand pounds']])))
      .press('Keep this new version')
    expect(kept.text).toContain('A new version is being prepared')
    // Until it goes out everybody reads the one before.
    const before = await network.volunteer.reads(paper.path)
    expect(before.h1).toBe('Secret plans')
    expect(before.text).not.toContain('thirty thousand')
    await runJobs(network)
    await (await network.boardMember.reads(`${paper.path}/send-out`)).press('Send it out')
    const after = await network.volunteer.reads(paper.path)
    expect(after.h1).toBe('Better plans')
    expect(after.text).toContain('thirty thousand')
    expect(after.text).toContain('Version 2')
    expect(after.text).toContain('The cost is now £30,000.')
    const told = (await network.volunteer.wasTold()).at(-1)!
    expect(told.kind).toBe('paper-changed')
    expect(told.body).not.toContain('plans')
    expect(told.body).not.toContain('£30,000')
    const files = after.$('a[href*="/files/"]').toArray()
    expect(files.length).toBeGreaterThanOrEqual(2)
    expect((await network.stranger.wasTold()).length).toBe(0)
  })

  test('BOARD-5 BOARD-24 the paper of a confidential item is confidential too, and each opening of it is written down', async () => {
    const { boardMember, volunteer, secondVolunteer } = network
    const meeting = await aMeeting(network)
    const item = await anItem(network, meeting, {
      handling: 'named',
      presenter: boardMember,
      readers: [secondVolunteer],
    })
    const form = await (await boardMember.reads(addPath(meeting, item)))
      .fill('Title', 'A name')
      .choose('The group only')
      .press('Add this paper')
    expect(form.errors).toEqual(['This item is for named people only, so its paper is too'])
    const nobody = await form.choose('Named people only').press('Add this paper')
    expect(nobody.errors).toEqual(['Choose the people who may read it'])
    const paper = await aPaper(network, {
      meeting,
      itemId: item,
      handling: 'named',
      readers: [secondVolunteer],
    })
    await secondVolunteer.reads(paper.path)
    expect((await volunteer.opens(paper.path)).status).toBe(404)
    expect((await network.boardChair.opens(paper.path)).status).toBe(404)
    const opened = await network.house.owner.query<{ person_id: number }>(
      `select by_person_id as person_id from audit where action = 'confidential-paper-opened' and thing_id = $1`,
      [paper.reference],
    )
    expect(opened.rows.map(each => each.person_id)).toEqual([secondVolunteer.id])
  })

  test('BOARD-5 the pages of papers ask the database at most six times', async () => {
    const paper = await aPaper(network)
    const asked: Record<string, number> = {}
    for (const person of [network.volunteer, network.boardMember, network.boardChair, network.coordinator]) {
      for (const path of [paper.path, `${paper.path}/ask`, `${paper.meeting.path}/pack/large`]) {
        const before = network.house.database.statements.count
        await person.reads(path)
        asked[path] = Math.max(asked[path] ?? 0, network.house.database.statements.count - before - 2)
      }
    }
    expect(
      Object.values(asked).filter(count => count > 6),
      JSON.stringify(asked),
    ).toEqual([])
  })
})
