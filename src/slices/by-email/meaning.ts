import type { Intent } from '#platform/mail/replies.ts'

/** What somebody can begin with, in one language. Nothing here counts by itself: its writer is asked whether it is meant. */
interface Words {
  readonly unclear: RegExp
  readonly partly: RegExp
  readonly no: RegExp
  readonly yes: RegExp
  readonly polite: RegExp
}

const english: Words = {
  unclear: /^(yes and no|yes,? but|no (problem|worries|need|hurry|rush)|not a problem|not sure|maybe)\b/i,
  partly: /^(partly|in part|some of it|half)\b/i,
  no: /^(no|nope|not really|not closed|declined?|apologies|((i['’]m|i am|so|very) )*sorry|unfortunately|i can ?not|i can['’]?t|i won['’]?t|i will not|cannot|can['’]?t)(?![\w'’])/i,
  yes: /^(yes|yep|yeah|ye|ok|okay|agreed?|accept(ed)?|fine|sure|of course|happy to|with pleasure|gladly|(that['’]?s|that is|it['’]?s|it is) (fine|right|closed|ok)|i (can|will|accept|agree)\b|i['’]ll (come|be there|do it)|coming)(?![\w'’])/i,
  polite:
    /^(hi|hello|dear|good (morning|afternoon|evening)|hiya|thanks?( you)?( very much| so much)?( for [^.!\n]{1,80})?)\b[^\n,.!–-]{0,40}[,.!–-]*\s*/i,
}

/** "Do" is yes in Welsh, and begins a question in English: it counts alone. */
const welsh: Words = {
  unclear:
    /^(ie a na(ge)?|(ie|ydw|ydy|ydyn|oes|iawn),? ond|dim problem|ddim yn si[ŵw]r|efallai|falle)(?![\p{L}'’])/iu,
  partly: /^(yn rhannol|rhannol|hanner|rhan ohono)(?![\p{L}'’])/iu,
  no: /^(na|nage|naddo|nac? (ydw|ydy|ydyn|ydi|oes)|ni allaf|(al|ga)la i ddim|methu dod|(mae('n)? )?(ddrwg|flin) (gen i|'da fi)|yn anffodus)(?![\p{L}'’])/iu,
  yes: /^(ie|ydw|ydy|ydyn|ydi|oes|iawn|gwnaf|gallaf|wrth gwrs|cytuno|cytunaf|rwy'?n cytuno|derbyn|popeth yn iawn|(bydda|fydda) i yno|do(?=\s*([.,!]|$)))(?![\p{L}'’])/iu,
  polite:
    /^(helo|shwmae|annwyl|bore da|(prynhawn|p'nawn) da|noswaith dda|diolch( yn fawr)?( iawn)?( am [^.!\n]{1,80})?)(?![\p{L}])[^\n,.!–-]{0,40}[,.!–-]*\s*/iu,
}

/** Also as many type it in Latin letters. */
const urdu: Words = {
  unclear:
    /^(ہاں (اور|بھی) نہیں|(جی )?(ہاں|جی)[،,]? ?(لیکن|مگر)|کوئی بات نہیں|معلوم نہیں|پتا نہیں|پتہ نہیں|شاید|shayad|pata nahin?)(?!\p{L})/iu,
  partly: /^(جزوی|جزوی طور پر|کچھ حد تک|کچھ حصہ|آدھا)(?!\p{L})/u,
  no: /^(جی نہیں|نہیں|نہ|معذرت|معاف|افسوس|میں نہیں|ji nahin?|nahin?)(?!\p{L})/iu,
  yes: /^(جی ہاں|ہاں جی|ہاں|جی بالکل|جی|بالکل|ٹھیک ہے|ٹھیک|درست|صحیح|منظور|قبول|ضرور|متفق|میں آؤں گ[اای]|haan? ji|ji haan?|haan|ji|theek hai)(?!\p{L})/iu,
  polite:
    /^(السلام علیکم|اسلام علیکم|وعلیکم السلام|سلام|آداب|محترم(ہ)?|جناب|عزیز|بہت شکریہ|آپ کا (بہت )?شکریہ|شکریہ|salaam|assalamu? alaikum|shukriya)(?!\p{L})[^\n،,.۔!–-]{0,40}[،,.۔!–-]*\s*/iu,
}

const languages = [english, welsh, urdu]

/** Keyboards write the same Urdu letter in several ways, and put signs around it that nobody sees. */
const asTyped = (words: string): string =>
  words
    .normalize('NFC')
    .replaceAll(/[\u064b-\u065f\u0670\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
    .replaceAll(/[\u064a\u0649]/g, 'ی')
    .replaceAll('\u0643', 'ک')
    .replaceAll('\u0647', 'ہ')
    .replaceAll('\u06c0', 'ہ')

/** The yes or no at the beginning of what somebody wrote; everything else is words. */
export function meaningOf(words: string): Intent['answer'] {
  let rest = asTyped(words).trim()
  const is = (what: keyof Words) => languages.some(each => each[what].test(rest))
  // A greeting says nothing.
  for (let n = 0; n < 3; n += 1) {
    const polite = languages.find(each => each.polite.test(rest))?.polite
    const after = polite && rest.replace(polite, '').trim()
    if (!after || after === rest) break
    rest = after
  }
  if (is('unclear')) return 'words'
  if (is('partly')) return 'partly'
  if (is('no')) return 'no'
  return is('yes') ? 'yes' : 'words'
}

const wantsToJoin =
  /\b(take part|join|register|volunteer|get involved|involved with|sign (me )?up|interested in|interest in|become a|help you|to help)\b/i
const isAView =
  /\b(should|ought to|could you|why (do|did|is|are|was|were)|my (scan|x-?ray|appointment|mri|ultrasound|experience)|complain|suggest|waited|waiting (room|time|list)|nobody (told|said|explained))\b/i

/** Somebody whom we do not know says something, rather than that they would like to take part. */
export const looksLikeAView = (words: string): boolean => isAView.test(words) && !wantsToJoin.test(words)
