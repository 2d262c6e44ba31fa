/** Looks after the connected web shop while the hub runs: reads it again and again, compares prices at night, and takes every trouble calmly. */
import type { Clock } from '#hub/ports/clock.ts'
import type { Log } from '#hub/ports/log.ts'
import type { ShopLedger } from '#hub/ports/shop-ledger.ts'
import type { Timer } from '#hub/ports/timer.ts'
import type { Transactions } from '#hub/ports/transaction.ts'
import { tellTrouble } from '#hub/ports/web-shop/shop-trouble.ts'
import { err, type Result } from '#shared/kernel/result.ts'
import { PROBES, type Imported, type ImportRefused } from './import-shop.ts'

export type KeepShopParts = {
  readonly name: string
  readonly read: (probes?: number) => Promise<Result<Imported, ImportRefused>>
  readonly ledger: Pick<ShopLedger, 'probes'>
  readonly transactions: Pick<Transactions, 'troubleOf'>
  readonly clock: Clock
  readonly timer: Timer
  readonly log: Log
}

export type KeptShop = {
  /** Reads it now; who asks while it is being read gets the same answer. */
  look(probes?: number): Promise<Result<Imported, ImportRefused>>
  /** The same, begun after this moment: what is told to have changed just now is in it. */
  lookAfresh(): Promise<Result<Imported, ImportRefused>>
  stop(): Promise<void>
}

/** How often to look whether it is time. */
const TICK_MS = 15_000
/** Between two readings, and so many times as long as the last one took: a large shop is not read all day. */
const PAUSE_MS = 60_000
const PAUSE_FACTOR = 20
/** A night in which nothing was compared for so long. */
const NIGHT_MS = 8 * 3_600_000
const NIGHT_HOURS_UTC = { from: 1, until: 4 } as const

export const keepShop = ({ name, read, ledger, transactions, clock, timer, log }: KeepShopParts): KeptShop => {
  let notBefore = 0
  let told: string | null = null
  let running: Promise<Result<Imported, ImportRefused>> | null = null

  const tell = (trouble: ImportRefused | null): void => {
    const sentence = trouble && sentenceOf(trouble)
    if (sentence === told) return
    if (sentence !== null) log.warn('the web shop could not be taken over', { shop: name, why: sentence })
    else log.info('the web shop answers again', { shop: name })
    told = sentence
  }

  /** A full or busy disk is told and tried again at the next turn. */
  const readOrTell = (probes: number): Promise<Result<Imported, ImportRefused>> =>
    read(probes).catch((error: unknown) => {
      const trouble = transactions.troubleOf(error)
      if (!trouble) throw error
      return err({ type: 'Unreachable', why: `the hub's own disk: ${trouble.type}` } as const)
    })

  const readNow = async (probes: number): Promise<Result<Imported, ImportRefused>> => {
    const startedAt = clock.now()
    const imported = await readOrTell(probes)
    const tookMs = clock.now() - startedAt
    const patienceMs = !imported.ok && imported.error.type === 'RateLimited' ? imported.error.retryAfterMs : 0
    notBefore = clock.now() + Math.max(PAUSE_MS, PAUSE_FACTOR * tookMs, patienceMs)
    tell(imported.ok ? null : imported.error)
    return imported
  }

  const look = (probes = 0): Promise<Result<Imported, ImportRefused>> =>
    (running ??= readNow(probes).finally(() => {
      running = null
    }))

  const lookAfresh = async (): Promise<Result<Imported, ImportRefused>> => {
    await running?.then(() => undefined, () => undefined)
    return look()
  }

  const isNight = (): boolean => {
    const hour = new Date(clock.now()).getUTCHours()
    return hour >= NIGHT_HOURS_UTC.from && hour < NIGHT_HOURS_UTC.until && clock.now() - (ledger.probes(name, 1)[0]?.at ?? 0) > NIGHT_MS
  }

  const stop = timer.every(TICK_MS, () => {
    if (!running && clock.now() >= notBefore) void look(isNight() ? PROBES.night : 0)
  })
  return {
    look,
    lookAfresh,
    stop: async () => {
      stop()
      await running?.then(() => undefined, () => undefined)
    },
  }
}

const sentenceOf = (trouble: ImportRefused): string => {
  switch (trouble.type) {
    case 'Unreachable':
    case 'Refused':
    case 'RateLimited':
    case 'Nonsense':
      return tellTrouble(trouble)
    case 'ShopUnsuitable':
      return trouble.why
    case 'Unable':
      return trouble.unable
    case 'ReleaseDamaged':
      return `what it sells cannot be published: ${trouble.damaged.slice(0, 3).map(({ id, reason }) => `${id} ${reason}`).join('; ')}`
    case 'TooManyPending':
    case 'OtherStore':
    case 'OffersRefused':
    case 'SurveysRefused':
      return `not published: ${trouble.type}`
  }
}
