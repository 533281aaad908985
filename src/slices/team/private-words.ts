import type { Message } from '#platform/outbox.ts'

/** About what a message may be without the team reading it: sign-in, and what goes to one named person only (R1, R55). */
export const privateKinds = new Set(['account', 'sign-in', 'data-complaint', 'concern'])

export const isPrivate = (message: Pick<Message, 'about_kind'>): boolean =>
  privateKinds.has(message.about_kind)

/**
 * What the team may see of a text that was sent. A single-purpose link is a key that belongs to its reader: whoever
 * could copy it here could close a loop or withdraw in somebody else's name.
 */
export function withoutKeys(body: string): string {
  return body.replace(/https?:\/\/\S+/g, address => {
    const [path = '', query] = address.split('?')
    const parts = path.split('/')
    const isKey = (part: string) => part.length >= 20 && /^[\w.~-]+$/.test(part)
    if (!parts.slice(3).some(isKey) && !query?.split(/[&=]/).some(isKey)) return address
    return `${parts.slice(0, 3).join('/')}/… (a link for this person only)`
  })
}
