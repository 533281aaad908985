import { z } from 'zod'
import { Empty, Form, Quote, TaskList, TextArea } from '#design/index.ts'
import { dateInWords, momentInWords } from '#kernel/calendar/words.ts'
import { dayOf } from '#kernel/calendar/working-days.ts'
import { happened } from '#kernel/decision.ts'
import { reference } from '#kernel/references.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { Tx } from '#platform/database/tables.ts'
import { text } from '#platform/form/fields.ts'
import { type AnyRoute, form, page, refused, show, type Visit } from '#platform/http/route.ts'
import { theTeam } from '#platform/permission.ts'
import { meetingPaths } from '#slices/meetings/index.ts'
import { helpPaths } from './asking-changes.ts'

const wishes = (tx: Tx) =>
  tx
    .selectFrom('paper_help as h')
    .innerJoin('paper as p', join =>
      join.onRef('p.network_id', '=', 'h.network_id').onRef('p.id', '=', 'h.paper_id'),
    )
    .innerJoin('meeting as m', join =>
      join.onRef('m.network_id', '=', 'p.network_id').onRef('m.id', '=', 'p.meeting_id'),
    )
    .innerJoin('person as w', join =>
      join.onRef('w.network_id', '=', 'h.network_id').onRef('w.id', '=', 'h.person_id'),
    )
    .select(['h.id', 'h.words', 'h.asked_at', 'h.answer', 'h.done_at', 'h.person_id'])
    .select(['w.name', 'w.channel', 'p.number', 'm.number as meeting_number', 'm.starts_at'])

type Wish = Awaited<ReturnType<ReturnType<typeof wishes>['executeTakeFirstOrThrow']>>

const list = page('/:network/team/paper-help', {
  who: theTeam,
  audit: 'nothing',
  async handler(visit) {
    const found = await wishes(visit.tx)
      .orderBy('h.done_at', o => o.desc().nullsFirst())
      .orderBy('h.id')
      .limit(200)
      .execute()
    const task = (each: Wish) => ({
      title: `${each.name}, about ${reference('P', each.number)}`,
      href: helpPaths.one(visit.network.slug, each.id),
      hint: `Asked on ${dateInWords(dayOf(each.asked_at))}. The meeting is on ${dateInWords(dayOf(each.starts_at))}.`,
      status: each.done_at
        ? ({ words: 'Done', tone: 'good' } as const)
        : ({ words: 'Waits for help', tone: 'waiting' } as const),
    })
    const [open, done] = [found.filter(each => !each.done_at), found.filter(each => each.done_at)]
    return show({
      title: 'Help with papers',
      back: { href: `/${visit.network.slug}/team`, text: 'The team’s work' },
      body: (
        <>
          <p>People ask you for help in private. Nobody in their group sees it.</p>
          {open.length === 0 ? <Empty>Nobody waits for help.</Empty> : <TaskList items={open.map(task)} />}
          {done.length > 0 && (
            <>
              <h2 className="nhsuk-heading-m">Done</h2>
              <TaskList items={done.map(task)} />
            </>
          )}
        </>
      ),
    })
  },
})

const one = form('/:network/team/paper-help/:help', {
  who: theTeam,
  audit: 'paper-help-given',
  guardsVersion: false,
  load: (visit: Visit<undefined>) =>
    /^\d{1,9}$/.test(visit.params.help ?? '')
      ? wishes(visit.tx).where('h.id', '=', Number(visit.params.help)).executeTakeFirst()
      : undefined,
  fields: z.object({ answer: text('Say what was done', { max: 1000, name: 'What was done' }) }),
  screen(visit: Visit<Wish>, filled) {
    const { thing, network } = visit
    const mark = reference('P', thing.number)
    return {
      title: `Help ${thing.name} with ${mark}`,
      back: { href: helpPaths.list(network.slug), text: 'Help with papers' },
      body: (
        <>
          <p>
            {thing.name} asked on {momentInWords(thing.asked_at)} for help with{' '}
            <a href={meetingPaths.paper(network.slug, reference('M', thing.meeting_number), mark)}>
              paper {mark}
            </a>
            . The meeting is on {dateInWords(dayOf(thing.starts_at))}.
          </p>
          {thing.words !== '' && <Quote words={thing.words} by={thing.name} />}
          {thing.done_at ? (
            <Quote words={thing.answer} by={`Done, ${momentInWords(thing.done_at)}`} />
          ) : (
            <Form hidden={visit.hidden} button="It is done">
              <TextArea
                name="answer"
                label="What was done?"
                hint={`${thing.name} gets these words.`}
                value={filled.values.answer}
                maxCharacters={1000}
                rows={4}
                errors={filled.errors}
              />
            </Form>
          )}
        </>
      ),
    }
  },
  async submit(visit: Visit<Wish>, { answer }) {
    const { thing, network, tx, now, me } = visit
    const written = await tx
      .updateTable('paper_help')
      .set({ answer, done_at: now, done_by_person_id: me.personId })
      .where('id', '=', thing.id)
      .where('done_at', 'is', null)
      .executeTakeFirst()
    if (Number(written.numUpdatedRows) === 0) {
      return refused({ sentence: 'Somebody of the team has done this already' })
    }
    await visit.happened({ kind: 'paper-help', id: thing.id }, [happened('help-given')])
    const mark = reference('P', thing.number)
    await visit.tell({
      key: `paper-help-given:${thing.id}`,
      personId: thing.person_id,
      kind: 'paper-help-given',
      subject: 'your wish for help with a paper',
      paragraphs: [`You asked us for help with paper ${mark}.`, theirs(answer)],
      link: {
        path: meetingPaths.paper(network.slug, reference('M', thing.meeting_number), mark),
        words: 'The paper is here',
      },
      about: { kind: 'paper-help', id: String(thing.id) },
    })
    return { to: helpPaths.list(network.slug) }
  },
})

export const helpRoutes: AnyRoute[] = [list, one]
