import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { readability } from '#kernel/text/readability.ts'
import { withoutMarks } from '#kernel/text/theirs.ts'
import { type MessageKind, type MessageText, messageTexts } from './message-texts.ts'

const on = Temporal.PlainDate.from('2026-06-24')
const it = 'C-1042'
const answer = {
  youSaid: 'The letter should say how long it takes.',
  weHeard: 'You want to plan your day.',
  whatHappened: 'We changed the letter.',
  next: 'We ask you again in the spring.',
  by: 'Bea Chair',
}

const samples: Record<MessageKind, MessageText> = {
  acknowledged: messageTexts.acknowledged(it, 'Board', on, 'They meet in June.'),
  'acknowledged-group': messageTexts['acknowledged-group'](it, 'Board', on),
  asked: messageTexts.asked(it, 'Which letter do you mean?'),
  answered: messageTexts.answered(it),
  signposted: messageTexts.signposted(it, '0121 496 0001'),
  considered: messageTexts.considered(it, {
    outcome: 'passed-on',
    group: 'Board',
    reason: 'The road is not ours.',
    passedTo: 'the council',
  }),
  'answer-due': messageTexts['answer-due'](it, on),
  'fed-back': messageTexts['fed-back'](it, answer),
  'verdict-reminder': messageTexts['verdict-reminder'](it),
  'ended-unanswered': messageTexts['ended-unanswered'](it),
  'answer-translated': messageTexts['answer-translated'](it),
  'verdict-recorded': messageTexts['verdict-recorded'](it, 'no', 'The letter is the same.'),
  reopened: messageTexts.reopened(it, on, 2),
  closed: messageTexts.closed(it),
}

test.each(Object.entries(samples))(
  'LOOP-11 R48 the message “%s” is easy to read, and its subject says nothing of what was written',
  (_, marked) => {
    // As it goes out: what somebody wrote is marked for translators only.
    const text = JSON.parse(withoutMarks(JSON.stringify(marked))) as MessageText
    expect(text).toMatchSnapshot()
    expect(readability(text.paragraphs.join('\n')).readingAge).toBeLessThanOrEqual(11)
    expect(text.subject).toContain(it)
    for (const words of [answer.youSaid, answer.whatHappened, 'The letter is the same.', 'Which letter']) {
      expect(text.subject + text.short).not.toContain(words)
    }
  },
)
