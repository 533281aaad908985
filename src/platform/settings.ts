import { createHmac, createPrivateKey, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'

import { readS3Url } from './files/s3-store.ts'
import { makeFolder } from './folder.ts'

const port = z.coerce.number().int().min(0).max(65535)

const shape = z.object({
  MODE: z.enum(['demo', 'production'], 'MODE must be demo or production').default('demo'),
  HOST: z.string().default('127.0.0.1'),
  PORT: port.default(3000),
  DATA_DIR: z.string().default('./data'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'DATABASE_URL must begin with postgres://')
    .optional(),
  PUBLIC_URL: z.url('PUBLIC_URL must be an address such as https://involve.example.nhs.uk').optional(),
  SECRET: z.string().min(32, 'SECRET must have at least 32 characters').optional(),
  SECRET_BEFORE: z.string().min(32, 'SECRET_BEFORE must have at least 32 characters').optional(),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, 'SMTP_URL must begin with smtp:// or smtps://')
    .optional(),
  MAIL_FROM: z.string().min(3).optional(),
  MAIL_PER_MINUTE: z.coerce
    .number('MAIL_PER_MINUTE must be a whole number from 1 to 6000')
    .int('MAIL_PER_MINUTE must be a whole number from 1 to 6000')
    .min(1, 'MAIL_PER_MINUTE must be a whole number from 1 to 6000')
    .max(6000, 'MAIL_PER_MINUTE must be a whole number from 1 to 6000')
    .optional(),
  BOUNCE_ADDRESS: z
    .string()
    .regex(/^[a-z0-9._-]{1,20}@[^\s@]+$/i, 'BOUNCE_ADDRESS must be an address such as bounces@example.nhs.uk')
    .optional(),
  DKIM_DOMAIN: z.string().min(1).optional(),
  DKIM_SELECTOR: z.string().min(1).optional(),
  DKIM_KEY: z.string().min(1).optional(),
  DKIM_KEY_FILE: z.string().min(1).optional(),
  WORKER: z.enum(['here', 'apart'], 'WORKER must be here or apart').default('here'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  METRICS_TOKEN: z.string().min(16, 'METRICS_TOKEN must have at least 16 characters').optional(),
  FILES_URL: z
    .string()
    .superRefine((url, context) => {
      const read = readS3Url(url)
      if (!read.ok) context.addIssue({ code: 'custom', message: read.sentence })
    })
    .optional(),
  MAIL_IN_TOKEN: z.string().min(16, 'MAIL_IN_TOKEN must have at least 16 characters').optional(),
  MAIL_IN_SERVER: z.string().min(1).max(253).optional(),
  TRUST_PROXY: z.enum(['yes', 'no'], 'TRUST_PROXY must be yes or no').default('no'),
})

/** Everything that can be set from outside, read once at the start (docs/operations.md lists each). */
export interface Settings {
  readonly mode: 'demo' | 'production'
  readonly host: string
  readonly port: number
  /** Absolute. Everything that is written to disk lies under it. */
  readonly dataDir: string
  /** Absent: the embedded PostgreSQL is started. */
  readonly databaseUrl: string | undefined
  /** How the world reaches us, without a slash at the end; absent until the port is known. */
  readonly publicUrl: string | undefined
  readonly secret: string
  /** The secret before this one, still accepted while rotating (R75). */
  readonly secretBefore: string | undefined
  readonly smtpUrl: string | undefined
  readonly mailFrom: string
  /** Of all workers together; undefined: as fast as the mail server takes them. */
  readonly mailPerMinute: number | undefined
  /** Where the world sends back what it could not deliver; with a mailbox that takes `+`. */
  readonly bounceAddress: string | undefined
  readonly dkim: { readonly domain: string; readonly selector: string; readonly key: string } | undefined
  readonly workerHere: boolean
  readonly logLevel: string
  readonly metricsToken: string | undefined
  /** With it a mail server hands over what people wrote; without it that door does not exist. */
  readonly mailInToken: string | undefined
  /** How that server names itself where it says whether a sender's address is no forgery. */
  readonly mailInServer: string | undefined
  readonly trustProxy: boolean
  /** An S3-compatible store for files; absent: a folder under `dataDir`. */
  readonly filesUrl: string | undefined
}

/** A setting that is wrong: `message` is one line that says what to do. */
export class SettingsError extends Error {}

export const settingNames = Object.keys(shape.shape)

export function readSettings(environment: Record<string, string | undefined>): Settings {
  const given = Object.fromEntries(
    settingNames.flatMap(name => (environment[name] ? [[name, environment[name]]] : [])),
  )
  const read = shape.safeParse(given)
  if (!read.success) {
    const first = read.error.issues[0]!
    const name = String(first.path[0])
    throw new SettingsError(
      first.message.includes(name) ? `${first.message}.` : `${name} is wrong: ${first.message}.`,
    )
  }
  const set = read.data
  const dataDir = resolve(set.DATA_DIR)
  if (set.MODE === 'production') {
    if (!set.SECRET)
      throw new SettingsError('Set SECRET to at least 32 random characters: production needs a secret.')
    if (!set.SMTP_URL || !set.MAIL_FROM) {
      throw new SettingsError('Set SMTP_URL and MAIL_FROM: production needs a real way to send e-mail.')
    }
    if (!set.PUBLIC_URL?.startsWith('https://')) {
      throw new SettingsError('Set PUBLIC_URL to the https address that people will use.')
    }
  }
  return {
    mode: set.MODE,
    host: set.HOST,
    port: set.PORT,
    dataDir,
    databaseUrl: set.DATABASE_URL,
    publicUrl: set.PUBLIC_URL?.replace(/\/+$/, ''),
    secret: set.SECRET ?? demoSecret(dataDir),
    secretBefore: set.SECRET_BEFORE,
    smtpUrl: set.MODE === 'production' ? set.SMTP_URL : undefined,
    mailFrom: set.MAIL_FROM ?? 'Closing the Loop <no-reply@example.org>',
    mailPerMinute: set.MAIL_PER_MINUTE,
    bounceAddress: set.BOUNCE_ADDRESS,
    dkim: dkimOf(set),
    workerHere: set.WORKER === 'here',
    logLevel: set.LOG_LEVEL,
    metricsToken: set.METRICS_TOKEN,
    mailInToken: set.MAIL_IN_TOKEN,
    mailInServer: set.MAIL_IN_SERVER,
    trustProxy: set.TRUST_PROXY === 'yes',
    filesUrl: set.FILES_URL,
  }
}

/** Signs what we send: all three belong together, and a key that cannot sign is told of at the start. */
function dkimOf(set: z.infer<typeof shape>): Settings['dkim'] {
  const { DKIM_DOMAIN: domain, DKIM_SELECTOR: selector, DKIM_KEY: given, DKIM_KEY_FILE: file } = set
  if (!domain && !selector && !given && !file) return undefined
  if (!domain || !selector || (!given && !file)) {
    throw new SettingsError('Set DKIM_DOMAIN, DKIM_SELECTOR and DKIM_KEY or DKIM_KEY_FILE together, or none.')
  }
  let key = given?.replaceAll('\\n', '\n') ?? ''
  if (file) {
    try {
      key = readFileSync(file, 'utf8')
    } catch (error) {
      throw new SettingsError(
        `Cannot read the file in DKIM_KEY_FILE (${(error as NodeJS.ErrnoException).code}).`,
      )
    }
  }
  try {
    if (createPrivateKey(key).asymmetricKeyType !== 'rsa') throw new TypeError()
  } catch {
    throw new SettingsError(
      `${file ? 'The file in DKIM_KEY_FILE' : 'DKIM_KEY'} is no private RSA key. Make one with: openssl genrsa -out dkim.pem 2048.`,
    )
  }
  return { domain, selector, key }
}

/** The demo's secret is made once and kept beside its data, so that a restart signs nobody out. */
function demoSecret(dataDir: string): string {
  const path = resolve(dataDir, 'secret')
  try {
    if (existsSync(path)) return readFileSync(path, 'utf8')
    makeFolder(dataDir)
    const made = randomBytes(32).toString('base64url')
    writeFileSync(path, made, { mode: 0o600, flag: 'wx' })
    return made
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return readFileSync(path, 'utf8')
    throw new SettingsError(
      `Cannot write to ${dataDir} (${(error as NodeJS.ErrnoException).code}). Free some space, or set DATA_DIR to a folder that can be written.`,
    )
  }
}

/** A key for one purpose, made from the secret, so that no two uses share one. */
export function keyFor(secret: string, purpose: string): string {
  return createHmac('sha256', secret).update(`closing-the-loop ${purpose}`).digest('base64url')
}
