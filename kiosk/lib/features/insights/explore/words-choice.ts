/** Which words somebody wants to read: of a topic, of two that stand together, or with a word of the customers' own. */
import type { Topic } from '#shared/insights/words/topic-words.ts'
import type { SoundName } from '#shared/protocol/figures.ts'

export type WordsChoice = { readonly topic?: Topic; readonly with?: Topic; readonly word?: string; readonly sound?: SoundName }
