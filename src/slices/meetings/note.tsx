import { z } from 'zod'
import { Form, InsetText, TextArea } from '#design/index.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { optionalText } from '#platform/form/fields.ts'
import { type AnyRoute, form, type Visit } from '#platform/http/route.ts'
import { mayReadItem } from './access.ts'
import { meetingPaths } from './paths.ts'
import { isGoingOn } from './running.tsx'
import { type LoadedItem, loadItem } from './store.ts'

type Here = Visit<LoadedItem>

/** A note on an item, for the eyes of its writer only: row-level security shows it to nobody else. */
export const noteRoute: AnyRoute = form('/:network/meetings/:meeting/items/:item/note', {
  who: mayReadItem,
  audit: 'own-note-kept',
  guardsVersion: false,
  load: (visit: Visit<undefined>, how) =>
    loadItem(visit, { meeting: visit.params.meeting, item: visit.params.item }, how),
  fields: z.object({ words: optionalText({ max: 5000, name: 'Your note' }) }),
  async screen(visit: Here, filled) {
    const { item, meeting } = visit.thing
    const back = backTo(visit)
    const kept = await visit.tx
      .selectFrom('reading_note')
      .select('words')
      .where('item_id', '=', visit.thing.id)
      .where('person_id', '=', visit.me.personId)
      .orderBy('id')
      .executeTakeFirst()
    return {
      title: 'My note',
      caption: `${meeting.reference}, ${theirs(meeting.row.title)}`,
      back: { href: back, text: 'Go back' },
      body: (
        <>
          <InsetText>
            <bdi>{item.title}</bdi>
          </InsetText>
          <Form hidden={visit.hidden} button="Keep my note" secondary={{ text: 'Go back', href: back }}>
            <TextArea
              name="words"
              label="Your note on this item"
              hint="Only you can see it: not the chair, not the team, not the administrator. Leave it empty to delete it."
              value={filled.values.words ?? kept?.words}
              maxCharacters={5000}
              errors={filled.errors}
            />
          </Form>
        </>
      ),
    }
  },
  async submit(visit: Here, { words }) {
    const { tx, me, network, now, thing } = visit
    await tx
      .deleteFrom('reading_note')
      .where('item_id', '=', thing.id)
      .where('person_id', '=', me.personId)
      .execute()
    if (words !== '') {
      await tx
        .insertInto('reading_note')
        .values({
          network_id: network.id,
          person_id: me.personId,
          paper_id: null,
          item_id: thing.id,
          words,
          at: now,
        })
        .execute()
    }
    return { to: backTo(visit) }
  },
})

/** To the room while the meeting is on, else to the item. */
function backTo({ network, thing }: Here): string {
  return isGoingOn(thing.meeting)
    ? meetingPaths.room(network.slug, thing.meeting.reference)
    : meetingPaths.item(network.slug, thing.meeting.reference, thing.id)
}
