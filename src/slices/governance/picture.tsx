import { useId } from 'react'
import { type Box, type Picture, type Stroke, sizes } from './layout.ts'

const blue = '#005eb8'
const dark = '#212b32'

/**
 * A picture made of boxes and lines, on the server. Its title and its description say what it shows, and the page says the
 * same in words beside it: nobody needs the picture. It grows with the letters that a reader has chosen.
 */
export function Drawing({
  picture,
  title,
  description,
}: {
  picture: Picture
  title: string
  description: string
}) {
  const id = useId()
  return (
    <svg
      className="loop-picture"
      xmlns="http://www.w3.org/2000/svg"
      viewBox={`0 0 ${picture.width} ${picture.height}`}
      role="img"
      aria-labelledby={`${id}title ${id}desc`}
      focusable="false"
    >
      <title id={`${id}title`}>{title}</title>
      <desc id={`${id}desc`}>{description}</desc>
      {picture.strokes.map((each, n) => (
        <Line stroke={each} key={n} />
      ))}
      {picture.boxes.map((each, n) => (
        <OneBox box={each} key={n} />
      ))}
    </svg>
  )
}

function Line({ stroke }: { stroke: Stroke }) {
  const points = stroke.points.map(([x, y]) => `${x},${y}`).join(' ')
  return (
    <>
      <polyline points={points} fill="none" stroke={dark} strokeWidth="2" />
      {stroke.arrow && <polygon points={arrowHead(stroke)} fill={dark} />}
    </>
  )
}

function arrowHead({ points }: Stroke): string {
  const [x, y] = points.at(-1)!
  const [fromX, fromY] = points.at(-2)!
  const length = 9
  const half = 5
  if (x === fromX) {
    const back = y > fromY ? y - length : y + length
    return `${x},${y} ${x - half},${back} ${x + half},${back}`
  }
  const back = x > fromX ? x - length : x + length
  return `${x},${y} ${back},${y - half} ${back},${y + half}`
}

function OneBox({ box }: { box: Box }) {
  const { x, y, width, height, lines, note, strong } = box
  const first = y + sizes.padding + 15
  const words = strong ? '#ffffff' : dark
  return (
    <>
      <rect
        x={x}
        y={y}
        width={width}
        height={height}
        rx="4"
        fill={strong ? blue : '#ffffff'}
        stroke={blue}
        strokeWidth="2"
      />
      {lines.map((line, n) => (
        <text
          x={x + sizes.padding}
          y={first + n * sizes.lineHeight}
          fontSize="16"
          fontWeight="700"
          fill={words}
          key={`line ${n}`}
        >
          {line}
        </text>
      ))}
      {note.map((line, n) => (
        <text
          x={x + sizes.padding}
          y={first + lines.length * sizes.lineHeight + n * sizes.noteHeight - 1}
          fontSize="14"
          fill={words}
          key={`note ${n}`}
        >
          {line}
        </text>
      ))}
    </>
  )
}
