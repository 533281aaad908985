import { Panel, SummaryList } from '#design/index.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { Channel } from '#platform/database/tables.ts'
import { type AnyRoute, page, show } from '#platform/http/route.ts'
import { raisedIt } from '../access.ts'
import { contributionPaths } from '../paths.ts'
import { type LoadedThread, loadThread } from '../store.ts'
import { codeInWords } from './receipt.ts'

const byChannel: Readonly<Record<Channel, string>> = {
  email: 'We are sending the same to you by e-mail.',
  text: 'We are sending the reference and the code to you as a text message.',
  phone: 'We will ring you and tell you the same, as you asked.',
  post: 'We will send you the same in a letter.',
}

/** The end of the journey: the reference, what happens next and by when (R46). */
export const receivedRoutes: readonly AnyRoute[] = [
  page<LoadedThread>('/:network/contributions/:reference/received', {
    who: raisedIt,
    audit: 'nothing',
    load: ({ tx, params }) => loadThread(tx, params.reference, { forChange: false }),
    handler: async ({ tx, me, network, thing }) => {
      const { slug, phone } = network
      const { channel } = await tx
        .selectFrom('person')
        .select('channel')
        .where('id', '=', me.personId)
        .executeTakeFirstOrThrow()
      const it = thing.thread.it
      const joined = thing.contributors.some(each => each.personId === me.personId && !each.isFirst)
      const title = joined ? 'You joined this' : 'We have what you sent'
      return show({
        title,
        titleInLegend: true,
        body: (
          <>
            <Panel title={title} asHeading>
              Your reference is <strong className="nhsuk-u-nowrap">{thing.reference}</strong>
            </Panel>
            <h2 className="nhsuk-heading-m">What happens next</h2>
            <ol className="nhsuk-list nhsuk-list--number">
              {it.state === 'received' && (
                <li>By {dateInWords(it.due)} we tell you which group will look at it, and when.</li>
              )}
              <li>The group looks at it. You see who did, what was said and why.</li>
              <li>You hear what came of it. Only you can say that it is closed.</li>
            </ol>
            <p>
              <a href={contributionPaths.one(slug, thing.reference)}>See where it is at any time</a>
            </p>
            <h2 className="nhsuk-heading-m">Your receipt</h2>
            <SummaryList
              rows={[
                { key: 'Reference', value: thing.reference },
                { key: 'Receipt code', value: theirs(codeInWords(thing.row.receipt_code)) },
              ]}
            />
            <p>
              {byChannel[channel]} With both, anyone can check on our{' '}
              <a href={contributionPaths.receipt(slug)}>receipt page</a> that we had it on this day. They see
              nothing else.
            </p>
            {phone && <p>If you have a question, ring us on {phone}.</p>}
          </>
        ),
      })
    },
  }),
]
