import * as cheerio from 'cheerio'
import type { App } from '#src/app.ts'

/**
 * Somebody who reads pages and fills forms without script, by the words a screen reader speaks: labels, buttons
 * and links. What is not labelled cannot be filled, what is not named cannot be pressed.
 */
export class NoScriptPerson {
  private readonly cookies = new Map<string, string>()

  constructor(
    private readonly app: App,
    readonly name = 'a visitor',
  ) {}

  async opens(path: string, headers: Record<string, string> = {}): Promise<SeenPage> {
    return await this.send(path, { headers })
  }

  /** Opens and expects to read it. */
  async reads(path: string): Promise<SeenPage> {
    const seen = await this.opens(path)
    if (seen.status !== 200)
      throw new Error(`${this.name} opened ${path}: ${seen.status} ${seen.title}\n${seen.text.slice(0, 600)}`)
    return seen
  }

  async posts(
    path: string,
    body: FormData | Record<string, string>,
    headers: Record<string, string> = {},
  ): Promise<SeenPage> {
    const form = body instanceof FormData ? body : new URLSearchParams(body)
    return await this.send(path, {
      method: 'POST',
      body: form,
      headers: { origin: 'http://loop.test', ...headers },
    })
  }

  /** As a browser would after signing in elsewhere: the cookie is there. */
  takesCookies(response: Response): void {
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';')
      const at = pair.indexOf('=')
      if (/Max-Age=0/.test(cookie)) this.cookies.delete(pair.slice(0, at))
      else this.cookies.set(pair.slice(0, at), pair.slice(at + 1))
    }
  }

  forgetsCookies(): void {
    this.cookies.clear()
  }

  cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  /** One request, no redirect followed. */
  async raw(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers)
    headers.set('host', 'loop.test')
    if (this.cookies.size > 0) headers.set('cookie', this.cookieHeader())
    const response = await this.app.http.request(
      new Request(new URL(path, 'http://loop.test'), { ...init, headers }),
    )
    this.takesCookies(response)
    return response
  }

  private async send(path: string, init: RequestInit): Promise<SeenPage> {
    let at = path
    let response = await this.raw(at, init)
    for (let hops = 0; response.status === 303 && hops < 5; hops++) {
      at = response.headers.get('location')!
      response = await this.raw(at)
    }
    return new SeenPage(this, at, response.status, await response.text(), response.headers)
  }
}

export class SeenPage {
  readonly $: cheerio.CheerioAPI
  private readonly filled = new Map<string, string | string[] | File[]>()

  constructor(
    private readonly person: NoScriptPerson,
    readonly path: string,
    readonly status: number,
    readonly html: string,
    readonly headers: Headers,
  ) {
    this.$ = cheerio.load(html)
  }

  get title(): string {
    return this.$('title').text()
  }

  get h1(): string {
    return words(this.$('h1').text())
  }

  /** What is on the page to read, in the main part. */
  get text(): string {
    const main = this.$('main').clone()
    main.find('script, style').remove()
    // Blocks are read apart.
    main.find('p, li, dt, dd, h1, h2, h3, td, th, legend, label, div').append(' ')
    return words(main.text())
  }

  get errors(): string[] {
    return this.$('.nhsuk-error-summary li')
      .toArray()
      .map(each => words(this.$(each).text()))
  }

  hasButton(text: string): boolean {
    return this.button(text) !== undefined
  }

  hasLink(text: string): boolean {
    return this.link(text) !== undefined
  }

  /** A text field, area, date part or select, by its label. */
  fill(label: string, value: string): this {
    const field = this.field(label)
    const node = this.$(field)
    if (field.tagName === 'select') {
      const option = node
        .find('option')
        .toArray()
        .find(each => words(this.$(each).text()) === value || this.$(each).attr('value') === value)
      if (!option) throw new Error(`“${label}” has no option “${value}”: ${words(node.text())}`)
      this.filled.set(node.attr('name')!, this.$(option).attr('value') ?? words(this.$(option).text()))
    } else this.filled.set(node.attr('name')!, value)
    return this
  }

  /** A radio or a checkbox, by its label. */
  choose(label: string): this {
    const field = this.field(label)
    const node = this.$(field)
    const name = node.attr('name')!
    const value = node.attr('value') ?? 'on'
    if (node.attr('type') === 'checkbox') {
      const before = this.filled.get(name)
      this.filled.set(name, [...(Array.isArray(before) ? (before as string[]) : []), value])
    } else this.filled.set(name, value)
    return this
  }

  attach(label: string, ...files: File[]): this {
    this.filled.set(this.$(this.field(label)).attr('name')!, files)
    return this
  }

  valueOf(label: string): string {
    const field = this.field(label)
    const node = this.$(field)
    if (field.tagName === 'textarea') return node.text()
    if (field.tagName === 'select') return words(node.find('option[selected]').text())
    if (node.attr('type') === 'radio' || node.attr('type') === 'checkbox')
      return node.attr('checked') === undefined ? '' : 'chosen'
    return node.attr('value') ?? ''
  }

  async press(button: string): Promise<SeenPage> {
    const found = this.button(button)
    if (!found)
      throw new Error(
        `No button “${button}” at ${this.path} (${this.status} ${this.h1}). Buttons: ${this.buttons().join(' | ')}\n${this.text.slice(0, 500)}`,
      )
    const node = this.$(found)
    const form = node.closest('form')
    const to = new URL(form.attr('action') ?? this.path, `http://loop.test${this.path}`)
    const body = this.bodyOf(form, node)
    if ((form.attr('method') ?? 'get').toLowerCase() === 'get') {
      for (const [name, value] of body) to.searchParams.set(name, String(value))
      return await this.person.opens(to.pathname + to.search)
    }
    const multipart = form.attr('enctype') === 'multipart/form-data'
    return await this.person.posts(to.pathname + to.search, multipart ? body : asRecordOrForm(body))
  }

  /** What pressing would send: for tests that send it twice or late. */
  wouldSend(button: string): { to: string; body: FormData } {
    const found = this.button(button)
    if (!found) throw new Error(`No button “${button}” at ${this.path}`)
    const node = this.$(found)
    const form = node.closest('form')
    return {
      to: new URL(form.attr('action') ?? this.path, `http://loop.test${this.path}`).pathname,
      body: this.bodyOf(form, node),
    }
  }

  async follow(link: string): Promise<SeenPage> {
    const href = this.link(link)
    if (href === undefined) {
      const all = this.$('a')
        .toArray()
        .map(each => words(this.$(each).text()))
      throw new Error(
        `No link “${link}” at ${this.path} (${this.status} ${this.h1}). Links: ${all.join(' | ')}`,
      )
    }
    const to = new URL(href, `http://loop.test${this.path}`)
    return await this.person.opens(to.pathname + to.search)
  }

  private link(text: string): string | undefined {
    const found = this.$('a')
      .toArray()
      .find(each => words(this.$(each).text()) === text || words(this.$(each).text()).startsWith(`${text} `))
    return found && this.$(found).attr('href')
  }

  private buttons(): string[] {
    return this.$('button')
      .toArray()
      .map(each => words(this.$(each).text()))
  }

  private button(text: string) {
    return this.$('button')
      .toArray()
      .find(each => words(this.$(each).text()) === text)
  }

  private field(label: string) {
    const labels = this.$('label').toArray()
    const found =
      labels.find(each => words(this.$(each).text()) === label) ??
      labels.find(each => words(this.$(each).text()).startsWith(label))
    if (!found)
      throw new Error(
        `No field “${label}” at ${this.path} (${this.status} ${this.h1}). Fields: ${labels.map(each => words(this.$(each).text())).join(' | ')}\n${this.errors.join('\n')}`,
      )
    const field = this.$(`[id="${this.$(found).attr('for')}"]`).get(0)
    if (!field) throw new Error(`The label “${label}” belongs to no field`)
    return field as { tagName: string } & typeof field
  }

  private bodyOf(form: ReturnType<cheerio.CheerioAPI>, button: ReturnType<cheerio.CheerioAPI>): FormData {
    const $ = this.$
    const body = new FormData()
    const done = new Set<string>()
    form.find('input, textarea, select').each((_, element) => {
      const node = $(element)
      const name = node.attr('name')
      if (!name || done.has(name) || node.attr('disabled') !== undefined) return
      const given = this.filled.get(name)
      if (given !== undefined) {
        done.add(name)
        for (const each of Array.isArray(given) ? given : [given]) body.append(name, each as string)
        return
      }
      const type = node.attr('type')
      if (type === 'radio' || type === 'checkbox') {
        if (node.attr('checked') !== undefined) body.append(name, node.attr('value') ?? 'on')
      } else if (type === 'file') return
      else if (element.tagName === 'textarea') body.append(name, node.text())
      else if (element.tagName === 'select')
        body.append(
          name,
          node.find('option[selected]').attr('value') ?? node.find('option').first().attr('value') ?? '',
        )
      else body.append(name, node.attr('value') ?? '')
    })
    if (button.attr('name')) body.append(button.attr('name')!, button.attr('value') ?? '')
    return body
  }
}

function asRecordOrForm(body: FormData): FormData {
  return body
}

const words = (text: string) => text.replace(/\s+/g, ' ').trim()
