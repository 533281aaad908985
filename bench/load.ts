import autocannon from 'autocannon'

export interface Load {
  readonly perSecond: number
  /** Milliseconds within which 95 of 100 answers came. */
  readonly p95: number
  readonly failed: number
}

export interface LoadRequest {
  readonly path: string
  readonly method?: 'GET' | 'POST'
  readonly headers?: Record<string, string>
  /** Made anew for each request. */
  readonly body?: () => string
}

/** Bounded in time and in connections, and only ever to this machine. */
export async function load(origin: string, requests: readonly LoadRequest[], seconds: number): Promise<Load> {
  if (!origin.startsWith('http://127.0.0.1:')) throw new Error('only this machine is put under load')
  const times: number[] = []
  let failed = 0
  let sent = 0
  // The connections take the addresses in turn, so that they do not all ask for the same one at once.
  const next = () => {
    const each = requests[sent++ % requests.length]!
    return {
      method: each.method ?? 'GET',
      path: each.path,
      headers: { 'accept-encoding': 'gzip', ...each.headers },
      ...(each.body ? { body: each.body() } : {}),
    }
  }
  const options: autocannon.Options = {
    url: origin,
    connections: 8,
    duration: seconds,
    requests: [{ setupRequest: request => ({ ...request, ...next() }) }],
  }
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const run = autocannon(options, (error, found) => (error ? reject(error) : resolve(found)))
    run.on('response', (_client, status, _bytes, milliseconds) => {
      times.push(milliseconds)
      if (status >= 400) failed += 1
    })
  })
  times.sort((a, b) => a - b)
  return {
    perSecond: result.requests.average,
    p95: times[Math.floor(times.length * 0.95)] ?? Number.NaN,
    failed: failed + result.errors,
  }
}
