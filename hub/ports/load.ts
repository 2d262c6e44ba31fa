/** How much room the hub has: what decides whether it takes more. */
export interface Load {
  /** Room on the disk of the database, and the whole of it; null: nobody can tell. */
  disk(): { readonly freeBytes: number; readonly wholeBytes: number } | null
}
