import type { Slice } from '#platform/http/route.ts'
import { anInsider, theTeam } from './access.ts'
import { bookingRoutes } from './bookings.tsx'
import { claimRoutes } from './claim.tsx'
import {
  expensesAtHome,
  expensesDue,
  expensesHeld,
  expensesKeptMonths,
  expensesOfWeek,
  keptExpenses,
  lateExpenses,
  leavingExpenses,
} from './home.ts'
import { mineRoutes } from './mine.tsx'
import { expensePaths } from './paths.ts'
import { expensesOn } from './setting.ts'
import { teamRoutes } from './team.tsx'

export {
  addCost,
  agreeRate,
  answerBooking,
  approveClaim,
  askToBook,
  beginClaim,
  payClaim,
  sayNoToClaim,
  sendClaim,
} from './changes.ts'
export { expensePaths, expensesOn }

/** Off by default: claims with receipts, two people who say yes, bookings so that nobody pays first. */
export const expenses: Slice = {
  name: 'expenses',
  routes: [...mineRoutes, ...bookingRoutes, ...claimRoutes, ...teamRoutes],
  doors: [
    {
      in: 'home',
      text: 'Your expenses',
      hint: 'We book things for you, or pay you back.',
      path: expensePaths.mine,
      who: anInsider,
      order: 70,
      while: expensesOn,
    },
    {
      in: 'team',
      under: 'People',
      text: 'Everybody’s expenses',
      hint: 'Two people say yes to each claim.',
      path: expensePaths.all,
      who: theTeam,
      order: 70,
      while: expensesOn,
    },
  ],
  personDoors: [
    {
      text: 'Write down expenses for this person',
      path: expensePaths.newFor,
      who: theTeam,
      order: 70,
      while: expensesOn,
      needsPlace: true,
    },
    {
      text: 'Book something for this person',
      path: expensePaths.bookFor,
      who: theTeam,
      order: 71,
      while: expensesOn,
      needsPlace: true,
    },
  ],
  home: expensesAtHome,
  due: expensesDue,
  late: lateExpenses,
  week: visit => (theTeam.holds(visit.actor, undefined) ? expensesOfWeek(visit) : []),
  held: expensesHeld,
  leaving: leavingExpenses,
  kept: [keptExpenses],
  settings: [expensesOn, expensesKeptMonths],
}
