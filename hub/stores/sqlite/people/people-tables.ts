/** People of the store, the devices each has given the password on, and wrong tries. */
import type { Migration } from '../database/migration.ts'

export const PEOPLE_TABLES: Migration = {
  name: 'people-1',
  sql: `
    CREATE TABLE person (
      id TEXT PRIMARY KEY, name TEXT NOT NULL, key TEXT NOT NULL UNIQUE, role TEXT NOT NULL CHECK (role IN ('staff', 'manager')),
      password TEXT, password_rev INTEGER NOT NULL, pin TEXT, pin_rev INTEGER NOT NULL,
      code_hash TEXT, code_until INTEGER, code_tries INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE person_device (person TEXT NOT NULL, dev TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (person, dev)) STRICT, WITHOUT ROWID;
    CREATE TABLE sign_in_try (
      dev TEXT NOT NULL, subject TEXT NOT NULL, count INTEGER NOT NULL, since INTEGER NOT NULL, in_all INTEGER NOT NULL,
      PRIMARY KEY (dev, subject)
    ) STRICT, WITHOUT ROWID;
  `,
}

/** How often the list was changed: a file beside the database that knows of more is newer. */
export const PEOPLE_CHANGES: Migration = { name: 'people-2', sql: 'CREATE TABLE people_change (one INTEGER PRIMARY KEY CHECK (one = 1), n INTEGER NOT NULL) STRICT;' }
