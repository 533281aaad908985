import { load } from 'cheerio'
import { withoutMarks } from '#kernel/text/theirs.ts'
import { catalogue } from './catalogue.ts'
import { lookIn } from './look.ts'
import type { Known } from './sentence.ts'
import { directionOf, type OtherLanguage } from './words.ts'

/** Of the parser's nodes, what is used here. */
interface Node {
  readonly type: string
  parent?: unknown
}
interface Text extends Node {
  data: string
}
interface Element extends Node {
  name: string
  tagName: string
  attribs: Record<string, string>
  children: Node[]
  cloneNode(deep: boolean): unknown
}

export interface Translating {
  readonly language: OtherLanguage
  readonly known: Known
  /** Told of each text that the catalogue does not have, by its key; with it, they also show: ⟦so⟧. */
  readonly missing?: ((text: string) => void) | undefined
}

/** Within a sentence. */
const inline = new Set(
  'a abbr b strong em i small span sub sup time code kbd cite u mark br svg bdi img'.split(' '),
)
/** Nobody translates what is in there: code, and what people typed. */
const shut = new Set('script style svg textarea code kbd pre'.split(' '))
const spoken = ['aria-label', 'title', 'alt', 'placeholder'] as const

/**
 * A finished page in another language: each sentence of ours is looked up by its English, with the links and the bold
 * words in it (docs/decisions/0018-translated-where-pages-leave.md). What is not ours stays as it is: `translate="no"`,
 * `<bdi>`, `dir="auto"`, quotes, and what `theirs()` marks.
 */
export function pageIn(html: string, to: Translating): string {
  const $ = load(html, { scriptingEnabled: false })
  const texts = catalogue(to.language)
  const direction = directionOf(to.language)
  const look = lookIn(texts, to.known)

  for (const found of $('html').toArray()) {
    const element = found as unknown as Element
    element.attribs.lang = to.language
    element.attribs.dir = direction
    walk(element)
  }
  return withoutMarks($.html())

  function walk(element: Element): void {
    attributesOf(element)
    if (isTheirs(element)) {
      marksTheirs(element)
      return
    }
    if (element.name === 'title') {
      titleOf(element)
      return
    }
    const children = [...element.children]
    let run: Node[] = []
    for (const child of children) {
      if (isInline(child)) run.push(child)
      else {
        unit(element, run)
        run = []
        if (isElement(child)) walk(child)
        else if (holds(child)) for (const each of child.children) if (isElement(each)) walk(each)
      }
    }
    unit(element, run)
  }

  function unit(parent: Element, run: Node[]): void {
    if (run.length === 0) return
    if (!run.some(each => isText(each) && /\S/.test(each.data))) {
      for (const each of run) if (isElement(each)) walk(each)
      return
    }
    // What is read apart at the edge of a sentence is no part of it.
    for (const [edge, rest] of [
      [run[0]!, run.slice(1)],
      [run.at(-1)!, run.slice(0, -1)],
    ] as const) {
      if (isElement(edge) && !isTheirs(edge) && isApart(edge) && run.length > 1) {
        walk(edge)
        unit(parent, rest)
        return
      }
    }
    const parts = partsOf(run)
    if (parts.length > 1 && look(peek(run)) === undefined) {
      for (const each of parts) unit(parent, each)
      return
    }
    const opened: Element[] = []
    const kept: Element[] = []
    const raw = run.map(each => rawOf(each, opened, kept)).join('')
    const found = look(raw)
    const before = /^\s*/.exec(raw)![0]
    const after = /\s*$/.exec(raw)![0]
    if (found === undefined) missing(parent, run, raw)
    else replace(parent, run, nodesOf(`${before}${found}${after}`, run, opened, kept))
  }

  /** The sentence before anything in it is changed. */
  function peek(run: readonly Node[]): string {
    const opened: Element[] = []
    const kept: Element[] = []
    return run.map(each => rawOf(each, opened, kept, false)).join('')
  }

  /** A sentence with its elements as numbered tags; what is not ours, and what is read apart, stays a closed box. */
  function rawOf(node: Node, opened: Element[], kept: Element[], changes = true): string {
    if (isText(node)) return node.data.replaceAll('<', '\uf8d2')
    if (!isElement(node)) return ''
    if (isTheirs(node) && !shut.has(node.name)) {
      if (changes) {
        attributesOf(node)
        marksTheirs(node)
      }
      kept.push(node)
      return `\uf8d0\uf8d3${kept.length - 1}\uf8d3\uf8d1`
    }
    opened.push(node)
    const number = opened.length
    if (isApart(node)) {
      if (changes) walk(node)
      return `<${number}/>`
    }
    if (changes) attributesOf(node)
    const inside = node.children.map(each => rawOf(each, opened, kept, changes))
    return `<${number}>${inside.join('')}</${number}>`
  }

  function nodesOf(text: string, run: Node[], opened: readonly Element[], kept: readonly Element[]): Node[] {
    const Text = textIn(run)!.constructor as new (data: string) => Text
    const top: Node[] = []
    const stack: { into: Node[]; element?: Element }[] = [{ into: top }]
    for (const part of text.split(/(<\/?\d+\/?>|\uf8d3\d+\uf8d3)/)) {
      const into = stack.at(-1)!.into
      const tag = /^<(\/?)(\d+)(\/?)>$/.exec(part)
      const box = /^\uf8d3(\d+)\uf8d3$/.exec(part)
      if (box) into.push(kept[Number(box[1])]!)
      else if (!tag) {
        if (part !== '') into.push(new Text(part.replaceAll('\uf8d2', '<')))
      } else if (tag[3]) into.push(opened[Number(tag[2]) - 1]!)
      else if (tag[1]) {
        const { element, into: inside } = stack.pop()!
        element!.children = inside
        for (const each of inside) each.parent = element
      } else {
        const element = opened[Number(tag[2]) - 1]!
        into.push(element)
        stack.push({ into: [], element })
      }
    }
    return top
  }

  /** English in the middle of another language says so, to whoever reads aloud. */
  function missing(parent: Element, run: Node[], raw: string): void {
    const first = textIn(run)!
    if (to.missing) {
      to.missing(raw)
      const Text = first.constructor as new (data: string) => Text
      replace(parent, run, [new Text('⟦'), ...run, new Text('⟧')])
      return
    }
    const whole =
      run.length === parent.children.length && (inline.has(parent.name) || parent.name === 'option')
    const holder = whole ? parent : (parent.cloneNode(false) as Element)
    if (!whole) {
      holder.name = holder.tagName = 'span'
      holder.attribs = {}
      replace(parent, run, [holder])
      holder.children = run
    }
    holder.attribs.lang = 'en-GB'
    if (direction === 'rtl') holder.attribs.dir = 'ltr'
  }

  /** "Error: Your words – WMIN – Closing the Loop" */
  function titleOf(element: Element): void {
    const text = textIn(element.children)
    if (!text) return
    const [, error = '', rest = ''] = /^(Error: )?([\s\S]*)$/.exec(text.data)!
    const parts = rest.split(' – ').map(part => say(part))
    text.data = `${error && `${say(error.trim())} `}${parts.join(' – ')}`
  }

  function say(text: string): string {
    const found = look(text)
    if (found !== undefined) return found
    to.missing?.(text)
    return to.missing ? `⟦${text}⟧` : text
  }

  function attributesOf(element: Element): void {
    const { attribs, name } = element
    for (const each of spoken) {
      const value = attribs[each]
      if (value && attribs.translate !== 'no') attribs[each] = say(value)
    }
    if (name === 'input' && attribs.type === 'submit' && attribs.value) attribs.value = say(attribs.value)
    if (direction === 'ltr' || attribs.dir) return
    if (name === 'textarea' || (name === 'input' && (!attribs.type || attribs.type === 'text')))
      attribs.dir = 'auto'
    if (name === 'input' && /^(tel|email|url)$/.test(attribs.type ?? '')) attribs.dir = 'ltr'
  }

  function marksTheirs(element: Element): void {
    const { attribs, name } = element
    // A picture with words in it: the page says them, too.
    if (name === 'svg' && textOf(element).trim()) attribs.lang = 'en-GB'
    if (shut.has(name)) return
    if (direction === 'rtl' && name !== 'bdi') attribs.dir ??= 'auto'
    // An empty one says: a language that has no name here.
    if (attribs.lang !== undefined || inline.has(name)) return
    const words = textOf(element)
    // Blocks of somebody's words are English unless they say something else, or are in another script.
    if (/[A-Za-z]/.test(words) && !/[\u0590-\u08ff\u0900-\u0dff\u4e00-\u9fff]/.test(words))
      attribs.lang = 'en-GB'
  }
}

const isText = (node: Node): node is Text => node.type === 'text'
const isElement = (node: Node): node is Element => 'attribs' in node
const holds = (node: Node): node is Node & { children: Node[] } => 'children' in node
const textOf = (node: Node): string =>
  isText(node) ? node.data : holds(node) ? node.children.map(textOf).join('') : ''

const textIn = (nodes: readonly Node[]): Text | undefined => {
  for (const node of nodes) {
    if (isText(node)) return node
    const inside = holds(node) ? textIn(node.children) : undefined
    if (inside) return inside
  }
  return undefined
}

function isTheirs({ name, attribs }: Element): boolean {
  return (
    shut.has(name) ||
    name === 'bdi' ||
    name === 'blockquote' ||
    attribs.translate === 'no' ||
    (attribs.dir === 'auto' && name !== 'input' && name !== 'select')
  )
}

/** Read apart from the sentence around it, or no words at all. */
const isApart = (element: Element): boolean =>
  element.children.length === 0 ||
  element.name === 'svg' ||
  /\b(nhsuk-u-visually-hidden|loop-count|loop-due|loop-strip__when|nhsuk-table__heading)\b/.test(
    element.attribs.class ?? '',
  )

/** Where no language has the whole: its lines apart, and a tag at its end or beginning ("14 May <1>Late</1>") apart. */
function partsOf(run: readonly Node[]): Node[][] {
  const lines: Node[][] = [[]]
  for (const each of run) {
    if (isElement(each) && each.name === 'br') lines.push([])
    else lines.at(-1)!.push(each)
  }
  if (lines.length > 1) return lines
  const shows = (node: Node) => !isText(node) || /\S/.test(node.data)
  const isTag = (node: Node | undefined) =>
    node !== undefined && isElement(node) && /\bnhsuk-tag\b/.test(node.attribs.class ?? '')
  const first = run.find(shows)
  const last = run.findLast(shows)
  const at = isTag(last) ? run.lastIndexOf(last!) : isTag(first) ? run.indexOf(first!) + 1 : 0
  return [run.slice(0, at), run.slice(at)].filter(each => each.length > 0)
}

const isInline = (node: Node): boolean =>
  isText(node) ||
  (isElement(node) && inline.has(node.name) && node.children.every(child => isInline(child) || !holds(child)))

function replace(parent: Element, run: readonly Node[], by: readonly Node[]): void {
  parent.children.splice(parent.children.indexOf(run[0]!), run.length, ...by)
  for (const each of by) each.parent = parent
}
