import { createHash } from 'node:crypto'
import { doingOf } from '#platform/doing.ts'
import { takeInMail } from '#slices/registration/index.ts'
import { addUsualRoles } from '#slices/roles/index.ts'
import type { TestHouse } from './house.ts'

/** How people come in: one pipeline, roles on offer, equality monitoring, where voices come from. */
export async function realIntake(
  house: TestHouse,
  slug: string,
): Promise<Record<string, Record<string, string>[]>> {
  const today = house.clock.today()
  return await house.database.enter({ slug, accountId: undefined, today }, async (tx, entry) => {
    const doing = doingOf(house.house, tx, entry!, undefined)
    await addUsualRoles(doing)
    const role = await tx.selectFrom('offered_role').select('slug').limit(1).executeTakeFirstOrThrow()
    const letter = [
      'From: Emil Mailer <emil.mailer@example.org>',
      `Message-ID: <real-things-${slug}@example.org>`,
      'Precedence: bulk',
      '',
      'I would like to take part.',
      '',
    ].join('\r\n')
    const taken = await takeInMail(doing, new TextEncoder().encode(letter), undefined)
    const mail = 'mailId' in taken && taken.mailId !== undefined ? taken.mailId : 0
    const original = await tx
      .selectFrom('stored_file')
      .select('id')
      .where('thing_kind', '=', 'application-mail')
      .where('thing_id', '=', mail)
      .executeTakeFirstOrThrow()
    const [one, two] = await tx
      .selectFrom('application')
      .select(['id', 'number', 'person_id'])
      .where('due_on', 'is not', null)
      .orderBy('id', 'desc')
      .limit(2)
      .execute()
    const { id: time } = await tx
      .insertInto('conversation_time')
      .values({
        network_id: entry!.id,
        starts_at: doing.now.add({ hours: 50 }),
        manner: 'phone',
        offered_by_person_id: (
          await tx.selectFrom('post_holding').select('person_id').limit(1).executeTakeFirstOrThrow()
        ).person_id,
        application_id: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    // A link to an application that is still open: only hashes of links are kept, so one is made.
    const waiting = one && `real-intake-${String(one.number).padStart(20, '0')}`
    if (waiting) {
      await tx
        .insertInto('application_link')
        .values({
          network_id: entry!.id,
          token_hash: createHash('sha256').update(waiting).digest('hex'),
          application_id: one.id,
          expires_at: doing.now.add({ hours: 24 * 100 }),
        })
        .onConflict(on => on.doNothing())
        .execute()
    }
    const open = one ? [{ number: String(one.number) }] : []
    return {
      '/:network/team/applications/e-mails/:mail/files/:file': [
        { mail: String(mail), file: String(original.id) },
      ],
      '/:network/team/applications/e-mails/:mail': [{ mail: String(mail) }],
      '/:network/team/applications/:number/same-person/:person':
        one && two ? [{ number: String(one.number), person: String(two.person_id) }] : [],
      '/:network/team/applications/:number/owner': open,
      '/:network/team/applications/:number/time': open,
      '/:network/team/applications/times/:time/take-away': [{ time: String(time) }],
      '/:network/application/:token/time': waiting ? [{ token: waiting }] : [],
      '/:network/roles/:role': [{ role: role.slug }],
      '/:network/team/roles/:role': [{ role: role.slug }],
    }
  })
}
