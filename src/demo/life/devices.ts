import { addDevice } from '#slices/notifications/index.ts'
import { doingAt, personId, type Scene } from './world.ts'

/** A phone that shows that there is something new. It is nobody's: the demonstration calls none. */
export const deviceScenes = (slug: string): Scene[] =>
  slug !== 'wmin'
    ? []
    : [
        {
          day: -14,
          order: 9_500,
          about: 'Rosa Thistlewood adds her phone',
          async play(world, when) {
            await addDevice(doingAt(world, 'Rosa Thistlewood', when), {
              personId: personId(world, 'Rosa Thistlewood'),
              name: 'Chrome on Android',
              reach: { endpoint: 'https://push.example.org/demonstration', p256dh: '', auth: '' },
              token: 'a-browser-of-the-demonstration',
              ends: false,
            })
          },
        },
      ]
