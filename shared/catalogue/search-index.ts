/** The index that search runs on: every word of every article, folded, forwards and backwards. */
import { foldedWords } from './fold-text.ts'
import { LABELS } from './labels.ts'
import type { Category, Product } from './product.ts'

/** What a word of each part of an article is worth. */
export const WEIGHT = { german: 10, english: 7, synonym: 7, category: 6, brand: 4, ancestor: 2 } as const
export type Part = keyof typeof WEIGHT
/** The parts in which an article is named; shelf and maker only say where it stands. */
export const NAMING: readonly Part[] = ['german', 'english', 'synonym']
/** Words that tell of what or with what: after a preposition ("Thunfisch in Olivenöl" is no oil), or beside the word that shelf and synonyms confirm ("Peanut Butter Eis" is no butter). */
const ATTRIBUTE = 0.6
const PREPOSITIONS = new Set(['in', 'aus', 'mit', 'ohne', 'von', 'con', 'with', 'from', 'for', 'fur'])

export type Posting = { readonly product: number; readonly part: Part; readonly weight: number }
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
    for (const { word, part, weight } of weighWords(article, categoriesById, wordsOf)) {
      const postings = found.get(word)
      if (postings) postings.push({ product, part, weight })
      else found.set(word, [{ product, part, weight }])
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

type Weighed = { readonly word: string; readonly part: Part; readonly weight: number }

/** Every word of every part of an article; a word of several parts comes several times. */
const weighWords = (product: Product, categoriesById: ReadonlyMap<string, Category>, wordsOf: WordsOf): readonly Weighed[] => {
  const shelves = (ofCategory: boolean): readonly string[] =>
    product.taxons.filter((taxon) => (taxon === product.category) === ofCategory).flatMap((taxon) => Object.values(categoriesById.get(taxon)?.name ?? LABELS[taxon] ?? {}))
  const shelf = shelves(true)
  const confirming = [...shelf, ...product.synonyms].flatMap(wordsOf)
  const weighed = (part: Part, texts: readonly string[]): readonly Weighed[] =>
    [...new Set(texts.flatMap(wordsOf))].map((word) => ({ word, part, weight: WEIGHT[part] }))
  return [
    ...weighName('german', wordsOf(product.name.de), confirming),
    ...weighName('english', wordsOf(product.name.en), confirming),
    ...weighed('synonym', product.synonyms),
    ...weighed('category', shelf),
    ...weighed('brand', product.brand ? [product.brand] : []),
    ...weighed('ancestor', shelves(false)),
  ]
}

/** The words of a name: those that say what it is in full, the others as attributes. */
const weighName = (part: Part, words: readonly string[], confirming: readonly string[]): readonly Weighed[] => {
  const weights = new Map<string, number>()
  const confirmed = new Set(words.filter((word) => confirming.some((other) => isConfirmed(word, other))))
  let isAfterPreposition = false
  for (const word of words) {
    const isAttribute = isAfterPreposition || (confirmed.size > 0 && !confirmed.has(word))
    weights.set(word, Math.max(weights.get(word) ?? 0, WEIGHT[part] * (isAttribute ? ATTRIBUTE : 1)))
    isAfterPreposition ||= PREPOSITIONS.has(word)
  }
  return [...weights].map(([word, weight]) => ({ word, part, weight }))
}

/** The same word, its plural, or a compound of it: "joghurtbutter" by "butter". */
const isConfirmed = (word: string, other: string): boolean =>
  word === other || (other.length >= 4 && (word.endsWith(other) || (word.length >= 4 && Math.abs(word.length - other.length) <= 2 && (word.startsWith(other) || other.startsWith(word)))))

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
