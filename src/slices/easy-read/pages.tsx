import type { ReactNode } from 'react'
import { clockOn } from '#kernel/clocks.ts'
import { askTogether } from '#platform/database/questions.ts'
import { type AnyRoute, page, type Screen, show, type Visit } from '#platform/http/route.ts'
import { settingOf } from '#platform/network-settings.ts'
import { anyone } from '#platform/permission.ts'
import { expensesOn } from '#slices/expenses/index.ts'
import { factsQuestion, networkPaths } from '#slices/networks/index.ts'
import { rolePaths, rolesOf } from '#slices/roles/index.ts'
import { type Booklet, type Known, type Line, needHelp, type Part } from './booklet.ts'
import { easyReadPaths as paths } from './paths.ts'
import { Picture } from './pictures.tsx'
import { register } from './register.ts'
import { rights } from './rights.ts'
import { role } from './role.ts'
import { whatHappens } from './what-happens.ts'

export const booklets: readonly Booklet[] = [role, register, whatHappens, rights]

/** The pages that matter, one idea a line, with pictures; for anybody (REACH-11). */
export const easyReadRoutes: AnyRoute[] = [
  page('/:network/easy-read', {
    who: anyone,
    audit: 'nothing',
    handler: async visit => show(list(await knownOf(visit))),
  }),
  // An address for each, so that each has its help and its place in the route table.
  ...booklets.map(booklet =>
    page(`/:network/easy-read/${booklet.at}`, {
      who: anyone,
      audit: 'nothing',
      handler: async visit => show(one(booklet, await knownOf(visit))),
    }),
  ),
]

/** How many roles a booklet names: a long list is no easy read. */
const mostRoles = 6

async function knownOf(visit: Visit): Promise<Known> {
  const { network, tx, today } = visit
  const [facts] = await askTogether(tx, [factsQuestion(network.id)])
  const roles = await rolesOf(tx, 'open')
  return {
    slug: network.slug,
    shortName: network.shortName,
    phone: network.phone,
    email: facts.contact?.email ?? null,
    days: clock => {
      const days = clockOn(clock, today, network.clocks)
      return `${days} working ${days === 1 ? 'day' : 'days'}`
    },
    paysCosts: settingOf(network, expensesOn),
    roles: roles
      .slice(0, mostRoles)
      .map(each => ({ title: each.title, href: rolePaths.one(network.slug, each.slug) })),
  }
}

function list(known: Known): Screen {
  return {
    title: 'Easy read',
    back: { href: networkPaths.front(known.slug), text: `Back to ${known.shortName}` },
    body: (
      <div className="loop-easy">
        <Lines
          lines={[
            ['paper', 'These pages have short words.'],
            ['eye', 'Each line has a picture.'],
          ]}
        />
        <h2>Choose what to read</h2>
        <ul className="loop-easy__lines">
          {booklets.map(each => (
            <li className="loop-easy__line" key={each.at}>
              <Picture name={each.picture} />
              <div className="loop-easy__words">
                <a href={paths.one(known.slug, each.at)}>{each.title}</a>
                <p>{each.about}</p>
              </div>
            </li>
          ))}
        </ul>
        <InPart {...needHelp(known)} />
      </div>
    ),
  }
}

function one(booklet: Booklet, known: Known): Screen {
  return {
    title: booklet.title,
    caption: 'Easy read',
    back: { href: paths.list(known.slug), text: 'Easy read' },
    body: (
      <div className="loop-easy">
        {booklet.parts(known).map(part => (
          <InPart {...part} key={part.heading} />
        ))}
        <InPart {...needHelp(known)} />
        <h2>Read more</h2>
        <Lines
          lines={[
            ['learn', `A longer page: [${booklet.longer.text}](/${known.slug}${booklet.longer.path}).`],
            ['paper', `More in [Easy read](${paths.list(known.slug)}).`],
          ]}
        />
      </div>
    ),
  }
}

function InPart({ heading, lines }: Part) {
  return (
    <section>
      <h2>{heading}</h2>
      <Lines lines={lines} />
    </section>
  )
}

/** In order: one idea after the other. */
function Lines({ lines }: { lines: readonly Line[] }) {
  return (
    <ol className="loop-easy__lines">
      {lines.map(([picture, words]) => (
        <li className="loop-easy__line" key={words}>
          <Picture name={picture} />
          <p className="loop-easy__words">{shown(words)}</p>
        </li>
      ))}
    </ol>
  )
}

const marks = /\*([^*]+)\*|\[([^\]]+)\]\(([^)]+)\)/

/** `*hard word*` in bold, `[words](address)` as a link. */
function shown(words: string): ReactNode {
  const found = marks.exec(words)
  if (!found) return words
  const [all, hard, link, href] = found
  return (
    <>
      {words.slice(0, found.index)}
      {hard ? <strong>{hard}</strong> : <a href={href}>{link}</a>}
      {shown(words.slice(found.index + all.length))}
    </>
  )
}
