/**
 * The fair method (PEOPLE-11), as a league: each idea meets each other idea once. More people put A before B: A wins and
 * gets 2 points; as many: 1 point each. More points come first; then, as goals in a league, by how many more people
 * were for it than against it in all its matches; whoever is then still level shares the place.
 *
 * An idea that beats every other one is always first; whoever adds a weak idea next to a strong one helps neither; and
 * nobody gains by leaving their other wishes out.
 */
export interface LeagueRow {
  readonly id: number
  readonly won: number
  readonly drawn: number
  readonly lost: number
  readonly points: number
  /** People for it less people against it, over all matches. */
  readonly margin: number
  /** From 1; those who are level share it. */
  readonly place: number
}

/** Idea to place; 1 is first. Two may share a place. What has none comes after all that have one. */
export type Ranking = Readonly<Record<string, number>>

export function league(ids: readonly number[], rankings: readonly Ranking[]): LeagueRow[] {
  const placeIn = (ranking: Ranking, id: number) => ranking[id] ?? Number.POSITIVE_INFINITY
  const rows = ids.map(id => {
    let won = 0
    let drawn = 0
    let lost = 0
    let margin = 0
    for (const other of ids) {
      if (other === id) continue
      const more = rankings.reduce(
        (sum, each) => sum + Math.sign(signed(placeIn(each, other)) - signed(placeIn(each, id))),
        0,
      )
      margin += more
      if (more > 0) won++
      else if (more < 0) lost++
      else drawn++
    }
    return { id, won, drawn, lost, points: 2 * won + drawn, margin }
  })
  const before = (a: (typeof rows)[number], b: (typeof rows)[number]) =>
    b.points - a.points || b.margin - a.margin
  return rows
    .map(row => ({ ...row, place: 1 + rows.filter(other => before(other, row) < 0).length }))
    .sort((a, b) => a.place - b.place || a.id - b.id)
}

// Two without a place are level: infinity less infinity is no number.
const signed = (place: number) => (Number.isFinite(place) ? place : 1e9)
