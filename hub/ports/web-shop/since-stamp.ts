/** Reads records by the stamp of their last change, oldest first, so that none is missed while others are written. Pure but for what it is given. */
import { ok, type Result } from '#shared/kernel/result.ts'
import type { ShopTrouble } from './shop-trouble.ts'

export type Stamped = { readonly id: string; /** Of the shop's clock. Units  ms. */ readonly changedAt: number }

/** Records changed at `from` or later, oldest change first, without the first `skip`; `take` at most. */
export type ReadChanged<T> = (question: { readonly from: number; readonly skip: number; readonly take: number }) => Promise<Result<readonly T[], ShopTrouble>>

export type Changed<T> = { readonly records: readonly T[]; readonly cursor: string }

/** A record is stamped before it can be seen: what was changed so shortly before the newest one is read once more. */
const OVERLAP_MS = 2 * 60_000
/** What is left is read the next time. */
const MAX_PAGES = 50

/**
 * Everything that changed since `cursor`; from the beginning with null or a cursor that is not ours. Records may come twice, never not at all.
 * Order  of their last change; of one that changed meanwhile, the last state.
 */
export const readSince = async <T extends Stamped>(cursor: string | null, read: ReadChanged<T>, take: number): Promise<Result<Changed<T>, ShopTrouble>> => {
  const since = /^\d{1,15}$/.test(cursor ?? '') ? Number(cursor) : 0
  const records = new Map<string, T>()
  let from = Math.max(0, since - OVERLAP_MS)
  let newest = since
  for (let pages = 0, skip = 0; pages < MAX_PAGES; pages++) {
    const page = await read({ from, skip, take })
    if (!page.ok) return page
    for (const one of page.value) {
      records.delete(one.id)
      records.set(one.id, one)
      newest = Math.max(newest, one.changedAt)
    }
    if (page.value.length < take) break
    // A list that moves is read on from a stamp; only within one stamp by counting.
    const last = page.value.at(-1)!.changedAt
    skip = last > from ? 0 : skip + page.value.length
    from = Math.max(from, last)
  }
  return ok({ records: [...records.values()], cursor: String(newest) })
}
