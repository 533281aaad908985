/** Where each box of a picture stands: worked out from what is in it, so that no word is cut off. */

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly lines: readonly string[]
  /** The line below, in smaller letters. */
  readonly note: readonly string[]
  readonly strong: boolean
}

export interface Stroke {
  readonly points: readonly (readonly [number, number])[]
  readonly arrow: boolean
}

export interface Picture {
  readonly width: number
  readonly height: number
  readonly boxes: readonly Box[]
  readonly strokes: readonly Stroke[]
}

/** Narrow enough to be read on a small phone as it is. */
export const pictureWidth = 320
const lineHeight = 20
const noteHeight = 17
const padding = 12
const gap = 28
/** A letter of the picture's two sizes is about so wide; rather too much than too little. */
const letter = 8.4
const smallLetter = 7.1

/** Words in lines; a word longer than a line is broken. */
export function wrap(words: string, most: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of words.split(/\s+/).filter(Boolean)) {
    for (let rest = word; rest !== ''; ) {
      const room = line === '' ? most : most - line.length - 1
      if (rest.length <= room) {
        line = line === '' ? rest : `${line} ${rest}`
        rest = ''
      } else if (line !== '') {
        lines.push(line)
        line = ''
      } else {
        lines.push(rest.slice(0, most))
        rest = rest.slice(most)
      }
    }
  }
  return line === '' ? lines : [...lines, line]
}

function box(x: number, y: number, width: number, words: string, note: string, strong = false): Box {
  const lines = wrap(words, Math.floor((width - 2 * padding) / letter))
  const notes = note === '' ? [] : wrap(note, Math.floor((width - 2 * padding) / smallLetter))
  return {
    x,
    y,
    width,
    height: 2 * padding + lines.length * lineHeight + notes.length * noteHeight,
    lines,
    note: notes,
    strong,
  }
}

export interface Station {
  readonly words: string
  readonly note: string
}

/** One box below the other, each leading to the next, and from the last a way back to the first: the loop. */
export function loopOf(stations: readonly Station[]): Picture {
  const width = pictureWidth - 56
  const boxes: Box[] = []
  for (const each of stations) {
    const last = boxes.at(-1)
    const y = last ? last.y + last.height + gap : 2
    boxes.push(box(2, y, width, each.words, each.note, boxes.length === 0))
  }
  const middle = (each: Box) => each.y + each.height / 2
  const down = boxes.slice(1).map((each, n): Stroke => {
    const above = boxes[n]!
    return {
      points: [
        [2 + width / 2, above.y + above.height],
        [2 + width / 2, each.y],
      ],
      arrow: true,
    }
  })
  const [first, last] = [boxes[0], boxes.at(-1)]
  const back: Stroke[] =
    first && last && first !== last
      ? [
          {
            points: [
              [2 + width, middle(last)],
              [pictureWidth - 18, middle(last)],
              [pictureWidth - 18, middle(first)],
              [2 + width, middle(first)],
            ],
            arrow: true,
          },
        ]
      : []
  return {
    width: pictureWidth,
    height: last ? last.y + last.height + 2 : 0,
    boxes,
    strokes: [...down, ...back],
  }
}

/** The board at the top, and every other group on a branch of its own below it. */
export function treeOf(top: readonly Station[], branches: readonly Station[]): Picture {
  const boxes: Box[] = []
  const under = (x: number, width: number, each: Station, strong: boolean, space: number) => {
    const last = boxes.at(-1)
    const made = box(x, last ? last.y + last.height + space : 2, width, each.words, each.note, strong)
    boxes.push(made)
    return made
  }
  for (const each of top) under(2, pictureWidth - 4, each, true, 12)
  const trunkFrom = boxes.at(-1)
  const strokes: Stroke[] = []
  for (const each of branches) {
    const made = under(44, pictureWidth - 46, each, false, boxes.at(-1) === trunkFrom ? gap : 12)
    const y = made.y + made.height / 2
    strokes.push({
      points: [
        [20, trunkFrom ? trunkFrom.y + trunkFrom.height : 2],
        [20, y],
        [44, y],
      ],
      arrow: false,
    })
  }
  const last = boxes.at(-1)
  return { width: pictureWidth, height: last ? last.y + last.height + 2 : 0, boxes, strokes }
}

export const sizes = { lineHeight, noteHeight, padding } as const
