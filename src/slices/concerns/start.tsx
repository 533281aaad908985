import { type RawBuilder, sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import {
  ButtonLink,
  Empty,
  Form,
  InsetText,
  LinkList,
  Pagination,
  SummaryList,
  TaskList,
  TextField,
  WarningCallout,
} from '#design/index.ts'
import { dateInWords, dueInWords } from '#kernel/calendar/words.ts'
import { theirs } from '#kernel/text/theirs.ts'
import { askTogether, type Question, question } from '#platform/database/questions.ts'
import { text } from '#platform/form/fields.ts'
import { type AnyRoute, errors, form, go, page, type Screen, show, type Visit } from '#platform/http/route.ts'
import { anyone } from '#platform/permission.ts'
import { type Concern, stateWords, waitsFor } from './concern.ts'
import { openDoor } from './eyes.ts'
import { holderOf, unwrap } from './keys.ts'
import { concernPaths } from './paths.ts'
import { asWords, readersQuestion } from './readers.ts'
import { codeOf, forgetCode, rememberCode } from './return-code.ts'
import { fromReturnCode, openWords, readReturnCode } from './sealing.ts'
import type { Facts } from './store.ts'
import { waysQuestion } from './ways.ts'

interface Mine {
  readonly id: number
  readonly ref: string
  readonly mine: boolean
  readonly raised_on: string
  readonly state: Concern['state']
  readonly acknowledge_by: string
  readonly plan_by: string
  readonly word_by: string | null
  readonly sealed: string
  readonly wrapped: string
}

const aPage = 25

/** Those that this person raised or reads. The database gives no others. */
const mineQuestion = (visit: Visit, before: number): Question<readonly Mine[]> =>
  question<Mine, readonly Mine[]>(
    (visit.actor
      ? sql`select c.id, c.ref, c.raiser_person_id is not distinct from ${visit.actor.personId} as mine,
          (c.raised_at at time zone 'Europe/London')::date as raised_on, c.state, c.acknowledge_by, c.plan_by, c.word_by,
          encode(c.sealed, 'base64') as sealed, k.wrapped
        from concern c join concern_key k on k.network_id = c.network_id and k.concern_id = c.id
          and k.holder = ${holderOf(visit.actor.personId)}
        where c.id < ${before} and (c.raiser_person_id = ${visit.actor.personId} or exists (
          select from concern_reader r where r.network_id = c.network_id and r.concern_id = c.id
          and r.person_id = ${visit.actor.personId} and r.until_at is null and ${stillReads(visit.today)}))
        order by c.id desc limit ${aPage + 1}`
      : sql`select where false`) as RawBuilder<Mine>,
    rows => rows,
  )

/** Of `r`, a reader of a concern: still is what they were chosen as. */
export const stillReads = (today: Temporal.PlainDate) => sql<boolean>`(exists (select from post_holding h
    where h.network_id = r.network_id and h.person_id = r.person_id and h.post = r.as_what
      and h.from_on <= ${today} and (h.to_on is null or h.to_on >= ${today}))
  or (r.as_what = 'independent-contact' and exists (select from independent_contact i
    where i.network_id = r.network_id and i.person_id = r.person_id
      and i.from_on <= ${today} and (i.to_on is null or i.to_on >= ${today}))))
  and not exists (select from post_holding a where a.network_id = r.network_id and a.person_id = r.person_id
    and a.post = 'administrator' and a.from_on <= ${today} and (a.to_on is null or a.to_on >= ${today}))`

function lineOf(visit: Visit, row: Mine) {
  const me = visit.me.personId
  const key = unwrap(visit, row.ref, me, row.wrapped)
  const facts =
    visit.isFresh && key && openWords<Facts>(key, Buffer.from(row.sealed, 'base64'), `${row.ref} facts`)
  const day = (given: string | null) => (given === null ? null : Temporal.PlainDate.from(given))
  const turn = waitsFor({
    state: row.state,
    acknowledgeBy: day(row.acknowledge_by)!,
    planBy: day(row.plan_by)!,
    wordBy: day(row.word_by),
  } as Concern)
  const due = turn.by && dueInWords(turn.by, visit.today)
  return {
    title: facts ? theirs(facts.subject) : 'A concern',
    href: concernPaths.one(visit.network.slug, row.ref),
    hint: `${row.mine ? 'You raised it' : 'Raised'} on ${dateInWords(day(row.raised_on)!)}`,
    status: {
      words: stateWords[row.state],
      tone: row.state === 'ended' ? ('good' as const) : due?.late ? ('late' as const) : ('moving' as const),
    },
    dueWords: due ? `${turn.what}: ${due.words}` : undefined,
    late: due?.late ?? false,
  }
}

export const startRoutes: AnyRoute[] = [
  page('/:network/concerns', {
    who: anyone,
    audit: 'nothing',
    async handler(visit) {
      const { slug } = visit.network
      const given = Number(visit.query.get('before') ?? '')
      const before = Number.isSafeInteger(given) && given > 0 && given < 2 ** 31 ? given : 2 ** 31 - 1
      const [ways, readers, mine] = await askTogether(visit.tx, [
        waysQuestion(),
        readersQuestion(visit.today),
        mineQuestion(visit, before),
      ])
      const here = mine.slice(0, aPage)
      const iRead = readers.some(each => each.personId === visit.actor?.personId)
      return show({
        title: 'Raise a concern',
        body: (
          <>
            <p>
              Tell us if something in this network worries you: how somebody behaves, how somebody is treated,
              or something that is wrong. You choose one person who reads it. Nobody else learns that it
              exists.
            </p>
            <ul>
              <li>You can give your name, or not.</li>
              <li>If it is about one of the people below, they will see nothing of it.</li>
              <li>You see each time that it was opened, and by whom.</li>
              <li>You say if what was done is enough.</li>
            </ul>
            <WarningCallout title="Is somebody in danger now?">Ring 999. Do not wait for us.</WarningCallout>
            <ButtonLink href={concernPaths.raise(slug)}>Raise a concern</ButtonLink>
            <LinkList
              links={[
                {
                  href: concernPaths.comeBack(slug),
                  text: 'Come back with a return code',
                  hint: 'You raised a concern without your name and want to see the answer.',
                },
                ...(iRead
                  ? [
                      {
                        href: concernPaths.told(slug),
                        text: 'Write down a concern that you were told',
                        hint: 'By phone or face to face. You get a return code to give to them.',
                      },
                    ]
                  : []),
              ]}
            />
            {visit.actor && (
              <>
                <h2>Your concerns</h2>
                {here.length === 0 ? (
                  <Empty>There is none that you raised with your name, and none for you to read.</Empty>
                ) : (
                  <TaskList items={here.map(each => lineOf(visit, each))} />
                )}
                <Pagination
                  next={
                    mine.length > aPage
                      ? {
                          href: `${concernPaths.start(slug)}?before=${here.at(-1)!.id}`,
                          label: 'older concerns',
                        }
                      : undefined
                  }
                />
              </>
            )}
            <h2>Who can read it</h2>
            {readers.length === 0 ? (
              <Empty>
                Nobody holds one of these posts now. Please use one of the other ways below, or ring us.
              </Empty>
            ) : (
              <SummaryList
                rows={readers.map(each => ({
                  key: theirs(each.name),
                  value: (
                    <>
                      {capital(asWords[each.as])}
                      {each.reach && (
                        <>
                          <br />
                          <bdi>{each.reach}</bdi>
                        </>
                      )}
                    </>
                  ),
                }))}
              />
            )}
            <InsetText>
              You can also tell it by phone: ring us{visit.network.phone ? ` on ${visit.network.phone}` : ''}{' '}
              and ask for one of these people. You need not say why. They write it down and give you a return
              code.
            </InsetText>
            <h2>Other ways to speak up</h2>
            <p>You can use these as well, or instead. We never ask why you did or did not.</p>
            <SummaryList
              rows={ways.map(each => ({
                key: each.id === null ? each.name : theirs(each.name),
                value:
                  // The usual ones are in our words, so that they are there in each language.
                  each.id === null ? (
                    <>
                      {each.about}
                      <br />
                      {each.reach}
                    </>
                  ) : (
                    <>
                      <bdi>{each.about}</bdi>
                      <br />
                      <bdi>{each.reach}</bdi>
                    </>
                  ),
              }))}
            />
          </>
        ),
      })
    },
  }),
  form('/:network/concerns/return', {
    who: anyone,
    audit: 'nothing',
    limit: { name: 'return-code', uses: 15, minutes: 15 },
    keepsWords: false,
    fields: z.object({ code: text('Enter your return code', { max: 60, name: 'Return code' }) }),
    screen: (visit, filled): Screen => ({
      title: 'Come back with a return code',
      back: { href: concernPaths.start(visit.network.slug), text: 'Back to concerns' },
      body: (
        <Form hidden={visit.hidden} button="See your concern">
          <TextField
            name="code"
            label="Your return code"
            hint="The 20 digits that you were given, like 1234 5678 9012 3456 7890. Spaces do not matter."
            value={filled.values.code}
            errors={filled.errors}
            width={30}
            autocomplete="off"
            inputMode="numeric"
          />
          <p>Afterwards close it with the button on its page, above all on a computer that others use.</p>
        </Form>
      ),
    }),
    async submit(visit, { code }) {
      const digits = readReturnCode(code)
      const made = digits && (await fromReturnCode(digits, visit.network.slug))
      if (made) await openDoor(visit.tx, made.door)
      const found =
        made &&
        (await visit.tx.selectFrom('concern').select('ref').where('door', '=', made.door).executeTakeFirst())
      if (!digits || !found) {
        return errors({
          field: 'code',
          message: 'We do not know this return code. Check the 20 digits and try again',
        })
      }
      return { to: concernPaths.returned(visit.network.slug), cookies: [rememberCode(visit, digits)] }
    },
  }),
  // The way of whoever has a code: what they send leads here, so that no record of it names the concern beside them.
  page('/:network/concerns/returned', {
    who: anyone,
    audit: 'nothing',
    async handler(visit) {
      const code = await codeOf(visit)
      if (!code) return go(concernPaths.comeBack(visit.network.slug))
      await openDoor(visit.tx, code.door)
      const found = await visit.tx
        .selectFrom('concern')
        .select('ref')
        .where('door', '=', code.door)
        .executeTakeFirst()
      return go(
        found ? concernPaths.one(visit.network.slug, found.ref) : concernPaths.comeBack(visit.network.slug),
      )
    },
  }),
  form('/:network/concerns/close', {
    who: anyone,
    audit: 'nothing',
    page: false,
    keepsWords: false,
    fields: z.object({}),
    screen: visit => ({
      title: 'Closed',
      back: { href: concernPaths.start(visit.network.slug), text: 'Back to concerns' },
      body: null,
    }),
    submit: visit => ({ to: concernPaths.start(visit.network.slug), cookies: [forgetCode(visit)] }),
  }),
]

export const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)
