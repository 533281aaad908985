import type { ReactNode } from 'react'

type Piece =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'paragraph'; readonly text: string }

/**
 * A text as the team writes it into one field: blank lines between paragraphs, `## ` before a heading, `- ` before each
 * line of a list. Nothing else means anything, so that nobody needs to learn more.
 */
export function PlainText({ text }: { text: string }): ReactNode {
  return piecesOf(text).map((piece, n) => <OnePiece piece={piece} key={n} />)
}

function OnePiece({ piece }: { piece: Piece }) {
  switch (piece.kind) {
    case 'heading':
      return (
        <h2 className="nhsuk-heading-m" dir="auto">
          {piece.text}
        </h2>
      )
    case 'list':
      return (
        <ul className="nhsuk-list nhsuk-list--bullet">
          {piece.items.map((item, at) => (
            <li dir="auto" key={at}>
              {item}
            </li>
          ))}
        </ul>
      )
    case 'paragraph':
      return (
        <p className="loop-words" dir="auto">
          {piece.text}
        </p>
      )
  }
}

export function piecesOf(text: string): Piece[] {
  return text
    .split(/\n\s*\n/)
    .map(each => each.trim())
    .filter(each => each !== '')
    .flatMap((block): Piece[] => {
      const lines = block.split('\n').map(line => line.trim())
      const heading = /^##\s+(.+)$/.exec(lines[0] ?? '')
      const rest = heading ? lines.slice(1) : lines
      const isList = rest.length > 0 && rest.every(line => line.startsWith('- '))
      return [
        ...(heading ? [{ kind: 'heading', text: heading[1]! } as const] : []),
        ...(rest.length === 0
          ? []
          : isList
            ? [{ kind: 'list', items: rest.map(line => line.slice(2)) } as const]
            : [{ kind: 'paragraph', text: rest.join('\n') } as const]),
      ]
    })
}
