import { createHmac } from 'node:crypto'
import { sql } from 'kysely'
import { connectionOf, isHere } from '../connections.ts'
import type { Tx } from '../database/tables.ts'
import { askedForNoTexts } from '../delivery/another-way.ts'
import { CameBack, GoesByHand } from '../delivery/refusal.ts'
import type { HandedOver, Sender, SendersByChannel } from '../delivery/senders.ts'
import { stopLink } from '../delivery/stop-link.ts'
import type { House } from '../house.ts'
import { languageOf } from '../languages/words.ts'
import { isForNotify } from '../letter/address.ts'
import { printsWhole } from '../letter/fonts.ts'
import { letterPdf } from '../letter/pdf.ts'
import { partsOf, readLayout } from '../mail/layout.ts'
import { attachmentOf, type Message } from '../outbox.ts'
import { keyFor } from '../settings.ts'
import { isForNotifyText } from '../text-message.ts'
import { deliveredIn, type NotifySettings, notifyClient, troubleOf } from './client.ts'

/** The settings of a network that sends by Notify; a demonstration reaches nothing beyond this machine. */
export async function notifyOf(
  house: Pick<House, 'secret' | 'secretBefore' | 'mode'>,
  tx: Tx,
  networkId: number,
): Promise<NotifySettings | undefined> {
  const settings = await connectionOf<NotifySettings>(house, tx, networkId, 'notify')
  if (!settings) return undefined
  return house.mode === 'demo' && !isHere(hostOf(settings.url)) ? undefined : settings
}

const hostOf = (url: string): string => {
  try {
    return new URL(url).hostname
  } catch {
    return ''
  }
}

/**
 * Under which name Notify knows a message: the same however often it is tried, so that it can be asked whether it has it;
 * another one when somebody wanted it tried anew.
 */
const referenceOf = (
  { secret }: Pick<House, 'secret'>,
  message: Pick<Message, 'network_id' | 'key' | 'trying_since'>,
): string =>
  createHmac('sha256', keyFor(secret, 'notify references'))
    .update(`${message.network_id} ${message.key} ${message.trying_since ?? ''}`)
    .digest('hex')
    .slice(0, 40)

interface At {
  readonly house: House
  readonly tx: Tx
  readonly networkId: number
}

/** E-mail, text messages and letters of a network that has set up GOV.UK Notify, each as it chose. */
export async function notifyOfNetwork(at: At, usual: SendersByChannel): Promise<SendersByChannel> {
  const settings = await notifyOf(at.house, at.tx, at.networkId)
  if (!settings) return {}
  const { email } = usual
  return {
    ...(settings.email === 'yes' && {
      // A code stays out of a third place, and a calendar entry cannot go with Notify.
      email: async (message, how) =>
        email && (message.about_kind === 'sign-in' || attachmentOf(message))
          ? await email(message, how)
          : await once(at.house, settings, message, how.again, () => sendEmail(at.house, settings, message)),
    }),
    ...(settings.text === 'yes' && {
      text: async (message, how) => {
        if (await isStopped(at.tx, message.address))
          throw new CameBack({ trouble: 'message', words: askedForNoTexts })
        // What it has no letters for arrives as "????".
        if (!isForNotifyText(message.body))
          throw new GoesByHand('GOV.UK Notify has no letters for this language.')
        return await once(at.house, settings, message, how.again, () => sendText(at.house, settings, message))
      },
    }),
    post: postSender(at, settings),
  }
}

/** Nothing goes out twice: whether Notify has it already is asked whenever we cannot know. */
async function once(
  house: House,
  settings: NotifySettings,
  message: Message,
  again: boolean,
  send: () => Promise<string>,
): Promise<HandedOver> {
  try {
    if (again) {
      const reference = referenceOf(house, message)
      const { data } = await notifyClient(settings).getNotifications(undefined, undefined, reference)
      const there = data.notifications.find(
        each => each.reference === reference && !deliveredIn(each.status)?.endsWith('failure'),
      )
      if (there) return { id: there.id, by: 'notify' }
    }
    return { id: await send(), by: 'notify' }
  } catch (error) {
    throw troubleOf(error)
  }
}

async function sendEmail(house: House, settings: NotifySettings, message: Message): Promise<string> {
  const stop = stopLink(message)
  const { data } = await notifyClient(settings).sendEmail(settings.emailTemplate, message.address, {
    reference: referenceOf(house, message),
    personalisation: { subject: message.subject, body: withoutFile(message) },
    ...(stop && { oneClickUnsubscribeURL: stop }),
  })
  return data.id
}

/** The file does not go along, so nothing says that it does. */
function withoutFile(message: Message): string {
  const entry = attachmentOf(message)
  if (!entry) return message.body
  return partsOf(message.body, readLayout(message.layout, message.body))
    .filter(each => !(each.kind === 'note' && each.text.includes(entry.name)))
    .map(each => each.text)
    .join('\n\n')
}

async function sendText(house: House, settings: NotifySettings, message: Message): Promise<string> {
  const { data } = await notifyClient(settings).sendSms(settings.textTemplate, message.address, {
    reference: referenceOf(house, message),
    personalisation: { message: message.body },
  })
  return data.id
}

const isStopped = async (tx: Tx, number: string): Promise<boolean> => {
  const found = await sql`select 1 from text_stop where mark = number_mark(${number}) limit 1`.execute(tx)
  return found.rows.length > 0
}

/** Also where letters are made by hand again since: one that was given to Notify is still there to be asked about. */
function postSender({ house, tx, networkId }: At, settings: NotifySettings): Sender {
  return async (message, how) => {
    const person =
      message.person_id === null
        ? undefined
        : await tx
            .selectFrom('person')
            .select(['name', 'large_print'])
            .where('id', '=', message.person_id)
            .executeTakeFirst()
    const to = { name: person?.name ?? null, address: message.address }
    if (
      settings.letter !== 'yes' ||
      !isForNotify(to) ||
      !printsWhole(`${to.name}${to.address}${message.body}`)
    )
      throw new GoesByHand('GOV.UK Notify cannot take this letter.')
    const network = await tx
      .selectFrom('network')
      .select(['name', 'short_name', sql<string | null>`facts ->> 'phone'`.as('phone')])
      .where('id', '=', networkId)
      .executeTakeFirstOrThrow()
    const pdf = await letterPdf(
      {
        ...to,
        subject: message.subject,
        body: message.body,
        largePrint: person?.large_print ?? false,
        language: languageOf(message.layout),
      },
      {
        network: { name: network.name, shortName: network.short_name, phone: network.phone },
        day: house.clock.today(),
        window: 'notify',
      },
    )
    return await once(house, settings, message, how.again, async () => {
      const postage =
        settings.postage === 'first' || settings.postage === 'economy' ? settings.postage : 'second'
      const { data } = await notifyClient(settings).sendPrecompiledLetter(
        referenceOf(house, message),
        pdf,
        postage,
      )
      return data.id
    })
  }
}
