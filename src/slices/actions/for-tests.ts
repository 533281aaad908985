import { type Doing, doingOf } from '#platform/doing.ts'
import { actorOf } from '#platform/http/corridor.tsx'
import type { Someone, TestNetwork } from '#tests/network.ts'
import { openAction } from './changes.ts'
import { actionPaths } from './paths.ts'

/** Runs a step as this person (nobody: the clock), in one transaction of its own, as the corridor would. */
export async function doingAs<T>(
  network: Pick<TestNetwork, 'house' | 'slug'>,
  person: Pick<Someone, 'accountId'> | undefined,
  work: (doing: Doing) => Promise<T>,
): Promise<T> {
  const { house } = network.house
  return await house.database.enter(
    { slug: network.slug, accountId: person?.accountId, today: house.clock.today() },
    async (tx, entry) => await work(doingOf(house, tx, entry!, actorOf(entry!))),
  )
}

export interface MadeView {
  readonly id: number
  readonly considerationId: number
  state(): Promise<string>
}

let views = 9000

/** A view of the volunteer on which the board has agreed: its actions are made with `anAction`. */
export async function anAgreedView(network: TestNetwork, by: Someone = network.volunteer): Promise<MadeView> {
  const number = ++views
  return await network.inNetwork(async tx => {
    const now = network.house.clock.now()
    const { id } = await tx
      .insertInto('contribution')
      .values({
        network_id: network.id,
        number,
        kind: 'idea',
        title: 'Letters that say how long a scan takes',
        words: 'The letters should say how long the scan takes.',
        shown_words: 'The letters should say how long the scan takes.',
        how: 'web',
        recorded_by_person_id: null,
        received_at: now,
        wished_group_id: null,
        group_id: network.groups.board,
        meeting_id: null,
        consider_on: null,
        priority_id: null,
        site_id: null,
        project_id: null,
        state: 'agreed',
        state_data: '{}',
        state_since: now,
        waits_for: 'action-owners',
        due_on: null,
        feedback_owner_person_id: network.coordinator.id,
        receipt_code: `code-${number}`,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await tx
      .insertInto('contributor')
      .values({
        network_id: network.id,
        contribution_id: id,
        person_id: by.id,
        is_first: true,
        naming: 'anonymous',
        joined_at: now,
        withdrawn_at: null,
        verdict: null,
        verdict_words: null,
        verdict_at: null,
        verdict_how: null,
        verdict_recorded_by_person_id: null,
      })
      .execute()
    const consideration = await tx
      .insertInto('consideration')
      .values({
        network_id: network.id,
        contribution_id: id,
        group_id: network.groups.board,
        meeting_id: null,
        considered_on: network.house.clock.today(),
        took_part: 'The board',
        said: 'We like it.',
        outcome: 'agreed',
        reason: 'It helps people.',
        by_person_id: network.boardChair.id,
        at: now,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await tx
      .updateTable('contribution')
      .set({ state_data: JSON.stringify({ considerationId: consideration.id }) })
      .where('id', '=', id)
      .execute()
    return {
      id,
      considerationId: consideration.id,
      state: async () => {
        const row = await network.inNetwork(inner =>
          inner.selectFrom('contribution').select('state').where('id', '=', id).executeTakeFirstOrThrow(),
        )
        return row.state
      },
    }
  })
}

export interface MadeAction {
  readonly number: number
  readonly path: string
  state(): Promise<string>
}

/** An action of the board, made with the product's own function. */
export async function anAction(
  network: TestNetwork,
  wish: {
    owner: Someone
    view?: MadeView
    group?: 'board' | 'paediatric' | 'mri'
    what?: string
    dueInDays?: number
  },
): Promise<MadeAction> {
  const { number } = await doingAs(network, network.boardChair, doing =>
    openAction(doing, {
      contributionId: wish.view?.id ?? null,
      considerationId: wish.view?.considerationId ?? null,
      groupId: network.groups[wish.group ?? 'board'],
      what: wish.what ?? 'Write a new letter',
      ownerPersonId: wish.owner.id,
      dueOn: doing.today.add({ days: wish.dueInDays ?? 21 }),
    }),
  )
  return {
    number,
    path: actionPaths.one(network.slug, `A-${number}`),
    state: async () => {
      const row = await network.inNetwork(tx =>
        tx.selectFrom('action').select('state').where('number', '=', number).executeTakeFirstOrThrow(),
      )
      return row.state
    },
  }
}
