/** How the hub itself is, as staff and managers see it. No words of a person, no names of files. */
import type { KeptClass } from '../privacy/privacy-settings.ts'

export type UnsettledKind = {
  /** `parked`: newer than this hub · `quarantined`: not what it claims to be. Both are kept as they came. */
  readonly state: 'parked' | 'quarantined'
  /** Type of event, `unreadable` if not even that could be read. */
  readonly type: string
  readonly why: string
  readonly n: number
  readonly newestAt: number
}

/** Room on a disk, as its system says. */
export type DiskRoom = { readonly freeBytes: number; readonly totalBytes: number }

export type HubHealth = {
  readonly asOf: number
  readonly startedAt: number
  readonly backup: {
    /** The newest copy that was read back whole; null: there is none yet. */
    readonly lastAt: number | null
    readonly everyMs: number
    /** What the last try came to, if it failed. */
    readonly failed: { readonly at: number; readonly why: string } | null
    readonly room: DiskRoom | null
  }
  /** Null: the system does not say. */
  readonly room: DiskRoom | null
  /** Rows that had changed on the disk: mended since the start, and those that nobody could mend. */
  readonly rows: { readonly mended: number; readonly lost: number }
  /** The database was damaged or gone at the start and was put back: from a copy of then, with so many events read out of the damaged one. */
  readonly restored: { readonly copyAt: number; readonly salvaged: number } | null
  /** Classes of data of which something is older than it may be; absent: none. */
  readonly overdue?: readonly KeptClass[]
  /** From then on browsers refuse the hub's certificate; absent: it has none. */
  readonly certificateEndsAt?: number
  /** Events that devices sent again after the hub had lost them. */
  readonly recovered: number
  readonly stored: number
  readonly parked: number
  readonly quarantined: number
  /** The commonest kinds of parked and quarantined events. */
  readonly unsettled: readonly UnsettledKind[]
}

/** What came of reading them once more. */
export type RedriveReply = { readonly understood: number; readonly left: number }
