import { z } from 'zod'
import { FileField, Form, TextField } from '#design/index.ts'
import { csv } from '#kernel/text/csv.ts'
import { textOf } from '#platform/files.ts'
import { text, uploads } from '#platform/form/fields.ts'
import {
  type AnyRoute,
  errors,
  type Filled,
  form,
  page,
  type Screen,
  type Visit,
} from '#platform/http/route.ts'
import { theTeam } from '#platform/permission.ts'
import { loadFigures, readFigures } from './census.ts'
import { equalityPaths as paths } from './paths.ts'
import { questions } from './questions.ts'

/** Figures of the area, as a table that anybody can make from the census. */
export const figureRoutes: AnyRoute[] = [
  form('/:network/team/equality/figures', {
    who: theTeam,
    audit: 'area-figures-loaded',
    uploads: true,
    fields: z.object({
      source: text('Enter where the figures come from', { max: 200, name: 'Where they come from' }),
      file: uploads(1, { csv: true }),
    }),
    screen,
    async submit(visit, { source, file: [file] }) {
      if (!file) return errors({ field: 'file', message: 'Choose the table' })
      const read = readFigures(textOf(file.bytes) ?? '')
      if (!read.ok) return errors({ field: 'file', message: `${read.sentence}. Nothing was changed` })
      await loadFigures(visit, source, read.figures)
      return { to: paths.who(visit.network.slug) }
    },
  }),
  page('/:network/team/equality/figures.csv', {
    who: theTeam,
    audit: 'nothing',
    handler: () => ({
      kind: 'text',
      type: 'text/csv; charset=utf-8',
      fileName: 'figures-of-the-area.csv',
      body: csv([
        ['question', 'answer', 'people'],
        ...questions.flatMap(each => each.answers.map(answer => [each.title, answer.words, ''])),
      ]),
    }),
  }),
]

function screen(visit: Visit, { values, errors: mistakes }: Filled): Screen {
  const { slug } = visit.network
  return {
    title: 'Load figures of the area',
    back: { href: paths.who(slug), text: 'Who are we not hearing from?' },
    body: (
      <>
        <p>
          The census says how many people of each kind live here. Take{' '}
          <a href={paths.example(slug)}>our empty table</a>, write the numbers in, and save it as CSV. Leave
          out what you do not know. The figures from before are kept, but no longer shown.
        </p>
        <Form hidden={visit.hidden} button="Load the figures" multipart>
          <TextField
            name="source"
            label="Where do the figures come from?"
            hint="For example: Census 2021, the six districts of our hospitals."
            value={values.source}
            errors={mistakes}
          />
          <FileField name="file" label="The table" accept=".csv" errors={mistakes} />
        </Form>
      </>
    ),
  }
}
