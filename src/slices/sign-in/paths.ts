const withTo = (path: string, to: string | undefined) => (to ? `${path}?to=${encodeURIComponent(to)}` : path)

/** The addresses of signing in and of one's own account: of the installation, and two inside a network. */
export const signInPaths = {
  signIn: (to?: string) => withTo('/sign-in', to),
  code: '/sign-in/code',
  again: '/sign-in/again',
  link: '/sign-in/link',
  linkWith: (key: string) => `/sign-in/link?key=${key}`,
  passkey: (to?: string) => withTo('/sign-in/passkey', to),
  signOut: '/sign-out',
  secondFactor: (to?: string) => withTo('/sign-in/second-factor', to),
  recovery: '/sign-in/second-factor/recovery-code',
  chooseApp: '/sign-in/second-factor/app/start',
  app: (to?: string) => withTo('/sign-in/second-factor/app', to),
  qr: '/sign-in/second-factor/app.svg',
  account: '/account',
  addPasskey: (to?: string) => withTo('/account/passkeys/new', to),
  removePasskey: '/account/passkeys/remove',
  removeApp: '/account/app/remove',
  recoveryCodes: (to?: string) => withTo('/account/recovery-codes', to),
  endDevice: '/account/devices/end',
  endAll: '/account/devices/end-all',
  contact: (slug: string) => `/${slug}/account/contact`,
  email: (slug: string) => `/${slug}/account/email`,
  emailCode: (slug: string) => `/${slug}/account/email/code`,
} as const
