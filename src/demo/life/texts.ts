import { sql } from 'kysely'
import { takeInText } from '#slices/notify/index.ts'
import { atHour } from '../calendar.ts'
import { day, doingAt, type World } from './world.ts'

/** What came in by text message, after what was sent: an answer, a STOP, and somebody whom nobody knows. */
export async function textsThatCameIn(world: World): Promise<void> {
  if (world.settled.slug !== 'wmin') return
  const yesterday = atHour(day(world, -1), 11)
  for (const [id, number, words] of [
    [
      'kofi',
      '447700900106',
      'Thank you. I have read it and I agree. Can you ring me about the next meeting?',
    ],
    ['stop', '447700900202', 'Stop please'],
    ['unknown', '447700900877', 'Hello is this the X-ray department? I cannot come on Monday'],
  ] as const) {
    await takeInText(world.house, doingAt(world, undefined, yesterday), {
      id: `demonstration-${id}`,
      number,
      words,
    })
  }
  await sql`update message set state = 'sent', sent_at = created_at + interval '1 minute', tries = 1
            where network_id = ${world.settled.networkId} and state = 'waiting'`.execute(world.tx)
}
