import { dateInWords, momentInWords } from '#kernel/calendar/words.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { Instant, PlainDate } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import type { Telling } from '#platform/outbox.ts'
import { registrationPaths } from './paths.ts'

/** To whom, about which application; `token` opens their own page. Never a word of what help they need (R42). */
export interface Told {
  readonly id: number
  readonly number: number
  readonly personId: number
  readonly sharedEmail: string | null
  readonly token: string
}

type Base = Pick<Telling, 'personId' | 'about' | 'link' | 'address'>

function base(doing: Doing, told: Told): Base {
  return {
    personId: told.personId,
    about: { kind: 'application', id: String(told.number) },
    link: {
      path: registrationPaths.follow(doing.network.slug, told.token),
      words: 'See where your application is, or withdraw it',
      open: true,
    },
    address: told.sharedEmail,
  }
}

export interface ReceiptSays {
  /** What staff wrote down of a call, or what an e-mail said, for the person to put right (M40). */
  readonly readBack?: string
  /** An e-mail whose sender nobody vouches for: somebody else may have used this address. */
  readonly perhapsNotYou?: true
  readonly nameless?: true
}

export function receipt(doing: Doing, told: Told, due: PlainDate, says: ReceiptSays = {}): Telling {
  const by = dateInWords(due)
  return {
    ...base(doing, told),
    key: `registered:${told.id}:${told.personId}`,
    kind: 'registered',
    subject: `we have your interest, application ${told.number}`,
    paragraphs: [
      `Thank you for your interest in ${doing.network.name}. Your application number is ${told.number}.`,
      ...(says.readBack
        ? [`This is what we wrote down: “${theirs(says.readBack)}”. Tell us if it is not right.`]
        : []),
      ...(says.perhapsNotYou
        ? [
            'Somebody wrote to us from this e-mail address, and we could not check that it was you. If it was not, follow the link and withdraw: we then delete everything at once.',
          ]
        : []),
      ...(says.nameless ? ['We do not know your name yet. Tell us what we may call you.'] : []),
      `Somebody from the team will get in touch by ${by}, to hear from you and to answer your questions.`,
      'You do not need to prepare, and you do not need to know anything about imaging.',
    ],
    short: `Thank you. We have your interest, application ${told.number}. We get in touch by ${by}.`,
  }
}

export function welcome(
  doing: Doing,
  told: Told,
  place: { group: string; canSignIn: boolean; personId: number },
): Telling {
  const { link, ...rest } = base(doing, told)
  return {
    ...rest,
    personId: place.personId,
    key: `accepted:${told.id}:${place.personId}`,
    kind: 'accepted',
    subject: 'welcome',
    paragraphs: [
      `Welcome to ${doing.network.name}. You now have a place in: ${theirs(place.group)}.`,
      place.canSignIn
        ? 'You can sign in with this e-mail address. You do not need a password: we send you a link.'
        : 'You do not need a computer. We tell you everything in the way you chose, and you can always ring us.',
      'Next, the team agrees with you how you want to begin. You can stop at any time, without giving a reason.',
    ],
    ...(place.canSignIn
      ? { link: { path: `/sign-in?to=/${doing.network.slug}/home`, words: 'Sign in here', open: true } }
      : link
        ? { link }
        : {}),
    short: place.canSignIn ? 'Welcome. You can sign in now.' : 'Welcome. You have a place with us now.',
  }
}

export function kindNo(doing: Doing, told: Told, words: string): Telling {
  return {
    ...base(doing, told),
    key: `declined:${told.id}:${told.personId}`,
    kind: 'declined',
    subject: 'our answer to your interest',
    paragraphs: [
      `Thank you for your interest in ${doing.network.name}, and for talking with us.`,
      theirs(words),
    ],
    short: 'Thank you for your interest. We have written our answer down for you.',
  }
}

export function inTouch(doing: Doing, told: Told, until: PlainDate, version: number): Telling {
  const by = dateInWords(until)
  return {
    ...base(doing, told),
    key: `in-touch:${told.id}:${version}:${told.personId}`,
    kind: 'keeping-in-touch',
    subject: 'we stay in touch',
    paragraphs: [
      `Thank you for your interest in ${doing.network.name}. Nothing is decided yet, as we agreed.`,
      `We get in touch with you again by ${by}. If something changes before then, tell us.`,
    ],
    short: `We stay in touch, as agreed. You hear from us by ${by}.`,
  }
}

/** Somebody told us twice, and the team put both together. */
export function joined(doing: Doing, told: Told, was: number): Telling {
  return {
    ...base(doing, told),
    key: `joined:${told.id}:${told.personId}:${was}`,
    kind: 'applications-joined',
    subject: `your application ${told.number}`,
    paragraphs: [
      `You told us more than once that you would like to take part in ${doing.network.name}. We have put it together: it goes on as application ${told.number}.`,
      'Nothing that you said is lost. If this is not right, tell us.',
    ],
    short: `You told us more than once. It goes on as application ${told.number}.`,
  }
}

export function booked(
  doing: Doing,
  told: Told,
  time: { id: number; starts_at: Instant; how: string; place: string },
): Telling {
  const when = momentInWords(time.starts_at)
  return {
    ...base(doing, told),
    key: `conversation-booked:${told.id}:${time.id}:${told.personId}:${doing.now.epochMilliseconds}`,
    kind: 'conversation-booked',
    subject: 'a time to talk',
    paragraphs: [
      `We talk on ${when}, ${time.how}.${time.place ? ` ${theirs(time.place)}.` : ''}`,
      'You do not need to prepare. If you cannot come, tell us or choose another time.',
    ],
    short: `We talk on ${when}, ${time.how}.`,
  }
}
