/** What many comments are about, how they sound, what goes together, and which words of the customers' own keep coming. */
import { associationOf } from '../baskets/association.ts'
import { LEAST_LLR } from '../baskets/also-bought.ts'
import { pairCountsOf } from '../baskets/pair-counts.ts'
import { MIN_SHOWN } from '../figure.ts'
import { wilsonInterval, type Interval } from '../interval.ts'
import { readComment, type Sound } from './read-comment.ts'
import type { Topic } from './topic-words.ts'

/** One comment and the response it belongs to. */
export type Comment = { readonly response: string; readonly text: string }

/**
 * One topic over all comments.
 * Units   shares 0 … 1: of all comments, and of those about this topic that blame.
 * Shape   shares and intervals are null and the ids empty below MIN_SHOWN. `praised`, `neutral`, `blamed` name the responses behind the figure.
 */
export type TopicFigure = {
  readonly topic: Topic
  readonly n: number
  readonly share: number | null
  readonly shareInterval: Interval | null
  readonly blame: number | null
  readonly blameInterval: Interval | null
  readonly praised: readonly string[]
  readonly neutral: readonly string[]
  readonly blamed: readonly string[]
}

/** Two topics in one comment more often than luck makes. */
export type TopicPair = { readonly a: Topic; readonly b: Topic; readonly n: number; readonly lift: number; readonly llr: number; readonly responses: readonly string[] }

/** A word that no list holds, with the responses it stands in. */
export type OwnWord = { readonly word: string; readonly responses: readonly string[] }

export type CommentTopics = {
  readonly comments: number
  /** How each comment sounds as a whole. Order  as they were given. */
  readonly sounds: readonly Sound[]
  /** Comments in which no topic was found. */
  readonly without: number
  readonly topics: readonly TopicFigure[]
  readonly together: readonly TopicPair[]
  readonly ownWords: readonly OwnWord[]
}

const MOST_OWN_WORDS = 30

/** Order  topics by n, pairs by evidence, words by responses, equal ones by name. */
export const commentTopicsOf = (comments: readonly Comment[]): CommentTopics => {
  const read = comments.map(({ response, text }) => ({ response, ...readComment(text) }))
  const mentions = read.flatMap(({ response, mentions }) => mentions.map(({ topic, sound }) => ({ topic, sound, response })))
  const topics = [...Map.groupBy(mentions, ({ topic }) => topic)].map(([topic, own]) => figureOfTopic(topic, own, comments.length))
  return {
    comments: comments.length,
    sounds: read.map(({ sound }) => sound),
    without: read.filter(({ mentions }) => mentions.length === 0).length,
    topics: topics.sort((a, b) => b.n - a.n || (a.topic < b.topic ? -1 : 1)),
    together: pairsOf(read.map(({ response, mentions }) => ({ response, topics: mentions.map(({ topic }) => topic) }))),
    ownWords: ownWordsOf(read),
  }
}

const figureOfTopic = (topic: Topic, own: readonly { readonly sound: Sound; readonly response: string }[], comments: number): TopicFigure => {
  const n = own.length
  if (n < MIN_SHOWN) return { topic, n, share: null, shareInterval: null, blame: null, blameInterval: null, praised: [], neutral: [], blamed: [] }
  const of = (sound: Sound): readonly string[] => own.filter((mention) => mention.sound === sound).map(({ response }) => response)
  const blamed = of(-1)
  return { topic, n, share: n / comments, shareInterval: wilsonInterval(n, comments), blame: blamed.length / n, blameInterval: wilsonInterval(blamed.length, n), praised: of(1), neutral: of(0), blamed }
}

const pairsOf = (read: readonly { readonly response: string; readonly topics: readonly Topic[] }[]): readonly TopicPair[] => {
  const counts = pairCountsOf(read.map(({ topics }) => topics))
  const pairs = [...counts.pairs].flatMap(([a, row]) => [...row].map(([b, n]) => ({ a: a as Topic, b: b as Topic, n })))
  return pairs
    .filter(({ n }) => n >= MIN_SHOWN)
    .map(({ a, b, n }) => {
      const { lift, llr } = associationOf({ baskets: read.length, nA: counts.items.get(a)!, nB: counts.items.get(b)!, nAB: n })
      return { a, b, n, lift, llr, responses: read.filter(({ topics }) => topics.includes(a) && topics.includes(b)).map(({ response }) => response) }
    })
    .filter(({ lift, llr }) => lift > 1 && llr >= LEAST_LLR)
    .sort((x, y) => y.llr - x.llr || (x.a < y.a || (x.a === y.a && x.b < y.b) ? -1 : 1))
}

const ownWordsOf = (read: readonly { readonly response: string; readonly others: readonly string[] }[]): readonly OwnWord[] => {
  const words = Map.groupBy(read.flatMap(({ response, others }) => others.map((word) => ({ word, response }))), ({ word }) => word)
  return [...words]
    .map(([word, own]) => ({ word, responses: [...new Set(own.map(({ response }) => response))] }))
    .filter(({ responses }) => responses.length >= MIN_SHOWN)
    .sort((a, b) => b.responses.length - a.responses.length || (a.word < b.word ? -1 : 1))
    .slice(0, MOST_OWN_WORDS)
}
