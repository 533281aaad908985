import { InsetText, LinkList } from '#design/index.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { networkPaths } from './paths.ts'
import type { GroupLine } from './queries.ts'

/** What nobody at the network has confirmed yet is said to be so, never hidden. */
export function NotConfirmed({ when, what }: { when: boolean; what: string }) {
  return when ? <InsetText>{what}</InsetText> : null
}

export function GroupList({ slug, groups }: { slug: string; groups: readonly GroupLine[] }) {
  if (groups.length === 0) return <p>There is no group here yet.</p>
  return (
    <LinkList
      links={groups.map(group => ({
        href: networkPaths.group(slug, group.slug),
        text: group.name,
        hint: `${theirs(group.about)}${group.illustrative ? ' (An example: not yet confirmed.)' : ''}`,
      }))}
    />
  )
}
