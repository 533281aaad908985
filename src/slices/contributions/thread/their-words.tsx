import { Details, LinkList, Quote, SummaryList } from '#design/index.ts'
import { dateInWords } from '#kernel/calendar/words.ts'
import { dayOf } from '#kernel/calendar/working-days.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { Visit } from '#platform/http/route.ts'
import type { Actor } from '#platform/permission.ts'
import { type Original, originalLang, TranslationsBeside } from '#slices/translations/index.ts'
import { mayTranslate, shownName } from '../access.ts'
import { originalsOf, partOf } from '../own-words/originals.ts'
import { type OwnText, wordsFor } from '../own-words/words.ts'
import { contributionPaths } from '../paths.ts'
import type { LoadedThread } from '../store.ts'
import type { ThreadView } from './view.ts'

export interface Seen {
  visit: Visit<LoadedThread>
  view: ThreadView
}

/** A contributor's name as this reader may see it. */
export function namesFor(reader: Actor, view: ThreadView): (personId: number) => string | undefined {
  return personId => {
    const person = view.everyone.find(each => each.personId === personId)
    if (!person) return undefined
    const shown = shownName(person, reader)
    return person.left && shown !== person.name ? 'Somebody who took their part out' : shown
  }
}

/** Somebody's own words as this reader may see them: hidden parts hidden, withdrawn ones gone. */
export function OwnWords(props: {
  reader: Actor
  text: OwnText
  by: string | undefined
  lang?: string | undefined
}) {
  const shown = wordsFor(props.reader, props.text)
  if (shown.is === 'withdrawn') return <p>These words were withdrawn.</p>
  return (
    <Quote
      words={shown.words}
      by={props.by}
      lang={props.lang ?? originalLang({ part: '', words: shown.words })}
    />
  )
}

/** What translators made of one text, below it. */
export function Beside({ visit, view, original }: Seen & { original: Original | undefined }) {
  if (!original) return null
  return (
    <TranslationsBeside
      original={original}
      translations={view.translations}
      at={contributionPaths.one(visit.network.slug, view.loaded.reference)}
      mayChange={mayTranslate(visit.me, view.loaded, original)}
    />
  )
}

/** Somebody's words with their translations. */
export function OwnWordsAndMore({ visit, view, text, by }: Seen & { text: OwnText; by: string | undefined }) {
  const original = originalsOf(view.loaded, view.texts).find(each => each.part === partOf(text))
  return (
    <>
      <OwnWords
        reader={visit.me}
        text={text}
        by={by}
        lang={original && originalLang(original, view.translations)}
      />
      <Beside visit={visit} view={view} original={original} />
    </>
  )
}

export function TheWords({ visit, view }: Seen) {
  const nameOf = namesFor(visit.me, view)
  const first = view.texts.find(each => each.kind === 'words')
  const corrections = view.texts.filter(
    each => each.kind === 'correction' && each.personId === first?.personId,
  )
  const main = corrections.at(-1) ?? first
  const earlier = main === first ? [] : [...(first ? [first] : []), ...corrections.slice(0, -1)]
  const joined = view.everyone.filter(each => !each.isFirst && !each.left)
  return (
    <section aria-labelledby="words">
      <h2 className="nhsuk-heading-m" id="words">
        In their own words
      </h2>
      {main && (
        <OwnWordsAndMore
          visit={visit}
          view={view}
          text={main}
          by={theirs(nameOf(main.personId ?? 0) ?? '') || undefined}
        />
      )}
      {earlier.length > 0 && (
        <Details summary="The words as they were before">
          {earlier.map(each => (
            <OwnWords reader={visit.me} text={each} by={dateInWords(dayOf(each.at))} key={each.id} />
          ))}
        </Details>
      )}
      <SummaryList
        rows={[
          { key: 'Raised', value: raisedInWords(view) },
          ...(view.about ? [{ key: 'About', value: theirs(view.about) }] : []),
          {
            key: 'Meant for',
            value:
              (view.wishedGroupName && theirs(view.wishedGroupName)) ??
              'They did not know which group, so the team finds it',
          },
          ...(view.files.length > 0
            ? [
                {
                  key: 'Files',
                  value: (
                    <LinkList
                      links={view.files.map(each => ({
                        href: contributionPaths.file(visit.network.slug, view.loaded.reference, each.id),
                        text: `${theirs(each.name)} (${sizeInWords(each.bytes)})`,
                      }))}
                    />
                  ),
                },
              ]
            : []),
        ]}
      />
      {joined.length > 0 && (
        <>
          <h3 className="nhsuk-heading-s">
            {joined.length === 1 ? 'One more person raised this' : `${joined.length} more people raised this`}
          </h3>
          {joined.map(each => {
            const said = view.texts.find(text => text.kind === 'joined' && text.personId === each.personId)
            return said ? (
              <OwnWordsAndMore
                visit={visit}
                view={view}
                text={said}
                by={theirs(nameOf(each.personId) ?? '') || undefined}
                key={each.personId}
              />
            ) : (
              <p key={each.personId}>{theirs(nameOf(each.personId) ?? '')}</p>
            )
          })}
        </>
      )}
    </section>
  )
}

const sizeInWords = (bytes: number) =>
  bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`

function raisedInWords(view: ThreadView): string {
  const { row } = view.loaded
  const on = dateInWords(dayOf(row.received_at))
  const how = {
    web: '',
    email: ', by e-mail',
    phone: ', by phone',
    post: ', by post',
    'in-person': ', in person',
  }[row.how]
  return `${on}${how}${view.recordedBy ? `, written down by ${theirs(view.recordedBy)}` : ''}`
}
