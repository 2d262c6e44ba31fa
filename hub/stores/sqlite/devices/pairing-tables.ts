/** Who waits to be let in with a code, and what each device is for. */
import type { Migration } from '../database/migration.ts'

export const PAIRING_TABLES: Migration = {
  name: 'pairing-2',
  sql: `
    ALTER TABLE pairing_code ADD COLUMN confirm TEXT NOT NULL DEFAULT 'manager';
    ALTER TABLE pairing_code ADD COLUMN profile TEXT;
    ALTER TABLE pairing_code ADD COLUMN asked TEXT;
    CREATE TABLE device_profile (dev TEXT PRIMARY KEY, body TEXT NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  `,
}
