/** The index that search runs on: every word of every article, folded, forwards and backwards. */
import { foldedWords } from './fold-text.ts'
import { LABELS } from './labels.ts'
import type { Category, Product } from './product.ts'

/** Where the word stands; an attribute follows a preposition: "Thunfisch in Olivenöl" is no oil. */
export const WEIGHT = { german: 10, english: 7, synonym: 7, category: 6, brand: 4, ancestor: 2, attribute: 0.6 } as const
const PREPOSITIONS = new Set(['in', 'aus', 'mit', 'ohne', 'von', 'con', 'with', 'from', 'for', 'fur'])

type Posting = { readonly product: number; readonly weight: number }
export type SearchIndex = {
  /** Shorter names first, then by number: the order among equally good hits. */
  readonly products: readonly Product[]
  /** All folded words, sorted; and what each is found in. */
  readonly words: readonly string[]
  readonly postings: readonly (readonly Posting[])[]
  /** Words written backwards, sorted, with the place of each in `words`: finds what ends in "käse". */
  readonly backwards: readonly { readonly word: string; readonly at: number }[]
  readonly byCode: ReadonlyMap<string, number>
}

/** The index of an assortment, made once per release. */
export const indexProducts = (products: readonly Product[], categories: readonly Category[]): SearchIndex => {
  const categoriesById = new Map(categories.map((category) => [category.id, category]))
  const ranked = [...products].sort((a, b) => a.name.de.length - b.name.de.length || a.number - b.number)
  const found = new Map<string, Map<number, number>>()
  const add = (product: number, text: string, weight: number): void => {
    let factor = 1
    for (const word of foldedWords(text)) {
      const at = found.get(word) ?? new Map<number, number>()
      at.set(product, Math.max(at.get(product) ?? 0, weight * factor))
      found.set(word, at)
      if (PREPOSITIONS.has(word)) factor = WEIGHT.attribute
    }
  }
  ranked.forEach((product, i) => {
    add(i, product.name.de, WEIGHT.german)
    add(i, product.name.en, WEIGHT.english)
    for (const synonym of product.synonyms) add(i, synonym, WEIGHT.synonym)
    if (product.brand) add(i, product.brand, WEIGHT.brand)
    for (const taxon of product.taxons) {
      const name = categoriesById.get(taxon)?.name ?? LABELS[taxon]
      if (name) add(i, `${name.de} ${name.en}`, taxon === product.category ? WEIGHT.category : WEIGHT.ancestor)
    }
  })
  const words = [...found.keys()].sort()
  return {
    products: ranked,
    words,
    postings: words.map((word) => [...found.get(word)!].map(([product, weight]) => ({ product, weight }))),
    backwards: words.map((word, at) => ({ word: reversed(word), at })).sort((a, b) => (a.word < b.word ? -1 : 1)),
    byCode: new Map<string, number>(ranked.flatMap((product, i) => [product.sku, product.ean].filter((code) => code !== '').map((code) => [code, i] as const))),
  }
}

/** Whether some article has exactly this word. */
export const hasWord = (index: SearchIndex, word: string): boolean => index.words[placeOf(index, word)] === word

/** Where a word stands in `words`, or would stand. */
export const placeOf = (index: SearchIndex, word: string): number => lowerBound(index.words, word)

/** Places of the words that begin with `word`. */
export const beginningWith = (index: SearchIndex, word: string): readonly number[] => {
  const from = lowerBound(index.words, word)
  return places(lowerBound(index.words, word + LAST) - from, (i) => from + i)
}

/** Places of the words that end with `word`. */
export const endingWith = (index: SearchIndex, word: string): readonly number[] => {
  const ending = reversed(word)
  const from = lowerBound(index.backwards, ending, (entry) => entry.word)
  return places(lowerBound(index.backwards, ending + LAST, (entry) => entry.word) - from, (i) => index.backwards[from + i]!.at)
}

/** Sorts after every letter. */
const LAST = '\uffff'
const places = (length: number, at: (i: number) => number): readonly number[] => Array.from({ length }, (_, i) => at(i))
const reversed = (word: string): string => [...word].reverse().join('')

/** First place whose word is not before `word`. */
const lowerBound = <T>(sorted: readonly T[], word: string, wordOf: (item: T) => string = String): number => {
  let from = 0
  let until = sorted.length
  while (from < until) {
    const middle = (from + until) >> 1
    if (wordOf(sorted[middle]!) < word) from = middle + 1
    else until = middle
  }
  return from
}
