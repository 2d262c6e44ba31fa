/** What devices say of their streams: how far everything is confirmed, what an epoch brought along, what was lost or came again. */
import type { Migration } from '../database/migration.ts'

export const STREAM_TABLES: Migration = {
  name: 'device-stream-1',
  sql: `
    CREATE TABLE device_stream (
      dev TEXT NOT NULL, ep TEXT NOT NULL, first_seen_at INTEGER NOT NULL, brought INTEGER NOT NULL, seen_at INTEGER NOT NULL, next INTEGER NOT NULL,
      settled_seq INTEGER, settled_until INTEGER, declared_to INTEGER NOT NULL DEFAULT 0, again_from INTEGER, again_to INTEGER, PRIMARY KEY (dev, ep)
    ) STRICT, WITHOUT ROWID;
  `,
}
