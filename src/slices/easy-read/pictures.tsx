import type { ReactNode } from 'react'

// Our own pictures, drawn for these pages and free like the rest of the product. Thick dark lines, few colours, nothing
// small: they are read from far and on a bad printer. The sentence beside each says the same, so a screen reader skips
// them. In forced colours every area takes the ground and every line the text's colour (design/own.css).

const blue = '#41b6e6'
const yellow = '#ffd54a'
const green = '#78be20'
const red = '#ff8a80'
const skin = '#f2c9a1'
const dark = '#8d5b3c'

/** Head and shoulders; the middle of the head is at x, y. */
function Person({ x, y, size = 1, top = blue, face = skin }: Placed & { top?: string; face?: string }) {
  return (
    <g transform={`translate(${x} ${y}) scale(${size})`}>
      <path d="M-22 48v-12a22 22 0 0 1 44 0v12z" fill={top} />
      <circle r="12" fill={face} />
    </g>
  )
}

interface Placed {
  readonly x: number
  readonly y: number
  readonly size?: number
}

const Paper = () => <path d="M22 8h38l16 16v64H22z" fill="#fff" />
const Lines = ({ from = 38 }: { from?: number }) => (
  <path d={`M32 ${from}h32M32 ${from + 13}h32M32 ${from + 26}h20`} fill="none" />
)
const Bubble = ({ children }: { children?: ReactNode }) => (
  <>
    <path d="M8 10h80v50H46L28 78V60H8z" fill="#fff" />
    {children}
  </>
)
const Tick = ({ d = 'M30 50l13 13 24-28' }: { d?: string }) => <path d={d} fill="none" strokeWidth="8" />

const drawings = {
  person: <Person x={48} y={30} size={1.2} />,
  people: (
    <>
      <Person x={22} y={30} size={0.8} top={yellow} face={dark} />
      <Person x={74} y={30} size={0.8} top={green} />
      <Person x={48} y={40} size={0.95} />
    </>
  ),
  meeting: (
    <>
      <Person x={20} y={22} size={0.75} top={yellow} />
      <Person x={48} y={18} size={0.75} face={dark} />
      <Person x={76} y={22} size={0.75} top={green} />
      <path d="M6 56h84l-8 14H14zM20 70v20M76 70v20" fill="#e8d3b9" />
    </>
  ),
  talk: (
    <>
      <Person x={24} y={48} size={0.9} />
      <path d="M40 6h50v32H62L50 50V38H40z" fill="#fff" />
      <path d="M50 17h30M50 27h20" fill="none" />
    </>
  ),
  listen: (
    <>
      <path
        d="M28 40a20 20 0 0 1 40 0c0 14-12 16-14 28-2 10-14 12-18 4M38 40a10 10 0 0 1 20 0c0 8-8 8-8 16"
        fill={skin}
      />
      <path d="M76 22a28 28 0 0 1 0 34M86 14a42 42 0 0 1 0 50" fill="none" />
    </>
  ),
  question: (
    <Bubble>
      <path d="M38 28a10 10 0 1 1 13 9c-3 1-3 3-3 6" fill="none" strokeWidth="5" />
      <circle cx="48" cy="51" r="2" fill="currentColor" />
    </Bubble>
  ),
  idea: (
    <>
      <path d="M34 62c0-10-12-14-12-30a26 26 0 0 1 52 0c0 16-12 20-12 30z" fill={yellow} />
      <path d="M36 72h24M40 82h16M48 62V42l-8-8M48 42l8-8" fill="none" />
    </>
  ),
  write: (
    <>
      <Paper />
      <path d="M32 38h22M32 51h14" fill="none" />
      <path d="M84 34l8 8-34 34-12 4 4-12z" fill={yellow} />
    </>
  ),
  paper: (
    <>
      <Paper />
      <path d="M60 8v16h16" fill="none" />
      <Lines />
    </>
  ),
  number: (
    <>
      <path d="M6 48l22-26h62v52H28z" fill={yellow} />
      <circle cx="28" cy="48" r="4" fill="#fff" />
      <path d="M46 38l6-4v28M64 36h12v12H64v14h13" fill="none" strokeWidth="5" />
    </>
  ),
  letter: (
    <>
      <path d="M8 22h80v54H8z" fill="#fff" />
      <path d="M8 22l40 32 40-32" fill="none" />
    </>
  ),
  phone: (
    <>
      <path d="M28 6h40v84H28z" fill="#fff" />
      <path d="M34 16h28v52H34z" fill={blue} />
      <circle cx="48" cy="79" r="4" fill="#fff" />
    </>
  ),
  ring: (
    <path
      d="M22 10l16 2 6 20-10 8c4 10 12 18 22 22l8-10 20 6 2 16c0 8-8 12-14 12C42 84 12 54 10 24c0-6 4-14 12-14z"
      fill={blue}
    />
  ),
  computer: (
    <>
      <path d="M10 14h76v50H10z" fill={blue} />
      <path d="M36 84l4-20h16l4 20zM26 84h44" fill="#fff" />
      <path d="M24 30h30M24 42h20" fill="none" />
    </>
  ),
  calendar: (
    <>
      <path d="M10 18h76v68H10z" fill="#fff" />
      <path d="M10 18h76v18H10z" fill={red} />
      <path d="M28 8v18M68 8v18" fill="none" />
      <path d="M24 50h10M43 50h10M62 50h10M24 68h10M43 68h10M62 68h10" fill="none" strokeWidth="7" />
    </>
  ),
  clock: (
    <>
      <circle cx="48" cy="48" r="38" fill="#fff" />
      <path d="M48 22v26l18 12" fill="none" strokeWidth="6" />
    </>
  ),
  yes: (
    <>
      <circle cx="48" cy="48" r="38" fill={green} />
      <Tick />
    </>
  ),
  part: (
    <>
      <circle cx="48" cy="48" r="38" fill="#fff" />
      <path d="M48 10a38 38 0 0 1 0 76z" fill={green} />
    </>
  ),
  no: (
    <>
      <circle cx="48" cy="48" r="38" fill={red} />
      <path d="M34 34l28 28M62 34L34 62" fill="none" strokeWidth="8" />
    </>
  ),
  vote: (
    <>
      <path d="M14 50h68v38H14z" fill={blue} />
      <path d="M32 50V14h32v36" fill="#fff" />
      <path d="M28 50h40" fill="none" strokeWidth="7" />
      <Tick d="M40 30l6 6 11-13" />
    </>
  ),
  eye: (
    <>
      <path d="M6 48c22-36 62-36 84 0-22 36-62 36-84 0z" fill="#fff" />
      <circle cx="48" cy="48" r="15" fill={blue} />
      <circle cx="48" cy="48" r="5" fill="currentColor" />
    </>
  ),
  safe: (
    <>
      <path d="M30 44V30a18 18 0 0 1 36 0v14" fill="none" strokeWidth="7" />
      <path d="M18 44h60v42H18z" fill={yellow} />
      <path d="M48 60v12" fill="none" strokeWidth="7" />
    </>
  ),
  name: (
    <>
      <path d="M10 24h76v56H10z" fill="#fff" />
      <Person x={32} y={44} size={0.55} />
      <path d="M54 44h22M54 56h22" fill="none" />
      <path d="M48 24V10" fill="none" />
    </>
  ),
  mend: (
    <>
      <path d="M14 70l44-44 14 14-44 44-18 4z" fill={yellow} />
      <path d="M58 26l8-8a8 8 0 0 1 12 0l2 2a8 8 0 0 1 0 12l-8 8z" fill={red} />
    </>
  ),
  bin: (
    <>
      <path d="M22 30h52l-6 58H28z" fill="#fff" />
      <path d="M14 30h68M38 30V16h20v14M40 42l2 34M56 42l-2 34" fill="none" />
    </>
  ),
  door: (
    <>
      <path d="M16 8h48v80H16z" fill="#fff" />
      <path d="M16 8l30 12v78L16 88z" fill={yellow} />
      <path d="M56 50h34M78 38l12 12-12 12" fill="none" strokeWidth="6" />
    </>
  ),
  rest: (
    <>
      <circle cx="48" cy="48" r="38" fill={blue} />
      <path d="M38 32v32M58 32v32" fill="none" strokeWidth="9" />
    </>
  ),
  together: (
    <>
      <Person x={28} y={30} top={yellow} face={dark} />
      <Person x={68} y={30} top={green} />
      <path d="M20 84h56" fill="none" strokeWidth="6" />
    </>
  ),
  rights: (
    <>
      <path d="M48 12v72M28 84h40M18 24h60" fill="none" strokeWidth="5" />
      <path d="M4 56l14-32 14 32a14 10 0 0 1-28 0zM64 56l14-32 14 32a14 10 0 0 1-28 0z" fill={yellow} />
    </>
  ),
  hospital: (
    <>
      <path d="M12 26h72v62H12z" fill="#fff" />
      <path d="M30 8h36v30H30z" fill={blue} />
      <path d="M40 16v14M56 16v14M40 23h16" fill="none" strokeWidth="5" />
      <path d="M40 88V66h16v22M20 48h10M66 48h10M20 62h10M66 62h10" fill="none" />
    </>
  ),
  scan: (
    <>
      <circle cx="56" cy="44" r="36" fill={blue} />
      <circle cx="56" cy="44" r="20" fill="#fff" />
      <path d="M4 52h60v10H4zM12 62v24M40 62v24" fill="#fff" />
      <circle cx="56" cy="44" r="6" fill={skin} />
      <path d="M10 52v-6h40" fill="none" />
    </>
  ),
  learn: (
    <>
      <path d="M48 24C36 14 20 14 6 20v60c14-6 30-6 42 4 12-10 28-10 42-4V20c-14-6-30-6-42 4z" fill="#fff" />
      <path d="M48 24v60M18 36h18M18 50h18M60 36h18M60 50h18" fill="none" />
    </>
  ),
  money: (
    <>
      <circle cx="48" cy="48" r="38" fill={yellow} />
      <path d="M62 34c-4-10-20-8-20 4 0 10 4 16-4 26h26M34 50h20" fill="none" strokeWidth="5" />
    </>
  ),
  loop: <path d="M78 30A36 36 0 1 0 84 54M84 10v22H62M32 48l12 12 22-24" fill="none" strokeWidth="7" />,
  danger: (
    <>
      <path d="M48 8l42 76H6z" fill={yellow} />
      <path d="M48 36v22" fill="none" strokeWidth="8" />
      <circle cx="48" cy="70" r="4" fill="currentColor" />
    </>
  ),
  large: (
    <>
      <Paper />
      <path d="M30 76l18-46 18 46M37 60h22" fill="none" strokeWidth="7" />
    </>
  ),
} satisfies Record<string, ReactNode>

export type PictureName = keyof typeof drawings
export const pictureNames = Object.keys(drawings) as PictureName[]

export function Picture({ name }: { name: PictureName }) {
  return (
    <svg
      className="loop-easy__picture"
      viewBox="0 0 96 96"
      aria-hidden="true"
      focusable="false"
      fill="none"
      stroke="currentColor"
      strokeWidth="4"
      strokeLinejoin="round"
      strokeLinecap="round"
    >
      {drawings[name]}
    </svg>
  )
}
