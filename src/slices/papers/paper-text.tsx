import { Table } from '#design/index.ts'
import { theirs, withoutMarks } from '#kernel/text/theirs.ts'
import type { Block } from './text.ts'

/** The text of a paper from its data; `ask` leads from a heading to a question about its part. */
export function PaperText({
  blocks,
  askHref,
}: {
  blocks: readonly Block[]
  askHref?: ((block: number) => string) | undefined
}) {
  return (
    <>
      {blocks.map((block, n) => (
        <OneBlock block={block} askHref={askHref?.(n)} key={n} />
      ))}
    </>
  )
}

const headings = {
  2: { Heading: 'h3', size: 'nhsuk-heading-s' },
  3: { Heading: 'h4', size: 'nhsuk-heading-xs' },
  4: { Heading: 'h5', size: 'nhsuk-heading-xs' },
} as const

function OneBlock({ block, askHref }: { block: Block; askHref: string | undefined }) {
  switch (block.kind) {
    case 'heading': {
      const { Heading, size } = headings[block.level]
      return (
        <>
          <Heading className={size} dir="auto">
            {block.text}
          </Heading>
          {askHref && (
            <p className="nhsuk-body-s">
              <a href={askHref}>
                Ask about this part<span className="nhsuk-u-visually-hidden">: {theirs(block.text)}</span>
              </a>
            </p>
          )}
        </>
      )
    }
    case 'paragraph':
      return <p dir="auto">{block.text}</p>
    case 'list': {
      const List = block.ordered ? 'ol' : 'ul'
      return (
        <List className={`nhsuk-list nhsuk-list--${block.ordered ? 'number' : 'bullet'}`}>
          {block.items.map((item, n) => (
            <li dir="auto" key={n}>
              {item}
            </li>
          ))}
        </List>
      )
    }
    case 'table':
      return <TextTable block={block} />
  }
}

function TextTable({ block }: { block: Extract<Block, { kind: 'table' }> }) {
  const width = Math.max(block.header.length, ...block.rows.map(row => row.length))
  const titles = Array.from({ length: width }, (_, n) => theirs(block.header[n] ?? '') || `Column ${n + 1}`)
  return (
    <Table
      caption={`Table: ${theirs(withoutMarks(titles.join(', ')))}`}
      captionHidden
      // Two columns of one name stay two.
      columns={titles.map((title, n) => ({
        title: titles.indexOf(title) === n ? title : `${title} (${n + 1})`,
      }))}
      rows={block.rows.map(row => titles.map((_, n) => theirs(row[n] ?? '') || '–'))}
    />
  )
}

/** A table read row by row, for a voice: what each cell is stands before it. */
export const spokenRows = (block: Extract<Block, { kind: 'table' }>): string[] =>
  block.rows.map(row =>
    row
      .map((cell, n) => (cell === '' ? '' : block.header[n] ? `${block.header[n]}: ${cell}` : cell))
      .filter(each => each !== '')
      .join('; '),
  )
