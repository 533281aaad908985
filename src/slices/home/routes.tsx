import { ButtonLink, Details, Empty, LinkList, type Task, TaskList } from '#design/index.ts'
import { dueInWords, momentInWords } from '#kernel/calendar/words.ts'
import { type AnyRoute, type HomeLine, page, type Slice, show, type Visit } from '#platform/http/route.ts'
import { aPerson, isTeam } from '#platform/permission.ts'
import { type Gathered, gather } from './gather.ts'
import { lastHere } from './last-visit.ts'
import { tasksFor } from './tasks.ts'

/** More is a list of its own; what is late stands first, so nothing late is ever cut off unseen. */
const mostOfEach = 25

/** What needs you, what moved, what you wait for, and what you can do (LOOP-19). */
export function homeRoute(parts: () => readonly Slice[]): AnyRoute {
  return page('/:network/home', {
    who: aPerson,
    audit: 'nothing',
    async handler(visit) {
      const since = await lastHere(visit)
      const all = await gather(visit, parts(), since)
      const tasks = tasksFor(visit.me, visit.network, parts())
      return show({
        title: `Hello ${visit.me.knownAs}`,
        needs: all.count,
        body: (
          <>
            {tasks.button && <ButtonLink href={tasks.button.href}>{tasks.button.text}</ButtonLink>}
            <h2>What needs you now</h2>
            <Needs visit={visit} all={all} />
            {all.coming.length > 0 && (
              <>
                <h2>Coming up</h2>
                <Lines lines={all.coming} visit={visit} />
              </>
            )}
            {all.moved.length > 0 && (
              <>
                <h2>What moved since you were last here</h2>
                <Lines lines={all.moved} visit={visit} />
              </>
            )}
            {all.moved.length === 0 && since && (
              <p>Nothing moved since you were last here, {momentInWords(since)}.</p>
            )}
            <h2>What you are waiting for</h2>
            {all.waiting.length > 0 ? (
              <Lines lines={all.waiting} visit={visit} />
            ) : (
              <Empty>Nobody owes you an answer at the moment.</Empty>
            )}
            <h2>What you can do here</h2>
            <LinkList links={tasks.first} />
            {tasks.more.length > 0 && (
              <Details summary="More that you can do here">
                <LinkList links={tasks.more} />
              </Details>
            )}
          </>
        ),
      })
    },
  })
}

function Needs({ visit, all }: { visit: Visit; all: Gathered }) {
  if (all.needs.length > 0) return <Lines lines={all.needs} visit={visit} />
  return (
    <Empty>
      {isTeam(visit.me)
        ? 'Nothing waits for you. Everybody has had their answer so far. Well done.'
        : 'Nothing needs you today. Thank you for looking in.'}
    </Empty>
  )
}

function Lines({ lines, visit }: { lines: readonly HomeLine[]; visit: Visit }) {
  const more = lines.length - mostOfEach
  return (
    <>
      <TaskList items={lines.slice(0, mostOfEach).map(line => taskOf(line, visit))} />
      {more > 0 && <p>And {more} more. You find them in the lists below.</p>}
    </>
  )
}

function taskOf(line: HomeLine, visit: Visit): Task {
  const due = line.due ? dueInWords(line.due, visit.today) : undefined
  const at = line.at ? momentInWords(line.at) : undefined
  const hint = [line.hint, at].filter(Boolean).join(', ')
  return {
    title: line.title,
    href: line.href,
    status: line.status,
    ...(hint ? { hint } : {}),
    ...(due ? { dueWords: due.words, late: due.late } : {}),
  }
}
