/** Search over the articles of a device: offline, as one types, forgiving about umlauts, slips and compounds. */
import { readEan } from './ean.ts'
import { isWithinEdits } from './edit-distance.ts'
import { isDescribing } from './describing-words.ts'
import { foldedWords } from './fold-text.ts'
import type { Product } from './product.ts'
import { beginningWith, endingWith, hasWord, NAMING, placeOf, WEIGHT, type Part, type SearchIndex } from './search-index.ts'
import { synonymsOf } from './synonyms.ts'

export { indexProducts } from './search-index.ts'

/** Words of one query that count; people do not type more, pasted text may. */
const MAX_WORDS = 6
/** Letters of one word that count. */
const MAX_LETTERS = 32
const DEFAULT_HITS = 60
/** Hits below this share of the best one are noise. */
const RELEVANT = 0.5
/** What the other parts of an article add that have the word too: shelf and synonyms confirm a name. */
const CONFIRMED = 0.5

/** How well a typed word fits a word of an article, 1 being the same. */
const FIT = { same: 1, stem: 0.9, synonym: 0.8, head: 0.65, inside: 0.35, split: 0.5, slip: 0.4 } as const
/** A beginning fits the better the more of the word is typed. */
const fitOfBeginning = (word: string, whole: string): number => {
  if (word === whole) return FIT.same
  // A whole word may only say of what: "gemüse" in "Gemüsesuppe".
  const least = whole.length >= word.length + MIN_HEAD && word.length >= 4 ? 0.3 : 0.5
  return least + (0.4 * word.length) / whole.length
}
/** Letters of a word that can be part of a compound. */
const MIN_HEAD = 3
/** Takes a score for a part of a product; the best of each is kept. */
type Raise = (product: number, part: Part, score: number) => void

/** A found article; higher scores first. */
export type SearchHit = { readonly product: Product; readonly score: number }

/**
 * The articles that fit what was typed so far; none for an empty query.
 * Shape   every word must fit; if none fits them all, the articles that fit the most of them, among these one that names a thing: white couverture is no answer to "white wine".
 * Order   better fit first, then as in the index: the same on every device.
 */
export const searchProducts = (index: SearchIndex, query: string, limit: number = DEFAULT_HITS): readonly SearchHit[] => {
  const code = index.byCode.get(readEan(query) ?? query.trim())
  if (code !== undefined) return [{ product: index.products[code]!, score: WEIGHT.german }]
  const words = foldedWords(query.slice(0, MAX_WORDS * MAX_LETTERS)).slice(0, MAX_WORDS).map((word) => word.slice(0, MAX_LETTERS))
  const onlyDescribes = words.every(isDescribing)
  const fits = new Uint8Array(index.products.length)
  const named = new Uint8Array(index.products.length)
  const sums = new Float64Array(index.products.length)
  for (const word of words) {
    const names = onlyDescribes || !isDescribing(word)
    fitWord(index, word).forEach((score, product) => {
      if (score === 0) return
      fits[product]! += 1
      sums[product]! += score
      if (names) named[product] = 1
    })
  }
  const most = fits.reduce((a, b, product) => (named[product] ? Math.max(a, b) : a), 0)
  return most === 0 ? [] : best(index, sums.map((sum, product) => (named[product] && fits[product] === most ? sum : 0)), onlyDescribes ? 0 : RELEVANT, limit)
}

/** Sorted as plain numbers, score before place, because a single letter fits thousands of articles. */
const best = (index: SearchIndex, scores: Float64Array, relevant: number, limit: number): readonly SearchHit[] => {
  const hundredths = (score: number): number => Math.round(score * 100)
  const least = relevant * scores.reduce((a, b) => Math.max(a, b), 0)
  const keys = [...scores.keys()].filter((product) => scores[product]! > 0 && scores[product]! >= least).map((product) => (1e6 - hundredths(scores[product]!)) * 1e6 + product)
  return Array.from(Float64Array.from(keys).sort().subarray(0, limit), (key) => {
    const product = key % 1e6
    return { product: index.products[product]!, score: hundredths(scores[product]!) / 100 }
  })
}

const PARTS = Object.keys(WEIGHT) as readonly Part[]

/** Per article its best part, and something for each other part that has the word too. */
const fitWord = (index: SearchIndex, word: string): Float64Array => {
  const scores = new Float64Array(index.products.length * PARTS.length)
  let fitting = 0
  const raise: Raise = (product, part, score) => {
    fitting += 1
    const at = product * PARTS.length + PARTS.indexOf(part)
    if (score > scores[at]!) scores[at] = score
  }
  fitDirectly(index, word, 1, raise)
  for (const synonym of synonymsOf(word)) fitDirectly(index, synonym, FIT.synonym, raise)
  if (!hasWord(index, word)) fitSplit(index, word, raise)
  if (fitting === 0) fitSlips(index, word, raise)
  return Float64Array.from({ length: index.products.length }, (_, product) => {
    let most = 0
    let sum = 0
    for (let at = product * PARTS.length; at < (product + 1) * PARTS.length; at++) {
      sum += scores[at]!
      if (scores[at]! > most) most = scores[at]!
    }
    return most + CONFIRMED * (sum - most)
  })
}

/** Shorter words stand in others by chance: "wein" in "Schweinefilet". */
const MIN_INSIDE = 5

/** Same word, singular for plural, beginning, end or middle of a longer word. */
const fitDirectly = (index: SearchIndex, word: string, factor: number, raise: Raise): void => {
  for (const at of beginningWith(index, word)) credit(index, at, factor * fitOfBeginning(word, index.words[at]!), raise)
  const stem = word.replace(/(en|n|e|er|s|es)$/, '')
  if (stem.length >= 4 && stem !== word && hasWord(index, stem)) credit(index, placeOf(index, stem), factor * FIT.stem, raise)
  for (const at of endingWith(index, word)) if (isHead(index, word, index.words[at]!)) credit(index, at, factor * FIT.head, raise)
  if (word.length < MIN_INSIDE) return
  index.words.forEach((other, at) => {
    if (other.length > word.length + 3 && other.indexOf(word, 3) > 0) credit(index, at, factor * FIT.inside, raise)
  })
}

/** The head of a German compound is its end: "käse" in "Frischkäse"; but not "eis" in "Reis", nor in "Risottoreis". */
const isHead = (index: SearchIndex, word: string, whole: string): boolean => {
  const from = whole.length - word.length
  return from >= MIN_HEAD && !hasWord(index, whole.slice(from - 1)) && !hasWord(index, whole.slice(from - 2))
}

/** A compound whose parts stand apart in a name: "Traubensaft" finds "Saft aus Trauben", "Hafermilch" finds "Hafer Milch". */
const fitSplit = (index: SearchIndex, word: string, raise: Raise): void => {
  for (let cut = 3; cut <= word.length - 2; cut++) {
    const right = fitPart(index, word.slice(cut))
    if (right.size === 0) continue
    const left = fitPart(index, word.slice(0, cut))
    for (const [product, score] of left) {
      const both = right.get(product)
      if (both !== undefined) raise(product, 'german', (FIT.split * (score + both)) / 2)
    }
  }
}

/** One part of a compound, with or without the letter that joins it to the next. */
const fitPart = (index: SearchIndex, part: string): ReadonlyMap<number, number> => {
  const scores = new Map<number, number>()
  const raise: Raise = (product, of, score) => {
    if (NAMING.includes(of)) scores.set(product, Math.max(score, scores.get(product) ?? 0))
  }
  for (const form of new Set([part, part.replace(/(s|n|en|es|er)$/, '')])) {
    if (form.length < 2) continue
    for (const word of [form, ...synonymsOf(form)]) {
      if (hasWord(index, word)) credit(index, placeOf(index, word), FIT.same, raise)
      if (word.length < 4) continue
      for (const at of beginningWith(index, word)) credit(index, at, fitOfBeginning(word, index.words[at]!), raise)
      for (const at of endingWith(index, word)) if (isHead(index, word, index.words[at]!)) credit(index, at, FIT.head, raise)
    }
  }
  return scores
}

/** In short words a slip makes another word: "Bier" is no "Eier". */
const MIN_SLIP = 5

/** Nothing fits: one slip from five letters on, two from eight on; the first letter is right. */
const fitSlips = (index: SearchIndex, word: string, raise: Raise): void => {
  if (word.length < MIN_SLIP) return
  const limit = word.length < 8 ? 1 : 2
  for (const at of beginningWith(index, word[0]!)) {
    const other = index.words[at]!
    if (isWithinEdits(word, other, limit)) credit(index, at, FIT.slip, raise)
    else if (other.length > word.length && isWithinEdits(word, other, limit, true)) credit(index, at, FIT.slip * FIT.stem, raise)
  }
}

const credit = (index: SearchIndex, at: number, fit: number, raise: Raise): void => {
  for (const { product, part, weight } of index.postings[at]!) raise(product, part, fit * weight)
}
