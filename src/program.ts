import { inOneLine } from '#src/house-start.ts'

type Closing = () => Promise<void>
/** In this order: nobody is let in and running requests finish, then jobs finish, then the database goes. */
const order = ['requests', 'jobs', 'database'] as const
export type Part = (typeof order)[number]

/**
 * Runs a program of the house from its settings to its end. What cannot be started is told in one line, with exit
 * code 1; Ctrl-C and SIGTERM close what was opened, in order, and end with 0.
 * @param work opens things and says how each is closed; one that `stays` runs on until it is told to stop
 */
export async function program(
  work: (closing: (part: Part, close: Closing) => void) => Promise<void>,
  options: { stays: boolean },
): Promise<void> {
  const parts = new Map<Part, Closing>()
  let leaving: Promise<void> | undefined
  const leave = (code: number): Promise<void> => {
    leaving ??= (async () => {
      // A signal during the start: first it is finished, so that nothing half-opened is left behind.
      await starting.catch(() => {})
      for (const part of order) {
        await parts
          .get(part)?.()
          .catch(error => console.error(`While stopping (${part}): ${inOneLine(error)}`))
      }
      process.exit(code)
    })()
    return leaving
  }
  process.on('SIGINT', () => leave(0))
  process.on('SIGTERM', () => leave(0))
  const starting = work((part, close) => void parts.set(part, close))
  try {
    await starting
    if (!options.stays) await leave(Number(process.exitCode ?? 0))
  } catch (error) {
    console.error(inOneLine(error))
    if (process.env.LOG_LEVEL === 'debug') console.error(error)
    await leave(1)
  }
}
