import { sql } from 'kysely'
import { question } from '#platform/database/questions.ts'
import type { Doing } from '#platform/doing.ts'
import type { Kept } from '#platform/http/route.ts'
import { numberSetting } from '#platform/network-settings.ts'
import { forgetMail } from '#slices/registration/index.ts'

/** What became of it stays where it is; the e-mail as it came goes, and with it what we asked about it. */
export async function forgetPassedOn(doing: Doing, mailIds: readonly number[]): Promise<void> {
  if (mailIds.length === 0) return
  await doing.tx
    .deleteFrom('mail_reply')
    .where('mail_id', 'in', [...mailIds])
    .execute()
  for (const id of mailIds) await forgetMail(doing, id)
}

/** E-mails that became a view, an answer or a message. */
export const byEmailKept: Kept = {
  name: 'e-mails-passed-on',
  title: 'E-mails as they came, of people we know',
  source: 'The product’s own: what they said is kept where it belongs',
  months: numberSetting({
    name: 'keep-e-mails-passed-on',
    title: 'Keep e-mails as they came',
    hint: 'Of people we know. What they said stays where it belongs.',
    usual: 24,
    least: 1,
    most: 120,
    unit: 'months',
  }),
  count: before =>
    question(
      sql<{ n: number }>`select count(*)::int as n from application_mail where state = 'passed-on'
        and received_at < ${before}::date`,
      ([row]) => row?.n ?? 0,
    ),
  async end(doing, before) {
    const old = await sql<{ id: number }>`select id from application_mail where state = 'passed-on'
      and received_at < ${before}::date order by id`.execute(doing.tx)
    await forgetPassedOn(
      doing,
      old.rows.map(each => each.id),
    )
    return old.rows.length
  },
}
