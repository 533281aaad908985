import type { IncomingMessage, ServerResponse } from 'node:http'
import { type ServerType, serve } from '@hono/node-server'
import type { Settings } from '#platform/settings.ts'
import { StartError } from '#src/house-start.ts'

export type Fetch = (request: Request, env: { source: string }) => Response | Promise<Response>

export interface Listening {
  readonly port: number
  /** Until then everyone is told to come back in a moment. */
  answerWith(fetch: Fetch): void
  /** Takes nobody in any more, and waits until the running requests are answered. */
  close(): Promise<void>
}

const longestWaitMs = 20_000

/** Takes the port first: a taken one is told before the long work of a start, and `PORT=0` knows its number. */
export function listen(settings: Settings): Promise<Listening> {
  let answer: Fetch = () =>
    new Response('Starting. Please try again in a moment.\n', {
      status: 503,
      headers: {
        'content-type': 'text/plain; charset=utf-8',
        'retry-after': '2',
        'cache-control': 'no-store',
      },
    })
  const listeners = new Set<ServerResponse>()
  return new Promise((resolve, reject) => {
    const server = serve(
      {
        fetch: (request, env) => {
          const incoming = (env as { incoming: { socket: { remoteAddress?: string } } }).incoming
          const forwarded = settings.trustProxy
            ? request.headers.get('x-forwarded-for')?.split(',').pop()?.trim()
            : undefined
          return answer(request, { source: forwarded || (incoming.socket.remoteAddress ?? 'unknown') })
        },
        hostname: settings.host,
        port: settings.port,
      },
      info =>
        resolve({
          port: info.port,
          answerWith: fetch => {
            answer = fetch
          },
          close: () => {
            for (const each of listeners) each.destroy()
            return closeServer(server)
          },
        }),
    )
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      // A page that listens for changes never ends by itself, and loses nothing when it is cut off: it asks again.
      if (!request.headers.accept?.includes('text/event-stream')) return
      listeners.add(response)
      response.on('close', () => listeners.delete(response))
    })
    server.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') {
        reject(
          new StartError(
            `Port ${settings.port} on ${settings.host} is taken. Stop the other program, or set PORT to a free one.`,
          ),
        )
      } else if (/^(EACCES|EADDRNOTAVAIL|ENOTFOUND|EAI_AGAIN|EINVAL)$/.test(error.code ?? '')) {
        reject(
          new StartError(
            `Cannot listen on ${settings.host}:${settings.port} (${error.code}). Set HOST and PORT.`,
          ),
        )
      } else reject(error)
    })
  })
}

/** A connection that only idles is closed at once; one that is being answered, after its answer. */
function closeServer(server: ServerType): Promise<void> {
  return new Promise(resolve => {
    const idle = setInterval(() => {
      if ('closeIdleConnections' in server) server.closeIdleConnections()
    }, 50)
    const late = setTimeout(() => {
      if ('closeAllConnections' in server) server.closeAllConnections()
    }, longestWaitMs)
    server.close(() => {
      clearInterval(idle)
      clearTimeout(late)
      resolve()
    })
    if ('closeIdleConnections' in server) server.closeIdleConnections()
  })
}
