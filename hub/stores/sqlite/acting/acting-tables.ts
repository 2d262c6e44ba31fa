/** Tables of what is noticed and what is made of it. Words of shoppers stand in none of them: a case names the response it came from. */
import type { Migration } from '../database/migration.ts'

export const ACTING_TABLES: Migration = {
  name: 'acting-1',
  sql: `
    CREATE TABLE watched_day (place TEXT NOT NULL, question TEXT NOT NULL, day TEXT NOT NULL, hours TEXT NOT NULL, after TEXT NOT NULL, PRIMARY KEY (day, place, question)) STRICT, WITHOUT ROWID;
    CREATE TABLE watch_anew (place TEXT NOT NULL, question TEXT NOT NULL, day TEXT NOT NULL, PRIMARY KEY (place, question)) STRICT, WITHOUT ROWID;
    CREATE TABLE watch_seen (one INTEGER PRIMARY KEY CHECK (one = 1), n INTEGER NOT NULL) STRICT;
    CREATE TABLE answer_alarm (
      id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL CHECK (kind IN ('drop', 'rise', 'silent', 'few')), place TEXT, device TEXT,
      since INTEGER NOT NULL, raised_at INTEGER NOT NULL, noticed_at INTEGER NOT NULL, closed_at INTEGER, ending TEXT CHECK (ending IN ('back', 'revised', 'accepted')),
      n INTEGER NOT NULL, good INTEGER NOT NULL, expected REAL NOT NULL, CHECK ((closed_at IS NULL) = (ending IS NULL))
    ) STRICT;
    CREATE TABLE acting_choice (one INTEGER PRIMARY KEY CHECK (one = 1), choices TEXT NOT NULL) STRICT;
    CREATE TABLE acting_case (
      id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, title TEXT NOT NULL, touchpoint TEXT, topic TEXT,
      origin TEXT NOT NULL CHECK (origin IN ('response', 'alarm', 'topic', 'hand', 'erased')), response TEXT, dev TEXT, alarm INTEGER, person TEXT, team TEXT NOT NULL, severity TEXT NOT NULL,
      opened_at INTEGER NOT NULL, due_at INTEGER NOT NULL, closed_at INTEGER, overdue_at INTEGER, pattern INTEGER
    ) STRICT;
    CREATE INDEX acting_case_response ON acting_case (response) WHERE response IS NOT NULL;
    CREATE TABLE acting_step (case_id INTEGER NOT NULL, n INTEGER NOT NULL, what TEXT NOT NULL, at INTEGER NOT NULL, who TEXT, text TEXT NOT NULL, PRIMARY KEY (case_id, n)) STRICT, WITHOUT ROWID;
    CREATE TABLE acting_pattern (id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, title TEXT NOT NULL, made_at INTEGER NOT NULL) STRICT;
    CREATE TABLE improvement (
      id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, pattern INTEGER NOT NULL, measure TEXT NOT NULL, plan TEXT NOT NULL, planned_at INTEGER NOT NULL,
      ended_at INTEGER, ending TEXT CHECK (ending IN ('closed', 'stopped')), note TEXT NOT NULL, result TEXT, told TEXT,
      CHECK ((ended_at IS NULL) = (ending IS NULL)), CHECK (ending IS NOT 'closed' OR result IS NOT NULL)
    ) STRICT;
    CREATE TABLE acting_team (person TEXT PRIMARY KEY, team TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE wall_published (one INTEGER PRIMARY KEY CHECK (one = 1), at INTEGER NOT NULL) STRICT;
  `,
}
