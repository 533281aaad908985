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
      .select(['number', 'person_id'])
      .where('due_on', 'is not', null)
      .orderBy('id', 'desc')
      .limit(2)
      .execute()
    const open = one ? [{ number: String(one.number) }] : []
    return {
      '/:network/team/applications/e-mails/:mail/files/:file': [
        { mail: String(mail), file: String(original.id) },
      ],
      '/:network/team/applications/e-mails/:mail': [{ mail: String(mail) }],
      '/:network/team/applications/:number/same-person/:person':
        one && two ? [{ number: String(one.number), person: String(two.person_id) }] : [],
      '/:network/team/applications/:number/owner': open,
      '/:network/roles/:role': [{ role: role.slug }],
      '/:network/team/roles/:role': [{ role: role.slug }],
    }
  })
}
