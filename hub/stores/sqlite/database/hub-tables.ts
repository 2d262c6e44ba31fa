/** Tables of the event ledger, the releases and the devices. */
import type { Migration } from './migration.ts'

export const HUB_TABLES: Migration = {
  name: 'hub-1',
  sql: `
    CREATE TABLE producer (
      n INTEGER PRIMARY KEY, dev TEXT NOT NULL, ep TEXT NOT NULL,
      hw INTEGER NOT NULL, hc TEXT NOT NULL, safe INTEGER NOT NULL DEFAULT 0, UNIQUE (dev, ep)
    ) STRICT;
    CREATE TABLE numbered (
      producer INTEGER NOT NULL REFERENCES producer, seq INTEGER NOT NULL, id TEXT NOT NULL, c TEXT NOT NULL,
      PRIMARY KEY (producer, seq)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE event (
      n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, dev TEXT NOT NULL, ep TEXT NOT NULL, seq INTEGER NOT NULL,
      type TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('stored', 'parked', 'quarantined')), why TEXT,
      at_hub INTEGER NOT NULL, received_at INTEGER NOT NULL, body TEXT NOT NULL, digest BLOB NOT NULL
    ) STRICT;
    CREATE INDEX event_unsettled ON event (state, n) WHERE state <> 'stored';
    CREATE TABLE event_count (dev TEXT PRIMARY KEY, n INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE erased (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

    CREATE TABLE release (rev INTEGER PRIMARY KEY, hash TEXT NOT NULL, published_at INTEGER NOT NULL) STRICT;
    CREATE INDEX release_hash ON release (hash);
    CREATE TABLE document_op (
      id TEXT NOT NULL, rev INTEGER NOT NULL REFERENCES release, body TEXT, PRIMARY KEY (id, rev)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX document_op_rev ON document_op (rev);

    CREATE TABLE device (
      n INTEGER PRIMARY KEY, dev TEXT NOT NULL UNIQUE, name TEXT NOT NULL, role TEXT NOT NULL, touchpoint TEXT,
      pub TEXT NOT NULL, key_id TEXT NOT NULL, token_hash TEXT NOT NULL, paired_at INTEGER NOT NULL, revoked_at INTEGER
    ) STRICT;
    CREATE INDEX device_key ON device (key_id);
    CREATE TABLE device_report (
      dev TEXT PRIMARY KEY REFERENCES device (dev), seen_at INTEGER NOT NULL, waiting INTEGER NOT NULL,
      release_hash TEXT, app TEXT, clock_offset_ms INTEGER
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE pairing_code (
      selector TEXT PRIMARY KEY, hash TEXT NOT NULL, roles TEXT NOT NULL, name TEXT, touchpoint TEXT,
      expires_at INTEGER NOT NULL, uses_left INTEGER NOT NULL, wrong_tries INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
}
