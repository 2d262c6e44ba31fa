/** What customers write about, as answers to choose from: by what they judge is theirs to say. */
import type { Option } from '#shared/feedback/survey.ts'
import { foldText } from '#shared/catalogue/fold-text.ts'
import type { TopicsReply } from '#shared/protocol/figures.ts'
import type { NewId } from './survey-edit.ts'

/** `n`: comments about it. `isOwnWord`: as they wrote it, in German alone. */
export type WordOption = { readonly option: Option; readonly n: number; readonly isOwnWord: boolean }

/** More help nobody to choose. */
const MOST = { topics: 8, words: 4 } as const

/** What is not among the answers yet. Order  topics, then words of their own, each the most frequent first. */
export const wordOptions = ({ topics, ownWords }: Pick<TopicsReply, 'topics' | 'ownWords'>, parts: readonly Option[], newId: NewId): readonly WordOption[] => {
  const ids = new Set(parts.map(({ id }) => id))
  const words = new Set(parts.flatMap(({ text }) => [foldText(text.de), foldText(text.en)]))
  const named = topics
    .filter(({ share }) => share !== null)
    .filter(({ topic, name }) => !ids.has(topic) && !words.has(foldText(name.de)))
    .map(({ topic, name, n }): WordOption => ({ option: { id: topic, text: name }, n, isOwnWord: false }))
  const own = ownWords.filter(({ word }) => !words.has(foldText(word))).map(({ word, n }): WordOption => ({ option: { id: newId('o'), text: { de: word, en: '' } }, n, isOwnWord: true }))
  return [...named.toSorted((a, b) => b.n - a.n).slice(0, MOST.topics), ...own.toSorted((a, b) => b.n - a.n).slice(0, MOST.words)]
}
