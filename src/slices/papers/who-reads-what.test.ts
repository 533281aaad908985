import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { actorOf } from '#platform/http/corridor.tsx'
import type { Actor } from '#platform/permission.ts'
import { type Handling, mayReadPaper, readablePapers } from '#slices/meetings/index.ts'
import { aNetwork, Someone, type TestNetwork } from '#tests/network.ts'
import type { NoScriptPerson } from '#tests/person.ts'
import {
  aMeeting,
  anItem,
  aPaper,
  aPdf,
  doingAs,
  keepFrom,
  type MadeMeeting,
  type MadePaper,
  pdfFile,
  runJobs,
} from './for-tests.ts'
import { loadPaper } from './store.ts'

// One rule of permission, asked at every door (BOARD-24, R57): what a person may read on the page, and nothing more,
// is in the file, the search, the pack, the messages and the calendar.

const marks = ['public', 'board', 'named'] as const
/** A word that stands nowhere else, in title, summary and text of the paper with this mark. */
const words = { public: 'Quokkapublic', board: 'Numbatboard', named: 'Bilbynamed' } as const

const readers = {
  'the author': { public: true, board: true, named: true },
  'a member': { public: true, board: true, named: false },
  'a volunteer': { public: true, board: true, named: false },
  'a volunteer who is named': { public: true, board: true, named: true },
  'the chair': { public: true, board: true, named: false },
  'the team': { public: true, board: true, named: false },
  'a member of another group': { public: true, board: false, named: false },
  'the administrator': { public: true, board: false, named: false },
  'a member in conflict': { public: false, board: false, named: false },
  'a named volunteer in conflict': { public: false, board: false, named: false },
  'a visitor': { public: true, board: false, named: false },
  'somebody of another network': { public: true, board: false, named: false },
} as const satisfies Record<string, Record<Handling, boolean>>
type Who = keyof typeof readers
const everybody = Object.keys(readers) as Who[]

let network: TestNetwork
let meeting: MadeMeeting
const papers = {} as Record<Handling, MadePaper>
const people = {} as Record<Who, NoScriptPerson>
const comesToTheMeeting = (who: Who) =>
  !['a member of another group', 'the administrator', 'a visitor', 'somebody of another network'].includes(
    who,
  )

beforeAll(async () => {
  network = await aNetwork()
  const lay = [{ group: 'board', role: 'volunteer' as const, voting: true, lay: true }]
  const inConflict = await network.aPerson({
    name: 'Connie Conflict',
    memberships: [{ group: 'board', role: 'member', voting: true }],
  })
  const namedInConflict = await network.aPerson({ name: 'Nora Named', memberships: lay })
  Object.assign(people, {
    'the author': network.boardMember,
    'a member': await network.aPerson({
      name: 'Mel Member',
      memberships: [{ group: 'board', role: 'member', voting: true }],
    }),
    'a volunteer': network.volunteer,
    'a volunteer who is named': network.secondVolunteer,
    'the chair': network.boardChair,
    'the team': network.coordinator,
    'a member of another group': network.sigMember,
    'the administrator': network.administrator,
    'a member in conflict': inConflict,
    'a named volunteer in conflict': namedInConflict,
    'a visitor': network.visitor,
    'somebody of another network': network.stranger,
  } satisfies Record<Who, NoScriptPerson>)
  meeting = await aMeeting(network)
  for (const [n, handling] of marks.entries()) {
    const itemId = await anItem(network, meeting, {
      title: `Item ${n + 1}`,
      handling: handling === 'named' ? 'board' : handling,
      presenter: network.boardMember,
      position: 10 + n,
    })
    await keepFrom(network, itemId, inConflict)
    await keepFrom(network, itemId, namedInConflict)
    const word = words[handling]
    papers[handling] = await aPaper(network, {
      meeting,
      itemId,
      handling,
      readers: [network.secondVolunteer, namedInConflict],
      title: `${word} title`,
      summary: `The ${word} summary.`,
      file: pdfFile(await aPdf([[`The ${word} text of this paper, as it was sent.`]])),
    })
  }
}, 120_000)

const cases = everybody.flatMap(who => marks.map(handling => [who, handling] as const))
const knows = (who: Who, text: string) =>
  marks.filter(each => text.includes(words[each])).join() || `${who}: nothing`
const should = (who: Who, door: (handling: Handling) => boolean) =>
  marks.filter(each => readers[who][each] && door(each)).join() || `${who}: nothing`

describe('BOARD-24 who reads what, at every door', () => {
  test.each(cases)('BOARD-24 page and file: %s, a paper that is %s', async (who, handling) => {
    const may = readers[who][handling]
    const page = await people[who].opens(papers[handling].path)
    expect(page.status).toBe(may ? 200 : 404)
    expect(page.html.includes(words[handling])).toBe(may)
    const file = await network.boardMember.reads(papers[handling].path)
    const href = file.$('a[href*="/files/"]').attr('href')!
    expect((await people[who].opens(href)).status).toBe(may ? 200 : 404)
    if (!may) {
      // The same as for a paper that does not exist, byte for byte.
      const nothing = await people[who].raw(`${meeting.path}/papers/P-999`)
      expect(page.html).toBe(await nothing.text())
    }
    // A file goes with its own paper only.
    expect(
      (await people[who].opens(href.replace(papers[handling].reference, papers.public.reference))).status,
    ).toBe(readers[who].public && handling === 'public' ? 200 : 404)
  })

  test.each(everybody)('BOARD-24 search: %s', async who => {
    const signedIn = people[who] instanceof Someone && people[who].networkId === network.id
    for (const handling of marks) {
      for (const given of [
        `${words[handling]} summary`,
        `${words[handling]} text`,
        papers[handling].reference,
      ]) {
        const page = await people[who].opens(`/${network.slug}/search?q=${encodeURIComponent(given)}`)
        const found = page.$(`a[href="${papers[handling].path}"]`).length > 0
        expect(found, given).toBe(signedIn && readers[who][handling])
      }
    }
  })

  test.each(everybody)('BOARD-24 meeting, item, large print and home: %s', async who => {
    const comes = comesToTheMeeting(who)
    const page = await people[who].opens(meeting.path)
    expect(page.status).toBe(comes ? 200 : 404)
    expect(knows(who, page.html)).toBe(should(who, () => comes))
    for (const which of ['pack/large', 'pack/spoken']) {
      expect(knows(who, (await people[who].opens(`${meeting.path}/${which}`)).html)).toBe(
        should(who, () => comes),
      )
    }
    const home = await people[who].opens(`/${network.slug}/home`)
    for (const handling of marks) {
      if (!readers[who][handling]) expect(home.html).not.toContain(words[handling])
    }
  })

  test.each(everybody.filter(comesToTheMeeting))('BOARD-24 the pack: %s', async who => {
    const page = await people[who].opens(`${meeting.path}/pack.pdf`)
    if (page.headers.get('content-type')?.startsWith('text/html')) {
      await page.press('Make the file')
      await runJobs(network)
    }
    const { getDocumentProxy } = await import('unpdf')
    const bytes = await (await people[who].raw(`${meeting.path}/pack.pdf`)).arrayBuffer()
    const pdf = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 })
    let text = ''
    for (let n = 1; n <= pdf.numPages; n++) {
      const { items } = await (await pdf.getPage(n)).getTextContent()
      text += items.map(item => ('str' in item ? item.str : '')).join(' ')
    }
    expect(knows(who, text)).toBe(should(who, () => true))
  })

  test('BOARD-24 R42 messages and calendars: nothing of what is not public, and nothing to whoever may not read', async () => {
    const { boardMember } = network
    for (const handling of marks) {
      const { path } = papers[handling]
      const asker = handling === 'named' ? network.secondVolunteer : network.volunteer
      const asked = await (await asker.reads(`${path}/ask`))
        .fill('Your question', `What is ${words[handling]}?`)
        .press('Ask this question')
      expect(asked.status).toBe(200)
      await (await asker.reads(`${path}/help`))
        .fill('What would help you?', words[handling])
        .press('Ask for help')
      const question = (await boardMember.reads(path)).$('a[href*="/answer"]').attr('href')!
      await (await boardMember.reads(question)).fill('The answer', words[handling]).press('Send the answer')
      await (await boardMember.reads(`${path}/change`))
        .fill('What changed?', `More of ${words[handling]}.`)
        .press('Keep this new version')
      await (await boardMember.reads(`${path}/send-out`)).press('Send it out')
    }
    network.house.clock.daysOn(1)
    await network.house.runDue()
    const told = await network.inNetwork(tx =>
      tx.selectFrom('message').select(['person_id', 'subject', 'body', 'kind', 'about_id']).execute(),
    )
    const kinds = told.map(each => each.kind)
    for (const kind of ['paper-question', 'paper-answer', 'paper-changed', 'paper-help']) {
      expect(kinds).toContain(kind)
    }
    const all = told.map(each => `${each.subject} ${each.body}`).join('\n')
    expect(all).not.toContain(words.board)
    expect(all).not.toContain(words.named)
    for (const who of everybody) {
      const person = people[who]
      if (!(person instanceof Someone) || person.networkId !== network.id) continue
      const about = told.filter(each => each.person_id === person.id).map(each => each.about_id)
      for (const handling of marks) {
        // The team is asked for help with a paper that only others may read; it learns its number alone.
        if (!readers[who][handling] && who !== 'the team') {
          expect(about, `${who} ${handling}`).not.toContain(papers[handling].reference)
        }
      }
      const calendar = await (await person.signsIn()).opens(`/${network.slug}/account/calendar`)
      if (!calendar.hasButton('Make a secret address')) continue
      const made = await calendar.press('Make a secret address')
      const address = /http\S+\/calendar\/\S+/.exec(made.text)?.[0]
      expect(address, who).toBeDefined()
      const feed = await (await network.visitor.raw(new URL(address!).pathname)).text()
      expect(feed).toContain('BEGIN:VCALENDAR')
      expect(knows(who, feed)).toBe(`${who}: nothing`)
    }
    // Their own network has meetings of its own.
    const elsewhere = (await network.stranger.wasTold()).filter(each => each.kind.startsWith('paper'))
    expect(elsewhere).toEqual([])
  })

  test('BOARD-24 the rule of a paper and its SQL say the same of anybody and any paper', async () => {
    const fresh = await aNetwork()
    const made = [await aMeeting(fresh), await aMeeting(fresh, { group: 'paediatric' })]
    const all: MadePaper[] = []
    for (const each of made) {
      const author = each === made[0] ? fresh.boardMember : fresh.sigChair
      const itemId = await anItem(fresh, each, { presenter: author })
      for (const handling of marks) {
        for (const out of [true, false]) {
          all.push(await aPaper(fresh, { meeting: each, itemId, author, handling, out }))
        }
      }
    }
    const someone = [
      fresh.volunteer,
      fresh.boardMember,
      fresh.sigChair,
      fresh.coordinator,
      fresh.administrator,
    ]
    const actor = fc.record({
      // By their place in the list: a person holds a whole house, which nothing could print.
      person: fc.nat({ max: someone.length - 1 }),
      posts: fc.subarray(['co-ordinator', 'portfolio-manager', 'director', 'administrator'] as const),
      memberships: fc.array(
        fc.record({
          groupId: fc.constantFrom(fresh.groups.board, fresh.groups.paediatric, fresh.groups.mri),
          role: fc.constantFrom('chair', 'deputy', 'member', 'volunteer' as const),
          voting: fc.boolean(),
          lay: fc.boolean(),
        }),
        { maxLength: 3 },
      ),
    })
    const world = fc.record({
      actor,
      author: fc.nat({ max: someone.length - 1 }),
      named: fc.subarray(someone.map((_, n) => n)),
      excluded: fc.subarray(someone.map((_, n) => n)),
      handling: fc.constantFrom(...marks),
      state: fc.constantFrom('draft', 'out', 'withdrawn' as const),
    })
    let yes = 0
    let no = 0
    await fc.assert(
      fc.asyncProperty(world, async given => {
        await doingAs(fresh, someone[given.actor.person], async doing => {
          const { tx } = doing
          const who: Actor = {
            ...actorOf({ ...doing.network })!,
            posts: given.actor.posts,
            memberships: given.actor.memberships,
          }
          for (const paper of all) {
            await tx
              .updateTable('paper')
              .set({
                author_person_id: someone[given.author]!.id,
                handling: given.handling,
                state: given.state,
              })
              .where('id', '=', paper.id)
              .execute()
          }
          await tx.deleteFrom('named_reader').execute()
          await tx.updateTable('conflict').set({ outcome: 'none' }).execute()
          for (const paper of all) {
            for (const person of given.named.map(each => someone[each]!)) {
              await tx
                .insertInto('named_reader')
                .values({
                  network_id: fresh.id,
                  thing_kind: 'paper',
                  thing_id: paper.id,
                  person_id: person.id,
                })
                .execute()
            }
          }
          for (const item of new Set(all.map(each => each.itemId))) {
            for (const person of given.excluded.map(each => someone[each]!)) {
              await tx
                .insertInto('conflict')
                .values({
                  network_id: fresh.id,
                  item_id: item,
                  person_id: person.id,
                  interest_id: null,
                  found_by: 'chair',
                  why: 'A test.',
                  person_says: null,
                  outcome: 'no-paper',
                  decided_by_person_id: null,
                  decided_at: null,
                  found_at: doing.now,
                })
                .onConflict(on =>
                  on.columns(['network_id', 'item_id', 'person_id']).doUpdateSet({ outcome: 'no-paper' }),
                )
                .execute()
            }
          }
          const bySql = await tx
            .selectFrom('paper')
            .innerJoin('meeting', join =>
              join
                .onRef('meeting.network_id', '=', 'paper.network_id')
                .onRef('meeting.id', '=', 'paper.meeting_id'),
            )
            .select('paper.number')
            .where(eb => readablePapers(eb, who))
            .execute()
          for (const paper of all) {
            const loaded = (await loadPaper(
              doing,
              { meeting: paper.meeting.number, paper: paper.number },
              { forChange: false },
            ))!
            const byRule = mayReadPaper.holds(who, loaded)
            if (byRule) yes += 1
            else no += 1
            expect(
              bySql.some(each => each.number === paper.number),
              `${paper.reference} ${JSON.stringify(given.actor)}`,
            ).toBe(byRule)
          }
        })
      }),
      { numRuns: 40 },
    )
    // Neither answer is rare, or the test would say nothing.
    expect(Math.min(yes, no)).toBeGreaterThan(40)
  })
})
