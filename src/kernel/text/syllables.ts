/** Words that the rules below get wrong and that are often written here. */
const exceptions: Readonly<Record<string, number>> = {
  area: 3,
  areas: 3,
  argue: 2,
  being: 2,
  business: 2,
  colleague: 2,
  colleagues: 2,
  does: 1,
  evening: 2,
  every: 2,
  everyone: 3,
  everybody: 4,
  everything: 3,
  experience: 4,
  families: 3,
  giant: 2,
  goes: 1,
  idea: 3,
  ideas: 3,
  maybe: 2,
  medicine: 2,
  people: 2,
  quiet: 2,
  really: 2,
  safety: 2,
  science: 2,
  something: 2,
  someone: 2,
  somebody: 3,
  sometimes: 2,
  therefore: 2,
  used: 1,
  useful: 2,
  via: 2,
  wednesday: 2,
}

// A last "e" is silent (care, made), except after a consonant and l (table); so mostly are -es and -ed.
const silentEnd = [
  /[^aeiouyl]e$|[aeiouy]le$|[gq]ue$/,
  /[^aeiouydt]ed$/,
  /[^aeiouysxzcgl](?<!sh|ch)es$|[aeiouy]les$/,
  /[^aeiouy]e(?:ly|ful|less|ment|ments|ness)$/,
]

// Vowels that stand side by side and are spoken apart: ra-di-o, di-et, an-nu-al, see-ing; not pa-tient, mil-lion.
const spokenApart = [
  /(?<![cstgx])ia/g,
  /(?<![cstgx])(?<![a-z][ln])io(?!ur)/g,
  /[ct]ia[td]/g,
  /iu|iet|eum|eei|(?<=[aeiou])ying|[^aeiou]oing/g,
  /(?<![cstf]|fr)ien/g,
  /..ier(?:s|$)/g,
  /eo(?!u|pl|n\b)/g,
  /(?<![qg])ua/g,
  /fluid|ruin|genuin|creat(?!ur)|theat|ideal|cereal/g,
  /ism$/g,
]

/** How many syllables an English word has, near enough for a reading age. A number counts as one. */
export function syllables(word: string): number {
  const parts = word.split('-').filter(Boolean)
  if (parts.length > 1) return parts.reduce((sum, part) => sum + syllables(part), 0)
  // An abbreviation that cannot be spoken is spelled: NHS, CT.
  if (/^\p{Lu}{2,6}$/u.test(word) && !/[AEIOUY]/.test(word)) return word.length
  const plain = word
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/['’]s$/, '')
    .replaceAll(/[^a-z]/g, '')
  if (plain.length <= 3) return exceptions[plain] ?? 1
  const known = exceptions[plain]
  if (known) return known
  let count = plain.match(/[aeiouy]+/g)?.length ?? 1
  if (silentEnd.some(each => each.test(plain)) && !/é$/i.test(word.normalize('NFC'))) count -= 1
  for (const each of spokenApart) count += plain.match(each)?.length ?? 0
  return Math.max(1, count)
}
