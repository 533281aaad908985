import { linkOf, partsOf, readLayout } from '../mail/layout.ts'
import type { Message } from '../outbox.ts'
import { canBeOff, groupOf } from '../preferences.ts'

/** For what somebody may switch off: the address that does so, made from the link that stands in the words. */
export function stopLink(message: Message): string | undefined {
  const group = groupOf({ kind: message.kind, about: { kind: message.about_kind } })
  if (!canBeOff(group)) return undefined
  const part = partsOf(message.body, readLayout(message.layout, message.body)).find(
    each => each.kind === 'preferences',
  )
  const found = /^(https?:\/\/[^/]+)\/([^/]+)\/preferences\/([^/?]+)(\?\S*)?$/.exec(
    (part && linkOf(part)?.href) ?? '',
  )
  return found ? `${found[1]}/stop/${found[2]}/${group}/${found[3]}` : undefined
}
