import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { Details, Form, LinkList, Quote, TextArea } from '#design/index.ts'
import { momentInWords } from '#kernel/calendar/words.ts'
import { shorten } from '#kernel/text/graphemes.ts'
import { optionalText } from '#platform/form/fields.ts'
import { type AnyRoute, errors, form, page, type Screen, show, type Visit } from '#platform/http/route.ts'
import { rule, theTeamOrAdministrator } from '#platform/permission.ts'
import { settingsPaths as paths } from './paths.ts'
import {
  networkTexts,
  sayText,
  type TextName,
  type TextVersion,
  textNames,
  textsOf,
  versionsOf,
} from './texts.ts'

const who = theTeamOrAdministrator

interface Here {
  readonly name: TextName
  readonly versions: readonly TextVersion[]
  readonly version: number
}

async function load(visit: Visit<undefined>): Promise<Here | undefined> {
  const name = textNames.find(each => each === visit.params.text)
  if (!name) return undefined
  const versions = await versionsOf(visit.tx, name)
  return { name, versions, version: versions[0]?.id ?? 0 }
}

/** The network's own words, each with what was said before. */
export const textRoutes: AnyRoute[] = [
  page('/:network/team/settings/texts', {
    who,
    audit: 'nothing',
    async handler(visit) {
      const texts = await textsOf(visit.tx)
      return show({
        title: 'The network’s own words',
        back: { href: paths.all(visit.network.slug), text: 'Settings of the network' },
        body: (
          <>
            <p>These stand on public pages. Each keeps what was said before, with who changed it.</p>
            <LinkList
              links={textNames.map(name => ({
                href: paths.text(visit.network.slug, name),
                text: networkTexts[name].title,
                hint: texts[name] ? shorten(texts[name], 120) : 'Nothing is said yet.',
              }))}
            />
          </>
        ),
      })
    },
  }),
  form('/:network/team/settings/texts/:text', {
    who: rule<Here>(who.name, actor => who.holds(actor, undefined)),
    audit: 'network-text-changed',
    load,
    fields: z.object({ words: optionalText({ max: 2000, name: 'The text' }) }),
    screen: textScreen,
    async submit(visit, { words }) {
      const { name, versions } = visit.thing
      if (words === (versions[0]?.words ?? ''))
        return errors({ field: 'words', message: 'Nothing is different' })
      await sayText(visit, name, words)
      return { to: paths.texts(visit.network.slug) }
    },
  }),
]

function textScreen(
  visit: Visit<Here>,
  filled: {
    values: Readonly<Record<string, string>>
    errors: readonly { field?: string; message: string }[]
  },
): Screen {
  const { name, versions } = visit.thing
  const [now, ...before] = versions
  return {
    title: networkTexts[name].title,
    back: { href: paths.texts(visit.network.slug), text: 'The network’s own words' },
    body: (
      <>
        <Form hidden={visit.hidden} button="Save">
          <TextArea
            optional
            name="words"
            label="What should stand there?"
            hint={networkTexts[name].hint}
            maxCharacters={2000}
            value={filled.values.words ?? now?.words}
            errors={filled.errors}
          />
        </Form>
        {now && (
          <p>
            Last changed {momentInWords(Temporal.Instant.from(now.at.replace(' ', 'T')))}
            {now.by && `, by ${now.by}`}.
          </p>
        )}
        {before.length > 0 && (
          <Details summary={`What was said before: ${before.length}`}>
            {before.map(each => (
              <Quote
                key={each.id}
                words={each.words || 'Nothing was said.'}
                by={`${momentInWords(Temporal.Instant.from(each.at.replace(' ', 'T')))}${each.by ? `, ${each.by}` : ''}`}
              />
            ))}
          </Details>
        )}
      </>
    ),
  }
}
