import { languageSettings } from '#platform/languages/offered.ts'
import { setSetting } from '#platform/network-settings.ts'
import { sayText, type TextName } from '#slices/network-settings/index.ts'
import { doStep, handOverOf, loadStep, undoStep } from '#slices/week/index.ts'
import { doingAt, enter, personId, type Scene, took } from './world.ts'

/** What the networks say in their own words. Numbers are of Ofcom's drama range. */
const words: Readonly<Record<string, Readonly<Partial<Record<TextName, string>>>>> = {
  wmin: {
    safeguarding:
      'Safeguarding, Monday to Friday from 9am to 5pm: 0121 496 0190.\nAt night and on weekends: 0121 496 0191.',
    'speak-up':
      'You can also talk to the Freedom to Speak Up guardian of your hospital. Ask the hospital’s switchboard for them.',
    care: 'Each hospital has a PALS office near its main entrance. Its number is on your appointment letter.',
    privacy: 'Questions about your data? Write to the data protection contact: data@example.org.',
  },
  example: { safeguarding: 'Safeguarding, day and night: 0121 496 0195.' },
}

/** The team’s week, settings and new networks. */
export const networkScenes = (slug: string): Scene[] => [
  {
    day: -120,
    order: 1,
    about: 'the network says whom to ring',
    async play(world, at) {
      const doing = doingAt(world, slug === 'wmin' ? 'co-ordinator' : 'other-co-ordinator', at)
      for (const [name, said] of Object.entries(words[slug] ?? {}))
        await sayText(doing, name as TextName, said)
    },
  },
  ...(slug === 'wmin' ? [otherLanguagesToo, handedOverByMistake] : []),
]

const otherLanguagesToo: Scene = {
  day: -160,
  order: 2,
  about: 'pages and messages in Welsh and Urdu',
  async play(world, at) {
    const doing = doingAt(world, 'director', at)
    for (const setting of languageSettings) await setSetting(doing, setting, true, doing.today)
    world.entry = await enter(world.tx, world.settled)
  },
}

/** Actions were handed over to the wrong person, and given back within the hour. */
const handedOverByMistake: Scene = {
  day: -3,
  order: 90,
  about: 'actions handed over by mistake and given back',
  async play(world, at) {
    const doing = doingAt(world, 'portfolio-manager', at)
    const chosen = await handOverOf(doing, {
      fromId: personId(world, 'board-chair'),
      toId: personId(world, 'director'),
      because: 'Margaret is away next week.',
    })
    if (!chosen) return
    const step = async () => (await loadStep(doing.tx, chosen, { forChange: true }))!
    took(world, 'hand over', await doStep(doing, await step()))
    took(world, 'give back', await undoStep(doing, await step()))
  },
}
