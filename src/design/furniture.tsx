import { theirs } from '#kernel/text/theirs.ts'
import {
  type Frame,
  type FrameNetwork,
  formTokenField,
  frameAddresses,
  type LanguageChoice,
  productName,
} from './frame.ts'

/**
 * The organisational header: the network's name as text. No NHS logo: it is a registered trade mark and needs the
 * network's own permission first (R49).
 */
export function Header({ frame }: { frame: Frame }) {
  const to = frameAddresses(frame)
  return (
    <header className="nhsuk-header nhsuk-header--organisation">
      <Languages frame={frame} />
      <div className="nhsuk-header__container nhsuk-width-container">
        <div className="nhsuk-header__service">
          {frame.network && (
            <a className="nhsuk-header__service-logo" href={to.front}>
              <span className="nhsuk-header__organisation-name">{theirs(frame.network.name)}</span>
            </a>
          )}
          <a className="nhsuk-header__service-name" href={frame.person ? to.home : to.front}>
            {productName}
          </a>
        </div>
        <Account frame={frame} />
      </div>
      <Navigation frame={frame} />
    </header>
  )
}

/** The same page in another language. Whoever is signed in chooses it for their messages, too: that takes a button. */
function Languages({ frame }: { frame: Frame }) {
  const { languages = [], person, network, here } = frame
  if (languages.length < 2) return null
  const keeps = person && network && here
  const list = (
    <ul className="loop-languages__list">
      {languages.map(each => (
        <li key={each.code}>
          <Language choice={each} button={Boolean(keeps)} />
        </li>
      ))}
    </ul>
  )
  return (
    <nav className="loop-languages nhsuk-width-container" aria-label="Language">
      {keeps ? (
        <form action={frameAddresses(frame).language} method="post" noValidate>
          <input type="hidden" name={formTokenField} value={frame.formToken} />
          <input type="hidden" name="to" value={here} />
          {list}
        </form>
      ) : (
        list
      )}
    </nav>
  )
}

function Language({ choice, button }: { choice: LanguageChoice; button: boolean }) {
  const { code, name, href, current } = choice
  if (current)
    return (
      <strong lang={code} translate="no" aria-current="true">
        {name}
      </strong>
    )
  return button ? (
    <button
      className="nhsuk-header__account-button"
      lang={code}
      translate="no"
      type="submit"
      name="language"
      value={code}
    >
      {name}
    </button>
  ) : (
    <a className="nhsuk-header__account-link" lang={code} translate="no" hrefLang={code} href={href}>
      {name}
    </a>
  )
}

/** Whoever reads a translation knows who did not check it, and where the English is. */
export function AboutTranslation({ frame }: { frame: Frame }) {
  const english = frame.languages?.find(each => each.code === 'en')
  if (!frame.lang) return null
  return (
    <section className="loop-translated nhsuk-width-container" aria-label="About this translation">
      <p>
        This translation has not been checked by a professional translator.
        {english && (
          <>
            {' '}
            <a hrefLang="en" href={english.href}>
              Read this page in English
            </a>
          </>
        )}
      </p>
    </section>
  )
}

function Account({ frame }: { frame: Frame }) {
  const { person, network } = frame
  const to = frameAddresses(frame)
  if (!person) {
    return (
      <nav className="nhsuk-header__account" aria-label="Account">
        <ul className="nhsuk-header__account-list">
          <li className="nhsuk-header__account-item">
            <a className="nhsuk-header__account-link" href={to.signIn}>
              Sign in
            </a>
          </li>
        </ul>
      </nav>
    )
  }
  const others = person.networks.filter(other => other.slug !== network?.slug)
  return (
    <nav className="nhsuk-header__account" aria-label="Account">
      <ul className="nhsuk-header__account-list">
        <li className="nhsuk-header__account-item">
          <a className="nhsuk-header__account-link" href={to.account}>
            <span className="nhsuk-u-visually-hidden">Your account: </span>
            {theirs(person.name)}
          </a>
        </li>
        {others.map(other => (
          <li className="nhsuk-header__account-item" key={other.slug}>
            <a className="nhsuk-header__account-link" href={frameAddresses({ network: as(other) }).home}>
              {network ? 'Switch to' : 'Go to'} {theirs(other.name)}
            </a>
          </li>
        ))}
        <li className="nhsuk-header__account-item">
          <form className="nhsuk-header__account-form" action={to.signOut} method="post" noValidate>
            <input type="hidden" name={formTokenField} value={frame.formToken} />
            <button className="nhsuk-header__account-button" type="submit">
              Sign out
            </button>
          </form>
        </li>
      </ul>
    </nav>
  )
}

function as(link: { slug: string; name: string }): FrameNetwork {
  return { ...link, shortName: link.name }
}

function Navigation({ frame }: { frame: Frame }) {
  if (frame.navigation.length === 0) return null
  return (
    <nav className="nhsuk-header__navigation" aria-label="Menu">
      <div className="nhsuk-header__navigation-container nhsuk-width-container">
        <ul className="nhsuk-header__navigation-list">
          {frame.navigation.map(item => (
            <li
              className={`nhsuk-header__navigation-item${item.current ? ' nhsuk-header__navigation-item--current' : ''}`}
              key={item.href}
            >
              <a
                className="nhsuk-header__navigation-link"
                href={item.href}
                aria-current={item.current ? 'page' : undefined}
              >
                {item.current ? <strong>{item.text}</strong> : item.text}
                {item.count ? <Count waiting={item.count} /> : null}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </nav>
  )
}

function Count({ waiting }: { waiting: number }) {
  return (
    <>
      <span className="loop-count"> {waiting}</span>
      <span className="nhsuk-u-visually-hidden"> waiting for you</span>
    </>
  )
}

export function DemoBanner({ now }: { now: string | undefined }) {
  const { demo } = frameAddresses({})
  return (
    <section className="loop-demo" aria-label="Demonstration">
      <p className="nhsuk-width-container">
        <strong>This is a demonstration.</strong> The people and their words are made up. Nothing is sent to
        anybody. {now && `In here it is ${now}. `}
        <a href={demo}>Choose who you are</a>
      </p>
    </section>
  )
}

/** The same help, in the same order, on every page (WCAG 2.2, 3.2.6), and a way to complain (R1). */
export function Footer({ frame }: { frame: Frame }) {
  const to = frameAddresses(frame)
  const phone = frame.network?.phone
  const links = [
    ...(frame.network && frame.kind !== undefined ? [[to.helpWithThis, 'Help with this page'] as const] : []),
    [to.howThisWorks, 'How this works'],
    [to.help, 'Help and contact'],
    ...(frame.network ? [[to.words, 'Words explained'] as const, [to.easyRead, 'Easy read'] as const] : []),
    [to.privacy, 'Privacy'],
    [to.dataProtectionComplaint, 'Complain about how we use your data'],
    [to.accessibility, 'Accessibility statement'],
    [to.cookies, 'Cookies'],
  ] as const
  return (
    <footer className="nhsuk-footer">
      <div className="nhsuk-width-container">
        <div className="nhsuk-footer__meta">
          <h2 className="nhsuk-u-visually-hidden">Help and information</h2>
          <ul className="nhsuk-footer__list">
            {links.map(([href, text]) => (
              <li className="nhsuk-footer__list-item" key={href}>
                <a className="nhsuk-footer__list-item-link" href={href}>
                  {text}
                </a>
              </li>
            ))}
          </ul>
          {phone && (
            <p className="nhsuk-body-s">
              Need help? Ring us on <a href={telephone(phone)}>{phone}</a>
            </p>
          )}
          <p className="nhsuk-body-s">{whoRunsThis(frame.network)}</p>
        </div>
      </div>
    </footer>
  )
}

function whoRunsThis(network: FrameNetwork | undefined): string {
  if (network?.runByNhs)
    return `${theirs(network.name)} runs this service for the NHS. It uses ${productName}.`
  return `This service uses ${productName}, which is free and open software. It is not run by the NHS.`
}

/** The address that lets a phone dial a number written with spaces. */
export function telephone(phone: string): string {
  return `tel:${phone.replace(/[^\d+]/g, '')}`
}
