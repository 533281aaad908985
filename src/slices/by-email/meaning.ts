import type { Intent } from '#platform/mail/replies.ts'

// Nothing here counts by itself: whoever wrote it is asked whether it is what they meant.
const unclear = /^(yes and no|yes,? but|no (problem|worries|need|hurry|rush)|not a problem|not sure|maybe)\b/i
const partly = /^(partly|in part|some of it|half)\b/i
const no =
  /^(no|nope|not really|not closed|declined?|apologies|((i['’]m|i am|so|very) )*sorry|unfortunately|i can ?not|i can['’]?t|i won['’]?t|i will not|cannot|can['’]?t)(?![\w'’])/i
const yes =
  /^(yes|yep|yeah|ye|ok|okay|agreed?|accept(ed)?|fine|sure|of course|happy to|with pleasure|gladly|(that['’]?s|that is|it['’]?s|it is) (fine|right|closed|ok)|i (can|will|accept|agree)\b|i['’]ll (come|be there|do it)|coming)(?![\w'’])/i
const polite =
  /^(hi|hello|dear|good (morning|afternoon|evening)|hiya|thanks?( you)?( very much| so much)?( for [^.!\n]{1,80})?)\b[^\n,.!–-]{0,40}[,.!–-]*\s*/i

/** The yes or no at the beginning of what somebody wrote; everything else is words. */
export function meaningOf(words: string): Intent['answer'] {
  let rest = words.trim()
  // A greeting says nothing.
  for (let n = 0; n < 3 && polite.test(rest); n += 1) {
    const after = rest.replace(polite, '').trim()
    if (after === '' || after === rest) break
    rest = after
  }
  if (unclear.test(rest)) return 'words'
  if (partly.test(rest)) return 'partly'
  if (no.test(rest)) return 'no'
  return yes.test(rest) ? 'yes' : 'words'
}

const wantsToJoin =
  /\b(take part|join|register|volunteer|get involved|involved with|sign (me )?up|interested in|interest in|become a|help you|to help)\b/i
const isAView =
  /\b(should|ought to|could you|why (do|did|is|are|was|were)|my (scan|x-?ray|appointment|mri|ultrasound|experience)|complain|suggest|waited|waiting (room|time|list)|nobody (told|said|explained))\b/i

/** Somebody whom we do not know says something, rather than that they would like to take part. */
export const looksLikeAView = (words: string): boolean => isAView.test(words) && !wantsToJoin.test(words)
