import { z } from 'zod'
import { FileField, Form } from '#design/index.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { Row } from '#platform/database/tables.ts'
import { fileKindsInWords, filesOf } from '#platform/files.ts'
import { optionalChoice, uploads } from '#platform/form/fields.ts'
import { type AnyRoute, errors, type Filled, form, type Screen, type Visit } from '#platform/http/route.ts'
import { anInsider } from '#platform/permission.ts'
import { contributionPaths } from '../paths.ts'
import { draftFiles, type KeptDraft, mostFiles, readDraft, removeDraftFile, saveDraft } from './draft.ts'
import { after, backFrom, comeBackLater } from './steps.tsx'

interface WithFiles extends KeptDraft {
  readonly files: readonly Row<'stored_file'>[]
}

/** Files chosen here wait with the draft until it is sent, so that nobody has to choose them twice. */
export const fileStepRoutes: readonly AnyRoute[] = [
  form('/:network/contributions/new/files', {
    who: anInsider,
    audit: 'draft-file-chosen',
    uploads: true,
    load: async ({ tx, actor }): Promise<WithFiles | undefined> =>
      actor && {
        ...(await readDraft(tx, actor.personId)),
        files: await filesOf(tx, draftFiles(actor.personId)),
      },
    fields: z.object({
      files: uploads(mostFiles),
      later: optionalChoice(['yes']),
      more: optionalChoice(['yes']),
    }),
    screen: (visit: Visit<WithFiles>, filled) => filesScreen(visit, filled.errors),
    submit: async (visit, { files, later }) => {
      const { me, thing, tx, network } = visit
      // Held here, so that two tabs together cannot choose more than may be chosen.
      await saveDraft(visit, me.personId, {})
      const there = await filesOf(tx, draftFiles(me.personId))
      if (there.length + files.length > mostFiles) {
        return errors({
          field: 'files',
          message: `You can add ${mostFiles} files in all. You have ${thing.files.length} already`,
        })
      }
      await visit.files.keep(tx, network.id, draftFiles(me.personId), files, me.personId, visit.now)
      // Without a script a chosen file is only seen once it is here: so it is shown, then they carry on.
      if (files.length > 0 && !later) return { to: visit.path + (visit.query.has('change') ? '?change' : '') }
      return after(visit, 'files', later)
    },
  }),
  form('/:network/contributions/new/files/:file/remove', {
    who: anInsider,
    audit: 'draft-file-removed',
    page: false,
    load: async ({ tx, actor, params }) => {
      const files = actor ? await filesOf(tx, draftFiles(actor.personId)) : []
      return files.find(each => String(each.id) === params.file)
    },
    fields: z.object({ change: optionalChoice(['yes']) }),
    screen: (visit: Visit<Row<'stored_file'>>) => ({
      title: 'Remove this file',
      body: <Form hidden={visit.hidden} button={`Remove ${theirs(visit.thing.name)}`} />,
    }),
    submit: async (visit: Visit<Row<'stored_file'>>, { change }) => {
      await removeDraftFile(visit, visit.thing)
      return { to: contributionPaths.step(visit.network.slug, 'files') + (change ? '?change' : '') }
    },
  }),
]

function filesScreen(visit: Visit<WithFiles>, mistakes: Filled['errors']): Screen {
  const { files } = visit.thing
  const { slug } = visit.network
  const change = visit.query.has('change')
  const room = mostFiles - files.length
  return {
    title: 'Do you want to add photos or papers?',
    back: backFrom(visit, 'files'),
    body: (
      <>
        {files.length > 0 && (
          <>
            <h2 className="nhsuk-heading-s">Added already</h2>
            {files.map(file => (
              <Form
                action={`${contributionPaths.step(slug, 'files')}/${file.id}/remove`}
                hidden={{ ...visit.hidden, ...(change ? { change: 'yes' } : {}) }}
                button={`Remove ${theirs(file.name)}`}
                warning
                key={file.id}
              >
                <p>
                  <bdi>{file.name}</bdi>, {sizeInWords(file.bytes)}
                </p>
              </Form>
            ))}
          </>
        )}
        <Form hidden={visit.hidden} button="Carry on" multipart secondary={comeBackLater}>
          {room > 0 ? (
            <FileField
              name="files"
              label={files.length > 0 ? 'Add another file' : 'Add files'}
              optional
              multiple
              accept=".jpg,.jpeg,.png,.pdf,.docx"
              hint={`Each can be ${fileKindsInWords}, up to 10 MB. You can add ${room === 1 ? 'one' : `up to ${room}`}. Please leave out anything that shows who a patient is. We take out of photos where and when they were taken.`}
              errors={mistakes}
            />
          ) : (
            <p>You have added {mostFiles} files. That is as many as we can take.</p>
          )}
        </Form>
      </>
    ),
  }
}

export function sizeInWords(bytes: number): string {
  if (bytes < 1024 * 1024) return `${Math.max(1, Math.round(bytes / 1024)).toLocaleString('en-GB')} kB`
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`
}
