import { chromium } from 'playwright-core'
import axe from 'axe-core'
process.env.AWS_LAMBDA_JS_RUNTIME='nodejs22.x'
const { default: packed } = await import('@sparticuz/chromium')
const browser = await chromium.launch({ args: packed.args.filter(a=>a!=='--single-process'), executablePath: await packed.executablePath() })
const [,, who, ...paths] = process.argv
const ctx = await browser.newContext({ bypassCSP: true })
const page = await ctx.newPage()
if (who !== '-') { await ctx.request.post('http://127.0.0.1:4701/demo/sign-in', { form: { person: who }, maxRedirects: 0 }) }
for (const p of paths) for (const w of [320,1280]) {
  await page.setViewportSize({ width: w, height: 900 })
  const r = await page.goto('http://127.0.0.1:4701'+p)
  await page.evaluate(axe.source)
  const found = await page.evaluate(()=>globalThis.axe.run({runOnly:['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']}))
  const wide = await page.evaluate(()=>document.documentElement.scrollWidth>innerWidth)
  console.log(p, w, r.status(), found.violations.map(v=>v.id+': '+v.nodes.map(n=>n.target).join(' ; ')).join(' | ')||'ok', wide?'WIDE':'')
  await page.screenshot({ path: `/tmp/shots/${(p.replace(/[^a-z0-9]+/gi,'_')||'root')}-${w}.png`, fullPage: true })
}
await browser.close()
