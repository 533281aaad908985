/**
 * Small numbers in public tables (LOOP-20, R50): a number from 1 to 4 is not shown, nor any other number from which
 * one could be worked out by adding and subtracting along rows and columns. Nought is shown: it is about nobody.
 *
 * A table whose cells add up to totals is a flow: each row and column is a node where what comes in goes out, each
 * number runs along one edge. A hidden number can be worked out exactly when no other numbers fit, and others fit
 * when a circle of hidden edges leads through it, along which one can be added or taken away. So for each small
 * number the cheapest such circle is hidden. Several tables that share their totals are one flow, and are safe
 * together.
 */

export interface Edge {
  readonly from: string
  readonly to: string
  readonly value: number
}

export const smallest = 5

const isSmall = (value: number) => value > 0 && value < smallest

/** @returns for each edge whether it is hidden */
export function hide(edges: readonly Edge[]): boolean[] {
  const hidden = edges.map(edge => isSmall(edge.value))
  for (let again = true; again; ) {
    again = false
    edges.forEach((_, at) => {
      if (!hidden[at] || canMove(edges, hidden, at)) return
      for (const other of cheapestCircle(edges, hidden, at)) hidden[other] = true
      again = true
    })
    // What the hidden ones of a line add up to can be worked out: it must not be a small number either.
    for (const at of smallSums(edges, hidden)) {
      hidden[at] = true
      again = true
    }
  }
  return hidden
}

/** Could this hidden number be another one, with everything that is shown as it is? */
export function canMove(edges: readonly Edge[], hidden: readonly boolean[], at: number): boolean {
  return path(edges, at, n => (hidden[n] ? 0 : undefined)) !== undefined
}

function cheapestCircle(edges: readonly Edge[], hidden: readonly boolean[], at: number): number[] {
  // Nought stays shown. A small price on each keeps the circle short.
  const found = path(edges, at, n => (hidden[n] ? 0 : edges[n]!.value > 0 ? edges[n]!.value + 1 : undefined))
  return found ?? edges.flatMap((edge, n) => (edge.value > 0 ? [n] : []))
}

/**
 * The cheapest way around from the end of an edge to its start, or the other way round when it can become less.
 * Forward along an edge adds one, backward takes one away; nothing goes below one, since nought is shown.
 */
function path(
  edges: readonly Edge[],
  at: number,
  price: (edge: number) => number | undefined,
): number[] | undefined {
  const edge = edges[at]!
  const more = walk(edges, at, edge.to, edge.from, price)
  const less = edge.value > 1 ? walk(edges, at, edge.from, edge.to, price) : undefined
  if (more && less) return less.cost < more.cost ? less.steps : more.steps
  return (more ?? less)?.steps
}

function walk(
  edges: readonly Edge[],
  without: number,
  start: string,
  end: string,
  price: (edge: number) => number | undefined,
): { cost: number; steps: number[] } | undefined {
  const best = new Map<string, { cost: number; steps: number[] }>([[start, { cost: 0, steps: [] }]])
  const done = new Set<string>()
  for (;;) {
    let node: string | undefined
    for (const [name, { cost }] of best) {
      if (!done.has(name) && (node === undefined || cost < best.get(node)!.cost)) node = name
    }
    if (node === undefined) return undefined
    if (node === end) return best.get(node)
    done.add(node)
    const here = best.get(node)!
    edges.forEach((edge, n) => {
      const cost = n === without ? undefined : price(n)
      if (cost === undefined) return
      const next = edge.from === node ? edge.to : edge.to === node && edge.value > 1 ? edge.from : undefined
      if (next === undefined || done.has(next)) return
      const before = best.get(next)
      if (!before || before.cost > here.cost + cost) {
        best.set(next, { cost: here.cost + cost, steps: [...here.steps, n] })
      }
    })
  }
}

/** For each line whose hidden numbers add up to a small one: one more of that line to hide. */
function smallSums(edges: readonly Edge[], hidden: readonly boolean[]): number[] {
  const nodes = new Set(edges.flatMap(edge => [edge.from, edge.to]))
  return [...nodes].flatMap(node => {
    const mine = edges.flatMap((edge, n) => (edge.from === node || edge.to === node ? [n] : []))
    const sum = (side: 'from' | 'to') =>
      mine.reduce((all, n) => all + (hidden[n] && edges[n]![side] === node ? edges[n]!.value : 0), 0)
    // What is hidden on one side only, or the difference of the two sides, is what can be worked out.
    const [out, into] = [sum('from'), sum('to')]
    if (!(isSmall(out) && into === 0) && !(isSmall(into) && out === 0)) return []
    const shown = mine.filter(n => !hidden[n] && edges[n]!.value > 0)
    const cheapest = shown.sort((a, b) => edges[a]!.value - edges[b]!.value)[0]
    return cheapest === undefined ? [] : [cheapest]
  })
}

/** Numbers by row and column; the totals follow from them. */
export type Numbers = readonly (readonly number[])[]

export interface Shown {
  /** `null` is not shown. */
  readonly cells: readonly (readonly (number | null)[])[]
  readonly rowTotals: readonly (number | null)[]
}

export interface ShownTables {
  readonly tables: readonly Shown[]
  /** The totals that all tables share. */
  readonly columnTotals: readonly (number | null)[]
  readonly total: number | null
}

/**
 * Tables of the same numbers cut in different ways (by group, by quarter): their columns are the same, so they
 * share the columns' totals.
 */
export function suppress(tables: readonly Numbers[], columns: number): ShownTables {
  const edges: Edge[] = []
  const add = (from: string, to: string, value: number) => edges.push({ from, to, value }) - 1
  const sum = (list: readonly number[]) => list.reduce((all, value) => all + value, 0)
  const totals = Array.from({ length: columns }, (_, c) => sum((tables[0] ?? []).map(row => row[c] ?? 0)))
  const at = tables.map((rows, t) => ({
    cells: rows.map((row, r) =>
      totals.map((_, c) =>
        // The first table flows to the columns, every other one from them back.
        t === 0
          ? add(`${t} row ${r}`, `column ${c}`, row[c] ?? 0)
          : add(`after ${c}`, `${t} row ${r}`, row[c] ?? 0),
      ),
    ),
    rowTotals: rows.map((row, r) =>
      t === 0 ? add('start', `${t} row ${r}`, sum(row)) : add(`${t} row ${r}`, 'end', sum(row)),
    ),
  }))
  const columnAt = totals.map((total, c) =>
    add(`column ${c}`, tables.length > 1 ? `after ${c}` : 'end', total),
  )
  const totalAt = add('end', 'start', sum(totals))
  const hidden = hide(edges)
  const show = (n: number) => (hidden[n] ? null : edges[n]!.value)
  return {
    tables: at.map(each => ({
      cells: each.cells.map(row => row.map(show)),
      rowTotals: each.rowTotals.map(show),
    })),
    columnTotals: columnAt.map(show),
    total: show(totalAt),
  }
}
