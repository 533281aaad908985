import { z } from 'zod'
import { Form, Radios, type SummaryRow, TextArea, TextField, Timeline } from '#design/index.ts'
import { momentInWords } from '#kernel/calendar/words.ts'
import { clockOn } from '#kernel/clocks.ts'
import { happened } from '#kernel/decision.ts'
import { choice, optionalText } from '#platform/form/fields.ts'
import { historyOf } from '#platform/history.ts'
import {
  type AnyRoute,
  errors,
  type Filled,
  form,
  type Load,
  type Screen,
  type Visit,
} from '#platform/http/route.ts'
import { isMemberOf, isTeam, leads, personRule, type Rule } from '#platform/permission.ts'
import { networkPaths } from './paths.ts'
import { type GroupPage, groupPage } from './queries.ts'
import { inPersonInWords, weeksInWords } from './rhythm.ts'

type Here = Visit<GroupPage>

/** The group's own people and the team read who was in it when. */
export const mayReadPeople: Rule<{ readonly id: number }> = personRule(
  'a member of the group, or the team',
  (actor, it) => isMemberOf(actor, it.id) || isTeam(actor),
)

export const mayChangeRules: Rule<{ readonly id: number }> = personRule(
  'the group’s chair or deputy, or the team',
  (actor, it) => leads(actor, it.id) || isTeam(actor),
)

export const loadGroup: Load<GroupPage> = ({ tx, params, now, today }) =>
  groupPage(tx, params.group, now, today)

type Rules = Pick<
  GroupPage,
  'cadenceWeeks' | 'inPersonMonths' | 'quorumVoting' | 'quorumLay' | 'paperDays' | 'castingVote' | 'members'
>

/** "It meets about every 9 weeks, and in person at least once a year."; undefined when nobody has said so. */
export function rhythmInWords(rules: Pick<Rules, 'cadenceWeeks' | 'inPersonMonths'>): string | undefined {
  const { cadenceWeeks: weeks, inPersonMonths: months } = rules
  if (weeks === null && months === null) return undefined
  const often = weeks === null ? '' : ` ${weeksInWords(weeks)}`
  const inPerson = months === null ? '' : ` in person ${inPersonInWords(months)}`
  return `It meets${[often, inPerson].filter(Boolean).join(', and')}.`
}

/** How many must be there, by when papers come, what happens when votes are equal. */
export function rulesInWords(rules: Rules, { today, when }: Pick<Visit, 'today' | 'when'>): SummaryRow[] {
  const voting = rules.members.filter(each => each.voting).length
  const needed = Math.max(rules.quorumVoting ?? Math.ceil(voting / 3), rules.quorumLay)
  const days = rules.paperDays ?? clockOn('papers', today, when.clocks)
  const papers = {
    key: 'Papers come',
    value: `${days} working ${days === 1 ? 'day' : 'days'} before a meeting`,
  }
  // A group without votes has no rules for them.
  if (voting === 0) return [papers]
  return [
    {
      key: 'To decide, there must be',
      value: `${needed} ${needed === 1 ? 'member' : 'members'} with a vote${
        rules.quorumLay > 0 ? `, ${rules.quorumLay} of them members of the public` : ''
      }${rules.quorumVoting === null ? ` (a third of ${voting})` : ''}`,
    },
    papers,
    {
      key: 'When votes are equal',
      value: rules.castingVote ? 'The chair’s vote decides' : 'It is not agreed',
    },
  ]
}

const whole = (name: string, least: number, most: number) =>
  optionalText({ max: 10, name })
    .refine(given => given === '' || (/^\d{1,4}$/.test(given) && +given >= least && +given <= most), {
      error: `${name} must be a number from ${least} to ${most}`,
    })
    .transform(given => (given === '' ? null : Number(given)))

const fields = z.object({
  terms: optionalText({ max: 4000, name: 'What it is for' }),
  weeks: whole('The weeks', 1, 104),
  months: whole('The months', 1, 60),
  quorum: whole('The members with a vote', 1, 200),
  lay: whole('The members of the public', 0, 200),
  papers: whole('The working days', 1, 60),
  casting: choice('Choose what happens when votes are equal', ['yes', 'no']),
})

const rules = form('/:network/groups/:group/rules', {
  who: mayChangeRules,
  audit: 'group-rules-changed',
  load: loadGroup,
  fields,
  async screen(visit: Here, filled): Promise<Screen> {
    const { thing, network } = visit
    const back = networkPaths.group(network.slug, thing.slug)
    return {
      title: 'How the group works',
      caption: thing.name,
      back: { href: back, text: 'Back to the group' },
      body: (
        <>
          <p>These rules stand on the group’s page. Votes, papers and the plan of meetings follow them.</p>
          <Form
            hidden={visit.hidden}
            button="Save"
            secondary={{ text: 'Do not change anything', href: back }}
          >
            <RuleFields thing={thing} filled={filled} visit={visit} />
          </Form>
          <Changes entries={await historyOf(visit.tx, { kind: 'group', id: thing.id })} />
        </>
      ),
    }
  },
  async submit(visit: Here, given) {
    const { thing } = visit
    const to = {
      terms: given.terms,
      cadence_weeks: given.weeks,
      in_person_months: given.months,
      quorum_voting: given.quorum,
      quorum_lay: given.lay ?? 0,
      paper_days: given.papers,
      casting_vote: given.casting === 'yes',
    }
    if (to.quorum_voting !== null && to.quorum_lay > to.quorum_voting) {
      return errors({
        field: 'lay',
        message: 'There cannot be more members of the public than members with a vote',
      })
    }
    const before = {
      terms: thing.terms,
      cadence_weeks: thing.cadenceWeeks,
      in_person_months: thing.inPersonMonths,
      quorum_voting: thing.quorumVoting,
      quorum_lay: thing.quorumLay,
      paper_days: thing.paperDays,
      casting_vote: thing.castingVote,
    }
    const changed = (Object.keys(to) as (keyof typeof to)[]).filter(each => to[each] !== before[each])
    if (changed.length > 0) {
      await visit.tx.updateTable('network_group').set(to).where('id', '=', thing.id).execute()
      await visit.happened({ kind: 'group', id: thing.id }, [
        happened('rules-changed', {
          changes: changed.map(each => ({ what: each, from: before[each], to: to[each] })),
        }),
      ])
    }
    return { to: networkPaths.group(visit.network.slug, thing.slug) }
  },
})

function RuleFields({ thing, filled, visit }: { thing: GroupPage; filled: Filled; visit: Here }) {
  const { values, errors: wrong } = filled
  const text = (value: number | null) => (value === null ? '' : String(value))
  const voting = thing.members.filter(each => each.voting).length
  const papers = clockOn('papers', visit.today, visit.when.clocks)
  const number = { width: 4 as const, inputMode: 'numeric' as const, errors: wrong }
  return (
    <>
      <TextArea
        optional
        name="terms"
        label="What is it for, and what may it decide?"
        hint="Its terms of reference, in plain English. Everybody can read them."
        value={values.terms ?? thing.terms}
        maxCharacters={4000}
        errors={wrong}
      />
      <TextField
        optional
        name="weeks"
        label="How many weeks lie between two meetings?"
        hint="About every two months is 9"
        value={values.weeks ?? text(thing.cadenceWeeks)}
        {...number}
      />
      <TextField
        optional
        name="months"
        label="Within how many months is there a meeting in person?"
        hint="Once a year is 12"
        value={values.months ?? text(thing.inPersonMonths)}
        {...number}
      />
      <TextField
        optional
        name="quorum"
        label="How many members with a vote must be there to decide?"
        hint={`Leave it empty for a third: now that is ${Math.ceil(voting / 3)} of ${voting}`}
        value={values.quorum ?? text(thing.quorumVoting)}
        {...number}
      />
      <TextField
        optional
        name="lay"
        label="How many of them must be members of the public?"
        value={values.lay ?? text(thing.quorumLay)}
        {...number}
      />
      <TextField
        optional
        name="papers"
        label="How many working days before a meeting do papers come?"
        hint={`Leave it empty for what the whole network promises: ${papers}`}
        value={values.papers ?? text(thing.paperDays)}
        {...number}
      />
      <Radios
        name="casting"
        label="What happens when votes are equal?"
        value={values.casting ?? (thing.castingVote ? 'yes' : 'no')}
        errors={wrong}
        options={[
          { value: 'no', label: 'It is not agreed' },
          { value: 'yes', label: 'The chair’s vote decides' },
        ]}
      />
    </>
  )
}

const ruleWords: Readonly<Record<string, string>> = {
  terms: 'what it is for',
  cadence_weeks: 'weeks between meetings',
  in_person_months: 'months between meetings in person',
  quorum_voting: 'members with a vote who must be there',
  quorum_lay: 'members of the public who must be there',
  paper_days: 'working days between papers and meeting',
  casting_vote: 'what happens when votes are equal',
}

interface RuleChange {
  readonly what: string
  readonly from: unknown
  readonly to: unknown
}

function Changes({ entries }: { entries: Awaited<ReturnType<typeof historyOf>> }) {
  const changes = entries.filter(each => each.event === 'rules-changed').reverse()
  if (changes.length === 0) return null
  return (
    <>
      <h2>What was changed</h2>
      <Timeline
        entries={changes.map(each => ({
          title: sentence((each.details as { changes: readonly RuleChange[] }).changes),
          when: momentInWords(each.at),
          dateTime: each.at.toString(),
          by: each.by_words,
        }))}
      />
    </>
  )
}

const sentence = (changes: readonly RuleChange[]) =>
  changes
    .map(({ what, from, to }) => {
      const name = ruleWords[what] ?? what
      return typeof from === 'string' || typeof from === 'boolean'
        ? `Changed: ${name}`
        : `${name.charAt(0).toUpperCase()}${name.slice(1)}: ${from ?? 'not said'}, now ${to ?? 'not said'}`
    })
    .join('. ')

export const groupRulesRoutes: AnyRoute[] = [rules]
