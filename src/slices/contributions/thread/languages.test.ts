import { expect, test } from 'vitest'
import { languageSettings } from '#platform/languages/offered.ts'
import { setSetting } from '#platform/network-settings.ts'
import { aNetwork } from '#tests/network.ts'
import type { SeenPage } from '#tests/person.ts'
import { states } from '../contribution.ts'
import { aContribution, doingAs } from '../for-tests.ts'

const network = await aNetwork()
await doingAs(network, network.coordinator, async doing => {
  for (const setting of languageSettings) await setSetting(doing, setting, true, doing.today)
})

/** What the page has no words for in this language. */
const missingOn = (page: SeenPage): string[] => page.html.match(/⟦[^⟧]*⟧/g) ?? []

test.each(['cy', 'ur'])(
  'REACH-10 wherever it is, whoever raised it reads its page and each step in their language: %s',
  async language => {
    const missing: string[] = []
    const look = (page: SeenPage, at: string) => {
      missing.push(...missingOn(page).map(each => `${each} at ${at}`))
    }
    const { volunteer, secondVolunteer } = network
    for (const state of states) {
      const view = await aContribution(network, { by: volunteer, state })
      const page = await volunteer.opens(`${view.path}?language=${language}`)
      if (state !== 'withdrawn') expect(page.$('html').attr('lang')).toBe(language)
      look(page, state)
      for (const link of page.$('nav[aria-labelledby="can-do"] a').toArray()) {
        const path = page.$(link).attr('href')!
        const step = await volunteer.reads(path)
        look(step, `${state}, ${path.split('/').at(-1)}`)
        const hidden = step.$('main form[method="post"] input[type="hidden"]').toArray()
        if (hidden.length === 0 || /withdraw|join|naming/.test(path)) continue
        const sent = await volunteer.posts(
          path,
          Object.fromEntries(
            hidden.map(each => [step.$(each).attr('name')!, step.$(each).attr('value') ?? '']),
          ),
        )
        look(sent, `${state}, ${path.split('/').at(-1)} sent empty`)
      }
      look(
        await secondVolunteer.opens(`${view.path}?language=${language}`),
        `${state}, a member of the group`,
      )
    }
    expect([...new Set(missing)]).toEqual([])
  },
)
