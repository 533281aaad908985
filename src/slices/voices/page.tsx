import { Empty, InsetText, Table } from '#design/index.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { type AnyRoute, page, type Screen, show, type Visit } from '#platform/http/route.ts'
import { aMemberOrTheTeam } from '#platform/permission.ts'
import { rolePaths } from '#slices/roles/index.ts'
import { type Gaps, type Picture, pictureOf, spreadOf } from './spread.ts'

export const voicesPath = (slug: string) => `/${slug}/voices`

export const voiceRoutes: AnyRoute[] = [
  page('/:network/voices', {
    who: aMemberOrTheTeam,
    audit: 'nothing',
    async handler(visit) {
      const since = visit.today.subtract({ years: 1 })
      return show(voices(visit, pictureOf(await spreadOf(visit.tx, since, visit.today))))
    },
  }),
]

/** "Some" is at least one; how many is not shown. */
const words = (count: number | null) => (count === null ? 'Some' : count === 0 ? 'None' : String(count))

function voices(visit: Visit, picture: Picture): Screen {
  const { slug } = visit.network
  const { gaps, rows, columns } = picture
  return {
    title: 'Where the voices come from',
    caption: 'The last 12 months',
    back: { href: `/${slug}/home`, text: 'Home' },
    wide: true,
    body: (
      <>
        <p>
          Each view counts for the hospital it is about, or for the one that whoever said it knows best. In
          all:{' '}
          {picture.total === null
            ? 'some views'
            : `${picture.total} ${picture.total === 1 ? 'view' : 'views'}`}
          .
        </p>
        <h2 className="nhsuk-heading-m">Where to ask next</h2>
        <WhereToAsk slug={slug} gaps={gaps} />
        <Table
          caption="Trusts"
          columns={[
            { title: 'Trust' },
            { title: 'Volunteers who know it best', numeric: true },
            { title: 'Views', numeric: true },
          ]}
          rows={rows.map(row => [theirs(row.name), words(row.volunteers), words(row.views)])}
        />
        <Table
          caption="Priorities"
          columns={[{ title: 'Priority' }, { title: 'Views', numeric: true }]}
          rows={columns.map(column => [column.title, words(column.views)])}
        />
        <Table
          caption="Views of each Trust about each priority"
          columns={[{ title: 'Trust' }, ...columns.map(({ title }) => ({ title, numeric: true }))]}
          rows={rows.map(row => [theirs(row.name), ...row.cells.map(words)])}
        />
        <InsetText>
          A number from 1 to 4 could tell you who somebody is. So it reads “Some”, and so does any other from
          which you could work it out.
        </InsetText>
      </>
    ),
  }
}

function WhereToAsk({ slug, gaps }: { slug: string; gaps: Gaps }) {
  const { silent, withoutVolunteer, untouched } = gaps
  if (silent.length + withoutVolunteer.length + untouched.length === 0) {
    return <Empty>We hear from every Trust and about every priority.</Empty>
  }
  const withContact = ({ name, contacts }: Gaps['silent'][number]) =>
    contacts.length > 0
      ? `${theirs(name)}: ask ${theirs(contacts.join(' or '))}, its contact for involvement`
      : theirs(name)
  return (
    <>
      <List title="We have heard nothing about these Trusts:" items={silent.map(withContact)} />
      <List
        title="No volunteer has told us that they know these best:"
        items={withoutVolunteer.map(withContact)}
      />
      <List title="Nobody has said anything about these priorities:" items={untouched} />
      <p>
        You can show people <a href={rolePaths.list(slug)}>the ways to take part</a>.
      </p>
    </>
  )
}

function List({ title, items }: { title: string; items: readonly string[] }) {
  if (items.length === 0) return null
  return (
    <>
      <p>{title}</p>
      <ul className="nhsuk-list nhsuk-list--bullet">
        {items.map(each => (
          <li key={each}>{each}</li>
        ))}
      </ul>
    </>
  )
}
