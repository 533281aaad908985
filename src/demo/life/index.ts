import type { Tx } from '#platform/database/tables.ts'
import { dueInNetwork } from '#platform/delivery/due.ts'
import type { House } from '#platform/house.ts'
import type { Slice } from '#platform/http/route.ts'
import type { Settled } from '../settle.ts'
import { layOutAgendas } from './agendas.ts'
import { applicationScenes } from './applications.ts'
import { boardScenes } from './board.ts'
import { calendarScenes } from './calendar-answers.ts'
import { concernsScenes } from './concerns.ts'
import { deviceScenes } from './devices.ts'
import { inductionScenes } from './induction.ts'
import { intakeScenes } from './intake.ts'
import { settleMessages } from './messages.ts'
import { needsScenes } from './needs.ts'
import { networkScenes } from './network.ts'
import { quietMeetings } from './quiet-meetings.ts'
import { requestScenes } from './requests.ts'
import { rightsScenes } from './rights.ts'
import { talkScenes } from './talk.ts'
import { textsThatCameIn } from './texts.ts'
import { translatedScenes } from './translated.ts'
import { scenesOf, type ViewStory } from './view-scenes.ts'
import { viewsElsewhere, viewsJustIn } from './views-just-in.ts'
import { viewsOnTheirWay } from './views-on-their-way.ts'
import { viewsThatClosed } from './views-that-closed.ts'
import { workScenes } from './work.ts'
import { actorsOf, enter, play, type Scene, type World } from './world.ts'

/**
 * Six months of life, told with the slices' own functions: each step decides, writes history and tells people just
 * as it would on that day, and each morning the clock does what was due.
 * @returns what the product's own rules refused: nothing, in a good story
 */
export async function tellLife(
  house: House,
  slices: readonly Slice[],
  tx: Tx,
  settled: Settled,
): Promise<readonly string[]> {
  const entry = await enter(tx, settled)
  const refusals: string[] = []
  const actors = await actorsOf(tx, settled.networkId)
  const world: World = { house, slices, tx, entry, settled, actors, refusals }
  await layOutAgendas(world)
  await play(
    world,
    [...scenesFor(settled.slug), ...peopleScenes(settled.slug), ...quietMeetings(world)],
    at => dueInNetwork(house, tx, world.entry, slices, at),
  )
  await play(world, translatedScenes(settled.slug), async () => {})
  await settleMessages(world)
  await textsThatCameIn(world)
  return refusals
}

function scenesFor(slug: string): Scene[] {
  if (slug !== 'wmin') return viewsElsewhere.flatMap(scenesOf)
  const stories: readonly ViewStory[] = [...viewsThatClosed, ...viewsOnTheirWay, ...viewsJustIn]
  return [...stories.flatMap(scenesOf), ...boardScenes, ...requestScenes(1_000), ...applicationScenes(2_000)]
}

/** Volunteers from the first word to a goodbye, and what makes them strong and safe. */
function peopleScenes(slug: string): Scene[] {
  return [
    ...intakeScenes(slug),
    ...needsScenes(slug),
    ...inductionScenes(slug),
    ...concernsScenes(slug),
    ...rightsScenes(slug),
    ...workScenes(slug),
    ...talkScenes(slug),
    ...deviceScenes(slug),
    ...calendarScenes(slug),
    ...networkScenes(slug),
  ]
}
