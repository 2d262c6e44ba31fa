/** German words taken apart: endings off, compounds into what they are glued of. */

/** Endings of declension, conjugation and comparison; longest first. */
const ENDINGS = ['eren', 'erem', 'erer', 'eres', 'sten', 'stem', 'ster', 'stes', 'innen', 'ere', 'ste', 'ern', 'ten', 'tet', 'est', 'nen', 'en', 'er', 'es', 'em', 'et', 'te', 'st', 'in', 'e', 'n', 's', 't', 'r']
/** Sounds that German puts between the parts of a compound. */
const GLUE = ['', 's', 'n', 'en', 'es', 'er', 'e']
/** Shorter parts are found in every second word. */
const MIN_PART = 3
const MIN_STEM = 3

/** A list of stems with what they stand for. */
export type Stems<T> = ReadonlyMap<string, T>

/** Words in small letters; numbers, signs and masked places are left out. Shape  ß stays, apostrophes go. */
export const wordsOf = (text: string): readonly string[] => text.normalize('NFC').toLowerCase().replace(/‹[^›]*›/g, ' ').replace(/[’']/g, '').match(/\p{L}+/gu) ?? []

/** Stems from a list of words parted by spaces. */
export const stemsOf = <T>(lists: readonly (readonly [T, string])[]): Stems<T> => new Map(lists.flatMap(([value, words]) => words.split(/\s+/).filter(Boolean).map((word) => [word, value] as const)))

/** What a word stands for by itself, whatever ending it has; undefined if it is not in the list. */
export const findStem = <T>(stems: Stems<T>, word: string): T | undefined => {
  const own = stems.get(word)
  if (own !== undefined) return own
  for (const ending of ENDINGS) {
    const stem = word.endsWith(ending) ? word.slice(0, -ending.length) : ''
    if (stem.length < MIN_STEM) continue
    const found = stems.get(stem)
    if (found !== undefined) return found
  }
  return undefined
}

/**
 * The parts of a compound, first to last; null if it is none that we know every part of.
 * Order   of several ways the one with the longest last part: what a word is, its end says.
 */
export const compoundParts = (word: string, isPart: (part: string) => boolean): readonly string[] | null => {
  for (let cut = MIN_PART; cut <= word.length - MIN_PART; cut++) {
    const last = word.slice(cut)
    if (!isPart(last)) continue
    const head = headOf(word.slice(0, cut), isPart)
    if (head) return [...head, last]
  }
  return null
}

const headOf = (head: string, isPart: (part: string) => boolean): readonly string[] | null => {
  const bares = GLUE.filter((glue) => head.endsWith(glue)).map((glue) => head.slice(0, head.length - glue.length)).filter((bare) => bare.length >= MIN_PART)
  const whole = bares.find(isPart)
  if (whole !== undefined) return [whole]
  for (const bare of bares) {
    const parts = bare.length >= 2 * MIN_PART ? compoundParts(bare, isPart) : null
    if (parts) return parts
  }
  return null
}
