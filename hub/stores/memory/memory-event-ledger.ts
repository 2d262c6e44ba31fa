/** The event ledger in memory. */
import type { EventLedger, EventState } from '#hub/ports/event-ledger.ts'
import type { UnsettledKind } from '#shared/protocol/hub-health.ts'
import { NO_CHAIN } from '#shared/sync/chain.ts'
import type { KnownId } from '#shared/sync/hub-ledger.ts'
import type { MemoryBox } from './memory-box.ts'

export const memoryEventLedger = (box: MemoryBox): EventLedger => {
  const count = (state: EventState): number => [...box.state.events.values()].filter((row) => row.state === state).length
  return {
    producer: (dev, ep) => box.state.producers.get(`${dev} ${ep}`) ?? null,
    numbered: (dev, ep, seq) => box.state.numbered.get(`${dev} ${ep} ${seq}`) ?? null,
    chainAt: (dev, ep, seq) => box.state.numbered.get(`${dev} ${ep} ${seq}`)?.c ?? null,
    known: (ids) => new Map(ids.flatMap((id): readonly (readonly [string, KnownId])[] => (box.state.events.has(id) ? [[id, 'held']] : box.state.erased.has(id) ? [[id, 'erased']] : []))),
    advance: (dev, ep, first, numbers) => {
      const before = box.state.producers.get(`${dev} ${ep}`) ?? { hw: 0, hc: NO_CHAIN, safe: 0 }
      if (first !== before.hw + 1) throw new Error(`${dev} ${ep} stands at ${before.hw}, not before ${first}`)
      numbers.forEach((at, i) => box.state.numbered.set(`${dev} ${ep} ${first + i}`, at))
      box.state.producers.set(`${dev} ${ep}`, { ...before, hw: first + numbers.length - 1, hc: numbers.at(-1)!.c })
    },
    markSafe: (dev, ep, seq) => {
      const before = box.state.producers.get(`${dev} ${ep}`)
      if (before && before.safe < seq) box.state.producers.set(`${dev} ${ep}`, { ...before, safe: seq })
    },
    keep: (rows) => {
      for (const row of rows) {
        if (box.state.events.has(row.id)) throw new Error(`event ${row.id} is already there`)
        box.state.events.set(row.id, row)
      }
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
