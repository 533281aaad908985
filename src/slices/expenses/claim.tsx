import { z } from 'zod'
import {
  DateField,
  FileField,
  Form,
  InsetText,
  LinkList,
  Radios,
  SummaryList,
  Table,
  TextArea,
  TextField,
  WarningCallout,
} from '#design/index.ts'
import { dateInWords, dueInWords } from '#kernel/calendar/words.ts'
import { dayOf } from '#kernel/calendar/working-days.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { fileKindsInWords, filesOf } from '#platform/files.ts'
import { choice, pickedId, text, uploads, withDate } from '#platform/form/fields.ts'
import {
  type Filled,
  form,
  type Load,
  missing,
  page,
  refused,
  type Screen,
  type Submitted,
  show,
  type Visit,
} from '#platform/http/route.ts'
import { isTeam } from '#platform/permission.ts'
import { byOf, isOn, mayRead, theTeam } from './access.ts'
import {
  addCost,
  approveClaim,
  payClaim,
  removeCost,
  sayNoToClaim,
  sendClaim,
  withdrawClaim,
} from './changes.ts'
import { approve, mayWrite, totalOf } from './expense.ts'
import { optionalCount, optionalMoney, pounds } from './money.ts'
import { expensePaths } from './paths.ts'
import { asDate, type LoadedClaim, type LoadedLine, loadClaim } from './store.ts'
import { lineKinds } from './tables.ts'
import { kindWords, stateWords } from './words.ts'

type Here = Visit<LoadedClaim>
const nothing: Filled = { values: {}, lists: {}, errors: [] }
const load: Load<LoadedClaim> = async (visit, how) =>
  isOn(visit) ? await loadClaim(visit, visit.params.reference, how) : undefined
const pathOf = (visit: Here) => expensePaths.claim(visit.network.slug, visit.thing.reference)
const step = (visit: Here, which: Parameters<typeof expensePaths.do>[2]) =>
  expensePaths.do(visit.network.slug, visit.thing.reference, which)
const taken = (visit: Here, done: { accepted: boolean; sentence?: string }): Submitted =>
  done.accepted ? { to: pathOf(visit) } : refused(done as { sentence: string })

const one = page<LoadedClaim>('/:network/expenses/:reference', {
  who: mayRead,
  audit: 'nothing',
  load,
  handler: visit => show(claimScreen(visit)),
})

const file = page<LoadedClaim>('/:network/expenses/:reference/files/:file', {
  who: mayRead,
  audit: 'receipt-opened',
  load,
  async handler({ tx, files, thing, params }) {
    const row = (await filesOf(tx, { kind: 'expense-claim', id: thing.id })).find(
      each => String(each.id) === params.file,
    )
    const body = row && (await files.read(row))
    return row && body ? { kind: 'download', name: row.name, type: row.type, body } : missing
  },
})

function claimScreen(visit: Here, filled: Filled = nothing): Screen {
  const { thing, network, me } = visit
  const by = byOf(me)
  const mine = thing.personId === by.personId
  return {
    title: theirs(thing.whatFor),
    caption: `Expenses ${thing.reference}`,
    back: mine
      ? { href: expensePaths.mine(network.slug), text: 'Your expenses' }
      : { href: expensePaths.all(network.slug), text: 'Everybody’s expenses' },
    body: (
      <>
        <Now visit={visit} />
        <SummaryList
          rows={[
            { key: 'Whose', value: theirs(thing.name) },
            ...(thing.writtenById === thing.personId
              ? []
              : [{ key: 'Written down by', value: theirs(thing.writtenByName) }]),
            { key: 'Day', value: dateInWords(thing.on) },
            { key: 'Sum', value: pounds(totalOf(thing)) },
            { key: 'Where it is', value: stateWords[thing.state] },
            ...(thing.firstByName
              ? [{ key: 'First yes', value: saidYes(thing.firstByName, thing.firstAt) }]
              : []),
            ...(thing.secondByName
              ? [{ key: 'Second yes', value: saidYes(thing.secondByName, thing.secondAt) }]
              : []),
            ...(thing.paidOn ? [{ key: 'Paid on', value: dateInWords(thing.paidOn) }] : []),
          ]}
        />
        {thing.lines.length > 0 && (
          <Table
            caption="The costs"
            columns={[{ title: 'What' }, { title: 'Sum', numeric: true }, { title: 'How it was worked out' }]}
            rows={thing.lines.map(line => [
              `${kindWords[line.kind]}${line.words ? `: ${theirs(line.words)}` : ''}`,
              pounds(line.pence),
              workedOut(line),
            ])}
          />
        )}
        {thing.files.length > 0 && (
          <>
            <h2 className="nhsuk-heading-s">Receipts</h2>
            <LinkList
              links={thing.files.map(each => ({
                href: expensePaths.file(network.slug, thing.reference, each.id),
                text: theirs(each.name),
              }))}
            />
          </>
        )}
        {thing.state === 'writing' && mayWrite(thing, by) && <Writing visit={visit} />}
        {isTeam(me) && !mine && <ForTheTeam visit={visit} filled={filled} />}
        {(mine || mayWrite(thing, by)) && ['sent', 'approved-once', 'approved'].includes(thing.state) && (
          <Form action={step(visit, 'withdraw')} hidden={visit.hidden} button="Take this claim back">
            <p>If you do not want it any more.</p>
          </Form>
        )}
      </>
    ),
  }
}

const saidYes = (name: string, at: LoadedClaim['firstAt']) =>
  `${theirs(name)}${at ? `, ${dateInWords(dayOf(at))}` : ''}`

function workedOut(line: LoadedLine): string {
  if (line.ratePence === null || line.rateFromOn === null) return 'As it was paid'
  const from = `agreed from ${dateInWords(asDate(line.rateFromOn))}`
  if (line.howMany === null) return `Up to ${pounds(line.ratePence)}, ${from}`
  return `${line.howMany} × ${pounds(line.ratePence)}, ${from}`
}

function Now({ visit }: { visit: Here }) {
  const { thing, today, me } = visit
  if (thing.state === 'writing')
    return thing.because === '' ? (
      <InsetText>This was not sent yet. Add each cost, then send it.</InsetText>
    ) : (
      <WarningCallout title="Something is missing">
        {theirs(thing.answeredByName ?? '')} writes: {theirs(thing.because)}
      </WarningCallout>
    )
  if (thing.state === 'refused')
    return (
      <WarningCallout title="We cannot pay this">
        {theirs(thing.answeredByName ?? '')} writes: {theirs(thing.because)}
      </WarningCallout>
    )
  if (thing.state === 'paid')
    return <InsetText>This was paid on {thing.paidOn ? dateInWords(thing.paidOn) : 'a day'}.</InsetText>
  if (thing.state === 'withdrawn') return <InsetText>This was taken back.</InsetText>
  if (!thing.payBy) return null
  const due = dueInWords(thing.payBy, today)
  const who = thing.personId === me.personId ? 'You get' : 'They get'
  return due.late ? (
    <WarningCallout title="This is late">It was to be paid by {dateInWords(thing.payBy)}.</WarningCallout>
  ) : (
    <InsetText>
      {who} the money by {dateInWords(thing.payBy)}.
    </InsetText>
  )
}

function Writing({ visit }: { visit: Here }) {
  const { thing } = visit
  return (
    <>
      <LinkList
        links={[
          { href: step(visit, 'add'), text: 'Add a cost' },
          ...(thing.lines.length > 0 ? [{ href: step(visit, 'remove'), text: 'Take a cost out' }] : []),
        ]}
      />
      {thing.lines.length > 0 && (
        <Form
          action={step(visit, 'send')}
          hidden={visit.hidden}
          button={`Send the claim for ${pounds(totalOf(thing))}`}
        >
          <p>Check the costs above. If they are right, send them.</p>
        </Form>
      )}
      <Form action={step(visit, 'withdraw')} hidden={visit.hidden} button="Do not claim this" />
    </>
  )
}

function ForTheTeam({ visit, filled }: { visit: Here; filled: Filled }) {
  const { thing, me } = visit
  if (thing.state === 'approved')
    return (
      <>
        <h2 className="nhsuk-heading-m">Paying</h2>
        <Form action={step(visit, 'paid')} hidden={visit.hidden} button="It was paid">
          <DateField
            name="on"
            label="When was it paid?"
            value={{
              day: filled.values['on-day'],
              month: filled.values['on-month'],
              year: filled.values['on-year'],
            }}
            errors={filled.errors}
          />
        </Form>
      </>
    )
  if (thing.state !== 'sent' && thing.state !== 'approved-once') return null
  const may = approve(thing, byOf(me))
  return (
    <>
      <h2 className="nhsuk-heading-m">Two people say yes</h2>
      {may.accepted ? (
        <Form action={step(visit, 'yes')} hidden={visit.hidden} button={`Yes, pay ${pounds(totalOf(thing))}`}>
          <p>Look at the costs and the receipts first.</p>
        </Form>
      ) : (
        <p>{may.sentence}.</p>
      )}
      <p>
        <a href={step(visit, 'no')}>Say no, or what is missing</a>
      </p>
    </>
  )
}

const ownScreen = (visit: Here, title: string, body: React.ReactNode): Screen => ({
  title,
  caption: `Expenses ${visit.thing.reference}`,
  back: { href: pathOf(visit), text: 'Back to the claim' },
  body,
})

const add = form('/:network/expenses/:reference/add', {
  who: mayRead,
  audit: 'expenses-cost-added',
  load,
  uploads: true,
  fields: z.object({
    kind: choice('Choose what it was', lineKinds),
    words: text('Say in a few words what it was', { max: 200, name: 'What it was' }),
    pence: optionalMoney(),
    howMany: optionalCount('Write a whole number, such as 12'),
    receipts: uploads(3),
  }),
  screen: (visit: Here, { values, errors }) =>
    ownScreen(
      visit,
      'Add a cost',
      <Form
        hidden={visit.hidden}
        button="Add this cost"
        multipart
        secondary={{ text: 'Not now', href: pathOf(visit) }}
      >
        <Radios
          name="kind"
          label="What was it?"
          value={values.kind}
          errors={errors}
          options={lineKinds.map(each => ({ value: each, label: kindWords[each] }))}
        />
        <TextField
          name="words"
          label="In a few words"
          hint="For example, “Bus from Dudley and back”."
          value={values.words}
          errors={errors}
        />
        <TextField
          name="pence"
          label="What did it cost, in pounds?"
          hint="For example, 4.20. Leave it empty for miles and for half-days of your time."
          value={values.pence}
          width={10}
          inputMode="text"
          errors={errors}
        />
        <TextField
          name="howMany"
          label="How many miles, or half-days?"
          hint="Only for your own car, or for payment for your time."
          value={values.howMany}
          width={5}
          inputMode="numeric"
          errors={errors}
        />
        <FileField
          name="receipts"
          label="Receipts"
          optional
          multiple
          hint={`A photo is enough. Up to 3, each ${fileKindsInWords}. You can also post them.`}
          accept=".jpg,.jpeg,.png,.pdf,.docx"
          errors={errors}
        />
      </Form>,
    ),
  async submit(visit: Here, given) {
    const added = await addCost(visit, visit.thing, given)
    if (added.accepted) return { to: pathOf(visit) }
    const field = { 'no-rate': 'kind', 'how-many': 'howMany', pence: 'pence' }[added.reason]
    return refused(added, field)
  },
})

const remove = form('/:network/expenses/:reference/remove', {
  who: mayRead,
  audit: 'expenses-cost-taken-out',
  load,
  fields: z.object({ line: pickedId('Choose a cost') }),
  screen: (visit: Here, { values, errors }) =>
    ownScreen(
      visit,
      'Take a cost out',
      <Form hidden={visit.hidden} button="Take it out" secondary={{ text: 'Keep all', href: pathOf(visit) }}>
        <Radios
          name="line"
          label="Which one?"
          value={values.line}
          errors={errors}
          options={visit.thing.lines.map(each => ({
            value: String(each.id),
            label: `${each.words ? theirs(each.words) : kindWords[each.kind]}, ${pounds(each.pence)}`,
          }))}
        />
      </Form>,
    ),
  submit: async (visit: Here, { line }) => taken(visit, await removeCost(visit, visit.thing, line)),
})

const onThePage = {
  load,
  page: false,
  screen: (visit: Here, filled: Filled) => claimScreen(visit, filled),
} as const

const send = form('/:network/expenses/:reference/send', {
  ...onThePage,
  who: mayRead,
  audit: 'expenses-sent',
  fields: z.object({}),
  submit: async (visit: Here) => taken(visit, await sendClaim(visit, visit.thing)),
})
const yes = form('/:network/expenses/:reference/yes', {
  ...onThePage,
  who: theTeam,
  audit: 'expenses-approved',
  fields: z.object({}),
  submit: async (visit: Here) => taken(visit, await approveClaim(visit, visit.thing)),
})
const paid = form('/:network/expenses/:reference/paid', {
  ...onThePage,
  who: theTeam,
  audit: 'expenses-paid',
  fields: withDate('on', { required: 'Enter the day on which it was paid' }, {}),
  submit: async (visit: Here, { on }) => taken(visit, await payClaim(visit, visit.thing, on)),
})
const withdraw = form('/:network/expenses/:reference/withdraw', {
  ...onThePage,
  who: mayRead,
  audit: 'expenses-taken-back',
  fields: z.object({}),
  submit: async (visit: Here) => taken(visit, await withdrawClaim(visit, visit.thing)),
})
const no = form('/:network/expenses/:reference/no', {
  load,
  who: theTeam,
  audit: 'expenses-answered-no',
  fields: z.object({
    what: choice('Choose which', ['missing', 'cannot-pay']),
    because: text('Say why, so that they can do something about it', { max: 1000, name: 'Why' }),
  }),
  screen: (visit: Here, { values, errors }) =>
    ownScreen(
      visit,
      'Say no, or what is missing',
      <Form
        hidden={visit.hidden}
        button="Tell them"
        secondary={{ text: 'Do not change anything', href: pathOf(visit) }}
      >
        <Radios
          name="what"
          label="Which is it?"
          value={values.what}
          errors={errors}
          options={[
            {
              value: 'missing',
              label: 'Something is missing',
              hint: 'They can put it right and send it again.',
            },
            { value: 'cannot-pay', label: 'We cannot pay this', hint: 'That ends the claim.' },
          ]}
        />
        <TextArea
          name="because"
          label="Why?"
          hint="In plain words. They read it."
          value={values.because}
          maxCharacters={1000}
          rows={3}
          errors={errors}
        />
      </Form>,
    ),
  submit: async (visit: Here, given) => taken(visit, await sayNoToClaim(visit, visit.thing, given)),
})

export const claimRoutes = [one, file, add, remove, send, yes, paid, withdraw, no]
