import { expect, test } from 'vitest'
import { z } from 'zod'
import {
  choice,
  dateFields,
  emailAddress,
  optionalId,
  optionalText,
  pickedId,
  several,
  text,
} from './fields.ts'

test('HOUSE-9 what no keyboard sends is answered in plain words: a field twice, a file where words belong', () => {
  const form = z.object({
    words: text('Enter your words', { max: 100, name: 'Your words' }),
    more: optionalText({ max: 100, name: 'More' }),
    group: optionalId(),
    person: pickedId('Choose a person'),
    way: choice('Choose a way', ['phone', 'post']),
    email: emailAddress('Enter an e-mail address'),
    own: z.string().optional(),
    list: several(),
    ...dateFields('on'),
  })
  const file = new File(['x'], 'x.txt')
  for (const sent of [['one', 'two'], file, [file, 'x']]) {
    const names = Object.keys(form.shape)
    const result = form.safeParse(Object.fromEntries(names.map(name => [name, sent])))
    const sentences = new Set(result.error?.issues.map(each => each.message))
    expect([...sentences].sort()).toEqual([
      'Choose a person',
      'Choose a way',
      'Give one answer here, in words',
    ])
  }
})
