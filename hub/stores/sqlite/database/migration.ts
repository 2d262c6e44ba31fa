/** One step of the database schema. Applied once, in the order of the list in migrations.ts, and never edited after a release. */
export type Migration = {
  /** Unique for ever, e.g. `feedback-1`. */
  readonly name: string
  /** Any number of statements; tables are STRICT. */
  readonly sql: string
}
