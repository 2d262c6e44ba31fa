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
  const wordsOf = rememberedWords()
  const categoriesById = new Map(categories.map((category) => [category.id, category]))
  const ranked = [...products].sort((a, b) => a.name.de.length - b.name.de.length || a.number - b.number)
  const found = new Map<string, Posting[]>()
  ranked.forEach((article, product) => {
    for (const [word, weight] of weighWords(article, categoriesById, wordsOf)) {
      const postings = found.get(word)
      if (postings) postings.push({ product, weight })
      else found.set(word, [{ product, weight }])
    }
  })
  const words = [...found.keys()].sort()
  return {
    products: ranked,
    words,
    postings: words.map((word) => found.get(word)!),
    backwards: words.map((word, at) => ({ word: reversed(word), at })).sort((a, b) => (a.word < b.word ? -1 : 1)),
    byCode: new Map<string, number>(ranked.flatMap((product, i) => [product.sku, product.ean].filter((code) => code !== '').map((code) => [code, i] as const))),
  }
}

type WordsOf = (text: string) => readonly string[]

/** Synonyms, brands and category names repeat from article to article. */
const rememberedWords = (): WordsOf => {
  const known = new Map<string, readonly string[]>()
  return (text) => {
    const words = known.get(text) ?? foldedWords(text)
    known.set(text, words)
    return words
  }
}

/** Every word of an article with its best weight. */
const weighWords = (product: Product, categoriesById: ReadonlyMap<string, Category>, wordsOf: WordsOf): ReadonlyMap<string, number> => {
  const weights = new Map<string, number>()
  const add = (text: string, weight: number): void => {
    let factor = 1
    for (const word of wordsOf(text)) {
      weights.set(word, Math.max(weights.get(word) ?? 0, weight * factor))
      if (PREPOSITIONS.has(word)) factor = WEIGHT.attribute
    }
  }
  add(product.name.de, WEIGHT.german)
  add(product.name.en, WEIGHT.english)
  for (const synonym of product.synonyms) add(synonym, WEIGHT.synonym)
  if (product.brand) add(product.brand, WEIGHT.brand)
  for (const taxon of product.taxons) {
    const name = categoriesById.get(taxon)?.name ?? LABELS[taxon]
    const weight = taxon === product.category ? WEIGHT.category : WEIGHT.ancestor
    if (name) for (const text of [name.de, name.en]) add(text, weight)
  }
  return weights
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
