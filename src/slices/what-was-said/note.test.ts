import { describe, expect, test } from 'vitest'
import { finish, goOn, isFrom, type Note } from './note.ts'

const open: Note = { state: 'open', personId: 7, became: [] }

describe('PEOPLE-20 what was said', () => {
  test('PEOPLE-20 one call becomes as many things as were said, and is dealt with once', () => {
    const first = goOn(open, 'A contribution')
    const second = first.accepted ? goOn(first.state, 'A vote on V-5') : first
    expect(second).toMatchObject({ accepted: true, state: { became: ['A contribution', 'A vote on V-5'] } })
    const done = second.accepted ? finish(second.state) : second
    expect(done).toMatchObject({ accepted: true, state: { state: 'done' } })
    if (!done.accepted) return
    expect(finish(done.state)).toMatchObject({ accepted: false, reason: 'done' })
    expect(goOn(done.state, 'Another')).toMatchObject({ accepted: false, reason: 'done' })
    // History is for ever: nothing of the words is in it.
    expect(done.events.every(each => Object.keys(each.details).length === 0)).toBe(true)
  })

  test('PEOPLE-20 who it was can be said later, once', () => {
    expect(isFrom({ ...open, personId: null }, 3)).toMatchObject({ accepted: true, state: { personId: 3 } })
    expect(isFrom(open, 3)).toMatchObject({ accepted: false, reason: 'known' })
    expect(isFrom({ ...open, personId: null, state: 'done' }, 3)).toMatchObject({ reason: 'done' })
  })
})
