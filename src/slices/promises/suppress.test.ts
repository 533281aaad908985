import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Numbers, type ShownTables, suppress } from './suppress.ts'

/**
 * What anybody could find by trying: every way to fill what is not shown, knowing that nought is always shown.
 * @returns for each hidden number (cells of the tables in order) the values that fit
 */
function whatFits(shown: ShownTables, columns: number, most: number): Set<number>[] {
  const places: { table: number; row: number; column: number }[] = []
  for (const [table, { cells }] of shown.tables.entries()) {
    for (const [row, values] of cells.entries()) {
      for (const [column, value] of values.entries()) if (value === null) places.push({ table, row, column })
    }
  }
  const fits = places.map(() => new Set<number>())
  const values = new Map<string, number>()
  const key = (t: number, r: number, c: number) => `${t} ${r} ${c}`
  const valueAt = (t: number, r: number, c: number) =>
    shown.tables[t]!.cells[r]![c] ?? values.get(key(t, r, c))!
  const holds = (): boolean => {
    const totals = shown.tables.map((table, t) =>
      Array.from({ length: columns }, (_, c) =>
        table.cells.reduce((sum, _row, r) => sum + valueAt(t, r, c), 0),
      ),
    )
    for (const [t, table] of shown.tables.entries()) {
      for (const [r] of table.cells.entries()) {
        const sum = Array.from({ length: columns }, (_, c) => valueAt(t, r, c)).reduce((a, b) => a + b, 0)
        const total = table.rowTotals[r]
        if (total !== null && total !== sum) return false
        if (total === null && sum === 0) return false
      }
    }
    for (let c = 0; c < columns; c++) {
      const first = totals[0]![c]!
      if (totals.some(each => each[c] !== first)) return false
      const said = shown.columnTotals[c]
      if (said !== null && said !== first) return false
      if (said === null && first === 0) return false
    }
    const all = totals[0]!.reduce((a, b) => a + b, 0)
    return shown.total === null ? all > 0 : shown.total === all
  }
  const fill = (n: number): void => {
    // Enough is known once no hidden number stands alone.
    if (fits.every(each => each.size > 1)) return
    const place = places[n]
    if (!place) {
      if (holds()) {
        for (const [m, at] of places.entries()) fits[m]!.add(values.get(key(at.table, at.row, at.column))!)
      }
      return
    }
    for (let value = 1; value <= most; value++) {
      values.set(key(place.table, place.row, place.column), value)
      fill(n + 1)
    }
  }
  fill(0)
  return fits
}

const hiddenCells = (shown: ShownTables) =>
  shown.tables.flatMap(table => table.cells.flat()).filter(value => value === null).length

const small = fc.oneof(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 9 }))

test('LOOP-20 R50 from what is shown, no hidden number of a table can be worked out', () => {
  let tried = 0
  fc.assert(
    fc.property(
      fc.array(fc.array(small, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 3 }),
      (rows: Numbers) => {
        const shown = suppress([rows], 3)
        if (hiddenCells(shown) > 4) return
        tried += 1
        for (const values of whatFits(shown, 3, 10)) expect(values.size).toBeGreaterThan(1)
      },
    ),
    { numRuns: 200 },
  )
  expect(tried).toBeGreaterThan(20)
})

test('LOOP-20 R50 nor from two tables together that cut the same numbers in two ways', () => {
  const cube = fc.array(
    fc.array(fc.array(fc.constantFrom(0, 0, 0, 1, 2, 6), { minLength: 2, maxLength: 2 }), {
      minLength: 2,
      maxLength: 2,
    }),
    { minLength: 2, maxLength: 2 },
  )
  let tried = 0
  fc.assert(
    fc.property(cube, numbers => {
      // numbers[group][quarter][column]
      const byGroup = numbers.map(group => [0, 1].map(c => group.reduce((sum, q) => sum + q[c]!, 0)))
      const byTime = [0, 1].map(q => [0, 1].map(c => numbers.reduce((sum, group) => sum + group[q]![c]!, 0)))
      const shown = suppress([byGroup, byTime], 2)
      if (hiddenCells(shown) > 4) return
      tried += 1
      for (const values of whatFits(shown, 2, 13)) expect(values.size).toBeGreaterThan(1)
    }),
    { numRuns: 300 },
  )
  expect(tried).toBeGreaterThan(20)
})

test('LOOP-20 R50 no shown number is small, all shown numbers are true, and large tables stay whole', () => {
  const cell = fc.integer({ min: 0, max: 40 })
  fc.assert(
    fc.property(
      fc.array(fc.array(cell, { minLength: 5, maxLength: 5 }), { minLength: 1, maxLength: 8 }),
      (rows: Numbers) => {
        const shown = suppress([rows], 5)
        const table = shown.tables[0]!
        for (const [r, row] of table.cells.entries()) {
          for (const [c, value] of row.entries()) {
            if (value === null) expect(rows[r]![c]).toBeGreaterThan(0)
            else {
              expect(value).toBe(rows[r]![c])
              expect(value === 0 || value >= 5).toBe(true)
            }
          }
        }
        for (const total of [...table.rowTotals, ...shown.columnTotals, shown.total]) {
          expect(total === null || total === 0 || total >= 5).toBe(true)
        }
        // What the hidden ones of a row add up to is not a small number either.
        for (const [r, row] of table.cells.entries()) {
          const total = table.rowTotals[r]
          if (total === null || total === undefined) continue
          const rest = total - row.reduce((sum: number, value) => sum + (value ?? 0), 0)
          expect(rest === 0 || rest >= 5).toBe(true)
        }
      },
    ),
  )
  expect(
    suppress(
      [
        [
          [10, 20],
          [30, 5],
        ],
      ],
      2,
    ),
  ).toEqual({
    tables: [
      {
        cells: [
          [10, 20],
          [30, 5],
        ],
        rowTotals: [30, 35],
      },
    ],
    columnTotals: [40, 25],
    total: 65,
  })
})

test('LOOP-20 R50 one person alone is hidden with all that leads to them', () => {
  expect(
    suppress(
      [
        [
          [1, 0],
          [0, 0],
        ],
      ],
      2,
    ),
  ).toEqual({
    tables: [
      {
        cells: [
          [null, 0],
          [0, 0],
        ],
        rowTotals: [null, 0],
      },
    ],
    columnTotals: [null, 0],
    total: null,
  })
  // Two small ones in a row: their sum would be known, so a third is hidden.
  const row = suppress([[[2, 1, 9, 40]]], 4).tables[0]!.cells[0]!
  expect(row.filter(value => value === null).length).toBeGreaterThan(2)
  expect(suppress([[]], 3)).toEqual({
    tables: [{ cells: [], rowTotals: [] }],
    columnTotals: [0, 0, 0],
    total: 0,
  })
})
