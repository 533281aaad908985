import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { theirs as asWritten } from '#kernel/text/theirs.ts'
import type { Row } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import { type CheckedFile, filesOf } from '#platform/files.ts'
import type { Slice } from '#platform/http/route.ts'
import type { AnsweredMessage, FoundMail, IncomingMail, Intent, ReplyKind } from '#platform/mail/replies.ts'
import { hashOfToken } from '#platform/seal.ts'
import { actorToday } from '#platform/who-today.ts'
import { receiveByEmail } from '#slices/contributions/index.ts'
import { beginThread } from '#slices/messages/index.ts'
import { mailFiles } from '#slices/registration/index.ts'
import { asAnswered } from './find.ts'
import { meaningOf } from './meaning.ts'
import { byEmailPaths } from './paths.ts'
import './tables.ts'

type Rooms = () => readonly Pick<Slice, 'replies'>[]
type Known = Extract<FoundMail, { kind: 'known' }>
export type MailReply = Row<'mail_reply'>

/** About what we ask somebody whether they meant it. */
const aboutReply = 'mail-reply'
const mostWords = 2000

/** As the person: what they do here is theirs, whoever handed the e-mail over. */
export async function asWriter(doing: Doing, personId: number): Promise<Doing | undefined> {
  const actor = await actorToday(doing.tx, doing.network, personId, doing.today)
  if (!actor) return undefined
  const { tx, network, now, today, when, publicUrl, files } = doing
  return {
    ...{ tx, network, now, today, when, publicUrl, files, actor },
    happened: (thing, events, by) =>
      doing.happened(thing, events, by ?? { personId: actor.personId, words: actor.name }),
    tell: (...tellings) => doing.tell(...tellings),
    audit: (...what) => doing.audit(...what),
    seal: (purpose, text) => doing.seal(purpose, text),
    box: (purpose, salt) => doing.box(purpose, salt),
  }
}

/** An e-mail of somebody whom we know. Nothing counts before they said that it is right, but what our own server vouches for. */
export async function takeKnown(
  doing: Doing,
  rooms: Rooms,
  found: Known,
  mail: IncomingMail,
  mailId: number,
): Promise<void> {
  const theirs = await asWriter(doing, found.personId)
  if (!theirs) return
  const words = mail.words.slice(0, mostWords)
  const { answers } = found
  // Somebody of the team handed it in: that is no word of its writer.
  const handedIn = doing.actor !== undefined
  if (answers?.about.kind === aboutReply)
    return handedIn ? undefined : await confirmByMail(theirs, rooms, answers, mail, mailId)
  const common = { mailId, personId: found.personId, words, answers, verified: mail.verified && !handedIn }
  if (!answers) {
    await keepReply(theirs, rooms, {
      ...common,
      what: 'contribution',
      intent: { answer: 'words', words },
      sentence: 'You tell us something new. It becomes a view with a reference, and you get an answer.',
    })
    return
  }
  await takeAnswer(theirs, rooms, answers, common)
}

interface Common {
  readonly mailId: number
  readonly personId: number
  readonly words: string
  readonly answers: AnsweredMessage | undefined
  readonly verified: boolean
}

async function takeAnswer(
  theirs: Doing,
  rooms: Rooms,
  answers: AnsweredMessage,
  common: Common,
): Promise<void> {
  const said = { answer: meaningOf(common.words), words: common.words }
  const read = await kindOf(rooms, answers)?.read(theirs, answers, said)
  if (read?.accepted) {
    await keepReply(theirs, rooms, {
      ...common,
      what: 'reply',
      intent: read.intent,
      sentence: read.sentence,
      verified: false,
    })
    return
  }
  if (read) {
    await insertReply(theirs, {
      ...common,
      what: 'reply',
      intent: said,
      sentence: '',
      state: 'cannot',
      cannot: read.sentence,
    })
    await tellCannot(theirs, answers, common.personId, read.sentence, common.mailId)
    return
  }
  await keepReply(theirs, rooms, {
    ...common,
    what: 'message',
    intent: { answer: 'words', words: common.words },
    sentence: 'You write to the team.',
  })
}

const kindOf = (rooms: Rooms, message: AnsweredMessage): ReplyKind | undefined =>
  rooms()
    .flatMap(each => each.replies ?? [])
    .find(each => each.about === message.about.kind)

interface Keep extends Common {
  readonly what: MailReply['what']
  readonly intent: Intent
  readonly sentence: string
}

async function keepReply(theirs: Doing, rooms: Rooms, keep: Keep): Promise<void> {
  const token = randomBytes(24).toString('base64url')
  const asked = !keep.verified
  if (asked && keep.answers) {
    // A newer word about the same replaces what was not confirmed.
    await theirs.tx
      .updateTable('mail_reply')
      .set({ state: 'older' })
      .where('person_id', '=', keep.personId)
      .where('message_id', '=', keep.answers.id)
      .where('state', '=', 'asked')
      .execute()
  }
  const id = await insertReply(theirs, { ...keep, state: 'asked', token: asked ? token : undefined })
  if (!asked) {
    await carryOut(theirs, rooms, (await replyById(theirs, id))!, 'at-once')
    return
  }
  await theirs.tell({
    key: `mail-reply:${id}:${keep.personId}`,
    personId: keep.personId,
    kind: 'mail-reply',
    subject: 'did we understand your e-mail?',
    paragraphs: [
      'An e-mail came from your address. This is how we understood it:',
      keep.sentence,
      // Words that anybody may have sent to us are not sent on.
      ...(keep.words && keep.answers ? [`The e-mail says: “${asWritten(keep.words.slice(0, 600))}”`] : []),
      'Nothing counts until you say that it is right. Reply “yes” to this e-mail, or use the link. If it was not you, reply “no”.',
    ],
    link: {
      path: byEmailPaths.confirm(theirs.network.slug, token),
      words: 'Say yes or no here. You do not have to sign in',
      open: true,
    },
    short: 'an e-mail came from your address. Please say if we understood it.',
    about: { kind: aboutReply, id: String(id) },
  })
}

async function insertReply(
  theirs: Doing,
  given: Keep & { state: 'asked' | 'cannot'; cannot?: string; token?: string | undefined },
): Promise<number> {
  const { id } = await theirs.tx
    .insertInto('mail_reply')
    .values({
      network_id: theirs.network.id,
      mail_id: given.mailId,
      person_id: given.personId,
      message_id: given.answers?.id ?? null,
      what: given.what,
      answer: given.intent.answer,
      words: given.intent.words,
      sentence: given.sentence,
      state: given.state,
      cannot: given.cannot ?? null,
      token_hash: given.token ? hashOfToken(given.token) : null,
      path: null,
      came_at: theirs.now,
      decided_at: null,
      decided_how: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

const replyById = (doing: Doing, id: number): Promise<MailReply | undefined> =>
  doing.tx.selectFrom('mail_reply').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

/** A second e-mail: yes, no, or something else that is then read anew. */
async function confirmByMail(
  theirs: Doing,
  rooms: Rooms,
  readBack: AnsweredMessage,
  mail: IncomingMail,
  mailId: number,
): Promise<void> {
  const reply = await replyById(theirs, Number(readBack.about.id))
  if (!reply || reply.person_id !== readBack.personId) return
  if (reply.state !== 'asked') {
    const said =
      reply.state === 'counted'
        ? 'You said before that we understood you. It counts.'
        : (reply.cannot ??
          'A newer e-mail of yours came, or you said that it was not you. Nothing has changed.')
    return await tellCannot(theirs, readBack, reply.person_id, said, reply.id)
  }
  const answer = meaningOf(mail.words)
  if (answer === 'yes' && (await isFromTheirAddress(theirs, reply.person_id, mail)))
    return await carryOut(theirs, rooms, reply, 'reply')
  if (answer === 'no') return await decide(theirs, reply, { state: 'not-them', decided_how: 'reply' })
  const answers = reply.message_id === null ? undefined : await messageById(theirs, reply.message_id)
  const common = {
    mailId,
    personId: reply.person_id,
    words: mail.words.slice(0, mostWords),
    answers,
    // Somebody else's word for it does not count for theirs.
    verified: false,
  }
  await decide(theirs, reply, { state: 'older' })
  if (answers) return await takeAnswer(theirs, rooms, answers, common)
  await keepReply(theirs, rooms, {
    ...common,
    what: reply.what,
    intent: { answer: 'words', words: common.words },
    sentence: reply.sentence,
  })
}

async function isFromTheirAddress({ tx }: Doing, personId: number, mail: IncomingMail): Promise<boolean> {
  const person = await tx.selectFrom('person').select('email').where('id', '=', personId).executeTakeFirst()
  return person?.email?.toLowerCase() === mail.from.address.toLowerCase()
}

async function messageById({ tx }: Doing, id: number): Promise<AnsweredMessage | undefined> {
  const sent = await tx
    .selectFrom('message')
    .select(['id', 'kind', 'about_kind', 'about_id', 'person_id', 'created_at'])
    .select(sql<string>`coalesce(english ->> 'subject', subject)`.as('subject'))
    .where('id', '=', id)
    .executeTakeFirst()
  return sent && sent.person_id !== null ? asAnswered({ ...sent, person_id: sent.person_id }) : undefined
}

type How = NonNullable<MailReply['decided_how']>

/** They say that it is right: now it counts. `theirs` acts as the person. */
export async function carryOut(theirs: Doing, rooms: Rooms, reply: MailReply, how: How): Promise<void> {
  const done = await doIt(theirs, rooms, reply)
  if ('path' in done) {
    await decide(theirs, reply, { state: 'counted', decided_how: how, path: done.path })
    return
  }
  await decide(theirs, reply, { state: 'cannot', decided_how: how, cannot: done.sentence })
  const answers = reply.message_id === null ? undefined : await messageById(theirs, reply.message_id)
  if (how !== 'link' && answers) await tellCannot(theirs, answers, reply.person_id, done.sentence, reply.id)
}

async function doIt(
  theirs: Doing,
  rooms: Rooms,
  reply: MailReply,
): Promise<{ path: string | null } | { sentence: string }> {
  const answers = reply.message_id === null ? undefined : await messageById(theirs, reply.message_id)
  if (reply.what === 'reply') {
    const kind = answers && kindOf(rooms, answers)
    if (!kind) return { sentence: 'What this was about is not here any more.' }
    const { answer, words } = reply
    const done = await kind.carryOut(theirs, answers, { answer, words }, reply.mail_id)
    return done.accepted ? { path: null } : done
  }
  if (reply.what === 'contribution')
    return { path: await becomesAView(theirs, reply.mail_id, reply.person_id, reply.words) }
  const prefix = `${theirs.network.shortName}: `
  const about = answers?.subject.startsWith(prefix) ? answers.subject.slice(prefix.length) : answers?.subject
  const begun = await beginThread(theirs, {
    to: { kind: 'team' },
    personId: reply.person_id,
    subject: about ? `Answer to our e-mail: ${about}`.slice(0, 150) : 'An e-mail',
    words: reply.words || 'The e-mail has no words. See the e-mail as it came.',
    how: 'email',
  })
  return begun.accepted ? { path: `/messages/${begun.id}` } : begun
}

/** Its files go with it, each as it was checked when it came. */
export async function becomesAView(
  theirs: Doing,
  mailId: number,
  personId: number,
  words: string,
): Promise<string> {
  const mail = await theirs.tx
    .selectFrom('application_mail')
    .select('received_at')
    .where('id', '=', mailId)
    .executeTakeFirstOrThrow()
  const received = await receiveByEmail(
    theirs,
    {
      personId,
      kind: words.includes('?') ? 'question' : 'idea',
      words: words || 'The e-mail has no words. See what came with it.',
      // Nobody asked them under which name: less is shown until they say.
      naming: 'first-name',
    },
    mail.received_at.toZonedDateTimeISO('Europe/London').toPlainDate(),
  )
  const files = await filesOfMail(theirs, mailId)
  const thing = { kind: 'contribution', id: received.id }
  await theirs.files.keep(theirs.tx, theirs.network.id, thing, files, personId, theirs.now)
  return `/contributions/${received.reference}`
}

async function filesOfMail(doing: Doing, mailId: number): Promise<CheckedFile[]> {
  const files: CheckedFile[] = []
  for (const row of await filesOf(doing.tx, { kind: mailFiles, id: mailId })) {
    if (row.type === 'message/rfc822') continue
    const body = await doing.files.read(row)
    if (!body) continue
    files.push({
      name: row.name,
      type: row.type,
      bytes: new Uint8Array(await new Response(body).arrayBuffer()),
    })
  }
  return files
}

async function decide(doing: Doing, reply: MailReply, change: Partial<MailReply>): Promise<void> {
  await doing.tx
    .updateTable('mail_reply')
    .set({ ...change, decided_at: doing.now })
    .where('id', '=', reply.id)
    .execute()
}

export async function sayItWasNot(doing: Doing, reply: MailReply): Promise<void> {
  await decide(doing, reply, { state: 'not-them', decided_how: 'link' })
}

async function tellCannot(
  theirs: Doing,
  answers: AnsweredMessage,
  personId: number,
  sentence: string,
  mark: number,
): Promise<void> {
  const said = createHash('sha256').update(sentence).digest('hex').slice(0, 12)
  await theirs.tell({
    key: `mail-reply-cannot:${answers.id}:${mark}:${said}:${personId}`,
    personId,
    kind: 'mail-reply-cannot',
    subject: 'about your e-mail',
    paragraphs: [
      'Thank you for your e-mail. It could not count as an answer:',
      `${sentence.replace(/\.?$/, '.')}`,
      'If you meant something else, sign in, or ring us. Nothing was changed.',
    ],
    link: { path: `/${theirs.network.slug}/home`, words: 'Sign in' },
    short: 'about your e-mail. Please sign in, or ring us.',
    about: answers.about,
  })
}

/** Nobody of the team may read it, and nothing may lie about: its writer hears so. */
export async function tellNotRead(
  doing: Doing,
  found: Extract<FoundMail, { kind: 'private' }>,
  mail: IncomingMail,
): Promise<void> {
  await doing.tell({
    key: `mail-not-read:${mail.messageKey}`,
    personId: found.personId,
    kind: 'mail-not-read',
    subject: 'we did not read your e-mail',
    paragraphs: [
      'You answered by e-mail. It may be about something private, so nobody read it and we did not keep it.',
      'Please sign in and write it there.',
    ],
    short: 'To keep you safe, nobody read your e-mail. Please sign in and write it there.',
    link: { path: `/${doing.network.slug}/home`, words: 'Sign in' },
    about: found.about,
  })
}
