/** How prices compare, and offers left by hand, in memory: for tests and tools without a data folder. */
import { BASKETS_KEPT_MS, DAYS_KEPT, MAX_ALARMS, type ParityLedger, type ShopWord, type StoredAlarm, type WaitingBasket } from '#hub/ports/parity-ledger.ts'
import type { LeftByHand, LeftOffers } from '#hub/ports/left-offers.ts'
import { millis } from '#shared/kernel/time.ts'
import { PARITY_SOURCES, type ParityCounts, type ParitySource } from '#shared/protocol/parity.ts'

const DAY_MS = 86_400_000
type Day = { readonly day: number; readonly source: ParitySource; readonly firstAt: number; readonly lastAt: number; readonly counts: ParityCounts }
const NOTHING: ParityCounts = { equal: 0, different: 0, left: 0, passed: 0, apartMinor: 0 }

const added = (a: ParityCounts, b: ParityCounts): ParityCounts => ({ equal: a.equal + b.equal, different: a.different + b.different, left: a.left + b.left, passed: a.passed + b.passed, apartMinor: a.apartMinor + b.apartMinor })

const joined = (a: Day, b: Day): Day => ({ ...a, firstAt: Math.min(a.firstAt, b.firstAt), lastAt: Math.max(a.lastAt, b.lastAt), counts: added(a.counts, b.counts) })

export const memoryParityLedger = (): ParityLedger => {
  const waiting = new Map<string, WaitingBasket>()
  const seen = new Map<string, number>()
  let days: readonly Day[] = []
  let alarms: readonly (StoredAlarm & { readonly key: string })[] = []
  let lastId = 0
  const words = new Map<string, ShopWord>()
  const put = (one: Day): void => {
    const before = days.find(({ day, source }) => day === one.day && source === one.source)
    days = before ? days.map((day) => (day === before ? joined(day, one) : day)) : [...days, one]
  }
  const inOrder = (): typeof alarms => [...alarms].sort((a, b) => Number(a.closedAt !== null) - Number(b.closedAt !== null) || b.lastAt - a.lastAt || b.id - a.id)
  const shown = (alarm: (typeof alarms)[number]): StoredAlarm => {
    const { key: _, ...told } = alarm
    return told
  }
  return {
    await: (basket) => void (seen.has(`handoff ${basket.qid}`) || waiting.has(basket.qid) || waiting.set(basket.qid, basket)),
    waiting: (limit) => [...waiting.values()].sort((a, b) => a.receivedAt - b.receivedAt || (a.qid < b.qid ? -1 : 1)).slice(0, limit),
    countWaiting: () => waiting.size,
    count: ({ id, source, at, outcome, apartMinor }) => {
      if (source === 'handoff') waiting.delete(id)
      if (seen.has(`${source} ${id}`)) return false
      seen.set(`${source} ${id}`, at)
      put({ day: Math.floor(at / DAY_MS), source, firstAt: at, lastAt: at, counts: { ...NOTHING, [outcome]: 1, apartMinor } })
      return true
    },
    sums: () => ({
      since: days.length === 0 ? null : millis(Math.min(...days.map(({ firstAt }) => firstAt))),
      lastAt: days.length === 0 ? null : millis(Math.max(...days.map(({ lastAt }) => lastAt))),
      counts: Object.fromEntries(PARITY_SOURCES.map((source) => [source, days.filter((day) => day.source === source).reduce((sum, { counts }) => added(sum, counts), NOTHING)])) as { readonly [S in ParitySource]: ParityCounts },
    }),
    summarise: (now) => {
      for (const [id, at] of seen) if (at < now - BASKETS_KEPT_MS) seen.delete(id)
      const old = days.filter(({ day }) => day > 0 && day < Math.floor(now / DAY_MS) - DAYS_KEPT)
      days = days.filter((day) => !old.includes(day))
      for (const day of old) put({ ...day, day: 0 })
    },
    raise: ({ key, at, ...alarm }) => {
      const before = alarms.find((one) => one.key === key)
      const now = { ...alarm, key, id: before?.id ?? ++lastId, firstAt: before?.firstAt ?? at, lastAt: at, baskets: (before?.baskets ?? 0) + 1, closedAt: null }
      alarms = [now, ...alarms.filter((one) => one.key !== key)]
      alarms = inOrder().slice(0, MAX_ALARMS)
    },
    alarms: (limit) => inOrder().slice(0, limit).map(shown),
    alarm: (id) => {
      const found = alarms.find((one) => one.id === id)
      return found ? shown(found) : null
    },
    close: (id, at) => {
      const found = alarms.find((one) => one.id === id && one.closedAt === null)
      if (!found) return false
      alarms = [...alarms.filter((one) => one !== found), { ...found, closedAt: at }]
      return true
    },
    shopWord: (shop) => words.get(shop) ?? { answeredAt: null, trouble: null, report: null },
    keepShopWord: (shop, word) => void words.set(shop, word),
  }
}

export const memoryLeftOffers = (): LeftOffers => {
  let left: readonly LeftByHand[] = []
  return {
    all: () => left,
    leave: (offer) => void (left = left.some((one) => one.offer === offer.offer) ? left : [offer, ...left]),
    keepBody: (offer, body) => void (left = left.map((one) => (one.offer === offer ? { ...one, body } : one))),
    lift: (offer) => {
      const found = left.find((one) => one.offer === offer) ?? null
      left = left.filter((one) => one !== found)
      return found
    },
  }
}
