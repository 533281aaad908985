import { z } from 'zod'
import { Form, Quote, SummaryList, type SummaryRow } from '#design/index.ts'
import type { Row } from '#platform/database/tables.ts'
import type { Doing } from '#platform/doing.ts'
import { filesOf } from '#platform/files.ts'
import { type AnyRoute, errors, form, go, page, type Screen, show, type Visit } from '#platform/http/route.ts'
import { anInsider } from '#platform/permission.ts'
import { contributionPaths } from '../paths.ts'
import { aboutColumns, type Choices, choicesOf, groupColumn, kindWords, namingWords } from './choices.ts'
import { type Draft, draftFiles, forgetDraft, nextStep, readDraft, type Step } from './draft.ts'
import { type Received, receiveContribution } from './receive.ts'
import { ShortSignpost } from './signpost.tsx'

interface Answers {
  readonly draft: Draft
  readonly choices: Choices
  readonly files: readonly Row<'stored_file'>[]
  /** Changes with every answer: what is sent is what was shown. */
  readonly version: string
}

const where = '/:network/contributions/new/check'
const load = async (
  { tx, actor, today }: Visit<undefined>,
  { forChange }: { forChange: boolean },
): Promise<Answers | undefined> => {
  if (!actor) return undefined
  const { draft, savedAt } = await readDraft(tx, actor.personId, { hold: forChange })
  const files = await filesOf(tx, draftFiles(actor.personId))
  return {
    draft,
    choices: await choicesOf(tx, today),
    files,
    version: `${savedAt?.epochMilliseconds ?? 0}-${files.map(each => each.id).join('-')}`,
  }
}

export const checkRoutes: readonly AnyRoute[] = [
  page(where, {
    who: anInsider,
    audit: 'nothing',
    load,
    handler: (visit: Visit<Answers>) => {
      const next = nextStep(visit.thing.draft)
      return next === 'check'
        ? show(checkScreen(visit))
        : go(contributionPaths.step(visit.network.slug, next))
    },
  }),
  form(where, {
    who: anInsider,
    audit: 'contribution-received',
    page: false,
    guardsVersion: false,
    load,
    fields: z.object({ answers: z.string().optional() }),
    screen: (visit: Visit<Answers>) => checkScreen(visit),
    submit: async (visit: Visit<Answers>, { answers }) => {
      const { draft, choices, version } = visit.thing
      if (Object.keys(draft).length === 0) {
        return errors({
          message: 'You have sent this already, or you started again. There is nothing left to send',
        })
      }
      if (answers !== version) {
        return errors({ message: 'Your answers changed in another window. Check them again, then send' })
      }
      if (nextStep(draft) !== 'check' || !stillThere(draft, choices)) {
        return errors({
          message: 'An answer is missing, or what you chose is not there any more. Change it, then send',
        })
      }
      const received = await sendDraft(visit, visit.me.personId, draft)
      return { to: contributionPaths.do(visit.network.slug, received.reference, 'received') }
    },
  }),
]

/** What was written becomes a contribution, with its files; nothing is left of the draft. */
export async function sendDraft(doing: Doing, personId: number, draft: Draft): Promise<Received> {
  const received = await receiveContribution(doing, {
    personId,
    kind: draft.kind!,
    words: draft.words!,
    about: aboutColumns(draft.about),
    wishedGroupId: groupColumn(draft.group),
    naming: draft.naming!,
  })
  const from = draftFiles(personId)
  await doing.tx
    .updateTable('stored_file')
    .set({ thing_kind: 'contribution', thing_id: received.id })
    .where('thing_kind', '=', from.kind)
    .where('thing_id', '=', from.id)
    .execute()
  await forgetDraft(doing, personId)
  return received
}

const stillThere = (draft: Draft, choices: Choices): boolean =>
  choices.about.some(each => each.value === draft.about) &&
  choices.groups.some(each => each.value === draft.group)

function checkScreen(visit: Visit<Answers>): Screen {
  const { draft, choices, files, version } = visit.thing
  const { slug, phone } = visit.network
  const change = (step: Step, about: string) => ({
    action: { href: `${contributionPaths.step(slug, step)}?change`, about },
  })
  const chosen = (list: Choices['about'], value: string | undefined) =>
    list.find(each => each.value === value)?.text ?? 'Please choose again'
  const rows: SummaryRow[] = [
    { key: 'You share', value: draft.kind ? kindWords[draft.kind] : '', ...change('kind', 'what you share') },
    { key: 'In your words', value: <Quote words={draft.words ?? ''} />, ...change('words', 'your words') },
    { key: 'About', value: chosen(choices.about, draft.about), ...change('about', 'what it is about') },
    {
      key: 'For which group',
      value: chosen(choices.groups, draft.group),
      ...change('group', 'the group it is for'),
    },
    {
      key: 'Your name',
      value: draft.naming ? namingWords[draft.naming] : '',
      ...change('naming', 'how you are named'),
    },
    {
      key: 'Files',
      value: files.length === 0 ? 'None' : <FileNames files={files} />,
      ...change('files', 'files'),
    },
  ]
  return {
    title: 'Check what you want to send',
    back: { href: contributionPaths.step(slug, 'files'), text: 'Back' },
    body: (
      <>
        <SummaryList rows={rows} />
        <ShortSignpost phone={phone} />
        <p>When you send it, you get a reference and a receipt at once.</p>
        <Form hidden={{ ...visit.hidden, answers: version }} button="Send it" />
      </>
    ),
  }
}

function FileNames({ files }: { files: readonly Row<'stored_file'>[] }) {
  return (
    <ul className="nhsuk-list">
      {files.map(file => (
        <li key={file.id}>
          <bdi>{file.name}</bdi>
        </li>
      ))}
    </ul>
  )
}
