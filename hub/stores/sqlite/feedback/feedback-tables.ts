/** Tables of the feedback rows and, apart from them, of contacts. */
import type { Migration } from '../database/migration.ts'

export const FEEDBACK_TABLES: Migration = {
  name: 'feedback-1',
  sql: `
    CREATE TABLE feedback (
      n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, dev TEXT NOT NULL, response TEXT NOT NULL,
      touchpoint TEXT NOT NULL, survey TEXT NOT NULL, question TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('csat5', 'nps', 'ces7', 'choice', 'text', 'contact')),
      score INTEGER, words TEXT, detail INTEGER NOT NULL, at INTEGER, received_at INTEGER NOT NULL,
      channel TEXT NOT NULL CHECK (channel IN ('kiosk', 'import', 'phone')), flags TEXT,
      UNIQUE (dev, response, question), CHECK ((score IS NULL) <> (words IS NULL))
    ) STRICT;
    CREATE INDEX feedback_scored ON feedback (kind, at, question, touchpoint, score, detail) WHERE score IS NOT NULL;
    CREATE INDEX feedback_recent ON feedback (dev, at);
    CREATE INDEX feedback_flagged ON feedback (kind, at) WHERE flags IS NOT NULL;
    CREATE TABLE feedback_contact (
      id TEXT PRIMARY KEY, response TEXT NOT NULL, touchpoint TEXT NOT NULL, at INTEGER NOT NULL, contact TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
}

/**
 * Five channels, the language of the screen, and whether words are folded away. What kinds of questions there are is no longer the table's business.
 * A check cannot be changed: the table is made again, rows keep their numbers, and no number is ever given twice.
 */
export const FEEDBACK_CHANNELS: Migration = {
  name: 'feedback-channels-1',
  sql: `
    CREATE TABLE feedback_next (
      n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, dev TEXT NOT NULL, response TEXT NOT NULL,
      touchpoint TEXT NOT NULL, survey TEXT NOT NULL, question TEXT NOT NULL, kind TEXT NOT NULL,
      score INTEGER, words TEXT, detail INTEGER NOT NULL, at INTEGER, received_at INTEGER NOT NULL,
      channel TEXT NOT NULL CHECK (channel IN ('kiosk', 'staff', 'phone', 'shop', 'import')), flags TEXT,
      lang TEXT CHECK (lang IN ('de', 'en')), hidden TEXT CHECK (hidden IN ('spam', 'insult', 'person', 'shown')),
      UNIQUE (dev, response, question), CHECK ((score IS NULL) <> (words IS NULL))
    ) STRICT;
    INSERT INTO feedback_next (n, id, dev, response, touchpoint, survey, question, kind, score, words, detail, at, received_at, channel, flags)
      SELECT n, id, dev, response, touchpoint, survey, question, kind, score, words, detail, at, received_at, channel, flags FROM feedback ORDER BY n;
    DROP TABLE feedback;
    ALTER TABLE feedback_next RENAME TO feedback;
    CREATE INDEX feedback_scored ON feedback (kind, at, question, touchpoint, score, detail) WHERE score IS NOT NULL;
    CREATE INDEX feedback_recent ON feedback (dev, at);
    CREATE INDEX feedback_flagged ON feedback (kind, at) WHERE flags IS NOT NULL;
    CREATE INDEX feedback_said ON feedback (at);
    CREATE INDEX feedback_folded ON feedback (hidden) WHERE hidden IS NOT NULL;
  `,
}

/** The stream is read by the moment something was said. */
export const FEEDBACK_SAID: Migration = { name: 'feedback-said-1', sql: 'CREATE INDEX feedback_said ON feedback (at);' }
