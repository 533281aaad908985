import { z } from 'zod'
import { ButtonLink, Empty, Form, InsetText, LinkList } from '#design/index.ts'
import { theirs } from '#kernel/text/theirs.ts'
import {
  type Answer,
  type AnyRoute,
  form,
  type Load,
  missing,
  page,
  type Screen,
  show,
  type Visit,
} from '#platform/http/route.ts'
import { type LoadedMeeting, loadMeeting, mayReadMeeting, meetingPaths } from '#slices/meetings/index.ts'
import {
  contentsFor,
  coverOf,
  keyOf,
  linesOfItem,
  linesOfPaper,
  markOf,
  type PackContents,
  type PackPaper,
  textOf,
} from './pack-contents.ts'
import { PaperText, spokenRows } from './paper-text.tsx'
import type { Block } from './text.ts'
import { many } from './words.ts'

type Here = Visit<LoadedMeeting>

const load: Load<LoadedMeeting> = visit => loadMeeting(visit, visit.params.meeting, { forChange: false })

const rowOf = ({ tx, thing }: Here, key: string) =>
  tx
    .selectFrom('pack as p')
    .leftJoin('stored_file as f', join =>
      join
        .onRef('f.network_id', '=', 'p.network_id')
        .onRef('f.id', '=', 'p.file_id')
        .onRef('f.thing_id', '=', 'p.id')
        .on('f.thing_kind', '=', 'pack'),
    )
    .select(['p.state', 'f.name', 'f.type', 'f.store_key'])
    .where('p.meeting_id', '=', thing.id)
    .where('p.contents', '=', key)
    .executeTakeFirst()

/** Each confidential paper in it was opened (R58). */
async function noteOpenings(visit: Here, papers: readonly PackPaper[]): Promise<void> {
  for (const paper of papers.filter(each => each.handling === 'named')) {
    await visit.audit('confidential-paper-opened', 'paper', markOf(paper))
  }
}

const pack = page<LoadedMeeting>('/:network/meetings/:meeting/pack.pdf', {
  who: mayReadMeeting,
  // What is confidential in it is written down on its own.
  audit: 'nothing',
  load,
  async handler(visit): Promise<Answer> {
    const contents = await contentsFor(visit, visit.thing, visit.me)
    const row = await rowOf(visit, keyOf(contents, visit.thing))
    if (row?.state !== 'ready') return show(waitingScreen(visit, contents, row?.state))
    const { name, type, store_key } = row
    const body = store_key ? await visit.files.read({ store_key }) : undefined
    if (!name || !type || !body) return missing
    await noteOpenings(visit, contents.papers)
    return { kind: 'download', name, type, body }
  },
})

function waitingScreen(visit: Here, contents: PackContents, state: 'waiting' | 'failed' | undefined): Screen {
  const { thing, network, hidden } = visit
  // Whoever reads slowly, or hears the page, can stop it coming anew (WCAG 2.2.2).
  const moves = state === 'waiting' && !visit.query.has('still')
  const pack = meetingPaths.pack(network.slug, thing.reference)
  const step = (which: string) => meetingPaths.step(network.slug, thing.reference, which)
  return {
    title: 'All papers in one file',
    caption: theirs(thing.row.title),
    back: { href: meetingPaths.one(network.slug, thing.reference), text: 'Back to the meeting' },
    ...(moves ? { refreshAfter: 5 } : {}),
    body: (
      <>
        <p>
          One PDF with the agenda and the {many(contents.papers.length, 'paper')} that you may read, with page
          numbers and bookmarks.
        </p>
        {state === 'waiting' ? (
          <>
            <InsetText>It is being made now. That takes a minute at most.</InsetText>
            <ButtonLink href={pack}>Look again</ButtonLink>
            <p>
              {moves ? (
                <>
                  This page looks again by itself. <a href={`${pack}?still`}>Stop that</a>
                </>
              ) : (
                'This page stays as it is.'
              )}
            </p>
          </>
        ) : (
          <Form hidden={hidden} action={step('make-pack')} button="Make the file">
            {state === 'failed' && <p>Last time it could not be made. Try again, or read the papers here.</p>}
          </Form>
        )}
        <h2 className="nhsuk-heading-m">Other ways to read them</h2>
        <OtherWays visit={visit} />
      </>
    ),
  }
}

function OtherWays({ visit }: { visit: Here }) {
  const step = (which: string) => meetingPaths.step(visit.network.slug, visit.thing.reference, which)
  return (
    <LinkList
      links={[
        { href: step('pack/large'), text: 'In large print', hint: 'One page of 18 point letters' },
        { href: step('pack/spoken'), text: 'To be read aloud', hint: 'One page without tables' },
      ]}
    />
  )
}

const make = form('/:network/meetings/:meeting/make-pack', {
  who: mayReadMeeting,
  audit: 'pack-asked',
  page: false,
  guardsVersion: false,
  load,
  fields: z.object({}),
  screen: (visit: Here) => ({ title: theirs(visit.thing.row.title), body: null }),
  async submit(visit: Here) {
    const { tx, network, thing, now } = visit
    const contents = await contentsFor(visit, thing, visit.me)
    await tx
      .insertInto('pack')
      .values({
        network_id: network.id,
        meeting_id: thing.id,
        contents: keyOf(contents, thing),
        given: JSON.stringify(contents),
        state: 'waiting',
        file_id: null,
        wanted_at: now,
        made_at: null,
      })
      // Who may read the same has asked already: one is made for all of them.
      .onConflict(on =>
        on
          .columns(['network_id', 'meeting_id', 'contents'])
          .doUpdateSet({ state: 'waiting', wanted_at: now })
          .where('pack.state', '=', 'failed'),
      )
      .execute()
    return { to: meetingPaths.pack(network.slug, thing.reference) }
  },
})

/** The same contents as one page: large, or for a voice. */
const asPage = (kind: 'large' | 'spoken') =>
  page<LoadedMeeting>(`/:network/meetings/:meeting/pack/${kind}`, {
    who: mayReadMeeting,
    audit: 'nothing',
    load,
    async handler(visit) {
      const { thing, network } = visit
      const contents = await contentsFor(visit, thing, visit.me)
      const texts = await textOf(
        visit.tx,
        contents.papers.map(each => each.versionId),
      )
      await noteOpenings(visit, contents.papers)
      return show({
        title: kind === 'large' ? 'All papers in large print' : 'All papers to be read aloud',
        caption: theirs(thing.row.title),
        back: { href: meetingPaths.one(network.slug, thing.reference), text: 'Back to the meeting' },
        wide: kind === 'large',
        body: (
          <div className={kind === 'large' ? 'loop-large' : undefined}>
            {coverOf(thing).map(line => (
              <p key={line}>{line}</p>
            ))}
            <h2 className="nhsuk-heading-l">Agenda</h2>
            {contents.items.map(item => (
              <section key={item.id}>
                <h3 className="nhsuk-heading-m">
                  {item.number}. {theirs(item.title)}
                </h3>
                {linesOfItem(item).map(line => (
                  <p key={line}>{line}.</p>
                ))}
                {contents.papers
                  .filter(paper => paper.itemId === item.id)
                  .map(paper => (
                    <p key={paper.id}>
                      <a href={`#${markOf(paper)}`}>
                        {markOf(paper)} {theirs(paper.title)}
                      </a>
                    </p>
                  ))}
              </section>
            ))}
            {contents.papers.length === 0 && <Empty>No paper is out yet.</Empty>}
            {contents.papers.map(paper => (
              <section key={paper.id}>
                <h2 className="nhsuk-heading-l" id={markOf(paper)}>
                  {markOf(paper)} {theirs(paper.title)}
                </h2>
                {linesOfPaper(paper).map(line => (
                  <p key={line}>{line}.</p>
                ))}
                <p className="loop-words" dir="auto">
                  {paper.summary}
                </p>
                <PaperText
                  blocks={
                    kind === 'spoken'
                      ? forAVoice(texts.get(paper.versionId) ?? [])
                      : (texts.get(paper.versionId) ?? [])
                  }
                />
              </section>
            ))}
          </div>
        ),
      })
    },
  })

/** A voice loses its place in a table: each row becomes a sentence of a list. */
const forAVoice = (blocks: readonly Block[]): Block[] =>
  blocks.map(block =>
    block.kind === 'table' ? { kind: 'list', ordered: false, items: spokenRows(block) } : block,
  )

export const packRoutes: AnyRoute[] = [pack, make, asPage('large'), asPage('spoken')]
