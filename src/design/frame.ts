/** What surrounds every page: whose network, who is signed in, where they can go. Made once per request. */
export interface Frame {
  readonly network?: FrameNetwork | undefined
  /** Nobody when the reader is not signed in. */
  readonly person?: { readonly name: string; readonly networks: readonly NetworkLink[] } | undefined
  readonly navigation: readonly NavigationItem[]
  /** The anti-forgery token of this session: the sign-out button carries it, and so does every form (R65). */
  readonly formToken: string
  readonly demo: boolean
  /** Address of the stylesheet: `assets().stylesheet.path`. */
  readonly stylesheet: string
  /** Address of the mark in the browser's tab: `assets().icon.path`. */
  readonly icon?: string
  /** Address of the mark for a phone's home screen: `assets().icons.touch180.path`. */
  readonly touchIcon?: string
  /** The demonstration's time in words ("3 March 2027, 2:30pm"), shown in its banner. */
  readonly now: string | undefined
  /** Which kind of page it is, after the network's short name, without what it is about: '/contributions/:reference'. */
  readonly kind?: string | undefined
  /** Language of the page (R17); English without it. */
  readonly lang?: string | undefined
  /** The languages that a reader can choose, each in its own words. */
  readonly languages?: readonly LanguageChoice[]
  /** Where whoever is signed in comes back to after they chose another language. */
  readonly here?: string
  /** Names the signed-in person without saying who, and seals what they keep on this device. */
  readonly device?: { readonly mark: string; readonly key: string } | undefined
}

export interface FrameNetwork extends NetworkLink {
  readonly shortName: string
  /** The number a person can ring for help; shown in each footer and on the pages for trouble. */
  readonly phone?: string | undefined
  /** Only when the network itself says that the NHS runs this service (R49). */
  readonly runByNhs?: boolean
}

export interface NetworkLink {
  readonly slug: string
  readonly name: string
}

export interface NavigationItem {
  readonly href: string
  readonly text: string
  readonly current?: boolean
  /** How many things wait for the person behind this link. Nought is not shown. */
  readonly count?: number
}

export interface LanguageChoice {
  readonly code: string
  readonly name: string
  /** This page in that language. */
  readonly href: string
  readonly current: boolean
}

/** A mistake in a form. Without `field` it concerns the whole form and the summary shows it as plain words. */
export interface FieldError {
  readonly field?: string
  readonly message: string
}

export const productName = 'Closing the Loop'

/** The name of the hidden input that carries `frame.formToken`. */
export const formTokenField = '_token'

/** The addresses that the frame itself links to. The one place to change them. */
export function frameAddresses(frame: Pick<Frame, 'network' | 'kind'>) {
  const here = frame.network ? `/${frame.network.slug}` : ''
  return {
    front: here || '/',
    home: here ? `${here}/home` : '/',
    manifest: `${here}/manifest.webmanifest`,
    account: here ? `${here}/account` : '/account',
    signIn: '/sign-in',
    signOut: '/sign-out',
    language: `${here}/account/language`,
    demo: '/demo',
    howThisWorks: `${here}/how-this-works`,
    help: `${here}/help`,
    helpWithThis:
      here && frame.kind !== undefined
        ? `${here}/help/page?${new URLSearchParams({ of: frame.kind })}`
        : `${here}/help`,
    words: `${here}/words`,
    easyRead: `${here}/easy-read`,
    privacy: `${here}/privacy`,
    dataProtectionComplaint: `${here}/data-protection-complaint`,
    accessibility: `${here}/accessibility`,
    cookies: `${here}/cookies`,
  }
}

/** A frame that needs neither database nor session, for the pages that say something broke. */
export function bareFrame(given: Pick<Frame, 'stylesheet' | 'icon' | 'demo'>): Frame {
  return { navigation: [], formToken: '', now: undefined, ...given }
}
