import type { ReactNode } from 'react'
import { Checkboxes, EmailField, PhoneField, Radios, TextArea, TextField } from '#design/index.ts'
import { theirs } from '#kernel/text/theirs.ts'
import type { Channel } from '#platform/database/tables.ts'
import type { Filled, Screen } from '#platform/http/route.ts'
import { type Answers, longest, type Step } from './answers.ts'
import type { KnownTrust } from './queries.ts'
import { BeforeYouWrite, WhyWeAsk } from './why.tsx'

export interface Asked {
  readonly slug: string
  readonly network: string
  readonly answers: Partial<Answers>
  readonly filled: Filled
  readonly trusts: readonly KnownTrust[]
}

type Question = Pick<Screen, 'title'> & { readonly body: ReactNode }

const contactTitles: Record<Channel, string> = {
  email: 'What is your e-mail address?',
  phone: 'What number shall we ring?',
  text: 'What number shall we send text messages to?',
  post: 'What is your address?',
}

/** One thing a page (R46): the question is the page's heading. */
export function question(step: Exclude<Step, 'check'>, asked: Asked): Question {
  const { slug, answers, filled } = asked
  const { errors } = filled
  const typed = (name: 'name' | 'channel' | 'words' | 'help') => filled.values[name] ?? answers[name]
  switch (step) {
    case 'name': {
      const title = 'What is your name?'
      return {
        title,
        body: (
          <TextField
            asHeading
            name="name"
            label={title}
            hint={
              <WhyWeAsk
                slug={slug}
                why="So that we know what to call you. Any name you go by will do."
                who="Only the team sees it for now."
              />
            }
            autocomplete="name"
            value={typed('name')}
            errors={errors}
          />
        ),
      }
    }
    case 'channel': {
      const title = 'How shall we reach you?'
      return {
        title,
        body: (
          <Radios
            asHeading
            name="channel"
            label={title}
            hint={
              <WhyWeAsk
                slug={slug}
                why="So that everything we tell you comes in the way that suits you. One way is enough, and you can change it later."
                who="Only the team sees it."
              />
            }
            options={[
              { value: 'email', label: 'By e-mail' },
              { value: 'phone', label: 'By phone: you ring me' },
              { value: 'text', label: 'By text message' },
              { value: 'post', label: 'By post' },
            ]}
            value={typed('channel')}
            errors={errors}
          />
        ),
      }
    }
    case 'contact':
      return contactQuestion(answers.channel ?? 'email', asked)
    case 'words': {
      const title = 'Would you like to tell us something about yourself?'
      return {
        title,
        body: (
          <>
            <TextArea
              asHeading
              optional
              name="words"
              label={title}
              hint={
                <WhyWeAsk
                  slug={slug}
                  why="A few words help us to have a good talk: what made you think of us, or what you would like to change. You do not need to know anything about imaging, and we do not want a CV."
                  who="Only the team sees it."
                />
              }
              maxCharacters={longest.words}
              value={typed('words')}
              errors={errors}
            />
            <BeforeYouWrite />
          </>
        ),
      }
    }
    case 'hospitals':
      return hospitalsQuestion(asked)
    case 'help': {
      const title = 'Is there any help that you need to take part?'
      return {
        title,
        body: (
          <>
            <TextArea
              asHeading
              optional
              name="help"
              label={title}
              hint={
                <WhyWeAsk
                  slug={slug}
                  why="So that we can arrange it: large print, British Sign Language, somebody to read with, a meeting place with a lift. You do not have to say why you need it."
                  who="Only the team sees it, and each look is written down."
                />
              }
              maxCharacters={longest.help}
              value={typed('help')}
              errors={errors}
            />
            <BeforeYouWrite />
          </>
        ),
      }
    }
  }
}

function contactQuestion(channel: Channel, { slug, network, answers, filled }: Asked): Question {
  const title = contactTitles[channel]
  const same = {
    asHeading: true,
    name: 'contact',
    label: title,
    hint: (
      <WhyWeAsk
        slug={slug}
        why={`So that ${network} can get in touch with you, and for nothing else.`}
        who="Only the team sees it."
      />
    ),
    value: filled.values.contact ?? answers.contact,
    errors: filled.errors,
  }
  const body =
    channel === 'email' ? (
      <EmailField {...same} />
    ) : channel === 'post' ? (
      <TextArea {...same} rows={5} autocomplete="street-address" maxCharacters={longest.post} />
    ) : (
      <PhoneField {...same} />
    )
  return { title, body }
}

/** By the hospitals' names: few people know what their Trust is called. */
function hospitalsQuestion({ slug, answers, filled, trusts }: Asked): Question {
  const title = 'Which hospitals do you know best?'
  const chosen = filled.values.trust ?? (answers.trustId ? String(answers.trustId) : '')
  const mayKnow = filled.lists.mayKnow ?? (answers.trustMayKnow ? ['yes'] : [])
  return {
    title,
    body: (
      <>
        <Radios
          asHeading
          optional
          name="trust"
          label={title}
          hint={
            <WhyWeAsk
              slug={slug}
              why="So that we hear from people all over the area. Your answer changes nothing for you: everybody is welcome."
              who="Only the team sees it, unless you say so below."
            />
          }
          options={[
            { value: '', label: 'None of these, or I would rather not say' },
            ...trusts.map(each => ({
              value: String(each.id),
              label: each.name,
              ...(each.hospitals.length > 0 ? { hint: theirs(each.hospitals.join(', ')) } : {}),
            })),
          ]}
          value={chosen}
          errors={filled.errors}
        />
        <Checkboxes
          optional
          name="mayKnow"
          label="May those hospitals know of you?"
          hint="Each hospital Trust has somebody who looks after people who take part. You can change your mind at any time."
          options={[
            { value: 'yes', label: 'Yes, that person may see my name, and what would help me to take part' },
          ]}
          values={mayKnow}
          errors={filled.errors}
        />
      </>
    ),
  }
}
