/** The event ledger in memory. */
import type { EventLedger, EventState } from '#hub/ports/event-ledger.ts'
import type { UnsettledKind } from '#shared/protocol/hub-health.ts'
import { NO_CHAIN } from '#shared/sync/chain.ts'
import type { MemoryBox } from './memory-box.ts'

export const memoryEventLedger = (box: MemoryBox): EventLedger => {
  const count = (state: EventState): number => [...box.state.events.values()].filter((row) => row.state === state).length
  return {
    producer: (dev, ep) => box.state.producers.get(`${dev} ${ep}`) ?? null,
    numbered: (dev, ep, seq) => box.state.numbered.get(`${dev} ${ep} ${seq}`) ?? null,
    holds: (id) => box.state.events.has(id),
    isErased: (id) => box.state.erased.has(id),
    advance: (dev, ep, seq, at) => {
      const key = `${dev} ${ep} ${seq}`
      if (box.state.numbered.has(key)) throw new Error(`${key} is already taken`)
      box.state.numbered.set(key, at)
      const before = box.state.producers.get(`${dev} ${ep}`) ?? { hw: 0, hc: NO_CHAIN, safe: 0 }
      box.state.producers.set(`${dev} ${ep}`, { ...before, hw: seq, hc: at.c })
    },
    markSafe: (dev, ep, seq) => {
      const before = box.state.producers.get(`${dev} ${ep}`)
      if (before && before.safe < seq) box.state.producers.set(`${dev} ${ep}`, { ...before, safe: seq })
    },
    keep: (row) => {
      if (box.state.events.has(row.id)) throw new Error(`event ${row.id} is already there`)
      box.state.events.set(row.id, row)
    },
    settle: (id, state, why) => {
      const row = box.state.events.get(id)
      if (row) box.state.events.set(id, { ...row, state, why })
    },
    rowsIn: (state, limit) => [...box.state.events.values()].filter((row) => row.state === state).slice(0, limit),
    row: (id) => box.state.events.get(id) ?? null,
    countByState: () => ({ stored: count('stored'), parked: count('parked'), quarantined: count('quarantined') }),
    unsettled: (limit) => {
      const kinds = new Map<string, UnsettledKind>()
      for (const { state, type, why, receivedAt } of box.state.events.values()) {
        if (state === 'stored') continue
        const key = `${state} ${type} ${why}`
        const before = kinds.get(key)
        kinds.set(key, { state, type, why: why ?? '', n: (before?.n ?? 0) + 1, newestAt: Math.max(before?.newestAt ?? 0, receivedAt) })
      }
      return [...kinds.values()].toSorted((a, b) => b.n - a.n || (`${a.type} ${a.why}` < `${b.type} ${b.why}` ? -1 : 1)).slice(0, limit)
    },
    countOf: (dev) => [...box.state.events.values()].filter((row) => row.dev === dev).length,
    markErased: (id) => void box.state.erased.add(id),
  }
}
