import type { ReactNode } from 'react'
import { ButtonLink, telephone } from '#design/index.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { Call, Screen } from '#platform/http/route.ts'
import { signInPaths } from '#slices/sign-in/index.ts'
import type { Connected } from './connection.ts'
import { elsewherePaths as paths } from './paths.ts'
import type { Trouble } from './provider.ts'

/** What somebody reads who came back and is not signed in: what happened, and the way that always works. */
export function notIn(
  call: Call,
  { network, settings }: Connected,
  given: {
    title: string
    to: string
    status?: number
    cookies?: readonly string[]
    body: ReactNode
    again?: boolean
  },
): Response {
  const screen: Screen = {
    title: given.title,
    body: (
      <>
        {given.body}
        {given.again !== false && (
          <ButtonLink href={paths.start(network.slug, given.to)}>
            Try {theirs(settings.name)} again
          </ButtonLink>
        )}
        <ButtonLink href={signInPaths.signIn(given.to || `/${network.slug}/home`)} secondary>
          Sign in with a code by e-mail
        </ButtonLink>
        {network.phone && (
          <p>
            Or ring us: <a href={telephone(network.phone)}>{network.phone}</a>
          </p>
        )}
      </>
    ),
  }
  return call.page(screen, {
    status: given.status ?? 200,
    ...(given.cookies ? { cookies: given.cookies } : {}),
  })
}

/** What went wrong at the provider, and whose it is to put right. */
export function troubleScreen(
  trouble: Trouble,
  name: string,
): { title: string; status: number; body: ReactNode } {
  switch (trouble) {
    case 'cancelled':
      return {
        title: 'You are not signed in',
        status: 200,
        body: <p>You stopped, or {theirs(name)} did not let you go on. Nothing was changed here.</p>,
      }
    case 'ask-them':
      return {
        title: 'Sign in again',
        status: 200,
        body: <p>You are not signed in with {theirs(name)} any more. So we signed you out here, too.</p>,
      }
    case 'down':
      return {
        title: `${theirs(name)} does not answer`,
        status: 503,
        body: <p>We could not reach it just now. It may work again in a few minutes.</p>,
      }
    case 'clock':
      return {
        title: `We cannot trust what ${theirs(name)} says now`,
        status: 502,
        body: (
          <p>
            Its clock and ours differ, so we cannot tell whether its answer is new. This is not your fault.
            Tell the team, who can have it put right.
          </p>
        ),
      }
    case 'not-known-there':
      return {
        title: `${theirs(name)} does not know this service`,
        status: 502,
        body: <p>What was set up here does not fit any more. This is not your fault. Tell the team.</p>,
      }
    case 'over':
      return {
        title: 'That sign-in was used already',
        status: 400,
        body: <p>Each sign-in works once. Begin again.</p>,
      }
    case 'key':
    case 'not-for-us':
      return {
        title: `We cannot trust what ${theirs(name)} says`,
        status: 502,
        body: <p>The answer was not signed by it, or was not meant for us. So we did not use it.</p>,
      }
  }
}
