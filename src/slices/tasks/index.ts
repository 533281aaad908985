import type { Slice } from '#platform/http/route.ts'
import { theTeam } from '#platform/permission.ts'
import { aVolunteer } from './access.ts'
import { askingRoutes } from './asking.tsx'
import { findTasks, lateTasks, tasksAtHome, tasksDue, tasksOfWeek } from './home.ts'
import { listRoutes } from './list.tsx'
import { oneRoute } from './one.tsx'
import { taskPaths } from './paths.ts'
import { taskReplies } from './replies.ts'
import { keptTasks, leavingTasks, tasksHeld, tasksKeptMonths } from './rights.ts'
import { stepRoutes } from './steps.tsx'

export {
  answerTask,
  askPeople,
  endTask,
  finishTask,
  makeTask,
  type NewTask,
  stepBackFromTask,
  thankForTask,
} from './changes.ts'
export { taskPaths }

/** Asked of one or open to many; accepted, declined, done and thanked. */
export const tasks: Slice = {
  name: 'tasks',
  routes: [...listRoutes, ...askingRoutes, oneRoute, ...stepRoutes],
  doors: [
    {
      in: 'home',
      text: 'Tasks',
      hint: 'Things you can help with. You can always say no.',
      path: taskPaths.list,
      who: aVolunteer,
      order: 40,
    },
    {
      in: 'team',
      under: 'People',
      text: 'Tasks for volunteers',
      hint: 'Ask for help, and see that the same few are not always asked.',
      path: taskPaths.list,
      who: theTeam,
      order: 40,
    },
  ],
  personDoors: [
    {
      text: 'Tasks of this person',
      hint: 'What they were asked for, and what they did.',
      path: (slug, personId) => `${taskPaths.list(slug)}?show=all&person=${personId}`,
      who: theTeam,
      order: 40,
    },
  ],
  home: tasksAtHome,
  due: tasksDue,
  late: lateTasks,
  search: findTasks,
  week: visit => (theTeam.holds(visit.actor, undefined) ? tasksOfWeek() : []),
  held: tasksHeld,
  leaving: leavingTasks,
  kept: [keptTasks],
  settings: [tasksKeptMonths],
  replies: [taskReplies],
}
