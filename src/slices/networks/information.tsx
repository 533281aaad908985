import type { ReactNode } from 'react'
import { frameAddresses, LinkList, SummaryList, Table, telephone, WarningCallout } from '#design/index.ts'
import { askTogether } from '#platform/database/questions.ts'
import { type AnyRoute, page, type Screen, show } from '#platform/http/route.ts'
import { anyone } from '#platform/permission.ts'
import { type CookieName, cookieNames } from '#platform/session.ts'
import { type Texts, textsQuestion } from '#slices/network-settings/index.ts'
import { accessibilityStatement } from './accessibility/statement.tsx'
import type { Facts } from './facts.ts'
import { factsQuestion } from './queries.ts'

/** Whose pages these are: a network's, or those of the installation before a network is chosen. */
export interface About {
  readonly network?: { readonly slug: string; readonly name: string; readonly shortName: string }
  readonly facts?: Facts
  /** What it says in its own words. */
  readonly texts?: Texts
}

export interface InformationPage {
  /** The end of its address. */
  readonly at: string
  readonly screen: (about: About) => Screen
}

/** The pages that every footer links to, with and without a network. */
export const informationPages: readonly InformationPage[] = [
  { at: 'how-this-works', screen: howThisWorks },
  { at: 'help', screen: help },
  { at: 'privacy', screen: privacy },
  { at: 'accessibility', screen: accessibilityStatement },
  { at: 'cookies', screen: cookies },
]

export const informationRoutes: AnyRoute[] = informationPages.map(each =>
  page(`/:network/${each.at}`, {
    who: anyone,
    audit: 'nothing',
    handler: async ({ tx, network }) => {
      const [facts, texts] = await askTogether(tx, [factsQuestion(network.id), textsQuestion])
      return show(each.screen({ network, facts, texts }))
    },
  }),
)

const to = ({ network }: About) => frameAddresses({ network })
const front = (about: About) => ({
  href: to(about).front,
  text: `Back to ${about.network?.shortName ?? 'the start'}`,
})
const nameOf = (about: About) => about.network?.name ?? 'The network'

/** The network's own words, as they were written, line by line. */
function OwnWords({ words }: { words: string | undefined }) {
  return words ? <p className="loop-words">{words}</p> : null
}

function howThisWorks(about: About): Screen {
  return {
    title: 'How this works',
    easyRead: 'what-happens',
    back: front(about),
    body: (
      <>
        <p>Say something once. Watch it travel. You decide when it is closed.</p>
        <h2>1. You say it</h2>
        <p>
          An idea, an experience or a question. On this website, by phone, by post or in a meeting. We keep
          your own words. You get a number, such as C-1042, so that it cannot get lost.
        </p>
        <h2>2. A group talks about it</h2>
        <p>
          Within 2 working days we tell you which group will talk about it, and when. Afterwards you read what
          was said, what they decided, and why.
        </p>
        <h2>3. Something is done</h2>
        <p>
          What is agreed gets a person who does it and a day by which it is done. If it is not agreed, we say
          why in plain words.
        </p>
        <h2>4. You close it, or you do not</h2>
        <p>
          We tell you what came of it. Then we ask: does this close it for you? If you say no, it opens again.
          No one who works here can close it for you.
        </p>
        <h2>If somebody is late</h2>
        <p>
          Each step has a last day. Working days are Monday to Friday, without bank holidays in England. When
          a day has passed, the page says that it is late and who has been told. A page shows everyone{' '}
          {about.network ? (
            <a href={`/${about.network.slug}/promises`}>how many promises were kept</a>
          ) : (
            'how many promises were kept'
          )}
          .
        </p>
        <h2>What this is not for</h2>
        <p>
          It is not for a complaint about your own care. For that, ask the hospital’s Patient Advice and
          Liaison Service (PALS). It cannot change an appointment or tell you a result.
        </p>
        <WarningCallout title="If somebody needs help now">
          Ring 999 if somebody is in danger. Ring 111 if you need medical help and it is not an emergency.
        </WarningCallout>
      </>
    ),
  }
}

function help(about: About): Screen {
  const contact = about.facts?.contact
  const phone = contact?.phoneDisplay ?? about.facts?.phone
  const ways = [
    phone && { key: 'Phone', value: <a href={telephone(phone)}>{phone}</a> },
    contact?.email && { key: 'E-mail', value: <a href={`mailto:${contact.email}`}>{contact.email}</a> },
    contact?.website && { key: 'Website', value: <a href={contact.website}>{contact.website}</a> },
  ].filter(each => each !== undefined && each !== '')
  return {
    title: 'Help and contact',
    back: front(about),
    body: (
      <>
        {about.network ? (
          <>
            <p>
              You can do everything here by phone or by post as well. Tell us what suits you, and we will
              always use that.
            </p>
            {ways.length > 0 ? (
              <SummaryList rows={ways as { key: string; value: ReactNode }[]} />
            ) : (
              <p>The network has not put in its phone number yet.</p>
            )}
            {contact && !contact.verified && (
              <p>The network has not confirmed this phone number and e-mail address yet.</p>
            )}
            <OwnWords words={about.texts?.help} />
          </>
        ) : (
          <p>
            Each network has its own people who help. <a href="/">Choose your network</a> to see how to reach
            them.
          </p>
        )}
        <h2>Things people ask</h2>
        <h3>I do not have an e-mail address</h3>
        <p>That is fine. Choose phone, text message or post. You get the same answers on the same day.</p>
        <h3>I cannot sign in</h3>
        <p>
          We send you a link and a code each time: there is no password to forget. Nothing came? Look in your
          junk mail first, then ring us.
        </p>
        <h3>I need large print, another format or a helping hand</h3>
        <p>Tell us once. We write it down, if you agree, and do it each time.</p>
        <h3>I want to leave</h3>
        <p>You can leave at any time. Just tell us. You do not have to say why.</p>
        {about.texts?.['speak-up'] && (
          <>
            <h3>I want to speak up about something that is wrong</h3>
            <OwnWords words={about.texts['speak-up']} />
          </>
        )}
        <WarningCallout title="We cannot help with your own care">
          <p>
            For your appointment or your result, ask the hospital. To complain about care, ask the hospital’s
            Patient Advice and Liaison Service (PALS).
          </p>
          <OwnWords words={about.texts?.care} />
          <p>Ring 999 if somebody is in danger. Ring 111 for medical help that is not an emergency.</p>
          <OwnWords words={about.texts?.safeguarding} />
        </WarningCallout>
        <LinkList
          links={[
            { href: to(about).howThisWorks, text: 'How this works' },
            {
              href: to(about).dataProtectionComplaint,
              text: 'Complain about how we use your data',
            },
          ]}
        />
      </>
    ),
  }
}

function privacy(about: About): Screen {
  return {
    title: 'Privacy',
    easyRead: 'rights',
    caption: about.network?.name,
    back: front(about),
    wide: true,
    body: (
      <>
        <p>
          {nameOf(about)} decides why and how your data is used here. In law it is the controller, together
          with the Trust that hosts it. This page says what we keep, why, and for how long.
        </p>
        <OwnWords words={about.texts?.privacy} />
        <h2>What we keep, and why</h2>
        <Table
          caption="What we use your data for"
          captionHidden
          columns={[
            { title: 'What for' },
            { title: 'What we keep' },
            { title: 'Why the law lets us' },
            { title: 'How long' },
          ]}
          rows={purposes.map(each => [each.what, each.data, each.basis, each.long])}
        />
        <p>
          The times are the ones that this service starts with. They have not all been confirmed by the
          network, which may set its own.
        </p>
        <h2>Who sees it</h2>
        <ul className="nhsuk-list nhsuk-list--bullet">
          <li>The team sees how to reach you.</li>
          <li>
            The group sees what you said, and your name only as you chose: your name, your first name, or no
            name.
          </li>
          <li>Help that you need is seen by the team, and by nobody else unless you say so.</li>
          <li>
            The public sees your words only if you said yes to that exact text. You can take it back, and then
            it goes at once.
          </li>
          <li>The person who looks after the computers cannot read what you said.</li>
        </ul>
        <p>
          We do not sell data. We do not send it outside the United Kingdom. No computer decides about you.
        </p>
        <h2>What you can ask for</h2>
        <p>
          You can ask to see what we hold, to have it put right or deleted, to have it given to you in a file,
          or that we stop using it. Ask us in any way. We answer within a month.
        </p>
        <LinkList
          links={[
            { href: to(about).dataProtectionComplaint, text: 'Complain about how we use your data' },
            { href: to(about).help, text: 'Help and contact' },
            { href: to(about).cookies, text: 'Cookies' },
          ]}
        />
        <p>
          You can also go to the Information Commissioner’s Office (ICO):{' '}
          <a href="https://ico.org.uk">ico.org.uk</a> or <a href="tel:03031231113">0303 123 1113</a>.
        </p>
      </>
    ),
  }
}

// R7 and R59. What could not be confirmed with a network is said to be the product's own start value.
const purposes = [
  {
    what: 'To hear from you and answer you',
    data: 'Your name, how to reach you, the help you need',
    basis: 'A task in the public interest. For help you need: your consent',
    long: 'Until you leave. Then it is deleted within a day, and within 35 days from copies kept for safety',
  },
  {
    what: 'To know who would like to take part',
    data: 'What you write when you register, and notes of our talk with you',
    basis: 'A task in the public interest',
    long: '6 months if you do not join',
  },
  {
    what: 'To use what you say',
    data: 'Your words, files you add, what a group said and did about them',
    basis: 'A task in the public interest',
    long: '20 years for the board’s papers, 6 years for other groups',
  },
  {
    what: 'To show what came of it',
    data: 'The text that you agreed to, and your name only if you want',
    basis: 'Your consent',
    long: 'Until you take it back',
  },
  {
    what: 'To tell you what happens',
    data: 'Messages, calls and letters to you',
    basis: 'A task in the public interest',
    long: '2 years',
  },
  {
    what: 'To keep this safe',
    data: 'Who looked at what and when; your signed-in devices',
    basis: 'A duty in law and a task in the public interest',
    long: '6 years',
  },
  {
    what: 'To deal with complaints about data',
    data: 'What you write to us and what we found',
    basis: 'A duty in law',
    long: '10 years',
  },
]

/** What each is for, and how long it stays. */
const cookiesInWords: Readonly<Record<CookieName, readonly [string, string]>> = {
  loop: [
    'Keeps you signed in',
    '12 hours for people who work here, 30 days for volunteers. It ends when you sign out',
  ],
  'loop-sign-in': [
    'Only while you sign in: the code that we sent you works in this browser and in no other',
    '10 minutes, or until you are signed in',
  ],
  'loop-passkey': [
    'Only while you sign in with a passkey or add one: what your device has to answer',
    '10 minutes, or until it has answered',
  ],
  'loop-kept': [
    'Only if you were signed out while writing: brings back what you wrote when you sign in again',
    '1 day',
  ],
  'loop-registration': [
    'Only while you register your interest: lets you stop and come back later',
    '30 days, or until you have sent it',
  ],
  'loop-elsewhere': [
    'Only while you sign in with your hospital or NHS login, or sign out there: that the answer is for you',
    '15 minutes, or until you are signed in',
  ],
  'loop-concern': [
    'Only after you enter a return code: lets you read and answer your concern without a name',
    '30 minutes, or until you close it',
  ],
  'loop-sent': [
    'Only after you send, sign in or sign out: tells your browser to delete what it kept while you wrote',
    'Until the next page',
  ],
  'loop-device': [
    'Only if you asked a device to tell you that there is something new: by it, signing out ends that',
    '1 year',
  ],
  'loop-language': ['Only after you choose a language: shows our pages in it', '1 year'],
  'loop-needs': ['Shows how many things wait for you beside “Home”', '15 minutes, or until you do something'],
}

function cookies(about: About): Screen {
  return {
    title: 'Cookies',
    back: front(about),
    body: (
      <>
        <p>
          A cookie is a small note that a website keeps in your browser. We use only those without which this
          would not work. So we do not have to ask you first. There are no cookies that count or follow you,
          and nothing comes from another company.
        </p>
        <Table
          caption="The cookies that we use"
          columns={[{ title: 'Name' }, { title: 'What for' }, { title: 'How long' }]}
          rows={cookieNames.map(name => [
            // These belong to the addresses of one room alone; the others are for the whole site.
            name === 'loop-registration' || name === 'loop-concern'
              ? name
              : `__Host-${name} (in a demonstration: ${name})`,
            ...cookiesInWords[name],
          ])}
        />
        <p>
          Your browser may also keep pages and a style sheet, so that they show faster. While you are signed
          in, it keeps what you write until you send it. It is locked: only you can open it, and it goes when
          you sign out. Before you sign in, it stays in that one tab, for two hours at most.{' '}
          <a href={to(about).privacy}>Privacy</a> says what else we keep.
        </p>
      </>
    ),
  }
}
