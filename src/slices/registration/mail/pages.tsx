import { z } from 'zod'
import {
  ButtonLink,
  Empty,
  FileField,
  Filters,
  Form,
  InsetText,
  Pagination,
  Quote,
  Radios,
  SummaryList,
  TaskList,
  WarningCallout,
} from '#design/index.ts'
import { dueInWords, momentInWords } from '#kernel/calendar/words.ts'
import {
  type AnyRoute,
  errors,
  type Filled,
  form,
  missing,
  page,
  type Screen,
  type Slice,
  type Submitted,
  show,
  type Visit,
} from '#platform/http/route.ts'
import { theTeam } from '#platform/permission.ts'
import { registrationPaths as paths } from '../paths.ts'
import { numberIn } from '../store.ts'
import type { ApartBecause } from '../tables.ts'
import {
  type LoadedMail,
  loadMail,
  mailboxTrouble,
  pageLength,
  type WaitingMail,
  waitingMails,
} from './queries.ts'
import { largestMail } from './read.ts'
import { addToApplication, letGo, makeApplication, mostFiles, takeInMail } from './take-in.ts'

export const apartWords: Record<ApartBecause, string> = {
  automatic: 'A program wrote it, not a person',
  'our-own': 'It is a message of ours that came back',
  'no-sender': 'It has no address that we could answer',
  'too-many': 'This address wrote several times in a day',
  again: 'We have an application from this address already',
  spam: 'A mail server says that it is spam',
  unreadable: 'We could not read it. The e-mail as it came is kept',
  'too-large': 'It is larger than we take. Only who wrote it and its subject came',
  'shared-address': 'More than one person has this address',
  'perhaps-a-view': 'Somebody we do not know tells us something',
}

const load = (visit: Visit, how: { forChange: boolean }) =>
  loadMail(visit.tx, numberIn(visit.params.mail), how)

/** @param server see `readMail` */
export const mailRoutes = (server: string | undefined, rooms: () => readonly Slice[]): AnyRoute[] => [
  page('/:network/team/applications/e-mails', {
    who: theTeam,
    audit: 'nothing',
    async handler(visit) {
      const which = visit.query.get('from') === 'programs' ? 'programs' : 'people'
      const found = await waitingMails(visit.tx, which, numberIn(visit.query.get('after') ?? undefined) ?? 0)
      return show(list(visit, which, found, await mailboxTrouble(visit.tx)))
    },
  }),
  form('/:network/team/applications/e-mails/new', {
    who: theTeam,
    audit: 'e-mail-handed-in',
    uploads: true,
    limit: { name: 'mail-handed-in', uses: 60, minutes: 60 },
    fields: z.object({ file: savedMail() }),
    screen: handIn,
    async submit(visit, { file }) {
      const taken = await takeInMail(visit, file, server, rooms())
      switch (taken.kind) {
        case 'application':
          return { to: paths.one(visit.network.slug, taken.number) }
        case 'apart':
          return { to: paths.mail(visit.network.slug, taken.mailId) }
        case 'already':
          return taken.mailId === undefined
            ? errors({ field: 'file', message: 'This e-mail was here before' })
            : { to: paths.mail(visit.network.slug, taken.mailId) }
        case 'report':
        case 'report-elsewhere':
          return { to: `/${visit.network.slug}/team/messages` }
        case 'passed-on':
          return { to: paths.mail(visit.network.slug, taken.mailId) }
        case 'private':
          return { to: paths.mails(visit.network.slug) }
        case 'calendar':
          return { screen: forACalendar(visit) }
        case 'unreadable':
          return errors({ field: 'file', message: 'This is not a saved e-mail. Save it again as .eml' })
      }
    },
  }),
  form('/:network/team/applications/e-mails/:mail', {
    who: theTeam,
    audit: 'e-mail-decided',
    load,
    guardsVersion: false,
    fields: z.object({ what: z.string().optional() }),
    screen: one,
    submit: (visit: Visit<LoadedMail>, given) => decide(visit, given, rooms()),
  }),
  page<LoadedMail>('/:network/team/applications/e-mails/:mail/files/:file', {
    who: theTeam,
    audit: 'file-downloaded',
    load,
    async handler({ tx, thing, params, files }) {
      const known = thing.files.find(each => each.id === numberIn(params.file))
      if (!known) return missing
      const row = await tx.selectFrom('stored_file').selectAll().where('id', '=', known.id).executeTakeFirst()
      const body = row && (await files.read(row))
      return row && body ? { kind: 'download', name: row.name, type: row.type, body } : missing
    },
  }),
]

const forACalendar = (visit: Visit): Screen => ({
  title: 'It answers an invitation',
  back: { href: paths.mails(visit.network.slug), text: 'E-mails to look at' },
  body: (
    <p>
      Somebody’s calendar answered an invitation to a meeting. The answer is on the meeting’s page. This
      e-mail is no application.
    </p>
  ),
})

function savedMail() {
  return z
    .unknown()
    .optional()
    .transform(async (given, context): Promise<Uint8Array> => {
      const file = given instanceof File && given.size > 0 ? given : undefined
      if (file && file.size <= largestMail) return new Uint8Array(await file.arrayBuffer())
      const message = file ? 'The e-mail is larger than 30 MB' : 'Choose the saved e-mail'
      context.addIssue({ code: 'custom', message })
      return z.NEVER
    })
}

async function decide(
  visit: Visit<LoadedMail>,
  { what }: { what?: string | undefined },
  rooms: readonly Slice[],
): Promise<Submitted> {
  const { row, candidates, people } = visit.thing
  const { slug } = visit.network
  const here = { to: paths.mail(slug, row.id) }
  // A second click, or somebody else was first: the page says what came of it.
  if (row.state !== 'apart') return here
  const wanted = candidates.find(each => what === `to-${each.id}`)
  if (wanted) {
    await addToApplication(visit, row.id, wanted.id)
    return { to: paths.one(slug, wanted.number) }
  }
  const writer = people.find(each => what === `view-${each.id}`)
  if (writer) {
    const letters = rooms.find(each => each.letters)?.letters
    const path = await letters?.asView(visit, row.id, writer.id)
    return path ? { to: `/${slug}${path}` } : here
  }
  if (what === 'new' && row.from_address !== '') {
    const number = await makeApplication(visit, row.id)
    return number === undefined ? here : { to: paths.one(slug, number) }
  }
  if (what === 'nothing') {
    await letGo(visit, row.id)
    return { to: paths.mails(slug) }
  }
  return errors({ field: 'what', message: 'Choose what to do with this e-mail' })
}

function list(
  visit: Visit,
  which: 'people' | 'programs',
  found: readonly WaitingMail[],
  trouble: string | undefined,
): Screen {
  const { slug } = visit.network
  const shown = found.slice(0, pageLength)
  const last = shown.at(-1)
  return {
    title: 'E-mails to look at',
    caption: 'People who want to take part',
    back: { href: paths.list(slug), text: 'Applications' },
    wide: true,
    body: (
      <>
        {trouble && (
          <WarningCallout title="We cannot read the network’s mailbox">
            {trouble} We try again by ourselves. No e-mail is lost meanwhile.
          </WarningCallout>
        )}
        <p>
          Most e-mails become an application by themselves. These did not, and nobody was answered. Look at
          each.
        </p>
        <ButtonLink href={paths.handInMail(slug)} secondary>
          Hand in a saved e-mail
        </ButtonLink>
        <Filters
          action={paths.mails(slug)}
          filters={[
            {
              name: 'from',
              label: 'Show',
              value: which === 'programs' ? 'programs' : '',
              options: [
                { value: '', text: 'What people wrote' },
                { value: 'programs', text: 'What programs sent by themselves' },
              ],
            },
          ]}
        />
        {shown.length === 0 ? (
          <Empty>There is nothing to look at.</Empty>
        ) : (
          <TaskList
            items={shown.map(each => {
              const due = each.due ? dueInWords(each.due, visit.today) : undefined
              return {
                title: each.from,
                href: paths.mail(slug, each.id),
                hint: each.subject || 'No subject',
                status: {
                  words: apartWords[each.because],
                  tone: due?.late ? ('late' as const) : ('waiting' as const),
                },
                ...(due ? { dueWords: due.words, late: due.late } : {}),
              }
            })}
          />
        )}
        <Pagination
          next={
            found.length > pageLength && last
              ? {
                  href: `?${new URLSearchParams({ ...(which === 'programs' ? { from: which } : {}), after: String(last.id) })}`,
                }
              : undefined
          }
        />
      </>
    ),
  }
}

function handIn(visit: Visit, { errors: mistakes }: Filled): Screen {
  return {
    title: 'Hand in a saved e-mail',
    back: { href: paths.mails(visit.network.slug), text: 'E-mails to look at' },
    body: (
      <Form hidden={visit.hidden} button="Hand it in" multipart>
        <p>
          Did somebody write to you that they would like to take part? Save the e-mail as a file and choose it
          here. We keep their words, and they get a receipt.
        </p>
        <FileField
          name="file"
          label="The e-mail as a file"
          hint="It ends in .eml. In most programs: open the e-mail, then choose “Save as”."
          accept=".eml,message/rfc822"
          errors={mistakes}
        />
      </Form>
    ),
  }
}

function one(visit: Visit<LoadedMail>, { values, errors: mistakes }: Filled): Screen {
  const { row, number, candidates, people, passedOn } = visit.thing
  const { slug } = visit.network
  if (row.state === 'ended') return ended(slug)
  return {
    title: 'An e-mail',
    caption: row.from_name || row.from_address || 'No sender',
    back: { href: paths.mails(slug), text: 'E-mails to look at' },
    body: (
      <>
        {number !== null && (
          <p>
            It belongs to <a href={paths.one(slug, number)}>application {number}</a>.
          </p>
        )}
        {row.apart_because && row.state === 'apart' && (
          <InsetText>{apartWords[row.apart_because]}.</InsetText>
        )}
        {passedOn && <InsetText>{passedOnWords(passedOn)}</InsetText>}
        {passedOn?.path && (
          <p>
            <a href={`/${slug}${passedOn.path}`}>See what became of it</a>
          </p>
        )}
        <NotChecked verified={row.verified} />
        <SummaryList
          rows={[
            {
              key: 'From',
              value: <bdi>{[row.from_name, row.from_address].filter(Boolean).join(', ') || 'Nobody'}</bdi>,
            },
            { key: 'Subject', value: <bdi>{row.subject || 'None'}</bdi> },
            { key: 'When', value: momentInWords(row.received_at) },
          ]}
        />
        {row.words ? <Quote words={row.words} /> : <p>There are no words in it.</p>}
        <MailFiles slug={slug} mail={visit.thing} />
        {row.state === 'apart' && (
          <Form hidden={visit.hidden} button="Save">
            <Radios
              name="what"
              label="What shall happen with it?"
              value={values.what}
              options={[
                ...candidates.map(each => ({
                  value: `to-${each.id}`,
                  label: `It belongs to application ${each.number}, ${each.name}`,
                  hint: 'Nothing is sent.',
                })),
                ...people.map(each => ({
                  value: `view-${each.id}`,
                  label: `It is a view of ${each.name}`,
                  hint: 'It gets a reference, and they get a receipt.',
                })),
                ...(row.from_address === ''
                  ? []
                  : [
                      {
                        value: 'new',
                        label: 'Somebody new would like to take part',
                        hint: 'It becomes an application, and they get a receipt.',
                      },
                    ]),
                {
                  value: 'nothing',
                  label: 'It is nothing for us: delete it',
                  hint: 'The words and files are deleted at once. Nothing is sent.',
                },
              ]}
              errors={mistakes}
            />
          </Form>
        )}
      </>
    ),
  }
}

const passedOnWords = ({ state, cannot }: NonNullable<LoadedMail['passedOn']>): string =>
  ({
    asked: 'Somebody we know may have written it. We asked them if we understood it. Nothing counts yet.',
    counted: 'Somebody we know wrote it, and it counts.',
    'not-them': 'We asked whoever has this address. They said that it is not right, so nothing counts.',
    older: 'A newer e-mail came in its place.',
    cannot: `It could not count. ${cannot ?? ''}`.trim(),
  })[state] ?? ''

const ended = (slug: string): Screen => ({
  title: 'An e-mail',
  back: { href: paths.mails(slug), text: 'E-mails to look at' },
  body: <p>This e-mail was deleted. Only that it was here is left, so that it does not come in again.</p>,
})

/** Anybody can write any address into an e-mail. */
export function NotChecked({ verified }: { verified: boolean }) {
  if (verified) return null
  return (
    <WarningCallout title="We could not check who sent this e-mail">
      Somebody else may have used this address. Do not send anything private to it before you have talked.
    </WarningCallout>
  )
}

export function MailFiles({ slug, mail }: { slug: string; mail: Pick<LoadedMail, 'row' | 'files'> }) {
  const leftOut = mail.row.files_left_out as string[]
  return (
    <>
      <ul className="nhsuk-list nhsuk-list--bullet">
        {mail.files.map(file => (
          <li key={file.id}>
            <a href={paths.mailFile(slug, mail.row.id, file.id)}>
              {file.original ? 'The e-mail as it came' : file.name}
            </a>
          </li>
        ))}
      </ul>
      {leftOut.length > 0 && (
        <>
          <p>
            {leftOut.length} more {leftOut.length === 1 ? 'file is' : 'files are'} only in the e-mail as it
            came. We keep at most {mostFiles} on their own. Be careful: those were not checked.
          </p>
          <ul className="nhsuk-list nhsuk-list--bullet">
            {leftOut.slice(0, 50).map((each, n) => (
              <li key={n}>{each}</li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}
