import { csv } from '#kernel/text/csv.ts'
import { publicationPaths } from './paths.ts'
import { outcomeWords } from './publication.ts'
import type { Published } from './queries.ts'

export interface FeedOf {
  readonly publicUrl: string
  readonly slug: string
  readonly networkName: string
  /** "?group=board", or nothing. */
  readonly narrowed: string
  readonly list: readonly Published[]
  /** The address of the older ones, when there are any. */
  readonly older?: string | undefined
}

const titleOf = (feed: FeedOf) => `You said, we did – ${feed.networkName}`

function inWords({ text }: Published): string {
  return [
    `You said: ${text.youSaid}`,
    `We did: ${text.weDid}`,
    ...(text.next ? [`Next: ${text.next}`] : []),
  ].join('\n\n')
}

/** Atom, RFC 4287; older ones by a link, RFC 5005. */
export function atom(feed: FeedOf): string {
  const at = (path: string) => xml(feed.publicUrl + path)
  const self = publicationPaths.atom(feed.slug) + feed.narrowed
  const page = publicationPaths.list(feed.slug)
  const updated = feed.list[0]?.publishedAt.toString() ?? '1970-01-01T00:00:00Z'
  const entries = feed.list.map(each => {
    const path = publicationPaths.one(feed.slug, each.reference)
    return `<entry>
<id>${at(path)}</id>
<title>${xml(each.text.title)}</title>
<link rel="alternate" type="text/html" href="${at(path)}"/>
<published>${each.publishedAt}</published>
<updated>${each.publishedAt}</updated>
<author><name>${xml(each.credit || feed.networkName)}</name></author>
${tagsOf(each)
  .map(tag => `<category term="${xml(tag)}"/>`)
  .join('')}
<content type="text">${xml(inWords(each))}</content>
</entry>`
  })
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<id>${at(page + feed.narrowed)}</id>
<title>${xml(titleOf(feed))}</title>
<author><name>${xml(feed.networkName)}</name></author>
<link rel="self" type="application/atom+xml" href="${at(self)}"/>
<link rel="alternate" type="text/html" href="${at(page + feed.narrowed)}"/>
${feed.older ? `<link rel="next" type="application/atom+xml" href="${at(feed.older)}"/>\n` : ''}<updated>${updated}</updated>
${entries.join('\n')}
</feed>
`
}

/** JSON Feed 1.1. */
export function jsonFeed(feed: FeedOf): string {
  const at = (path: string) => feed.publicUrl + path
  return JSON.stringify(
    {
      version: 'https://jsonfeed.org/version/1.1',
      title: titleOf(feed),
      home_page_url: at(publicationPaths.list(feed.slug) + feed.narrowed),
      feed_url: at(publicationPaths.json(feed.slug) + feed.narrowed),
      ...(feed.older ? { next_url: at(feed.older) } : {}),
      language: 'en-GB',
      items: feed.list.map(each => ({
        id: at(publicationPaths.one(feed.slug, each.reference)),
        url: at(publicationPaths.one(feed.slug, each.reference)),
        title: each.text.title,
        content_text: inWords(each),
        date_published: each.publishedAt.toString(),
        authors: [{ name: each.credit || feed.networkName }],
        tags: tagsOf(each),
        _you_said_we_did: {
          reference: each.reference,
          you_said: each.text.youSaid,
          we_did: each.text.weDid,
          next: each.text.next,
          outcome: each.outcome,
          group: each.group,
          priority: each.priority,
          trust: each.trust,
        },
      })),
    },
    null,
    1,
  )
}

const tagsOf = (each: Published): string[] =>
  [each.group, each.priority, each.trust].filter(name => name !== null)

export function table(feed: FeedOf): string {
  return csv([
    [
      'Reference',
      'Title',
      'You said',
      'We did',
      'What happens next',
      'Outcome',
      'Group',
      'Priority',
      'Trust',
      'Raised by',
      'Published on',
      'Address',
    ],
    ...feed.list.map(each => [
      each.reference,
      each.text.title,
      each.text.youSaid,
      each.text.weDid,
      each.text.next,
      each.outcome ? outcomeWords[each.outcome] : '',
      each.group ?? '',
      each.priority ?? '',
      each.trust ?? '',
      each.credit,
      each.publishedAt.toZonedDateTimeISO('Europe/London').toPlainDate().toString(),
      feed.publicUrl + publicationPaths.one(feed.slug, each.reference),
    ]),
  ])
}

/** Escaped, and without what XML 1.0 cannot hold at all. */
function xml(words: string): string {
  return (
    words
      .toWellFormed()
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML refuses them even when escaped
      .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
  )
}
