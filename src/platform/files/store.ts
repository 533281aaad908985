import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** Where bytes live. A folder by default; anything that can keep bytes under a key can stand in. */
export interface FileStore {
  put(key: string, bytes: Uint8Array): Promise<void>
  read(key: string): Promise<ReadableStream | undefined>
  remove(key: string): Promise<void>
}

export const isStoreKey = (key: string): boolean => /^[0-9a-f-]{36}$/.test(key)

/** Files on disk under DATA_DIR, each under a random name outside anything that is served (R67). */
export function folderStore(folder: string): FileStore {
  const pathOf = (key: string) => {
    if (!isStoreKey(key)) throw new TypeError('not a key of this store')
    return join(folder, key.slice(0, 2), key)
  }
  return {
    async put(key, bytes) {
      const path = pathOf(key)
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      const half = `${path}.half`
      await pipeline(Readable.from([bytes]), createWriteStream(half, { mode: 0o600 }))
      const handle = await open(half, 'r')
      await handle.sync()
      await handle.close()
      await rename(half, path)
    },
    async read(key) {
      const path = pathOf(key)
      if (!(await stat(path).catch(() => undefined))) return undefined
      return Readable.toWeb(createReadStream(path)) as ReadableStream
    },
    async remove(key) {
      await rm(pathOf(key), { force: true })
    },
  }
}
