import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { Hono } from 'hono'
import type { ReactElement } from 'react'
import { Temporal } from 'temporal-polyfill'
import {
  allAssets,
  assets,
  BrokenPage,
  type FieldError,
  type Frame,
  formTokenField,
  MissingPage,
  Page,
  RefusedPage,
  renderDocument,
  SessionEndedPage,
  TooLargePage,
  TooManyPage,
  UnavailablePage,
} from '#design/index.ts'
import { momentInWords } from '#kernel/calendar/words.ts'
import { withoutMarks } from '#kernel/text/theirs.ts'
import { type Entry, Undo } from '../database/connect.ts'
import type { Tx } from '../database/tables.ts'
import { doingOf } from '../doing.ts'
import type { House } from '../house.ts'
import { openLanguages } from '../languages/choice.ts'
import { pageIn } from '../languages/page.ts'
import { errorFacts } from '../log.ts'
import { type Actor, whoeverIsSignedIn } from '../permission.ts'
import { minutesToWait } from '../rate-limit.ts'
import { isFresh, type Session, type Visitor } from '../session.ts'
import { readCookie } from '../session-cookie.ts'
import { sessionOfToken } from './api-session.ts'
import { openChanges } from './changes.ts'
import { fillForm, findKept, forgetKept, keepWriting } from './kept-writing.ts'
import { openOnDevice } from './on-device.ts'
import type {
  Answer,
  AnyRoute,
  Call,
  Filled,
  FormRoute,
  NavigationItem,
  PageRoute,
  PlainRoute,
  Screen,
  Slice,
  Visit,
} from './route.ts'
import {
  emptyFilled,
  fieldErrors,
  largeRequest,
  partsOf,
  readSubmitted,
  type SubmittedForm,
  smallRequest,
  withoutProof,
} from './submitted.ts'

/** Where a call comes from, as the server sees it: filled in by server.ts from the socket. */
export interface Bindings {
  source?: string
}

/** The one corridor: route → form → decision → one transaction → page. */
export function openCorridor(house: House, slices: readonly Slice[]): Hono<{ Bindings: Bindings }> {
  const app = new Hono<{ Bindings: Bindings }>()
  const css = assets().stylesheet
  const icon = assets().icon
  const changes = openChanges(house)
  const onDevice = openOnDevice(house, slices)
  const languages = openLanguages(house)
  const untraced = new Set(
    slices.flatMap(slice => (slice.untraced ? slice.routes.map(route => route.path) : [])),
  )
  const ownProof = slices.find(slice => slice.ownProof)?.ownProof
  const navigation = slices.flatMap(slice => slice.navigation ?? []).sort((a, b) => a.order - b.order)

  for (const asset of allAssets()) {
    app.get(asset.path, context => {
      const accepts = context.req.header('accept-encoding') ?? ''
      const encoding = accepts.includes('br') ? 'br' : accepts.includes('gzip') ? 'gzip' : undefined
      const body = encoding === 'br' ? asset.brotli : encoding === 'gzip' ? asset.gzip : asset.body
      const response = new Response(new Uint8Array(body), {
        headers: {
          'content-type': asset.type,
          'cache-control': 'public, max-age=31536000, immutable',
          vary: 'accept-encoding',
          ...(encoding ? { 'content-encoding': encoding } : {}),
        },
      })
      secure(response, house.publicUrl().startsWith('https:'))
      return response
    })
  }
  const known = new Map<string, { GET?: AnyRoute; POST?: AnyRoute }>()
  for (const route of slices.flatMap(slice => slice.routes)) {
    const at = known.get(route.path) ?? {}
    if (route.kind === 'plain') at[route.method] = route
    else {
      if (route.kind === 'page' || route.page !== false) at.GET ??= route
      if (route.kind === 'form') at.POST = route
    }
    known.set(route.path, at)
  }
  for (const [path, at] of [...known].sort(([one], [other]) => fixedFirst(one, other))) {
    app.on(['GET', 'POST'], path, async context => {
      const method = context.req.method === 'POST' ? 'POST' : 'GET'
      return await serve(
        context.req.raw,
        at[method],
        path,
        context.req.param(),
        context.env?.source ?? 'here',
      )
    })
  }
  app.notFound(context => serve(context.req.raw, undefined, '(none)', {}, context.env?.source ?? 'here'))
  return app

  async function serve(
    request: Request,
    route: AnyRoute | undefined,
    pattern: string,
    params: Record<string, string>,
    source: string,
  ): Promise<Response> {
    const started = performance.now()
    const id = randomUUID()
    let response: Response
    try {
      // The database keeps no NUL, so no address has one.
      const nowhere = new URL(request.url).pathname.includes('%00')
      response = await answer(request, nowhere ? undefined : route, params, source)
    } catch (error) {
      const away = databaseIsAway(error)
      house.log.error(
        { request: id, route: pattern, ...errorFacts(error) },
        away ? 'database away' : 'broken',
      )
      response = html(
        request,
        away ? 503 : 500,
        away ? (
          <UnavailablePage frame={bare(request)} />
        ) : (
          <BrokenPage frame={bare(request)} requestId={id} />
        ),
      )
      if (away) response.headers.set('retry-after', '30')
    }
    const seconds = (performance.now() - started) / 1000
    secure(response, house.publicUrl().startsWith('https:'))
    response.headers.set('x-request-id', id)
    if (untraced.has(pattern) && response.status < 500) return response
    house.metrics.served(pattern, request.method, response.status, seconds)
    house.log.info(
      {
        request: id,
        method: request.method,
        route: pattern,
        status: response.status,
        ms: Math.round(seconds * 1000),
      },
      'served',
    )
    return response
  }

  async function answer(
    request: Request,
    route: AnyRoute | undefined,
    params: Record<string, string>,
    source: string,
  ): Promise<Response> {
    const url = new URL(request.url)
    // The database refuses NUL: in a question it is a character that cannot be read.
    if (url.search.includes('%00')) url.search = url.search.replaceAll('%00', '%EF%BF%BD')
    const visitor: Visitor =
      route?.kind === 'plain' && route.withoutSession
        ? { is: 'visitor' }
        : await house.sessions.read(request.headers.get('cookie') ?? undefined)
    const session =
      visitor.is === 'signed-in'
        ? visitor.session
        : route?.kind === 'page' && route.token && params.network
          ? await sessionOfToken(house, request, params.network, route.token)
          : undefined
    if (request.method === 'GET' && url.searchParams.has('sign-in') && !session) {
      const language = url.searchParams.get('language')
      const more = language ? `&language=${encodeURIComponent(language)}` : ''
      return redirect(`/sign-in?to=${encodeURIComponent(url.pathname)}${more}`)
    }
    // Whoever only reads notices nothing: their browser asks the hospital, and is back.
    if (
      visitor.is === 'to-check' &&
      request.method !== 'POST' &&
      route?.kind !== 'plain' &&
      isOpened(request)
    ) {
      return redirect(checkElsewhere(visitor.network, url.pathname + url.search))
    }
    if (
      request.method !== 'GET' &&
      request.method !== 'HEAD' &&
      !sameOrigin(request) &&
      !(route?.kind === 'plain' && route.withoutToken)
    ) {
      return html(request, 403, <RefusedPage frame={bare(request)} />)
    }
    if (!route) return missingFor(request, session)
    let submitted: SubmittedForm | undefined
    if (request.method === 'POST') {
      submitted = await readSubmitted(
        request,
        route.kind === 'form' && route.uploads ? largeRequest : smallRequest,
      )
      if (!submitted) return html(request, 413, <TooLargePage frame={bare(request)} />)
      const token = submitted.values[formTokenField] ?? ''
      // Signing in and out is for a visitor whose session is over, too: their words are not kept, but taken.
      const ofEnded =
        (visitor.is === 'ended' || visitor.is === 'to-check') && house.tokens.isFor(visitor.cookie, token)
      if (ofEnded && route.kind !== 'plain') {
        const keeps = route.kind === 'form' && route.keepsWords !== false
        const kept = keeps ? await keepWriting(house, url.pathname, submitted) : undefined
        const to =
          visitor.is === 'to-check'
            ? checkElsewhere(visitor.network, url.pathname)
            : `/sign-in?to=${encodeURIComponent(url.pathname + url.search)}`
        return html(
          request,
          401,
          <SessionEndedPage frame={bare(request)} signInHref={to} kept={keeps} />,
          kept ? { 'set-cookie': kept } : {},
        )
      }
      const proven = session
        ? house.tokens.isFor(session.cookie, token)
        : ofEnded || house.tokens.visitorAge(token, Date.now()) !== undefined
      if (!proven && route.kind === 'plain' && !route.withoutToken) {
        return html(request, 403, <RefusedPage frame={bare(request)} />)
      }
      if (!proven && route.kind !== 'plain') submitted = { ...submitted, proven: false }
    }
    // They showed it in another window meanwhile: the form goes on as it was.
    if (submitted?.values._proof && session && isFresh(session)) submitted = withoutProof(submitted)
    // The steps of showing that it is them have limits of their own: the form was counted when it was sent.
    const onTheWay =
      route.kind === 'form' && route.fresh && session && !isFresh(session) && submitted?.values._proof
    if (route.limit && (route.kind !== 'form' || request.method === 'POST') && !onTheWay) {
      const wait = await minutesToWait(
        house,
        route.limit,
        session?.accountId ?? source,
        Temporal.Now.instant(),
      )
      if (wait > 0) return tooMany(request, wait)
    }
    const answered =
      route.kind === 'plain'
        ? await servePlain(request, url, route, session, submitted, source)
        : await serveNetwork(request, url, route, session, params, submitted)
    return await onDevice.withSession(request, answered)
  }

  async function servePlain(
    request: Request,
    url: URL,
    route: PlainRoute,
    session: Session | undefined,
    submitted: SubmittedForm | undefined,
    source: string,
  ): Promise<Response> {
    if (route.who === whoeverIsSignedIn && !session) {
      const to = request.method === 'GET' ? url.pathname + url.search : '/account'
      return redirect(`/sign-in?to=${encodeURIComponent(to)}`)
    }
    // One's account is of all networks; one network's hospital does not open it.
    if (route.who === whoeverIsSignedIn && session?.complete && session.onlyIn) {
      return redirect(proveFirst(request.method === 'GET' ? url.pathname + url.search : '/account'))
    }
    const whole = session?.complete ? session : undefined
    const call: Call = {
      request,
      url,
      session: whole,
      anySession: session,
      fields: submitted?.values ?? {},
      source,
      hidden: { [formTokenField]: tokenFor(session) },
      page: (screen, options = {}) =>
        withCookies(
          screenResponse(
            request,
            screen,
            frameFor(request, session, undefined, undefined, url),
            options.errors ?? [],
            options.status,
          ),
          options.cookies,
        ),
      go: (to, cookies) => withCookies(redirect(to), cookies),
      missing: () => missingFor(request, session),
      tooMany: minutes => tooMany(request, minutes),
    }
    return await route.handler(call)
  }

  async function serveNetwork(
    request: Request,
    url: URL,
    // biome-ignore lint/suspicious/noExplicitAny: a route of the table; its thing was typed where it was made
    route: PageRoute<any> | FormRoute<any, any>,
    session: Session | undefined,
    params: Record<string, string>,
    submitted: SubmittedForm | undefined,
  ): Promise<Response> {
    const needsMore = session && !session.complete
    const notOfThisNetwork = session?.onlyIn && session.onlyIn !== params.network
    const outcome = await house.database.enter(
      {
        slug: params.network ?? '',
        accountId: session?.complete && !notOfThisNetwork ? session.accountId : undefined,
        today: house.clock.today(),
      },
      async (tx, entry): Promise<Response> => {
        if (!entry) return missingFor(request, session)
        // The same for what exists and what does not, as long as the second factor is still to come.
        const notHere = () =>
          (needsMore || notOfThisNetwork) && session?.networks.some(each => each.slug === entry.slug)
            ? redirect(
                needsMore
                  ? `/sign-in/second-factor?to=${encodeURIComponent(url.pathname)}`
                  : proveFirst(url.pathname),
              )
            : missingFor(request, session)
        const actor = actorOf(entry)
        const visit = visitFor(tx, entry, actor, session, params, url, request, keepsWords(route))
        let thing: unknown
        if (route.load) {
          thing = await route.load(visit as Visit<undefined>, { forChange: request.method === 'POST' })
          if (thing === undefined) return notHere()
        }
        if (!route.who.holds(actor, thing)) return notHere()
        // Only now: a stranger without proof must not learn that this address takes forms.
        if (submitted?.proven === false) return html(request, 403, <RefusedPage frame={bare(request)} />)
        // And only now, too: a stranger is asked for nothing, and learns nothing.
        if (route.fresh && session && !isFresh(session)) {
          return request.method === 'POST' ? showFirst : redirect(proveFirst(url.pathname + url.search))
        }
        // Not spread: for a visitor `me` throws when it is read.
        const here: Visit = Object.assign(visit, { thing, hidden: { ...visit.hidden, ...versionOf(thing) } })
        if (route.kind === 'page') {
          const given = await route.handler(here)
          if (given.kind !== 'missing' && route.audit !== 'nothing') await auditRoute(here, route)
          return answerResponse(request, here, session, given, url, route.path)
        }
        if (request.method === 'POST' && submitted) {
          return await serveForm(request, url, route, here, session, submitted)
        }
        const kept = session ? await findKept(house, tx, request, url.pathname, session.accountId) : undefined
        const screen = await route.screen(here, kept ?? emptyFilled)
        return screenResponse(request, screen, frameFor(request, session, entry, actor, url, route.path), [])
      },
    )
    if (outcome === showFirst && session && submitted) {
      return await showThenGoOn(request, url, route, session, params, submitted)
    }
    if (request.method === 'POST' && outcome.status === 303) house.wakeWorker()
    return outcome
  }

  /**
   * A form came after the hour: the page that asks who they are holds what they typed, and the same form goes on as
   * soon as they have shown it. Outside the transaction, since a proof writes by itself.
   */
  async function showThenGoOn(
    request: Request,
    url: URL,
    // biome-ignore lint/suspicious/noExplicitAny: as above
    route: PageRoute<any> | FormRoute<any, any>,
    session: Session,
    params: Record<string, string>,
    submitted: SubmittedForm,
  ): Promise<Response> {
    if (!ownProof) throw new Error('no room says how somebody shows that it is them')
    const asked = await ownProof.step(session, { ...partsOf(submitted), action: url.pathname + url.search })
    if (asked === 'proven') {
      const fresh = { ...session, provenAt: Temporal.Now.instant() }
      return await serveNetwork(request, url, route, fresh, params, withoutProof(submitted))
    }
    const status = asked.errors.length > 0 ? 422 : 401
    const frame = frameFor(request, session, undefined, undefined, url)
    return screenResponse(request, asked.screen, frame, asked.errors, status)
  }

  async function serveForm(
    request: Request,
    url: URL,
    // biome-ignore lint/suspicious/noExplicitAny: as above
    route: FormRoute<any, any>,
    visit: Visit,
    session: Session | undefined,
    submitted: SubmittedForm,
  ): Promise<Response> {
    const { tx, network, actor } = visit
    const key = /^[\w-]{16,64}$/.test(submitted.values._key ?? '') ? submitted.values._key! : undefined
    // No name where a trace would be one: the moment of a form would join it with what was written then.
    const sender = untraced.has(route.path) ? 0 : (actor?.personId ?? 0)
    if (key) {
      // A second click waits here for the first, and then goes where the first went.
      const first = await tx
        .insertInto('submission')
        .values({ network_id: network.id, key, person_id: sender, location: '', at: visit.now })
        .onConflict(on => on.columns(['network_id', 'key', 'person_id']).doNothing())
        .executeTakeFirst()
      if (Number(first.numInsertedOrUpdatedRows ?? 0) === 0) {
        const done = await tx
          .selectFrom('submission')
          .select('location')
          .where('key', '=', key)
          .where('person_id', '=', sender)
          .executeTakeFirst()
        if (done) return withCookies(redirect(done.location), onDevice.afterSending(submitted))
      }
    }
    const values = { values: submitted.values, lists: submitted.lists }
    const again = async (list: readonly FieldError[]): Promise<never> => {
      const screen = await route.screen(visit, { ...values, errors: list })
      throw new Undo(
        screenResponse(request, screen, frameFor(request, session, network, actor, url, route.path), list),
      )
    }
    if (route.againstBots && looksLikeBot(submitted)) {
      return await again([
        { message: 'We could not tell that a person sent this. Wait a few seconds and send it again' },
      ])
    }
    if (submitted.filesLost) return await again([{ message: 'You chose a file. Choose it again, then send' }])
    const read = await route.fields.safeParseAsync(submitted.raw)
    if (!read.success) return await again(fieldErrors(read.error.issues))
    const version = (visit.thing as { version?: number } | undefined)?.version
    if (
      route.guardsVersion !== false &&
      version !== undefined &&
      submitted.values._version !== undefined &&
      submitted.values._version !== String(version)
    ) {
      return await again([
        {
          message:
            'Something happened here while you were writing. Look at what is new, then send again. What you typed is still here',
        },
      ])
    }
    const done = await route.submit(visit, read.data)
    if ('errors' in done) return await again(done.errors)
    if ('screen' in done) {
      // Nothing is done yet: when they come back with their browser and send again, it is a first time.
      if (key) {
        await tx.deleteFrom('submission').where('key', '=', key).where('person_id', '=', sender).execute()
      }
      return screenResponse(
        request,
        done.screen,
        frameFor(request, session, network, actor, url, route.path),
        [],
      )
    }
    if (key) {
      await tx
        .updateTable('submission')
        .set({ location: done.to })
        .where('key', '=', key)
        .where('person_id', '=', sender)
        .execute()
    }
    await auditRoute(visit, route, done.to)
    const forget = await forgetKept(house, visit.tx, request, url.pathname)
    const fills =
      session && done.fills
        ? [await fillForm(house, visit.tx, done.to.split(/[?#]/)[0]!, session.accountId, done.fills)]
        : []
    const sent = onDevice.afterSending(submitted)
    return withCookies(redirect(done.to), [...(done.cookies ?? []), ...forget, ...fills, ...sent])
  }

  /** Whether what is written there may be written down before it is sent. */
  function keepsWords(route: AnyRoute): boolean {
    return !untraced.has(route.path) && !(route.kind === 'form' && route.keepsWords === false)
  }

  /** Last before the commit: it holds the network's chain until then. */
  async function auditRoute(
    visit: Visit,
    route: { audit: string; path: string },
    to?: string,
  ): Promise<void> {
    if (route.audit === 'nothing') return
    const ids = Object.entries(visit.params).flatMap(([name, value]) => (name === 'network' ? [] : [value]))
    // A single-purpose link's token is a key, and keys are not written down (R42).
    const thingId = visit.params.token
      ? ''
      : ids.length > 0
        ? ids.join('/')
        : (to?.split(/[?#]/)[0]?.split('/').pop() ?? '')
    await visit.audit(route.audit, route.path.split('/')[2] ?? '', thingId.slice(0, 100))
  }

  function visitFor(
    tx: Tx,
    entry: Entry,
    actor: Actor | undefined,
    session: Session | undefined,
    params: Record<string, string>,
    url: URL,
    request: Request,
    keeps: boolean,
  ): Visit {
    return {
      ...doingOf(house, tx, entry, actor, undefined, {
        personId: actor?.personId ?? null,
        words: actor?.name ?? 'A visitor',
      }),
      get me(): Actor {
        if (!actor) throw new Error('this route lets visitors in: use actor')
        return actor
      },
      thing: undefined,
      params,
      query: url.searchParams,
      path: url.pathname,
      cookie: name => readCookie(request.headers.get('cookie') ?? undefined, name),
      hidden: {
        [formTokenField]: tokenFor(session),
        _key: randomBytes(16).toString('base64url'),
        ...(keeps ? { _owner: session ? house.tokens.ownerMark(session.accountId) : '' } : {}),
      },
      demo: house.mode === 'demo',
      isFresh: session === undefined || isFresh(session),
      language: languages.shown(request, entry),
    }
  }

  function tokenFor(session: Session | undefined): string {
    return session ? house.tokens.forSession(session.cookie) : house.tokens.forVisitor(Date.now())
  }

  function bare(request: Request): Frame {
    return {
      ...languages.lang(request),
      navigation: [],
      formToken: '',
      demo: house.mode === 'demo',
      stylesheet: css.path,
      icon: icon.path,
      touchIcon: assets().icons.touch180.path,
      now: undefined,
    }
  }

  function frameFor(
    request: Request,
    session: Session | undefined,
    entry: Entry | undefined,
    actor: Actor | undefined,
    url: URL,
    pattern?: string,
  ): Frame {
    return {
      ...bare(request),
      ...(request.method === 'POST' ? languages.lang(request, entry) : languages.frame(request, url, entry)),
      ...(actor ? {} : { here: '' }),
      ...(pattern?.startsWith('/:network') ? { kind: pattern.slice('/:network'.length) } : {}),
      ...(entry
        ? {
            network: {
              slug: entry.slug,
              name: entry.name,
              shortName: entry.shortName,
              ...(entry.phone ? { phone: entry.phone } : {}),
            },
            navigation: navigationFor(navigation, entry.slug, actor, url.pathname),
          }
        : {}),
      ...(session
        ? {
            person: { name: actor?.name ?? session.name, networks: [...session.networks] },
            device: onDevice.of(session),
          }
        : {}),
      formToken: session ? house.tokens.forSession(session.cookie) : '',
      ...(house.mode === 'demo' && entry ? { now: momentInWords(house.clock.now()) } : {}),
    }
  }

  function tooMany(request: Request, minutes: number): Response {
    return html(request, 429, <TooManyPage frame={bare(request)} minutes={minutes} />, {
      'retry-after': String(minutes * 60),
    })
  }

  /** Byte for byte the same for every address that this person may not know of, and for those that do not exist. */
  function missingFor(request: Request, session: Session | undefined): Response {
    const frame: Frame = {
      ...bare(request),
      ...languages.frame(request),
      ...(session
        ? {
            person: { name: session.name, networks: [...session.networks] },
            formToken: house.tokens.forSession(session.cookie),
          }
        : {}),
    }
    return html(request, 404, <MissingPage frame={frame} />)
  }

  function screenResponse(
    request: Request,
    screen: Screen,
    frame: Frame,
    list: readonly FieldError[],
    status?: number,
  ): Response {
    const { body, needs, ...rest } = screen
    const told = onDevice.read(request, frame, needs)
    const text = renderDocument(
      <Page frame={told.frame} errors={[...list]} {...rest}>
        {body}
      </Page>,
    )
    const whole = told.page(text)
    return withCookies(
      encoded(
        request,
        written(whole, frame),
        'text/html; charset=utf-8',
        {
          'cache-control': 'no-store',
          ...(rest.script || whole !== text ? { 'content-security-policy': policy("'self'") } : {}),
        },
        status ?? (list.length > 0 ? 422 : 200),
      ),
      [...told.cookies, ...languages.cookies(request, frame)],
    )
  }

  /** The one place where pages leave: in the reader's language (docs/decisions/0018-translated-where-pages-leave.md). */
  function written(text: string, frame: Frame): string {
    const language = frame.lang
    if (language !== 'cy' && language !== 'ur') return withoutMarks(text)
    const { network, person } = frame
    const missing = house.missingTexts
    try {
      return pageIn(text, {
        language,
        known: { network: network?.name, short: network?.shortName, me: person?.name },
        missing: missing && (each => missing(language, each)),
      })
    } catch (error) {
      // A page in English is better than none.
      house.log.error({ language, ...errorFacts(error) }, 'translation broken')
      return withoutMarks(text)
    }
  }

  function html(
    request: Request,
    status: number,
    element: ReactElement<{ frame: Frame }>,
    headers: Record<string, string> = {},
  ): Response {
    const { frame } = element.props
    return withCookies(
      encoded(
        request,
        written(renderDocument(element), frame),
        'text/html; charset=utf-8',
        { 'cache-control': 'no-store', ...headers },
        status,
      ),
      languages.cookies(request, frame),
    )
  }

  function answerResponse(
    request: Request,
    visit: Visit,
    session: Session | undefined,
    given: Answer,
    url: URL,
    pattern: string,
  ): Response | Promise<Response> {
    switch (given.kind) {
      case 'screen':
        return screenResponse(
          request,
          given.screen,
          frameFor(request, session, visit.network, visit.actor, url, pattern),
          [],
          given.status,
        )
      case 'go':
        return withCookies(redirect(given.to), given.cookies)
      case 'missing':
        return missingFor(request, session)
      case 'changes':
        return changes.answer(request, visit.tx, visit.network.id, given)
      case 'text': {
        // Feeds are asked for again each time, so that what was taken back is gone; the mark saves sending it twice.
        const etag = `W/"${createHash('sha256').update(given.body).digest('base64url').slice(0, 27)}"`
        const known = request.headers.get('if-none-match')?.split(/\s*,\s*/) ?? []
        if (known.includes(etag) || known.includes(etag.slice(2))) {
          return new Response(null, {
            status: 304,
            headers: { etag, 'cache-control': 'no-cache', vary: 'accept-encoding, cookie, authorization' },
          })
        }
        const headers = {
          etag,
          'cache-control': 'no-cache',
          ...(given.lastModified
            ? { 'last-modified': new Date(given.lastModified.epochMilliseconds).toUTCString() }
            : {}),
          ...(given.fileName ? { 'content-disposition': disposition(given.fileName) } : {}),
        }
        return encoded(request, given.body, given.type, headers, given.status)
      }
      case 'download':
        return new Response(given.body as ConstructorParameters<typeof Response>[0], {
          headers: {
            'content-type': given.type,
            'content-disposition': disposition(given.name),
            'cache-control': 'no-store',
            'content-security-policy': "sandbox; default-src 'none'",
          },
        })
    }
  }
}

export function actorOf(entry: Entry): Actor | undefined {
  if (!entry.person) return undefined
  const { id, ...person } = entry.person
  return { networkId: entry.id, personId: id, ...person }
}

function navigationFor(
  items: readonly NavigationItem[],
  slug: string,
  actor: Actor | undefined,
  path: string,
) {
  const shown = items.filter(item => item.who.holds(actor, undefined))
  const hrefs = shown.map(item => item.path(slug))
  // The longest address that leads here is where we are.
  const here = hrefs
    // The network's own front page is where we are only when we are there.
    .filter(href => path === href || (href !== `/${slug}` && path.startsWith(`${href}/`)))
    .sort((a, b) => b.length - a.length)[0]
  return shown.map((item, at) => ({ href: hrefs[at]!, text: item.text, current: hrefs[at] === here }))
}

/** The router takes the first that fits: `/demo` before `/:network`, `/new` before `/:reference`. */
function fixedFirst(one: string, other: string): number {
  const shape = (path: string) => path.replace(/\/:[^/]+/g, '/~').replace(/\/(?!~)[^/]+/g, '/a')
  return shape(one) < shape(other) ? -1 : shape(one) > shape(other) ? 1 : 0
}

const versionOf = (thing: unknown): Record<string, string> => {
  const version = (thing as { version?: number } | undefined)?.version
  return version === undefined ? {} : { _version: String(version) }
}

/** Stands for "first show that it is you" until the transaction is over; it is never sent. */
const showFirst = new Response(null, { status: 401 })

/** The pages of signing in that the corridor leads to. */
const proveFirst = (to: string) => `/sign-in/prove?to=${encodeURIComponent(to)}`
const checkElsewhere = (network: string, to: string) =>
  `/${network}/sign-in/elsewhere?again=yes&to=${encodeURIComponent(to)}`

/** A page in a window, not what a script or a picture asks for: only a window can go to another service and back. */
function isOpened(request: Request): boolean {
  const mode = request.headers.get('sec-fetch-mode')
  return mode === null || mode === 'navigate'
}

/** A field that nobody sees, and a form filled in faster than a person can read it. */
function looksLikeBot(form: SubmittedForm): boolean {
  return (form.values.website ?? '') !== ''
}

function sameOrigin(request: Request): boolean {
  const site = request.headers.get('sec-fetch-site')
  if (site && site !== 'same-origin' && site !== 'none') return false
  const origin = request.headers.get('origin')
  if (!origin || origin === 'null') return origin !== 'null'
  try {
    return new URL(origin).host === (request.headers.get('host') ?? new URL(request.url).host)
  } catch {
    return false
  }
}

function redirect(to: string): Response {
  // Only within this service, whatever was asked for.
  const inside =
    to.startsWith('/') && !/^\/[/\\]/.test(to) ? new URL(to, 'http://here') : new URL('http://here/')
  return new Response(null, {
    status: 303,
    headers: { location: inside.pathname + inside.search + inside.hash, 'cache-control': 'no-store' },
  })
}

function withCookies(response: Response, cookies: readonly string[] | undefined): Response {
  for (const cookie of cookies ?? []) response.headers.append('set-cookie', cookie)
  return response
}

function encoded(
  request: Request,
  body: string | Uint8Array,
  type: string,
  headers: Record<string, string>,
  status = 200,
): Response {
  const all: Record<string, string> = {
    'content-type': type,
    vary: 'accept-encoding, cookie, authorization',
    ...headers,
  }
  const long = body.length > 1_000
  if (long && (request.headers.get('accept-encoding') ?? '').includes('gzip')) {
    return new Response(new Uint8Array(gzipSync(body, { level: 5 })), {
      status,
      headers: { ...all, 'content-encoding': 'gzip' },
    })
  }
  return new Response(body as ConstructorParameters<typeof Response>[0], { status, headers: all })
}

function disposition(name: string): string {
  const plainName = name.replace(/[^\w. -]/g, '_')
  return `attachment; filename="${plainName}"; filename*=UTF-8''${encodeURIComponent(name)}`
}

/** Few pages bring a script (docs/decisions/0011-kept-on-the-device.md): it is ours, from here. */
function policy(scripts: "'none'" | "'self'"): string {
  return `default-src 'self'; script-src ${scripts}; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'`
}

function secure(response: Response, onTls: boolean): void {
  const set = (name: string, value: string) => {
    if (!response.headers.has(name)) response.headers.set(name, value)
  }
  set('content-security-policy', policy("'none'"))
  set('x-content-type-options', 'nosniff')
  set('referrer-policy', 'same-origin')
  set('cross-origin-opener-policy', 'same-origin')
  set('cross-origin-resource-policy', 'same-origin')
  set('permissions-policy', 'camera=(), microphone=(), geolocation=()')
  if (onTls) set('strict-transport-security', 'max-age=31536000; includeSubDomains')
}

function databaseIsAway(error: unknown): boolean {
  const code = (error as { code?: string } | undefined)?.code ?? ''
  const words = error instanceof Error ? error.message : ''
  return (
    /^(ECONN|ETIMEDOUT|ENOTFOUND|EPIPE|57P0|08)/.test(code) ||
    /Connection terminated|timeout exceeded when trying to connect/.test(words)
  )
}

export type { Filled, Visitor }
