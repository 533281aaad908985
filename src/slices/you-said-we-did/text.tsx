import { Quote } from '#design/index.ts'
import type { PublicText } from './publication.ts'

/** The one way this text is shown: in public, in the preview, and to those who are asked to agree to it. */
export function PublicTextParts({ text, withTitle = false }: { text: PublicText; withTitle?: boolean }) {
  return (
    <>
      {withTitle && (
        <h3 className="loop-break" dir="auto">
          {text.title}
        </h3>
      )}
      <Part title="You said" words={text.youSaid} level={withTitle ? 4 : 2} quoted />
      <Part title="We did" words={text.weDid} level={withTitle ? 4 : 2} />
      {text.next && <Part title="What happens next" words={text.next} level={withTitle ? 4 : 2} />}
    </>
  )
}

function Part(props: { title: string; words: string; level: 2 | 4; quoted?: boolean }) {
  const Heading = `h${props.level}` as const
  return (
    <>
      <Heading className="nhsuk-heading-s">{props.title}</Heading>
      {props.quoted ? (
        <Quote words={props.words} />
      ) : (
        <p className="loop-words" dir="auto">
          {props.words}
        </p>
      )}
    </>
  )
}
