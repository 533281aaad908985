import type { ForRole } from './tables.ts'

export interface DefaultAgreement {
  readonly slug: string
  readonly roles: readonly ForRole[]
  readonly title: string
  readonly body: string
}

/** What a new network begins with, in plain words and with no network's name in it. The team makes them its own. */
export const defaultAgreements: readonly DefaultAgreement[] = [
  {
    slug: 'role',
    roles: ['volunteer'],
    title: 'What a volunteer does, and what you can expect from us',
    body: `## What we ask of you

- Say what you think, as somebody who uses services or cares for somebody who does.
- Come to the meetings of your group when you can, and tell us when you cannot.
- Read the papers, or ask us to go through them with you.
- Speak for more people than yourself when you can.

You do not need to know about imaging. You can say no to any task without giving a reason.

## What you can expect

- We write down what you say, and tell you what came of it.
- You get papers in time, in the way that you need.
- You are part of the decision, not a guest at it.
- Somebody from the team is there for you.

## How it ends

You can stop at any time and need not say why. You can also take a rest and come back.`,
  },
  {
    slug: 'confidentiality',
    roles: ['volunteer', 'member', 'chair', 'deputy', 'team'],
    title: 'Confidentiality',
    body: `In meetings you may hear things that are not for everybody.

## What I agree to

- What is marked “board only” or “confidential” stays with those who may read it.
- I do not pass on what somebody told about their health or their family.
- I do not put papers where others can find them.
- If something gets out by mistake, I tell the team at once. Nobody is blamed for telling.

## What this does not mean

It does not stop me from saying that something is wrong. If somebody is in danger, or care is not safe, I can always speak up. This agreement never stands in the way of that.`,
  },
  {
    slug: 'conduct',
    roles: ['volunteer', 'member', 'chair', 'deputy'],
    title: 'Code of conduct',
    body: `## How we treat each other

- We listen, and let people finish.
- We may disagree with an idea. We do not attack the person.
- We use words that everybody can follow, and explain the ones that not everybody knows.
- We say openly when we have a stake in something.
- We treat everybody with the same respect, whoever they are.

## If it goes wrong

Anybody can tell the chair, the team, or raise a concern. Nobody suffers for doing so.`,
  },
]
