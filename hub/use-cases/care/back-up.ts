/** Makes a verified copy of everything, tells the devices what they need not keep any longer, and lets old copies go. */
import type { Backup, BackupRefused, Backups, CopyDamaged, Mended, Watermark } from '#hub/ports/backups.ts'
import type { Clock } from '#hub/ports/clock.ts'
import type { EventLedger } from '#hub/ports/event-ledger.ts'
import type { Log } from '#hub/ports/log.ts'
import type { Timer } from '#hub/ports/timer.ts'
import type { Transactions } from '#hub/ports/transaction.ts'
import { err, type Result } from '#shared/kernel/result.ts'
import type { Millis } from '#shared/kernel/time.ts'

export const BACKUP_EVERY_MS = 3_600_000
const LOOK_EVERY_MS = 60_000
/** Every copy of the last day, then one of each day for two weeks: longer than anybody needs to notice a mistake, shorter than erased words may live. */
const KEEP_ALL_MS = 86_400_000
export const KEEP_DAYS = 14

export type BackUpParts = {
  readonly backups: Backups
  readonly events: Pick<EventLedger, 'markSafe'>
  readonly transactions: Transactions
  readonly clock: Clock
  readonly log: Log
  /** Pages of the database in use are damaged: only a new start, from a copy, helps. */
  readonly onBroken: (why: string) => void
}

/** What the hub knows of its own copies: the health page shows it. */
export type BackupState = { readonly last: Backup | null; readonly failed: (BackupRefused & { readonly at: Millis }) | null; readonly mended: Mended | null }

export type BackUp = {
  readonly run: () => Promise<Result<Backup, BackupRefused>>
  readonly state: () => BackupState
  /** Resolves when no backup is under way. */
  readonly settled: () => Promise<void>
}

/**
 * A device may forget an event when two verified copies hold it: one copy can rot unseen.
 * Order  one at a time; a call during a running backup waits for that one's result.
 */
export const backUp = (parts: BackUpParts): BackUp => {
  let state: BackupState = { last: null, failed: null, mended: null }
  let running: Promise<Result<Backup, BackupRefused>> | null = null
  const make = (): Promise<Result<Backup, BackupRefused>> => parts.backups.make(parts.clock.now()).catch(failed)
  const run = async (): Promise<Result<Backup, BackupRefused>> => {
    let made = await make()
    if (!made.ok && made.error.type === 'CopyDamaged' && made.error.pages === null) {
      state = { ...state, mended: mend(parts, made.error) }
      made = await make()
    }
    if (made.ok) {
      if (state.last) parts.transactions.run(() => markSafe(parts.events, state.last!.watermarks))
      state = { ...state, last: made.value, failed: null }
      for (const name of outdated(parts.backups.list(), made.value.at)) parts.backups.remove(name)
      parts.log.info('backed up', { name: made.value.name, events: made.value.events, bytes: made.value.bytes })
    } else {
      state = { ...state, failed: { ...made.error, at: parts.clock.now() } }
      parts.log.error('not backed up', { type: made.error.type, why: made.error.why })
      if (made.error.type === 'CopyDamaged' && made.error.pages !== null) parts.onBroken(made.error.pages)
    }
    return made
  }
  return {
    run: () => (running ??= run().finally(() => (running = null))),
    state: () => state,
    settled: async () => void (await running),
  }
}

/** Looks every minute whether a copy is due, so a hub that is restarted often is copied as often as one that is not. `stop` waits for a copy under way. */
export const keepBackedUp = (parts: BackUpParts, timer: Timer): BackUp & { readonly stop: () => Promise<void> } => {
  const backup = backUp(parts)
  const isDue = (): boolean => {
    const newest = parts.backups.list()[0]
    return !newest || parts.clock.now() - newest.at >= BACKUP_EVERY_MS
  }
  const end = timer.every(LOOK_EVERY_MS, () => {
    if (isDue()) void backup.run()
  })
  return {
    ...backup,
    stop: async () => {
      end()
      await backup.settled()
    },
  }
}

const mend = ({ backups, log }: BackUpParts, damage: CopyDamaged): Mended => {
  const mended = backups.mend(damage)
  log.error('rows had changed on the disk', { why: damage.why, ...mended })
  return mended
}

const failed = (error: unknown): Result<Backup, BackupRefused> => err({ type: 'CopyFailed', why: error instanceof Error ? error.message : String(error) })

const markSafe = (events: Pick<EventLedger, 'markSafe'>, watermarks: readonly Watermark[]): void => {
  for (const { dev, ep, hw } of watermarks) events.markSafe(dev, ep, hw)
}

/** Names of the copies that may go. The two newest always stay. */
export const outdated = (list: ReturnType<Backups['list']>, now: Millis): readonly string[] => {
  const days = new Set<number>()
  return list.flatMap(({ name, at }, i) => {
    const day = Math.floor(at / 86_400_000)
    const isNewestOfDay = !days.has(day)
    days.add(day)
    const stays = i < 2 || now - at <= KEEP_ALL_MS || (isNewestOfDay && now - at <= KEEP_DAYS * 86_400_000)
    return stays ? [] : [name]
  })
}
