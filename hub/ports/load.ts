/** How hard the hub has to breathe: what decides whether it takes more work. */
export interface Load {
  /** 99th percentile of how late the event loop came round lately, ms. */
  loopDelayMs(): number
  /** Room on the disk of the database, and the whole of it; null: nobody can tell. */
  disk(): { readonly freeBytes: number; readonly wholeBytes: number } | null
}
