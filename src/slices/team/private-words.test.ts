import fc from 'fast-check'
import { expect, test } from 'vitest'
import { withoutKeys } from './private-words.ts'

test('R42 a key in a link is never shown to the team, and other links are', () => {
  expect(withoutKeys('See http://loop.test/wmin/contributions/C-1042 now')).toBe(
    'See http://loop.test/wmin/contributions/C-1042 now',
  )
  expect(withoutKeys('Yes:\nhttps://loop.test/wmin/verdict/AbCdEfGhIjKlMnOpQrStUv\nThank you')).toBe(
    'Yes:\nhttps://loop.test/… (a link for this person only)\nThank you',
  )
  fc.assert(
    fc.property(
      fc.stringMatching(/^[\w-]{20,48}$/),
      fc.constantFrom('/wmin/verdict/', '/wmin/application/', '/sign-in/link?key=', '/x?a=b&token='),
      (token, path) => {
        expect(withoutKeys(`Here: https://loop.test${path}${token} and more`)).not.toContain(token)
      },
    ),
  )
})
