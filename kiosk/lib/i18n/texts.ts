/** Typed messages: German is the type, English must match it key by key, so a missing or misspelt key does not compile. */
import type { Language } from '#shared/kernel/language.ts'

/** One text, or a sentence made from facts. */
type Message = string | ((...facts: never[]) => string)
type Messages = { readonly [key: string]: Message | readonly string[] }

export type Texts<M> = { readonly [L in Language]: { readonly usual: M; readonly simple: M } }

type Written<M> = {
  readonly de: M
  readonly en: NoInfer<M>
  /** Simpler wordings (short sentences, everyday words) of some of the messages. */
  readonly simple?: { readonly [L in Language]?: Partial<NoInfer<M>> }
}

/** The messages of one area in every language; `simple` wordings fall back to the usual ones. */
export const defineTexts = <M extends Messages>(written: Written<M>): Texts<M> => ({
  de: { usual: written.de, simple: { ...written.de, ...written.simple?.de } },
  en: { usual: written.en, simple: { ...written.en, ...written.simple?.en } },
})
