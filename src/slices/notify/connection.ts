import { z } from 'zod'
import { type Connection, isHere, type Tried } from '#platform/connections.ts'
import { type NotifySettings, notifyClient, notifyUrl, troubleOf } from '#platform/notify/client.ts'

const uuid = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const keyForm = new RegExp(`^\\S+-${uuid}-${uuid}$`, 'i')
const templateForm = new RegExp(`^${uuid}$`, 'i')

const yesNo = (words: string) => z.enum(['yes', 'no'], { error: words })
const template = z
  .string()
  .refine(each => each === '' || templateForm.test(each), 'Copy the whole number of the template from Notify')

function isAddress(given: string): boolean {
  try {
    const url = new URL(given)
    return url.protocol === 'https:' || (url.protocol === 'http:' && isHere(url.hostname))
  } catch {
    return false
  }
}

const fields = z
  .object({
    key: z.string().regex(keyForm, 'Copy the whole key from Notify. It has a name and two long numbers'),
    email: yesNo('Choose whether e-mail goes by Notify'),
    emailTemplate: template,
    text: yesNo('Choose whether text messages go by Notify'),
    textTemplate: template,
    letter: yesNo('Choose whether letters go by Notify'),
    postage: z.enum(['second', 'first', 'economy'], { error: 'Choose how letters are posted' }),
    token: z.string().min(16, 'Make up a longer secret: 16 characters or more').max(200),
    url: z.string().refine(isAddress, 'Enter the address of Notify. It begins with https://'),
  })
  .superRefine((given, context) => {
    const needs = (path: 'emailTemplate' | 'textTemplate', message: string) =>
      context.addIssue({ code: 'custom', path: [path], message })
    if (given.email === 'yes' && !given.emailTemplate)
      needs('emailTemplate', 'Give the template for e-mail, or choose “No” for e-mail')
    if (given.text === 'yes' && !given.textTemplate)
      needs('textTemplate', 'Give the template for text messages, or choose “No” for them')
  })

const choice = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
]

/** GOV.UK Notify in the place of our own ways, for each channel on its own (REACH-4). */
export const notifyConnection: Connection<NotifySettings & Record<string, string>> = {
  kind: 'notify',
  title: 'GOV.UK Notify',
  hint: 'Sends text messages, e-mail and letters for you',
  says: [
    'Without it e-mail goes by our own mail server, your team sends text messages by hand, and prints letters.',
    'In Notify, make a key, and a template for each way. E-mail: the subject is ((subject)) and the text is ((body)). Text message: the text is ((message)).',
    'In Notify, under “API integration” and “Callbacks”, give the two addresses that the page “Text messages that came in” shows, with the secret from here.',
  ],
  fields,
  ask: [
    { name: 'key', label: 'Key', hint: 'From “API integration” in Notify.', secret: true },
    { name: 'text', label: 'Do text messages go by Notify?', options: choice },
    { name: 'textTemplate', label: 'Template for text messages', hint: 'Its number in Notify.' },
    { name: 'email', label: 'Does e-mail go by Notify?', options: choice },
    { name: 'emailTemplate', label: 'Template for e-mail', hint: 'Its number in Notify.' },
    {
      name: 'letter',
      label: 'Do letters go by Notify?',
      hint: 'Letters in another form, and those that Notify cannot take, stay with your team.',
      options: choice,
    },
    {
      name: 'postage',
      label: 'How are letters posted?',
      options: [
        { value: 'second', label: 'Second class' },
        { value: 'first', label: 'First class' },
        { value: 'economy', label: 'Economy' },
      ],
    },
    {
      name: 'token',
      label: 'Secret for what Notify tells us',
      hint: 'Make one up, and give the same to Notify as “Bearer token”.',
      secret: true,
    },
    { name: 'url', label: 'Address of Notify', hint: `Usually ${notifyUrl}` },
  ],
  testWords: 'Test it and send me a message',
  async test(house, network, settings, to): Promise<Tried> {
    if (house.mode === 'demo' && !isHere(new URL(settings.url).hostname))
      return { ok: false, words: ['This is a demonstration: nothing goes out of it.'] }
    const client = notifyClient(settings)
    const words: string[] = []
    let ok = true
    const wrong = (said: string) => {
      ok = false
      words.push(said)
    }
    try {
      await client.getNotifications('email')
    } catch (error) {
      return { ok: false, words: [troubleOf(error).message] }
    }
    const ways = [
      ['email', 'e-mail', settings.emailTemplate, ['subject', 'body'], to.email],
      ['text', 'text messages', settings.textTemplate, ['message'], to.phone],
    ] as const
    for (const [way, name, id, places, address] of ways) {
      if (settings[way] !== 'yes') continue
      try {
        const { data } = await client.getTemplateById(id)
        const missing = places.filter(each => !`${data.subject ?? ''} ${data.body}`.includes(`((${each}))`))
        if (data.type !== (way === 'text' ? 'sms' : 'email')) {
          wrong(`The template for ${name} is for something else.`)
        } else if (missing.length > 0) {
          wrong(`The template for ${name} lacks ${missing.map(each => `((${each}))`).join(' and ')}.`)
        } else if (!address) {
          words.push(`The template for ${name} is in order. We have no address of yours for a test.`)
        } else {
          const said = `${network.shortName}: this is a test. It works.`
          if (way === 'text') await client.sendSms(id, address, { personalisation: { message: said } })
          else await client.sendEmail(id, address, { personalisation: { subject: said, body: said } })
          words.push(`A test for ${name} is on its way to you.`)
        }
      } catch (error) {
        const trouble = troubleOf(error)
        wrong(
          `For ${name}: ${'status' in trouble && trouble.status === 404 ? 'there is no such template.' : trouble.message}`,
        )
      }
    }
    if (settings.letter === 'yes') words.push('Letters go by Notify as a PDF. They need no template.')
    return { ok, words: words.length > 0 ? words : ['The key works. No way is set to go by Notify.'] }
  },
}
