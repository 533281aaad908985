import pino from 'pino'

/** JSON lines. Never a name, an address, a word somebody wrote, or a path with an id in it (HOUSE-10). */
export type Log = pino.Logger

export function openLog(level: string, to?: { write(line: string): void }): Log {
  const options: pino.LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: label => ({ level: label }) },
  }
  return to ? pino(options, to) : pino(options, pino.destination({ dest: 2, sync: true }))
}

/** What may be known of an error without knowing what somebody typed: its kind and where it was thrown. */
export function errorFacts(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { kind: typeof error }
  const code = (error as { code?: unknown }).code
  return {
    kind: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    at: (error.stack ?? '')
      .split('\n')
      .filter(line => /^\s+at /.test(line))
      .slice(0, 12)
      .map(line => line.trim()),
  }
}
