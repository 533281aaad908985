import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import {
  ButtonLink,
  Empty,
  FileField,
  Form,
  LinkList,
  Pagination,
  Quote,
  SearchBox,
  SummaryList,
} from '#design/index.ts'
import { momentInWords } from '#kernel/calendar/words.ts'
import { happened } from '#kernel/decision.ts'
import type { Row } from '#platform/database/tables.ts'
import { checkMailbox } from '#platform/files.ts'
import { uploads } from '#platform/form/fields.ts'
import { type AnyRoute, errors, form, page, show, type Visit } from '#platform/http/route.ts'
import { theTeam } from '#platform/permission.ts'
import { readPastMail, splitMailbox } from './mailbox.ts'
import { importPaths as paths } from './paths.ts'
import './tables.ts'

const pageLength = 25
const mostMails = 2_000

const list = page('/:network/team/past-mail', {
  who: theTeam,
  audit: 'nothing',
  limit: { name: 'past-mail', uses: 150, minutes: 5 },
  async handler(visit) {
    const { slug } = visit.network
    const words = (visit.query.get('q') ?? '').slice(0, 100).trim()
    const place = /^(\d{4}-[\dT:.Z-]{6,30})_(\d{1,9})$/.exec(visit.query.get('before') ?? '')
    const found = await visit.tx
      .selectFrom('past_mail')
      .select(['id', 'sender', 'subject'])
      .select(sql<Temporal.Instant>`coalesce(sent_at, 'epoch'::timestamptz)`.as('at'))
      .$if(words !== '', query =>
        query.where(sql<boolean>`search @@ websearch_to_tsquery('english', ${words})`),
      )
      .$if(place !== null, query =>
        query.where(
          sql<boolean>`(coalesce(sent_at, 'epoch'::timestamptz), id) < (${place?.[1] ?? ''}::timestamptz, ${Number(place?.[2] ?? 0)})`,
        ),
      )
      .orderBy(sql`coalesce(sent_at, 'epoch'::timestamptz)`, 'desc')
      .orderBy('id', 'desc')
      .limit(pageLength + 1)
      .execute()
    const rows = found.slice(0, pageLength)
    const last = rows.at(-1)
    return show({
      title: 'Mail from before',
      back: { href: paths.all(slug), text: 'Bring in what you have' },
      body: (
        <>
          <p>
            The mail of the mailbox that you used until now. It can be read and looked through, and nothing
            else.
          </p>
          <SearchBox action={paths.mail(slug)} label="Look through the mail" value={words} />
          {rows.length === 0 ? (
            <Empty>{words ? 'No mail has these words.' : 'No mail was brought in yet.'}</Empty>
          ) : (
            <LinkList
              links={rows.map(each => ({
                text: each.subject || 'Without a subject',
                href: paths.oneMail(slug, each.id),
                hint: [each.sender, each.at.epochMilliseconds > 0 ? momentInWords(each.at) : 'No day']
                  .filter(Boolean)
                  .join(', '),
              }))}
            />
          )}
          <Pagination
            next={
              found.length > pageLength && last
                ? {
                    href: `${paths.mail(slug)}?${new URLSearchParams({ ...(words ? { q: words } : {}), before: `${last.at}_${last.id}` })}`,
                  }
                : undefined
            }
          />
          <ButtonLink href={paths.newMail(slug)} secondary>
            Bring in a mailbox
          </ButtonLink>
        </>
      ),
    })
  },
})

const add = form('/:network/team/past-mail/new', {
  who: theTeam,
  audit: 'past-mail-brought-in',
  uploads: true,
  guardsVersion: false,
  limit: { name: 'import', uses: 60, minutes: 60 },
  fields: z.object({ file: uploads(5, { check: checkMailbox }) }),
  screen: (visit, filled) => ({
    title: 'Bring in a mailbox',
    back: { href: paths.mail(visit.network.slug), text: 'Mail from before' },
    body: (
      <>
        <p>
          Most mail programs can save a folder as a mailbox file (.mbox). Choose up to five of at most 10 MB
          each. A mail that is here already comes in once. Nobody is answered.
        </p>
        <Form hidden={visit.hidden} button="Bring it in" multipart>
          <FileField
            name="file"
            label="Choose the mailbox files"
            accept=".mbox,.mbx"
            multiple
            errors={filled.errors}
          />
        </Form>
      </>
    ),
  }),
  async submit(visit, { file }) {
    const { tx, network, me, now } = visit
    if (file.length === 0) return errors({ field: 'file', message: 'Choose a mailbox file' })
    const raws = file.flatMap(each => splitMailbox(each.bytes))
    if (raws.length === 0) return errors({ field: 'file', message: 'There is no mail in it' })
    if (raws.length > mostMails) {
      return errors({
        field: 'file',
        message: `There are ${raws.length} mails in it. Bring in at most ${mostMails} at a time`,
      })
    }
    let many = 0
    for (const raw of raws) {
      const mail = await readPastMail(raw)
      const written = await tx
        .insertInto('past_mail')
        .values({
          network_id: network.id,
          sha256: mail.sha256,
          sender: mail.sender,
          receivers: mail.receivers,
          subject: mail.subject,
          sent_at: mail.sentAt ? Temporal.Instant.from(mail.sentAt) : null,
          words: mail.words,
          brought_in_at: now,
          brought_in_by_person_id: me.personId,
        })
        .onConflict(on => on.columns(['network_id', 'sha256']).doNothing())
        .executeTakeFirst()
      many += Number(written.numInsertedOrUpdatedRows ?? 0)
    }
    await visit.happened({ kind: 'network', id: network.id }, [happened('past-mail-brought-in', { many })])
    return { to: paths.mail(network.slug) }
  },
})

const one = page<Row<'past_mail'>>('/:network/team/past-mail/:mail', {
  who: theTeam,
  audit: 'past-mail-opened',
  load: visit =>
    /^\d{1,9}$/.test(visit.params.mail ?? '')
      ? visit.tx
          .selectFrom('past_mail')
          .selectAll()
          .where('id', '=', Number(visit.params.mail))
          .executeTakeFirst()
      : undefined,
  handler: ({ thing, network }: Visit<Row<'past_mail'>>) =>
    show({
      title: thing.subject || 'Without a subject',
      caption: 'Mail from before',
      back: { href: paths.mail(network.slug), text: 'Mail from before' },
      body: (
        <>
          <SummaryList
            rows={[
              { key: 'From', value: thing.sender || 'Not known' },
              { key: 'To', value: thing.receivers || 'Not known' },
              { key: 'When', value: thing.sent_at ? momentInWords(thing.sent_at) : 'Not known' },
            ]}
          />
          <Quote words={thing.words || 'There are no words in it.'} />
        </>
      ),
    }),
})

export const pastMailRoutes: AnyRoute[] = [list, add, one]
