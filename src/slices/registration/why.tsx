import { InsetText } from '#design/index.ts'

/** Beside each question: why it is asked, who sees it, how long it is kept (R7). */
export function WhyWeAsk({ why, who, slug }: { why: string; who: string; slug: string }) {
  return (
    <>
      {why} {who} {howLongKept} <a href={`/${slug}/privacy`}>How we look after what you tell us</a>.
    </>
  )
}

export const howLongKept =
  'We keep it while you take part. If it comes to nothing we delete it after 6 months, or at once if you ask.'

/** Where free words are written (R71). */
export function BeforeYouWrite() {
  return (
    <InsetText>
      <p>Please do not write anything that shows who another patient is.</p>
      <p>
        We cannot help with somebody’s own care here. If somebody is in danger, ring 999. If you need medical
        help that cannot wait, ring 111. To complain about care, ask for the Patient Advice and Liaison
        Service (PALS) at the hospital.
      </p>
    </InsetText>
  )
}

/** Only a robot fills this in: nobody sees it, hears it or comes to it with the keyboard. */
export function Honeypot() {
  return (
    <div hidden aria-hidden="true">
      <label htmlFor="website">Leave this empty</label>
      <input id="website" name="website" type="text" tabIndex={-1} autoComplete="off" defaultValue="" />
    </div>
  )
}
