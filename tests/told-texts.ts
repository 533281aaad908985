import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { sayIn } from '#platform/languages/message.ts'
import type { OtherLanguage } from '#platform/languages/words.ts'

const root = fileURLToPath(new URL('../src/', import.meta.url))
/** Files that hold nothing but what people are told. */
const onlyMessages = /\/(messages|item-messages|message-texts|correspondence\/letters|answer-letters)\.ts$/
/** The properties of a telling, and of a reminder. */
const told = new Set(['subject', 'paragraphs', 'short', 'link', 'sentence', 'reply'])

const sam = '\uf8d0Sam\uf8d1'
const days = ['3 March 2027', 'Thursday 3 March 2027, 2pm to 4pm', 'Thursday 3 March 2027, 2pm']
const rest = ['on the phone', 'by video call', 'You come.', `, or ring us on ${sam}`, '“Sam”', '']
/** What can stand in a sentence, by how the code calls it: the likely first. */
const fillings: readonly (readonly [RegExp, readonly string[]])[] = [
  [/network\.name/, ['Sam’s Network']],
  [/lateWords/, ['3 working days late']],
  [/^said$/, ['that this answers it', 'You come.']],
  [/^late$/, ['', ' It is late: ask the chair or the team to let it go out.']],
  [/^its$/, ['an item on the agenda of 3 March 2027, which you see on the page', ...rest, sam]],
  [/outcomeWords/, ['No conflict']],
  [/^to$/, ['the team']],
  [/words\[stage\]/, ['was due by']],
  [/^many/, ['1 paper']],
  [/timeWords/, ['2 hours']],
  [/named|[iI]tem\b|\bits\b|where\b/, ['C-1042, Sam', `C-1042, ${sam}`, `${sam} (C-1042)`, ...rest, sam]],
  [/when|[dD]ay|date|until|moment|\bon\b|\bby\b|untilInWords/i, [...days, ' by 3 March 2027', sam, ...rest]],
  [/reference|mark|\bit\b/, ['C-1042', sam, ...rest]],
  [/number|count|length|minutes|left|many/i, ['3', 'C-1042', ...rest]],
  [/./s, [sam, 'C-1042', '3', ...days, ...rest, 'https://loop.example/x']],
]

const most = 5000

/** The texts that an expression can be, one for each way; undefined for what only runs can tell. */
function waysOf(node: ts.Expression): readonly string[] | undefined {
  if (ts.isStringLiteralLike(node)) return [node.text]
  if (ts.isParenthesizedExpression(node)) return waysOf(node.expression)
  if (ts.isConditionalExpression(node)) {
    return [
      ...(waysOf(node.whenTrue) ?? filling(node.whenTrue)),
      ...(waysOf(node.whenFalse) ?? filling(node.whenFalse)),
    ]
  }
  if (ts.isCallExpression(node) && node.expression.getText() === 'theirs') return [sam]
  if (!ts.isTemplateExpression(node)) return undefined
  return node.templateSpans.reduce(
    (ways, span) => {
      const each = waysOf(span.expression) ?? filling(span.expression)
      const few = ways.length * each.length > most ? each.slice(0, 2) : each
      return ways.flatMap(before => few.map(words => `${before}${words}${span.literal.text}`))
    },
    [node.head.text],
  )
}

const filling = (node: ts.Expression) => fillings.find(([name]) => name.test(node.getText()))![1]

/** Every text in the source of which a message or a reminder is made, and that this language cannot say in any way. */
export function untold(language: OtherLanguage): { readonly looked: number; readonly without: string[] } {
  const without: string[] = []
  let looked = 0
  const isSaid = (text: string): boolean => {
    let whole = true
    sayIn(language, { network: 'Sam’s Network' }, () => {
      whole = false
    })(text)
    return whole
  }

  function text(node: ts.Expression, file: string): void {
    const ways = waysOf(node)
    // A word alone names a state or an event; what is compared is not told.
    if (!ways?.some(each => /[a-z]/i.test(each)) || ts.isBinaryExpression(node.parent)) return
    if (ts.isStringLiteralLike(node) && !/ |^[A-Z]/.test(node.text)) return
    looked += 1
    if (!ways.some(isSaid)) without.push(`${file}: ${node.getText().replaceAll(/\s+/g, ' ')}`)
  }

  for (const file of sources(root)) {
    const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true)
    const name = file.slice(root.length)
    const within = (node: ts.Node): void => {
      if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) text(node, name)
      else if (ts.isPropertyAssignment(node) && /^(path|key|kind|id)$/.test(node.name.getText())) return
      else ts.forEachChild(node, within)
    }
    const visit = (node: ts.Node): void => {
      if (ts.isImportDeclaration(node) || ts.isTypeNode(node)) return
      if (ts.isObjectLiteralExpression(node)) {
        const names = node.properties.map(each => each.name?.getText() ?? '')
        const isTelling = names.includes('subject') && names.includes('paragraphs')
        if (isTelling || (names.includes('sentence') && names.includes('personId'))) {
          for (const each of node.properties) {
            if (told.has(each.name?.getText() ?? '') && ts.isPropertyAssignment(each))
              within(each.initializer)
          }
          return
        }
      }
      if (onlyMessages.test(file) && (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node))) {
        if (/[a-z] /i.test(node.getText())) text(node, name)
        return
      }
      ts.forEachChild(node, visit)
    }
    visit(source)
  }
  return { looked, without }
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(each => {
    const path = join(folder, each.name)
    if (each.isDirectory()) return each.name === 'demo' ? [] : sources(path)
    return /\.tsx?$/.test(each.name) && !/\.test\.|for-tests/.test(each.name) ? [path] : []
  })
}
