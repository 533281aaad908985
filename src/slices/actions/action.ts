import { Temporal } from 'temporal-polyfill'
import { dateInWords } from '#kernel/calendar/words.ts'
import { accept, type Decision, happened, type Refusal, refuse } from '#kernel/decision.ts'

type PlainDate = Temporal.PlainDate

/** Something agreed, with one owner and one date (LOOP-10). Late is worked out from `due`, never stored. */
export type Action =
  | { readonly state: 'open'; readonly due: PlainDate }
  | {
      readonly state: 'asked-for-another-date'
      readonly due: PlainDate
      readonly wish: { readonly on: PlainDate; readonly because: string; readonly byPersonId: number }
    }
  | {
      readonly state: 'done'
      readonly due: PlainDate
      readonly on: PlainDate
      readonly whatChanged: string
      readonly evidence: string
      readonly link: string
    }
  | { readonly state: 'dropped'; readonly due: PlainDate; readonly on: PlainDate; readonly because: string }

export type Step = Decision<Action>

/** Who acts, as far as a step asks. */
export interface By {
  readonly personId: number
  readonly isOwner: boolean
  /** The chair or deputy of its group, or the team. */
  readonly leads: boolean
  readonly isTeam: boolean
}

export const isOpen = (it: Action): it is Extract<Action, { state: 'open' | 'asked-for-another-date' }> =>
  it.state === 'open' || it.state === 'asked-for-another-date'

const over = (it: Action): Refusal =>
  refuse('over', it.state === 'done' ? 'This is done already' : 'This was dropped already')
const notYours = refuse('not-yours', 'Only the owner of this action can do that')
const notLeading = refuse('not-leading', 'The chair, the deputy or the team decide about that')

/** What the owner, or the team for an owner who told them, cannot do now; undefined when they can. */
function ownerCannot(it: Action, by: By): Refusal | undefined {
  if (!by.isOwner && !by.isTeam) return notYours
  return isOpen(it) ? undefined : over(it)
}

/** Marked when the team wrote down what the owner told them. */
const asTold = (by: By) => (by.isOwner ? {} : { recorded: true })

export function askForAnotherDate(
  it: Action,
  by: By,
  wish: { on: PlainDate; because: string },
  today: PlainDate,
): Step {
  const cannot = ownerCannot(it, by)
  if (cannot) return cannot
  if (!isOpen(it)) return over(it)
  const wrong = dateWillNotDo(it, wish.on, today)
  if (wrong) return wrong
  return accept(
    {
      state: 'asked-for-another-date',
      due: it.due,
      wish: { on: wish.on, because: wish.because, byPersonId: by.personId },
    },
    happened('asked-for-another-date', {
      on: wish.on.toString(),
      instead: it.due.toString(),
      because: wish.because,
      ...asTold(by),
    }),
  )
}

function dateWillNotDo(it: Action, on: PlainDate, today: PlainDate): Refusal | undefined {
  if (Temporal.PlainDate.compare(on, today) < 0) {
    return refuse('in-the-past', 'The new date must be today or later')
  }
  if (Temporal.PlainDate.compare(on, it.due) === 0) {
    return refuse('same-date', `It is due on ${dateInWords(it.due)} already. Give another date`)
  }
  const most = today.add({ years: 3 })
  return Temporal.PlainDate.compare(on, most) > 0
    ? refuse('too-far', 'The new date must be within the next 3 years')
    : undefined
}

/** Who asked cannot also agree: then the other one who leads, or the team, does. */
export function answerWish(it: Action, by: By, agreed: boolean, because: string): Step {
  if (!by.leads) return notLeading
  if (it.state !== 'asked-for-another-date') {
    return isOpen(it) ? refuse('no-wish', 'Nobody asks for another date now') : over(it)
  }
  if (by.isOwner || by.personId === it.wish.byPersonId) {
    return refuse('own-wish', 'You asked for this date yourself, so somebody else has to agree to it')
  }
  if (agreed) {
    return accept(
      { state: 'open', due: it.wish.on },
      happened('date-agreed', { on: it.wish.on.toString(), instead: it.due.toString(), because }),
    )
  }
  if (because === '') return refuse('no-reason', 'Say why the date has to stay')
  return accept(
    { state: 'open', due: it.due },
    happened('date-not-agreed', { on: it.wish.on.toString(), stays: it.due.toString(), because }),
  )
}

/** The chair, the deputy or the team move the date by themselves, with the reason. */
export function defer(it: Action, by: By, to: { on: PlainDate; because: string }, today: PlainDate): Step {
  if (!by.leads) return notLeading
  if (!isOpen(it)) return over(it)
  if (by.isOwner) {
    return refuse(
      'own-action',
      'This is your own action: ask for another date, and somebody else agrees to it',
    )
  }
  return (
    dateWillNotDo(it, to.on, today) ??
    accept(
      { state: 'open', due: to.on },
      happened('deferred', { on: to.on.toString(), instead: it.due.toString(), because: to.because }),
    )
  )
}

/** @param to the new owner; the wish of the old one goes with them */
export function reassign(
  it: Action,
  by: By,
  to: { personId: number; name: string; isOwnerNow: boolean; because: string },
): Step {
  if (!by.leads) return notLeading
  if (!isOpen(it)) return over(it)
  if (to.isOwnerNow) return refuse('same-owner', `${to.name} owns this already. Choose somebody else`)
  return accept(
    { state: 'open', due: it.due },
    happened('reassigned', { personId: to.personId, name: to.name, because: to.because }),
  )
}

export function finish(
  it: Action,
  by: By,
  what: { whatChanged: string; evidence: string; link: string; files: number },
  today: PlainDate,
): Step {
  const cannot = ownerCannot(it, by)
  if (cannot) return cannot
  if (what.evidence === '' && what.link === '' && what.files === 0) {
    return refuse('no-evidence', 'Show how people can see it: some words, a link or a file')
  }
  const { whatChanged, evidence, link } = what
  return accept(
    { state: 'done', due: it.due, on: today, whatChanged, evidence, link },
    happened('done', { whatChanged, ...asTold(by) }),
  )
}

export function drop(it: Action, by: By, because: string, today: PlainDate): Step {
  const cannot = ownerCannot(it, by)
  if (cannot) return cannot
  return accept(
    { state: 'dropped', due: it.due, on: today, because },
    happened('dropped', { because, ...asTold(by) }),
  )
}

export const stateWords: Record<Action['state'], string> = {
  open: 'To do',
  'asked-for-another-date': 'Asked for another date',
  done: 'Done',
  dropped: 'Dropped',
}
