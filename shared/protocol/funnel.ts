/** The manager's question how many visits became orders, and the answer with everything that is missing from it. */
import * as v from 'valibot'
import type { FunnelCounts } from '../insights/funnel.ts'
import type { MissingDevice } from '../sync/completeness.ts'

/** Inclusive range in hub time, by the beginning of visits; absent: everything. */
export type FunnelRequest = { readonly from?: number; readonly until?: number }

export type FunnelReply = {
  readonly asOf: number
  /** The oldest visit that is counted at all; null before the first. */
  readonly since: number | null
  readonly overall: FunnelCounts
  /** Order  by name. `staff`: a tablet of the staff made the baskets. */
  readonly devices: readonly { readonly dev: string; readonly name: string; readonly staff: boolean; readonly counts: FunnelCounts }[]
  /** The store's days on which there were visits, newest first; the last 92 at most. */
  readonly days: readonly { readonly day: string; readonly counts: FunnelCounts }[]
  /** Opened and ordered on phones while the kiosk's own word is still missing: in no figure above. */
  readonly early: { readonly opened: number; readonly ordered: number }
  /** Hand-offs whose orders were all cancelled: not ordered in any figure. */
  readonly cancelled: number
  /** Whether orders are told of: at once by the store's own checkout, or read back from a web shop, when last; `unable`: why not. */
  readonly orders: { readonly type: 'own' } | { readonly type: 'read back'; readonly at: number | null } | { readonly type: 'untold'; readonly unable: string }
  /** Devices whose visits may be missing, with how many events and since when. */
  readonly missing: readonly MissingDevice[]
}

/** Most days in one reply. */
export const MAX_FUNNEL_DAYS = 92

const instant = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const count = instant

export const FunnelRequestFields = v.strictObject({ from: v.exactOptional(instant), until: v.exactOptional(instant) })

const counts = v.strictObject({ visits: count, told: count, baskets: count, shownTold: count, shown: count, opened: count, ordered: count })

export const FunnelReplyFields = v.strictObject({
  asOf: instant,
  since: v.nullable(instant),
  overall: counts,
  devices: v.array(v.strictObject({ dev: v.string(), name: v.string(), staff: v.boolean(), counts })),
  days: v.pipe(v.array(v.strictObject({ day: v.string(), counts })), v.maxLength(MAX_FUNNEL_DAYS)),
  early: v.strictObject({ opened: count, ordered: count }),
  cancelled: count,
  orders: v.variant('type', [
    v.strictObject({ type: v.literal('own') }),
    v.strictObject({ type: v.literal('read back'), at: v.nullable(instant) }),
    v.strictObject({ type: v.literal('untold'), unable: v.string() }),
  ]),
  missing: v.array(v.strictObject({ dev: v.string(), name: v.string(), waiting: count, since: v.nullable(v.number()), lost: v.exactOptional(count) })),
})
