import type { Expression } from 'kysely'
import type { ReactNode } from 'react'
import type { Temporal } from 'temporal-polyfill'
import type { z } from 'zod'
import type { FieldError, Frame } from '#design/index.ts'
import type { ApiList, ApiScope } from '../api.ts'
import type { Connection } from '../connections.ts'
import type { Entry } from '../database/connect.ts'
import type { Question } from '../database/questions.ts'
import type { Instant, PlainDate, Tx } from '../database/tables.ts'
import type { Doing } from '../doing.ts'
import type { House } from '../house.ts'
import type { PageLanguage } from '../languages/words.ts'
import type { Letters, ReplyKind } from '../mail/replies.ts'
import { type NetworkSetting, settingOf } from '../network-settings.ts'
import type { Actor, Rule } from '../permission.ts'
import type { Limit } from '../rate-limit.ts'
import type { Session } from '../session.ts'
import type { Watched } from './changes.ts'

/** One visit of one person to one address of a network, inside one transaction. */
export interface Visit<Thing = unknown> extends Doing {
  /** The actor, for routes whose `who` lets no visitor in. */
  readonly me: Actor
  readonly thing: Thing
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  /** Where we are, without the query. */
  readonly path: string
  /** A cookie of ours besides the session's: a visitor's unfinished form. */
  cookie(name: string): string | undefined
  /** For the `Form` of this page: token, key against a second click, version against a stale form. */
  readonly hidden: Readonly<Record<string, string>>
  readonly demo: boolean
  /** False: they last showed more than an hour ago that it is them. What is private is not shown in passing. */
  readonly isFresh: boolean
  /** In which this page is shown. */
  readonly language: PageLanguage
}

/** What a page shows inside the frame. */
export interface Screen {
  /** The page's one h1, and the beginning of its title. */
  readonly title: string
  /** Of a title that somebody gave in another language. */
  readonly titleLang?: string
  readonly caption?: string
  readonly back?: { readonly href: string; readonly text: string }
  /** The h1 is the legend or label of the page's one question. */
  readonly titleInLegend?: boolean
  readonly wide?: boolean
  /** Which easy-read page says the same as this one: 'rights'. */
  readonly easyRead?: string
  /** The address of the one script this page brings: it may run here and nowhere else. */
  readonly script?: string
  /** Without scripts the page comes anew after so many seconds; it has nothing to type in, and a link that stops it. */
  readonly refreshAfter?: number
  /** How much needs the reader, where the page has counted it: beside "Home" and on the app's icon. */
  readonly needs?: number
  readonly body: ReactNode
}

export type Answer =
  | { readonly kind: 'screen'; readonly screen: Screen; readonly status?: 200 | 410 }
  | { readonly kind: 'go'; readonly to: string; readonly cookies?: readonly string[] }
  | { readonly kind: 'missing' }
  | ({ readonly kind: 'changes' } & Watched)
  | {
      readonly kind: 'text'
      readonly type: string
      readonly body: string
      readonly fileName?: string
      readonly status?: 200 | 400
      /** Tells when it changed; whether it did is asked by its mark alone, since what somebody may see changes, too. */
      readonly lastModified?: Instant
    }
  | {
      readonly kind: 'download'
      readonly name: string
      readonly type: string
      readonly body: ReadableStream | Uint8Array
    }

export const show = (screen: Screen): Answer => ({ kind: 'screen', screen })
export const go = (to: string, cookies?: readonly string[]): Answer =>
  cookies ? { kind: 'go', to, cookies } : { kind: 'go', to }
export const missing: Answer = { kind: 'missing' }

/** What a form's `submit` answers: done and where to go, or why not. */
export type Submitted =
  | {
      readonly to: string
      readonly cookies?: readonly string[]
      /** The form there opens with these words in its fields: nobody types twice what was written down once. */
      readonly fills?: Readonly<Record<string, string>>
    }
  | { readonly screen: Screen }
  | { readonly errors: readonly FieldError[] }
export const errors = (...list: FieldError[]): Submitted => ({ errors: list })
/** A refusal of a decision as the form's answer. */
export const refused = (refusal: { sentence: string }, field?: string): Submitted => ({
  errors: [{ ...(field ? { field } : {}), message: refusal.sentence }],
})

export interface Filled {
  readonly values: Readonly<Record<string, string>>
  readonly lists: Readonly<Record<string, readonly string[]>>
  readonly errors: readonly FieldError[]
}

/** What `load` finds: undefined answers 404, as for a stranger. A `version` guards against a stale form. */
export type Load<Thing> = (
  visit: Visit<undefined>,
  how: { forChange: boolean },
) => Promise<Thing | undefined> | Thing | undefined

interface Common<Thing> {
  /** Who may use it. Required: there is no address without a rule. */
  readonly who: Rule<Thing>
  /** What is written into the audit log, or 'nothing'. */
  readonly audit: string
  readonly load?: Load<Thing>
  /** How often it may be asked for; of a form, how often it may be sent. */
  readonly limit?: Limit
  /** Whoever is signed in shows anew that it is them, if they last did so more than an hour ago (R63). */
  readonly fresh?: true
}

export interface PageRoute<Thing> extends Common<Thing> {
  readonly kind: 'page'
  readonly path: string
  /** For programs: a token with this scope opens it as its person would. */
  readonly token?: ApiScope
  readonly handler: (visit: Visit<Thing>) => Promise<Answer> | Answer
}

export interface FormRoute<Thing, Fields extends z.ZodType> extends Common<Thing> {
  readonly kind: 'form'
  readonly path: string
  readonly fields: Fields
  /** Takes files: a larger request is let in. */
  readonly uploads?: boolean
  /** Kept out of the hands of simple robots: a hidden field and a few seconds of time, no puzzle. */
  readonly againstBots?: boolean
  /** False for a form whose thing may change while it is open without harm. */
  readonly guardsVersion?: boolean
  /** False for what may not be written down: when the session has ended, the form is not kept for after the sign-in. */
  readonly keepsWords?: boolean
  /** False when the POST is for buttons on other pages: then there is no GET at this address. */
  readonly page?: boolean
  readonly screen: (visit: Visit<Thing>, filled: Filled) => Promise<Screen> | Screen
  readonly submit: (visit: Visit<Thing>, fields: z.infer<Fields>) => Promise<Submitted> | Submitted
}

// A list of routes holds many kinds of things; each was checked where it was made.
// biome-ignore lint/suspicious/noExplicitAny: see above
export type AnyRoute = PageRoute<any> | FormRoute<any, z.ZodType<any>> | PlainRoute

/** An address of the installation, outside any network: sign-in, health, the demo's doors. */
export interface PlainRoute {
  readonly kind: 'plain'
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly who: Rule
  readonly audit: string
  /** Scripts and operators call it without a form of ours: no token is asked for. */
  readonly withoutToken?: boolean
  /** Asks nobody who they are, and so answers when the database does not. */
  readonly withoutSession?: boolean
  readonly limit?: Limit
  readonly handler: (call: Call) => Promise<Response> | Response
}

/** A call of an address outside any network. */
export interface Call {
  readonly request: Request
  readonly url: URL
  readonly session: Session | undefined
  /** A session whose second factor is still to come, or a complete one. */
  readonly anySession: Session | undefined
  readonly fields: Readonly<Record<string, string>>
  readonly source: string
  readonly hidden: Readonly<Record<string, string>>
  page(
    screen: Screen,
    options?: { status?: number; errors?: readonly FieldError[]; cookies?: readonly string[] },
  ): Response
  go(to: string, cookies?: readonly string[]): Response
  missing(): Response
  /** 429, with the minutes to wait (R66). */
  tooMany(minutes: number): Response
}

export function page<Thing = undefined>(
  path: string,
  options: Omit<PageRoute<Thing>, 'kind' | 'path'>,
): PageRoute<Thing> {
  return { kind: 'page', path, ...options }
}

export function form<Fields extends z.ZodType, Thing = undefined>(
  path: string,
  options: Omit<FormRoute<Thing, Fields>, 'kind' | 'path'>,
): FormRoute<Thing, Fields> {
  return { kind: 'form', path, ...options }
}

export function plain(
  method: 'GET' | 'POST',
  path: string,
  options: Omit<PlainRoute, 'kind' | 'method' | 'path'>,
): PlainRoute {
  return { kind: 'plain', method, path, ...options }
}

/** One room of the house. */
export interface Slice {
  readonly name: string
  readonly routes: readonly AnyRoute[]
  /** Not in the numbers and the log, unless it breaks: there, too, that something happened here would be a trace. */
  readonly untraced?: true
  readonly navigation?: readonly NavigationItem[]
  /** How whoever is signed in shows anew that it is them; one room has it. */
  readonly ownProof?: OwnProof
  /** What the clock says is due in one network now: reminders, escalations, endings. */
  readonly due?: (work: DueWork) => Promise<void>
  /** Longer work that waits in the database, done by a worker soon after it was asked for; harmless when run twice. */
  readonly jobs?: (house: House) => Promise<void>
  /** What ends when somebody signs out in this browser. */
  readonly signsOut?: (request: Request) => Promise<void>
  /** This slice's part of `/home`; all slices' questions are asked in one statement (LOOP-19). */
  readonly home?: (visit: Visit, since: Instant | null) => readonly Question<HomePart>[]
  /** This slice's part of a search: only what this person may see, with why it matched; asked as `home` (LOOP-21). */
  readonly search?: (visit: Visit, words: string) => Question<readonly SearchHit[]> | undefined
  /** Promises that are late now, in one network, by kind: for operators' numbers. */
  readonly late?: (tx: Tx, today: PlainDate) => Promise<Readonly<Record<string, number>>>
  /** Ways into this room from elsewhere. */
  readonly doors?: readonly Door[]
  /** Steps of the team for one person, on that person's page. */
  readonly personDoors?: readonly PersonDoor[]
  /** What somebody has to do by a day, for the team's week (PEOPLE-23). */
  readonly week?: (visit: Visit) => readonly Expression<WeekRow>[]
  /** What this room holds about one person, without anything of others (R5). */
  readonly held?: (personId: number) => readonly Question<Held>[]
  /** What somebody's leaving means in this room. */
  readonly leaving?: Leaving
  /** How long this room's things are kept, and how they end (R59). */
  readonly kept?: readonly Kept[]
  /** What programs may read of this room (REACH-16). */
  readonly api?: readonly ApiList[]
  /** Other services that a network may be connected to, for this room. */
  // biome-ignore lint/suspicious/noExplicitAny: each connection knows its own settings
  readonly connections?: readonly Connection<any>[]
  /** What a network sets for this room. */
  readonly settings?: readonly NetworkSetting<unknown>[]
  /** Answers of calendars to what this room invited to, with an e-mail that came in; false leaves it to others. */
  readonly calendarReplies?: (doing: Doing, mail: CalendarMail) => Promise<boolean>
  /** What can be done here by answering a message of this room in plain words (REACH-3). */
  readonly replies?: readonly ReplyKind[]
  /** Takes e-mails of people whom we know; one room does. */
  readonly letters?: Letters
  /** Work that goes on as long as a worker runs. `stop` ends it after what it holds in its hands. */
  readonly runs?: (house: House) => { stop(): Promise<void> }
  /** What a new network begins with in this room; nobody acts, and nothing is done where there is something already. */
  readonly begins?: (doing: Doing) => Promise<unknown>
}

/** An e-mail that came in with something for a calendar. */
export interface CalendarMail {
  readonly from: string | undefined
  /** Our own mail server vouches for the sender. */
  readonly verified: boolean
  /** The addresses that it was sent to. */
  readonly to: readonly string[]
  /** Each as text, as the sender's calendar wrote it. */
  readonly calendars: readonly string[]
}

/**
 * A link into a room, shown to those whom `who` lets in: on the home page, the team's page, the network's own, the account.
 */
export interface Door {
  readonly in: 'home' | 'team' | 'network' | 'account'
  readonly text: string
  readonly hint?: string
  readonly path: (slug: string) => string
  readonly who: Rule<undefined>
  /** Lower comes first. */
  readonly order: number
  /** Shown only while this setting of the network is on. */
  readonly while?: NetworkSetting<boolean>
  /** On the team's page: the heading it stands under; without one it stands at the end. */
  readonly under?: TeamHeading
  /** The one thing that people come for: a button at the head of the home page. */
  readonly asButton?: boolean
}

/** The headings of the team's page, in their order. */
export const teamHeadings = [
  'People',
  'What people say',
  'Groups and meetings',
  'Calls, letters and messages',
  'How well we do',
  'The network',
] as const
export type TeamHeading = (typeof teamHeadings)[number]

/** A door as a page shows it. */
export interface OpenDoor extends Pick<Door, 'text' | 'hint' | 'under' | 'asButton'> {
  readonly href: string
}

/** A link for the team on a person's page. */
export interface PersonDoor {
  readonly text: string
  readonly hint?: string
  readonly path: (slug: string, personId: number) => string
  readonly who: Rule<undefined>
  readonly order: number
  /** Shown only while this setting of the network is on. */
  readonly while?: NetworkSetting<boolean>
  /** For people with a place in a group today; nobody else can be led there. */
  readonly needsPlace?: true
}

/** The doors of one place that open for this person, in their order. */
export function doorsOf(
  slices: readonly Slice[],
  place: Door['in'],
  actor: Actor | undefined,
  network: Pick<Entry, 'slug' | 'settings'>,
): OpenDoor[] {
  return slices
    .flatMap(slice => slice.doors ?? [])
    .filter(
      door =>
        door.in === place &&
        door.who.holds(actor, undefined) &&
        (!door.while || settingOf(network, door.while)),
    )
    .sort((a, b) => a.order - b.order)
    .map(({ path, who, order, in: place, while: setting, ...shown }) => ({
      ...shown,
      href: path(network.slug),
    }))
}

/** One line of the team's week, as a statement selects it; all rooms' lines are one union, filtered and paged by key. */
export interface WeekRow {
  /** Which promise or step, in words that one can filter by: "Say where a view will be considered". */
  readonly promise: string
  /** Unique over all rooms: 'contribution:17:acknowledge'. */
  readonly key: string
  readonly title: string
  /** After the network's short name: '/contributions/C-1042'. */
  readonly path: string
  /** Who acts; null: the team. */
  readonly person_id: number | null
  readonly due_on: PlainDate
}

/** One heading of "my data". */
export interface Held {
  readonly title: string
  /** What was left out and why, or why it is kept. */
  readonly note?: string
  /** Named as the page names them. */
  readonly rows: readonly Readonly<Record<string, string | number | boolean | null>>[]
}

export interface Leaving {
  /** Shown before somebody leaves. */
  says(personId: number): Question<WhatLeavingMeans>
  /** In the transaction of the leaving, before the person's own row forgets who they are. */
  leave(doing: Doing, personId: number, choices: LeavingChoices): Promise<void>
}

export interface WhatLeavingMeans {
  /** "Your phone number" */
  readonly goes?: readonly string[]
  /** "Minutes of meetings that you were in: the law asks us to keep them for 20 years" */
  readonly stays?: readonly string[]
  /** "2 tasks go back to the team" */
  readonly handedOver?: readonly string[]
}

export interface LeavingChoices {
  /** Loops that are not closed are still answered, by the channel they have. */
  readonly answersWanted: boolean
  /** Views that are named stay so, or lose the name. */
  readonly views: 'as-they-are' | 'anonymous'
}

/** Something that ends after a time (R59). */
export interface Kept {
  readonly name: string
  /** "Declined applications" */
  readonly title: string
  /** Which rule or code the time comes from. */
  readonly source: string
  readonly months: NetworkSetting<number>
  /** How many would end: those whose time was over before this day. */
  count(before: PlainDate): Question<number>
  /** The first of them in words that give nothing away, for a look before the night: "Letter of 3 March 2024". */
  list?(before: PlainDate): Question<readonly string[]>
  /** @returns how many ended */
  end(doing: Doing, before: PlainDate): Promise<number>
}

export interface HomePart {
  /** What needs this person now. */
  readonly needs?: readonly HomeLine[]
  /** What is coming up, the next first. */
  readonly coming?: readonly HomeLine[]
  /** What moved since they were last here. */
  readonly moved?: readonly HomeLine[]
  /** What they wait for from others. */
  readonly waiting?: readonly HomeLine[]
}

export interface HomeLine {
  readonly title: string
  readonly href: string
  /** Where it is: "Will be considered". */
  readonly status: string
  readonly hint?: string
  readonly due?: PlainDate | null
  readonly at?: Instant
}

export interface SearchHit {
  readonly kind: string
  readonly title: string
  readonly href: string
  readonly reference?: string
  /** "The words match", "The reference matches", with a piece of the text. */
  readonly why: string
  readonly piece?: string
  /** 0 to 1; an exact reference is 1. */
  readonly rank: number
}

export interface NavigationItem {
  readonly text: string
  readonly path: (slug: string) => string
  readonly who: Rule<undefined>
  /** Lower comes first. */
  readonly order: number
}

/** One network's turn in the worker, inside one transaction. */
export interface DueWork extends Doing {
  /** A reminder for one person's digest of today, given once per key. */
  remind(reminder: Reminder): Promise<void>
}

export interface Reminder {
  readonly key: string
  readonly personId: number
  readonly sentence: string
  readonly path: string
}

/**
 * One step of showing anew that it is them, on the way of a form that was sent: what they typed goes along in the page
 * that asks, and is written down nowhere.
 */
export interface OwnProof {
  step(session: Session, sent: SentOnTheWay): Promise<AskedForProof | 'proven'>
}

export interface SentOnTheWay {
  /** What was typed for the proof: `_proof`, `_proof_code`, `_proof_app`. */
  readonly proof: Readonly<Record<string, string>>
  /** Where the form goes, and all that it holds. */
  readonly action: string
  readonly words: readonly (readonly [name: string, value: string])[]
  /** A file was chosen: a page cannot carry it. */
  readonly hasFiles: boolean
}

export interface AskedForProof {
  readonly screen: Screen
  readonly errors: readonly FieldError[]
}

/** The route table as people and tests read it. */
export interface RouteLine {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly who: string
  readonly audit: string
  /** A proof of who they are, not older than an hour, is asked first (R63). */
  readonly fresh?: true
}

export function routeTable(slices: readonly Slice[]): RouteLine[] {
  return slices.flatMap(slice =>
    slice.routes.flatMap((each): RouteLine[] => {
      const line = { path: each.path, who: each.who.name }
      if (each.kind === 'plain') return [{ method: each.method, ...line, audit: each.audit }]
      const fresh = each.fresh ? { fresh: each.fresh } : {}
      if (each.kind === 'page') return [{ method: 'GET', ...line, audit: each.audit, ...fresh }]
      const post: RouteLine = { method: 'POST', ...line, audit: each.audit, ...fresh }
      return each.page === false ? [post] : [{ method: 'GET', ...line, audit: 'nothing', ...fresh }, post]
    }),
  )
}

export type { FieldError, Frame, Temporal }
