/** Rules and decisions about recommendations in memory. */
import type { BoughtRules, BoughtStore } from '#hub/ports/bought-store.ts'
import type { Millis } from '#shared/kernel/time.ts'
import { targetKey, type StoredChoice } from '#shared/protocol/bought.ts'

export const memoryBoughtStore = (): BoughtStore => {
  const choices = new Map<string, StoredChoice>()
  let counted: { readonly at: Millis; readonly rules: BoughtRules } | null = null
  return {
    rules: () => counted,
    keepRules: (rules, at) => void (counted = { at, rules: structuredClone(rules) }),
    choices: () => [...choices].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one),
    keepChoice: (target, choice, at) => void (choice === null ? choices.delete(targetKey(target)) : choices.set(targetKey(target), structuredClone({ target, choice, at }))),
  }
}
