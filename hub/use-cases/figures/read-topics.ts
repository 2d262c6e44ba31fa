/** What comments are about, and the comments behind each figure. */
import type { Analyst } from '#hub/ports/analyst.ts'
import { READ_PAGE, type AnswerReader, type MaskedWords } from '#hub/ports/answer-reader.ts'
import { MIN_SHOWN } from '#shared/insights/figure.ts'
import { topicsFormula } from '#shared/insights/formula.ts'
import type { CommentTopics } from '#shared/insights/words/comment-topics.ts'
import { TOPIC_NAMES } from '#shared/insights/words/topic-words.ts'
import { WORDS_PAGE, type SoundName, type TopicsReply, type TopicsRequest, type WordsReply, type WordsRequest } from '#shared/protocol/figures.ts'
import type { FigureParts } from './figure-parts.ts'
import { missingDevices } from './read-insights.ts'

export type TopicParts = FigureParts & { readonly reader: AnswerReader; readonly analyst: Analyst; pause(): Promise<unknown> }

/** Comments that are read at once at most, the newest. */
const MOST_COMMENTS = 10_000
/** Answers to questions about topics that are kept. */
const MOST_KEPT = 8

type Read = { readonly comments: readonly MaskedWords[]; readonly left: number }
type Found = Read & { readonly topics: CommentTopics }

export const topicReading = (parts: TopicParts) => {
  const kept = new Map<string, Promise<Found>>()
  /** The same question about the same answers is worked out once. */
  const find = (request: TopicsRequest): Promise<Found> => {
    const name = JSON.stringify([parts.feedback.version(), request.from ?? null, request.until ?? null, request.at ?? null])
    const known = kept.get(name)
    if (known) return known
    const found = readAll(parts, request).then(async (read) => Object.assign({}, read, { topics: await parts.analyst.topics(read.comments.map(({ response, text }) => ({ response, text }))) }))
    kept.set(name, found)
    found.catch(() => kept.delete(name))
    for (const oldest of [...kept.keys()].slice(0, Math.max(0, kept.size - MOST_KEPT))) kept.delete(oldest)
    return found
  }
  return { topics: async (request: TopicsRequest): Promise<TopicsReply> => tell(parts, request, await find(rangeOf(request))), words: async (request: WordsRequest): Promise<WordsReply> => behind(request, await find(rangeOf(request))) }
}

const rangeOf = ({ from, until, at }: TopicsRequest): TopicsRequest => ({ ...(from !== undefined && { from }), ...(until !== undefined && { until }), ...(at !== undefined && { at }) })

/** All words of one person are one comment. Order  newest first. */
const readAll = async ({ reader, pause }: TopicParts, request: TopicsRequest): Promise<Read> => {
  const comments = new Map<string, MaskedWords>()
  let left = 0
  for (let before = Number.MAX_SAFE_INTEGER; ; await pause()) {
    const page = reader.words(request, before)
    for (const words of page) {
      const own = comments.get(words.response)
      if (own) comments.set(words.response, { ...own, text: `${words.text}. ${own.text}` })
      else if (comments.size < MOST_COMMENTS) comments.set(words.response, words)
      else left += 1
    }
    if (page.length < READ_PAGE) return { comments: [...comments.values()], left }
    before = page.at(-1)!.n
  }
}

const tell = (parts: TopicParts, { from, until }: TopicsRequest, { topics: found, left }: Found): TopicsReply => {
  const asOf = parts.clock.now()
  return {
    comments: found.comments,
    without: found.without,
    topics: found.topics.map(({ topic, n, share, shareInterval, blame, blameInterval, praised }) => ({ topic, name: TOPIC_NAMES[topic], n, share, shareInterval, blame, blameInterval, praise: share === null ? null : praised.length / n })),
    together: found.together.map(({ a, b, n, lift, llr }) => ({ a, b, n, lift, llr })),
    ownWords: found.ownWords.map(({ word, responses }) => ({ word, n: responses.length })),
    left,
    formula: topicsFormula,
    missing: missingDevices(parts, { from: from ?? -Infinity, until: Math.min(until ?? asOf, asOf) + 1 }, asOf),
    asOf,
  }
}

/** The comments of a figure; of fewer than MIN_SHOWN there is no figure, so none are listed behind it. */
const behind = ({ topic, with: other, word, sound, after = 0 }: WordsRequest, { comments, topics }: Found): WordsReply => {
  const figure = topic === undefined ? null : topics.topics.find((one) => one.topic === topic)
  const pair = topics.together.find(({ a, b }) => other !== undefined && [a, b].includes(other) && [a, b].includes(topic!))
  const named =
    word !== undefined ? (topics.ownWords.find((one) => one.word === word)?.responses ?? [])
    : other !== undefined ? (pair?.responses ?? [])
    : topic !== undefined ? [...(figure?.praised ?? []), ...(figure?.neutral ?? []), ...(figure?.blamed ?? [])]
    : comments.map(({ response }) => response)
  const members = new Set(named.length < MIN_SHOWN ? [] : named)
  const soundOf = soundsOf(comments, topics, topic)
  const heard = comments.filter(({ response }) => members.has(response)).map(({ response, touchpoint, at, text }) => ({ response, touchpoint, at, text, sound: soundOf(response) }))
  const all = heard.filter((one) => sound === undefined || one.sound === sound)
  const page = all.slice(after, after + WORDS_PAGE)
  return { total: all.length, responses: page, next: after + page.length < all.length ? after + page.length : null }
}

/** How each comment sounds about a topic, or as a whole: found when the topics were. */
const soundsOf = (comments: readonly MaskedWords[], { topics, sounds }: CommentTopics, topic: WordsRequest['topic']): ((response: string) => SoundName) => {
  const known = new Map(comments.map(({ response }, i) => [response, SOUNDS[sounds[i]!]]))
  const figure = topics.find((one) => one.topic === topic)
  for (const [responses, sound] of [[figure?.praised, 'praise'], [figure?.neutral, 'neutral'], [figure?.blamed, 'blame']] as const) for (const response of responses ?? []) known.set(response, sound)
  return (response) => known.get(response)!
}

const SOUNDS = { [-1]: 'blame', 0: 'neutral', 1: 'praise' } as const
