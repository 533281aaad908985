// What is looked for closely, on one page of each kind (tests/access.browser.test.ts). As text: it runs in the browser.

/** What is cut off, runs over its own edge, or makes the page scroll sideways. */
export const cutOff = `(() => {
  const flaws = []
  if (document.documentElement.scrollWidth > innerWidth) flaws.push('scrolls sideways: ' + document.documentElement.scrollWidth)
  for (const each of document.querySelectorAll('body *')) {
    if (!each.checkVisibility({ visibilityProperty: true }) || each.closest('.nhsuk-u-visually-hidden, svg, select, .nhsuk-skip-link') || each.matches('input, textarea')) continue
    const style = getComputedStyle(each)
    const name = each.tagName + '.' + each.className + ' “' + each.textContent.trim().slice(0, 40) + '”'
    if (style.display === 'inline' || each.closest('thead')?.clientWidth <= 1) continue
    const sideways = each.scrollWidth > each.clientWidth + 1
    if (sideways && /auto|scroll/.test(style.overflowX) && each.tabIndex < 0 && !each.querySelector('a, button')) flaws.push('no key scrolls ' + name)
    if (/hidden|clip/.test(style.overflowX + style.overflowY) && (sideways || each.scrollHeight > each.clientHeight + 1)) flaws.push('cut off: ' + name)
    // Words that need more room than a box of a fixed height gives.
    if (each.childElementCount === 0 && each.textContent.trim() && each.clientHeight > 0 && each.scrollHeight > each.clientHeight + 4 && style.overflowY === 'visible' && style.lineHeight !== 'normal' && parseFloat(style.lineHeight) < parseFloat(style.fontSize)) flaws.push('runs over: ' + name)
  }
  return flaws
})()`

/** The spacing of 1.4.12. */
export const widened = `(() => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }')
  document.adoptedStyleSheets = [sheet]
})()`

/** In forced colours: edges of buttons, tags and fields, the focus, and every line of a drawing. */
export const inForcedColours = `(() => {
  const flaws = []
  const numbers = colour => (colour.match(/[\\d.]+/g) ?? []).map(Number)
  const light = colour => {
    const [r, g, b] = numbers(colour).map(each => { const c = each / 255; return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4 })
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const seen = (colour, ground) => {
    if (!/^rgb/.test(colour) || numbers(colour)[3] === 0) return false
    const [a, b] = [light(colour), light(ground)].sort((x, y) => y - x)
    return (a + 0.05) / (b + 0.05) >= 3
  }
  const ground = getComputedStyle(document.body).backgroundColor
  const canvas = numbers(ground)[3] === 0 ? 'rgb(0, 0, 0)' : ground
  const edge = style => style.borderTopStyle !== 'none' && parseFloat(style.borderTopWidth) >= 1 && seen(style.borderTopColor, canvas)
    || style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1 && seen(style.outlineColor, canvas)
    || style.borderBottomStyle !== 'none' && parseFloat(style.borderBottomWidth) >= 2 && seen(style.borderBottomColor, canvas)
  const name = each => each.tagName + '.' + each.className + ' “' + each.textContent.trim().slice(0, 40) + '”'
  const visible = each => each.checkVisibility({ visibilityProperty: true })
  for (const each of document.querySelectorAll('.nhsuk-button, .nhsuk-tag, .nhsuk-input, .nhsuk-textarea, .nhsuk-select, .loop-count, .loop-quote, .loop-message, .nhsuk-inset-text, .nhsuk-card, .loop-strip__step, .nhsuk-error-summary, .nhsuk-warning-callout')) {
    if (!visible(each)) continue
    const style = getComputedStyle(each)
    const left = style.borderLeftStyle !== 'none' && parseFloat(style.borderLeftWidth) >= 1 && seen(style.borderLeftColor, canvas)
    if (!edge(style) && !left) flaws.push('no edge: ' + name(each))
  }
  // The box of a radio or a tick is drawn beside it.
  for (const each of document.querySelectorAll('.nhsuk-radios__label, .nhsuk-checkboxes__label')) {
    if (visible(each) && !edge(getComputedStyle(each, '::before'))) flaws.push('no box: ' + name(each))
  }
  for (const each of document.querySelectorAll('main svg :is(path, circle, rect, line, polyline, polygon, ellipse)')) {
    if (!visible(each)) continue
    const style = getComputedStyle(each)
    const stroke = style.stroke !== 'none' && parseFloat(style.strokeWidth) > 0 && seen(style.stroke, canvas)
    if (!stroke && !seen(style.fill, canvas)) flaws.push('not seen: ' + each.outerHTML.slice(0, 100) + ' ' + style.stroke + ' ' + style.fill)
  }
  for (const each of document.querySelectorAll('main svg text')) {
    if (visible(each) && !seen(getComputedStyle(each).fill, canvas)) flaws.push('not readable: ' + name(each))
  }
  for (const each of document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')) {
    if (!visible(each)) continue
    const line = () => [each, ...(each.labels ?? [])].flatMap(node => [null, '::before'].map(part => {
      const style = getComputedStyle(node, part)
      return [style.outlineStyle, style.outlineWidth, style.outlineColor, style.borderWidth, style.borderColor, style.textDecorationThickness, style.backgroundColor].join()
    })).join()
    each.blur()
    const before = line()
    each.focus()
    if (document.activeElement === each && line() === before) flaws.push('no focus: ' + name(each))
  }
  return flaws
})()`

/** What stays out of print, and what links say there. */
export const onPaper = `(() => {
  const flaws = []
  const shown = select => [...document.querySelectorAll(select)].filter(each => each.checkVisibility({ visibilityProperty: true }))
  for (const each of shown('nav, .nhsuk-header__account, .nhsuk-footer__list, .nhsuk-skip-link, .nhsuk-button, .loop-demo, search')) flaws.push('printed: ' + each.tagName + '.' + each.className)
  if (shown('h1').length !== 1) flaws.push('no heading on paper')
  for (const each of document.querySelectorAll('main a[href^="http"]')) {
    if (!getComputedStyle(each, '::after').content.includes('http')) flaws.push('an address that paper does not say: ' + each.href)
  }
  for (const each of document.querySelectorAll('main a:is([href^="/"], [href^="#"], [href^="tel:"], [href^="mailto:"])')) {
    if (/Link/.test(getComputedStyle(each, '::after').content)) flaws.push('an address that says nothing on paper: ' + each.getAttribute('href'))
  }
  return flaws
})()`

export const whereTheFocusIs = `(() => {
  const each = document.activeElement
  if (!each || each === document.body) return null
  const box = each.getBoundingClientRect()
  const all = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
  return { at: all.indexOf(each), radio: each.type === 'radio', what: each.tagName + ' ' + (each.innerText || each.name || '').slice(0, 50), seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth }
})()`
