import { ButtonLink, Card, Empty, InsetText, SummaryList, telephone } from '#design/index.ts'
import { type AnyRoute, page, type Screen, show, type Visit } from '#platform/http/route.ts'
import { settingOf } from '#platform/network-settings.ts'
import { anyone } from '#platform/permission.ts'
import { expensesOn } from '#slices/expenses/index.ts'
import { rolePaths as paths } from './paths.ts'
import { type OfferedRole, pageLength, roleBySlug, rolesOf } from './queries.ts'

/** What somebody could do here, for anybody (PEOPLE-2). */
export const publicRoutes: AnyRoute[] = [
  page('/:network/roles', {
    who: anyone,
    audit: 'nothing',
    handler: async visit => show(list(visit, await rolesOf(visit.tx, 'open'))),
  }),
  page<OfferedRole>('/:network/roles/:role', {
    who: anyone,
    audit: 'nothing',
    load: visit => roleBySlug(visit.tx, visit.params.role),
    handler: visit => show(one(visit)),
  }),
]

function list(visit: Visit, roles: readonly OfferedRole[]): Screen {
  const { slug, name } = visit.network
  return {
    title: 'Ways to take part',
    easyRead: 'role',
    back: { href: `/${slug}`, text: name },
    body: (
      <>
        <p>
          You do not need to know anything about imaging, such as X-rays and scans. What counts is what you
          live through and what you see.
        </p>
        {roles.length === 0 ? (
          <Empty>
            There is no list of roles yet. You can take part all the same: tell us, and we find out together
            what suits you.
          </Empty>
        ) : (
          roles.slice(0, pageLength).map(role => (
            <Card title={role.title} href={paths.one(slug, role.slug)} key={role.slug}>
              <p>{role.takes}</p>
            </Card>
          ))
        )}
        <h2 className="nhsuk-heading-m">Not sure?</h2>
        <p>You do not have to choose. Register, and we talk about what you would like.</p>
        <ButtonLink href={`/${slug}/register`} secondary>
          Register without choosing a role
        </ButtonLink>
      </>
    ),
  }
}

function one(visit: Visit<OfferedRole>): Screen {
  const { slug, phone } = visit.network
  const role = visit.thing
  const paid = settingOf(visit.network, expensesOn)
  return {
    title: role.title,
    caption: 'Ways to take part',
    back: { href: paths.list(slug), text: 'Ways to take part' },
    body: (
      <>
        {role.state === 'closed' && (
          <InsetText>This role is full or has ended. You can still register, and we look together.</InsetText>
        )}
        <Lines words={role.about} />
        {role.group && <p>You would be in: {role.group}.</p>}
        <h2 className="nhsuk-heading-m">What we ask</h2>
        <Lines words={role.asked} />
        <h2 className="nhsuk-heading-m">What you get</h2>
        <Lines words={role.given} />
        <SummaryList
          rows={[
            { key: 'Your time', value: role.takes },
            {
              key: 'Expenses',
              value: paid
                ? 'We pay what it costs you to take part, such as travel.'
                : 'We do not pay expenses at the moment. You can take part from home, by phone or online.',
            },
          ]}
        />
        <ButtonLink href={role.state === 'open' ? paths.register(slug, role.slug) : `/${slug}/register`}>
          Register for this role
        </ButtonLink>
        {phone && (
          <p>
            You can also ring us on <a href={telephone(phone)}>{phone}</a>, and we write it down for you.
          </p>
        )}
      </>
    ),
  }
}

const Lines = ({ words }: { words: string }) => (
  <>
    {words.split(/\n+/).map((line, n) => (
      <p key={n}>{line}</p>
    ))}
  </>
)
