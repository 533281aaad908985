import type { Tx } from '#platform/database/tables.ts'
import type { House } from '#platform/house.ts'
import { errorFacts } from '#platform/log.ts'
import { readText } from './apart/index.ts'
import { plainTextOf, wordsIn } from './text.ts'

/** What waits is done, one after the other, in every network. */
export async function paperJobs(house: House): Promise<void> {
  const today = house.clock.today()
  const networks = await house.database.pool.selectFrom('network').select('slug').orderBy('id').execute()
  for (const { slug } of networks) {
    const inNetwork = <T>(work: (tx: Tx) => Promise<T>) =>
      house.database.enter({ slug, accountId: undefined, today }, (tx, entry) => {
        if (!entry) throw new Error(`no network ${slug}`)
        return work(tx)
      })
    while (await inNetwork(tx => readOne(house, tx)));
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
  const plain = plainTextOf(read.blocks).replaceAll('\0', '')
  await tx
    .updateTable('paper_version')
    .set({
      text: JSON.stringify(read.blocks).replaceAll('\\u0000', ''),
      text_state: read.state,
      pages: read.pages,
      words: wordsIn(plain),
      plain_text: plain,
    })
    .where('id', '=', version.id)
    .execute()
  return true
}
