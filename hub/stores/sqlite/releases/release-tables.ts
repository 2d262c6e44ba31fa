/** What a release says besides its documents: from when it holds, for how long without the hub, for which store, and the signature over it. Releases from before have none; the one in force is signed at the next start. */
import type { Migration } from '../database/migration.ts'

export const RELEASE_TABLES: Migration = {
  name: 'release-2',
  sql: `
    ALTER TABLE release ADD COLUMN active_from INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE release ADD COLUMN max_offline_ms INTEGER NOT NULL DEFAULT 259200000;
    ALTER TABLE release ADD COLUMN store TEXT NOT NULL DEFAULT '';
    ALTER TABLE release ADD COLUMN signature TEXT NOT NULL DEFAULT '';
    UPDATE release SET active_from = published_at;
    CREATE INDEX release_active_from ON release (active_from, rev);
    ALTER TABLE device_report ADD COLUMN next_hash TEXT;
    ALTER TABLE device_report ADD COLUMN refused TEXT;
  `,
}
