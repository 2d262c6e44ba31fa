/** Baskets on their way onto a kiosk in memory. */
import { MOST_BROUGHT, type BroughtBaskets, type KeptBrought } from '#hub/ports/brought-baskets.ts'

export const memoryBroughtBaskets = (): BroughtBaskets => {
  const kept = new Map<string, KeptBrought>()
  const newestFirst = (): readonly KeptBrought[] => [...kept.values()].toSorted((a, b) => b.at - a.at)
  return {
    keep: (brought, forgetBefore) => {
      for (const { id, at } of kept.values()) if (at < forgetBefore) kept.delete(id)
      if (!kept.has(brought.id)) kept.set(brought.id, { ...brought })
      const last = kept.size > MOST_BROUGHT ? newestFirst()[MOST_BROUGHT - 1] : undefined
      if (last) for (const { id, at } of kept.values()) if (at < last.at) kept.delete(id)
    },
    findByCode: (code, since) => newestFirst().find((one) => one.code === code && one.at >= since) ?? null,
  }
}
