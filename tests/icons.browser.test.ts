import { readFileSync, writeFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { openBrowser } from './browser.ts'

// The icons of the app are drawn from the mark in the browser's tab. `DRAW_ICONS=1` draws them anew.

const kinds = [
  { name: 'any-192', size: 192, full: false },
  { name: 'any-512', size: 512, full: false },
  { name: 'maskable-192', size: 192, full: true },
  { name: 'maskable-512', size: 512, full: true },
  { name: 'touch-180', size: 180, full: true },
]

let draw: (kind: { size: number; full: boolean }) => Promise<Buffer>
let differ: (one: Buffer, other: Buffer) => Promise<number>

beforeAll(async () => {
  const browser = await openBrowser()
  const svg = readFileSync('src/design/favicon.svg', 'utf8')
  draw = async ({ size, full }) => {
    const page = await browser.newPage({ viewport: { width: size, height: size } })
    // A device cuts a tenth off at each side: the mark stays inside of that.
    const mark = full ? Math.round(size * 0.8) : size
    await page.setContent(
      `<style>*{margin:0}body{background:${full ? '#005eb8' : 'transparent'};display:grid;place-items:center;height:${size}px}
       svg{width:${mark}px;height:${mark}px;display:block}</style>${svg}`,
    )
    const picture = await page.screenshot({ omitBackground: true, scale: 'css' })
    await page.close()
    return picture
  }
  differ = async (one, other) => {
    const page = await browser.newPage()
    const url = (png: Buffer) => JSON.stringify(`data:image/png;base64,${png.toString('base64')}`)
    const found = await page.evaluate<number>(`(async () => {
      const read = async url => {
        const image = Object.assign(new Image(), { src: url })
        await image.decode()
        const canvas = new OffscreenCanvas(image.width, image.height).getContext('2d')
        canvas.drawImage(image, 0, 0)
        return [image.width, image.height, canvas.getImageData(0, 0, image.width, image.height).data]
      }
      const [a, b] = [await read(${url(one)}), await read(${url(other)})]
      if (a[0] !== b[0] || a[1] !== b[1]) return 255
      return a[2].reduce((sum, value, n) => sum + Math.abs(value - b[2][n]), 0) / a[2].length
    })()`)
    await page.close()
    return found
  }
}, 60_000)

test('REACH-15 the icons of the app are the mark of the product, in each size, and small', async () => {
  for (const kind of kinds) {
    const path = `src/design/icons/${kind.name}.png`
    const drawn = await draw(kind)
    if (process.env.DRAW_ICONS) writeFileSync(path, drawn)
    const kept = readFileSync(path)
    expect(await differ(kept, drawn), kind.name).toBeLessThan(2)
    expect(kept.length, kind.name).toBeLessThan(25_000)
  }
}, 60_000)
