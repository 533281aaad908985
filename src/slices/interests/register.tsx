import { ButtonLink, Empty, LinkList, Pagination, StatusTag, SummaryList, Table } from '#design/index.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { PlainDate } from '#platform/database/tables.ts'
import { page, show, type Visit } from '#platform/http/route.ts'
import { aMember, anyone, isTeam, theTeam } from '#platform/permission.ts'
import {
  confirmBy,
  isLateDeclared,
  kindWords,
  type OrganisationKind,
  organisationWords,
  typeWords,
} from './interest.ts'
import { interestPaths } from './paths.ts'
import { type Line, type Registered, register } from './queries.ts'
import { keepingOf } from './settings.ts'

const whatItIs = (line: Line) =>
  [line.organisation, line.trust, line.project].filter(each => each !== null && each !== '').join(', ')

/** "A charity or a patient group. ", where it is known. */
const bodyInWords = (kind: OrganisationKind) => (kind === 'other' ? '' : `${organisationWords[kind]}. `)

const when = (line: Pick<Line, 'from_on' | 'to_on'>, today: PlainDate) =>
  line.to_on === null
    ? `Since ${dateInWords(line.from_on)}`
    : `${dateInWords(line.from_on)} to ${dateInWords(line.to_on)}${line.to_on.toString() < today.toString() ? ' (over)' : ''}`

function Interests({ list, visit, links }: { list: readonly Line[]; visit: Visit; links: boolean }) {
  return (
    <Table
      caption="Interests"
      captionHidden
      columns={[{ title: 'Where' }, { title: 'What' }, { title: 'Kind' }, { title: 'When' }]}
      rows={list.map(line => [
        links ? (
          <a key="where" href={interestPaths.one(visit.network.slug, line.id)}>
            <bdi>{whatItIs(line)}</bdi>
          </a>
        ) : (
          <bdi key="where">{whatItIs(line)}</bdi>
        ),
        <>
          <bdi>{line.what}</bdi>
          {line.whose && ` (${theirs(line.whose)})`}
          {line.what_is_done !== '' && (
            <>
              <br />
              What is done about it: <bdi>{line.what_is_done}</bdi>
            </>
          )}
          {links && line.withhold_asked !== '' && (
            <>
              {' '}
              <StatusTag tone="waiting">Asked to be kept out</StatusTag>
            </>
          )}
          {links && line.withheld_because !== '' && (
            <>
              {' '}
              <StatusTag tone="stopped">Not public</StatusTag>
            </>
          )}
          {links && isLateDeclared(line.from_on, line.declaredOn, keepingOf(visit.network).daysToDeclare) && (
            <>
              {' '}
              <StatusTag tone="late">Declared late</StatusTag>
            </>
          )}
        </>,
        `${typeWords[line.type]}. ${bodyInWords(line.organisation_kind)}${kindWords[line.conflict]}`,
        when(line, visit.today),
      ])}
    />
  )
}

/** What a register says of one person besides the interests themselves. */
function lastSaid({ lastOn, isNil, interests }: Registered): string {
  if (lastOn === null) return 'Has not declared anything yet.'
  const none = isNil && interests.length === 0
  return `${none ? 'Nothing to declare. ' : ''}Last confirmed on ${dateInWords(lastOn)}.`
}

const afterOf = (visit: Pick<Visit, 'query'>): number | undefined => {
  const given = visit.query.get('after') ?? ''
  return /^\d{1,9}$/.test(given) ? Number(given) : undefined
}

const NextPage = ({ people, more }: { people: readonly Registered[]; more: boolean }) => (
  <Pagination next={more ? { href: `?after=${people.at(-1)!.personId}` } : undefined} />
)

const publicRegister = page('/:network/interests', {
  who: anyone,
  audit: 'nothing',
  async handler(visit) {
    const { tx, today, network, actor } = visit
    const keeping = keepingOf(network)
    const { people, more } = await register(tx, today, 'public', keeping, { after: afterOf(visit) })
    const nameOf = (each: Registered) => (each.isVolunteer && !each.named ? 'A volunteer' : theirs(each.name))
    return show({
      title: 'Register of interests',
      wide: true,
      body: (
        <>
          <p>
            Everybody who votes in a group of this network says what they have a stake in. So all can see it
            when a decision touches it. What has ended stays here for {keeping.monthsShown} months.
          </p>
          {actor && (
            <LinkList
              links={[
                ...(aMember.holds(actor, undefined)
                  ? [{ href: interestPaths.mine(network.slug), text: 'My interests' }]
                  : []),
                ...(isTeam(actor)
                  ? [{ href: interestPaths.all(network.slug), text: 'The whole register, for the team' }]
                  : []),
              ]}
            />
          )}
          {people.length === 0 && (
            <Empty>
              {visit.query.has('after')
                ? 'There is nobody after that.'
                : 'Nobody votes in a group of this network yet.'}
            </Empty>
          )}
          {people.map(each => (
            <section key={each.personId}>
              <h2 className="nhsuk-heading-s">{nameOf(each)}</h2>
              <p>
                {theirs(each.groups.join(', '))}. {lastSaid(each)}
              </p>
              {each.interests.length > 0 && <Interests list={each.interests} visit={visit} links={false} />}
            </section>
          ))}
          <NextPage people={people} more={more} />
          <p>Volunteers are named here only if they want to be.</p>
        </>
      ),
    })
  },
})

const mine = page('/:network/interests/mine', {
  who: aMember,
  audit: 'nothing',
  async handler(visit) {
    const { tx, today, network, me } = visit
    const {
      people: [own],
    } = await register(tx, today, 'all', keepingOf(network), { personId: me.personId })
    const slug = network.slug
    const by = own?.lastOn && confirmBy(own.lastOn, keepingOf(network).monthsBetween)
    return show({
      title: 'My interests',
      back: { href: interestPaths.register(slug), text: 'Register of interests' },
      wide: true,
      body: (
        <>
          <p>
            An interest is a stake in something that a group may talk about: work, money, a place in a
            charity, or somebody close to you who has one. Having one is no fault. Saying so keeps decisions
            fair.
          </p>
          <ButtonLink href={interestPaths.new(slug)}>Declare an interest</ButtonLink>
          {own && own.interests.length > 0 ? (
            <Interests list={own.interests} visit={visit} links />
          ) : (
            <Empty>
              {own?.isNil
                ? 'You said that you have nothing to declare.'
                : 'You have not declared an interest.'}
            </Empty>
          )}
          <SummaryList
            rows={[
              {
                key: 'Last confirmed',
                value: own?.lastOn ? dateInWords(own.lastOn) : 'Not yet',
                action: { href: interestPaths.confirm(slug), text: 'Confirm', about: 'my interests' },
              },
              ...(by ? [{ key: 'Next time by', value: dateInWords(by) }] : []),
              ...(own?.isVolunteer
                ? [
                    {
                      key: 'My name in the public register',
                      value: own.named ? 'Shown' : 'Not shown',
                      action: {
                        href: interestPaths.name(slug),
                        text: 'Change',
                        about: 'if my name is shown',
                      },
                    },
                  ]
                : []),
            ]}
          />
        </>
      ),
    })
  },
})

const all = page('/:network/interests/all', {
  who: theTeam,
  audit: 'interests-listed',
  async handler(visit) {
    const { tx, today, network } = visit
    const keeping = keepingOf(network)
    const { people, more } = await register(tx, today, 'all', keeping, { after: afterOf(visit) })
    const slug = network.slug
    return show({
      title: 'The whole register of interests',
      back: { href: interestPaths.register(slug), text: 'The public register' },
      wide: true,
      body: (
        <>
          <p>
            With what is over, for {yearsInWords(keeping.monthsKept)}, and what is kept out of the public
            register. Each look at this page is logged.
          </p>
          {people.map(each => (
            <section key={each.personId}>
              <h2 className="nhsuk-heading-s">{each.name}</h2>
              <p>
                {each.groups.length > 0 ? `${each.groups.join(', ')}. ` : ''}
                {lastSaid(each)}{' '}
                {each.isVolunteer && (each.named ? 'Named in public.' : 'Not named in public.')}
              </p>
              {each.interests.length > 0 && <Interests list={each.interests} visit={visit} links />}
              <p>
                <a href={interestPaths.of(slug, each.personId, 'new')}>
                  Declare for them<span className="nhsuk-u-visually-hidden">: {each.name}</span>
                </a>{' '}
                or{' '}
                <a href={interestPaths.of(slug, each.personId, 'confirm')}>
                  confirm as told<span className="nhsuk-u-visually-hidden">: {each.name}</span>
                </a>
              </p>
            </section>
          ))}
          <NextPage people={people} more={more} />
        </>
      ),
    })
  },
})

const yearsInWords = (months: number) => (months % 12 === 0 ? `${months / 12} years` : `${months} months`)

export const registerRoutes = [publicRegister, mine, all]
