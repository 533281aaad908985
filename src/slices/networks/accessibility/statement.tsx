import { Temporal } from 'temporal-polyfill'
import { frameAddresses, telephone } from '#design/index.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import type { Screen } from '#platform/http/route.ts'
import type { About } from '../information.tsx'
import { checks, monthsUntilReview, type Problem, preparedOn, problems, reviewedOn } from './known.ts'

const day = (on: string) => dateInWords(Temporal.PlainDate.from(on))
const bullets = 'nhsuk-list nhsuk-list--bullet'

/** The statement that the law asks for (R44), made of what is known (`known.ts`) and how to reach this network. */
export function accessibilityStatement(about: About): Screen {
  const to = frameAddresses({ network: about.network })
  const breaking = problems.filter(each => each.rules.length > 0)
  const others = problems.filter(each => each.rules.length === 0)
  return {
    title: 'Accessibility statement',
    back: { href: to.front, text: `Back to ${about.network?.shortName ?? 'the start'}` },
    body: (
      <>
        <p>
          This statement is for Closing the Loop{about.network ? `, as ${about.network.name} uses it` : ''}.
          We want as many people as possible to be able to use it. You should be able to:
        </p>
        <ul className={bullets}>
          <li>zoom in to 400% without text going off the screen</li>
          <li>use it on a small phone</li>
          <li>use all of it with a keyboard, or by speaking to your computer</li>
          <li>listen to it with a screen reader</li>
          <li>use your own colours, and more space between letters and lines</li>
          <li>use it without JavaScript</li>
          <li>take all the time that you need</li>
        </ul>
        <p>
          We have made the text as simple as we can.
          {about.network && (
            <>
              {' '}
              What matters most is there in <a href={to.easyRead}>easy read</a>, too.
            </>
          )}{' '}
          <a href="https://mcmw.abilitynet.org.uk">AbilityNet</a> can help you to make your device easier to
          use.
        </p>
        <h2>How accessible this website is</h2>
        <p>Some parts may not work for everyone:</p>
        <ul className={bullets}>
          {problems.map(each => (
            <li key={each.words}>{each.words}</li>
          ))}
        </ul>
        <h2>What to do if you cannot use a part of it</h2>
        <p>
          Tell us what you need: large print, easy read, audio, braille, or somebody to talk it through with
          you. <Reach about={about} />
          We answer within 5 working days. <a href={to.help}>More ways to reach us</a>.
        </p>
        <h2>Tell us about a problem</h2>
        <p>
          If you find a problem that is not on this page, please <a href={to.help}>tell us</a>. We want to
          know.
        </p>
        <h2>If you are not happy with our answer</h2>
        <p>
          The Equality and Human Rights Commission (EHRC) enforces the Public Sector Bodies (Websites and
          Mobile Applications) (No. 2) Accessibility Regulations 2018. If you are not happy with how we
          answer, contact the{' '}
          <a href="https://www.equalityadvisoryservice.com">Equality Advisory and Support Service (EASS)</a>.
        </p>
        <h2>Technical information</h2>
        <p>
          {about.network?.name ?? 'The network'} is committed to making its website accessible, in accordance
          with the Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations
          2018.
        </p>
        <h3>Compliance status</h3>
        <p>
          This website is {breaking.length > 0 ? 'partially' : 'fully'} compliant with the{' '}
          <a href="https://www.w3.org/TR/WCAG22/">Web Content Accessibility Guidelines version 2.2</a> AA
          standard{breaking.length > 0 && ', due to the non-compliances listed below'}.
        </p>
        <h2>What does not work for everyone yet</h2>
        <h3>Non-compliance with the accessibility regulations</h3>
        <Problems of={breaking} />
        <h3>Disproportionate burden</h3>
        <p>We do not say of anything that it would be too much work.</p>
        <h3>Not against the rules, and still not good enough</h3>
        <Problems of={others} />
        <h2>Preparation of this accessibility statement</h2>
        <p>
          This statement was prepared on {day(preparedOn)}. It was last reviewed on {day(reviewedOn)}. It is
          reviewed at least every {monthsUntilReview} months. What we tested, and how:
        </p>
        <ul className={bullets}>
          {checks.map(each => (
            <li key={each.what}>
              {each.what}, last on {day(each.on)}. {each.how}.
            </li>
          ))}
        </ul>
        <p>All of it was tested by the makers of Closing the Loop.</p>
      </>
    ),
  }
}

function Reach({ about }: { about: About }) {
  const contact = about.facts?.contact
  const phone = contact?.phoneDisplay ?? about.facts?.phone
  const email = contact?.email
  if (!phone && !email) return null
  return (
    <>
      {phone && (
        <>
          Ring <a href={telephone(phone)}>{phone}</a>
        </>
      )}
      {phone && email ? ' or write to ' : email && 'Write to '}
      {email && <a href={`mailto:${email}`}>{email}</a>}
      {'. '}
    </>
  )
}

const Problems = ({ of }: { of: readonly Problem[] }) => (
  <ul className={bullets}>
    {of.map(each => (
      <li key={each.words}>
        {each.words}
        {each.rules.length > 0 && ` This fails WCAG 2.2 ${each.rules.join(' and ')}.`} Known since{' '}
        {day(each.since)}.{' '}
        {each.by ? `${each.who} will look at it by ${day(each.by)}.` : `${each.who} looks after it.`}{' '}
        {each.meanwhile}
      </li>
    ))}
  </ul>
)
