import { createHash, createHmac, randomInt } from 'node:crypto'
import type { KyselyPlugin } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import type { House } from '#platform/house.ts'
import type { Session } from '#platform/session.ts'
import { keyFor } from '#platform/settings.ts'

/** better-auth reads `Date` where the house reads `Temporal.Instant`. */
const dates: KyselyPlugin = {
  transformQuery: ({ node }) => node,
  transformResult: async ({ result }) => ({
    ...result,
    rows: result.rows.map(row =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [
          name,
          value instanceof Temporal.Instant ? new Date(value.epochMilliseconds) : value,
        ]),
      ),
    ),
  }),
}

const cookieName = 'engine'

/**
 * better-auth as a library: verification values that are used once, authenticator codes, recovery codes, all on
 * our own tables. Its HTTP handler is never mounted, so that every address of the product is in the one route
 * table, with our pages, our form tokens and no script.
 */
async function makeEngine(house: House) {
  // A second of reading that the start of the product does not wait for.
  const [{ betterAuth }, { twoFactor }, { isAPIError }] = await Promise.all([
    import('better-auth'),
    import('better-auth/plugins'),
    import('better-auth/api'),
  ])
  const [secret = '', ...before] = [house.secret, house.secretBefore].flatMap(each =>
    each ? [keyFor(each, 'sign-in')] : [],
  )
  const auth = betterAuth({
    appName: 'Closing the Loop',
    baseURL: house.publicUrl() || 'http://127.0.0.1',
    secret,
    // With its number an encrypted secret tells which key it needs, so that keys can be changed (R75).
    secrets: [secret, ...before].map(value => ({ version: keyNumber(value), value })),
    database: { db: house.database.pool.withPlugin(dates), type: 'postgres' },
    telemetry: { enabled: false },
    logger: { disabled: true },
    rateLimit: { enabled: false },
    user: {
      modelName: 'account',
      fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
    session: {
      fields: {
        userId: 'account_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
      disableSessionRefresh: true,
      freshAge: 0,
    },
    account: {
      modelName: 'sign_in_method',
      fields: {
        userId: 'account_id',
        accountId: 'provider_account_id',
        providerId: 'provider_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    verification: {
      fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
      disableCleanup: true,
    },
    advanced: { useSecureCookies: false, cookies: { session_token: { name: cookieName } } },
    plugins: [
      twoFactor({
        issuer: 'Closing the Loop',
        allowPasswordless: true,
        backupCodeOptions: { customBackupCodesGenerate: () => Array.from({ length: 10 }, recoveryCode) },
        schema: {
          user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
          twoFactor: {
            modelName: 'second_factor',
            fields: {
              userId: 'account_id',
              backupCodes: 'backup_codes',
              failedVerificationCount: 'failed_verification_count',
              lockedUntil: 'locked_until',
            },
          },
        },
      }),
    ],
  })
  return {
    api: auth.api,
    internalAdapter: (await auth.$context).internalAdapter,
    /** It says no by throwing; what is broken is thrown on. */
    async accepts(asked: Promise<unknown>): Promise<boolean> {
      try {
        await asked
        return true
      } catch (error) {
        if (isAPIError(error) && error.statusCode < 500) return false
        throw error
      }
    },
    /** Speaks for one session: the engine knows sessions by a cookie of its own, which no browser ever gets. */
    as(session: Session): { headers: Headers } {
      const mac = createHmac('sha256', secret).update(session.cookie).digest('base64')
      const cookie = `${cookieName}=${encodeURIComponent(`${session.cookie}.${mac}`)}`
      return { headers: new Headers({ cookie }) }
    },
  }
}

// Easy to write down and to type: one case, and nothing that looks like another.
const letters = 'abcdefghjkmnpqrstuvwxyz23456789'

function recoveryCode(): string {
  const five = () => Array.from({ length: 5 }, () => letters[randomInt(letters.length)]).join('')
  return `${five()}-${five()}`
}

const keyNumber = (secret: string) => createHash('sha256').update(secret).digest().readUInt32BE(0) % 1_000_000

export type Engine = Awaited<ReturnType<typeof makeEngine>>

const engines = new WeakMap<House, Promise<Engine>>()

/** One for each house, made when first needed: then the house knows its own address. */
export function engineOf(house: House): Promise<Engine> {
  let engine = engines.get(house)
  if (!engine) {
    engine = makeEngine(house)
    engines.set(house, engine)
  }
  return engine
}
