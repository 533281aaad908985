/** The start cannot go on: `message` is one line that says what to do. */
export class StartError extends Error {}

export const diskFull = 'The disk is full. Free some space and start again; nothing that was saved is lost.'

/** What PostgreSQL or the system said, as one line for whoever starts the product. */
export function startErrorFrom(said: string, where: string): StartError {
  if (/No space left on device|ENOSPC|Disk quota exceeded/i.test(said)) return new StartError(diskFull)
  if (/Permission denied|EACCES|EPERM|could not change permissions|wrong ownership/i.test(said)) {
    return new StartError(
      `The embedded PostgreSQL may not use ${where}. Give DATA_DIR to the account that starts the product, or set another DATA_DIR.`,
    )
  }
  if (/initialized by PostgreSQL version|incompatible with/i.test(said)) {
    return new StartError(
      `The data in ${where} was made by another version of PostgreSQL. Set another DATA_DIR, or bring the data over first.`,
    )
  }
  const last = said
    .split('\n')
    .map(line => line.trim())
    .filter(line => /FATAL|PANIC|error:|ERROR/.test(line))
    .pop()
  return new StartError(
    `The embedded PostgreSQL did not start${last ? ` (${last.slice(0, 200)})` : ''}. See ${where}/log, or set DATABASE_URL to a PostgreSQL of yours.`,
  )
}
