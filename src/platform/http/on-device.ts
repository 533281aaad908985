import { assets, type Frame, frameAddresses, withOnDevice } from '#design/index.ts'
import type { House } from '../house.ts'
import type { Session } from '../session.ts'
import type { Slice } from './route.ts'
import type { SubmittedForm } from './submitted.ts'

const minutesOfNeeds = 15

/** A page for one request: with what was counted in its frame, and with the script where there is work for it. */
export interface ForDevice {
  readonly frame: Frame
  readonly cookies: readonly string[]
  page(html: string): string
}

/**
 * What a device keeps for whoever is signed in there: the words that are not sent yet, sealed, and how much waits. The
 * script comes only with pages that have work for it (docs/decisions/0011-kept-on-the-device.md).
 */
export function openOnDevice(house: House, slices: readonly Slice[]) {
  const sent = house.sessions.cookie('sent')
  const counted = house.sessions.cookie('needs')
  const stays = house.sessions.cookie('device')
  const script = assets().deviceScript.path

  return {
    of: (session: Session) => ({
      mark: house.tokens.ownerMark(session.accountId),
      key: house.tokens.deviceKey(session.accountId),
    }),

    /** @param needs how much waits, where this page has counted it */
    read(request: Request, frame: Frame, needs: number | undefined): ForDevice {
      const word = /^[\w-]{1,64}$/.exec(sent.read(request) ?? '')?.[0]
      const { device, network } = frame
      const home = frameAddresses(frame).home
      // Counting costs as much as the home page: elsewhere stands what it counted last, for a while.
      const mine = device && network ? `${network.slug}.${device.mark.slice(0, 8)}.` : undefined
      const before = counted.read(request)
      const last = mine && before?.startsWith(mine) ? Number(before.slice(mine.length)) : 0
      const count = needs ?? (Number.isSafeInteger(last) && last >= 0 ? last : 0)
      return {
        frame:
          count > 0
            ? {
                ...frame,
                navigation: frame.navigation.map(each => (each.href === home ? { ...each, count } : each)),
              }
            : frame,
        cookies: [
          ...(word ? [sent.forget] : []),
          ...(mine && needs !== undefined ? [counted.set(mine + needs, minutesOfNeeds * 60)] : []),
        ],
        page(html) {
          const keeps = html.includes(' data-keep=""') && html.includes('<textarea')
          if (!keeps && !word && needs === undefined) return html
          return withOnDevice(html, { script, person: device, sent: word, needs, keeps })
        },
      }
    },

    /** What was kept while it was written need not be any more, and what waited may have been done. */
    afterSending(submitted: SubmittedForm): string[] {
      const name = /^[\w-]{32}$/.exec(submitted.values._kept ?? '')?.[0]
      return [counted.forget, ...(name ? [sent.set(name, 24 * 3600)] : [])]
    },

    /** Whoever signs out leaves nothing on the device, and whoever signs in finds nothing of somebody else's. */
    async withSession(request: Request, response: Response): Promise<Response> {
      const begins = `${house.sessions.cookieName}=`
      const own = response.headers.getSetCookie().find(each => each.startsWith(begins))
      if (!own) return response
      const ends = own === house.sessions.forget
      // It would take along what lets this device tell its owner things: whoever wants that keeps it, and the script of
      // the next page deletes what was being written.
      if (ends) for (const slice of slices) await slice.signsOut?.(request)
      if (ends && !stays.read(request)?.startsWith('stays.'))
        response.headers.append('clear-site-data', '"storage"')
      response.headers.append('set-cookie', sent.set(ends ? 'all' : 'others', 24 * 3600))
      response.headers.append('set-cookie', counted.forget)
      return response
    },
  }
}
