import { LinkList } from '#design/index.ts'
import { type AnyRoute, page, show } from '#platform/http/route.ts'
import { anyone } from '#platform/permission.ts'
import { helpPaths as paths } from './paths.ts'
import { readerOf } from './reader.ts'
import { helpFor } from './texts.ts'

/** Only a kind of page: whatever else an address brings is not help's to know. */
export const kindIn = (given: string | null): string =>
  /^(\/:?[\w.-]+){0,8}$/.test(given ?? '') && (given ?? '').length <= 200 ? (given ?? '') : ''

/** Help for the page somebody came from, in words for who they are. It knows the kind of page, and nothing of the thing on it. */
export const helpRoute: AnyRoute = page('/:network/help/page', {
  who: anyone,
  audit: 'nothing',
  handler: visit => {
    const { slug, phone } = visit.network
    const of = kindIn(visit.query.get('of'))
    const text = helpFor(of)
    const more = text.more?.[readerOf(visit.actor)] ?? []
    return show({
      title: 'Help with this page',
      body: (
        <>
          <p>{text.what}</p>
          <h2>What you can do there</h2>
          <ul className="nhsuk-list nhsuk-list--bullet">
            {[...text.how, ...more].map(each => (
              <li key={each}>{each}</li>
            ))}
          </ul>
          {text.seen && (
            <>
              <h2>Who sees it</h2>
              <p>{text.seen}</p>
            </>
          )}
          <h2>Would you rather talk to somebody?</h2>
          <p>
            {phone ? `Ring us on ${phone}. ` : ''}You can do everything here by phone or post as well: tell
            us, and we write it down for you.
          </p>
          <LinkList
            links={[
              { href: paths.problem(slug, of), text: 'Tell us what is wrong with this page' },
              ...(visit.actor ? [{ href: paths.firstSteps(slug), text: 'Your first steps here' }] : []),
              { href: `/${slug}/help`, text: 'Help and contact' },
            ]}
          />
          <p>To go back to your page, use the “back” of your browser.</p>
        </>
      ),
    })
  },
})
