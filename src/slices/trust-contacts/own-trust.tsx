import { z } from 'zod'
import { Checkboxes, Form, Select } from '#design/index.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { Tx } from '#platform/database/tables.ts'
import { optionalId, several } from '#platform/form/fields.ts'
import { type Filled, form, refused, type Screen, type Visit } from '#platform/http/route.ts'
import { aPerson, theTeam } from '#platform/permission.ts'
import { sayTrust } from './changes.ts'
import { trustPaths } from './paths.ts'

const fields = z.object({ trust: optionalId(), know: several() })

interface SaidTrust {
  readonly id: number
  readonly name: string
  readonly trust_id: number | null
  readonly trust_may_know: boolean
}

async function load(tx: Tx, id: number): Promise<SaidTrust | undefined> {
  return await tx
    .selectFrom('person')
    .select(['id', 'name', 'trust_id', 'trust_may_know'])
    .where('id', '=', id)
    .where('left_on', 'is', null)
    .executeTakeFirst()
}

/** One’s own word: the Trust whose hospitals somebody knows, and whether its contact may know them. */
const mineRoute = form('/:network/account/trust', {
  who: aPerson,
  audit: 'trust-said',
  load: ({ tx, actor }) => actor && load(tx, actor.personId),
  fields,
  screen: (visit: Visit<SaidTrust>, filled) =>
    screen(visit, filled, {
      title: 'Your hospitals',
      back: { href: `/${visit.network.slug}/account`, text: 'Your account' },
      question: 'Which Trust runs the hospitals that you know best?',
      consent: 'May this Trust’s contact know that you are a volunteer?',
      box: 'Yes: my name, and what would help me if I have ticked that they may see it. Nothing else.',
    }),
  async submit(visit: Visit<SaidTrust>, { trust, know }) {
    const said = await sayTrust(visit, {
      personId: visit.thing.id,
      trustId: trust,
      mayKnow: know.includes('yes'),
    })
    if (!said.accepted) return refused(said, said.reason === 'no-trust' ? 'know' : 'trust')
    return { to: trustPaths.mine(visit.network.slug) }
  },
})

/** The same, as somebody told the team. */
const ofPersonRoute = form('/:network/team/people/:person/trust', {
  who: theTeam,
  audit: 'trust-said-for-somebody',
  load: ({ tx, params }) =>
    /^\d{1,9}$/.test(params.person ?? '') ? load(tx, Number(params.person)) : undefined,
  fields,
  screen: (visit: Visit<SaidTrust>, filled) =>
    screen(visit, filled, {
      title: `Hospitals of ${visit.thing.name}`,
      back: { href: `/${visit.network.slug}/team/people/${visit.thing.id}`, text: visit.thing.name },
      question: 'Which Trust runs the hospitals that they know best?',
      consent: 'Did they say that this Trust’s contact may know of them?',
      box: 'Yes, they said so: their name, and what would help if they share that. Nothing else.',
    }),
  async submit(visit: Visit<SaidTrust>, { trust, know }) {
    const said = await sayTrust(visit, {
      personId: visit.thing.id,
      trustId: trust,
      mayKnow: know.includes('yes'),
    })
    if (!said.accepted) return refused(said, said.reason === 'no-trust' ? 'know' : 'trust')
    return { to: `/${visit.network.slug}/team/people/${visit.thing.id}` }
  },
})

export const ownTrustRoutes = [mineRoute, ofPersonRoute]

async function screen(
  visit: Visit<SaidTrust>,
  { values, lists, errors }: Filled,
  words: Pick<Screen, 'title' | 'back'> & { question: string; consent: string; box: string },
): Promise<Screen> {
  const trusts = await visit.tx
    .selectFrom('trust')
    .select(['id', 'name'])
    .orderBy('name')
    .limit(500)
    .execute()
  const { thing } = visit
  const sent = values.trust !== undefined
  return {
    title: words.title,
    ...(words.back ? { back: words.back } : {}),
    body: (
      <Form hidden={visit.hidden} button="Save">
        <p>You can change or empty this at any time.</p>
        <Select
          name="trust"
          label={words.question}
          empty="None in particular"
          value={sent ? values.trust : thing.trust_id === null ? undefined : String(thing.trust_id)}
          options={trusts.map(each => ({ value: String(each.id), text: theirs(each.name) }))}
          errors={errors}
        />
        <Checkboxes
          name="know"
          label={words.consent}
          values={sent ? (lists.know ?? []) : thing.trust_may_know ? ['yes'] : []}
          options={[{ value: 'yes', label: words.box }]}
          errors={errors}
        />
      </Form>
    ),
  }
}
