import { doingOf } from '#platform/doing.ts'
import { giveDefaultAgreements } from '#slices/agreements/index.ts'
import { giveDefaultModules, planSession } from '#slices/induction/index.ts'
import {
  answerWish,
  askForWord,
  giveDefaultWords,
  loadWish,
  shareWish,
  wishToKnow,
} from '#slices/learning/index.ts'
import type { TestHouse } from './house.ts'

/** Induction, learning, the word list, agreements, and the rest of the register of interests. */
export async function realInduction(
  house: TestHouse,
  slug: string,
): Promise<Record<string, Record<string, string>[]>> {
  const today = house.clock.today()
  return await house.database.enter({ slug, accountId: undefined, today }, async (tx, entry) => {
    const doing = doingOf(house.house, tx, entry!, undefined)
    await giveDefaultAgreements(doing)
    await giveDefaultModules(doing)
    const session = await planSession(doing, {
      module: 'meetings',
      title: '',
      about: '',
      startsAt: doing.now.add({ hours: 240 }),
      place: 'By phone',
    })
    if (!session.accepted) throw new Error(session.sentence)
    const person = await tx
      .selectFrom('person')
      .select('id')
      .where('demo_key', 'in', ['volunteer-3', 'other-volunteer'])
      .executeTakeFirstOrThrow()
    await giveDefaultWords(doing)
    // One that waits, and one that everybody with a place may read.
    const open = await wishToKnow(doing, { personId: person.id, words: 'How dose is measured', how: 'web' })
    const shared = await wishToKnow(doing, { personId: person.id, words: 'What a board does', how: 'web' })
    const load = async () => (await loadWish(doing, shared.id, { forChange: true }))!
    await answerWish(doing, await load(), { title: 'What a board does', answer: 'It decides.', shares: true })
    await shareWish(doing, await load(), true)
    const word = await askForWord(doing, { word: 'Elastography', whereSeen: '' })
    const listed = await tx
      .selectFrom('word_meaning')
      .select('id')
      .orderBy('id')
      .limit(1)
      .executeTakeFirstOrThrow()
    const ofPerson = [{ person: String(person.id) }]
    const ofSession = [{ session: String(session.state.id) }]
    // The longer address first: an address takes the first that it begins with.
    return {
      '/:network/agreements/:agreement/versions/:number': [{ agreement: 'conduct', number: '1' }],
      '/:network/agreements/:agreement': [{ agreement: 'conduct' }],
      '/:network/team/agreements/of/:person': ofPerson,
      '/:network/team/agreements/:agreement': [{ agreement: 'conduct' }],
      '/:network/induction/modules/:module': [{ module: 'meetings' }],
      '/:network/induction/sessions/:session': ofSession,
      '/:network/team/induction/people/:person': ofPerson,
      '/:network/team/induction/modules/:module': [{ module: 'meetings' }],
      '/:network/team/induction/sessions/:session': ofSession,
      '/:network/learning/:wish/': [{ wish: String(open.id) }],
      '/:network/learning/:wish': [{ wish: String(open.id) }, { wish: String(shared.id) }],
      '/:network/team/learning/:wish': [{ wish: String(open.id) }],
      '/:network/team/words/list/:word': [{ word: String(listed.id) }],
      '/:network/team/words/asked/:wish': word.accepted ? [{ wish: String(word.state.id) }] : [],
    }
  })
}
