import type { z } from 'zod'
import { Details, LinkList, Table } from '#design/index.ts'
import { type ApiList, apiPath } from '#platform/api.ts'
import { type AnyRoute, page, type Slice, show, type Visit } from '#platform/http/route.ts'
import { anyone, isTeam } from '#platform/permission.ts'
import { listsOf } from './lists.ts'
import { apiPaths as paths } from './paths.ts'
import { webhookEvents } from './webhook.ts'

/** What programs may read, for people who write them. */
export const descriptionRoute = (slices: readonly Slice[]): AnyRoute =>
  page('/:network/api', {
    who: anyone,
    audit: 'nothing',
    handler: visit => {
      const { slug } = visit.network
      const team = visit.actor !== undefined && isTeam(visit.actor)
      const lists = listsOf(slices)
      return show({
        title: 'For programs',
        wide: true,
        body: (
          <>
            <p>
              Another website or program can read what is public here, and what somebody of the team lets it
              read for them. It gets JSON, page by page. It can change nothing.
            </p>
            <LinkList
              links={[
                { href: paths.document(slug), text: 'All of it for machines', hint: 'OpenAPI 3.1' },
                ...(team
                  ? [
                      {
                        href: paths.tokens(slug),
                        text: 'Your tokens',
                        hint: 'So that a program can read for you',
                      },
                      {
                        href: paths.webhooks(slug),
                        text: 'Who is told what happened',
                        hint: 'Addresses of other services (webhooks)',
                      },
                    ]
                  : []),
              ]}
            />
            <h2>What anybody may read</h2>
            {lists.filter(each => !each.scope).map(each => described(visit, each))}
            <h2>What the team may read with a token</h2>
            <p>The token goes with each question, in the header “Authorization: Bearer”.</p>
            {lists.filter(each => each.scope).map(each => described(visit, each))}
            <h2>What other services can be told</h2>
            <p>
              The team can name addresses that are told at once when something happened. Each call says what
              happened and to which thing, never what was said. It is signed as “Standard Webhooks” asks for,
              and tried again for three days.
            </p>
            <Table
              caption="What they can be told"
              columns={[{ title: 'Type' }, { title: 'When' }]}
              rows={webhookEvents.map(each => [each.name, each.words])}
            />
          </>
        ),
      })
    },
  })

function described(visit: Visit, list: ApiList) {
  const address = visit.publicUrl + apiPath(visit.network.slug, list.name)
  return (
    <section key={list.name}>
      <h3>{list.title}</h3>
      <p>{list.about}</p>
      <p className="loop-break" dir="ltr">
        {list.scope ? address : <a href={address}>{address}</a>}
      </p>
      <Details summary={`What a line of “${list.title}” has`}>
        <Table
          caption={`A line of “${list.title}”`}
          captionHidden
          columns={[{ title: 'Name' }, { title: 'What it is' }]}
          rows={Object.entries(list.item.shape as Record<string, z.ZodType>).map(([name, field]) => [
            name,
            field.description ?? '',
          ])}
        />
      </Details>
    </section>
  )
}
