import { parseArgs } from 'node:util'
import { openLog } from '#platform/log.ts'
import { readSettings } from '#platform/settings.ts'
import { forgetSecondFactors, invite, posts } from '#slices/sign-in/index.ts'
import { openHouse, StartError } from '#src/house-start.ts'
import { program } from '#src/program.ts'

const usage =
  'npm run invite -- --network wmin --email name@example.org --name "First Last" --post director|portfolio-manager|co-ordinator|administrator [--forget-second-factor]'

/** `npm run invite`: lets the first people of a network in, and those who lost every second factor. */
await program(
  async closing => {
    const { values } = parseArgs({
      options: {
        network: { type: 'string' },
        email: { type: 'string' },
        name: { type: 'string' },
        post: { type: 'string' },
        'forget-second-factor': { type: 'boolean' },
      },
    })
    const { network, email, name } = values
    const post = posts.find(each => each === values.post)
    if (!network || !email?.includes('@') || !name?.trim() || !post) throw new StartError(usage)
    const settings = readSettings(process.env)
    const { house, close } = await openHouse(settings, {
      log: openLog(settings.logLevel),
      publicUrl: () => settings.publicUrl ?? `http://${settings.host}:${settings.port}`,
      wakeWorker: () => {},
    })
    closing('database', close)
    const address = await invite(house, { network, email: email.trim(), name: name.trim(), post })
    if (!address) throw new StartError(`There is no network “${network}” here.`)
    if (values['forget-second-factor']) await forgetSecondFactors(house, email.trim())
    console.log(`${name} can sign in as ${post}: ${address}`)
  },
  { stays: false },
)
