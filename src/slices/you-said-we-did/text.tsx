import { Quote } from '#design/index.ts'
import type { PublicText } from './publication.ts'

/** The one way this text is shown: in public, in the preview, and to those who are asked to agree to it. */
export function PublicTextParts({ text, titleLevel }: { text: PublicText; titleLevel?: 2 | 3 }) {
  const Title = `h${titleLevel ?? 2}` as const
  const level = titleLevel === 2 ? 3 : titleLevel === 3 ? 4 : 2
  return (
    <>
      {titleLevel && (
        <Title className="loop-break" dir="auto">
          {text.title}
        </Title>
      )}
      <Part title="You said" words={text.youSaid} level={level} quoted />
      <Part title="We did" words={text.weDid} level={level} />
      {text.next && <Part title="What happens next" words={text.next} level={level} />}
    </>
  )
}

function Part(props: { title: string; words: string; level: 2 | 3 | 4; quoted?: boolean }) {
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
