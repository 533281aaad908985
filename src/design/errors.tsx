import type { ReactNode } from 'react'
import { type Frame, frameAddresses } from './frame.ts'
import { telephone } from './furniture.tsx'
import { Page } from './page.tsx'

// Complete pages for what can go wrong. Plain words, what to do next, and a number to ring where there is one.

interface TroubleProps {
  frame: Frame
}

/** 404. Fixed words: they must not tell whether the thing exists for somebody else. */
export function MissingPage({
  frame,
  signedIn = frame.person !== undefined,
}: TroubleProps & { signedIn?: boolean }) {
  const to = frameAddresses(frame)
  return (
    <Page frame={frame} title="We cannot find that page">
      <p>
        If you typed the address, check that it is right. If you pasted it, check that you have all of it.
      </p>
      {signedIn ? (
        <p>
          The page may have moved, or it may not be for you to see. <a href={to.home}>Go to your home page</a>
          .
        </p>
      ) : (
        <p>
          You may need to sign in to see it. <a href={to.signIn}>Sign in</a>, or{' '}
          <a href={to.front}>go to the front page</a>.
        </p>
      )}
      <Ring phone={frame.network?.phone} />
    </Page>
  )
}

/** 403: the form did not prove that it came from one of our pages (R65). */
export function RefusedPage({ frame }: TroubleProps) {
  return (
    <Page frame={frame} title="We could not accept that">
      <p>
        We could not tell that the form came from our own page, so we stopped to keep you safe. Nothing was
        changed.
      </p>
      <p>Go back, load the page again and try once more.</p>
      <Ring phone={frame.network?.phone} />
    </Page>
  )
}

/** 413. `largest` in words: "10 MB". */
export function TooLargePage({ frame, largest }: TroubleProps & { largest?: string }) {
  return (
    <Page frame={frame} title="That is too big to send">
      <p>{largest ? `You can send up to ${largest} at a time.` : 'The files or the text are too big.'}</p>
      <p>Nothing was saved. Go back, choose a smaller file or send fewer files, and try again.</p>
      <Ring phone={frame.network?.phone} otherwise="and we will find another way to get it" />
    </Page>
  )
}

/** 429: how long to wait, and a number to ring (R66). */
export function TooManyPage({
  frame,
  minutes,
  phone,
}: TroubleProps & { minutes: number; phone?: string | undefined }) {
  return (
    <Page frame={frame} title="Please wait before you try again">
      <p>There were too many tries in a short time.</p>
      <p>
        You can try again in {minutes <= 1 ? '1 minute' : `${minutes} minutes`}. Nothing you did before is
        lost.
      </p>
      <Ring phone={phone ?? frame.network?.phone} otherwise="if you cannot wait" />
    </Page>
  )
}

/** 500. The reference finds the trouble in our logs, and holds nothing about the person. */
export function BrokenPage({ frame, requestId }: TroubleProps & { requestId?: string | undefined }) {
  return (
    <Page frame={frame} title="Sorry, something went wrong">
      <p>This is our fault, not yours. Try again in a few minutes.</p>
      <p>If you sent a form, check first whether it was saved before you send it again.</p>
      {requestId && (
        <p>
          If you tell us about it, give us this reference: <strong className="loop-break">{requestId}</strong>
        </p>
      )}
      <Ring phone={frame.network?.phone} />
    </Page>
  )
}

/** 503: starting, stopping, or the database does not answer. */
export function UnavailablePage({ frame, children }: TroubleProps & { children?: ReactNode }) {
  return (
    <Page frame={frame} title="The service is not working right now">
      {children ?? <p>Try again in a few minutes. What you saved before is safe.</p>}
      <Ring phone={frame.network?.phone} />
    </Page>
  )
}

/** The session ended while the person was writing. What was typed waits for them (HOUSE-9, R63). */
export function SessionEndedPage({
  frame,
  signInHref,
  kept = true,
}: TroubleProps & { signInHref?: string; kept?: boolean }) {
  return (
    <Page frame={frame} title="You have been signed out">
      <p>You were away for a while, so we signed you out to keep your account safe.</p>
      {kept ? (
        <p>
          <strong>What you typed is not lost.</strong> We keep it for 24 hours. Sign in and we will bring you
          back to it. Nothing has been sent yet. Files have to be chosen again.
        </p>
      ) : (
        <p>
          <strong>Nothing has been sent yet.</strong> What you chose is not kept, so that it stays your
          secret. Sign in and choose again.
        </p>
      )}
      <p>
        <a className="nhsuk-button" href={signInHref ?? frameAddresses(frame).signIn}>
          Sign in and carry on
        </a>
      </p>
      <Ring phone={frame.network?.phone} />
    </Page>
  )
}

function Ring({ phone, otherwise = 'if you need help' }: { phone: string | undefined; otherwise?: string }) {
  if (!phone) return null
  return (
    <p>
      You can ring us on <a href={telephone(phone)}>{phone}</a> {otherwise}.
    </p>
  )
}
