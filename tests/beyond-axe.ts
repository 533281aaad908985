import type { Page } from 'playwright-core'

// What axe cannot see, or sees only in part, on a page that is open (WCAG 2.2 AA; REACH-13). As text: it runs in the
// browser, whose names this project's types do not know. Everything cheap is one call.

/** Things to press or type into, in the order of the document, as a keyboard comes to them. */
const controls = `
  const visible = each => each.checkVisibility({ visibilityProperty: true }) && each.getClientRects().length > 0
  const named = each => each.tagName.toLowerCase() + ' “' + (each.innerText || each.getAttribute('aria-label') || each.name || each.id || '').trim().replaceAll(/\\s+/g, ' ').slice(0, 60) + '”'
  const all = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
    .filter(each => !each.disabled && each.tabIndex >= 0 && visible(each))
`

/** Does not change with the width of the screen. */
const onceOnly = `(async () => {
  const flaws = []
  ${controls}
  const text = node => (node.textContent ?? '').replaceAll(/\\s+/g, ' ').trim()
  if (!/^[a-z]{2,3}(-|$)/.test(document.documentElement.lang)) flaws.push('no language')

  const ids = new Map()
  for (const each of document.querySelectorAll('[id]')) ids.set(each.id, (ids.get(each.id) ?? 0) + 1)
  for (const [id, count] of ids) if (count > 1) flaws.push('the id ' + id + ' ' + count + ' times')
  for (const attribute of ['aria-describedby', 'aria-labelledby', 'aria-controls', 'for', 'headers'])
    for (const each of document.querySelectorAll('[' + attribute + ']'))
      for (const id of each.getAttribute(attribute).split(/\\s+/))
        if (!ids.has(id)) flaws.push(attribute + ' of ' + named(each) + ' names ' + id + ', which is not there')
  for (const each of document.querySelectorAll('a[href^="#"]'))
    if (!ids.has(decodeURIComponent(each.getAttribute('href').slice(1)))) flaws.push(named(each) + ' leads nowhere: ' + each.getAttribute('href'))

  for (const each of all) {
    const label = each.getAttribute('aria-label')
      ?? (each.labels?.length ? [...each.labels].map(text).join(' ') : each.value && each.type === 'submit' ? each.value : text(each))
    if (!label.trim()) flaws.push(named(each) + ' has no name: ' + each.outerHTML.slice(0, 120))
  }
  // A page that comes anew by itself can be told to stay (2.2.1, 2.2.2); with scripts on, noscript is text.
  const anew = document.querySelector('meta[http-equiv="refresh" i]') || [...document.querySelectorAll('noscript')].some(each => /http-equiv="?refresh/i.test(each.textContent + each.innerHTML))
  if (anew && !document.querySelector('main a[href$="?still"]')) flaws.push('comes anew by itself, and nothing stops it')
  if (document.querySelector('[accesskey], [tabindex]:not([tabindex="0"], [tabindex="-1"]), a[target]'))
    flaws.push('an order of focus, a key or a window of its own')

  // Landmarks: one of each, and navigations that can be told apart.
  for (const [what, select] of [['main', 'main'], ['header', 'body > header'], ['footer', 'body > footer']])
    if (document.querySelectorAll(select).length !== 1) flaws.push('not one ' + what)
  const navs = [...document.querySelectorAll('nav')].map(each => each.getAttribute('aria-label') ?? text(document.getElementById(each.getAttribute('aria-labelledby')) ?? {}))
  if (navs.includes('') || new Set(navs).size < navs.length) flaws.push('navigations that cannot be told apart: ' + navs)
  if (all[0]?.getAttribute('href') !== '#maincontent') flaws.push('the first thing is not the way to the content')

  // Headings in order, none empty.
  let level = 1
  for (const each of document.querySelectorAll('main :is(h1, h2, h3, h4, h5, h6)')) {
    const now = Number(each.tagName[1])
    if (!text(each)) flaws.push('an empty heading')
    if (now > level + 1) flaws.push('h' + now + ' after h' + level + ': ' + text(each))
    level = now
  }

  // Where a link goes can be told from its words, or from what it stands in (2.4.4).
  const links = new Map()
  for (const each of document.querySelectorAll('main a[href]')) {
    const words = (each.getAttribute('aria-label') ?? text(each)).toLowerCase()
    if (/^(here|click here|more|read more|link|this|see more|details)$/.test(words)) flaws.push('a link that says nothing: ' + words)
    const around = each.closest('li, tr, p, dd, dt, article, section, blockquote, form, h2, h3, .nhsuk-card, .nhsuk-summary-list__row')
    const before = links.get(words) ?? []
    if (before.some(other => other.href !== each.href && other.around === around && around)) flaws.push('two links “' + words + '” beside each other lead to different places')
    if (before.some(other => other.href !== each.href && (!around || !other.around)))
      flaws.push('two links “' + words + '” lead to different places, and nothing around them tells which')
    links.set(words, [...before, { href: each.href, around }])
  }

  // Each mistake stands at its field, is read out with it, and is in the summary, which has the focus (3.3.1, R45).
  const summary = document.querySelector('.nhsuk-error-summary')
  const said = summary ? [...summary.querySelectorAll('li')].map(text) : []
  const mistakes = [...document.querySelectorAll('.nhsuk-error-message')]
  if (mistakes.length > 0 && !summary) flaws.push('mistakes without a summary')
  // The browser gives it the focus when it next draws.
  for (let frames = 0; summary && document.activeElement !== summary && frames < 10; frames += 1)
    await new Promise(drawn => requestAnimationFrame(drawn))
  if (summary && document.activeElement !== summary) flaws.push('the summary of mistakes has no focus')
  if (summary && !summary.querySelector('[role=alert]')) flaws.push('the summary of mistakes is not announced')
  for (const each of mistakes) {
    const words = text(each).replace(/^Error: /, '')
    if (!said.includes(words)) flaws.push('not in the summary: ' + words)
    if (!document.querySelector('[aria-describedby~="' + CSS.escape(each.id) + '"]')) flaws.push('read out with no field: ' + words)
  }
  for (const each of summary?.querySelectorAll('a') ?? []) {
    const field = document.getElementById(each.getAttribute('href').slice(1))
    const group = field?.closest('.nhsuk-form-group--error')
    if (!field?.matches('input, select, textarea, p, button, [tabindex="-1"]')) flaws.push('leads to no field: ' + text(each))
    else if (!group && field.matches('input, select, textarea')) flaws.push('the field that “' + text(each) + '” leads to does not say so')
  }
  // Hints too: words that stand between a label and its field are read out with it.
  for (const each of document.querySelectorAll('.nhsuk-hint[id]'))
    if (!document.querySelector('[aria-describedby~="' + CSS.escape(each.id) + '"]') && each.id.endsWith('-hint')) flaws.push('a hint read out with no field: ' + text(each).slice(0, 60))

  // What can be filled in by the browser is (1.3.5); "off" says that it is about somebody else.
  for (const each of document.querySelectorAll('input[type=email], input[type=tel], input[type=password], input[type=text]'))
    if (!each.getAttribute('autocomplete') && (each.type !== 'text' || /^(your )?((full|first|last) )?name( \\(optional\\))?$/i.test(text(each.labels?.[0] ?? {})))) flaws.push('no autocomplete: ' + named(each))
  return flaws
})()`

/**
 * At the width that the screen has: size of targets (2.5.8), order on the screen (1.3.2, 2.4.3), and each control takes the
 * focus, shows it (2.4.7) and is not behind anything then (2.4.11).
 */
const atThisWidth = `(() => {
  const flaws = []
  ${controls}
  const boxes = all.map(each => {
    // A radio and its label are one target; the skip link is no target until it has the focus.
    const rects = [...each.getClientRects()]
    const label = each.matches('input') && each.labels?.[0]
    return { each, rects: label ? [...rects, ...label.getClientRects()] : rects, own: each.getBoundingClientRect() }
  })
  const rightSize = rect => rect.width >= 23.9 && rect.height >= 23.9
  const inSentence = each => {
    if (getComputedStyle(each).display !== 'inline') return false
    const block = each.closest('p, li, dd, td, th, div, label, span.nhsuk-hint, blockquote, h1, h2, h3, caption')
    return block && block.innerText.trim().length > each.innerText.trim().length
  }
  const centre = rect => [rect.x + rect.width / 2, rect.y + rect.height / 2]
  const small = boxes.filter(({ each, own, rects }) => !each.matches('.nhsuk-skip-link') && !rects.some(rightSize) && !rightSize(own))
  for (const one of small) {
    if (inSentence(one.each)) continue
    const [x, y] = centre(one.own)
    for (const other of boxes) {
      if (other === one || other.each.matches('.nhsuk-skip-link') || other.each.contains(one.each) || one.each.contains(other.each)) continue
      const away = small.includes(other)
        ? Math.hypot(centre(other.own)[0] - x, centre(other.own)[1] - y) < 24
        : other.rects.some(rect => Math.hypot(Math.max(rect.left - x, 0, x - rect.right), Math.max(rect.top - y, 0, y - rect.bottom)) < 12)
      if (away) {
        flaws.push(named(one.each) + ' is ' + one.own.width.toFixed() + ' by ' + one.own.height.toFixed() + ' and too near to ' + named(other.each))
        break
      }
    }
  }

  // In one column each comes below or beside the one before it.
  if (innerWidth <= 320) {
    const main = boxes.filter(({ each }) => !each.matches('.nhsuk-skip-link'))
    for (const [n, { each, own }] of main.entries()) {
      const before = main[n - 1]
      if (before && own.bottom <= before.own.top - 1) flaws.push(named(each) + ' stands above ' + named(before.each) + ', which comes before it')
    }
  }

  const looks = each => {
    const of = getComputedStyle(each)
    const shown = each.matches('input[type=radio], input[type=checkbox]') && each.labels?.[0] ? [each, each.labels[0]] : [each]
    return shown.map(node => [null, '::before', '::after'].map(part => {
      const style = getComputedStyle(node, part)
      return [style.outlineStyle === 'none' ? '' : style.outlineWidth + style.outlineColor, style.boxShadow, style.backgroundColor, style.borderWidth, style.borderColor, style.color].join()
    }).join()).join()
  }
  const had = document.activeElement
  had?.blur?.()
  const before = all.map(looks)
  for (const [n, each] of all.entries()) {
    each.focus()
    if (document.activeElement !== each) { flaws.push(named(each) + ' takes no focus'); continue }
    if (looks(each) === before[n]) flaws.push(named(each) + ' does not show that it has the focus')
    const target = each.matches('input[type=radio], input[type=checkbox]') && each.labels?.[0] ? each.labels[0] : each
    const hit = [each, target].some(node => [...node.getClientRects()].some(rect => {
      // The middle of what is on the screen: it must not be hidden altogether (2.4.11).
      const [top1, bottom, left, right] = [Math.max(rect.top, 0), Math.min(rect.bottom, innerHeight), Math.max(rect.left, 0), Math.min(rect.right, innerWidth)]
      if (bottom <= top1 || right <= left) return false
      const [x, y] = [(left + right) / 2, (top1 + bottom) / 2]
      const top = document.elementFromPoint(x, y)
      return top && (each.contains(top) || top.contains(each) && top !== document.body && !top.matches('main, html') || each.labels && [...each.labels].some(label => label.contains(top)))
    }))
    if (!hit) flaws.push(named(each) + ' has the focus and cannot be seen')
  }
  // As it was found: whoever presses Tab now begins at the top of the page.
  const top = document.body.insertBefore(document.createElement('span'), document.body.firstChild)
  top.tabIndex = -1
  top.focus()
  top.remove()
  scrollTo(0, 0)
  return flaws
})()`

/** Once for each page, before anything else takes the focus from the summary of mistakes. */
export const flawsOfPage = (page: Page): Promise<string[]> => page.evaluate<string[]>(onceOnly)

/** For each width of the screen. */
export const flawsAtWidth = (page: Page): Promise<string[]> => page.evaluate<string[]>(atThisWidth)
