import { beforeAll, expect, test } from 'vitest'
import { doingOf } from '#platform/doing.ts'
import { catalogue } from '#platform/languages/catalogue.ts'
import { languageSettings } from '#platform/languages/offered.ts'
import { setSetting } from '#platform/network-settings.ts'
import { answers } from '#slices/registration/for-tests.ts'
import { aNetwork, type TestNetwork } from './network.ts'
import { NoScriptPerson, type SeenPage } from './person.ts'

let network: TestNetwork

/** The first network offers Welsh and Urdu; the other one has switched nothing on. */
beforeAll(async () => {
  network = await aNetwork()
  const { house } = network
  await house.database.enter(
    { slug: network.slug, accountId: network.director.accountId, today: house.clock.today() },
    async (tx, entry) => {
      const doing = doingOf(house.house, tx, entry!, undefined)
      for (const setting of languageSettings) await setSetting(doing, setting, true, doing.today)
    },
  )
})

const languageOf = (page: SeenPage) => page.$('html').attr('lang')
const chosenBy = async (personId: number) =>
  await network.inNetwork(async tx => {
    const row = await tx
      .selectFrom('preference')
      .select('language')
      .where('person_id', '=', personId)
      .executeTakeFirst()
    return row?.language
  })
const changesOf = async (personId: number) =>
  await network.inNetwork(async tx => {
    const rows = await tx
      .selectFrom('history')
      .select('event')
      .where('thing_kind', '=', 'person')
      .where('thing_id', '=', personId)
      .where('event', '=', 'preferences-changed')
      .execute()
    return rows.length
  })

test('REACH-10 R17 whoever is signed in chooses by a button, stays where they are, and gets their messages in it', async () => {
  const vera = await network.volunteer.signsIn()
  const page = await vera.reads(`/${network.slug}/contributions?state=closed`)
  expect(languageOf(page)).toBe('en-GB')
  const inUrdu = await page.press('اردو')
  expect(inUrdu.path).toBe(`/${network.slug}/contributions?state=closed`)
  expect(languageOf(inUrdu)).toBe('ur')
  expect(await chosenBy(vera.id)).toBe('ur')
  expect(await changesOf(vera.id)).toBe(1)
  // On another device, too: it is kept with the person.
  vera.forgetsCookies()
  expect(languageOf(await (await vera.signsIn()).reads(`/${network.slug}/home`))).toBe('ur')
  // Pages that know nobody go by what this browser was shown.
  expect(languageOf(await vera.opens('/nothing-is-here'))).toBe('ur')
  expect(languageOf(await (await vera.reads(`/${network.slug}/home`)).press('English'))).toBe('en-GB')
  expect(await chosenBy(vera.id)).toBe('en')
})

test('REACH-10 to look at a page in another language changes nothing for anybody', async () => {
  const sam = await network.secondVolunteer.signsIn()
  expect(languageOf(await sam.reads(`/${network.slug}/home?language=cy`))).toBe('cy')
  expect(await chosenBy(sam.id)).toBeUndefined()
})

test('REACH-10 the button takes only languages that are offered, and leads nowhere else', async () => {
  const sam = await network.secondVolunteer.signsIn()
  const { to, body } = (await sam.reads(`/${network.slug}/home`)).wouldSend('اردو')
  const sends = async (language: string, where: string) => {
    body.set('language', language)
    body.set('to', where)
    return await sam.posts(to, body)
  }
  expect((await sends('pl', `/${network.slug}/home`)).status).toBe(422)
  expect(await chosenBy(sam.id)).toBeUndefined()
  for (const where of [
    '//evil.example',
    'https://evil.example',
    `/${network.slug}.evil/`,
    `/${network.slug}/a\nb`,
    '',
  ]) {
    const answer = await sends('cy', where)
    expect(answer.path).toBe(`/${network.slug}/account/preferences`)
  }
})

test('REACH-10 nobody changes the language of a network that they are not in', async () => {
  const vera = await network.volunteer.signsIn()
  const { to, body } = (await vera.reads(`/${network.slug}/home`)).wouldSend('Cymraeg')
  const stan = await network.stranger.signsIn()
  const token = (await stan.reads(`/${network.otherSlug}/home`))
    .$('input[name="_token"]')
    .first()
    .attr('value')
  if (token) body.set('_token', token)
  expect((await stan.posts(to, body)).status).toBe(404)
  expect((await stan.opens(to)).status).toBe(404)
  expect((await network.visitor.opens(to)).status).toBe(404)
  const before = await changesOf(vera.id)
  await new NoScriptPerson(network.house.app).posts(to, body)
  expect(await changesOf(vera.id)).toBe(before)
})

test('REACH-10 R17 a network offers what it has switched on, and nothing else', async () => {
  const visitor = new NoScriptPerson(network.house.app)
  await visitor.reads(`/${network.slug}?language=cy`)
  const elsewhere = await visitor.reads(`/${network.otherSlug}`)
  expect(languageOf(elsewhere)).toBe('en-GB')
  expect(elsewhere.$('.loop-languages').length).toBe(0)
  expect(languageOf(await visitor.reads(`/${network.otherSlug}?language=ur`))).toBe('en-GB')
  // What they chose before is not forgotten by that.
  expect(languageOf(await visitor.reads(`/${network.slug}`))).toBe('cy')
  const stan = await network.stranger.signsIn()
  const looks = await stan.reads(`/${network.otherSlug}/account/preferences/looks`)
  expect(looks.text).toContain('Our pages and messages are in English. For another language')
})

test('REACH-10 whoever registers on pages in Urdu is written to in Urdu, and is shown that before they send', async () => {
  const visitor = new NoScriptPerson(network.house.app)
  const inEnglish = await answers(network, visitor, {
    contact: 'shazia@example.org',
    name: 'Shazia Newcomer',
  })
  expect(inEnglish.text).not.toContain('Language of our messages')
  const check = await inEnglish.follow('اردو')
  expect(languageOf(check)).toBe('ur')
  expect(check.text).toContain('ہمارے پیغاموں کی زبان')
  const sent = await check.press(check.$('main form button').last().text().trim())
  expect(sent.status).toBe(200)
  expect(languageOf(sent)).toBe('ur')
  const person = await network.inNetwork(tx =>
    tx.selectFrom('person').select('id').where('email', '=', 'shazia@example.org').executeTakeFirstOrThrow(),
  )
  expect(await chosenBy(person.id)).toBe('ur')
})

test('REACH-10 the answer to a form with a mistake offers no way that would lose what was typed', async () => {
  const visitor = new NoScriptPerson(network.house.app)
  const page = await visitor.reads(`/${network.slug}/register/name?language=cy`)
  expect(page.$('.loop-languages').length).toBe(1)
  const again = await page.press('Parhau')
  expect(again.status).toBe(422)
  expect(languageOf(again)).toBe('cy')
  expect(again.$('.loop-languages, .loop-translated a').length).toBe(0)
  expect(again.$('.loop-translated').length).toBe(1)
})

test('REACH-10 the page about languages names those that are offered, in each of them', () => {
  const said = (language: 'cy' | 'ur', which: string) =>
    catalogue(language).say(
      `Our pages and messages are in ${which}. For another language we find somebody who helps.`,
    )
  for (const which of ['English and Welsh', 'English and Urdu', 'English, Welsh and Urdu']) {
    for (const language of ['cy', 'ur'] as const) expect(said(language, which)).not.toMatch(/English|⟦|and/)
  }
})

test('REACH-10 the links of a message in Urdu lead on in Urdu, on a device that does not know its reader', async () => {
  const { house, slug } = network
  const uma = await network.aPerson({ name: 'Uma Reader', email: 'uma@example.org' })
  await house.owner.query(`insert into preference (network_id, person_id, language) values ($1, $2, 'ur')`, [
    network.id,
    uma.id,
  ])
  await house.database.enter(
    { slug, accountId: undefined, today: house.clock.today() },
    async (tx, entry) => {
      const about = { kind: 'network', id: '1' }
      const words = {
        subject: 'There is something new for you.',
        paragraphs: ['Please read it here.'],
        about,
      }
      const link = { path: `/${slug}/home`, words: 'Read it here' }
      const { tell } = doingOf(house.house, tx, entry!, undefined)
      await tell(
        { ...words, key: 'test:closed', personId: uma.id, kind: 'test', link },
        {
          ...words,
          key: 'test:open',
          personId: uma.id,
          kind: 'test',
          link: { ...link, path: `/${slug}/roles?from=mail`, open: true },
        },
      )
    },
  )
  const [closed, open] = (await uma.wasTold()).map(
    each => /http:\/\/loop\.test(\S+)/.exec(each.body)?.[1] ?? '',
  )
  expect(closed).toBe(`/${slug}/home?sign-in&language=ur`)
  expect(open).toBe(`/${slug}/roles?from=mail&language=ur`)
  const somebody = new NoScriptPerson(house.app)
  const signIn = await somebody.reads(closed!)
  expect([signIn.path.split('?')[0], languageOf(signIn)]).toEqual(['/sign-in', 'ur'])
  expect(languageOf(await new NoScriptPerson(house.app).reads(open!))).toBe('ur')
})
