import type { Instant } from '#platform/database/tables.ts'
import { changePreferences, loadPreferences } from '#slices/preferences/index.ts'
import * as needs from '#slices/support-needs/index.ts'
import * as said from '#slices/what-was-said/index.ts'
import { day, doingAt, personId, type Scene, took, type World } from './world.ts'

type Group = 'contact' | 'format' | 'professional' | 'support'
type Play = (world: World, at: Instant) => Promise<void>

/** Support needs, preferences, and what is said by phone or post. All of it is invented. */
export const needsScenes = (slug: string): Scene[] => {
  const plays: [number, string, Play][] = slug === 'wmin' ? wmin : elsewhere
  return plays.map(([on, about, play], n) => ({ day: on, order: 4_000 + n, about, play }))
}

/** As the person wrote it, or as they told the team. */
const tells =
  (who: string, group: Group, options: readonly string[], words = '', by?: string): Play =>
  async (world, at) => {
    const doing = doingAt(world, by ?? who, at)
    const sheet = await needs.loadSheet(world.tx, personId(world, who), doing.today, { forChange: true })
    await needs.recordNeeds(doing, sheet!, group, { options, words }, by ? 'phone' : 'self')
  }

const shares =
  (who: string, ...with_: ('chair' | 'trust-contact' | 'buddy')[]): Play =>
  async (world, at) => {
    const doing = doingAt(world, who, at)
    const sheet = await needs.loadSheet(world.tx, personId(world, who), doing.today, { forChange: true })
    await needs.markAsked(doing, sheet!, 'self', with_)
  }

/** The team arranges it, or says why not. */
const seesTo =
  (who: string, option: string, outcome: 'met' | 'not-met', words: string): Play =>
  async (world, at) => {
    const doing = doingAt(world, world.settled.slug === 'wmin' ? 'co-ordinator' : 'other-co-ordinator', at)
    const sheet = await needs.loadSheet(world.tx, personId(world, who), doing.today, { forChange: true })
    const promise = sheet?.promises.find(each => each.option === option && each.state === 'open')
    const loaded = promise && (await needs.loadNeedPromise(world.tx, promise.id, { forChange: true }))
    if (loaded) took(world, `${who}, ${option}`, await needs.endPromise(doing, loaded, outcome, words))
    else world.refusals.push(`${who} did not say that they need ${option}`)
  }

/** Asked long before the service came: it is time to go through it again. */
const wasAskedLongAgo =
  (who: string): Play =>
  async (world, at) => {
    const doing = doingAt(world, 'co-ordinator', at)
    const id = personId(world, who)
    const sheet = await needs.loadSheet(world.tx, id, doing.today, { forChange: true })
    await needs.markAsked(doing, sheet!, 'post')
    await world.tx
      .updateTable('needs_sheet')
      .set({ review_due_on: day(world, -6) })
      .where('person_id', '=', id)
      .execute()
  }

const prefers =
  (who: string, change: Parameters<typeof changePreferences>[2], by?: string): Play =>
  async (world, at) => {
    const doing = doingAt(world, by ?? who, at)
    const now = await loadPreferences(world.tx, personId(world, who), { forChange: true })
    await changePreferences(doing, now!, change, by ? 'team' : 'page')
  }

/** @param became what the team went on with; `dealtWith`: and that was all of it */
const says =
  (
    who: string | undefined,
    name: string,
    words: string,
    became: readonly string[],
    dealtWith: boolean,
  ): Play =>
  async (world, at) => {
    const doing = doingAt(world, world.settled.slug === 'wmin' ? 'co-ordinator' : 'other-co-ordinator', at)
    const id = await said.writeNote(doing, {
      personId: who === undefined ? null : personId(world, who),
      name,
      how: 'phone',
      saidOn: doing.today,
      words,
    })
    const note = () => said.loadNote(world.tx, id, { forChange: true })
    for (const as of became) took(world, words, await said.goOnAs(doing, (await note())!, as))
    if (dealtWith) took(world, words, await said.finishNote(doing, (await note())!))
  }

const wmin: [number, string, Play][] = [
  [
    -95,
    'volunteer-1',
    tells('volunteer-1', 'support', ['captions', 'breaks'], 'A break after an hour, please.'),
  ],
  [-94, 'volunteer-1', shares('volunteer-1', 'chair', 'trust-contact', 'buddy')],
  [
    -92,
    'volunteer-1',
    seesTo('volunteer-1', 'captions', 'met', 'Captions are switched on in each online meeting.'),
  ],
  [-91, 'volunteer-1', seesTo('volunteer-1', 'breaks', 'met', 'The chair plans a break after each hour.')],
  [-90, 'volunteer-1', seesTo('volunteer-1', 'own-words', 'met', 'It stands on each agenda now.')],
  [-80, 'Winifred Lambswick', wasAskedLongAgo('Winifred Lambswick')],
  [-60, 'Bettina Crowhurst', tells('Bettina Crowhurst', 'support', ['hearing-loop'], '', 'co-ordinator')],
  [
    -48,
    'Bettina Crowhurst',
    seesTo(
      'Bettina Crowhurst',
      'hearing-loop',
      'not-met',
      'The room in Walsall has none. We look for another room for the autumn.',
    ),
  ],
  [-30, 'Albert Quillfeather', tells('Albert Quillfeather', 'contact', ['call-me'], '', 'co-ordinator')],
  [
    -29,
    'Albert Quillfeather',
    prefers('Albert Quillfeather', { quietFrom: 20, quietUntil: 9 }, 'co-ordinator'),
  ],
  [
    -28,
    'Albert Quillfeather',
    seesTo('Albert Quillfeather', 'call-me', 'met', 'We ring, and never send a letter.'),
  ],
  [-26, 'Geraint Foxcote', prefers('Geraint Foxcote', { language: 'cy' })],
  [-25, 'Samira Wellowbank', prefers('Samira Wellowbank', { quietFrom: 21, quietUntil: 8, digest: 'daily' })],
  [-24, 'Ravi Sandlebrook', prefers('Ravi Sandlebrook', { digest: 'weekly', wishes: { tasks: 'text' } })],
  [
    -21,
    'Albert Quillfeather',
    says('Albert Quillfeather', '', 'Nobody told me how to find the scanner.', ['A contribution'], true),
  ],
  // Late, and nobody has seen to it.
  [-16, 'volunteer-2', tells('volunteer-2', 'professional', ['note-taker'])],
  [
    -12,
    'Bettina Crowhurst',
    says(
      'Bettina Crowhurst',
      '',
      'I would like to know why the appointment moved twice. And I am for the new letters.',
      ['A contribution'],
      false,
    ),
  ],
  [-2, 'Ravi Sandlebrook', tells('Ravi Sandlebrook', 'format', ['screen-reader'])],
  [
    -1,
    'somebody new',
    says(undefined, 'Mrs Alderwick', 'I saw the poster at the bus stop. How can I help?', [], false),
  ],
]

const elsewhere: [number, string, Play][] = [
  [-20, 'other-volunteer', tells('other-volunteer', 'support', ['captions'])],
  [-18, 'other-volunteer', seesTo('other-volunteer', 'captions', 'met', 'Captions are on in each meeting.')],
  [-3, 'somebody new', says(undefined, 'A caller', 'When does the board meet?', [], false)],
]
