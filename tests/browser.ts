import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll } from 'vitest'

/** A real browser, closed after the file. */
export async function openBrowser(): Promise<Browser> {
  // The package unpacks its libraries only where it believes itself at home.
  process.env.AWS_LAMBDA_JS_RUNTIME = 'nodejs22.x'
  const { default: packed } = await import('@sparticuz/chromium')
  const browser = await chromium.launch({
    // Fewer than the package asks for: a graphics card made of software is slow, and no page needs one.
    args: ['--no-sandbox', '--no-zygote', '--disable-gpu'],
    executablePath: await packed.executablePath(),
  })
  afterAll(() => browser.close())
  return browser
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
// As text: it runs in the browser, whose names this project's types do not know.
const whatAxeFinds = `axe
  .run(document, {
    resultTypes: ['violations'],
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  })
  .then(all => all.violations.map(each =>
    each.id + ': ' + each.nodes.slice(0, 3).map(node => node.html.slice(0, 200)).join(' | ')))`

/**
 * What axe finds on the page that is open (R43), and whether anything is wider than a small phone or a wide screen.
 * The page is loaded once; only the screen changes.
 */
export async function flawsOf(page: Page): Promise<string[]> {
  const flaws: string[] = []
  await page.evaluate(`${axe}; undefined`)
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 800 })
    for (const each of await page.evaluate<string[]>(whatAxeFinds)) flaws.push(`at ${width}: ${each}`)
    const wide = await page.evaluate<number>('document.documentElement.scrollWidth')
    if (wide > width) flaws.push(`${wide} wide at ${width}`)
  }
  return flaws
}
