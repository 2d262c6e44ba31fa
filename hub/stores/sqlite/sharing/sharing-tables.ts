/** What is handed on: tokens, comments on the board, receivers with what waits for them, letters as they were told. */
import type { Migration } from '../database/migration.ts'

export const SHARING_TABLES: Migration = {
  name: 'sharing-1',
  sql: `
    CREATE TABLE access_token (
      id TEXT PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('api', 'board')), name TEXT NOT NULL, hash TEXT NOT NULL UNIQUE, scopes TEXT NOT NULL,
      made_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, revoked_at INTEGER, last_day TEXT
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE board_voice (id TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE receiver (
      id TEXT PRIMARY KEY, name TEXT NOT NULL, url TEXT NOT NULL, events TEXT NOT NULL, words INTEGER NOT NULL,
      secret TEXT NOT NULL, old_secret TEXT, old_until INTEGER, made_at INTEGER NOT NULL, feedback_place INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE outgoing_call (
      n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, receiver TEXT NOT NULL, event TEXT NOT NULL, data TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('waiting', 'taken', 'given-up')), made_at INTEGER NOT NULL, tries INTEGER NOT NULL, last_at INTEGER, next_at INTEGER, why TEXT
    ) STRICT;
    CREATE INDEX outgoing_waiting ON outgoing_call (receiver, n) WHERE state = 'waiting';
    CREATE INDEX outgoing_of ON outgoing_call (receiver, n);
    CREATE TABLE letter (week TEXT PRIMARY KEY, told_at INTEGER NOT NULL, content TEXT NOT NULL) STRICT, WITHOUT ROWID;
  `,
}
