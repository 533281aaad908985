import type { ReactNode } from 'react'
import {
  ButtonLink,
  Empty,
  Form,
  InsetText,
  LinkList,
  Pagination,
  Quote,
  StatusTag,
  SummaryList,
  Table,
  Timeline,
  telephone,
  WarningCallout,
} from '#design/index.ts'
import { dateInWords, dueInWords, momentInWords } from '#kernel/calendar/words.ts'
import { dayOf } from '#kernel/calendar/working-days.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { Instant } from '#platform/database/tables.ts'
import { type AnyRoute, missing, page, show, type Visit } from '#platform/http/route.ts'
import { settingOf } from '#platform/network-settings.ts'
import { itsRaiser, whoeverIsInIt } from './access.ts'
import { noteLook } from './changes.ts'
import { endWords, stateWords, waitsFor } from './concern.ts'
import { monthsKept } from './kept.ts'
import { loadConcern } from './load.ts'
import { concernPaths } from './paths.ts'
import { asWords } from './readers.ts'
import { open, openWords } from './sealing.ts'
import type { Entry, FileFacts, LoadedConcern } from './store.ts'
import type { EntryKind } from './tables.ts'

type Here = Visit<LoadedConcern>

export const entryTitles: Record<EntryKind, string> = {
  raised: 'The concern',
  wrote: 'A message',
  acknowledged: 'It has arrived',
  plan: 'What will be done',
  support: 'Support offered',
  'support-answer': 'Answer about the support',
  done: 'What was done',
  word: 'The word of whoever raised it',
  readers: 'Who reads it changed',
  'handed-back': 'Given back: somebody else should read it',
  'taken-back': 'Taken back',
  held: 'Kept for longer',
  'not-held': 'Not kept for longer any more',
}

export const raiserWords = ({ raiser, facts }: LoadedConcern): string =>
  raiser?.name ??
  (facts.toldBy ? `${facts.toldBy} (told, without a sign-in)` : 'Somebody who did not give a name')

const pathTo = (visit: Here, step: string) => concernPaths.step(visit.network.slug, visit.thing.ref, step)

const one = page<LoadedConcern>('/:network/concerns/:concern', {
  fresh: true,
  who: whoeverIsInIt,
  audit: 'nothing',
  load: loadConcern,
  async handler(visit) {
    const { thing, network } = visit
    await noteLook(visit, thing, 'page')
    const byCode = thing.side === 'raiser' && !thing.raiser
    return show({
      title: thing.side === 'reader' ? 'A concern for you' : 'Your concern',
      back: { href: concernPaths.start(network.slug), text: 'Back to concerns' },
      body: (
        <>
          <WhoShouldRead visit={visit} />
          <Turn visit={visit} />
          <Known visit={visit} />
          <h2>What was said</h2>
          {thing.entries.length === 0 ? (
            <Empty>There is nothing earlier.</Empty>
          ) : (
            <Timeline
              entries={thing.entries.map(entry => ({
                when: momentInWords(entry.at),
                dateTime: entry.at.toString(),
                title: entryTitles[entry.kind],
                by: (entry.by && theirs(entry.by)) ?? (thing.side === 'raiser' ? 'you' : raiserWords(thing)),
                body: <EntryBody visit={visit} entry={entry} />,
              }))}
            />
          )}
          <Pagination
            next={
              thing.more
                ? {
                    href: `${concernPaths.one(network.slug, thing.ref)}?before=${thing.entries.at(-1)!.id}`,
                    label: 'earlier words',
                  }
                : undefined
            }
          />
          <h2>What you can do</h2>
          <LinkList links={linksFor(visit)} />
          {byCode && (
            <Form
              action={concernPaths.close(network.slug)}
              hidden={visit.hidden}
              button="Close it on this device"
            />
          )}
        </>
      ),
    })
  },
})

function EntryBody({ visit, entry }: { visit: Here; entry: Entry }): ReactNode {
  return (
    <>
      {entry.words && <Quote words={entry.words} />}
      {entry.files.length > 0 && (
        <LinkList
          links={entry.files.map(file => ({
            href: concernPaths.file(visit.network.slug, visit.thing.ref, file.id),
            text: `Open the file ${theirs(file.name)}`,
          }))}
        />
      )}
    </>
  )
}

/** The raiser learns that nobody reads it now, and chooses anew. */
function WhoShouldRead({ visit }: { visit: Here }): ReactNode {
  const { thing } = visit
  if (thing.side !== 'raiser' || thing.it.state === 'ended') return null
  const gone = thing.readers.filter(each => !each.holds)
  if (thing.readers.some(each => each.holds)) return null
  return (
    <WarningCallout title="Nobody reads it now">
      <p>
        {gone.length > 0
          ? `${gone.map(each => theirs(each.name)).join(' and ')} cannot read concerns any more.`
          : 'Whoever you chose gave it back: somebody else should read it.'}{' '}
        It goes to nobody by itself. Choose who should read it now.
      </p>
      <ButtonLink href={pathTo(visit, 'readers')}>Choose who reads it</ButtonLink>
    </WarningCallout>
  )
}

const turnSteps = { received: 'acknowledge', acknowledged: 'plan', planned: 'done', done: 'word' } as const

function Turn({ visit }: { visit: Here }): ReactNode {
  const { it, side, raiser, facts } = visit.thing
  if (it.state === 'ended') return null
  const turn = waitsFor(it)
  const byHand =
    side === 'reader' && raiser && raiser.channel !== 'email' && raiser.channel !== 'text'
      ? raiser
      : undefined
  return (
    <>
      {turn.side === side && <ButtonLink href={pathTo(visit, turnSteps[it.state])}>{turn.what}</ButtonLink>}
      {side === 'raiser' && it.supportOfferedOn && it.supportAnswer === null && (
        <ButtonLink href={pathTo(visit, 'support-answer')} secondary>
          Answer the support that was offered
        </ButtonLink>
      )}
      {byHand && (
        <InsetText>
          {byHand.name} is told by {byHand.channel === 'phone' ? 'phone' : 'letter'}. Nobody else can do that
          for this concern: please do it yourself each time that you write here.
          {byHand.phone && (
            <>
              {' '}
              Their number is <a href={telephone(byHand.phone)}>{byHand.phone}</a>.
            </>
          )}
        </InsetText>
      )}
      {side === 'reader' && !raiser && (
        <InsetText>
          {facts.toldBy
            ? `${facts.toldBy} told this and has a return code. They come back, or ring you and say the code: then open it with them.`
            : 'Whoever raised this did not give a name. They come back with a code and read what you write here. Please do not try to find out who it is.'}
        </InsetText>
      )}
    </>
  )
}

function Known({ visit }: { visit: Here }): ReactNode {
  const { thing, today, network } = visit
  const { it, facts, side } = thing
  const turn = waitsFor(it)
  const due = turn.by && dueInWords(turn.by, today)
  return (
    <SummaryList
      rows={[
        { key: 'What it is about', value: <bdi>{facts.subject}</bdi> },
        {
          key: 'Where it is',
          value: (
            <StatusTag tone={it.state === 'ended' ? 'good' : due?.late ? 'late' : 'moving'}>
              {stateWords[it.state]}
            </StatusTag>
          ),
        },
        ...(it.state === 'ended'
          ? [
              {
                key: 'How it ended',
                value: `${it.endHow ? endWords[it.endHow] : ''} On ${dateInWords(it.endedOn!)}.`,
              },
              {
                key: 'How long it is kept',
                value: it.heldSince
                  ? `For longer, since ${dateInWords(it.heldSince)}: the reason stands below. It is not deleted meanwhile.`
                  : `Until ${dateInWords(it.endedOn!.add({ months: settingOf(network, monthsKept) }))}. Then all of it is deleted.`,
              },
            ]
          : [
              {
                key: 'Next',
                value: `${turn.what}${due ? `: ${due.words}` : ''} (${turn.side === side ? 'you' : turn.side === 'raiser' ? 'whoever raised it' : 'whoever reads it'})`,
              },
            ]),
        {
          key: 'Raised',
          value: `${momentInWords(thing.raisedAt)}${side === 'reader' ? `, by ${raiserWords(thing)}` : ''}`,
        },
        ...(facts.wish ? [{ key: 'What would help', value: <Quote words={facts.wish} /> }] : []),
        ...(facts.about.length > 0
          ? [{ key: 'About', value: facts.about.map(each => theirs(each.name)).join(', ') }]
          : []),
        {
          key: 'Who reads it',
          value:
            thing.readers
              .filter(each => each.holds)
              .map(each => `${theirs(each.name)}, ${asWords[each.as]}`)
              .join('; ') || 'Nobody now',
          ...(side === 'raiser' && it.state !== 'ended'
            ? { action: { href: pathTo(visit, 'readers'), text: 'Change', about: 'who reads it' } }
            : {}),
        },
        {
          key: 'Support',
          value: it.supportOfferedOn
            ? `Offered on ${dateInWords(it.supportOfferedOn)}. ${it.supportAnswer === null ? 'Not answered yet.' : it.supportAnswer === 'wanted' ? 'It is wanted.' : 'It is not wanted.'}`
            : 'Not offered yet',
        },
        ...(side === 'raiser'
          ? [
              {
                key: 'Opened',
                value: thing.looks === 0 ? 'Nobody has opened it yet' : `${thing.looks} times`,
                action: { href: pathTo(visit, 'looks'), text: 'See who and when', about: 'it was opened' },
              },
            ]
          : []),
      ]}
    />
  )
}

function linksFor(visit: Here) {
  const { side, it, raiser } = visit.thing
  const link = (step: string, text: string, hint?: string) => ({
    href: pathTo(visit, step),
    text,
    ...(hint ? { hint } : {}),
  })
  const copy = link('copy', 'Save a copy of all of it', 'A file on your own device. Keep it safe.')
  const held = it.heldSince
    ? link('let-go', 'It need not be kept for longer any more')
    : link('hold', 'Keep it for longer', 'When the law or an inquiry needs it. Whoever raised it reads why.')
  if (it.state === 'ended') return side === 'reader' ? [held, copy] : [copy]
  if (side === 'reader') {
    return [
      link('write', 'Write to whoever raised it', 'With files, if you need them.'),
      ...(it.state === 'received' || it.acknowledgedOn === null
        ? [link('acknowledge', 'Say that it arrived')]
        : []),
      ...(it.state === 'done'
        ? []
        : [link('plan', it.plannedOn ? 'Change what you will do' : 'Say what will be done')]),
      link('support', 'Offer support'),
      ...(it.state === 'planned' ? [link('done', 'Say what was done')] : []),
      link('hand-back', 'Give it back: I should not read this'),
      held,
      copy,
    ]
  }
  return [
    link('write', 'Write more, or add files'),
    ...(it.state === 'done' ? [link('word', 'Say if this ends it')] : []),
    ...(it.supportOfferedOn ? [link('support-answer', 'Answer the support that was offered')] : []),
    link('readers', 'Choose who reads it'),
    link('looks', 'See who opened it and when'),
    ...(raiser
      ? [
          link(
            'code',
            'Get a return code',
            'To come back without signing in, or after you leave the network.',
          ),
        ]
      : []),
    copy,
    link('take-back', 'Take it back'),
  ]
}

interface Look {
  readonly id: number
  readonly name: string
  readonly at: Instant
  readonly what: string
}

const lookWords: Record<string, string> = {
  page: 'Opened the page',
  file: 'Opened a file',
  copy: 'Saved a copy',
}

const looksPage = page<LoadedConcern>('/:network/concerns/:concern/looks', {
  fresh: true,
  who: itsRaiser,
  audit: 'nothing',
  load: loadConcern,
  async handler(visit) {
    const { thing, network, tx, query } = visit
    const given = Number(query.get('until') ?? '')
    const until = Number.isSafeInteger(given) && given > 0 && given < 2 ** 31 ? given : 2 ** 31 - 1
    const rows: readonly Look[] = await tx
      .selectFrom('concern_look as l')
      .innerJoin('person as p', join =>
        join.onRef('p.network_id', '=', 'l.network_id').onRef('p.id', '=', 'l.person_id'),
      )
      .select(['l.id', 'p.name', 'l.at', 'l.what'])
      .where('l.concern_id', '=', thing.id)
      .where('l.id', '<', until)
      .orderBy('l.id', 'desc')
      .limit(51)
      .execute()
    const shown = rows.slice(0, 50)
    return show({
      title: 'Who opened your concern',
      back: { href: concernPaths.one(network.slug, thing.ref), text: 'Back to your concern' },
      body: (
        <>
          <p>
            Each time that somebody who reads it opens it is written down here. Nobody can change this list.
          </p>
          {shown.length === 0 ? (
            <Empty>Nobody has opened it yet.</Empty>
          ) : (
            <Table
              caption="Who opened it, and when"
              columns={[{ title: 'When' }, { title: 'Who' }, { title: 'What' }]}
              rows={shown.map(each => [
                momentInWords(each.at),
                theirs(each.name),
                lookWords[each.what] ?? each.what,
              ])}
            />
          )}
          <Pagination
            next={
              rows.length > 50
                ? { href: `${pathTo(visit, 'looks')}?until=${shown.at(-1)!.id}`, label: 'earlier' }
                : undefined
            }
          />
        </>
      ),
    })
  },
})

const filePage = page<LoadedConcern>('/:network/concerns/:concern/files/:file', {
  fresh: true,
  who: whoeverIsInIt,
  audit: 'nothing',
  load: loadConcern,
  async handler(visit) {
    const { thing, tx, params } = visit
    if (!/^\d{1,9}$/.test(params.file ?? '')) return missing
    const row = await tx
      .selectFrom('concern_file')
      .select(['sealed_name', 'sealed'])
      .where('concern_id', '=', thing.id)
      .where('id', '=', Number(params.file))
      .executeTakeFirst()
    if (!row) return missing
    await noteLook(visit, thing, 'file')
    const { name, type } = openWords<FileFacts>(thing.key, row.sealed_name, `${thing.ref} file`)
    return {
      kind: 'download',
      name,
      type,
      body: new Uint8Array(open(thing.key, row.sealed, `${thing.ref} bytes`)),
    }
  },
})

const copyPage = page<LoadedConcern>('/:network/concerns/:concern/copy', {
  fresh: true,
  who: whoeverIsInIt,
  audit: 'nothing',
  load: loadConcern,
  async handler(visit) {
    const { thing } = visit
    await noteLook(visit, thing, 'copy')
    const lines = [
      thing.facts.subject,
      `Raised ${momentInWords(thing.raisedAt)}${thing.side === 'reader' ? ` by ${raiserWords(thing)}` : ''}`,
      ...(thing.facts.about.length > 0
        ? [`About: ${thing.facts.about.map(each => each.name).join(', ')}`]
        : []),
      ...(thing.facts.wish ? [`What would help: ${thing.facts.wish}`] : []),
      '',
      ...[...thing.entries]
        .reverse()
        .flatMap(entry => [
          `${momentInWords(entry.at)}, ${entry.by ?? raiserWords(thing)}: ${entryTitles[entry.kind]}`,
          ...(entry.words ? [entry.words] : []),
          ...entry.files.map(file => `[File: ${file.name}]`),
          '',
        ]),
      ...(thing.more ? ['Only the newest words stand here. The page has the earlier ones.'] : []),
    ]
    return {
      kind: 'download',
      name: `private-${dayOf(visit.now).toString()}.txt`,
      type: 'text/plain; charset=utf-8',
      body: new TextEncoder().encode(`${lines.join('\n')}\n`),
    }
  },
})

export const oneRoutes: AnyRoute[] = [one, looksPage, filePage, copyPage]
