import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { Empty, Form, InsetText, LinkList } from '#design/index.ts'
import { happened } from '#kernel/decision.ts'
import type { PlainDate } from '#platform/database/tables.ts'
import { type AnyRoute, errors, form, missing, page, type Visit } from '#platform/http/route.ts'
import { printsWhole } from '#platform/letter/fonts.ts'
import { lettersPdf } from '#platform/letter/pdf.ts'
import { theTeam } from '#platform/permission.ts'
import { needRowsOf } from '#slices/support-needs/index.ts'
import { teamPaths as paths } from '../paths.ts'
import { type Letter, lettersToPrint, mostInBatch, mostOnPage } from './queries.ts'
import { LetterSheet } from './sheet.tsx'

interface Batch {
  readonly letters: readonly Letter[]
}

const apart = needRowsOf(sql`select person_id from message where state = 'by-hand' and channel = 'post'
  and person_id is not null`)

const idsIn = (given: string | null | undefined): number[] =>
  (given ?? '')
    .split(' ')
    .filter(each => /^\d{1,9}$/.test(each))
    .map(Number)
    .slice(0, mostInBatch)

/** In letters the team reads what people need: the form of them. */
async function noteNeedsSeen(visit: Visit, letters: readonly Letter[]): Promise<void> {
  const people = letters.flatMap(each => (each.largePrint && each.personId ? [each.personId] : []))
  await sql`select audit_append(${visit.now}, ${visit.me.personId}, 'needs-seen-letter', 'person', id::text)
    from unnest(${[...new Set(people)]}::integer[]) as id`.execute(visit.tx)
}

const howMany = (n: number) => (n === 1 ? '1 letter' : `${n} letters`)

/** All letters of a day, each on its own sheet, marked as posted together and with a way back. */
const batch = form('/:network/team/letters/batch', {
  who: theTeam,
  audit: 'letters-posted',
  guardsVersion: false,
  fields: z.object({
    letters: z.string().optional().transform(idsIn),
  }),
  async screen(visit: Visit) {
    const { letters } = await load(visit)
    const { slug } = visit.network
    await noteNeedsSeen(visit, letters)
    const ids = letters.map(each => each.id)
    const onPage = letters.length <= mostOnPage
    const pdf = (duplex: boolean) => paths.lettersPdf(slug, visit.today.toString(), ids, duplex)
    const strange = letters.filter(each => !printsWhole(`${each.name}${each.address}${each.body}`))
    return {
      title: 'Letters for today',
      back: { href: paths.letters(slug), text: 'Letters to post' },
      body:
        letters.length === 0 ? (
          <Empty>There is no letter to print in one go today.</Empty>
        ) : (
          <>
            <div className="loop-not-on-paper">
              <p>
                Open all letters as one PDF and print it. The address fits a window envelope when you fold the
                sheet in three.
              </p>
              <LinkList
                links={[
                  { href: pdf(false), text: 'All letters, to print on one side' },
                  { href: pdf(true), text: 'All letters, to print on both sides' },
                ]}
              />
              <p>
                {onPage
                  ? 'Or print this page: only the letters come out, each on its own sheet.'
                  : 'There are too many to print this page.'}
              </p>
              {strange.length > 0 && (
                <InsetText>
                  Some letters have characters that the PDF cannot show. Print these one by one, from their
                  own pages:{' '}
                  {strange.map((each, n) => (
                    <span key={each.id}>
                      {n > 0 && ', '}
                      <a href={paths.letter(slug, each.id)}>{each.name ?? 'a letter'}</a>
                    </span>
                  ))}
                  .
                </InsetText>
              )}
              <InsetText>
                Letters in another form, such as braille, are not here. You find them in the list, one by one.
              </InsetText>
              <Form
                hidden={{ ...visit.hidden, letters: ids.join(' ') }}
                button={`${howMany(letters.length)} posted: mark as done`}
              />
            </div>
            {onPage &&
              letters.map(each => (
                <LetterSheet letter={each} network={visit.network} day={visit.today} key={each.id} />
              ))}
          </>
        ),
    }
  },
  async submit(visit: Visit, given) {
    const { tx, me, now, network } = visit
    const letters = await lettersToPrint(tx, { ids: given.letters, today: visit.today }, apart, {
      forChange: true,
    })
    if (letters.length === 0) return errors({ message: 'Somebody has posted these already' })
    await tx
      .updateTable('message')
      .set({ state: 'done', sent_at: now, done_by_person_id: me.personId })
      .where(
        'id',
        'in',
        letters.map(each => each.id),
      )
      .execute()
    for (const each of letters) {
      await visit.happened({ kind: 'message', id: each.id }, [happened('done-by-hand')])
    }
    return { to: `${paths.letters(network.slug)}?posted=${letters.length}_${now.epochMilliseconds}` }
  },
})

const load = async (visit: Visit): Promise<Batch> => ({
  letters: await lettersToPrint(visit.tx, { today: visit.today }, apart, { forChange: false }),
})

const daysToUndo = 7

/** Pressed too soon: this person's own batch waits again. */
const undo = form('/:network/team/letters/batch/undo', {
  who: theTeam,
  audit: 'letters-posted-taken-back',
  page: false,
  fields: z.object({
    batch: z
      .string({ error: 'Go back to the list of letters' })
      .regex(/^\d{1,15}$/, 'Go back to the list of letters')
      .transform(given => Temporal.Instant.fromEpochMilliseconds(Number(given))),
  }),
  screen: batch.screen,
  async submit(visit: Visit, given) {
    const taken = await visit.tx
      .updateTable('message')
      .set({ state: 'by-hand', sent_at: null, done_by_person_id: null })
      .where('state', '=', 'done')
      .where('channel', '=', 'post')
      .where('done_by_person_id', '=', visit.me.personId)
      .where(sql<boolean>`date_trunc('milliseconds', sent_at) = ${given.batch}`)
      .where('sent_at', '>', visit.now.subtract({ hours: 24 * daysToUndo }))
      .returning('id')
      .execute()
    for (const each of taken) {
      await visit.happened({ kind: 'message', id: each.id }, [happened('not-posted-yet')])
    }
    return { to: `${paths.letters(visit.network.slug)}?undone` }
  },
})

/** Those that the page has shown, as far as they still wait; without a list all that are due by the day. */
const asPdf = page<PlainDate>('/:network/team/letters/day/:day/letters.pdf', {
  who: theTeam,
  audit: 'letters-printed',
  load: (visit: Visit<undefined>) => dayIn(visit.params.day),
  async handler(visit) {
    const { tx, network, query } = visit
    const day = visit.thing
    const ids = query.has('letters') ? idsIn(query.get('letters')) : undefined
    const letters = await lettersToPrint(tx, { today: day, ...(ids ? { ids } : {}) }, apart, {
      forChange: false,
    })
    if (letters.length === 0) return missing
    await noteNeedsSeen(visit, letters)
    const body = lettersPdf(letters, { network, day: visit.today, duplex: query.get('sides') === 'two' })
    return { kind: 'download', name: `Letters ${day}.pdf`, type: 'application/pdf', body }
  },
})

function dayIn(given: string | undefined): PlainDate | undefined {
  try {
    return /^\d{4}-\d\d-\d\d$/.test(given ?? '') ? Temporal.PlainDate.from(given!) : undefined
  } catch {
    return undefined
  }
}

export const batchRoutes: AnyRoute[] = [batch, undo, asPdf]
