import { randomBytes } from 'node:crypto'
import { happened, type Refusal, refuse } from '#kernel/decision.ts'
import { cleanText } from '#kernel/text/clean.ts'
import { askTogether } from '#platform/database/questions.ts'
import type { PlainDate } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import type { CheckedFile } from '#platform/files.ts'
import * as rules from './concern.ts'
import { withEyes } from './eyes.ts'
import { holderOf, houseMark, wrapFor, wrapForCode } from './keys.ts'
import { tellPrivately } from './messages.ts'
import { asWords, readersQuestion } from './readers.ts'
import { fromReturnCode, newKey, shut, shutWords } from './sealing.ts'
import { type Facts, type FileFacts, type LoadedConcern, readConcern, type WayIn } from './store.ts'
import type { EntryKind } from './tables.ts'

export type Done<More = object> = ({ readonly accepted: true } & More) | Refusal

export interface NewConcern {
  readonly subject: string
  readonly words: string
  readonly wish: string
  readonly aboutIds: readonly number[]
  readonly readerId: number
  /** Without a name: how its raiser comes back. With one: undefined. */
  readonly code: string | undefined
  /** Somebody told it to its reader, by phone or face to face. */
  readonly told?: { readonly by: string }
}

const newRef = (): string => {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789'
  return [...randomBytes(16)].map(byte => letters[byte % letters.length]).join('')
}

/** Raises a concern. Sent twice with the same code it is one. Nothing of it is written anywhere else. */
export async function raiseConcern(doing: Doing, given: NewConcern): Promise<Done<{ ref: string }>> {
  const { tx, network, now, actor } = doing
  const [possible] = await askTogether(tx, [readersQuestion(doing.today)])
  const reader = possible.find(each => each.personId === given.readerId)
  if (!reader) return refuse('not-possible', 'Choose who should read it.')
  if (given.aboutIds.includes(reader.personId)) {
    return refuse('about-them', 'It is about this person. Choose somebody else to read it.')
  }
  if (!given.code && reader.personId === actor?.personId) {
    return refuse('yourself', 'You cannot send a concern to yourself. Choose somebody else.')
  }
  const code = given.code ? await fromReturnCode(given.code, network.slug) : undefined
  const door = code?.door ?? randomBytes(32).toString('hex')
  return await withEyes(tx, { personId: actor?.personId, door }, async () => {
    if (code) {
      const there = await tx.selectFrom('concern').select('ref').where('door', '=', door).executeTakeFirst()
      if (there) return { accepted: true, ref: there.ref }
    }
    const ref = newRef()
    const key = newKey()
    const it = rules.raise(doing.when)
    const facts: Facts = {
      subject: cleanText(given.subject),
      about: possible
        .filter(each => given.aboutIds.includes(each.personId))
        .map(each => ({ id: each.personId, name: each.name })),
      wish: cleanText(given.wish),
      ...(given.told ? { toldBy: cleanText(given.told.by) } : {}),
    }
    const raiserId = code ? null : (actor?.personId ?? null)
    const { id } = await tx
      .insertInto('concern')
      .values({
        network_id: network.id,
        ref,
        door,
        raiser_person_id: raiserId,
        raised_at: now,
        how: given.told ? 'told' : 'written',
        sealed: shutWords(key, facts, `${ref} facts`),
        ...columnsOf(it),
        reader_ids: [reader.personId],
        version: 1,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await tx
      .insertInto('concern_key')
      .values([
        ...[reader.personId, ...(raiserId === null ? [] : [raiserId])].map(each =>
          keyRow(doing, { id, ref, key }, each),
        ),
        ...(code
          ? [
              {
                network_id: network.id,
                concern_id: id,
                holder: 'code',
                wrapped: wrapForCode(code.key, ref, key),
                house_mark: '',
              },
            ]
          : []),
      ])
      .execute()
    await tx
      .insertInto('concern_reader')
      .values({
        network_id: network.id,
        concern_id: id,
        person_id: reader.personId,
        as_what: reader.as,
        from_at: now,
      })
      .execute()
    await addEntry(doing, { id, ref, key }, 'raised', null, cleanText(given.words))
    if (reader.personId !== actor?.personId) await tellPrivately(doing, [reader.personId], ref, 'raised')
    return { accepted: true, ref }
  })
}

type Opened = Pick<LoadedConcern, 'id' | 'ref' | 'key'>

const keyRow = (doing: Doing, { id, ref, key }: Opened, personId: number) => ({
  network_id: doing.network.id,
  concern_id: id,
  holder: holderOf(personId),
  wrapped: wrapFor(doing, ref, personId, key),
  house_mark: houseMark(doing),
})

export const columnsOf = (it: rules.Concern) => ({
  state: it.state,
  acknowledge_by: it.acknowledgeBy,
  acknowledged_on: it.acknowledgedOn,
  plan_by: it.planBy,
  planned_on: it.plannedOn,
  support_offered_on: it.supportOfferedOn,
  support_answer: it.supportAnswer,
  word_by: it.wordBy,
  end_how: it.endHow,
  ended_on: it.endedOn,
  held_since: it.heldSince,
})

async function addEntry(
  doing: Doing,
  { id, ref, key }: Opened,
  kind: EntryKind,
  by: number | null,
  words: string,
  files: readonly CheckedFile[] = [],
): Promise<number> {
  const entry = await doing.tx
    .insertInto('concern_entry')
    .values({
      network_id: doing.network.id,
      concern_id: id,
      kind,
      by_person_id: by,
      at: doing.now,
      sealed: shutWords(key, words, `${ref} entry ${kind}`),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  for (const file of files) {
    const facts: FileFacts = { name: file.name, type: file.type }
    await doing.tx
      .insertInto('concern_file')
      .values({
        network_id: doing.network.id,
        concern_id: id,
        entry_id: entry.id,
        sealed_name: shutWords(key, facts, `${ref} file`),
        sealed: shut(key, file.bytes, `${ref} bytes`),
      })
      .execute()
  }
  return entry.id
}

/** One step: the row, one entry in the thread, and word to the others. */
async function take(
  doing: Doing,
  concern: LoadedConcern,
  decision: ReturnType<typeof rules.write>,
  entry: { kind: EntryKind; words: string; files?: readonly CheckedFile[] },
): Promise<Done> {
  if (!decision.accepted) return decision
  const me = doing.actor?.personId
  await withEyes(doing.tx, { personId: me, door: concern.door }, async () => {
    await doing.tx
      .updateTable('concern')
      .set({ ...columnsOf(decision.state), version: concern.version + 1 })
      .where('id', '=', concern.id)
      .execute()
    const by = concern.side === 'reader' ? (me ?? null) : null
    const id = await addEntry(doing, concern, entry.kind, by, entry.words, entry.files)
    const others = [
      ...concern.readers.filter(each => each.holds).map(each => each.personId),
      ...(concern.raiser ? [concern.raiser.personId] : []),
    ].filter(each => (concern.side === 'raiser' ? each !== concern.raiser?.personId : each !== me))
    await tellPrivately(doing, others, concern.ref, `${entry.kind}:${id}`)
  })
  return { accepted: true }
}

export const acknowledge = (doing: Doing, c: LoadedConcern, words: string) =>
  take(doing, c, rules.acknowledge(c.it, c.side, doing.when), { kind: 'acknowledged', words })

export const sayPlan = (doing: Doing, c: LoadedConcern, words: string) =>
  take(doing, c, rules.plan(c.it, c.side, doing.when), { kind: 'plan', words })

export const offerSupport = (doing: Doing, c: LoadedConcern, words: string) =>
  take(doing, c, rules.offerSupport(c.it, c.side, doing.when), { kind: 'support', words })

export const answerSupport = (doing: Doing, c: LoadedConcern, answer: rules.SupportAnswer, words: string) =>
  take(doing, c, rules.answerSupport(c.it, c.side, answer), {
    kind: 'support-answer',
    words: [answer === 'wanted' ? 'Yes please.' : 'No, thank you.', words].filter(Boolean).join(' '),
  })

export const sayDone = (doing: Doing, c: LoadedConcern, words: string) =>
  take(doing, c, rules.sayDone(c.it, c.side, doing.when), { kind: 'done', words })

export const giveWord = (doing: Doing, c: LoadedConcern, word: 'heard' | 'not-heard', words: string) =>
  take(doing, c, rules.giveWord(c.it, c.side, word, doing.when), {
    kind: 'word',
    words: [word === 'heard' ? 'Yes, this ends it.' : 'No, this does not end it.', words]
      .filter(Boolean)
      .join(' '),
  })

export const takeBack = (doing: Doing, c: LoadedConcern) =>
  take(doing, c, rules.takeBack(c.it, c.side, doing.when), { kind: 'taken-back', words: '' })

/** For an inquiry or the law: it is not deleted meanwhile, and whoever raised it reads why. */
export const holdIt = (doing: Doing, c: LoadedConcern, words: string) =>
  take(doing, c, rules.hold(c.it, c.side, doing.when), { kind: 'held', words })

export const letItGo = (doing: Doing, c: LoadedConcern, words: string) =>
  take(doing, c, rules.letGo(c.it, c.side), { kind: 'not-held', words })

export const writeMore = (
  doing: Doing,
  c: LoadedConcern,
  words: string,
  files: readonly CheckedFile[] = [],
) => take(doing, c, rules.write(c.it), { kind: 'wrote', words, files })

/** Only whoever raised it says who reads it. Whoever reads it no more loses the key and the row. */
export async function chooseReaders(
  doing: Doing,
  c: LoadedConcern,
  chosen: readonly number[],
): Promise<Done> {
  const before = c.readers.map(each => each.personId)
  const decision = rules.chooseReaders(
    c.it,
    c.side,
    chosen,
    {
      possible: c.possible.map(each => each.personId).filter(each => each !== c.raiser?.personId),
      about: c.facts.about.map(each => each.id),
      before,
    },
    doing.when,
  )
  if (!decision.accepted) return decision
  const names = c.possible.filter(each => chosen.includes(each.personId))
  const words = `Read by: ${names.map(each => `${each.name}, ${asWords[each.as]}`).join('; ')}.`
  return await withEyes(doing.tx, { personId: doing.actor?.personId, door: c.door }, async () => {
    const gone = before.filter(each => !chosen.includes(each))
    const come = names.filter(each => !before.includes(each.personId))
    await stopReading(doing, c, gone, 'raiser')
    for (const each of come) {
      await doing.tx
        .insertInto('concern_key')
        .values(keyRow(doing, c, each.personId))
        .execute()
      await doing.tx
        .insertInto('concern_reader')
        .values({
          network_id: doing.network.id,
          concern_id: c.id,
          person_id: each.personId,
          as_what: each.as,
          from_at: doing.now,
        })
        .execute()
    }
    await doing.tx
      .updateTable('concern')
      .set({ ...columnsOf(decision.state), reader_ids: [...chosen], version: c.version + 1 })
      .where('id', '=', c.id)
      .execute()
    const id = await addEntry(doing, c, 'readers', null, words)
    await tellPrivately(
      doing,
      come.map(each => each.personId),
      c.ref,
      `readers:${id}`,
    )
    return { accepted: true }
  })
}

/** A reader finds that they should not read it. It goes to nobody by itself: whoever raised it chooses again. */
export async function handBack(doing: Doing, c: LoadedConcern, words: string): Promise<Done> {
  const decision = rules.handBack(c.it, c.side)
  if (!decision.accepted) return decision
  const me = doing.actor!.personId
  await withEyes(doing.tx, { door: c.door }, async () => {
    await stopReading(doing, c, [me], 'handed-back')
    await doing.tx
      .updateTable('concern')
      .set({
        reader_ids: c.readers.map(each => each.personId).filter(each => each !== me),
        version: c.version + 1,
      })
      .where('id', '=', c.id)
      .execute()
    const id = await addEntry(doing, c, 'handed-back', me, words)
    if (c.raiser) await tellPrivately(doing, [c.raiser.personId], c.ref, `handed-back:${id}`)
  })
  return { accepted: true }
}

async function stopReading(
  { tx, now }: Doing,
  { id }: Pick<LoadedConcern, 'id'>,
  people: readonly number[],
  why: 'raiser' | 'handed-back',
): Promise<void> {
  if (people.length === 0) return
  await tx
    .updateTable('concern_reader')
    .set({ until_at: now, until_why: why })
    .where('concern_id', '=', id)
    .where('person_id', 'in', people)
    .where('until_at', 'is', null)
    .execute()
  await tx
    .deleteFrom('concern_key')
    .where('concern_id', '=', id)
    .where('holder', 'in', people.map(holderOf))
    .execute()
}

/** A way back without a sign-in, for whoever raised it with their name: before they leave, or to be sure. */
export async function giveReturnCode(doing: Doing, c: LoadedConcern, code: string): Promise<Done> {
  if (c.side !== 'raiser') return refuse('not-yours', 'Only the person who raised this concern can do that.')
  const { door, key } = await fromReturnCode(code, doing.network.slug)
  await withEyes(doing.tx, { personId: doing.actor?.personId, door: c.door }, async () => {
    await doing.tx
      .updateTable('concern')
      .set({ door, version: c.version + 1 })
      .where('id', '=', c.id)
      .execute()
    // An older code opens nothing from here on.
    await doing.tx
      .deleteFrom('concern_key')
      .where('concern_id', '=', c.id)
      .where('holder', '=', 'code')
      .execute()
    await doing.tx
      .insertInto('concern_key')
      .values({
        network_id: doing.network.id,
        concern_id: c.id,
        holder: 'code',
        wrapped: wrapForCode(key, c.ref, c.key),
        house_mark: '',
      })
      .execute()
  })
  return { accepted: true }
}

/** Written down for whoever raised it to read: a reader opened the page, a file, or took a copy (R58). */
export async function noteLook(
  doing: Doing,
  c: Pick<LoadedConcern, 'id' | 'side'>,
  what: 'page' | 'file' | 'copy',
): Promise<void> {
  if (c.side !== 'reader' || !doing.actor) return
  await doing.tx
    .insertInto('concern_look')
    .values({
      network_id: doing.network.id,
      concern_id: c.id,
      person_id: doing.actor.personId,
      at: doing.now,
      what,
    })
    .execute()
}

/** Finds a concern with the actor's eyes, or those of a return code, and takes a step: for stories and tests. */
export async function inConcern<Answer>(
  doing: Doing,
  ref: string,
  code: string | undefined,
  work: (concern: LoadedConcern) => Promise<Answer>,
): Promise<Answer | Refusal> {
  const way: WayIn = code ? { code: await fromReturnCode(code, doing.network.slug) } : {}
  return await withEyes(doing.tx, { personId: doing.actor?.personId, door: way.code?.door }, async () => {
    const found = await readConcern(doing, ref, way, { forChange: true })
    return found ? await work(found) : refuse('not-there', 'There is no such concern.')
  })
}

/** Who is asked outside the network's two posts. @param reach public: how to reach them without this service */
export async function nameIndependentContact(
  doing: Doing,
  personId: number,
  reach: string,
  from: PlainDate,
): Promise<Done> {
  const { tx, network, now } = doing
  const person = await tx
    .selectFrom('person')
    .select(['id', 'channel'])
    .where('id', '=', personId)
    .where('left_on', 'is', null)
    .where(eb =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('post_holding as h')
            .select('h.id')
            .whereRef('h.person_id', '=', 'person.id')
            .where('h.from_on', '<=', doing.today)
            .where(open => open.or([open('h.to_on', 'is', null), open('h.to_on', '>=', doing.today)])),
        ),
      ),
    )
    .executeTakeFirst()
  if (!person) {
    return refuse(
      'has-a-post',
      'The independent contact must be somebody of the network without a post of the team.',
    )
  }
  // Nobody rings or writes about a concern for its raiser, so it would lie there unread.
  if (person.channel !== 'email' && person.channel !== 'text') {
    return refuse(
      'not-reached',
      'They are told by phone or post, so they would not hear that a concern waits. Choose somebody whom we tell by e-mail or text message.',
    )
  }
  await tx
    .updateTable('independent_contact')
    .set({ to_on: from.subtract({ days: 1 }) })
    .where('to_on', 'is', null)
    .execute()
  await tx
    .insertInto('independent_contact')
    .values({
      network_id: network.id,
      person_id: personId,
      reach,
      from_on: from,
      by_person_id: doing.actor?.personId ?? null,
      at: now,
    })
    .execute()
  return { accepted: true }
}

/** One more other way to speak up on the network's list (R54). */
export async function writeWay(
  doing: Doing,
  given: { name: string; about: string; reach: string },
): Promise<number> {
  const { id } = await doing.tx
    .insertInto('speak_up_way')
    .values({
      network_id: doing.network.id,
      ...given,
      written_at: doing.now,
      by_person_id: doing.actor?.personId ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await doing.happened({ kind: 'speak-up-way', id }, [happened('written', { ...given })])
  return id
}
