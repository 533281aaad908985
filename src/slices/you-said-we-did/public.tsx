import {
  Card,
  Empty,
  Filters,
  InsetText,
  LinkList,
  Pagination,
  Quote,
  Reference,
  StatusTag,
  SummaryList,
  type Tone,
} from '#design/index.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import { dayOf } from '#kernel/calendar/working-days.ts'
import { readReference } from '#kernel/references.ts'
import { shorten } from '#kernel/text/graphemes.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { type AnyRoute, missing, page, show, type Visit } from '#platform/http/route.ts'
import { anyone } from '#platform/permission.ts'
import { atom, type FeedOf, jsonFeed, table } from './feeds.ts'
import { publicationPaths as to } from './paths.ts'
import { outcomeWords } from './publication.ts'
import {
  type Choices,
  choicesOf,
  type Narrowing,
  type Published,
  placeText,
  publishedList,
  publishedOne,
  readPlace,
} from './queries.ts'
import type { PublicOutcome } from './tables.ts'
import { PublicTextParts } from './text.tsx'

const onAPage = 20
const inAFeed = 50
/** A spreadsheet of more rows is for nobody; the newest come first. */
const inATable = 5_000

const tones: Record<PublicOutcome, Tone> = {
  agreed: 'good',
  'partly-agreed': 'moving',
  'not-agreed': 'stopped',
  'passed-on': 'waiting',
}

const filterNames = ['group', 'priority', 'trust', 'year'] as const
type Chosen = Partial<Record<(typeof filterNames)[number], string>>

interface Narrowed {
  readonly choices: Choices
  readonly chosen: Chosen
  readonly narrowing: Narrowing
}

/** What the address asks for, as far as this network has it; anything else is as if it were not asked. */
async function narrowed(visit: Visit): Promise<Narrowed> {
  const choices = await choicesOf(visit.tx)
  const find = (list: Choices['groups'], name: 'group' | 'priority' | 'trust') =>
    list.find(each => each.slug === visit.query.get(name))
  const group = find(choices.groups, 'group')
  const priority = find(choices.priorities, 'priority')
  const trust = find(choices.trusts, 'trust')
  const year = choices.years.find(each => String(each) === visit.query.get('year'))
  return {
    choices,
    chosen: {
      ...(group ? { group: group.slug } : {}),
      ...(priority ? { priority: priority.slug } : {}),
      ...(trust ? { trust: trust.slug } : {}),
      ...(year ? { year: String(year) } : {}),
    },
    narrowing: { groupId: group?.id, priorityId: priority?.id, trustId: trust?.id, year },
  }
}

const asQuery = (chosen: Chosen, more: Record<string, string> = {}): string => {
  const query = new URLSearchParams({ ...chosen, ...more }).toString()
  return query ? `?${query}` : ''
}

async function feedOf(visit: Visit, path: string, most: number): Promise<FeedOf> {
  const { chosen, narrowing } = await narrowed(visit)
  const { list, more } = await publishedList(visit.tx, narrowing, {
    most,
    after: readPlace(visit.query.get('after')),
  })
  return {
    publicUrl: visit.publicUrl,
    slug: visit.network.slug,
    networkName: visit.network.name,
    narrowed: asQuery(chosen),
    list,
    older: more ? path + asQuery(chosen, { after: placeText(list.at(-1)!) }) : undefined,
  }
}

/** Anyone may read what is published; reading it is not logged, so that it stays as free as a notice board. */
export const publicRoutes: AnyRoute[] = [
  page('/:network/you-said-we-did', {
    who: anyone,
    audit: 'nothing',
    async handler(visit) {
      const { choices, chosen, narrowing } = await narrowed(visit)
      const after = readPlace(visit.query.get('after'))
      const { list, more } = await publishedList(visit.tx, narrowing, { most: onAPage, after })
      const { slug } = visit.network
      const option = (each: Choices['groups'][number]) => ({ value: each.slug, text: each.name })
      const all = { value: '', text: 'All' }
      return show({
        title: 'You said, we did',
        body: (
          <>
            <p>
              People said these things to {visit.network.name}. Here is what came of each. Everyone named here
              agreed to these words.
            </p>
            <Filters
              action={to.list(slug)}
              clear={asQuery(chosen) ? to.list(slug) : undefined}
              filters={[
                {
                  name: 'group',
                  label: 'Group',
                  value: chosen.group,
                  options: [all, ...choices.groups.map(option)],
                },
                {
                  name: 'priority',
                  label: 'Priority',
                  value: chosen.priority,
                  options: [all, ...choices.priorities.map(option)],
                },
                {
                  name: 'trust',
                  label: 'Trust',
                  value: chosen.trust,
                  options: [all, ...choices.trusts.map(option)],
                },
                {
                  name: 'year',
                  label: 'Year',
                  value: chosen.year,
                  options: [all, ...choices.years.map(year => ({ value: String(year), text: String(year) }))],
                },
              ]}
            />
            {list.length === 0 ? (
              <Empty>
                {asQuery(chosen) || after
                  ? 'Nothing is published here yet that fits. Try “Show all”.'
                  : 'Nothing is published yet. It appears here when the person who said it agrees.'}
              </Empty>
            ) : (
              list.map(each => <PublishedCard slug={slug} each={each} key={each.id} />)
            )}
            <Pagination
              previous={after ? { href: to.list(slug) + asQuery(chosen), label: 'the newest' } : undefined}
              next={
                more
                  ? {
                      href: to.list(slug) + asQuery(chosen, { after: placeText(list.at(-1)!) }),
                      label: 'older ones',
                    }
                  : undefined
              }
            />
            <h2>Follow it or take it away</h2>
            <LinkList
              links={[
                { href: to.atom(slug) + asQuery(chosen), text: 'Feed for a news reader (Atom)' },
                { href: to.json(slug) + asQuery(chosen), text: 'Feed for a program (JSON)' },
                { href: to.csv(slug) + asQuery(chosen), text: 'Table for a spreadsheet (CSV)' },
              ]}
            />
          </>
        ),
      })
    },
  }),
  page('/:network/you-said-we-did.csv', {
    who: anyone,
    audit: 'nothing',
    handler: async visit => ({
      kind: 'text',
      type: 'text/csv; charset=utf-8; header=present',
      body: table(await feedOf(visit, to.csv(visit.network.slug), inATable)),
      fileName: `you-said-we-did-${visit.network.slug}.csv`,
    }),
  }),
  page('/:network/you-said-we-did/feed.atom', {
    who: anyone,
    audit: 'nothing',
    handler: async visit => ({
      kind: 'text',
      type: 'application/atom+xml; charset=utf-8',
      body: atom(await feedOf(visit, to.atom(visit.network.slug), inAFeed)),
    }),
  }),
  page('/:network/you-said-we-did/feed.json', {
    who: anyone,
    audit: 'nothing',
    handler: async visit => ({
      kind: 'text',
      type: 'application/feed+json; charset=utf-8',
      body: jsonFeed(await feedOf(visit, to.json(visit.network.slug), inAFeed)),
    }),
  }),
  page('/:network/you-said-we-did/:reference', {
    who: anyone,
    audit: 'nothing',
    async handler(visit) {
      const number = readReference('C', visit.params.reference)
      const it = number === undefined ? undefined : await publishedOne(visit.tx, number)
      if (!it) return missing
      return show({
        title: it.text.title,
        caption: `You said, we did: ${it.reference}`,
        back: { href: to.list(visit.network.slug), text: 'You said, we did' },
        body: (
          <>
            {it.outcome && (
              <p>
                <StatusTag tone={tones[it.outcome]}>{outcomeWords[it.outcome]}</StatusTag>
              </p>
            )}
            <PublicTextParts text={it.text} />
            <SummaryList rows={factsOf(it)} />
            <InsetText>
              Something like this on your mind? <a href={`/${visit.network.slug}`}>Have your say</a> with{' '}
              {visit.network.name}.
            </InsetText>
          </>
        ),
      })
    },
  }),
]

function factsOf(it: Published) {
  const row = (key: string, value: string | null) => (value ? [{ key, value }] : [])
  return [
    { key: 'Reference', value: <Reference>{it.reference}</Reference> },
    ...row('Raised by', it.credit),
    ...row('Group', it.group),
    ...row('Priority', it.priority),
    ...row('Trust', it.trust),
    { key: 'Published', value: dateInWords(dayOf(it.publishedAt)) },
  ]
}

function PublishedCard({ slug, each }: { slug: string; each: Published }) {
  return (
    <Card title={theirs(each.text.title)} href={to.one(slug, each.reference)}>
      <p className="loop-links__hint">
        {[
          each.reference,
          theirs(each.group ?? ''),
          theirs(each.trust ?? ''),
          dateInWords(dayOf(each.publishedAt)),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <Quote words={shorten(each.text.youSaid, 240)} by={each.credit ? theirs(each.credit) : undefined} />
      <p>
        <strong>We did: </strong>
        <bdi>{shorten(each.text.weDid, 240)}</bdi>
      </p>
      {each.outcome && <StatusTag tone={tones[each.outcome]}>{outcomeWords[each.outcome]}</StatusTag>}
    </Card>
  )
}
