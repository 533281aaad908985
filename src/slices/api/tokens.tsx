import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import {
  ButtonLink,
  Checkboxes,
  DateField,
  Empty,
  Form,
  InsetText,
  NotificationBanner,
  Table,
  TextField,
} from '#design/index.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import { dayOf } from '#kernel/calendar/working-days.ts'
import { happened } from '#kernel/decision.ts'
import { type ApiScope, apiScopes } from '#platform/api.ts'
import type { Row, Tx } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import { dateFields, readDateFields, several, text } from '#platform/form/fields.ts'
import { tokenBegins } from '#platform/http/api-session.ts'
import { type AnyRoute, errors, form, page, type Screen, show, type Visit } from '#platform/http/route.ts'
import { theTeam } from '#platform/permission.ts'
import { hashOfToken } from '#platform/seal.ts'
import { apiPaths as paths } from './paths.ts'
import './tables.ts'

const scopeWords: Record<ApiScope, string> = {
  'contributions:read': 'Contributions: where each is, and who acts by when',
  'actions:read': 'Actions: who does what by when',
  'requests:read': 'Requests to groups: whose turn it is',
}

type Token = Pick<Row<'api_token'>, 'id' | 'name' | 'scopes' | 'made_at' | 'ends_on' | 'used_on'>

const tokensOf = (tx: Tx, personId: number): Promise<Token[]> =>
  tx
    .selectFrom('api_token')
    .select(['id', 'name', 'scopes', 'made_at', 'ends_on', 'used_on'])
    .where('person_id', '=', personId)
    .orderBy('id', 'desc')
    .execute()

/** @returns the token itself: it is shown once, and only its hash is kept */
export async function makeToken(
  doing: Doing,
  given: { personId: number; name: string; scopes: readonly ApiScope[]; endsOn: Row<'api_token'>['ends_on'] },
): Promise<string> {
  const token = tokenBegins + randomBytes(32).toString('base64url')
  const { id } = await doing.tx
    .insertInto('api_token')
    .values({
      network_id: doing.network.id,
      person_id: given.personId,
      name: given.name,
      token_hash: hashOfToken(token),
      scopes: [...given.scopes],
      made_at: doing.now,
      ends_on: given.endsOn,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await doing.happened({ kind: 'api-token', id }, [happened('made', { scopes: [...given.scopes] })])
  return token
}

const back = (slug: string) => ({ href: paths.page(slug), text: 'For programs' })

const list = page('/:network/account/tokens', {
  who: theTeam,
  audit: 'nothing',
  async handler(visit) {
    const { slug } = visit.network
    const tokens = await tokensOf(visit.tx, visit.me.personId)
    return show({
      title: 'Your tokens for programs',
      back: back(slug),
      body: (
        <>
          <p>
            With a token, a program reads for you. It sees what you may see, of the lists that you choose,
            until the day that you choose. It can change nothing.
          </p>
          {tokens.length === 0 ? (
            <Empty>You have no token.</Empty>
          ) : (
            <Table
              caption="Your tokens"
              columns={[
                { title: 'Name' },
                { title: 'May read' },
                { title: 'Ends' },
                { title: 'Last used' },
                { title: 'End it' },
              ]}
              rows={tokens.map(each => [
                each.name,
                each.scopes.join(', '),
                each.ends_on.toString() < visit.today.toString()
                  ? `Ended on ${dateInWords(each.ends_on)}`
                  : dateInWords(each.ends_on),
                each.used_on ? dateInWords(each.used_on) : `Not since ${dateInWords(dayOf(each.made_at))}`,
                <Form
                  key={each.id}
                  action={paths.endToken(slug, each.id)}
                  hidden={visit.hidden}
                  button={`End ${each.name}`}
                />,
              ])}
            />
          )}
          <ButtonLink href={paths.newToken(slug)}>Make a token</ButtonLink>
        </>
      ),
    })
  },
})

const make = form('/:network/account/tokens/new', {
  who: theTeam,
  audit: 'token-made',
  guardsVersion: false,
  keepsWords: false,
  fields: z.object({
    name: text('Say which program it is for', { max: 80, name: 'Which program it is for' }),
    scopes: several(),
    ...dateFields('ends'),
  }),
  screen: (visit, filled): Screen => {
    const later = visit.today.add({ months: 3 })
    const part = (name: 'day' | 'month' | 'year') => filled.values[`ends-${name}`] ?? String(later[name])
    return {
      title: 'Make a token',
      back: { href: paths.tokens(visit.network.slug), text: 'Your tokens' },
      body: (
        <Form hidden={visit.hidden} button="Make it">
          <TextField
            name="name"
            label="Which program is it for?"
            hint="So that you know it again."
            value={filled.values.name}
            errors={filled.errors}
          />
          <Checkboxes
            name="scopes"
            label="What may it read?"
            values={filled.lists.scopes ?? []}
            errors={filled.errors}
            options={apiScopes.map(value => ({ value, label: scopeWords[value] }))}
          />
          <DateField
            name="ends"
            label="Until which day?"
            hint="A year at most."
            value={{ day: part('day'), month: part('month'), year: part('year') }}
            errors={filled.errors}
          />
        </Form>
      ),
    }
  },
  async submit(visit, given) {
    const scopes = apiScopes.filter(each => given.scopes.includes(each))
    if (scopes.length === 0) return errors({ field: 'scopes', message: 'Choose at least one list' })
    const ends = readDateFields(given, 'ends')
    if (!ends.ok) return errors({ field: `ends-${ends.part}`, message: ends.sentence })
    const day = ends.date.toString()
    if (day < visit.today.toString() || day > visit.today.add({ years: 1 }).toString()) {
      return errors({ field: 'ends', message: 'The day must be within a year from today' })
    }
    const token = await makeToken(visit, {
      personId: visit.me.personId,
      name: given.name,
      scopes,
      endsOn: ends.date,
    })
    await visit.audit('token-made', 'api-token', '')
    return { screen: tokenScreen(visit, token) }
  },
})

function tokenScreen(visit: Visit, token: string): Screen {
  return {
    title: 'Your new token',
    back: { href: paths.tokens(visit.network.slug), text: 'Your tokens' },
    body: (
      <>
        <NotificationBanner success>Copy this token now. We cannot show it again.</NotificationBanner>
        <p className="loop-break">
          <strong dir="ltr">{token}</strong>
        </p>
        <InsetText>
          The program sends it with each question: Authorization: Bearer, a space, and the token.
        </InsetText>
        <p>Keep it as safe as a password: whoever has it reads what you may read.</p>
      </>
    ),
  }
}

type Mine = Visit<{ id: number }>

const end = form('/:network/account/tokens/:token/end', {
  who: theTeam,
  audit: 'token-ended',
  page: false,
  guardsVersion: false,
  load: (visit: Visit<undefined>) =>
    visit.actor && /^\d{1,9}$/.test(visit.params.token ?? '')
      ? visit.tx
          .selectFrom('api_token')
          .select('id')
          .where('id', '=', Number(visit.params.token))
          .where('person_id', '=', visit.actor.personId)
          .executeTakeFirst()
      : undefined,
  fields: z.object({}),
  screen: (): Screen => ({ title: 'End a token', body: null }),
  async submit(visit: Mine) {
    await visit.tx.deleteFrom('api_token').where('id', '=', visit.thing.id).execute()
    await visit.happened({ kind: 'api-token', id: visit.thing.id }, [happened('ended')])
    return { to: paths.tokens(visit.network.slug) }
  },
})

export const tokenRoutes: AnyRoute[] = [list, make, end]
