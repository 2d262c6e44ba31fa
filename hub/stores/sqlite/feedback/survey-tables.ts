/** Drafts of surveys, what is live, touchpoints, and when somebody last looked at a question. */
import type { Migration } from '../database/migration.ts'

export const SURVEY_TABLES: Migration = {
  name: 'survey-1',
  sql: `
    CREATE TABLE survey_draft (
      survey TEXT NOT NULL, version INTEGER NOT NULL, at INTEGER NOT NULL, by_person TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (survey, version)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE survey_live (
      survey TEXT PRIMARY KEY, version INTEGER NOT NULL, at INTEGER NOT NULL, by_person TEXT NOT NULL, body TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE survey_place (id TEXT PRIMARY KEY, at INTEGER NOT NULL, by_person TEXT NOT NULL, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE question_seen (question TEXT PRIMARY KEY, asked_since INTEGER, looked_at INTEGER) STRICT, WITHOUT ROWID;
  `,
}
