import { Temporal } from 'temporal-polyfill'
import { Form, InsetText } from '#design/index.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import { dayOf } from '#kernel/calendar/working-days.ts'
import type { Row } from '#platform/database/tables.ts'
import { type AnyRoute, form, refused, type Visit } from '#platform/http/route.ts'
import { anyone } from '#platform/permission.ts'
import { hashOfToken } from '#platform/seal.ts'
import { giveVerdict } from './changes/answering.ts'
import { readVerdict, VerdictFields } from './steps/answering.tsx'
import { readingFields } from './steps/step.tsx'
import { type LoadedThread, loadThread } from './store.ts'

interface Linked {
  readonly link: Row<'verdict_link'>
  readonly loaded: LoadedThread
}

/**
 * The link in a message: one person, one answer, once (LOOP-12, R42). It shows the reference and the question and
 * nothing that was said; opening it, as mail scanners do, changes nothing.
 */
export const verdictLinkRoutes: readonly AnyRoute[] = [
  form<ReturnType<typeof readingFields<ReturnType<typeof readVerdict>>>, Linked>('/:network/verdict/:token', {
    who: anyone,
    audit: 'verdict-given-by-link',
    load: loadLink,
    fields: readingFields(readVerdict),
    limit: { name: 'verdict-link', uses: 60, minutes: 15 },
    screen: (visit, filled) => {
      const said = cannotNow(visit)
      const { reference } = visit.thing.loaded
      return {
        title: said ? `Thank you, ${reference}` : 'Does our answer close the loop for you?',
        caption: reference,
        body: said ? (
          <InsetText>{said}</InsetText>
        ) : (
          <>
            <p>
              We sent you an answer to what you told us, {reference}. Only you can say whether that closes it.
              You do not have to sign in.
            </p>
            <Form hidden={visit.hidden} button="Send my answer">
              <VerdictFields filled={filled} />
            </Form>
          </>
        ),
      }
    },
    submit: async (visit, given) => {
      const { link, loaded } = visit.thing
      // Pressed again, or too late: the page says so in plain words.
      if (cannotNow(visit)) return { to: visit.path }
      const done = await giveVerdict(visit, loaded, { ...given, personId: link.person_id, how: 'link' })
      return done.accepted ? { to: visit.path } : refused(done)
    },
  }),
]

async function loadLink(visit: Visit<undefined>, how: { forChange: boolean }): Promise<Linked | undefined> {
  const link = await visit.tx
    .selectFrom('verdict_link')
    .innerJoin('contribution', 'contribution.id', 'verdict_link.contribution_id')
    .selectAll('verdict_link')
    .select('contribution.number')
    .where('token_hash', '=', hashOfToken(visit.params.token ?? ''))
    .executeTakeFirst()
  if (!link) return undefined
  const loaded = await loadThread(visit.tx, link.number, how)
  if (!loaded) return undefined
  if (!how.forChange) return { link, loaded }
  // Read again now that the thread is held: the same link may have been used meanwhile.
  const held = await visit.tx
    .selectFrom('verdict_link')
    .selectAll()
    .where('token_hash', '=', link.token_hash)
    .executeTakeFirstOrThrow()
  return { link: held, loaded }
}

/** What stands in place of the question, when it has been answered or cannot be any more. */
function cannotNow({ thing, today, network }: Visit<Linked>): string | undefined {
  const { link, loaded } = thing
  const ring = network.phone ? ` You can also ring us on ${network.phone}.` : ''
  if (link.used_at) {
    return link.answer === 'yes'
      ? `You said yes on ${dateInWords(dayOf(link.used_at))}. Thank you.`
      : `You said no on ${dateInWords(dayOf(link.used_at))}. We look at it again, and you will hear from us.`
  }
  const { it } = loaded.thread
  if (!loaded.contributorIds.includes(link.person_id)) {
    return `You took your part out of this, so there is nothing to answer.${ring}`
  }
  if ((it.state === 'fed-back' || it.state === 'ended-unanswered') && it.feedbackId !== link.feedback_id) {
    return 'There is a newer answer. Please use the link in the message about that one.'
  }
  if (it.state === 'closed') return 'This loop is closed. Thank you.'
  if (it.state !== 'fed-back' && it.state !== 'ended-unanswered') {
    return 'Somebody who raised the same told us that it is not closed. We look at it again, and you will hear from us.'
  }
  if (Temporal.PlainDate.compare(today, link.expires_on) > 0) {
    return `This link has run out. Sign in to answer, which you can do at any time.${ring}`
  }
  return undefined
}
