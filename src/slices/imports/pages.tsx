import { sql } from 'kysely'
import { z } from 'zod'
import { Empty, FileField, Form, InsetText, LinkList, SummaryList, Table, TaskList } from '#design/index.ts'
import { momentInWords } from '#kernel/calendar/words.ts'
import { happened } from '#kernel/decision.ts'
import { csv } from '#kernel/text/csv.ts'
import type { Row as Stored } from '#platform/database/tables.ts'
import { checkSheet } from '#platform/files.ts'
import { uploads } from '#platform/form/fields.ts'
import {
  type AnyRoute,
  errors,
  form,
  page,
  refused,
  type Screen,
  show,
  type Visit,
} from '#platform/http/route.ts'
import { theTeam } from '#platform/permission.ts'
import { bringIn, problemsOf, whoIsHere } from './bringing.ts'
import { type ImportPart, importParts, type Problem, partOf, readRows } from './columns.ts'
import { importPaths as paths } from './paths.ts'
import { mostRows, readSheet } from './sheet.ts'
import './tables.ts'

const hoursToUndo = 24
const mostProblems = 200

const back = (slug: string) => ({ href: paths.all(slug), text: 'Bring in what you have' })

const all = page('/:network/team/import', {
  who: theTeam,
  audit: 'nothing',
  async handler(visit) {
    const { slug } = visit.network
    const runs = await visit.tx
      .selectFrom('import_run as r')
      .innerJoin('person as p', join =>
        join.onRef('p.network_id', '=', 'r.network_id').onRef('p.id', '=', 'r.by_person_id'),
      )
      .select(['r.id', 'r.kind', 'r.file_name', 'r.state', 'r.many', 'r.made_at', 'p.name'])
      .orderBy('r.id', 'desc')
      .limit(25)
      .execute()
    return show({
      title: 'Bring in what you have',
      back: { href: `/${slug}/team`, text: 'The team’s work' },
      body: (
        <>
          <p>
            Do you keep people, meetings or actions in a spreadsheet? Bring them in from there. We read your
            table first and tell you each problem by its row. Nothing is written before all of it is right,
            nobody is sent a message, and within a day you can take all of it back.
          </p>
          <LinkList
            links={[
              ...importParts.map(each => ({
                href: paths.part(slug, each.kind),
                text: each.title,
                hint: each.hint,
              })),
              {
                href: paths.mail(slug),
                text: 'Mail from before',
                hint: 'The mailbox that you used until now, to look things up',
              },
            ]}
          />
          <h2 className="nhsuk-heading-m">What was brought in</h2>
          {runs.length === 0 ? (
            <Empty>Nothing so far.</Empty>
          ) : (
            <TaskList
              items={runs.map(each => ({
                title: `${partOf(each.kind)?.title}: ${rowsInWords(each.many)}`,
                href: paths.run(slug, each.id),
                hint: `${each.file_name}, ${each.name}, ${momentInWords(each.made_at)}`,
                status: runWords[each.state],
              }))}
            />
          )}
        </>
      ),
    })
  },
})

const runWords = {
  checked: { words: 'Not brought in yet', tone: 'waiting' },
  done: { words: 'Brought in', tone: 'good' },
  undone: { words: 'Taken back', tone: 'stopped' },
} as const
const rowsInWords = (many: number) => (many === 1 ? '1 row' : `${many} rows`)

const loadPart = (visit: Visit<undefined>) => partOf(visit.params.kind)

const template = page<ImportPart>('/:network/team/import/:kind/template.csv', {
  who: theTeam,
  audit: 'nothing',
  load: loadPart,
  handler: ({ thing }) => ({
    kind: 'text',
    type: 'text/csv; charset=utf-8',
    fileName: `${thing.kind}.csv`,
    body: csv([thing.columns.map(each => each.title), thing.columns.map(each => each.example)]),
  }),
})

const part = form('/:network/team/import/:kind', {
  who: theTeam,
  audit: 'import-checked',
  uploads: true,
  guardsVersion: false,
  limit: { name: 'import', uses: 60, minutes: 60 },
  load: loadPart,
  fields: z.object({ file: uploads(1, { check: checkSheet }) }),
  screen: (visit: Visit<ImportPart>, filled) => partScreen(visit, filled.errors),
  async submit(visit: Visit<ImportPart>, { file }) {
    const { thing, network, me, now, tx } = visit
    const [given] = file
    if (!given) return errors({ field: 'file', message: 'Choose the file' })
    const read = await readSheet(given)
    if (!read.ok) return errors(...read.sentences.map(message => ({ field: 'file', message })))
    const rows = readRows(thing, read.sheet)
    if (!rows.ok) return problemsScreen(visit, rows.problems)
    const problems = problemsOf(thing.kind, rows.rows, await whoIsHere(visit))
    if (problems.length > 0) return problemsScreen(visit, problems)
    const { id } = await tx
      .insertInto('import_run')
      .values({
        network_id: network.id,
        kind: thing.kind,
        file_name: given.name,
        rows: JSON.stringify(rows.rows.map(each => each.row)),
        many: rows.rows.length,
        by_person_id: me.personId,
        made_at: now,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    return { to: paths.run(network.slug, id) }
  },
})

function partScreen(visit: Visit<ImportPart>, mistakes: Parameters<typeof FileField>[0]['errors']): Screen {
  const { thing, network } = visit
  return {
    title: `Bring in: ${thing.title.toLowerCase()}`,
    back: back(network.slug),
    body: (
      <>
        <p>
          One row for each, at most {mostRows} rows. The first row names the columns.{' '}
          <a href={paths.template(network.slug, thing.kind)}>Download a template (CSV)</a> and fill it in.
        </p>
        <Table
          caption="The columns"
          columns={[{ title: 'Column' }, { title: 'What stands there' }, { title: 'For example' }]}
          rows={thing.columns.map(each => [
            each.title,
            [
              each.required ? 'Must be there' : 'May be left out',
              ...(each.oneOf ? [`one of: ${each.oneOf.join(', ')}`] : []),
              ...(each.isDay ? ['a day, such as 31/03/2026'] : []),
            ].join('. '),
            each.example,
          ])}
        />
        <Form hidden={visit.hidden} button="Check this table" multipart>
          <FileField
            name="file"
            label="Choose the CSV or Excel file"
            accept=".csv,.tsv,.txt,.xlsx"
            errors={mistakes}
          />
        </Form>
      </>
    ),
  }
}

/** Each problem by its row. Nothing was written. */
function problemsScreen(visit: Visit<ImportPart>, problems: readonly Problem[]): { screen: Screen } {
  const { thing, network } = visit
  return {
    screen: {
      title: 'The table is not right yet',
      back: { href: paths.part(network.slug, thing.kind), text: thing.title },
      wide: true,
      body: (
        <>
          <InsetText>Nothing was written. Mend these in your table, then choose it again.</InsetText>
          <Table
            caption={problems.length === 1 ? '1 problem' : `${problems.length} problems`}
            columns={[{ title: 'Row' }, { title: 'Column' }, { title: 'What is wrong' }]}
            rows={problems
              .slice(0, mostProblems)
              .map(each => [String(each.line), each.column, each.sentence])}
          />
          {problems.length > mostProblems && <p>And {problems.length - mostProblems} more.</p>}
          <Form
            action={paths.part(network.slug, thing.kind)}
            hidden={visit.hidden}
            button="Check it again"
            multipart
          >
            <FileField name="file" label="Choose the file again" accept=".csv,.tsv,.txt,.xlsx" errors={[]} />
          </Form>
        </>
      ),
    },
  }
}

type Run = Stored<'import_run'>
const loadRun = (visit: Visit<undefined>, how: { forChange: boolean }) =>
  /^\d{1,9}$/.test(visit.params.run ?? '')
    ? visit.tx
        .selectFrom('import_run')
        .selectAll()
        .where('id', '=', Number(visit.params.run))
        .$if(how.forChange, query => query.forUpdate())
        .executeTakeFirst()
    : undefined

const run = form('/:network/team/import/runs/:run', {
  who: theTeam,
  audit: 'import-done',
  load: loadRun,
  fields: z.object({}),
  screen: (visit: Visit<Run>) => runScreen(visit),
  async submit(visit: Visit<Run>) {
    const { thing, tx, network, now } = visit
    if (thing.state !== 'checked') return refused({ sentence: 'This was done already' })
    const here = await whoIsHere(visit)
    // Since it was checked, somebody may have added one of these by hand.
    const lined = thing.rows.map((row, at) => ({ line: at + 2, row }))
    const problems = problemsOf(thing.kind, lined, here)
    if (problems.length > 0) {
      return errors({
        message: `Something changed since the table was checked. Row ${problems[0]!.line}: ${problems[0]!.sentence} Check the table again`,
      })
    }
    const made = await bringIn(visit, thing.kind, thing.rows, here)
    for (let at = 0; at < made.length; at += 1000) {
      await tx
        .insertInto('import_item')
        .values(
          made.slice(at, at + 1000).map(each => ({
            network_id: network.id,
            import_id: thing.id,
            thing_kind: each.kind,
            thing_id: each.id,
          })),
        )
        .execute()
    }
    await tx
      .updateTable('import_run')
      .set({ state: 'done', done_at: now, rows: '[]', version: thing.version + 1 })
      .where('id', '=', thing.id)
      .execute()
    await visit.happened({ kind: 'import', id: thing.id }, [
      happened('brought-in', { kind: thing.kind, many: thing.many }),
    ])
    return { to: paths.run(network.slug, thing.id) }
  },
})

const canUndo = (visit: Visit<Run>): boolean =>
  visit.thing.state === 'done' &&
  visit.thing.done_at !== null &&
  visit.now.since(visit.thing.done_at).total('hours') < hoursToUndo

function runScreen(visit: Visit<Run>): Screen {
  const { thing, network } = visit
  const it = partOf(thing.kind)!
  return {
    title: thing.state === 'checked' ? 'The table is right' : `${it.title}: ${rowsInWords(thing.many)}`,
    back: back(network.slug),
    wide: true,
    body:
      thing.state === 'checked' ? (
        <>
          <p>
            {rowsInWords(thing.many)} can be brought in. Nothing is written yet. Nobody is sent a message. For
            a day you can take all of it back.
          </p>
          <Table
            caption={thing.many > 20 ? 'The first 20 rows' : 'The rows'}
            columns={it.columns.slice(0, 6).map(each => ({ title: each.title }))}
            rows={thing.rows
              .slice(0, 20)
              .map(row => it.columns.slice(0, 6).map(each => (row[each.title] ?? '').slice(0, 120)))}
          />
          <Form hidden={visit.hidden} button={`Bring in ${rowsInWords(thing.many)}`} />
        </>
      ) : (
        <>
          <SummaryList
            rows={[
              { key: 'From the file', value: thing.file_name },
              { key: 'Brought in', value: thing.done_at ? momentInWords(thing.done_at) : '' },
              ...(thing.undone_at ? [{ key: 'Taken back', value: momentInWords(thing.undone_at) }] : []),
            ]}
          />
          {canUndo(visit) && (
            <>
              <h2 className="nhsuk-heading-m">Take all of it back</h2>
              <p>
                You can do so until {momentInWords(thing.done_at!.add({ hours: hoursToUndo }))}, as long as
                nobody has gone on from it.
              </p>
              <Form
                action={paths.undo(network.slug, thing.id)}
                hidden={visit.hidden}
                button="Take all of it back"
                warning
              />
            </>
          )}
          {thing.state === 'done' && !canUndo(visit) && (
            <p>A day has passed: it cannot be taken back as a whole any more.</p>
          )}
        </>
      ),
  }
}

const undo = form('/:network/team/import/runs/:run/undo', {
  who: theTeam,
  audit: 'import-undone',
  page: false,
  load: loadRun,
  fields: z.object({}),
  screen: (visit: Visit<Run>) => runScreen(visit),
  async submit(visit: Visit<Run>) {
    const { thing, tx, network, now } = visit
    if (!canUndo(visit)) return refused({ sentence: 'This can be taken back only within a day' })
    const touched = await sql<{ many: number }>`
      select count(*)::integer as many from import_item i
      join history h on h.network_id = i.network_id and h.thing_id = i.thing_id
        and h.thing_kind = case i.thing_kind when 'network_group' then 'group' else i.thing_kind end
      where i.import_id = ${thing.id} and h.event not in ('brought-in', 'received')`.execute(tx)
    const told = await sql<{ many: number }>`
      select count(*)::integer as many from import_item i join message m on m.network_id = i.network_id
        and m.person_id = i.thing_id where i.import_id = ${thing.id} and i.thing_kind = 'person'`.execute(tx)
    const goneOn = {
      sentence: 'Somebody has gone on from what was brought in. It cannot be taken back as a whole any more',
    }
    if (touched.rows[0]!.many + told.rows[0]!.many > 0) return refused(goneOn)
    const done = await sql<{ done: boolean }>`select undo_import(${thing.id}, ${now}) as done`.execute(tx)
    if (!done.rows[0]!.done) return refused(goneOn)
    await visit.happened({ kind: 'import', id: thing.id }, [happened('taken-back')])
    return { to: paths.run(network.slug, thing.id) }
  },
})

export const importRoutes: AnyRoute[] = [all, template, run, undo, part]
