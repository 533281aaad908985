/**
 * Makes our stylesheet from NHS frontend's: without the Frutiger font (licensed; Arial stands in, R49), without
 * anything fetched from elsewhere (R64), and without the components that no page of ours can show. Pure text work,
 * done once at start: no build step, no tool.
 */

/** Parts of NHS frontend that need a script or that we do not have. A test fails when a page uses one of them. */
const unusedBlocks = [
  'breadcrumb',
  'card--(?:care|feature|emergency|immediate|urgent|non-urgent|primary|secondary|top-task)',
  'character-count__status',
  'code',
  'contents-list',
  'do-dont-list',
  'expander',
  'footer__navigation',
  'header--(?:white|inline)',
  'header__(?:menu|menu-list|menu-toggle|search|search-form|drop-down|logo|navigation--white|navigation--justified)',
  'hero',
  'image',
  'loader',
  'panel--interruption',
  'password-input',
  'review-date',
  'scroll',
  'table-container',
  'table__heading-tab',
  'tabs',
  'lede-text',
  'table-responsive',
  'u-static-(?:margin|padding)[-\\w]*',
]

const unused = new RegExp(
  [
    `\\.nhsuk-(?:${unusedBlocks.join('|')})(?![a-z0-9])`,
    // Colours for a dark ground, brand and login buttons, icons that are not ours.
    String.raw`\.nhsuk-[-\w]+--(?:reverse|login|brand)(?![\w-])`,
    String.raw`\.nhsuk-icon--(?!arrow-(?:left|right)(?![\w-]))`,
    // What happens only once a script has marked the body.
    String.raw`(?:^|[^(])\.nhsuk-frontend-supported`,
    String.raw`\.nhsuk-u-frontend-(?:not-)?supported-hidden`,
    String.raw`\.nhsuk-(?:file-upload__(?:button|button-container|button-text|status|instruction))`,
    String.raw`(?:^|[^(])\.js-enabled`,
    'data-sort|aria-sort|search-cancel-button',
  ].join('|'),
)

/** Whether a selector can only match what our pages never hold. */
export function isUnused(selector: string): boolean {
  return unused.test(selector)
}

export function stylesheetFrom(nhsFrontend: string, own: string): string {
  const kept = withoutUnused(nhsFrontend.replace(/^@charset "UTF-8";/, ''))
    .replaceAll(/@font-face\{[^}]*\}/g, '')
    .replaceAll(/\/\*[^*]*\*\/\s*/g, '')
    .replaceAll(/Frutiger W01,\s*/g, '')
  return `@charset "UTF-8";${kept}${smaller(own)}`
}

/** Goes through the rules of minified CSS, into `@media` and its like, and leaves out what `isUnused`. */
function withoutUnused(css: string): string {
  let kept = ''
  let at = 0
  while (at < css.length) {
    const open = css.indexOf('{', at)
    if (open < 0) return kept + css.slice(at)
    const close = endOfBlock(css, open)
    const prelude = css.slice(at, open)
    const body = css.slice(open + 1, close)
    kept += rule(prelude, body)
    at = close + 1
  }
  return kept
}

function rule(prelude: string, body: string): string {
  if (prelude.startsWith('@font-face') || prelude.startsWith('@keyframes')) return `${prelude}{${body}}`
  if (prelude.startsWith('@')) {
    const inside = withoutUnused(body)
    return inside === '' ? '' : `${prelude}{${inside}}`
  }
  const selectors = splitSelectors(prelude).filter(selector => !isUnused(selector))
  return selectors.length === 0
    ? ''
    : `${selectors.join(',')}{${withoutSides(body)}}${mirrored(selectors, body)}`
}

/** What stands on the left of a line stands at its beginning: on the right, in a language that runs from there. */
const withoutSides = (body: string): string =>
  body
    .replaceAll(
      /(?<![-\w])(margin|padding|border)-(left|right)(?=[-:])/g,
      (_, what, side) => `${what}-inline-${ends[side]}`,
    )
    .replaceAll(/(?<![-\w])(text-align|float):(left|right)/g, (_, what, side) =>
      what === 'float' ? `float:${side}` : `${what}:${ends[side]}`,
    )

const ends: Record<string, string> = { left: 'start', right: 'end' }

/** Places by a side have no word for it that every phone knows: they are said again, the other way round. */
function mirrored(selectors: readonly string[], body: string): string {
  const sides = [...body.matchAll(/(?:^|;)(left|right|float):([^;]+)/g)]
  if (sides.length === 0) return ''
  const other = (side: string) => (side === 'left' ? 'right' : 'left')
  const said = new Set(sides.map(([, name]) => name))
  const again = sides.map(([, name = '', value = '']) =>
    name === 'float'
      ? `float:${/^(left|right)$/.test(value) ? other(value) : value}`
      : `${other(name)}:${value}`,
  )
  const free = ['left', 'right'].filter(side => said.has(side) && !said.has(other(side)))
  return `${selectors.map(each => `[dir=rtl] ${each}`).join(',')}{${[...again, ...free.map(side => `${side}:auto`)].join(';')}}`
}

function endOfBlock(css: string, open: number): number {
  let depth = 0
  for (let at = open; at < css.length; at++) {
    const letter = css[at]
    if (letter === '{') depth++
    else if (letter === '}' && --depth === 0) return at
  }
  throw new Error('the stylesheet has a block without an end')
}

/** By comma, but not inside `:is(…)`. */
function splitSelectors(prelude: string): string[] {
  const parts: string[] = []
  let depth = 0
  let from = 0
  for (let at = 0; at < prelude.length; at++) {
    const letter = prelude[at]
    if (letter === '(') depth++
    else if (letter === ')') depth--
    else if (letter === ',' && depth === 0) {
      parts.push(prelude.slice(from, at))
      from = at + 1
    }
  }
  return [...parts, prelude.slice(from)]
}

/** Our own stylesheet without comments and indents. */
function smaller(css: string): string {
  return css
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\s*([{};])\s*/g, '$1')
    .replaceAll(/;}/g, '}')
    .trim()
}
