/** Devices that were seen running twice. */
import type { Migration } from '../database/migration.ts'

export const COPIED_TABLES: Migration = { name: 'copied-1', sql: 'CREATE TABLE device_copied (dev TEXT PRIMARY KEY REFERENCES device (dev), at INTEGER NOT NULL) STRICT, WITHOUT ROWID' }
