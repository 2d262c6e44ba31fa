/** `npm run insights -- topics`: what German comments are about. */
import { commentTopicsOf } from '#shared/insights/words/comment-topics.ts'
import { TOPIC_NAMES } from '#shared/insights/words/topic-words.ts'
import type { DeskAnswers } from './desk-answers.ts'
import { intervalJson, rounded, type JsonObject } from './figure-json.ts'

/** All words of one person are one comment. */
export const topicsView = ({ responses, kinds }: DeskAnswers): JsonObject => {
  const questions = [...kinds].filter(([, kind]) => kind === 'text').map(([question]) => question)
  const comments = responses.flatMap(({ id, answers }) => {
    const words = questions.flatMap((question) => answers.get(question) ?? [])
    return words.length === 0 ? [] : [{ response: id, text: words.join('. ') }]
  })
  const found = commentTopicsOf(comments)
  return {
    comments: found.comments,
    withoutTopic: found.without,
    topics: found.topics.map(({ topic, n, share, shareInterval, blame, blameInterval, praised, neutral, blamed }) => ({
      topic,
      name: TOPIC_NAMES[topic].de,
      n,
      share: rounded(share, 4),
      shareInterval: intervalJson(shareInterval, 4),
      blame: rounded(blame, 4),
      blameInterval: intervalJson(blameInterval, 4),
      praised,
      neutral,
      blamed,
    })),
    together: found.together.map(({ a, b, n, lift, llr, responses }) => ({ a, b, n, lift: rounded(lift, 4), llr: rounded(llr, 4), responses })),
    ownWords: found.ownWords.map(({ word, responses }) => ({ word, n: responses.length, responses })),
  }
}
