import { LinkList, TaskList } from '#design/index.ts'
import { dateInWords, dueInWords, momentInWords } from '#kernel/calendar/words.ts'
import type { Row } from '#platform/database/tables.ts'
import { type AnyRoute, page, type Screen, type Slice, show, type Visit } from '#platform/http/route.ts'
import { aPerson } from '#platform/permission.ts'
import { makeArchive } from './archive.tsx'
import { asJson, filesOfPerson, leftOut, whatWeHold } from './gathering.ts'
import { myDataPaths as paths } from './paths.ts'
import { FoldedSections } from './sections.tsx'
import { kindWords, stateWords } from './wishes/words.ts'

/** Everything about oneself: read it, take it along, at once and without asking anybody (R5). */
export const mineRoutes = (slices: () => readonly Slice[]): AnyRoute[] => [
  page('/:network/account/my-data', {
    fresh: true,
    who: aPerson,
    audit: 'my-data-read',
    handler: async visit => show(await mine(visit, slices())),
  }),
  page('/:network/account/my-data/data.json', {
    fresh: true,
    who: aPerson,
    audit: 'my-data-taken',
    limit: { name: 'export', uses: 30, minutes: 60 },
    handler: async visit => ({
      kind: 'text',
      type: 'application/json; charset=utf-8',
      fileName: `my-data-${visit.network.slug}.json`,
      body: asJson(aboutOf(visit), await whatWeHold(visit.tx, slices(), visit.me.personId)),
    }),
  }),
  page('/:network/account/my-data/archive.zip', {
    fresh: true,
    who: aPerson,
    audit: 'my-data-taken',
    limit: { name: 'export', uses: 30, minutes: 60 },
    handler: async visit => ({
      kind: 'download',
      name: `my-data-${visit.network.slug}.zip`,
      type: 'application/zip',
      body: await makeArchive(
        aboutOf(visit),
        await whatWeHold(visit.tx, slices(), visit.me.personId),
        await filesOfPerson(visit.tx, visit.me.personId),
        visit.files,
      ),
    }),
  }),
]

const aboutOf = (visit: Visit) => ({
  network: visit.network.name,
  name: visit.me.name,
  on: momentInWords(visit.now),
})

async function mine(visit: Visit, slices: readonly Slice[]): Promise<Screen> {
  const { slug, name } = visit.network
  const held = await whatWeHold(visit.tx, slices, visit.me.personId)
  const wishes = await visit.tx
    .selectFrom('data_wish')
    .selectAll()
    .where('person_id', '=', visit.me.personId)
    .orderBy('id', 'desc')
    .limit(50)
    .execute()
  return {
    title: 'What we hold about you',
    easyRead: 'rights',
    back: { href: '/account', text: 'Your account' },
    body: (
      <>
        <p>
          This is all that {name} holds about you, as it is now. It belongs to you: read it and take it along.
        </p>
        <LinkList
          links={[
            {
              href: paths.archive(slug),
              text: 'Take it along in one file (ZIP)',
              hint: 'A page to read, your files, and the data',
            },
            { href: paths.json(slug), text: 'Take only the data along (JSON)', hint: 'For another program' },
            { href: paths.ask(slug), text: 'Ask us to correct, stop or erase something' },
            { href: paths.looks(slug), text: 'Who has looked at your details' },
            { href: `/${slug}/data-protection-complaint`, text: 'Complain about how we use your data' },
          ]}
        />
        {wishes.length > 0 && (
          <>
            <h2 className="nhsuk-heading-m">What you asked us to do with it</h2>
            <TaskList items={wishes.map(row => taskOf(visit, row))} />
          </>
        )}
        <h2 className="nhsuk-heading-m">What is left out</h2>
        <ul className="nhsuk-list nhsuk-list--bullet">
          {leftOut.map(each => (
            <li key={each}>{each}</li>
          ))}
        </ul>
        <FoldedSections held={held} />
      </>
    ),
  }
}

function taskOf(visit: Visit, row: Row<'data_wish'>) {
  const open = row.state === 'open' || row.state === 'paused'
  const due = open ? dueInWords(row.due_on, visit.today) : undefined
  return {
    title: `${row.number}: ${kindWords[row.kind].title}`,
    href: paths.wish(visit.network.slug, row.number),
    hint: `Since ${dateInWords(row.received_at.toZonedDateTimeISO('Europe/London').toPlainDate())}`,
    status: { words: stateWords[row.state], tone: due?.late ? ('late' as const) : ('plain' as const) },
    dueWords: due?.words,
    late: due?.late ?? false,
  }
}
