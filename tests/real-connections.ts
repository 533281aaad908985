import type { TestHouse } from './house.ts'

/** Each service that a network may be connected to. */
export async function realConnections(house: TestHouse): Promise<Record<string, Record<string, string>[]>> {
  const kinds = house.app.slices.flatMap(each => each.connections ?? []).map(each => each.kind)
  return { '/:network/team/connections/:connection': kinds.map(connection => ({ connection })) }
}
