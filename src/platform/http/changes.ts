import type { Tx } from '../database/tables.ts'
import type { House } from '../house.ts'
import { errorFacts } from '../log.ts'

/** Something that people watch: one text that is another whenever it has changed. */
export interface Watched {
  /** What it is, within its network: those who watch the same share one look. */
  readonly of: string
  readonly version: (tx: Tx) => Promise<string>
}

const lookEveryMs = 1_500
/** Then the browser asks again, and whether the person still may is decided anew. */
const longestMs = 30_000

interface Watch {
  readonly listeners: Set<(version: string) => void>
  timer: NodeJS.Timeout
  last: string
}

/** Server-sent events: however many watch the same, the database is asked once a look. */
export function openChanges(house: House) {
  const watches = new Map<string, Watch>()

  function watch(
    networkId: number,
    { of, version }: Watched,
    listener: (version: string) => void,
  ): () => void {
    const key = `${networkId} ${of}`
    let found = watches.get(key)
    if (!found) {
      const made: Watch = {
        listeners: new Set(),
        last: '',
        timer: setInterval(() => void look(), lookEveryMs),
      }
      made.timer.unref()
      const look = async () => {
        try {
          const now = await house.database.network(networkId, version)
          if (now === made.last) return
          made.last = now
          for (const each of made.listeners) each(now)
        } catch (error) {
          house.log.warn(errorFacts(error), 'could not look for changes')
        }
      }
      watches.set(key, made)
      found = made
    }
    const { listeners, timer, last } = found
    listeners.add(listener)
    if (last !== '') listener(last)
    return () => {
      listeners.delete(listener)
      if (listeners.size > 0 || watches.get(key)?.listeners !== listeners) return
      clearInterval(timer)
      watches.delete(key)
    }
  }

  return {
    /** Stays open for a browser that listens; anybody else is told how it stands, once. */
    async answer(request: Request, tx: Tx, networkId: number, watched: Watched): Promise<Response> {
      const headers = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' }
      if (!(request.headers.get('accept') ?? '').includes('text/event-stream')) {
        return new Response(`data: ${await watched.version(tx)}\n\n`, { headers })
      }
      const text = new TextEncoder()
      let stop = () => {}
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          const end = setTimeout(() => {
            stop()
            controller.close()
          }, longestMs)
          end.unref()
          controller.enqueue(text.encode('retry: 2000\n\n'))
          const away = watch(networkId, watched, version =>
            controller.enqueue(text.encode(`data: ${version}\n\n`)),
          )
          stop = () => {
            clearTimeout(end)
            away()
          }
        },
        cancel: () => stop(),
      })
      return new Response(body, { headers })
    },
  }
}
