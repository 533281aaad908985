import type { Entry } from '#platform/database/connect.ts'
import type { Tx } from '#platform/database/tables.ts'
import { doingOf } from '#platform/doing.ts'
import { filesOf } from '#platform/files.ts'
import type { House } from '#platform/house.ts'
import { errorFacts } from '#platform/log.ts'
import { loadMeeting } from '#slices/meetings/index.ts'
import { makePackApart, readText } from './apart/index.ts'
import { coverOf, linesOfItem, linesOfPaper, markOf, type PackContents, textOf } from './pack-contents.ts'
import { textColumns } from './store.ts'
import { markWords } from './words.ts'

/** What waits is done, one after the other, in every network. */
export async function paperJobs(house: House): Promise<void> {
  const today = house.clock.today()
  const networks = await house.database.pool.selectFrom('network').select('slug').orderBy('id').execute()
  for (const { slug } of networks) {
    const inNetwork = <T>(work: (tx: Tx, entry: Entry) => Promise<T>) =>
      house.database.enter({ slug, accountId: undefined, today }, (tx, entry) => {
        if (!entry) throw new Error(`no network ${slug}`)
        return work(tx, entry)
      })
    while (await inNetwork(tx => readOne(house, tx)));
    while (await inNetwork((tx, entry) => makeOnePack(house, tx, entry)));
  }
}

/** @returns false when nothing waits to be read */
async function readOne(house: House, tx: Tx): Promise<boolean> {
  const version = await tx
    .selectFrom('paper_version')
    .select(['id', 'file_id'])
    .where('text_state', '=', 'waiting')
    .orderBy('id')
    .limit(1)
    // Another worker that reads the same one is left alone with it.
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  if (!version) return false
  const file = await tx
    .selectFrom('stored_file')
    .select(['store_key', 'type'])
    .where('id', '=', version.file_id ?? 0)
    .executeTakeFirst()
  const body = file && (await house.files.read(file))
  const read =
    file && body
      ? await readText(file.type, new Uint8Array(await new Response(body).arrayBuffer())).catch(error => {
          house.log.warn(errorFacts(error), 'a paper could not be read')
          return { state: 'broken', blocks: [], pages: null } as const
        })
      : ({ state: 'broken', blocks: [], pages: null } as const)
  await tx
    .updateTable('paper_version')
    .set({ text_state: read.state, pages: read.pages, ...textColumns(read.blocks) })
    .where('id', '=', version.id)
    .execute()
  return true
}

/** All files together that are copied into one pack; what goes beyond it stands there as text. */
const mostBytes = 80 * 1024 * 1024

/** @returns false when no pack waits to be made */
async function makeOnePack(house: House, tx: Tx, entry: Entry): Promise<boolean> {
  const pack = await tx
    .selectFrom('pack as p')
    .innerJoin('meeting as m', join =>
      join.onRef('m.network_id', '=', 'p.network_id').onRef('m.id', '=', 'p.meeting_id'),
    )
    .select(['p.id', 'p.given', 'm.number'])
    .where('p.state', '=', 'waiting')
    .orderBy('p.id')
    .limit(1)
    .forUpdate('p')
    .skipLocked()
    .executeTakeFirst()
  if (!pack) return false
  const doing = doingOf(house, tx, entry, undefined)
  const meeting = (await loadMeeting(doing, pack.number, { forChange: false }))!
  const { items, papers } = pack.given as PackContents
  const texts = await textOf(
    tx,
    papers.map(each => each.versionId),
  )
  const originals = await originalsOf(house, tx, papers)
  const bytes = await makePackApart({
    network: entry.name,
    title: meeting.row.title,
    cover: coverOf(meeting),
    items: items.map(item => ({
      number: item.number,
      title: item.title,
      lines: linesOfItem(item),
      papers: papers.flatMap((paper, at) => (paper.itemId === item.id ? [at] : [])),
    })),
    papers: papers.map(paper => ({
      reference: markOf(paper),
      title: paper.title,
      lines: linesOfPaper(paper),
      mark: paper.handling === 'public' ? '' : markWords[paper.handling],
      summary: paper.summary,
      blocks: texts.get(paper.versionId) ?? [],
      pdf: originals.get(paper.versionId),
    })),
  }).catch(error => {
    house.log.warn(errorFacts(error), 'a pack could not be made')
    return undefined
  })
  if (bytes) {
    const file = { name: `${meeting.reference}-papers.pdf`, type: 'application/pdf', bytes }
    await house.files.keep(tx, entry.id, { kind: 'pack', id: pack.id }, [file], null, doing.now)
  }
  const kept = bytes && (await filesOf(tx, { kind: 'pack', id: pack.id })).at(-1)
  await tx
    .updateTable('pack')
    .set({ state: kept ? 'ready' : 'failed', file_id: kept?.id ?? null, made_at: doing.now })
    .where('id', '=', pack.id)
    .execute()
  return true
}

/** The PDF files themselves; of a Word file the text is laid out. */
async function originalsOf(
  house: House,
  tx: Tx,
  papers: PackContents['papers'],
): Promise<ReadonlyMap<number, Uint8Array>> {
  const found = new Map<number, Uint8Array>()
  if (papers.length === 0) return found
  const files = await tx
    .selectFrom('paper_version as v')
    .innerJoin('stored_file as f', join =>
      join.onRef('f.network_id', '=', 'v.network_id').onRef('f.id', '=', 'v.file_id'),
    )
    .select(['v.id', 'f.store_key', 'f.bytes'])
    .where(
      'v.id',
      'in',
      papers.map(each => each.versionId),
    )
    .where('f.type', '=', 'application/pdf')
    .orderBy('f.bytes')
    .execute()
  let total = 0
  for (const file of files) {
    total += file.bytes
    if (total > mostBytes) break
    const body = await house.files.read(file)
    if (body) found.set(file.id, new Uint8Array(await new Response(body).arrayBuffer()))
  }
  return found
}
