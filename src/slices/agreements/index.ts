import type { Slice } from '#platform/http/route.ts'
import { aMemberOrTheTeam, theTeam } from '#platform/permission.ts'
import { giveDefaultAgreements } from './changes.ts'
import { agreementsDue, lateAgreements } from './clockwork.ts'
import { held, kept, leaving } from './holding.ts'
import { agreementsAtHome, agreementsInWeek } from './home.ts'
import { agreementPaths } from './paths.ts'
import { personRoutes } from './person.tsx'
import { withoutAgreement } from './settings.ts'
import { teamRoutes } from './team.tsx'

export { rolesOf } from './agreement.ts'
export { addAgreement, answerAgreement, giveDefaultAgreements, publishVersion } from './changes.ts'
export { agreedForVoting, getsPapers } from './may-vote.ts'
export { type AgreementOfPerson, agreementsOf, loadAgreement } from './queries.ts'
export { withoutAgreement } from './settings.ts'
export type { ForRole } from './tables.ts'
export { agreementPaths }

export const agreements: Slice = {
  name: 'agreements',
  routes: [...personRoutes, ...teamRoutes],
  begins: giveDefaultAgreements,
  due: agreementsDue,
  home: agreementsAtHome,
  late: lateAgreements,
  week: agreementsInWeek,
  held,
  leaving,
  kept,
  settings: [withoutAgreement, ...kept.map(each => each.months)],
  doors: [
    {
      in: 'account',
      text: 'My agreements',
      hint: 'What you agreed to, and when',
      path: agreementPaths.mine,
      who: aMemberOrTheTeam,
      order: 42,
    },
    {
      in: 'team',
      text: 'Agreements',
      hint: 'Role, confidentiality, conduct: who agreed to which version',
      path: agreementPaths.team,
      who: theTeam,
      order: 41,
      under: 'People',
    },
  ],
  personDoors: [
    {
      text: 'Their agreements',
      hint: 'Write down what they told you',
      path: agreementPaths.of,
      who: theTeam,
      order: 41,
    },
  ],
}
