import { z } from 'zod'
import type { Connection } from '#platform/connections.ts'
import { tryOutMail } from '#platform/delivery/try-out.ts'

/** Set for the whole installation by whoever runs it; here one sees whether it works. */
export const mailOutConnection: Connection = {
  kind: 'mail-out',
  title: 'E-mail that goes out',
  hint: 'Sends you a test, and says what is wrong',
  says: ['How e-mail goes out is set by whoever runs this service, for all its networks.'],
  fields: z.object({}),
  ask: [],
  ofInstallation: true,
  testWords: 'Send me a test e-mail',
  async test(house, network, _settings, to) {
    if (!house.mailOut) {
      return {
        ok: false,
        words: [
          house.mode === 'demo'
            ? 'This is a demonstration: no e-mail goes out. You can read all of it in the outbox.'
            : 'No mail server is set. Whoever runs this service sets SMTP_URL and MAIL_FROM.',
        ],
      }
    }
    if (!to.email) return { ok: false, words: ['We have no e-mail address of yours to send it to.'] }
    return await tryOutMail(house.mailOut, network, { name: to.name, address: to.email })
  },
}
