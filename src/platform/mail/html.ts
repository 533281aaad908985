import { type Layout, linkOf, type Part, partsOf } from './layout.ts'

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const plain = (text: string) => text.replace(/[&<>"']/g, each => escapes[each]!)
const lines = (text: string) => plain(text).replaceAll('\n', '<br>')

const rightToLeft = new Set(['ar', 'fa', 'he', 'ur'])
/** A sentence of ours may begin with a name in other letters. What somebody wrote goes by its own first letter. */
const sideOf = (text: string, dir: string) => (dir === 'rtl' && /[\u0590-\u08ff]/.test(text) ? 'rtl' : 'auto')

/** Mail programs read styles on the element; the few rules for a dark screen stand in the head. */
const font = "font-family:'Frutiger W01',Frutiger,Arial,Helvetica,sans-serif"
const dark = `
  @media (prefers-color-scheme: dark) {
    .page, .sheet { background-color: #1a1f24 !important }
    .words, .words td, .words p, .words li { color: #f0f4f5 !important }
    .small, .small a { color: #c8d3da !important }
    .rule { border-color: #4c6272 !important }
    .head { background-color: #003d78 !important }
  }
  @media (max-width: 480px) { .sheet td { padding-left: 16px !important; padding-right: 16px !important }
    .sheet td.button { padding: 0 !important } }`

/**
 * An e-mail as mail programs show it, made from its text and in the look of our pages: one column, readable without
 * pictures and with large letters. It brings nothing from elsewhere, so opening it tells nobody.
 */
export function htmlOf(
  message: { readonly subject: string; readonly body: string },
  layout: Layout | undefined,
): string {
  const parts = partsOf(message.body, layout)
  const lang = layout?.lang ?? 'en'
  const dir = rightToLeft.has(lang) ? 'rtl' : 'ltr'
  const size = layout?.large ? 24 : 18
  const [name, ...rest] = parts.find(each => each.kind === 'from')?.text.split('\n') ?? []
  const small = parts.filter(each => each.kind === 'preferences')
  return `<!doctype html>
<html lang="${plain(lang)}" dir="${dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${plain(message.subject)}</title>
<style>:root { color-scheme: light dark }${dark}
</style>
</head>
<body class="page" style="margin:0;padding:0;background-color:#f0f4f5">
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" style="background-color:#f0f4f5">
<tr><td align="center">
<table role="presentation" class="sheet" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:640px;background-color:#ffffff">
${name ? `<tr><td class="head" style="${font};background-color:#005eb8;color:#ffffff;font-size:20px;line-height:28px;font-weight:bold;padding:16px 24px">${plain(name)}</td></tr>` : ''}
<tr><td class="words" style="${font};color:#212b32;font-size:${size}px;line-height:1.5;padding:24px 32px">
${bodyOf(parts, dir)}${
  name
    ? `
<p style="margin:24px 0 0">${plain(name)}${rest.map(each => `<br>${telephone(each)}`).join('')}</p>`
    : ''
}
</td></tr>
${small
  .map(
    each =>
      `<tr><td class="rule small" style="${font};border-top:1px solid #d8dde0;color:#4c6272;font-size:${size - 2}px;line-height:1.5;padding:16px 32px 24px">${smallLink(each)}</td></tr>`,
  )
  .join('\n')}
</table>
</td></tr>
</table>
</body>
</html>
`
}

function bodyOf(parts: readonly Part[], dir: string): string {
  const html: string[] = []
  let points: string[] = []
  const end = () => {
    if (points.length > 0) {
      html.push(
        `<ul style="margin:0 0 20px;padding:0 24px">${points.map(each => `<li dir="${sideOf(each, dir)}" style="margin:0 0 8px">${lines(each)}</li>`).join('')}</ul>`,
      )
    }
    points = []
  }
  for (const part of parts) {
    if (part.kind === 'words' && part.text.startsWith('• ')) {
      points.push(part.text.slice(2))
      continue
    }
    end()
    if (part.kind === 'from' || part.kind === 'preferences') continue
    const link = part.kind === 'link' ? linkOf(part) : undefined
    html.push(
      link
        ? button(link)
        : `<p dir="${sideOf(part.text, dir)}" style="margin:0 0 20px">${lines(part.text)}</p>`,
    )
  }
  end()
  return html.join('\n')
}

/** A table around it, since some programs give a link no padding; the address below is for whoever cannot press it. */
const button = ({ words, href }: { words: string; href: string }) => `
<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 12px"><tr><td class="button" style="background-color:#007f3b;border-radius:4px">
<a href="${plain(href)}" style="${font};display:inline-block;padding:12px 20px;color:#ffffff;font-weight:bold;text-decoration:none">${plain(words)}</a>
</td></tr></table>
<p class="small" dir="ltr" style="margin:0 0 20px;font-size:16px;color:#4c6272;word-break:break-all">${plain(href)}</p>`

function smallLink(part: Part): string {
  const link = linkOf(part)
  return link
    ? `<a href="${plain(link.href)}" style="color:#005eb8">${plain(link.words)}</a>`
    : lines(part.text)
}

const telephone = (line: string) =>
  /^[\d +()-]{6,20}$/.test(line)
    ? `<a href="tel:${line.replace(/[^\d+]/g, '')}" dir="ltr" style="color:inherit">${plain(line)}</a>`
    : plain(line)
