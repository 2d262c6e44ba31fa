/** What a German comment is about and how it sounds, by word lists alone: nothing leaves the store. */
import { compoundParts, findStem, stemsOf, wordsOf } from './german-words.ts'
import { BOOSTERS, DEGREES, LITTLE, MOOD_WORDS, MUCH, NEGATION_BACK, NEGATION_REACH, NEGATORS, PHRASES, SPELLINGS, STRONGER, TURNED_FROM_BEHIND, UNWANTED, WANTED, WEAKER, WISH, WISH_VALUE } from './mood-words.ts'
import { COMPOUND_PARTS, FAINT_WORDS, TOPIC_WORDS, TOPICS, type Topic } from './topic-words.ts'

/** −1 blame, 0 neither, 1 praise. */
export type Sound = -1 | 0 | 1

/** A topic as it is spoken of in a comment. Shape  `words` are those it was known by, as written, in small letters. */
export type Mention = { readonly topic: Topic; readonly sound: Sound; readonly words: readonly string[] }

/** Shape  one mention per topic; `others` are words that no list holds, each once, candidates for topics of the customers' own. */
export type ReadComment = { readonly mentions: readonly Mention[]; readonly sound: Sound; readonly others: readonly string[] }

/** Order  mentions as they first appear. */
export const readComment = (text: string): ReadComment => {
  const clauses = clausesOf(text).map(readClause)
  const found = new Map<Topic, { sum: number; readonly words: string[] }>()
  for (const [i, clause] of clauses.entries()) {
    const value = clause.value !== 0 ? clause.value : borrowed(clauses, i)
    for (const { topic, word } of clause.topics) {
      const mention = found.get(topic) ?? { sum: 0, words: [] }
      if (mention.words.length === 0 || !clause.topics.some((other) => other.topic === topic && mention.words.includes(other.word))) mention.sum += value
      mention.words.push(word)
      found.set(topic, mention)
    }
  }
  return {
    mentions: [...found].map(([topic, { sum, words }]) => ({ topic, sound: soundOf(sum), words: [...new Set(words)] })),
    sound: soundOf(clauses.reduce((sum, { value }) => sum + value, 0)),
    others: [...new Set(clauses.flatMap(({ others }) => others))],
  }
}

type Clause = { readonly value: number; readonly topics: readonly { readonly topic: Topic; readonly word: string }[]; readonly others: readonly string[] }

const TOPIC_STEMS = stemsOf(TOPICS.map((topic) => [topic, TOPIC_WORDS[topic]] as const))
const MOOD_STEMS = stemsOf(Object.entries(MOOD_WORDS).map(([value, words]) => [Number(value), words] as const))
const PART_STEMS = stemsOf([['part', COMPOUND_PARTS]])
const isPart = (word: string): boolean => findStem(TOPIC_STEMS, word) !== undefined || findStem(PART_STEMS, word) !== undefined || findStem(MOOD_STEMS, word) !== undefined

/** Parts of sentences: where one thing ends and a "but" begins, the sound may turn. */
const clausesOf = (text: string): readonly string[] => text.split(/[.!?;:,\n–—]+|\s(?=(?:aber|jedoch|doch|dafür|dagegen|sondern|nur dass|obwohl)\s)/iu).map((part) => part.trim()).filter(Boolean)

const readClause = (clause: string): Clause => {
  const words = wordsOf(clause)
  const plain = SPELLINGS.reduce((text, [spelling, usual]) => text.replace(spelling, usual), words.join(' '))
  const spoken = words.flatMap((word) => topicsOf(word).map((topic) => ({ topic, word })))
  const clear = spoken.filter(({ word }) => !FAINT_WORDS.has(word))
  const topics = clear.length > 0 ? clear : spoken
  const others = words.filter((word) => word.length >= MIN_OTHER && topicsOf(word).length === 0 && moodOf(word) === 0 && !STOP_WORDS.has(word) && !STRONGER.has(word))
  const phrase = PHRASES.filter(([pattern]) => pattern.test(plain)).reduce((sum, [, value]) => sum + value, 0)
  const weighed = phrase !== 0 ? phrase : words.reduce((sum, _, at) => sum + valueAt(words, at), 0)
  if (phrase === 0 && WISH.test(plain) && weighed >= 0) return { value: WISH_VALUE, topics, others }
  // "keine Toilette": what people look for is not there
  const lacks = weighed === 0 && topics.length > 0 && words.some((word, at) => word.startsWith('kein') && words.slice(at + 1, at + 3).some((next) => topicsOf(next).length > 0))
  return { value: lacks ? -1 : weighed, topics, others }
}

/** A clause that speaks of a topic without a sound takes that of the next one, if that speaks of nothing else. */
const borrowed = (clauses: readonly Clause[], at: number): number => {
  const [next, before] = [clauses[at + 1], clauses[at - 1]]
  if (next && next.topics.length === 0) return next.value
  return before && before.topics.length === 0 ? before.value : 0
}

const valueAt = (words: readonly string[], at: number): number => {
  const word = words[at]!
  if (words[at - 1] === 'zu' && DEGREES.has(word)) return -2
  const amount = amountAt(words, at)
  const value = amount !== 0 ? amount : moodOf(word)
  if (value === 0 || isNegator(word)) return 0
  const strength = STRONGER.has(words[at - 1] ?? '') ? 1.5 : WEAKER.has(words[at - 1] ?? '') ? 0.7 : 1
  return (isNegated(words, at) ? -1 : 1) * value * strength
}

/** Much or little of something, if that stands within the next two words. */
const amountAt = (words: readonly string[], at: number): number => {
  const sign = MUCH.test(words[at]!) ? 1 : LITTLE.test(words[at]!) ? -1 : 0
  if (sign === 0) return 0
  const next = words.slice(at + 1, at + 3)
  // the waiting itself weighs −1; a short one weighs it up
  if (next.some((word) => UNWANTED.test(word))) return sign > 0 ? -1 : 2.5
  return next.some((word) => WANTED.test(word)) ? sign : 0
}

const isNegated = (words: readonly string[], at: number): boolean => {
  const before = words.slice(Math.max(0, at - NEGATION_REACH), at)
  const place = before.findLastIndex(isNegator)
  if (place >= 0 && before[place + 1] !== 'nur') return true
  return TURNED_FROM_BEHIND.test(words[at]!) && words.slice(at + 1, at + 1 + NEGATION_BACK).some(isNegator)
}

const isNegator = (word: string): boolean => NEGATORS.has(word)

const topicsOf = (word: string): readonly Topic[] => {
  const own = findStem(TOPIC_STEMS, word)
  if (own !== undefined) return [own]
  const topic = partsOf(word).toReversed().map((part) => findStem(TOPIC_STEMS, part)).find((one) => one !== undefined) ?? findStem(TOPIC_STEMS, word.replace(BOOSTERS, ''))
  return topic === undefined ? [] : [topic]
}

/** A compound sounds like its last part: a queue at the checkout like a queue. */
const moodOf = (word: string): number => findStem(MOOD_STEMS, word) ?? findStem(MOOD_STEMS, partsOf(word).at(-1) ?? '') ?? findStem(MOOD_STEMS, word.replace(BOOSTERS, '')) ?? 0

const NO_PARTS: readonly string[] = []
const partsOf = (word: string): readonly string[] => (word.length >= SHORTEST_COMPOUND && findStem(TOPIC_STEMS, word) === undefined ? compoundParts(word, isPart) : null) ?? NO_PARTS
const SHORTEST_COMPOUND = 7

const soundOf = (sum: number): Sound => (sum > 0.2 ? 1 : sum < -0.2 ? -1 : 0)

const MIN_OTHER = 4
/** Words that are in every comment. */
const STOP_WORDS = new Set(
  'aber alle allem allen aller alles also andere auch beim bereits bevor bist dabei dafür damit dann daran darf dass dein deine dem den denen denn der deren des deshalb dessen die dies diese diesem diesen dieser dieses doch dort durch eine einem einen einer eines einfach einmal erst etwas euch euer eure ganz gibt habe haben hatte hatten hier hinter ihnen ihre ihrem ihren ihrer immer jede jedem jeden jeder jedes jetzt kann könnte machen macht mehr mein meine meinem meinen meiner mich mir muss musste müssen nach nachdem nein noch oder oben schon sehr sein seine seit selbst sich sind soll sollte sondern sonst über unser unsere unter viel viele vom vor wann war waren warum was weil welche wenn werde werden wie wieder wird wirklich wurde wurden würde zum zur zwar zwischen heute gestern morgen bitte sogar dazu davon gerade nicht kein keine keinen wieder lieber meist meistens gewesen geworden'.split(' '),
)
