import type { ForRole } from './tables.ts'

export interface DefaultModule {
  readonly slug: string
  readonly roles: readonly ForRole[]
  readonly title: string
  readonly summary: string
  readonly body: string
  /** As `readQuestions` reads them. */
  readonly questions: string
}

const everybody: readonly ForRole[] = ['volunteer', 'member', 'chair', 'deputy']

/** What a new network begins with: plain, short, and with no network's name in it. The team makes them its own. */
export const defaultModules: readonly DefaultModule[] = [
  {
    slug: 'how-the-network-works',
    roles: everybody,
    title: 'How the network works',
    summary: 'Who decides what, and how your view travels.',
    body: `An imaging network is made of several NHS Trusts. They plan scans and X-rays together.

## The groups

- The board decides for the whole network.
- A special interest group (SIG) knows one kind of scan well, such as MRI. It gives advice.
- A workstream gets one piece of work done.

## How your view travels

1. You say something, in any way you like. The team writes it down.
2. It gets a day and a group that talks about it.
3. The group says what it will do, or why it will not.
4. You hear what came of it. Only you can say that it is closed.

You can see where it is at any time.`,
    questions: `Question: Who can close something that you raised?
Right: Only I can
Because: The team and the chair cannot. There is no button for them.
Wrong: The chair of the group
Because: The chair says what the group will do. Closing it is for you alone.
Wrong: The team
Because: The team writes things down and chases answers. Closing it is for you alone.`,
  },
  {
    slug: 'confidentiality',
    roles: everybody,
    title: 'What stays in the room',
    summary: 'What you may pass on, and what you may not.',
    body: `Each paper and each item has a mark that says who may read it.

- **Public**: anybody may read it, and you may talk about it.
- **Board only**: for the group. Please do not pass it on.
- **Confidential**: for a few people who are named.

## If you are not sure

Ask the chair or the team first. Nobody minds.

## If something gets out by mistake

Tell the team at once. The sooner we know, the more we can do. Nobody is blamed for telling.

## What this never stops

If somebody is in danger or care is not safe, you can always speak up.`.replaceAll('**', ''),
    questions: `Question: A friend asks about an item that is marked “board only”. What do you do?
Right: I say that I cannot talk about it
Wrong: I tell them, if they promise to keep it to themselves
Because: A promise does not change the mark. What is for the group stays in the group.
Wrong: I send them the paper
Because: Papers that are marked “board only” are not passed on to anybody.

Question: You see that somebody is not safe. The paper is confidential. What now?
Right: I speak up
Because: Confidentiality never stops anybody from speaking up.
Wrong: I keep quiet, because I agreed to
Because: What you agreed to never stands in the way of safety.`,
  },
  {
    slug: 'conflicts-of-interest',
    roles: everybody,
    title: 'Conflicts of interest',
    summary: 'Saying what you have a stake in, so that decisions are fair.',
    body: `An interest is a stake in something: a job, money, a place in a charity, or somebody close to you who has one.

Having one is no fault. Most people do. What matters is to say so.

## What happens then

- Your interest stands in a register. Everybody can read it.
- If an item touches it, the chair decides what follows. You may stay, or speak without a vote, or leave for that item.
- You always see what was decided and why.

## When to say it

Within 28 days after it begins, once a year, and before a meeting if something is new.`,
    questions: `Question: Your sister works for a firm that sells scanners. Is that an interest?
Right: Yes, through somebody close to me
Wrong: No, because it is not my own job
Because: What somebody close to you has a stake in counts, too. No name is needed.
Wrong: Only if she earns a lot
Because: The sum does not matter. Saying so keeps decisions fair.`,
  },
  {
    slug: 'meetings',
    roles: ['volunteer', 'member'],
    title: 'How meetings run',
    summary: 'Before, in and after a meeting.',
    body: `## Before

You get the agenda and the papers some working days before. Each paper begins with a short summary in plain English. You can ask a question about any part of it, or ask somebody to go through it with you.

You can ask for an item of your own. Items from volunteers come first in the list.

## In the meeting

The chair leads. Say if a word is not clear: others will be glad. If a paper came late, you may ask to move its item.

If there is a vote, the page shows what you vote on and how. You can change your vote until it is closed.

## After

The minutes say what was decided and why. You can ask to put something right.`,
    questions: `Question: A paper came two days before the meeting. What can you do?
Right: Ask to move its item to a later meeting
Wrong: Nothing
Because: You have a right to your time for reading. You may ask to move the item.
Wrong: Only the chair can do something
Because: You can ask yourself. The chair then answers with a reason.`,
  },
  {
    slug: 'this-service',
    roles: ['volunteer'],
    title: 'Using this service',
    summary: 'Where things are, and what to do without a computer.',
    body: `## On the screen

- “Home” shows what needs you now, what is coming, and what has moved.
- “Say something” is for an idea, an experience or a question.
- The search finds what people said, papers and answers.
- At the foot of each page you find words explained, help, and who to ring.

## Without a computer

Everything here can be done by phone or by post, too. The team writes it down in your words, and reads it back to you.

## Ways to reach you

You choose how we tell you things. You can change it at any time.`,
    questions: `Question: You do not like using a computer. What can you still do?
Right: Everything, by phone or by post
Wrong: Only listen in meetings
Because: Voting in open votes, saying something, answering: all of it works by phone or by post.
Wrong: Nothing, sorry
Because: Nobody is left out. Ring the team, and they write down what you say.`,
  },
  {
    slug: 'disagreeing-well',
    roles: everybody,
    title: 'Disagreeing with respect',
    summary: 'Why a “no” is useful, and how to say it.',
    body: `A group that always agrees learns little. Your “no” is as useful as your “yes”.

## What helps

- Speak about the idea, not the person.
- Say what you saw or felt yourself.
- Say what would change your mind.
- Ask before you guess what somebody meant.

## When you vote against

You can have your reason written into the minutes, in your own words.

## When it hurts

If somebody is rude to you, tell the chair or the team. You can also raise a concern, and choose who reads it.`,
    questions: `Question: You think a plan is wrong. What helps the group most?
Right: I say what I saw and what would change my mind
Wrong: I keep quiet, so that nobody is upset
Because: Then the group does not hear what you know. A “no” with a reason helps.
Wrong: I say that whoever wrote it has no idea
Because: That is about the person. Speak about the plan.`,
  },
]
