import { z } from 'zod'
import { ButtonLink, Form, InsetText, NotificationBanner } from '#design/index.ts'
import { momentInWords } from '#kernel/calendar/words.ts'
import { type AnyRoute, form, type Screen, type Visit } from '#platform/http/route.ts'
import { anInsider } from '#platform/permission.ts'
import { contributionPaths } from '../paths.ts'
import { daysKept, forgetDraft, type KeptDraft, nextStep, readDraft } from './draft.ts'
import { Signpost } from './signpost.tsx'

/** Where writing begins, or goes on: "Carry on where you were" and "Start again". */
export const startRoutes: readonly AnyRoute[] = [
  form('/:network/contributions/new', {
    who: anInsider,
    audit: 'draft-forgotten',
    fields: z.object({}),
    load: ({ tx, actor }) => actor && readDraft(tx, actor.personId),
    screen: startScreen,
    submit: async visit => {
      await forgetDraft(visit, visit.me.personId)
      return { to: contributionPaths.step(visit.network.slug, 'kind') }
    },
  }),
]

function startScreen(visit: Visit<KeptDraft>): Screen {
  const { draft, savedAt } = visit.thing
  const { slug, phone } = visit.network
  return {
    title: 'Tell the network something',
    easyRead: 'what-happens',
    back: { href: contributionPaths.list(slug), text: 'Contributions' },
    body: (
      <>
        {visit.query.has('saved') && (
          <NotificationBanner success title="Saved">
            We have kept what you wrote. Come back when you are ready.
          </NotificationBanner>
        )}
        <p>You can share an idea, tell us what happened to you, or ask a question. It takes a few minutes.</p>
        <ol className="nhsuk-list nhsuk-list--number">
          <li>You say it in your own words.</li>
          <li>You get a reference at once, and we tell you which group will look at it, and when.</li>
          <li>You hear what came of it, and why.</li>
          <li>Only you can say that it is closed.</li>
        </ol>
        <Signpost phone={phone} />
        {savedAt ? (
          <>
            <h2 className="nhsuk-heading-m">You have started already</h2>
            <InsetText>
              You last wrote on {momentInWords(savedAt)}. We keep it for {daysKept} days. Nobody else can see
              it.
            </InsetText>
            <ButtonLink href={contributionPaths.step(slug, nextStep(draft))}>
              Carry on where you were
            </ButtonLink>
            <Form hidden={visit.hidden} button="Start again" warning />
          </>
        ) : (
          <ButtonLink href={contributionPaths.step(slug, 'kind')}>Start now</ButtonLink>
        )}
      </>
    ),
  }
}
