/** What is asked, in the words of the 2021 census of England and Wales where it asks the same. */
export interface EqualityQuestion {
  readonly key: string
  readonly title: string
  readonly answers: readonly { readonly key: string; readonly words: string }[]
}

const list = (...words: string[]) =>
  words.map(each => ({
    key: each
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/-+$/, ''),
    words: each,
  }))

/** Somebody who would rather not say, or did not answer: one and the same. */
export const notSaid = 'not-said'

export const questions: readonly EqualityQuestion[] = [
  {
    key: 'age',
    title: 'How old are you?',
    answers: list('Under 18', '18 to 34', '35 to 49', '50 to 64', '65 to 79', '80 or over'),
  },
  { key: 'sex', title: 'What is your sex?', answers: list('Female', 'Male') },
  {
    key: 'gender',
    title: 'Is the gender you identify with the same as your sex registered at birth?',
    answers: list('Yes', 'No'),
  },
  {
    key: 'ethnic-group',
    title: 'What is your ethnic group?',
    answers: list(
      'Asian, Asian British or Asian Welsh',
      'Black, Black British, Black Welsh, Caribbean or African',
      'Mixed or Multiple ethnic groups',
      'White',
      'Other ethnic group',
    ),
  },
  {
    key: 'disability',
    title: 'Do health conditions or illnesses make your daily life harder?',
    answers: list('Yes, a lot', 'Yes, a little', 'No'),
  },
  {
    key: 'religion',
    title: 'What is your religion?',
    answers: list(
      'No religion',
      'Buddhist',
      'Christian',
      'Hindu',
      'Jewish',
      'Muslim',
      'Sikh',
      'Other religion',
    ),
  },
  {
    key: 'orientation',
    title: 'Which of these describes your sexual orientation best?',
    answers: list('Straight or heterosexual', 'Gay or lesbian', 'Bisexual', 'Other orientation'),
  },
  {
    key: 'caring',
    title: 'Do you look after somebody who is ill, disabled or old?',
    answers: list('Yes, without pay', 'No, I do not'),
  },
]

export const questionBy = (key: string): EqualityQuestion | undefined =>
  questions.find(each => each.key === key)
