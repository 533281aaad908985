/** An interest as far as an agenda can meet it. */
export interface InterestToMeet {
  readonly organisation: string
  /** Own words, by commas: products, suppliers, other names. */
  readonly otherNames: string
  /** The names of the Trust, when it is one of the network's. */
  readonly trustNames: readonly string[]
  readonly projectTitle: string | null
  readonly trustId: number | null
  readonly projectId: number | null
}

/** An agenda item as far as it can touch an interest. */
export interface ItemToMeet {
  readonly texts: readonly { readonly where: Where; readonly text: string }[]
  /** Of the contributions that it answers. */
  readonly trustIds: readonly number[]
  readonly projectIds: readonly number[]
}

type Where = 'title' | 'about' | 'paper-title' | 'paper-summary'

export interface Hit {
  readonly by: 'organisation' | 'trust' | 'project' | 'word'
  /** As the person wrote it. */
  readonly words: string
  readonly where: Where | 'contribution'
}

/** What a name carries that says nothing of who it is. */
const forms = new Set(
  'ltd limited plc llp llc inc incorporated corp corporation co company gmbh ag sa bv group holdings uk the'.split(
    ' ',
  ),
)
/** Words that are in every agenda of a hospital network: alone they name nobody. */
const everywhere = new Set(
  'nhs trust hospital hospitals foundation university health healthcare care imaging network board group patient patients service services radiology none self'.split(
    ' ',
  ),
)

/** Whole words without case, accents and signs: "Siemens-Healthineers’" is "siemens healthineers". */
export function normalise(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[’']s\b/g, '')
    .replaceAll(/[’']/g, '')
    .replaceAll('&', ' and ')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** The words to look for; undefined when they would be in every agenda. */
export function phraseOf(name: string): string | undefined {
  const words = normalise(name).split(' ').filter(Boolean)
  const core = words.filter(each => !forms.has(each))
  const kept = core.length > 0 ? core : words
  const tells = kept.some(each => !everywhere.has(each))
  const phrase = kept.join(' ')
  return tells && phrase.length >= 3 ? phrase : undefined
}

/** A name inside a text, as whole words; what a name's form leaves out may stand between ("Acme Ltd Imaging" is not asked). */
function holds(text: string, name: string): boolean {
  const phrase = phraseOf(name)
  if (phrase === undefined) return false
  const words = normalise(text)
    .split(' ')
    .filter(each => !forms.has(each))
    .join(' ')
  return ` ${words} `.includes(` ${phrase} `)
}

/**
 * An interest meets an item by organisation or supplier, Trust, project, or the person's own word (BOARD-11). It finds
 * rather too much than too little: the person and the chair say what it is.
 */
export function meet(interest: InterestToMeet, item: ItemToMeet): Hit | undefined {
  const names: [Hit['by'], string][] = [
    ['organisation', interest.organisation],
    ...interest.trustNames.map((name): [Hit['by'], string] => ['trust', name]),
    ...(interest.projectTitle ? ([['project', interest.projectTitle]] satisfies [Hit['by'], string][]) : []),
    ...interest.otherNames
      .split(/[,;\n]/)
      .map(each => each.trim())
      .filter(each => each !== '')
      .map((word): [Hit['by'], string] => ['word', word]),
  ]
  for (const { where, text } of item.texts) {
    for (const [by, words] of names) if (holds(text, words)) return { by, words, where }
  }
  if (interest.projectId !== null && item.projectIds.includes(interest.projectId)) {
    return { by: 'project', words: interest.projectTitle ?? '', where: 'contribution' }
  }
  if (interest.trustId !== null && item.trustIds.includes(interest.trustId)) {
    return { by: 'trust', words: interest.trustNames[0] ?? '', where: 'contribution' }
  }
  return undefined
}

const places: Record<Hit['where'], string> = {
  title: 'in the title of the item',
  about: 'in what the item is about',
  'paper-title': 'in the title of a paper',
  'paper-summary': 'in the summary of a paper',
  contribution: 'in a contribution that the item answers',
}

/** Why it was found, for the person and the chair: names the interest, and of the item only where. */
export const whyOf = ({ words, where }: Hit): string => `“${words}” is ${places[where]}`
