import { z } from 'zod'
import { Form, TextArea } from '#design/index.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { Doing } from '#platform/doing.ts'
import { optionalChoice, optionalText } from '#platform/form/fields.ts'
import {
  type AnyRoute,
  type Filled,
  form,
  type Load,
  type Screen,
  type Submitted,
  type Visit,
} from '#platform/http/route.ts'
import { personRule, type Rule } from '#platform/permission.ts'
import { mayReadPaper, meetingPaths } from '#slices/meetings/index.ts'
import { type LoadedPaper, loadPaper } from './store.ts'

type Here = Visit<LoadedPaper>

const load: Load<LoadedPaper> = (visit, how) =>
  loadPaper(visit, { meeting: visit.params.meeting, paper: visit.params.paper }, { ...how, forChange: false })

const mayMark: Rule<LoadedPaper> = personRule(
  'a person who may read the paper, for themselves',
  (actor, it) => it.out && mayReadPaper.holds(actor, it),
)

const paperPath = (visit: Here, anchor = '') =>
  meetingPaths.paper(visit.network.slug, visit.thing.meeting.reference, visit.thing.reference) + anchor

// What only the reader may know is not written into the audit log either: an administrator reads that (BOARD-8).

const mark = form('/:network/meetings/:meeting/papers/:paper/read', {
  who: mayMark,
  audit: 'nothing',
  page: false,
  guardsVersion: false,
  load,
  fields: z.object({ read: optionalChoice(['yes', 'no']) }),
  screen: (visit: Here) => ({ title: theirs(visit.thing.row.title), body: null }),
  async submit(visit: Here, { read }): Promise<Submitted> {
    const { tx, me, thing } = visit
    const version = thing.current
    if (version && read === 'yes') {
      await markAsRead(visit, thing.id, version.id)
    } else if (version) {
      await tx
        .deleteFrom('paper_reading')
        .where('paper_id', '=', thing.id)
        .where('person_id', '=', me.personId)
        .where('version_id', '=', version.id)
        .execute()
    }
    return { to: paperPath(visit) }
  },
})

/** For the reader's eyes only: nobody else ever sees the mark. */
export async function markAsRead(
  { tx, network, actor, now }: Doing,
  paperId: number,
  versionId: number,
): Promise<void> {
  await tx
    .insertInto('paper_reading')
    .values({
      network_id: network.id,
      paper_id: paperId,
      person_id: actor!.personId,
      version_id: versionId,
      read_at: now,
    })
    .onConflict(on => on.columns(['network_id', 'paper_id', 'person_id', 'version_id']).doNothing())
    .execute()
}

const notes = form('/:network/meetings/:meeting/papers/:paper/notes', {
  who: mayMark,
  audit: 'nothing',
  guardsVersion: false,
  load,
  fields: z.object({ words: optionalText({ max: 10_000, name: 'Your notes' }) }),
  async screen(visit: Here, filled: Filled): Promise<Screen> {
    const kept = filled.values.words ?? (await noteOf(visit))?.words ?? ''
    return {
      title: 'My notes',
      caption: `${visit.thing.reference}, ${theirs(visit.thing.row.title)}`,
      back: { href: paperPath(visit, '#notes'), text: 'Back to the paper' },
      body: (
        <Form
          hidden={visit.hidden}
          button="Keep my notes"
          secondary={{ text: 'Do not change anything', href: paperPath(visit, '#notes') }}
        >
          <TextArea
            name="words"
            label="Your notes"
            optional
            hint="Only you see them. Empty the field to throw them away."
            value={kept}
            maxCharacters={10_000}
            rows={10}
            errors={filled.errors}
          />
        </Form>
      ),
    }
  },
  async submit(visit: Here, { words }): Promise<Submitted> {
    const { tx, network, me, thing, now } = visit
    const before = await noteOf(visit)
    if (words === '') {
      await tx
        .deleteFrom('reading_note')
        .where('paper_id', '=', thing.id)
        .where('person_id', '=', me.personId)
        .execute()
    } else if (before) {
      await tx.updateTable('reading_note').set({ words, at: now }).where('id', '=', before.id).execute()
    } else {
      await tx
        .insertInto('reading_note')
        .values({
          network_id: network.id,
          person_id: me.personId,
          paper_id: thing.id,
          item_id: null,
          words,
          at: now,
        })
        .execute()
    }
    return { to: paperPath(visit, '#notes') }
  },
})

const noteOf = ({ tx, thing, me }: Here) =>
  tx
    .selectFrom('reading_note')
    .select(['id', 'words'])
    .where('paper_id', '=', thing.id)
    .where('person_id', '=', me.personId)
    .orderBy('id', 'desc')
    .executeTakeFirst()

export const readingRoutes: AnyRoute[] = [mark, notes]
