/** Reports as Teams makes them, with made-up people: as code, so that a reader sees what they hold. */

export interface Fixture {
  readonly name: string
  readonly email?: string
  readonly joined: string
  readonly left: string
}

const cells = (list: readonly string[], tab: string) =>
  list.map(each => (tab === ',' && /[",]/.test(each) ? `"${each.replaceAll('"', '""')}"` : each)).join(tab)

/** The newer shape: three sections, tabs. */
export function newerReport(people: readonly Fixture[], tab = '\t', end = '\r\n'): string {
  return [
    ['1. Summary'],
    ['Meeting title', 'Operational Board, the next one'],
    ['Attended participants', String(people.length)],
    ['Start time', people[0]?.joined ?? ''],
    ['End time', people[0]?.left ?? ''],
    ['Meeting duration', '1h 2m 3s'],
    ['Average attendance time', '58m 12s'],
    [],
    ['2. Participants'],
    ['Name', 'First Join', 'Last Leave', 'In-Meeting Duration', 'Email', 'Participant ID (UPN)', 'Role'],
    ...people.map(each => [
      each.name,
      each.joined,
      each.left,
      '58m 12s',
      each.email ?? '',
      each.email ?? '',
      'Presenter',
    ]),
    [],
    ['3. In-Meeting Activities'],
    ['Name', 'Join Time', 'Leave Time', 'Duration', 'Email', 'Role'],
    ...people.map(each => [each.name, each.joined, each.left, '58m 12s', each.email ?? '', 'Presenter']),
    [],
  ]
    .map(list => cells(list, tab))
    .join(end)
}

/** The older shape: one table, one row for each stay. */
export const olderReport = (people: readonly Fixture[], tab = '\t'): string =>
  [
    ['Meeting Summary'],
    ['Total Number of Participants', String(people.length)],
    ['Meeting Title', 'Operational Board'],
    [],
    ['Full Name', 'Join Time', 'Leave Time', 'Duration', 'Email', 'Role', 'Participant ID (UPN)'],
    ...people.map(each => [
      each.name,
      each.joined,
      each.left,
      '58m',
      each.email ?? '',
      'Attendee',
      each.email ?? '',
    ]),
  ]
    .map(list => cells(list, tab))
    .join('\n')

/** The oldest shape: who joined and left, one after the other. */
export const oldestReport = (rows: readonly [name: string, action: string, at: string][]): string =>
  [['Full Name', 'User Action', 'Timestamp'], ...rows].map(list => list.join('\t')).join('\r\n')

export const inUtf16 = (text: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'))
export const inUtf16BigEndian = (text: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le').swap16())
export const inUtf8WithMark = (text: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.from(`\ufeff${text}`))
