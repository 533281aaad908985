import type { WishKind } from '../tables.ts'

/** How each wish is called: on the page where it is chosen, and in a sentence. */
export const kindWords: Record<
  WishKind,
  { readonly title: string; readonly hint: string; readonly asked: string }
> = {
  correct: {
    title: 'Something is wrong: correct it',
    hint: 'Say what is wrong and what is right.',
    asked: 'to correct something',
  },
  object: {
    title: 'I do not want you to use something in this way',
    hint: 'Say what we should stop.',
    asked: 'to stop using something',
  },
  erase: {
    title: 'Erase something',
    hint: 'What the law makes us keep stays. We say what that is, and why.',
    asked: 'to erase something',
  },
  copy: {
    title: 'Send me a copy in another way',
    hint: 'On paper, in large print, or as you like.',
    asked: 'a copy of what we hold',
  },
}

export const stateWords = {
  open: 'We work on it',
  paused: 'We wait for an answer',
  done: 'Done',
  'not-done': 'Not done, with the reason',
  'taken-back': 'Taken back',
} as const

export const howWords = {
  web: 'On this website',
  phone: 'By phone',
  post: 'By post',
  email: 'By e-mail',
  'in-person': 'In person',
} as const

export const ico =
  'If you are not happy with this, you can complain to us about data, and to the Information Commissioner’s Office (ICO): ico.org.uk or 0303 123 1113.'
