import { beforeAll, describe, expect, test } from 'vitest'
import { aNetwork, type Someone, type TestNetwork } from '#tests/network.ts'
import { NoScriptPerson, type SeenPage } from '#tests/person.ts'
import { aConcern, anIndependentContact } from './for-tests.ts'

let network: TestNetwork
let contact: Someone

beforeAll(async () => {
  network = await aNetwork()
  contact = await anIndependentContact(network)
})

const png = (name: string) =>
  new File([Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex')], name, {
    type: 'image/png',
  })

async function writes(who: NoScriptPerson, about: string[], words: string): Promise<SeenPage> {
  let at = await (await who.reads(`/${network.slug}/concerns`)).follow('Raise a concern')
  expect(at.h1).toContain('Is it about any of these people?')
  expect((await at.press('Go on')).errors).toEqual(['Choose whom it is about, or “None of these people”'])
  for (const each of about) at.choose(each)
  at = await at.press('Go on')
  const empty = await at.press('Go on')
  expect(empty.status).toBe(422)
  expect(empty.errors).toEqual(['Say in a few words what it is about', 'Say what worries you'])
  return await empty
    .fill('In a few words, what is it about?', 'How the chair speaks to us')
    .fill('What happened, or what worries you?', words)
    .press('Go on')
}

describe('PEOPLE-15 raising a concern', () => {
  test('PEOPLE-15 with a name: written, read, acknowledged, planned, supported, done, and ended by the raiser’s word', async () => {
    const { volunteer, portfolioManager, slug } = network
    const who = await writes(volunteer, ['None of these people'], 'He shouts at us.')
    expect(who.h1).toBe('Who should read it?')
    const check = await who.choose('Petra Manager').choose('Yes, as Vera Volunteer').press('Go on')
    expect(check.text).toContain('He shouts at us.')
    const again = await check.press('Go back one page')
    expect(again.valueOf('Petra Manager')).toBe('chosen')
    const sent = check.wouldSend('Send it')
    const mine = await volunteer.posts(sent.to, sent.body)
    expect(mine.h1).toBe('Your concern')
    expect(mine.text).toContain('Nobody has opened it yet')
    // A second click is the same concern.
    expect((await volunteer.posts(sent.to, sent.body)).path).toBe(mine.path)

    const told = (await portfolioManager.wasTold()).at(-1)!
    expect(told.subject).toBe('First: something private waits for you')
    expect(told.body).not.toMatch(/shout|chair|Vera|concern/i)
    const home = await portfolioManager.reads(`/${slug}/home`)
    expect(home.text).toContain('Something private for you to read')
    let read = await home.follow('Something private for you to read')
    expect(read.text).toContain('He shouts at us.')
    expect(read.text).toContain('by 12 June 2026')
    read = await (await read.follow('Say that it arrived'))
      .fill('A few words', 'Thank you for telling me.')
      .press('Say that it arrived')
    read = await (await read.follow('Say what will be done'))
      .fill('What will you do', 'I will speak with him on Monday.')
      .press('Say this to whoever raised it')
    const tooEarly = await read.follow('Say what was done')
    expect(tooEarly.text).toContain('First offer support')
    read = await (await portfolioManager.reads(`${mine.path}/support`))
      .fill('What can you offer', 'Somebody beside you in the next meeting.')
      .press('Offer this')

    let answer = await (await volunteer.reads(mine.path)).follow('Answer the support that was offered')
    answer = await answer.choose('Yes please').press('Send the answer')
    expect(answer.text).toContain('It is wanted.')
    await (await portfolioManager.reads(`${mine.path}/done`))
      .fill('What was done', 'He said sorry and has a coach.')
      .press('Say this and ask for their word')
    expect((await volunteer.wasTold()).at(-1)!.subject).toBe('First: something private waits for you')
    let word = await (await volunteer.reads(mine.path)).follow('Say if this ends it')
    word = await word
      .choose('No, not yet')
      .fill('In your own words', 'He did it again.')
      .press('Send my word')
    expect(word.text).toContain('It has arrived')
    await (await portfolioManager.reads(`${mine.path}/plan`))
      .fill('What will you do', 'He will not lead the group.')
      .press('Say this to whoever raised it')
    await (await portfolioManager.reads(`${mine.path}/done`))
      .fill('What was done', 'Another chair has begun.')
      .press('Say this and ask for their word')
    word = await (await volunteer.reads(`${mine.path}/word`))
      .choose('Yes, this ends it')
      .press('Send my word')
    expect(word.text).toContain('The person who raised it said that this ends it.')
    const looks = await word.follow('See who and when')
    expect(looks.text).toContain('Petra Manager')
    expect(looks.text).toContain('Opened the page')
    const copy = await volunteer.raw(`${mine.path}/copy`)
    expect(await copy.text()).toContain('He shouts at us.')
    expect((await portfolioManager.opens(`${mine.path}/looks`)).status).toBe(404)
  })

  test('PEOPLE-15 without a name: a return code leads back, two ways, with a file, and says nothing of who', async () => {
    const { director, slug } = network
    const who = new NoScriptPerson(network.house.app)
    const reader = await writes(who, ['Petra Manager'], 'She reads my letters.')
    expect(reader.text).not.toContain('Petra Manager')
    const check = await reader.choose('Dora Director').choose('No, without my name').press('Go on')
    const sent = check.wouldSend('Send it')
    const done = await who.posts(sent.to, sent.body)
    expect(done.h1).toContain('Your concern is sent')
    const code = done.$('.nhsuk-panel strong').text()
    expect(code).toMatch(/^(\d{4} ){4}\d{4}$/)
    // Sent twice it is one, with the same code.
    expect((await who.posts(sent.to, sent.body)).$('.nhsuk-panel strong').text()).toBe(code)

    const back = await who.reads(`/${slug}/concerns/return`)
    expect((await back.fill('Your return code', '1234').press('See your concern')).errors).toEqual([
      'We do not know this return code. Check the 20 digits and try again',
    ])
    let mine = await back.fill('Your return code', code.replaceAll(' ', '-')).press('See your concern')
    expect(mine.h1).toBe('Your concern')
    mine = await (await mine.follow('Write more, or add files'))
      .fill('What do you want to say?', 'Here is the letter.')
      .attach('Files', png('opened-letter.png'))
      .press('Send')
    expect(mine.text).toContain('opened-letter.png')

    const theirs = await (await director.reads(`/${slug}/home`)).follow('Something private for you to read')
    expect(theirs.text).toContain('Somebody who did not give a name')
    const file = await director.raw(theirs.$('a:contains("opened-letter.png")').attr('href')!)
    expect(file.headers.get('content-type')).toBe('image/png')
    await (await theirs.follow('Write to whoever raised it'))
      .fill('What do you want to say?', 'Thank you. May I ask when?')
      .press('Send')
    expect((await who.reads(mine.path)).text).toContain('May I ask when?')
    expect((await who.reads(`${mine.path}/looks`)).text).toContain('Opened a file')
    // Closed on this device: not there any more, as for any stranger.
    await (await who.reads(mine.path)).press('Close it on this device')
    expect((await who.opens(mine.path)).status).toBe(404)
    expect((await network.stranger.opens(mine.path)).status).toBe(404)
  })

  test('PEOPLE-15 signed in and without a name, nothing kept joins the person and the concern', async () => {
    const { secondVolunteer, director, house } = network
    const who = await writes(secondVolunteer, ['None of these people'], 'A quiet word.')
    const check = await who.choose('Dora Director').choose('No, without my name').press('Go on')
    const code = (await check.press('Send it')).$('.nhsuk-panel strong').text()
    const mine = await (await secondVolunteer.reads(`/${network.slug}/concerns/return`))
      .fill('Your return code', code)
      .press('See your concern')
    await (await mine.follow('Write more, or add files'))
      .fill('What do you want to say?', 'More.')
      .press('Send')
    const ref = mine.path.split('/').pop()!
    const { rows } = await house.owner.query(
      'select raiser_person_id, reader_ids from concern where ref = $1',
      [ref],
    )
    expect(rows).toEqual([{ raiser_person_id: null, reader_ids: [director.id] }])
    const sent = await house.owner.query(`select 1 from submission where location like '%' || $1 || '%'`, [
      ref,
    ])
    expect(sent.rows).toEqual([])
    // Nor the moment of a form: the entry in the concern was written at the same one.
    const joined = await house.owner.query(
      `select s.person_id from submission s join concern_entry e on e.at = s.at join concern c on c.id = e.concern_id
       where c.ref = $1 and s.person_id <> 0`,
      [ref],
    )
    expect(joined.rows).toEqual([])
    // Nor how often somebody sent something private in which hour.
    const counted = await house.owner.query(
      `select key from rate_window where key ~ 'private' or strpos(key, $1) > 0`,
      [secondVolunteer.accountId],
    )
    expect(counted.rows).toEqual([])
    const audited = await house.owner.query(
      `select 1 from audit where action || thing_kind || thing_id ~ 'concern'`,
    )
    expect(audited.rows).toEqual([])
  })

  test('PEOPLE-15 told by phone: the reader writes it down and reads out the code, and nobody rings for them', async () => {
    const { director, coordinator, slug } = network
    const start = await director.reads(`/${slug}/concerns`)
    const written = await (await start.follow('Write down a concern that you were told'))
      .choose('Petra Manager')
      .fill('Their name', 'Gwen')
      .fill('In a few words', 'Lost letters')
      .fill('What they said', 'My letters get lost.')
      .press('Keep it and make a return code')
    expect(written.h1).toContain('It is written down')
    const caller = new NoScriptPerson(network.house.app)
    const mine = await (await caller.reads(`/${slug}/concerns/return`))
      .fill('Your return code', written.$('.nhsuk-panel strong').text())
      .press('See your concern')
    expect(mine.text).toContain('My letters get lost.')
    expect(mine.text).toContain('About Petra Manager')
    // Whom it is about cannot be chosen later.
    expect((await mine.follow('Choose who reads it')).text).not.toContain('Petra Manager')
    expect((await coordinator.opens(`/${slug}/concerns/told`)).status).toBe(404)
  })

  test('PEOPLE-15 somebody who is told by phone: only the reader rings, nothing stands on the team’s list', async () => {
    const rung = await network.aPerson({ name: 'Phil Phone', channel: 'phone' })
    const ref = await aConcern(network, { by: rung })
    const page = await network.portfolioManager.reads(`/${network.slug}/concerns/${ref}`)
    expect(page.text).toContain('Phil Phone is told by phone.')
    expect(page.text).toContain('07700 900123')
    await (await page.follow('Say that it arrived'))
      .fill('A few words', 'Thanks.')
      .press('Say that it arrived')
    expect(await rung.wasTold()).toEqual([])
  })

  test('PEOPLE-15 about both heads: the independent contact reads it', async () => {
    const who = await writes(network.secondVolunteer, ['Petra Manager', 'Dora Director'], 'Both of them.')
    expect(who.$('input[name=reader]').length).toBe(1)
    const mine = await (await who.choose('Ines Pendent').choose('Yes, as Sam Second').press('Go on')).press(
      'Send it',
    )
    expect((await contact.reads(mine.path)).text).toContain('Both of them.')
    for (const each of [
      network.portfolioManager,
      network.director,
      network.coordinator,
      network.administrator,
    ])
      expect((await each.opens(mine.path)).status, each.fullName).toBe(404)
  })

  test('PEOPLE-15 about the only reader, with every other post vacant: it says so, keeps nothing, and names other ways', async () => {
    const alone = await aNetwork(network.house)
    const today = alone.house.clock.today().subtract({ days: 1 })
    await alone.inNetwork(tx =>
      tx.updateTable('post_holding').set({ to_on: today }).where('post', '=', 'director').execute(),
    )
    const at = await alone.volunteer.reads(`/${alone.slug}/concerns/new`)
    expect(at.text).not.toContain('Dora Director')
    const words = await at.choose('Petra Manager').press('Go on')
    const none = await words
      .fill('In a few words', 'It')
      .fill('What happened', 'It is about her.')
      .press('Go on')
    expect(none.h1).toBe('Nobody here can read it')
    expect(none.text).toContain('It It is about her.')
    expect((await none.follow('See the other ways to speak up')).text).toContain(
      'Freedom to Speak Up guardian',
    )
    const { rows } = await alone.house.owner.query('select 1 from concern where network_id = $1', [alone.id])
    expect(rows).toEqual([])
  })

  test('PEOPLE-15 a reader gives it back, or leaves the post: only its raiser chooses who reads it next', async () => {
    const { volunteer, portfolioManager, director, slug, house } = network
    const ref = await aConcern(network, { by: volunteer })
    const path = `/${slug}/concerns/${ref}`
    const gone = await (await portfolioManager.reads(`${path}/hand-back`))
      .fill('Why somebody else', 'He is my brother.')
      .press('Give it back now')
    expect(gone.h1).toBe('Raise a concern')
    expect((await portfolioManager.opens(path)).status).toBe(404)
    const mine = await volunteer.reads(path)
    expect(mine.text).toContain('Nobody reads it now')
    expect((await director.opens(path)).status).toBe(404)
    const chosen = await (await mine.follow('Choose who reads it')).choose('Dora Director').press('Save')
    expect(chosen.text).toContain('Dora Director, Network Director')
    expect((await director.reads(path)).text).toContain('He is my brother.')
    // The post ends: not hers any more, and whoever raised it is told.
    const { rows } = await house.owner.query(
      'select count(*) as n from message where person_id = $1 and about_id = $2',
      [volunteer.id, ref],
    )
    await network.inNetwork(tx =>
      tx
        .updateTable('post_holding')
        .set({ to_on: house.clock.today() })
        .where('person_id', '=', director.id)
        .execute(),
    )
    house.clock.daysOn(1)
    await director.signsIn()
    expect((await director.opens(path)).status).toBe(404)
    await house.runDue()
    const after = await house.owner.query(
      'select count(*) as n from message where person_id = $1 and about_id = $2',
      [volunteer.id, ref],
    )
    expect(Number(after.rows[0].n)).toBe(Number(rows[0].n) + 1)
    await volunteer.signsIn()
    expect((await volunteer.reads(`/${slug}/home`)).text).toContain('Nobody reads it now')
    await network.inNetwork(tx =>
      tx.updateTable('post_holding').set({ to_on: null }).where('person_id', '=', director.id).execute(),
    )
  })
})

describe('PEOPLE-15 R54 around it', () => {
  test('PEOPLE-15 R54 the team keeps the list of other ways, and the administrator names the contact', async () => {
    const { coordinator, administrator, volunteer, slug } = network
    await coordinator.signsIn()
    await administrator.signsIn()
    await volunteer.signsIn()
    const list = await coordinator.reads(`/${slug}/concerns/ways`)
    expect(list.text).toContain('the usual one')
    const wrong = await (await list.follow('Write another way')).press('Save')
    expect(wrong.errors).toEqual(['Enter the name', 'Say what it is for', 'Say how to reach it'])
    const own = await wrong
      .fill('What is it called?', 'Our guardian')
      .fill('What is it for?', 'Anything at all')
      .fill('How do people reach it?', 'Ring 0121 496 0150')
      .press('Save')
    expect((await volunteer.reads(`/${slug}/concerns`)).text).toContain('Our guardian')
    await (await own.follow('Change')).fill('What is it called?', 'The guardian').press('Save')
    expect((await volunteer.reads(`/${slug}/concerns`)).text).toContain('The guardian')
    expect((await volunteer.opens(`/${slug}/concerns/ways`)).status).toBe(404)
    expect((await coordinator.opens(`/${slug}/concerns/independent-contact`)).status).toBe(404)
    const naming = await administrator.reads(`/${slug}/concerns/independent-contact`)
    expect(naming.text).toContain('Ines Pendent')
    expect(naming.html).not.toContain('>Petra Manager<')
  })

  test('PEOPLE-15 somebody who is told by phone is not named as the contact: nobody would ring them about a concern', async () => {
    const phil = await network.aPerson({ name: 'Penny Phone', channel: 'phone' })
    const page = await network.administrator.reads(`/${network.slug}/concerns/independent-contact`)
    const refused = await page
      .fill('Who is it?', 'Penny Phone')
      .fill('How do people reach them', '0121 496 0150')
      .press('Name them from today')
    expect(refused.status).toBe(422)
    expect(refused.errors[0]).toContain('they would not hear that a concern waits')
    const { rows } = await network.house.owner.query(
      'select 1 from independent_contact where person_id = $1',
      [phil.id],
    )
    expect(rows).toEqual([])
  })

  test('PEOPLE-15 a return code for somebody who raised it with their name, before they leave', async () => {
    const { volunteer, slug } = network
    const ref = await aConcern(network, { by: volunteer, reader: network.portfolioManager })
    const made = await (await volunteer.reads(`/${slug}/concerns/${ref}/code`)).press('Make a return code')
    const code = made.$('.nhsuk-panel strong').text()
    const elsewhere = new NoScriptPerson(network.house.app)
    const mine = await (await elsewhere.reads(`/${slug}/concerns/return`))
      .fill('Your return code', code)
      .press('See your concern')
    expect(mine.text).toContain('Somebody shouts')
  })
})
