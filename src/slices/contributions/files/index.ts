import { type AnyRoute, missing, page } from '#platform/http/route.ts'
import { mayRead } from '../access.ts'
import { type LoadedThread, loadThread } from '../store.ts'

/**
 * LOOP-2: a file of a contribution goes out only to those who may read the contribution, always as a download of the
 * kind that was found in it, never to be opened in the page.
 */
export const fileRoutes: readonly AnyRoute[] = [
  page<LoadedThread>('/:network/contributions/:reference/files/:file', {
    who: mayRead,
    audit: 'file-downloaded',
    load: ({ tx, params }) => loadThread(tx, params.reference, { forChange: false }),
    handler: async ({ tx, thing, params, files, me }) => {
      if (!/^\d{1,9}$/.test(params.file ?? '')) return missing
      const file = await tx
        .selectFrom('stored_file')
        .selectAll()
        .where('id', '=', Number(params.file))
        .where('thing_kind', '=', 'contribution')
        .where('thing_id', '=', thing.id)
        .executeTakeFirst()
      // Whoever took their part out took their files with it; they themselves still have them.
      const left =
        file &&
        (await tx
          .selectFrom('contributor')
          .select('person_id')
          .where('contribution_id', '=', thing.id)
          .where('person_id', '=', file.by_person_id ?? 0)
          .where('withdrawn_at', 'is not', null)
          .executeTakeFirst())
      const body = file && (!left || file.by_person_id === me.personId) ? await files.read(file) : undefined
      return file && body ? { kind: 'download', name: file.name, type: file.type, body } : missing
    },
  }),
]
