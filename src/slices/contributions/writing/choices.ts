import { sql } from 'kysely'
import type { PlainDate, Tx } from '#platform/database/tables.ts'
import type { ContributionKind, How, Naming } from '../tables.ts'

/** What a contribution can be about and whom it can be for, in this network. */
export interface Choices {
  readonly about: readonly Choice[]
  readonly groups: readonly Choice[]
}

export interface Choice {
  /** 'priority-3', 'site-12', 'project-4'; a group's is its id. */
  readonly value: string
  readonly text: string
  /** For a group: a sentence on what it does. */
  readonly hint?: string
}

export const aboutNothing: Choice = { value: 'none', text: 'Nothing in particular' }
export const groupUnknown: Choice = { value: 'unknown', text: 'I do not know' }

/** One query; a value that is not among these belongs to another network or to nobody. */
export async function choicesOf(tx: Tx, today: PlainDate): Promise<Choices> {
  const found = await sql<{ about: Choice[] | null; groups: Choice[] | null }>`
    select
      (select jsonb_agg(jsonb_build_object('value', t.kind || '-' || t.id, 'text', t.text) order by t.place, t.text) from (
         select 1 as place, 'priority' as kind, id, 'Priority: ' || title as text from priority
           where ended_on is null
         union all select 2, 'site', id, 'Hospital: ' || name from site
           where to_on is null or to_on >= ${today}
         union all select 3, 'project', id, 'Project: ' || title from project) t) as about,
      (select jsonb_agg(jsonb_build_object('value', id::text, 'text', name, 'hint', about)
         order by kind = 'board' desc, name) from network_group) as groups`.execute(tx)
  return {
    about: [aboutNothing, ...(found.rows[0]?.about ?? [])],
    groups: [...(found.rows[0]?.groups ?? []), groupUnknown],
  }
}

/** 'site-12' as the columns of a contribution. Ask `choicesOf` first whether it exists. */
export function aboutColumns(value: string | undefined) {
  const [, kind, id] = /^(priority|site|project)-(\d{1,9})$/.exec(value ?? '') ?? []
  const of = (wanted: string) => (kind === wanted ? Number(id) : null)
  return { priorityId: of('priority'), siteId: of('site'), projectId: of('project') }
}

export const groupColumn = (value: string | undefined): number | null =>
  /^\d{1,9}$/.test(value ?? '') ? Number(value) : null

export const kindWords: Readonly<Record<ContributionKind, string>> = {
  idea: 'An idea',
  experience: 'An experience',
  question: 'A question',
}
export const kindHints: Readonly<Record<ContributionKind, string>> = {
  idea: 'Something that could be done better, or something new.',
  experience: 'Something that happened to you or to somebody you care for, good or bad.',
  question: 'Something you want to know.',
}
export const namingWords: Readonly<Record<Naming, string>> = {
  named: 'With my name',
  'first-name': 'With my first name only',
  anonymous: 'Without my name',
}
export const namingHints: Readonly<Record<Naming, string>> = {
  named: 'The group that looks at it sees your whole name.',
  'first-name': 'The group sees your first name. Only the team sees your whole name.',
  anonymous:
    'Only the team knows that it was you, so that they can answer you. Your words may still show who you are.',
}
export const howWords: Readonly<Record<How, string>> = {
  web: 'on this website',
  email: 'by e-mail',
  phone: 'on the phone',
  post: 'by post',
  'in-person': 'in person',
}
export const kinds = ['idea', 'experience', 'question'] as const
export const namings = ['named', 'first-name', 'anonymous'] as const
