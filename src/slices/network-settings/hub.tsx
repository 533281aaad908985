import { LinkList, WarningCallout } from '#design/index.ts'
import { type AnyRoute, doorsOf, page, type Slice, show } from '#platform/http/route.ts'
import { isTeam, theTeamOrAdministrator } from '#platform/permission.ts'
import { settingsPaths as paths } from './paths.ts'
import { textsOf } from './texts.ts'

/** All that a network sets for itself, one page for each part. */
export const hubRoute = (slices: () => readonly Slice[]): AnyRoute =>
  page('/:network/team/settings', {
    who: theTeamOrAdministrator,
    audit: 'nothing',
    async handler(visit) {
      const { slug } = visit.network
      const texts = await textsOf(visit.tx)
      const team = isTeam(visit.me)
      // What other rooms set for the network stands here as well as on the team's page.
      const others = doorsOf(slices(), 'team', visit.me, visit.network).filter(
        each => each.under === 'The network' && each.href !== paths.all(slug),
      )
      return show({
        title: 'Settings of the network',
        back: team
          ? { href: `/${slug}/team`, text: 'The team’s work' }
          : { href: `/${slug}/home`, text: 'Home' },
        body: (
          <>
            {!texts.safeguarding && (
              <WarningCallout title="Whom to ring when somebody is not safe?">
                The network has not said its safeguarding number yet.{' '}
                <a href={paths.text(slug, 'safeguarding')}>Say it now</a>, before people write to you.
              </WarningCallout>
            )}
            <LinkList
              links={[
                {
                  href: paths.name(slug),
                  text: 'Name and contact',
                  hint: 'What it is called, and how to reach it',
                },
                {
                  href: paths.places(slug),
                  text: 'Trusts and hospitals',
                  hint: 'With their codes, from a table too, and mergers',
                },
                { href: paths.groups(slug), text: 'Groups', hint: 'The board, SIGs and workstreams' },
                ...(team
                  ? [
                      {
                        href: paths.clocks(slug),
                        text: 'Promises and their days',
                        hint: 'How many working days each promise has',
                      },
                    ]
                  : []),
                {
                  href: paths.choices(slug),
                  text: 'Choices of the network',
                  hint: 'Each with the day from which it holds',
                },
                {
                  href: paths.texts(slug),
                  text: 'The network’s own words',
                  hint: 'Safeguarding, other ways to speak up, help and privacy',
                },
                ...(team
                  ? [{ href: `/${slug}/team/people`, text: 'Posts', hint: 'On the page of each person' }]
                  : []),
                ...others,
                {
                  href: paths.changes(slug),
                  text: 'Who changed what',
                  hint: 'Of all of this, the latest first',
                },
              ]}
            />
          </>
        ),
      })
    },
  })
