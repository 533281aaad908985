import type { Slice } from '#platform/http/route.ts'
import { expensesOn } from './setting.ts'

export { expensesOn }

/** Off by default: claims, receipts, and two people who approve. */
export const expenses: Slice = { name: 'expenses', routes: [], settings: [expensesOn] }
