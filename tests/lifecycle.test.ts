import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, request } from 'node:http'
import { createServer as createTcpServer } from 'node:net'
import { availableParallelism, loadavg } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { testSecret } from './postgres.ts'
import { begin, end, isThere, ordinaryAccount, ownFolder, type Program, postmasterIn } from './program.ts'

// One DATA_DIR through its life, in order: each test goes on where the one before it stopped.
const dataDir = join(ownFolder(), 'deeper', 'data')
const settings = { DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'warn' }
const start = () => begin('src/server.ts', settings)

const get = async (address: string, path: string) => {
  const response = await fetch(address + path)
  return { status: response.status, text: await response.text() }
}

/**
 * Ready within so many seconds, which began when it was begun. The time that it worked itself counts on any machine;
 * the time on the wall only where nobody else is busy.
 */
async function readyWithin(seconds: number, program: Program): Promise<string> {
  const began = performance.now()
  const address = await program.ready()
  const quiet = loadavg()[0]! < availableParallelism()
  if (quiet) expect((performance.now() - began) / 1000).toBeLessThan(seconds)
  if (process.platform === 'linux') {
    const facts = readFileSync(`/proc/${program.child.pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
    // User and system time, in hundredths of a second.
    expect((Number(facts[11]) + Number(facts[12])) / 100).toBeLessThan(seconds)
  }
  return address
}

/** A write of the real thing, acknowledged: the demo's clock, which lives in the database. */
async function write(address: string, now: string): Promise<string> {
  const response = await fetch(`${address}/demo/clock`, {
    method: 'POST',
    body: new URLSearchParams({ now }),
    headers: { accept: 'application/json' },
  })
  if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`)
  return ((await response.json()) as { now: string }).now
}

const clockOf = async (address: string): Promise<number> =>
  Date.parse(/<time datetime="([^"]+)"/i.exec((await get(address, '/demo')).text)![1]!)

/** Seconds on from the clock, one write after the other, until the service is gone. @returns the last acknowledged */
async function writeUntilGone(address: string, onWrite: (count: number) => void): Promise<number> {
  let last = await clockOf(address)
  for (let count = 1; ; count++) {
    try {
      last = Date.parse(await write(address, new Date(last + 60_000).toISOString()))
      onWrite(count)
    } catch {
      return last
    }
  }
}

async function stops(program: Program, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  program.child.kill(signal)
  expect(await program.ended()).toEqual({ code: 0, signal: null })
}

test('HOUSE-1 the first start brings its own PostgreSQL, and its last line says where it is ready', async () => {
  const program = start()
  const address = await readyWithin(30, program)
  expect(program.out().trimEnd().split('\n').pop()).toBe(`Ready: ${address}`)
  expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  expect((await get(address, '/readyz')).status).toBe(200)
  expect((await get(address, '/demo')).status).toBe(200)
  await write(address, '2030-01-02T03:04:05Z').catch(() =>
    write(address, new Date(Date.now() + 86_400_000).toISOString()),
  )
  const postmaster = postmasterIn(dataDir)!
  await stops(program, 'SIGINT')
  expect(isThere(postmaster)).toBe(false)
}, 120_000)

test('HOUSE-1 a second start finds its data; killed, its PostgreSQL is taken over and nothing acknowledged is lost', async () => {
  const first = start()
  const address = await readyWithin(6, first)
  expect(await clockOf(address)).toBeGreaterThan(Date.now() + 80_000_000)
  const postmaster = postmasterIn(dataDir)!
  const last = await writeUntilGone(address, count => {
    if (count === 5) first.child.kill('SIGKILL')
  })
  await first.ended()
  expect(isThere(postmaster)).toBe(true)
  const second = start()
  expect(await clockOf(await second.ready())).toBeGreaterThanOrEqual(last)
  expect(postmasterIn(dataDir)).toBe(postmaster)
  // Whoever leaves last stops it, also when somebody else had started it.
  await stops(second)
  expect(isThere(postmaster)).toBe(false)
}, 120_000)

test('HOUSE-1 when PostgreSQL is killed the pages say so for a moment, and it is revived without a restart', async () => {
  const program = start()
  const address = await program.ready()
  const before = postmasterIn(dataDir)!
  const last = Date.parse(await write(address, new Date((await clockOf(address)) + 60_000).toISOString()))
  end(before, 'SIGKILL')
  const seen: number[] = []
  const until = Date.now() + 60_000
  while (Date.now() < until && (seen.at(-1) !== 200 || postmasterIn(dataDir) === before)) {
    seen.push((await get(address, '/demo')).status)
  }
  expect(seen.at(-1)).toBe(200)
  expect(seen.filter(status => status !== 200 && status !== 503)).toEqual([])
  expect(await clockOf(address)).toBeGreaterThanOrEqual(last)
  expect(program.child.exitCode).toBe(null)

  // Both at once, in the middle of writing.
  const written = await writeUntilGone(address, count => {
    if (count !== 3) return
    program.child.kill('SIGKILL')
    end(postmasterIn(dataDir)!, 'SIGKILL')
  })
  const again = start()
  expect(await clockOf(await again.ready())).toBeGreaterThanOrEqual(written)
  await stops(again)
}, 180_000)

test('HOUSE-1 two processes on one DATA_DIR share one database, and the last one out stops it', async () => {
  const [first, second] = [start(), start()]
  const [one, two] = [await first.ready(), await second.ready()]
  const postmaster = postmasterIn(dataDir)!
  const now = await write(one, new Date((await clockOf(one)) + 3_600_000).toISOString())
  await stops(first)
  expect(isThere(postmaster)).toBe(true)
  expect((await get(two, '/readyz')).status).toBe(200)
  // A worker of its own and the check of the audit use the same one.
  const worker = begin('src/worker.ts', settings)
  expect(await worker.ready()).toBe('working')
  const verify = begin('scripts/audit-verify.ts', settings)
  expect(await verify.ended()).toEqual({ code: 0, signal: null })
  expect(verify.out()).toMatch(/^All \d+ entries are as they were written\.\n$/)
  await stops(second)
  expect(isThere(postmaster)).toBe(true)
  await stops(worker)
  expect(isThere(postmaster)).toBe(false)
  expect(now).toBeTruthy()
}, 180_000)

test('HOUSE-1 SIGTERM lets a running request finish, takes no new one, and ends with 0', async () => {
  const program = start()
  const address = await program.ready()
  const target = new Date((await clockOf(address)) + 60_000).toISOString()
  const body = `now=${encodeURIComponent(target)}`
  const answer = new Promise<{ status: number; text: string }>((resolve, reject) => {
    const slow = request(
      `${address}/demo/clock`,
      {
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'content-length': body.length,
          accept: 'application/json',
        },
      },
      response => {
        let text = ''
        response.on('data', part => {
          text += part
        })
        response.on('end', () => resolve({ status: response.statusCode!, text }))
      },
    )
    slow.on('error', reject)
    // Half of it is there when the signal comes; the rest follows when nobody is let in any more.
    slow.write(body.slice(0, 10), async () => {
      // The server has seen the head of the request once it answers another one.
      await get(address, '/healthz')
      program.child.kill('SIGTERM')
      while (await get(address, '/healthz').catch(() => undefined)) {
        // Still letting in.
      }
      slow.end(body.slice(10))
    })
  })
  const done = await answer
  expect(done.status).toBe(200)
  expect(await program.ended()).toEqual({ code: 0, signal: null })
  expect(program.err()).not.toContain('While stopping')
  const again = start()
  expect(await clockOf(await again.ready())).toBeGreaterThanOrEqual(Date.parse(target))
  await stops(again)
}, 120_000)

test('HOUSE-1 a half-made database is thrown away, and a pid file that names a stranger is not believed', async () => {
  const folder = ownFolder()
  // As an interrupted first start leaves it.
  mkdirSync(join(folder, 'postgres', 'half-999999-abc'), { recursive: true })
  writeFileSync(join(folder, 'postgres', 'half-999999-abc', 'PG_VERSION'), '18\n')
  const program = begin('scripts/migrate.ts', { DATA_DIR: folder })
  expect(await program.ended(), program.err()).toEqual({ code: 0, signal: null })
  // Our own process is alive and no PostgreSQL: the machine was restarted and the number given away.
  writeFileSync(
    join(folder, 'postgres', 'cluster', 'postmaster.pid'),
    `${process.pid}\n${join(folder, 'postgres', 'cluster')}\n1700000000\n5432\n\n127.0.0.1\n\nready   \n`,
  )
  const again = begin('scripts/migrate.ts', { DATA_DIR: folder })
  expect(await again.ended(), again.err()).toEqual({ code: 0, signal: null })
  expect(again.out()).toBe('Nothing to do.\n')
}, 120_000)

const ordinary = ordinaryAccount()
test.skipIf(process.getuid?.() === 0 && !ordinary)(
  'HOUSE-1 an ordinary account starts it too',
  async () => {
    const program = begin(
      'src/server.ts',
      { DATA_DIR: ownFolder(ordinary), PORT: '0', LOG_LEVEL: 'warn' },
      ordinary ? { as: ordinary } : {},
    )
    expect((await get(await program.ready(), '/readyz')).status).toBe(200)
    await stops(program)
  },
  120_000,
)

/** Says what is wrong in one line, and ends with an exit code that is not 0. */
async function refuses(program: Program, words: RegExp): Promise<void> {
  const { code } = await program.ended()
  expect(program.err().trimEnd().split('\n'), program.err()).toHaveLength(1)
  expect(program.err()).toMatch(words)
  expect(code).toBe(1)
  expect(program.out()).toBe('')
}

test('HOUSE-1 a taken port is told in one line', async () => {
  const other = createServer()
  await new Promise<void>(resolve => other.listen(0, '127.0.0.1', resolve))
  const { port } = other.address() as { port: number }
  await refuses(
    begin('src/server.ts', { ...settings, PORT: String(port) }),
    new RegExp(`^Port ${port} on 127.0.0.1 is taken\\. Stop the other program, or set PORT`),
  )
  other.close()
}, 60_000)

test('HOUSE-1 a DATABASE_URL that refuses, or never answers, is told in one line', async () => {
  const silent = createTcpServer(() => {})
  await new Promise<void>(resolve => silent.listen(0, '127.0.0.1', resolve))
  const { port } = silent.address() as { port: number }
  const words = /^The database at DATABASE_URL does not answer.*\. Check the address/
  await Promise.all([
    refuses(begin('src/server.ts', { ...settings, DATABASE_URL: 'postgres://a:b@127.0.0.1:1/c' }), words),
    refuses(
      begin('src/server.ts', { ...settings, DATABASE_URL: `postgres://a:b@127.0.0.1:${port}/c` }),
      words,
    ),
  ])
  silent.close()
}, 60_000)

test('HOUSE-1 a setting that is wrong is told in one line that names it', async () => {
  const wrong: [Record<string, string>, RegExp][] = [
    [{ MODE: 'test' }, /^MODE must be demo or production\./],
    [{ PORT: 'eighty' }, /^PORT /],
    [{ DATABASE_URL: 'mysql://x' }, /^DATABASE_URL must begin with postgres:\/\//],
    [{ SECRET: 'short' }, /^SECRET must have at least 32 characters\./],
    [{ HOST: '203.0.113.7' }, /^Cannot listen on 203\.0\.113\.7/],
    [{ DATA_DIR: '/proc/nowhere' }, /^Cannot write to \/proc\/nowhere/],
  ]
  await Promise.all(
    wrong.map(([setting, words]) => refuses(begin('src/server.ts', { ...settings, ...setting }), words)),
  )
}, 60_000)

test('HOUSE-11 production refuses to start without a secret, a real sender and its https address', async () => {
  const whole = {
    MODE: 'production',
    SECRET: testSecret,
    SMTP_URL: 'smtp://127.0.0.1:1',
    MAIL_FROM: 'loop@example.org',
    PUBLIC_URL: 'https://involve.example.org',
  }
  const without = (name: keyof typeof whole, instead?: string) => {
    const { [name]: _, ...rest } = whole
    return begin('src/server.ts', { ...settings, ...rest, ...(instead ? { [name]: instead } : {}) })
  }
  await Promise.all([
    refuses(without('SECRET'), /^Set SECRET to at least 32 random characters/),
    refuses(without('SMTP_URL'), /^Set SMTP_URL and MAIL_FROM/),
    refuses(without('MAIL_FROM'), /^Set SMTP_URL and MAIL_FROM/),
    refuses(without('PUBLIC_URL'), /^Set PUBLIC_URL/),
    refuses(without('PUBLIC_URL', 'http://involve.example.org'), /^Set PUBLIC_URL to the https address/),
  ])
}, 60_000)

const canMount = spawnSync('unshare', ['-m', 'true']).status === 0
test.skipIf(!canMount)(
  'HOUSE-1 a full disk is told in one line',
  async () => {
    const folder = ownFolder()
    const onFullDisk = [
      'unshare',
      '-m',
      'sh',
      '-c',
      `mount -t tmpfs -o size=12m none ${folder} && exec "$@"`,
      'sh',
    ]
    await refuses(
      begin('src/server.ts', { ...settings, DATA_DIR: folder }, { before: onFullDisk }),
      /^The disk is full\. Free some space and start again/,
    )
  },
  60_000,
)
