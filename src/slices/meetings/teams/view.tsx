import { InsetText } from '#design/index.ts'
import type { Visit } from '#platform/http/route.ts'
import { isAhead } from '../meeting.ts'
import { meetingPaths } from '../paths.ts'
import type { LoadedMeeting } from '../store.ts'

/** How far Teams is with a meeting. */
export interface TeamsFacts {
  readonly state: 'wanted' | 'made' | 'gone'
  readonly trouble: string
  readonly report: 'waiting' | 'came' | 'none' | 'not-needed'
  /** A report waits for somebody to check it. */
  readonly unchecked: boolean
}

/** What those who run a meeting have to know of Teams: the link that does not come, the report that came. */
export function TeamsSays({ visit, facts }: { visit: Visit<LoadedMeeting>; facts: TeamsFacts | null }) {
  if (!facts) return null
  const { thing, network } = visit
  const step = (which: string) => meetingPaths.step(network.slug, thing.reference, which)
  if (facts.unchecked) {
    return (
      <InsetText>
        Microsoft Teams says who was at the meeting. <a href={step('report/check')}>Check who was there</a>.
        Nothing counts before.
      </InsetText>
    )
  }
  if (isAhead(thing.it) && facts.state === 'wanted' && thing.row.link === '') {
    return (
      <InsetText>
        {facts.trouble ? (
          <>
            <p>Microsoft Teams has not made the link to join yet. {facts.trouble} We try again.</p>
            <p>
              You can also <a href={step('details')}>paste a link</a>.
            </p>
          </>
        ) : (
          'Microsoft Teams makes the link to join. It is here in a few minutes.'
        )}
      </InsetText>
    )
  }
  if (facts.report === 'none' && !isAhead(thing.it)) {
    return (
      <InsetText>
        Microsoft Teams gave no report of who was there. {facts.trouble} You can{' '}
        <a href={step('report')}>upload it</a> or <a href={step('attendance')}>mark by hand</a> who was there.
      </InsetText>
    )
  }
  return null
}
