/** Tokens and the comments of the board in memory. */
import { TOLD_MS, type AccessToken, type AccessTokens } from '#hub/ports/access-tokens.ts'
import type { Millis } from '#shared/kernel/time.ts'

/** `isErased`: comments that nobody may show any more. */
export const memoryAccessTokens = (isErased: (id: string) => boolean = () => false): AccessTokens => {
  const kept = new Map<string, AccessToken>()
  const voices = new Map<string, Millis>()
  const change = (id: string, to: Partial<AccessToken>): void => {
    const token = kept.get(id)
    if (token) kept.set(id, { ...token, ...to })
  }
  return {
    add: (token) => {
      if (kept.has(token.id) || [...kept.values()].some(({ hash }) => hash === token.hash)) throw new Error(`there is a token ${token.id} already`)
      kept.set(token.id, structuredClone(token))
    },
    findByHash: (hash) => [...kept.values()].find((token) => token.hash === hash) ?? null,
    list: (now) =>
      [...kept.values()].filter(({ expiresAt, revokedAt }) => Math.min(expiresAt, revokedAt ?? expiresAt) >= now - TOLD_MS).toSorted((a, b) => b.madeAt - a.madeAt || (a.id < b.id ? -1 : 1)),
    revoke: (id, at) => {
      const counts = kept.get(id)?.revokedAt === null
      if (counts) change(id, { revokedAt: at })
      return counts
    },
    noteUse: (id, day) => change(id, { lastDay: day }),
    voices: () => [...voices].toSorted(([a, x], [b, y]) => x - y || (a < b ? -1 : 1)).map(([id]) => id),
    showVoice: (id, at) => {
      if (!voices.has(id) && !isErased(id)) voices.set(id, at)
    },
    hideVoice: (id) => void voices.delete(id),
  }
}
