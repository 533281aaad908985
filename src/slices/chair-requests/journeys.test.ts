import { beforeAll, describe, expect, test } from 'vitest'
import { formTokenField } from '#design/index.ts'
import { aNetwork, type Someone, type TestNetwork } from '#tests/network.ts'
import { aRequest, doingAs } from './for-tests.ts'
import { answerRequest, judgeAnswer } from './index.ts'

let network: TestNetwork

beforeAll(async () => {
  network = await aNetwork()
})

const png = () =>
  new File(
    [Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex')],
    'waits.png',
    {
      type: 'image/png',
    },
  )
const last = async (person: Someone) => (await person.wasTold()).at(-1)!
const answerOf = (words: string) => ({ words, files: [], forLibrary: false })

describe('LOOP-17 asking a SIG', () => {
  test('LOOP-17 a volunteer asks one thing a page, checks, sends, and both sides are told', async () => {
    const { volunteer, slug } = network
    const start = await volunteer.reads(`/${slug}/requests/new`)
    expect(start.text).toContain('by 12 June 2026')
    expect(start.text).toContain('by 23 June 2026')
    const group = await start.follow('Start')
    expect((await group.press('Continue')).errors).toEqual(['Choose a group'])
    const kind = await group.choose('Paediatric Special Interest Group').press('Continue')
    expect(kind.h1).toBe('What do you need?')
    const question = await kind.choose('Data').press('Continue')
    const empty = await question.press('Continue')
    expect(empty.status).toBe(422)
    expect(empty.title.startsWith('Error: ')).toBe(true)
    const why = await empty.fill('What do you want to ask?', 'How long do children wait?').press('Continue')
    const wrong = await why.fill('Day', '30').fill('Month', '2').fill('Year', '2027').press('Continue')
    expect(wrong.errors).toEqual(['The date must be a real date', 'Write why you need it'])
    const check = await wrong
      .fill('What will it help you to do?', 'To speak at the board.')
      .fill('Day', '19')
      .fill('Month', 'June')
      .fill('Year', '2026')
      .press('Continue')
    expect(check.text).toContain('How long do children wait?')
    expect(check.text).toContain('19 June 2026')
    // Saved: later, or elsewhere, they carry on where they were, and change one answer without losing the rest.
    const later = await (await volunteer.reads(`/${slug}/requests/new`)).follow(
      'Carry on with what you began',
    )
    expect(later.h1).toBe('Check what you ask')
    const changed = await (await later.follow('Change what you need')).choose('Context').press('Continue')
    expect(changed.h1).toBe('Check what you ask')
    expect(changed.text).toContain('Context')
    const sent = await changed.press('Send it')
    expect(sent.h1).toBe('Your request was sent')
    expect(sent.text).toMatch(/R-\d+/)
    const receipt = await last(volunteer)
    expect(receipt.subject).toMatch(/your request R-\d+ is with/)
    expect(receipt.body).toContain('answer by 23 June 2026')
    const chair = await last(network.sigChair)
    expect(chair.body).toContain('How long do children wait?')
    expect(chair.body).toContain('12 June 2026')
    // A second send from another tab makes no second request.
    const again = await changed.press('Send it')
    expect(again.h1).toBe('Your request was sent')
    const { body, to } = changed.wouldSend('Send it')
    body.set('_key', 'another-key-of-another-tab')
    const twice = await volunteer.posts(to, body)
    expect(twice.status).toBe(422)
  })

  test('LOOP-17 on a phone: the answer form stands on the chair’s page, one button says "we have it"', async () => {
    const request = await aRequest(network)
    const page = await network.sigChair.reads(request.path)
    expect(page.text).toContain('It is your turn to say that you have it: by 12 June 2026')
    const had = await page.press('We have it: tell them')
    expect(had.h1).toBe('How long do children wait for a scan?')
    expect(await request.state()).toBe('acknowledged')
    expect((await last(network.volunteer)).subject).toContain('has your request')
    expect(had.hasButton('We have it: tell them')).toBe(false)
    const empty = await had.press('Send the answer')
    expect(empty.status).toBe(422)
    expect(empty.errors).toEqual(['Write your answer'])
    const answered = await empty
      .fill('Your answer', 'Six weeks.')
      .attach('Files', png())
      .press('Send the answer')
    expect(answered.text).toContain('Six weeks.')
    expect(await request.state()).toBe('answered')
    const told = await last(network.volunteer)
    expect(told.body).toContain('The answer: Six weeks.')
    expect(told.body).toContain('files')
    const file = answered.$('a[href*="/files/"]').attr('href')!
    const opened = await network.volunteer.raw(file)
    expect(opened.headers.get('content-disposition')).toContain('attachment')
    for (const stranger of [network.stranger, network.visitor, network.boardMember, network.administrator]) {
      expect((await stranger.opens(file)).status).toBe(404)
    }
  })

  test('LOOP-17 partly goes back once with a reason, then to the portfolio manager, and only the asker closes', async () => {
    const request = await aRequest(network)
    await (await network.sigChair.reads(request.path))
      .fill('Your answer', 'Ask the hospital.')
      .press('Send the answer')
    const page = await network.volunteer.reads(request.path)
    expect((await page.press('Tell them')).errors).toEqual(['Say whether this answers it'])
    const silent = await page.choose('Partly: something is missing').press('Tell them')
    expect(silent.errors).toEqual(['Say what is missing, so that it can be answered'])
    const back = await silent.fill('In your words', 'Which number?').press('Tell them')
    expect(await request.state()).toBe('sent-back')
    expect(back.text).toContain('Which number?')
    expect((await last(network.sigChair)).body).toContain('Which number?')
    // The portfolio manager and the team cannot answer yet, nor close for the asker.
    expect((await network.portfolioManager.reads(request.path)).hasButton('Send the answer')).toBe(false)
    await (await network.sigDeputy.reads(request.path))
      .fill('Your answer', '0121 496 0000')
      .press('Send the answer')
    await (await network.volunteer.reads(request.path))
      .choose('No, this does not answer it')
      .fill('In your words', 'Nobody picks up.')
      .press('Tell them')
    expect(await request.state()).toBe('with-portfolio-manager')
    const told = await last(network.portfolioManager)
    expect(told.subject).toContain('is now yours to answer')
    const manager = await network.portfolioManager.reads(request.path)
    await manager.fill('Your answer', 'I asked them: six weeks.').press('Send the answer')
    const closed = await (await network.volunteer.reads(request.path))
      .choose('Yes, this answers it')
      .press('Tell them')
    expect(closed.text).toContain('You said that this answers it.')
    expect(await request.state()).toBe('closed')
    for (const staff of [network.coordinator, network.portfolioManager, network.director, network.sigChair]) {
      expect((await staff.opens(request.step('verdict'))).status).toBe(404)
    }
  })

  test('LOOP-17 staff who post the verdict are refused, each of them', async () => {
    const request = await aRequest(network)
    await doingAs(network, network.sigChair, doing =>
      answerRequest(doing, request.number, answerOf('Six weeks')),
    )
    for (const staff of [
      network.coordinator,
      network.portfolioManager,
      network.director,
      network.sigChair,
      network.sigDeputy,
      network.administrator,
    ]) {
      // With the proof that their own pages carry: refused for who they are, not for a missing token.
      const own = await staff.opens(`/${network.slug}/requests`)
      const token = own.$(`input[name="${formTokenField}"]`).attr('value')!
      const posted = await staff.posts(request.step('verdict'), {
        [formTokenField]: token,
        verdict: 'yes',
        words: '',
      })
      expect(posted.status).toBe(404)
      const decided = await doingAs(network, staff, doing =>
        judgeAnswer(doing, request.number, { verdict: 'yes', words: '', how: 'web', forLibrary: false }),
      )
      expect(decided).toMatchObject({ accepted: false, reason: 'only-the-asker-judges' })
    }
    expect(await request.state()).toBe('answered')
  })

  test('LOOP-17 without an account: asked, replied and judged by phone, written down as said and read back', async () => {
    const caller = await network.aPerson({
      name: 'Cal Caller',
      channel: 'phone',
      signsIn: false,
      memberships: [{ group: 'board', role: 'volunteer' }],
    })
    const form = await network.coordinator.reads(`/${network.slug}/requests/on-behalf`)
    const empty = await form.press('Send it for them')
    expect(empty.errors).toHaveLength(6)
    const page = await empty
      .fill('Who asks?', 'Cal Caller')
      .choose('On the phone')
      .fill('Which group do they ask?', 'Paediatric Special Interest Group')
      .choose('Education')
      .fill('What they ask, in their own words', 'What is a contrast?')
      .fill('Why they need it', 'I am to read a paper.')
      .press('Send it for them')
    expect(page.text).toContain('written down by Cora Ordinator')
    expect(await last(caller)).toMatchObject({ channel: 'phone', kind: 'request-asked' })
    expect((await last(caller)).body).toContain('What is a contrast?')
    const path = page.path
    await (await network.sigChair.reads(path))
      .fill('Your answer', 'A liquid that shows up.')
      .press('Send the answer')
    expect((await last(caller)).body).toContain('A liquid that shows up.')
    const said = await (await network.coordinator.reads(path)).follow(
      'Write down what Cal Caller said about the answer',
    )
    expect((await said.press('Write it down as said')).errors).toEqual([
      'Say whether this answers it',
      'Choose how they told you',
    ])
    const closed = await said
      .choose('On the phone')
      .choose('Yes, this answers it')
      .fill('In their own words', 'Lovely')
      .press('Write it down as said')
    expect(closed.text).toContain('Cora Ordinator wrote it down as they said it')
    expect((await last(caller)).body).toContain('We wrote down that you said that this answers it')
    expect((await network.volunteer.opens(`/${network.slug}/requests/on-behalf`)).status).toBe(404)
    expect((await network.volunteer.opens(`${path}/verdict-as-said`)).status).toBe(404)
  })

  test('LOOP-17 who asked can say that it is not needed any more', async () => {
    const request = await aRequest(network)
    const page = await (await network.volunteer.reads(request.path)).follow('I do not need this any more')
    const gone = await page.press('It is not needed any more')
    expect(gone.text).toContain('You do not need this any more')
    expect((await last(network.sigChair)).subject).toContain('was withdrawn')
    const answer = await doingAs(network, network.sigChair, doing =>
      answerRequest(doing, request.number, answerOf('Late')),
    )
    expect(answer).toMatchObject({ accepted: false, reason: 'over' })
  })
})

describe('LOOP-17 the library of a SIG', () => {
  test('LOOP-17 an answer stands there only while both sides say so, without a name', async () => {
    const { slug } = network
    const library = `/${slug}/groups/paediatric/library`
    const request = await aRequest(network, { what: 'What is a paediatric scan?' })
    await (await network.sigChair.reads(request.path))
      .fill('Your answer', 'A scan for a child.')
      .attach('Files', png())
      .choose('Yes, our answer may go into our library')
      .press('Send the answer')
    expect((await network.boardMember.reads(library)).text).not.toContain('paediatric scan')
    await (await network.volunteer.reads(request.path))
      .choose('Yes, this answers it')
      .choose('Yes, my question and this answer may go into the library')
      .press('Tell them')
    const shelf = await network.boardMember.reads(library)
    const entry = await shelf.follow('What is a paediatric scan?')
    expect(entry.text).toContain('A scan for a child.')
    expect(entry.text).not.toContain('Vera')
    expect(entry.text).not.toContain('Sid Chair')
    const file = entry.$('a[href*="/files/"]').attr('href')!
    expect((await network.boardMember.raw(file)).status).toBe(200)
    // The request itself stays with those who may see it.
    expect((await network.boardMember.opens(request.path)).status).toBe(404)
    for (const outside of [network.stranger, network.visitor, network.applicant, network.administrator]) {
      for (const path of [library, entry.path, file]) expect((await outside.opens(path)).status).toBe(404)
    }
    // Either takes it back: gone at once, its file too.
    await (await network.volunteer.reads(request.path)).press('Take it back: not in the library')
    expect((await network.boardMember.opens(entry.path)).status).toBe(404)
    expect((await network.boardMember.opens(file)).status).toBe(404)
    await (await network.volunteer.reads(request.path)).press(
      'Let question and answer into the library, without a name',
    )
    await network.boardMember.reads(entry.path)
    await (await network.sigDeputy.reads(request.path)).press('Take it back: not in the library')
    expect((await network.boardMember.opens(entry.path)).status).toBe(404)
    // Another group's address does not lead to it.
    expect((await network.boardMember.opens(entry.path.replace('paediatric', 'board'))).status).toBe(404)
  })

  test('LOOP-17 nobody gives the other side’s consent', async () => {
    const request = await aRequest(network)
    const page = await network.sigChair.reads(request.path)
    const done = await page.fill('Your answer', 'So.').press('Send the answer')
    const { to, body } = done.wouldSend('Let question and answer into the library, without a name')
    body.set('side', 'asker')
    const posted = await network.sigChair.posts(to, body)
    expect(posted.status).toBe(422)
    expect(posted.errors).toEqual(['Only the person who asked can do that'])
    body.set('side', 'sig')
    body.set('answerId', '999999')
    body.set('_key', 'a-key-that-is-long-enough')
    expect((await network.sigChair.posts(to, body)).errors).toEqual(['There is no such answer'])
  })
})

describe('LOOP-17 who sees, and two at once', () => {
  test('LOOP-17 the asker, the SIG and the team see a request; others find nothing, byte for byte', async () => {
    const request = await aRequest(network)
    for (const person of [
      network.volunteer,
      network.sigChair,
      network.sigDeputy,
      network.sigMember,
      network.coordinator,
    ]) {
      await person.reads(request.path)
      expect((await person.reads(`/${network.slug}/requests`)).text).toContain(request.reference)
    }
    for (const person of [network.secondVolunteer, network.boardChair, network.trustContact]) {
      expect((await person.opens(request.path)).status).toBe(404)
      expect((await person.reads(`/${network.slug}/requests`)).text).not.toContain(request.reference)
    }
    const absent = await network.stranger.opens(`/${network.slug}/requests/R-999999`)
    expect((await network.stranger.opens(request.path)).html).toBe(absent.html)
    const steps = ['acknowledge', 'answer', 'ask', 'reply', 'verdict', 'verdict-as-said', 'withdraw', 'sent']
    for (const step of steps) {
      for (const person of [
        network.stranger,
        network.visitor,
        network.applicant,
        network.administrator,
        network.secondVolunteer,
      ]) {
        expect((await person.opens(request.step(step))).status).toBe(404)
        expect([403, 404]).toContain(
          (await person.posts(request.step(step), { answer: 'x', verdict: 'yes' })).status,
        )
      }
    }
    // A member of the SIG reads, and does not answer.
    expect((await network.sigMember.reads(request.path)).hasButton('Send the answer')).toBe(false)
    expect((await network.sigMember.opens(request.step('answer'))).status).toBe(404)
    for (const path of ['', '/new', '/new/group', '/away', '/on-behalf']) {
      for (const person of [network.stranger, network.visitor, network.applicant, network.administrator]) {
        expect((await person.opens(`/${network.slug}/requests${path}`)).status).toBe(404)
      }
    }
    expect(await request.state()).toBe('asked')
  })

  test('LOOP-23 two deputies answer at once: one answer is sent, the other has their words back', async () => {
    const request = await aRequest(network)
    const [one, two] = await Promise.all([
      network.sigChair.reads(request.path),
      network.sigDeputy.reads(request.path),
    ])
    const seen = await Promise.all([
      one.fill('Your answer', 'From the chair').press('Send the answer'),
      two.fill('Your answer', 'From the deputy').press('Send the answer'),
    ])
    expect(seen.map(each => each.status).sort()).toEqual([200, 422])
    const refused = seen.find(each => each.status === 422)!
    expect(refused.text).toMatch(/From the (chair|deputy)/)
    expect(refused.errors[0]).toContain('Something happened here while you were writing')
    const rows = await network.inNetwork(tx =>
      tx
        .selectFrom('chair_request_answer as a')
        .innerJoin('chair_request as r', 'r.id', 'a.request_id')
        .select('a.id')
        .where('r.number', '=', request.number)
        .execute(),
    )
    expect(rows).toHaveLength(1)
    // Without the form's version the decision itself refuses.
    const late = await doingAs(network, network.sigDeputy, doing =>
      answerRequest(doing, request.number, answerOf('Again')),
    )
    expect(late).toMatchObject({ accepted: false, reason: 'answered' })
  })

  test('LOOP-23 a double click answers once and tells once', async () => {
    const request = await aRequest(network)
    const before = (await network.volunteer.wasTold()).length
    const { to, body } = (await network.sigChair.reads(request.path))
      .fill('Your answer', 'Six')
      .wouldSend('Send the answer')
    const [one, two] = await Promise.all([network.sigChair.posts(to, body), network.sigChair.posts(to, body)])
    expect([one.status, two.status]).toEqual([200, 200])
    expect((await network.volunteer.wasTold()).length).toBe(before + 1)
  })

  test('LOOP-17 hostile words stay words; too long, lying files and strange ids get a sentence', async () => {
    const request = await aRequest(network, {
      what: `<img src=x onerror=alert(1)> '; drop table chair_request; -- \u202Eشكرا 👨‍👩‍👧‍👦`,
    })
    const page = await network.sigChair.reads(request.path)
    expect(page.html).not.toContain('<img src=x')
    const wrong = await page
      .fill('Your answer', 'x'.repeat(10_000))
      .attach('Files', new File(['MZ nothing'], 'waits.png', { type: 'image/png' }))
      .press('Send the answer')
    expect(wrong.status).toBe(422)
    expect(wrong.errors).toEqual([
      'Your answer must be 5,000 characters or fewer',
      'waits.png is not a photo (JPG or PNG), a PDF or a Word file (DOCX).',
    ])
    expect(wrong.valueOf('Your answer')).toHaveLength(10_000)
    const group = await network.secondVolunteer.reads(`/${network.slug}/requests/new/group`)
    for (const id of ['999999', "1' or '1'='1", '', '-1']) {
      const { to, body } = group.wouldSend('Continue')
      body.set('group', id)
      body.set('_key', `a-key-for-a-wrong-group-${id.length}`)
      const seen = await network.secondVolunteer.posts(to, body)
      expect(seen.status).toBe(422)
    }
    expect(await request.state()).toBe('asked')
  })

  test('LOOP-17 pages ask the database little', async () => {
    const request = await aRequest(network)
    for (const path of [request.path, `/${network.slug}/requests`]) {
      const before = network.house.database.statements.count
      await network.sigChair.reads(path)
      expect(network.house.database.statements.count - before).toBeLessThanOrEqual(6)
    }
  })
})

test('LOOP-17 the deputy who answered hears what was said of the answer, and so does the chair who has the request', async () => {
  const network = await aNetwork()
  const request = await aRequest(network)
  const { volunteer, sigChair, sigDeputy } = network
  await (await sigDeputy.reads(request.path)).fill('Your answer', 'Six weeks.').press('Send the answer')
  const asked = await volunteer.reads(request.path)
  // The answer stands once, with the question about it.
  expect(asked.html.match(/Six weeks\./g)).toHaveLength(1)
  await asked.choose('Yes, this answers it').press('Tell them')
  for (const person of [sigChair, sigDeputy]) {
    const told = (await person.wasTold()).filter(each => each.kind === 'request-said-yes')
    expect(told.map(each => each.body).join()).toContain('says that this answers it')
  }
})
