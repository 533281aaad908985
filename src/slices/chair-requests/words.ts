import { dateInWords, dueInWords } from '#kernel/calendar/words.ts'
import type { PlainDate } from '#platform/database/tables.ts'
import type { State } from './chair-request.ts'
import type { LoadedRequest } from './store.ts'
import type { RequestKind, Verdict } from './tables.ts'

export const kindWords: Record<RequestKind, { name: string; about: string }> = {
  information: { name: 'Information', about: 'A fact, or where to find it' },
  data: { name: 'Data', about: 'Numbers, for example how long people wait' },
  context: { name: 'Context', about: 'Why something is as it is' },
  background: { name: 'Background', about: 'What happened before, and what was tried' },
  education: { name: 'Education', about: 'Somebody explains how something works' },
}

export const stateWords: Record<State, string> = {
  asked: 'Asked',
  acknowledged: 'They have it',
  'needs-asker': 'Waits for who asked',
  answered: 'Answered',
  'sent-back': 'Asked again',
  'with-portfolio-manager': 'With the portfolio manager',
  closed: 'Answered and closed',
  withdrawn: 'Withdrawn',
}

export const verdictWords: Record<Verdict, string> = {
  yes: 'This answers it',
  partly: 'This answers a part of it',
  no: 'This does not answer it',
}

/** Whose turn it is, by when, and why it is theirs: the first thing on the page. */
export function turnInWords(
  request: LoadedRequest,
  reader: { personId: number },
  today: PlainDate,
): { words: string; late: boolean } {
  const { it, askerId, askerName, groupName } = request
  const you = reader.personId === askerId
  switch (it.state) {
    case 'needs-asker':
      return {
        words: you
          ? `It is your turn: ${groupName} asks you something. Their clock stands still since ${dateInWords(it.stoppedOn)}, so take your time.`
          : `It is ${askerName}’s turn. The clock of ${groupName} stands still since ${dateInWords(it.stoppedOn)}.`,
        late: false,
      }
    case 'answered':
      return {
        words: you
          ? 'It is your turn: does this answer what you asked?'
          : `It is ${askerName}’s turn to say whether this answers it.`,
        late: false,
      }
    case 'closed':
      return {
        words: you ? 'You said that this answers it.' : `${askerName} said that this answers it.`,
        late: false,
      }
    case 'withdrawn':
      return {
        words: you ? 'You do not need this any more.' : `${askerName} does not need this any more.`,
        late: false,
      }
    case 'with-portfolio-manager': {
      const due = dueInWords(it.answerBy, today)
      return { words: `It is the portfolio manager’s turn to answer: ${due.words}.`, late: due.late }
    }
    default: {
      const due = dueInWords(it.state === 'asked' ? it.acknowledgeBy : it.answerBy, today)
      const theirs = request.holderId === reader.personId ? 'you' : 'they'
      const what = it.state === 'asked' ? `say that ${theirs} have it` : 'answer'
      return { words: `${whoHasIt(request, reader)} ${what}: ${due.words}.`, late: due.late }
    }
  }
}

function whoHasIt({ leaders, holderId, groupName }: LoadedRequest, reader: { personId: number }): string {
  const holder = leaders.find(each => each.personId === holderId)
  if (!holder) return `${groupName} has no chair and no deputy now, so the team finds somebody to`
  const away = leaders.find(each => each.role === 'chair' && each.away && each.personId !== holder.personId)
  const because = away ? `${away.name} is away, so it` : 'It'
  const whose = holder.personId === reader.personId ? 'your turn' : `${holder.name}’s turn (${holder.role})`
  return `${because} is ${whose} to`
}
