/** What the review of the offers said when a release was published. */
import type { Migration } from '../database/migration.ts'

export const REVIEW_TABLES: Migration = {
  name: 'review-1',
  sql: `
    CREATE TABLE release_review (
      rev INTEGER PRIMARY KEY, at INTEGER NOT NULL, findings TEXT NOT NULL, override_by TEXT, override_reason TEXT
    ) STRICT;
  `,
}
