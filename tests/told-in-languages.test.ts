import { beforeAll, describe, expect, test } from 'vitest'
import { fillDemo } from '#demo/index.ts'
import { placesOfMarks, theirs, withMarks } from '#kernel/text/theirs.ts'
import { deliverWaiting } from '#platform/delivery/deliver.ts'
import { realSenders } from '#platform/delivery/senders.ts'
import { doingOf } from '#platform/doing.ts'
import { catalogue, textsOf } from '#platform/languages/catalogue.ts'
import { languageSettings } from '#platform/languages/offered.ts'
import { type OtherLanguage, otherLanguages } from '#platform/languages/words.ts'
import { setSetting } from '#platform/network-settings.ts'
import type { Telling } from '#platform/outbox.ts'
import { textMessage } from '#platform/text-message.ts'
import { receiveContribution } from '#slices/contributions/index.ts'
import { openTestHouse, type TestHouse } from './house.ts'
import { openMailServer } from './mail-server.ts'
import { aNetwork, type Someone, type TestNetwork } from './network.ts'
import { testSecret } from './postgres.ts'
import { untold } from './told-texts.ts'

const marks = /[\uf8d0-\uf8d4]/
const urdu = /[\u0600-\u06ff]/

describe('what the code can tell', () => {
  // biome-ignore-start lint/suspicious/noTemplateCurlyInString: it is the code that is looked at
  /** Pieces that other sentences are made of: those are looked at whole. */
  const pieces = [
    /: '(that (this|you)|In their words)/,
    /: `“\$\{theirs\(item/,
    /: `an item on the agenda/,
    /: `\$\{doing\.actor \?/,
    /: `paper \$\{[^ ]*`$/,
    /: `the end of \$\{[^ ]*`$/,
  ]
  // biome-ignore-end lint/suspicious/noTemplateCurlyInString: it is the code that is looked at

  test.each(otherLanguages)('REACH-10 every sentence of a message in the code has words in %s', language => {
    const { looked, without } = untold(language)
    expect(looked).toBeGreaterThan(600)
    expect(without.filter(each => !pieces.some(piece => piece.test(each)))).toEqual([])
  })

  test('REACH-10 a name that stands in a held reminder is found again', () => {
    const sentence = `T-4, ${theirs('Read a letter')}: ${theirs('Sam')} has done it.`
    const plain = 'T-4, Read a letter: Sam has done it.'
    expect(placesOfMarks(sentence)).toEqual([
      [5, 18],
      [20, 23],
    ])
    expect(withMarks(plain, placesOfMarks(sentence))).toBe(sentence)
  })
})

interface Row {
  readonly kind: string
  readonly about_kind: string
  readonly channel: string
  readonly subject: string
  readonly body: string
  readonly layout: { lang?: string; short?: string } | null
  readonly english: { subject: string; body: string } | null
  readonly person_id: number | null
  readonly lay: boolean
}

/** Everybody reads Welsh or Urdu from the first day on, every second one each. Both have the same texts (languages.test.ts). */
const everybodyReads = `
  create function everybody_reads() returns trigger language plpgsql security definer as $$
  begin
    insert into preference (network_id, person_id, channels, digest, language, easy_read, version)
      values (new.network_id, new.id, '{}', 'as-it-comes', case when new.id % 2 = 0 then 'cy' else 'ur' end, false, 1)
      on conflict do nothing;
    return new;
  end $$;
  create trigger everybody_reads after insert on person for each row execute function everybody_reads();
  create function everything_offered() returns trigger language plpgsql security definer as $$
  begin
    insert into network_setting (network_id, name, from_on, value, at)
      values (new.id, 'in-urdu', '2000-01-01', 'true', now()), (new.id, 'in-welsh', '2000-01-01', 'true', now());
    return new;
  end $$;
  create trigger everything_offered after insert on network for each row execute function everything_offered();`

describe('the life of the demonstration, told in Welsh and Urdu', () => {
  let house: TestHouse
  let rows: Row[]
  const missing = new Set<string>()

  beforeAll(async () => {
    house = await openTestHouse({
      missingTexts: (language, text, kind) => missing.add(`${language}, ${kind}: ${text}`),
    })
    await house.owner.query(everybodyReads)
    expect(await fillDemo(house.house, house.app.slices)).toEqual([])
    const found = await house.owner.query<Row>(`
      select m.kind, m.about_kind, m.channel, m.subject, m.body, m.layout, m.english, m.person_id,
        not exists (select from post_holding h where h.network_id = m.network_id and h.person_id = m.person_id)
        and not exists (select from trust_contact t where t.network_id = m.network_id and t.person_id = m.person_id)
        and not exists (select from membership k where k.network_id = m.network_id and k.person_id = m.person_id
          and not k.lay) as lay
      from message m where m.body not like 'Deleted,%'`)
    rows = found.rows
  }, 300_000)

  test('REACH-10 nobody without a post is told anything in English, but on the phone', () => {
    const inEnglish = rows.filter(
      each => each.lay && each.person_id !== null && each.channel !== 'phone' && each.english === null,
    )
    expect(inEnglish.map(each => `${each.kind}: ${each.subject}`)).toEqual([])
    expect([...missing]).toEqual([])
    expect(rows.filter(each => each.english !== null).length).toBeGreaterThan(1_000)
    const kinds = new Set(rows.filter(each => each.lay && each.english).map(each => each.kind))
    expect(kinds.size).toBeGreaterThan(60)
    expect([...kinds]).toEqual(
      expect.arrayContaining(
        'received acknowledged considered fed-back asked signposted read-back registered accepted declined request-answered meeting-invitation minutes-published task-asked expense-paid publication-asked vote-opened learning-answered digest concern written buddy-offered leaving-planned data-wish-answered priorities-open need-looked-at module-finished'.split(
          ' ',
        ),
      ),
    )
  })

  test('REACH-10 in a message in Urdu no word of ours is left in English', () => {
    const names = /^(WMIN|Example|NHS|ICO|PALS|MB|SIG|Microsoft|Teams|A|B)$/
    const left = new Set<string>()
    for (const each of rows.filter(row => row.layout?.lang === 'ur')) {
      const ours = each.body
        .replaceAll(
          /\u2068[^\u2069]*\u2069|\u2066[^\u2069]*\u2069|“[^”]*”|https?:\/\/\S+|\S+@\S+|ico\.org\.uk/g,
          '',
        )
        .replaceAll(/\[Print in large type: 18 point\]/g, '')
        // Who it is from stands at the end.
        .replaceAll(/(West Midlands|Example) Imaging Network/g, '')
      // A text message has no fences.
      if (each.channel === 'text') continue
      for (const [word] of ours.matchAll(/[A-Za-z]{2,}/g))
        if (!names.test(word)) left.add(`${each.kind}: ${word}`)
    }
    expect([...left]).toEqual([])
  })

  test('REACH-10 what stays beside it is the same in English, and a call is in English with the language named', () => {
    for (const each of rows.filter(row => row.english)) {
      expect(each.english!.body, each.kind).not.toMatch(urdu)
      expect(each.body, each.kind).not.toBe(each.english!.body)
      expect(each.english!.body, each.kind).not.toContain('This is in English')
      expect(['cy', 'ur']).toContain(each.layout?.lang)
    }
    const calls = rows.filter(each => each.channel === 'phone')
    expect(calls.length).toBeGreaterThan(10)
    for (const each of calls) {
      expect(each.body).not.toMatch(urdu)
      expect(each.body).toMatch(/Language: (Welsh|Urdu)\./)
    }
  })

  test('REACH-10 as a text message in Urdu each kind fits into two with its whole sentence', () => {
    const kinds = new Map<string, string>()
    for (const each of rows.filter(row => row.layout?.lang === 'ur')) {
      const [link] = /http:\/\/loop\.test\/\S+/.exec(each.english?.body ?? '') ?? []
      if (each.channel === 'text') kinds.set(each.kind, each.body)
      else if (each.layout?.short) kinds.set(each.kind, textMessage('WMIN', each.layout.short, link, 'any'))
    }
    expect(kinds.size).toBeGreaterThan(60)
    for (const [kind, text] of kinds) {
      expect(text, kind).toMatch(urdu)
      expect(text.length, `${kind}: ${text}`).toBeLessThanOrEqual(134)
      expect(text, kind).not.toContain('...')
    }
  })

  test('REACH-10 what was deleted, because its reader left, leaves no English', async () => {
    const gone = await house.owner.query<{ english: unknown; layout: unknown }>(
      `select english, layout from message where body like 'Deleted,%'`,
    )
    expect(gone.rows.length).toBeGreaterThan(5)
    for (const each of gone.rows) expect(each).toEqual({ english: null, layout: null })
  })

  test('REACH-10 the marks of what is not ours are kept nowhere', async () => {
    const tables = await house.owner.query<{ name: string }>(
      `select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'network_id'`,
    )
    const marked: string[] = []
    for (const { name } of tables.rows) {
      const found = await house.owner.query<{ row: string }>(`select t::text as row from ${name} t`)
      if (found.rows.some(({ row }) => marks.test(row))) marked.push(name)
    }
    expect(marked).toEqual([])
  })
})

describe('one message', () => {
  let network: TestNetwork
  const heard: string[] = []

  beforeAll(async () => {
    const house = await openTestHouse({
      missingTexts: (language, text) => heard.push(`${language}: ${text}`),
    })
    network = await aNetwork(house)
    await network.house.database.enter(
      { slug: network.slug, accountId: network.director.accountId, today: house.clock.today() },
      async (tx, entry) => {
        const doing = doingOf(house.house, tx, entry!, undefined)
        for (const setting of languageSettings) await setSetting(doing, setting, true, doing.today)
      },
    )
  })

  const doing = <T>(work: (at: ReturnType<typeof doingOf>) => Promise<T>): Promise<T> =>
    network.house.database.enter(
      { slug: network.slug, accountId: undefined, today: network.house.clock.today() },
      async (tx, entry) => await work(doingOf(network.house.house, tx, entry!, undefined)),
    )

  async function reader(
    language: OtherLanguage,
    more: Parameters<TestNetwork['aPerson']>[0] = {},
  ): Promise<Someone> {
    const person = await network.aPerson({ name: `Reader ${++count}`, ...more })
    await network.house.owner.query(
      `insert into preference (network_id, person_id, channels, digest, language, easy_read, version)
       values ($1, $2, '{}', 'as-it-comes', $3, false, 1)`,
      [network.id, person.id, language],
    )
    return person
  }
  let count = 0

  const tells = (person: Someone, more: Partial<Telling> = {}) =>
    doing(at =>
      at.tell({
        key: `told-in:${++count}`,
        personId: person.id,
        kind: 'closed',
        subject: 'C-1042 is closed',
        paragraphs: [
          'C-1042 is closed. Those who raised it said so themselves.',
          `The reason: ${theirs('Sign in')}`,
        ],
        link: { path: `/${network.slug}/contributions/C-1042`, words: 'See it here' },
        short: 'C-1042 is closed.',
        about: { kind: 'contribution', id: '1' },
        ...more,
      }),
    )

  const messageOf = async (person: Someone) =>
    (
      await network.house.owner.query<Row & { id: number }>(
        `select id, subject, body, layout, english, channel, kind from message where person_id = $1 order by id desc limit 1`,
        [person.id],
      )
    ).rows[0]!

  test('REACH-10 one sentence that a language does not have: the whole message is in English, with the offer of help', async () => {
    const person = await reader('ur')
    heard.length = 0
    await tells(person, { paragraphs: ['C-1042 is closed.', 'Nobody has words for this.'] })
    const told = await messageOf(person)
    expect(told.english).toBeNull()
    expect(told.layout?.lang).toBeUndefined()
    expect(`${told.subject}${told.body}`).not.toMatch(urdu)
    expect(told.body).toContain('If you would rather have it in Urdu')
    expect(heard).toEqual(['ur: Nobody has words for this.'])
  })

  test('REACH-10 what somebody wrote stays as it is, even where it is a word of ours', async () => {
    const person = await reader('cy')
    await tells(person)
    const told = await messageOf(person)
    expect(told.body).toContain('Y rheswm: Sign in')
    expect(told.body).toContain('Mae C-1042 wedi’i gau.')
    expect(told.english!.body).toContain('The reason: Sign in')
    expect(`${told.body}${JSON.stringify(told.english)}`).not.toMatch(marks)
  })

  test('REACH-10 somebody of a network that does not offer the language is told in English', async () => {
    const other = await aNetwork(network.house)
    const person = await other.aPerson({ name: 'Olwen Other' })
    await network.house.owner.query(
      `insert into preference (network_id, person_id, channels, digest, language, easy_read, version)
       values ($1, $2, '{}', 'as-it-comes', 'cy', false, 1)`,
      [other.id, person.id],
    )
    await network.house.database.enter(
      { slug: other.slug, accountId: undefined, today: network.house.clock.today() },
      async (tx, entry) =>
        await doingOf(network.house.house, tx, entry!, undefined).tell({
          key: 'not-offered',
          personId: person.id,
          kind: 'closed',
          subject: 'C-1042 is closed',
          paragraphs: ['C-1042 is closed.'],
          about: { kind: 'contribution', id: '1' },
        }),
    )
    const told = await messageOf(person)
    expect(told.english).toBeNull()
    expect(told.body).toContain('C-1042 is closed.')
  })

  test('REACH-10 a receipt in Urdu arrives by e-mail in its language and direction; the team reads the English, others nothing', async () => {
    const mail = await openMailServer()
    const person = await reader('ur', { email: 'asma@example.org', channel: 'email' })
    await doing(at =>
      receiveContribution(at, { personId: person.id, kind: 'idea', words: 'The letters could be shorter.' }),
    )
    const senders = realSenders({ smtpUrl: mail.url, mailFrom: 'loop@first.example.org', secret: testSecret })
    await deliverWaiting(network.house.house, senders)
    senders.close()
    const arrived = mail.took.find(each => each.text?.includes('رسید'))!
    expect(arrived.subject).toMatch(urdu)
    expect(arrived.html).toMatch(/<html lang="ur" dir="rtl">/)
    expect(arrived.html).toContain('<p dir="rtl"')
    expect(arrived.text).toContain('اس ترجمے کو کسی پیشہ ور مترجم نے نہیں جانچا۔')
    expect(`${arrived.text}${arrived.html}${arrived.subject}`).not.toMatch(marks)
    // Fences would become a part of the address.
    expect(arrived.text).not.toMatch(/https?:\/\/[^\s]*[\u2066-\u2069]/)
    const { id, english } = await messageOf(person)
    expect(english!.body).toContain('Thank you. We have what you sent us.')
    const path = `/${network.slug}/team/messages/${id}`
    const page = await network.coordinator.reads(path)
    expect(page.text).toContain('In English')
    expect(page.text).toContain('Thank you. We have what you sent us.')
    expect(page.$('blockquote[lang="ur"]').length).toBe(1)
    for (const other of [network.volunteer, network.sigChair])
      expect((await other.opens(path)).status).toBe(404)
  })

  test('REACH-10 a text message and a letter are in the language, and a code to sign in is too', async () => {
    const texted = await reader('ur', { channel: 'text', phone: '07700 900555' })
    await tells(texted)
    const text = await messageOf(texted)
    expect(text.body).toMatch(/^First: C-1042 مکمل ہو گئی۔ http\S+$/)
    const posted = await reader('ur', { channel: 'post', postalAddress: '1 High Street\nBirmingham' })
    await tells(posted)
    const letter = await messageOf(posted)
    expect(letter.body).toMatch(/^عزیز /)
    expect(letter.body).toContain('آپ کے مخلص')
    expect(letter.layout?.lang).toBe('ur')
    const page = await network.coordinator.reads(`/${network.slug}/team/letters/${letter.id}`)
    expect(page.text).toContain('In English')
  })

  test('REACH-10 a message that came back goes another way in its language; whoever rings reads the English', async () => {
    const person = await reader('ur', { channel: 'email', email: 'gone@example.org', phone: '07700 900556' })
    await tells(person)
    const first = await messageOf(person)
    await network.house.owner.query(
      `update message set state = 'came-back', came_back_at = now(), came_back_for = 'address', came_back_words = 'gone' where id = $1`,
      [first.id],
    )
    await network.house.runDue()
    const second = await messageOf(person)
    expect(second.channel).toBe('text')
    expect(second.body).toMatch(urdu)
    expect(second.english!.body).toMatch(/^First: C-1042 is closed\. http\S+$/)
    expect(second.body.match(/sign-in/g)).toHaveLength(1)
    await network.house.owner.query(
      `update message set state = 'came-back', came_back_at = now(), came_back_for = 'address', came_back_words = 'gone' where id = $1`,
      [second.id],
    )
    await network.house.runDue()
    const third = await messageOf(person)
    expect(third.channel).toBe('phone')
    expect(third.body).not.toMatch(urdu)
    expect(third.body).toContain('C-1042 is closed.')
    expect(third.english).toBeNull()
  })

  test('REACH-10 patterns that were made for pages catch no sentence of a message', () => {
    for (const language of otherLanguages) {
      const patterns = Object.keys(textsOf(language)).filter(each => /\{[a-f]\}/.test(each))
      expect(patterns.length).toBeGreaterThan(100)
      expect(catalogue(language, 'messages').size).toBeLessThan(catalogue(language).size - 100)
    }
  })
})
