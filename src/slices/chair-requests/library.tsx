import { ButtonLink, Empty, Pagination, Quote } from '#design/index.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import { dayOf } from '#kernel/calendar/working-days.ts'
import { shorten } from '#kernel/text/graphemes.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { missing, page, show, type Visit } from '#platform/http/route.ts'
import { anInsider } from '#platform/permission.ts'
import { FileLinks } from './parts.tsx'
import { requestPaths } from './paths.ts'
import { answerFile, type LibraryEntry, libraryOf } from './queries.ts'
import { kindWords } from './words.ts'

interface Shelf {
  readonly id: number
  readonly slug: string
  readonly name: string
}

async function loadShelf({ tx, params }: Visit<undefined>): Promise<Shelf | undefined> {
  return await tx
    .selectFrom('network_group')
    .select(['id', 'slug', 'name'])
    .where('slug', '=', params.group ?? '')
    .executeTakeFirst()
}

const idOf = (given: string | null | undefined) => (/^\d{1,9}$/.test(given ?? '') ? Number(given) : undefined)

async function entryOf(visit: Visit<Shelf>): Promise<LibraryEntry | undefined> {
  const id = idOf(visit.params.answer)
  return id === undefined ? undefined : (await libraryOf(visit.tx, visit.thing.id, { id })).entries[0]
}

/** Answers of a SIG that both sides let everybody in the network read; taken back, they are gone at once. */
export const libraryRoutes = [
  page<Shelf>('/:network/groups/:group/library', {
    who: anInsider,
    audit: 'nothing',
    load: loadShelf,
    async handler(visit) {
      const { slug } = visit.network
      const { entries, after } = await libraryOf(visit.tx, visit.thing.id, {
        after: idOf(visit.query.get('after')),
      })
      return show({
        title: `Library of ${theirs(visit.thing.name)}`,
        back: { href: requestPaths.list(slug), text: 'All requests' },
        body: (
          <>
            <p>What people asked this group, and what it answered. Nobody’s name stands here.</p>
            {entries.length === 0 ? (
              <Empty>Nothing is here yet. Ask this group something, and its answer may be the first.</Empty>
            ) : (
              <ul className="nhsuk-list loop-links">
                {entries.map(entry => (
                  <li key={entry.id}>
                    <a href={requestPaths.entry(slug, visit.thing.slug, entry.id)}>
                      <bdi>{shorten(entry.what, 120)}</bdi>
                    </a>
                    <div className="loop-links__hint">
                      {kindWords[entry.kind].name}, {dateInWords(dayOf(entry.at))}
                    </div>
                  </li>
                ))}
              </ul>
            )}
            <Pagination
              next={
                after === undefined
                  ? undefined
                  : { href: `${requestPaths.library(slug, visit.thing.slug)}?after=${after}` }
              }
            />
            <ButtonLink href={requestPaths.new(slug)} secondary>
              Ask a group something
            </ButtonLink>
          </>
        ),
      })
    },
  }),
  page<Shelf>('/:network/groups/:group/library/:answer', {
    who: anInsider,
    audit: 'nothing',
    load: loadShelf,
    async handler(visit) {
      const entry = await entryOf(visit)
      if (!entry) return missing
      const { slug } = visit.network
      return show({
        title: theirs(shorten(entry.what, 80)),
        caption: `Library of ${theirs(visit.thing.name)}`,
        back: { href: requestPaths.library(slug, visit.thing.slug), text: 'The library' },
        body: (
          <>
            <h2 className="nhsuk-heading-s">The question</h2>
            <Quote words={entry.what} by={kindWords[entry.kind].name} />
            <h2 className="nhsuk-heading-s">The answer</h2>
            <Quote words={entry.words} by={`${theirs(visit.thing.name)}, ${dateInWords(dayOf(entry.at))}`} />
            <FileLinks
              files={entry.files}
              href={file => requestPaths.entryFile(slug, visit.thing.slug, entry.id, file)}
            />
          </>
        ),
      })
    },
  }),
  page<Shelf>('/:network/groups/:group/library/:answer/files/:file', {
    who: anInsider,
    audit: 'library-file-opened',
    load: loadShelf,
    async handler(visit) {
      const entry = await entryOf(visit)
      const row = entry && (await answerFile(visit.tx, [entry.id], visit.params.file))
      const body = row && (await visit.files.read(row))
      return row && body ? { kind: 'download', name: row.name, type: row.type, body } : missing
    },
  }),
]
