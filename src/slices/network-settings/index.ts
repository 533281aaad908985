import type { Slice } from '#platform/http/route.ts'
import { anAdministrator, theTeam } from '#platform/permission.ts'
import './tables.ts'
import { changesRoute } from './changes-page.tsx'
import { choiceRoutes } from './choices-pages.tsx'
import { groupSettingsRoutes } from './groups-pages.tsx'
import { hubRoute } from './hub.tsx'
import { importRoutes } from './import-pages.tsx'
import { nameRoute } from './name-page.tsx'
import { settingsPaths } from './paths.ts'
import { placesRoutes, trustRoutes } from './places-pages.tsx'
import { moveMerged } from './places-store.ts'
import { textRoutes } from './texts-pages.tsx'

export { addGroup, type GroupKind, type GroupWords, groupKinds, kindWords } from './groups.ts'
export { NameFields, nameShape } from './name-page.tsx'
export { header as placesHeader, type PlaceTrust, planPlaces, readPlaces } from './places.ts'
export { bringIn } from './places-store.ts'
export { freeSlug } from './slug.ts'
export { sayText, type TextName, type Texts, textsOf, textsQuestion } from './texts.ts'
export { settingsPaths }

/**
 * What a network sets for itself: places, groups, texts and choices, with who changed what.
 * @param slices all rooms, each with its settings
 */
export const networkSettings = (slices: () => readonly Slice[]): Slice => ({
  name: 'network-settings',
  routes: [
    hubRoute(slices),
    nameRoute,
    ...placesRoutes,
    // Before the address with a Trust in it.
    ...importRoutes,
    ...trustRoutes,
    ...groupSettingsRoutes,
    ...choiceRoutes(slices),
    ...textRoutes,
    changesRoute(slices),
  ],
  doors: [
    {
      in: 'team',
      under: 'The network',
      text: 'Settings of the network',
      hint: 'Trusts, groups, promises, choices and words',
      path: settingsPaths.all,
      who: theTeam,
      order: 10,
    },
    {
      in: 'home',
      text: 'Settings of the network',
      hint: 'Trusts, groups, choices and words.',
      path: settingsPaths.all,
      who: anAdministrator,
      order: 40,
    },
  ],
  due: moveMerged,
})
