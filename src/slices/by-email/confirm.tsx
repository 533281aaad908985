import { z } from 'zod'
import { Form, InsetText, Quote } from '#design/index.ts'
import { type AnyRoute, form, type Screen, type Slice, type Visit } from '#platform/http/route.ts'
import { anyone } from '#platform/permission.ts'
import { hashOfToken } from '#platform/seal.ts'
import { asWriter, carryOut, type MailReply, sayItWasNot } from './replies.ts'

type Here = Visit<MailReply>

/**
 * The link in what we read back: one e-mail, one answer, once (R42). Opening it, as mail scanners do, changes nothing.
 */
export const confirmRoute = (rooms: () => readonly Slice[]): AnyRoute =>
  form('/:network/by-e-mail/:token', {
    who: anyone,
    audit: 'e-mail-confirmed',
    load: (visit: Visit<undefined>, how) =>
      visit.tx
        .selectFrom('mail_reply')
        .selectAll()
        .where('token_hash', '=', hashOfToken(visit.params.token ?? ''))
        .$if(how.forChange, query => query.forUpdate())
        .executeTakeFirst(),
    guardsVersion: false,
    limit: { name: 'e-mail-confirmed', uses: 60, minutes: 15 },
    fields: z.object({ mine: z.string().optional() }),
    screen,
    async submit(visit: Here, { mine }) {
      const reply = visit.thing
      // Pressed again, or too late: the page says so.
      if (reply.state !== 'asked') return { to: visit.path }
      if (mine === 'no') {
        await sayItWasNot(visit, reply)
        return { to: visit.path }
      }
      const theirs = await asWriter(visit, reply.person_id)
      if (theirs) await carryOut(theirs, rooms, reply, 'link')
      return { to: visit.path }
    },
  })

function screen(visit: Here): Screen {
  const reply = visit.thing
  const said = saidAlready(reply)
  return {
    title: said ? 'Thank you' : 'Did we understand your e-mail?',
    caption: visit.network.shortName,
    body: said ? (
      <InsetText>{said}</InsetText>
    ) : (
      <>
        <p>An e-mail came from your address. This is how we understood it:</p>
        <InsetText>{reply.sentence}</InsetText>
        {reply.words !== '' && <Quote words={reply.words} by="The e-mail" />}
        <Form
          hidden={visit.hidden}
          button="Yes, that is right"
          secondary={{ text: 'No, it is not right', name: 'mine', value: 'no' }}
        >
          <p>Nothing counts until you press a button. You do not have to sign in.</p>
        </Form>
      </>
    ),
  }
}

function saidAlready({ state, cannot }: MailReply): string | undefined {
  switch (state) {
    case 'counted':
      return 'You said that this is right. It counts now.'
    case 'not-them':
      return 'You said that this is not right. Nothing has changed. You can write to us again.'
    case 'older':
      return 'A newer e-mail came. Please use the link in the newest message.'
    case 'cannot':
      return `It could not count. ${cannot ?? ''}`.trim()
    case 'asked':
      return undefined
  }
}
