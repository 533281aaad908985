import { Temporal } from 'temporal-polyfill'
import { promisedBy } from '#kernel/clocks.ts'
import { accept, type Decision, happened, refuse } from '#kernel/decision.ts'
import type { PlainDate } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import { agree, askToTalk, type Standing, versionCannot } from './agreement.ts'
import { defaultAgreements } from './defaults.ts'
import { type LoadedAgreement, loadAgreement, mine } from './queries.ts'
import type { ForRole, How } from './tables.ts'

export interface NewVersion {
  readonly title: string
  readonly body: string
  readonly whatChanged: string
  readonly fromOn: PlainDate
  readonly agreeBy: PlainDate
}

/** A new agreement with its first version. */
export async function addAgreement(
  doing: Doing,
  given: NewVersion & { roles: readonly ForRole[] },
  slug = shortNameOf(given.title),
): Promise<Decision<{ slug: string }>> {
  const wrong = versionCannot(given, undefined, doing.today)
  if (wrong) return wrong
  if (given.roles.length === 0) return refuse('roles', 'Choose who is asked for it')
  const taken = await loadAgreement(doing, slug, { forChange: false })
  if (taken || reserved.includes(slug))
    return refuse('title', 'There is an agreement with this title already')
  const { count } = await doing.tx
    .selectFrom('agreement')
    .select(eb => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  const { id } = await doing.tx
    .insertInto('agreement')
    .values({
      network_id: doing.network.id,
      slug,
      position: (Number(count) + 1) * 10,
      roles: [...given.roles],
      ended_on: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await writeVersion(doing, id, 1, given)
  return accept({ slug })
}

/** The next version: everybody is asked again, by its day. What was agreed to before stays as it was. */
export async function publishVersion(
  doing: Doing,
  loaded: LoadedAgreement,
  given: NewVersion,
): Promise<Decision<{ number: number }>> {
  const [newest] = loaded.versions
  const wrong = versionCannot(
    given,
    newest && { body: newest.body, fromOn: Temporal.PlainDate.from(newest.from_on) },
    doing.today,
  )
  if (wrong) return wrong
  const number = (newest?.number ?? 0) + 1
  await writeVersion(doing, loaded.id, number, given)
  await doing.tx
    .updateTable('agreement')
    .set({ version: loaded.version + 1 })
    .where('id', '=', loaded.id)
    .execute()
  return accept({ number })
}

async function writeVersion(doing: Doing, agreementId: number, number: number, given: NewVersion) {
  await doing.tx
    .insertInto('agreement_version')
    .values({
      network_id: doing.network.id,
      agreement_id: agreementId,
      number,
      title: given.title,
      body: given.body,
      what_changed: given.whatChanged,
      from_on: given.fromOn,
      agree_by: given.agreeBy,
      made_at: doing.now,
      by_person_id: doing.actor?.personId ?? null,
    })
    .execute()
  await doing.happened({ kind: 'agreement', id: agreementId }, [
    happened('version-published', { number, from: given.fromOn.toString(), by: given.agreeBy.toString() }),
  ])
}

/** Who is asked for it; ended: nobody any more. */
export async function setWho(
  doing: Doing,
  loaded: LoadedAgreement,
  given: { roles: readonly ForRole[]; ended: boolean },
): Promise<Decision<void>> {
  if (given.roles.length === 0 && !given.ended) return refuse('roles', 'Choose who is asked for it')
  await doing.tx
    .updateTable('agreement')
    .set({
      roles: given.ended ? [...loaded.roles] : [...given.roles],
      ended_on: given.ended ? doing.today : null,
      version: loaded.version + 1,
    })
    .where('id', '=', loaded.id)
    .execute()
  await doing.happened({ kind: 'agreement', id: loaded.id }, [
    given.ended ? happened('ended') : happened('asked-of', { roles: given.roles }),
  ])
  return accept(undefined)
}

export interface Answer {
  readonly agreement: string
  /** Which version they read. */
  readonly number: number
  readonly answer: 'agreed' | 'talk-first'
  readonly words: string
  /** Other than 'web': the team writes down what the person said. */
  readonly how: How
}

/** Agreed to, or to be talked about first. */
export async function answerAgreement(
  doing: Doing,
  personId: number,
  given: Answer,
): Promise<Decision<Standing>> {
  const recorded = given.how !== 'web'
  const [it] = await mine(doing, personId, given.agreement)
  if (!it) return refuse('not-there', 'There is no such agreement')
  const step =
    given.answer === 'agreed'
      ? agree(it.standing, it.number === given.number, recorded, doing.today)
      : askToTalk(it.standing, recorded)
  if (!step.accepted) return step
  const { id } = await doing.tx
    .insertInto('agreement_answer')
    .values({
      network_id: doing.network.id,
      person_id: personId,
      version_id: it.versionId,
      answer: given.answer,
      words: given.words,
      on_day: doing.today,
      at: doing.now,
      how: given.how,
      recorded_by_person_id: recorded ? (doing.actor?.personId ?? null) : null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await doing.happened({ kind: 'agreement-answer', id }, step.events)
  return step
}

/** What a new network begins with; nothing where there is an agreement already. */
export async function giveDefaultAgreements(doing: Doing): Promise<number> {
  const any = await doing.tx.selectFrom('agreement').select('id').limit(1).executeTakeFirst()
  if (any) return 0
  for (const each of defaultAgreements) {
    await addAgreement(
      doing,
      {
        ...each,
        whatChanged: '',
        fromOn: doing.today,
        agreeBy: promisedBy('agreement', doing.today, doing.network.clocks),
      },
      each.slug,
    )
  }
  return defaultAgreements.length
}

/** Words that addresses use themselves. */
const reserved = ['', 'new', 'ready-made', 'of']

/** 'Code of conduct' is at 'code-of-conduct'. */
function shortNameOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '')
}
