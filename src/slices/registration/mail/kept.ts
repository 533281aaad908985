import { sql } from 'kysely'
import { question } from '#platform/database/questions.ts'
import type { Kept } from '#platform/http/route.ts'
import { numberSetting } from '#platform/network-settings.ts'
import { forgetMail } from '../forget.ts'

/** E-mails that never became part of an application: words, sender and files go, two hashes stay. */
export const apartKept: Kept = {
  name: 'e-mails-apart',
  title: 'E-mails that became no application',
  source: 'The product’s own: as long as registrations that we said no to',
  months: numberSetting({
    name: 'keep-e-mails-apart',
    title: 'Keep e-mails that became no application',
    usual: 6,
    least: 1,
    most: 120,
    unit: 'months',
  }),
  count: before =>
    question(
      sql<{ n: number }>`select count(*)::int as n from application_mail where state = 'apart'
        and received_at < ${before}::date`,
      ([row]) => row?.n ?? 0,
    ),
  list: before =>
    question(
      sql<{ line: string }>`select 'E-mail of ' || received_at::date as line from application_mail
        where state = 'apart' and received_at < ${before}::date order by id limit 50`,
      rows => rows.map(each => each.line),
    ),
  async end(doing, before) {
    const old = await sql<{ id: number }>`select id from application_mail where state = 'apart'
      and received_at < ${before}::date order by id`.execute(doing.tx)
    for (const { id } of old.rows) await forgetMail(doing, id)
    return old.rows.length
  },
}
