import { doingOf } from '#platform/doing.ts'
import { actorOf } from '#platform/http/corridor.tsx'
import { setSetting } from '#platform/network-settings.ts'
import { addCost, agreeRate, askToBook, beginClaim, expensesOn, sendClaim } from '#slices/expenses/index.ts'
import { openRound, proposeIdea, talkAbout } from '#slices/priorities/index.ts'
import { beginProjectStage, bringIn, writeNote } from '#slices/projects/index.ts'
import { answerTask, askPeople, finishTask, makeTask } from '#slices/tasks/index.ts'
import type { TestHouse } from './house.ts'

/** Tasks, projects, priorities and expenses, each with something in it for the volunteer and the team. */
export async function realWork(
  house: TestHouse,
  slug: string,
): Promise<Record<string, Record<string, string>[]>> {
  const today = house.clock.today()
  const found = await house.owner.query<{ id: number; account_id: string; demo_key: string }>(
    `select p.id, p.account_id, p.demo_key from person p join network n on n.id = p.network_id
     where n.slug = $1 and p.demo_key = any($2)`,
    [slug, ['volunteer-1', 'other-volunteer', 'co-ordinator', 'other-co-ordinator']],
  )
  const volunteer = found.rows.find(
    each => each.demo_key.endsWith('volunteer') || each.demo_key === 'volunteer-1',
  )!
  const coordinator = found.rows.find(each => each.demo_key.endsWith('co-ordinator'))!
  const as = { slug, today, accountId: coordinator.account_id }
  return await house.database.enter(as, async (tx, entry) => {
    const doing = doingOf(house.house, tx, entry!, actorOf(entry!))
    const done = <Step extends { accepted: boolean }>(step: Step): Extract<Step, { accepted: true }> => {
      if (!step.accepted) throw new Error((step as unknown as { sentence: string }).sentence)
      return step as Extract<Step, { accepted: true }>
    }
    const ofVolunteer = { personId: volunteer.id, how: 'phone' as const }
    // One task that waits for an answer, one that waits for thanks.
    const plain = {
      what: 'Read it.',
      gives: 'A thank-you.',
      minutes: 60,
      places: 2,
      openTo: 'everyone',
      neededBy: null,
    } as const
    const asked = done(await makeTask(doing, { ...plain, title: 'Read a letter' }))
    done(await askPeople(doing, asked.number, [volunteer.id]))
    const finished = done(await makeTask(doing, { ...plain, title: 'Read another' }))
    done(await answerTask(doing, finished.number, { ...ofVolunteer, says: 'yes' }))
    done(await finishTask(doing, finished.number, { ...ofVolunteer, words: 'It is fine.' }))

    const project = await tx.selectFrom('project').select('slug').orderBy('id').executeTakeFirstOrThrow()
    done(await bringIn(doing, project.slug, { personId: coordinator.id, kind: 'managers' }))
    const next = await tx
      .selectFrom('project')
      .select('stage')
      .where('slug', '=', project.slug)
      .executeTakeFirstOrThrow()
    if (next.stage === 'idea')
      done(await beginProjectStage(doing, project.slug, { stage: 'plan', because: 'Nobody was free yet.' }))
    done(
      await writeNote(doing, project.slug, { kind: 'change', words: 'Letters are shorter.', sharedWith: [] }),
    )
    const priority = await tx.selectFrom('priority').select('slug').orderBy('id').executeTakeFirstOrThrow()
    const round = done(
      await openRound(doing, {
        title: 'What comes first?',
        proposeUntil: today.add({ days: 10 }),
        rankUntil: today.add({ days: 20 }),
      }),
    )
    const idea = done(
      await proposeIdea(doing, round.id, {
        ...ofVolunteer,
        title: 'Shorter waits',
        why: 'It takes too long.',
      }),
    )
    done(await talkAbout(doing, round.id, { ideaId: idea.id, words: 'Yes.' }))

    await setSetting(doing, expensesOn, true, today)
    done(await agreeRate(doing, { kind: 'miles', pence: 30, from: today.subtract({ days: 1 }) }))
    const claim = done(await beginClaim(doing, { personId: coordinator.id, whatFor: 'A visit', on: today }))
    const receipt = { name: 'receipt.pdf', type: 'application/pdf', bytes: Buffer.from('%PDF-1.4') }
    done(
      await addCost(doing, claim.number, {
        kind: 'travel',
        words: 'Bus',
        pence: 420,
        howMany: undefined,
        receipts: [receipt],
      }),
    )
    const sent = done(await beginClaim(doing, { personId: volunteer.id, whatFor: 'A meeting', on: today }))
    done(
      await addCost(doing, sent.number, {
        kind: 'travel',
        words: 'Bus',
        pence: 420,
        howMany: undefined,
        receipts: [],
      }),
    )
    done(await sendClaim(doing, sent.number))
    const booking = done(
      await askToBook(doing, {
        personId: volunteer.id,
        kind: 'taxi',
        words: 'From home.',
        on: today.add({ days: 5 }),
      }),
    )
    const file = await tx
      .selectFrom('stored_file')
      .select('id')
      .where('thing_kind', '=', 'expense-claim')
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow()
    const ofRound = [{ round: String(round.id) }]
    const ofIdea = [{ round: String(round.id), idea: String(idea.id) }]
    const claims = [{ reference: sent.reference }, { reference: claim.reference }]
    // The longer address first: an address takes the first that it begins with.
    return {
      '/:network/tasks/:reference/thank/:person': [
        { reference: finished.reference, person: String(volunteer.id) },
      ],
      '/:network/tasks/:reference/as-said/:person': [
        { reference: asked.reference, person: String(volunteer.id) },
      ],
      '/:network/tasks/:reference': [{ reference: asked.reference }, { reference: finished.reference }],
      '/:network/projects/:project': [{ project: project.slug }],
      '/:network/priorities/choosing/:round/ideas/:idea': ofIdea,
      '/:network/priorities/choosing/:round': ofRound,
      '/:network/priorities/:priority': [{ priority: priority.slug }],
      '/:network/expenses/for/:person': [{ person: String(volunteer.id) }],
      '/:network/expenses/book/for/:person': [{ person: String(volunteer.id) }],
      '/:network/expenses/bookings/:booking': [{ booking: booking.reference }],
      '/:network/expenses/:reference/files/:file': [{ reference: claim.reference, file: String(file.id) }],
      '/:network/expenses/:reference': claims,
    }
  })
}
